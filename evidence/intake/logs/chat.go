package logs

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A chat is what an export says of itself, before its messages: whose it is and
// with whom.
type chat struct {
	name   string   // of the chat: that of the other side, or of a group
	own    []string // names or ids of the person
	others []string // names or ids of the other side of a chat of two
	group  bool
	two    bool // it is known to be of two, even if the other side wrote nothing in it
	marked bool // it marks all that the person wrote: what is not marked was received
}

// ownName is what exports call the one whose phone it was.
const ownName = "我"

// settle gives messages the direction that their rows leave out, and names the
// other side of what the person wrote: a refusal must be tied to somebody. In a
// chat of two whose other side is known, what somebody else wrote is the
// person's; in any other chat nothing is guessed, since the person may stand in
// it under a name as well as as 我.
func (c chat) settle(rows []Row) {
	is := func(r Row, names []string) bool {
		return r.Sender != "" && slices.Contains(names, r.Sender) ||
			r.senderID != "" && slices.Contains(names, r.senderID)
	}
	senders, theyWrote := map[string]bool{}, false
	for _, r := range rows {
		senders[r.Sender+"\n"+r.senderID] = true
		theyWrote = theyWrote || is(r, c.others)
	}
	two := !c.group && (c.two || theyWrote && len(senders) <= 2)
	marked := c.marked || len(c.own) > 0
	for n, r := range rows {
		i := &rows[n].Incident
		switch {
		case i.Direction != evidence.DirectionUnknown || r.Sender == "" && r.senderID == "":
		case r.Sender == ownName, is(r, c.own):
			i.Direction = evidence.Out
		case is(r, c.others), marked:
			i.Direction = evidence.In
		case two:
			i.Direction = evidence.Out
		}
	}
	c.address(rows)
}

// address names to whom the person wrote: the one other side, or the group.
func (c chat) address(rows []Row) {
	var names, numbers []string // two are as good as many
	for _, r := range rows {
		if r.Incident.Direction != evidence.In {
			continue
		}
		if n := r.Incident.Name; n != "" && len(names) < 2 && !slices.Contains(names, n) {
			names = append(names, n)
		}
		if n := r.Incident.Number; n != "" && len(numbers) < 2 && !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	number, is := phoneName(c.name)
	to := c.name
	if is {
		to = ""
	}
	if !c.group && len(names) == 1 {
		to = names[0]
	}
	if !c.group && len(numbers) == 1 && len(names) <= 1 {
		number = numbers[0]
	}
	for n := range rows {
		i := &rows[n].Incident
		if i.Direction != evidence.Out || to == "" && number == "" && i.Name != rows[n].Sender {
			continue
		}
		i.Name, i.Number = to, number
	}
}

var chatFolder = lazyregexp.New(`^(.+)\([^()@]+\)$`)

// chatOf is what the place of an export says of it. Its folder may name the
// other side: 名字(wxid_…)/名字.csv, or a name such as 与名字的 WhatsApp 聊天.txt.
// A group has @chatroom in its brackets and no single partner. Where folder and
// file have one name, 名字/名字.csv, it may be a group's as well: what bears
// that name came from them, and no more is known.
func chatOf(path string) (c chat, named string) {
	dir, file, _ := cutLast(strings.ReplaceAll(path, "\\", "/"))
	_, folder, _ := cutLast(dir)
	stem := strings.TrimSuffix(file, filepath.Ext(file))
	if m := chatFolder.FindStringSubmatch(folder); m != nil && m[1] == stem {
		return chat{name: m[1], others: []string{m[1]}, two: true}, ""
	}
	for _, re := range chatNames {
		for _, s := range []string{stem, folder} {
			if m := re.FindStringSubmatch(s); m != nil {
				return chat{name: m[1], others: []string{m[1]}}, ""
			}
		}
	}
	if folder == stem {
		return chat{}, stem
	}
	return chat{}, ""
}

// chatNames are names that programs give to the file or folder of a chat of two.
var chatNames = []*lazyregexp.Regexp{
	lazyregexp.New(`^WhatsApp Chat (?:with|-) (.+)$`), lazyregexp.New(`^WhatsApp 聊天 ?- ?(.+)$`),
	lazyregexp.New(`^[与與](.+)的 ?WhatsApp ?(?:聊天|對話)(?:记录|記錄)?$`), lazyregexp.New(`^私聊_(.+)$`),
}

func cutLast(path string) (dir, file string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// settled are the rows of a chat with who wrote what, by what the export says of
// itself and what its place says.
func settled(c chat, path string, rows []Row) []Row {
	placed, named := chatOf(path)
	if len(c.others) == 0 && !c.group && len(c.own) == 0 {
		c.others, c.two = placed.others, placed.two
	}
	if c.name == "" {
		c.name = placed.name
	}
	for n, r := range rows {
		if named != "" && r.Sender == named && r.Incident.Direction == evidence.DirectionUnknown {
			rows[n].Incident.Direction = evidence.In
		}
	}
	c.settle(rows)
	return rows
}

// mostMessages bounds a chat: who wrote what is known at its end alone, and until then
// all its messages are held, some 2 KB each.
const mostMessages = 100_000

// hold takes one more message, and none behind the first that is too many.
func hold(rows []Row, r Row) []Row {
	if len(rows) > mostMessages {
		return rows
	}
	return append(rows, r)
}

func tooManyMessages() error {
	return &UnreadError{evidence.Text{ZH: fmt.Sprintf("消息超过 %d 条；请按时间分几次导出", mostMessages),
		EN: fmt.Sprintf("it has more than %d messages; export it in several parts", mostMessages)}}
}

func giveChat(c chat, path string, rows []Row, give func(Row) error) error {
	if len(rows) > mostMessages {
		return tooManyMessages()
	}
	for _, r := range settled(c, path, rows) {
		if err := give(r); err != nil {
			return err
		}
	}
	return nil
}
