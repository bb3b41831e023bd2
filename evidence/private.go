package evidence

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// paperWords are words by which a paper says that it belongs to the matter: a
// contract, a bill, a proof of settlement, a credit report, and what collectors,
// courts and offices write. Papers of identity show who complains and prove no act:
// who wants one asks for it, and no bundle holds it unasked.
var paperWords = lazyregexp.New(`合同|协议|借据|借条|欠条|账单|对账|流水|转账|还款|放款|结清|销账|征信|信用报告|` +
	`营业执照|委托书|授权书|律师函|催收|催款|欠款|逾期|贷款|借款|债权|起诉|传票|判决书|裁定书|仲裁|受理|回执|答复|投诉|举报`)

// beginning is how much of a text says what it is, in characters.
const beginning = 400

// Recognised reports whether a name or the beginning of a text says that a
// photo or document belongs to the matter.
func Recognised(name, text string) bool {
	if r := []rune(text); len(r) > beginning {
		text = string(r[:beginning])
	}
	return paperWords.MatchString(name) || paperWords.MatchString(strings.Join(strings.Fields(text), ""))
}

// Family are the words by which people call who is close to them, alone or at
// the end: 我妈, 王阿姨. Whatever reads a relation takes all of them, and may take
// more: timeline.csv (who was reached), package mask (whose name is hidden).
var Family = []string{
	"妈妈", "妈", "母亲", "爸爸", "爸", "父亲", "老婆", "妻子", "老公", "丈夫", "爱人", "媳妇", "哥哥", "姐姐", "弟弟", "妹妹", "儿子", "女儿",
	"爷爷", "奶奶", "外公", "外婆", "姥姥", "姥爷", "岳父", "岳母", "公公", "婆婆", "叔叔", "伯伯", "舅舅", "姑姑", "姨妈", "阿姨", "表哥", "表姐", "表弟",
	"表妹",
	"堂哥", "堂姐", "堂弟", "堂妹", "女友", "男友", "女朋友", "男朋友", "对象", "亲戚", "亲友", "家人", "朋友", "室友", "闺蜜",
}

var (
	// alsoFamily are words of a phone's list of contacts that name no folder.
	alsoFamily = lazyregexp.New(
		`(?i)^(?:mom|mum|mama|mommy|mother|dad|daddy|papa|father|wife|husband)$|(?:妈咪|爹|娘)$`)
	// whichPhone tells two numbers of one contact apart: 妈妈2, 妈妈（新号）.
	whichPhone = lazyregexp.New(`[\s\d()]*(?:手机|电话|[新旧]号|移动|联通|电信)?[\s\d()]*$`)
)

// IsFamily reports a contact's name that says it is family or a friend.
func IsFamily(name string) bool {
	name = whichPhone.ReplaceAllString(accountName(name), "")
	return name != "" && !paperWords.MatchString(name) && (alsoFamily.MatchString(name) ||
		slices.ContainsFunc(Family, func(w string) bool { return strings.HasSuffix(name, w) }))
}

var loginCode = func() *lazyregexp.Regexp {
	const word = `(?:验证码|校验码|动态码|动态密码|动态口令|随机码|确认码|登录码|短信密码|` +
		`(?i:verification|security|login) (?i:code)|OTP)`
	return lazyregexp.New(word + `[^0-9]{0,12}[0-9]{4,8}|[0-9]{4,8}[^0-9]{0,24}` + word)
}()

// HoldsCode reports words that hold a code to log in or to pay with: who reads it
// in time is in the person's account.
func HoldsCode(words string) bool { return loginCode.MatchString(words) }

// PrivateCalls are the recordings that seem to be of the person's own life:
// calls with family, by the contact's name; with a number of which the case
// says that it is not the collector's; or of somebody else's phone, and from no
// collector. A number that nobody has named and that called two people's phones is no
// matter of one person's life, so that nobody loses what was said to a third person by
// saying whose phone it is. What the person made use of in a row is none of them.
func PrivateCalls(c Case, rows []Incident, exhibits []Exhibit) []string {
	phone := map[string]Reached{} // by exhibit
	for _, x := range exhibits {
		phone[x.Number] = cmp.Or(x.PhoneOf(), ReachedSelf)
	}
	of := map[string][]Incident{}           // by exhibit
	called := map[string]map[Reached]bool{} // by number, on whose phones
	for _, i := range rows {
		if n := NormalNumber(i.Number); n != "" && called[n] == nil {
			called[n] = map[Reached]bool{}
		}
		for _, x := range i.From() {
			of[x] = append(of[x], i)
			if who, known := phone[x]; known && called[NormalNumber(i.Number)] != nil {
				called[NormalNumber(i.Number)][who] = true
			}
		}
	}
	var out []string
	for _, x := range exhibits {
		if x.Kind != Recording || len(c.Naming(x.Number)) > 0 ||
			slices.ContainsFunc(of[x.Number], func(i Incident) bool {
				return c.Concerns(i) || i.ToldBy != "" || i.Words != "" || i.Disclosed != Unknown
			}) {
			continue
		}
		with := append(slices.Clip(of[x.Number]), Incident{Number: x.Media.Number, Name: x.Media.Contact})
		private := x.PhoneOf() != ReachedUnknown && !slices.ContainsFunc(with, func(i Incident) bool {
			return len(called[NormalNumber(i.Number)]) > 1
		})
		for _, i := range with {
			switch side := c.SideOf(i.Number); side {
			case OtherSide, EmergencySide, GuarantorSide:
				private = true
			case "":
				private = private || IsFamily(i.Name)
			}
		}
		if private && !slices.ContainsFunc(with, func(i Incident) bool { return c.SideOf(i.Number) == CollectorSide }) {
			out = append(out, x.Number)
		}
	}
	return out
}

