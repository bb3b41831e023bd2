package intake

import (
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

const (
	dateWord  = `20\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?|20\d\d(?:0[1-9]|1[0-2])[0-3]\d|\d{1,2}月\d{1,2}[日号]`
	clockWord = `\d{1,2}[:：时点]\d{2}`
)

var (
	// stamped is a date with a time, as lists and exports of chats write it; the
	// year may be left out.
	stamped = lazyregexp.New(
		`(?:` + dateWord + `|(?:^|[^\d.])\d{1,2}[-/.]\d{1,2})[ T　,;\t|]{0,3}(?:[上下]午|[凌早]晨|[早晚]上|中午)? ?` + clockWord)
	// dated is a line that a day begins, perhaps behind a number of its own.
	dated = lazyregexp.New(`^["'\s]*(?:\d{1,5}[,;\t|.、] *)?["']?(?:` + dateWord + `)`)
	// ruled is the line of a day in a chat that WeChat gave away.
	ruled = lazyregexp.New(`[—–―-]{3,}\s*20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*[—–―-]{3,}`)
	// clocked is an hour of a day.
	clocked = lazyregexp.New(`(?:^|\D)` + clockWord)
	// keyed is the time of an entry in JSON: in seconds or milliseconds since
	// 1970, or a date.
	keyed = lazyregexp.New(
		`(?i)"[a-z_]*(?:time|date|when|at)[a-z_]*"\s*:\s*"?(?:1\d{9}(?:\d{3})?\b|20\d\d-\d\d)` +
			`|:\s*"20\d\d[-/]\d\d?[-/]\d\d?[ T]\d`)
	// jsonStart begins an object or a list; [09-01 10:00] at the head of a line does not.
	jsonStart = lazyregexp.New(`^(?:\{|\[\s*[\[{"\]])`)
	// marked is the time of an entry in XML or a page.
	marked = lazyregexp.New(`[=>]["']?1\d{9}(?:\d{3})?["'<]|` + stamped.String())
	// telephone is a number that somebody may call from.
	telephone = lazyregexp.New(
		`(?:^|[^\d.])(?:(?:\+|00)?86)?[- ]?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|` +
			`1[3-9]\d\*{4}\d{4}|10[0-9]{6,18}|95\d{3,7}|[48]00[- ]?\d{3}[- ]?\d{4})(?:\D|$)`)
	// spokenOf is a word of calls and messages.
	spokenOf = lazyregexp.New(
		`来电|去电|呼入|呼出|打入|打出|主叫|被叫|未接|接听|拒接|通话|短信|微信|催收|打来|电话|[Ii]ncoming|[Oo]utgoing|[Mm]issed`)
)

var (
	numberHead = lazyregexp.New(`(?i)号码|手机号|电话|发件人|address|number|phone`)
	wordsHead  = lazyregexp.New(`(?i)^(?:短信|消息|信息)?(?:内容|正文)$|^(?:body|message|text)$`)
)

// messageTable reports a table whose head names numbers and the words of messages.
func messageTable(head string) bool {
	line, _, _ := strings.Cut(head, "\n")
	number, words := false, false
	for _, cell := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t\"\r", r) }) {
		cell = strings.TrimSpace(cell)
		number, words = number || numberHead.MatchString(cell), words || wordsHead.MatchString(cell)
	}
	return number && words
}

// columnsOfRow is from how many cells on a line is one of a table.
const columnsOfRow = 3

// unreadRows says of the beginning of a text that it looks like messages, calls
// or a diary, though no reader took it; empty where it does not.
func unreadRows(head string) string {
	head = strings.TrimLeft(head, "\ufeff \t\r\n")
	if n := entriesOf(head); n > 0 && messageTable(head) {
		return fmt.Sprintf("像是消息或通话记录（开头就有 %d 处日期、时间或号码），没有读取，时间线里没有它：短信做成的表格自己也能写，"+
			"不当作手机里的短信；请用短信备份软件（如 SMS Backup & Restore，存成 .xml）从手机上重新备份再加一次，或者截图加进来", n)
	} else if n > 0 {
		return fmt.Sprintf("像是消息或通话记录（开头就有 %d 处日期、时间或号码），但不是能读的格式，没有读取，时间线里没有它；"+
			"请从原来的程序另存为 Excel 或 CSV 再加一次，或者截图加进来，或者在时间线里自己加行", n)
	}
	days := 0
	for line := range strings.Lines(head) {
		if dated.MatchString(line) {
			days++
		}
	}
	if days < 2 {
		return ""
	}
	return fmt.Sprintf("像是按日期写的记录（开头就有 %d 行日期），没有读取，时间线里没有它；和催收有关的，请在时间线里自己加行", days)
}

// entriesOf counts what look like entries of a log; zero where there are too
// few to be one: a letter has dates as well.
func entriesOf(head string) int {
	switch {
	case jsonStart.MatchString(head):
		return len(keyed.FindAllString(head, -1))
	case strings.HasPrefix(head, "<") && !ruled.MatchString(head):
		if n := len(marked.FindAllString(head, -1)); n > 1 {
			return n
		}
		return 0
	}
	if ruled.MatchString(head) { // the day of a chat stands once, above its messages
		return len(clocked.FindAllString(head, -1))
	}
	entries, sure := 0, false
	for line := range strings.Lines(head) {
		table := false
		for _, separator := range []string{";", "\t", ",", "|", "，"} {
			table = table || strings.Count(line, separator) >= columnsOfRow-1
		}
		number := telephone.MatchString(line)
		at := stamped.MatchString(line)
		day := dated.MatchString(line)
		switch {
		case at:
			sure = sure || table || number
		case day && (number || table), number && (clocked.MatchString(line) || spokenOf.MatchString(line)),
			day && spokenOf.MatchString(line):
		case day && strings.ContainsAny(line, ",;\t|"):
		default:
			continue
		}
		entries++
	}
	if entries == 1 && !sure {
		return 0
	}
	return entries
}

// mailOf is the text of a mail, which may be written in a form that no reader sees, and
// whether the file is one: a chat is often sent on by mail.
func mailOf(in io.ReaderAt, size int64) (text string, is bool) {
	m, err := mail.ReadMessage(io.NewSectionReader(in, 0, min(size, mostTranscript)))
	if err != nil || m.Header.Get("From") == "" && m.Header.Get("Subject") == "" || m.Header.Get("Date") == "" {
		return "", false
	}
	return textOf(textproto.MIMEHeader(m.Header), m.Body, 0), true
}

// mostParts bounds how deep parts of a mail lie in each other.
const mostParts = 4

// textOf is the first text among the parts of a mail, as far as it goes.
func textOf(h textproto.MIMEHeader, body io.Reader, depth int) string {
	kind, more, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && depth < mostParts:
		for parts := multipart.NewReader(body, more["boundary"]); ; {
			p, err := parts.NextRawPart()
			if err != nil {
				return ""
			}
			if s := textOf(p.Header, p, depth+1); s != "" {
				return s
			}
		}
	case !strings.HasPrefix(kind, "text/"):
		return ""
	}
	switch strings.ToLower(h.Get("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	data, _ := io.ReadAll(body) // what is cut short gives what stands before
	s, _ := evidence.DecodeIfText(data)
	return s
}