// adviser is how people call who advises them: what they say to a lawyer is theirs.
var adviser = lazyregexp.New(`律师|法律援助|法援|法务顾问`)

// PrivateChats are the exports of chats that seem to be of the person's own life:
// with family and friends, with somebody whom the case names as none of the other
// side, with a lawyer. One in which anybody of the collector's writes, or of which the
// person made use, is none, nor one with people nobody knows: they are asked about.
func PrivateChats(c Case, rows []Incident, exhibits []Exhibit) []string {
	with := map[string][]Incident{}
	for _, i := range rows {
		for _, x := range i.From() {
			with[x] = append(with[x], i)
		}
	}
	var out []string
	for _, x := range exhibits {
		if x.Kind != ChatLog || len(with[x.Number]) == 0 || len(c.Naming(x.Number)) > 0 ||
			slices.ContainsFunc(with[x.Number], func(i Incident) bool { return !c.privateWords(i) }) {
			continue
		}
		out = append(out, x.Number)
	}
	return out
}

// privateWords reports a message with somebody of the person's own life.
func (c Case) privateWords(i Incident) bool {
	if c.Concerns(i) || i.ToldBy != "" || i.Words != "" || i.Disclosed != Unknown {
		return false
	}
	switch c.SideOfWriter(i) {
	case OtherSide, EmergencySide, GuarantorSide, SelfSide:
		return true
	case "":
		return IsFamily(i.Name) || adviser.MatchString(i.Name) &&
			!paperWords.MatchString(adviser.ReplaceAllString(i.Name, ""))
	}
	return false
}

// keepsAll is what the files are called in which phones and programs keep all they
// have: databases, backups, lists of contacts. An iPhone's backup names its files by
// 40 digits of a hash.
var keepsAll = lazyregexp.New(
	`(?i)\.(?:db|db3|sqlite3?|sqlitedb|(?:db|sqlite)-(?:wal|shm|journal)|realm|crypt\d*|` +
		`vcf|vcard|ab|nbf|nbu|mbdb|abbu)$|^[0-9a-f]{40}$`)

// Unopened reports a file that the program did not open and in which somebody else
// may read far more than what the case needs: a database or backup of a phone or chat
// program, a list of contacts, messages in a form that is not read, and whatever
// nobody knows the form of.
func Unopened(x Exhibit) bool {
	_, unread := x.Note(NoteUnread)
	switch x.Kind {
	case OtherKind:
		return true
	case Document:
		return keepsAll.MatchString(x.OriginalName) || unread && strings.HasPrefix(x.MediaType, "text/")
	}
	return false
}

// LooksLikeList is what was noted of a file that was not read and looks like a list of
// calls or messages, in its first words; empty: it does not. Whoever is asked whether it
// is private sees that it may be the list that the case needs.
func LooksLikeList(x Exhibit) string {
	n, _ := x.Note(NoteUnread)
	for _, begin := range []string{"看着是", "像是消息或通话记录", "里面像有通话详单", "这份 PDF 里只有图片", "PDF 里的通话记录"} {
		if strings.HasPrefix(n.Detail, begin) {
			first, _, _ := strings.Cut(n.Detail, "（另存")
			first, _, _ = strings.Cut(first, "，但")
			first, _, _ = strings.Cut(first, "，没有")
			return first
		}
	}
	return ""
}

// screenFilm is a word in the names that programs give to films of the screen.
var screenFilm = lazyregexp.New(`(?i)screen|录屏|屏幕`)

// mayBeIdle reports an exhibit of a kind that can have nothing to do with the matter.
func mayBeIdle(x Exhibit) bool {
	switch x.Kind {
	case Photo, Document, OtherKind:
		return true
	case Video:
		return !screenFilm.MatchString(x.OriginalName)
	}
	return false
}

// ofTheMatter reports a file that says itself that it belongs to the matter. What
// keeps everything a phone has does not, whatever else is written in it, and of what
// was not opened the name alone counts.
func ofTheMatter(x Exhibit, text string) bool {
	_, unread := x.Note(NoteUnread)
	if keepsAll.MatchString(x.OriginalName) || x.Kind == OtherKind && unread {
		return false
	}
	if Unopened(x) {
		text = ""
	}
	return Recognised(folderOf(x)+" "+x.OriginalName+" "+x.ToldBy+" "+x.Title, text)
}

// Idle are the photos, films and documents that may be private, and files that were not
// opened: no row and no entry of case.toml names them, and they do not say that they
// belong to the matter. So are [PrivateCalls] and [PrivateChats]. Text gives what is
// known of the words of one.
func Idle(c Case, rows []Incident, exhibits []Exhibit, text func(Exhibit) string) []string {
	used := map[string]bool{}
	for _, i := range rows {
		for _, x := range i.From() {
			used[x] = true
		}
	}
	talks := append(PrivateCalls(c, rows, exhibits), PrivateChats(c, rows, exhibits)...)
	var out []string
	for _, x := range exhibits {
		switch {
		case slices.Contains(talks, x.Number):
			out = append(out, x.Number)
		case !mayBeIdle(x), used[x.Number], len(c.Naming(x.Number)) > 0,
			x.TranscriptOf() != "", slices.ContainsFunc(x.Notes, func(n Note) bool { return n.Code == NoteSameEvent }):
		case ofTheMatter(x, text(x)):
		default:
			out = append(out, x.Number)
		}
	}
	return out
}

// folderOf is the name of the folder a file lay in.
func folderOf(x Exhibit) string {
	return path.Base(path.Dir(strings.ReplaceAll(x.OriginalPath, `\`, "/")))
}
