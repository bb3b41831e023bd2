package logs

import (
	"bytes"
	"html"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Telegram Desktop's other export: messages.html, messages2.html …, one page a
// thousand messages. A message is a div with that class; its time stands whole in
// a title, its sender above it or, where several follow one another, above the
// first of them.

var (
	pageMessage = lazyregexp.New(`<div class="message ([a-z ]+)"[^>]*>`)
	pageDate    = lazyregexp.New(`class="pull_right date details" title="([^"]+)"`)
	pageFrom    = lazyregexp.New(`(?s)<div class="from_name">(.*?)</div>`)
	pageText    = lazyregexp.New(`(?s)<div class="text">(.*?)</div>`)
	pageMedia   = lazyregexp.New(`class="(?:media clearfix pull_left|[a-z_]+ clearfix pull_left) media_([a-z_]+)"`)
	pageName    = lazyregexp.New(`(?s)<div class="page_header">.*?<div class="text bold">(.*?)</div>`)
	pageBreak   = lazyregexp.New(`(?i)<br ?/?>`)
	pageMark    = lazyregexp.New(`<[^>]*>`)
	pageDiv     = lazyregexp.New(`<div[ >]|</div>`)
	// forwarded is what somebody else wrote, within a message.
	pageForward = lazyregexp.New(`(?s)<div class="forwarded body">`)
)

func isTelegramPage(f *file) bool {
	return f.isText && isMarkup(f.begin()) && strings.Contains(f.text, `class="page_header"`) &&
		pageMessage.MatchString(f.text) && strings.Contains(f.text, `class="history"`)
}

// plainHTML is the text of a piece of a page.
func plainHTML(s string) string {
	s = pageMark.ReplaceAllString(pageBreak.ReplaceAllString(s, "\n"), "")
	return strings.TrimSpace(html.UnescapeString(s))
}

// pageTime reads 01.10.2026 10:15:00 UTC+08:00; before 2021 there was no zone.
func pageTime(s string) evidence.Time {
	if at, err := time.Parse("02.01.2006 15:04:05 UTC-07:00", s); err == nil {
		return evidence.Time{At: at.In(evidence.Beijing), Precision: evidence.ToSecond, Source: "chat-export"}
	}
	at, err := time.ParseInLocation("02.01.2006 15:04:05", s, evidence.Beijing)
	if err != nil {
		return evidence.Time{}
	}
	return evidence.Time{At: at, Precision: evidence.ToSecond, Device: true, Source: "chat-export"}
}

var pageKinds = map[string]string{"photo": "图片", "voice_message": "语音", "video": "视频", "audio_file": "音频",
	"file": "文件", "call": "语音或视频通话", "contact": "名片", "location": "位置"}

// divEnd is where the div ends with which a piece of a page begins; where it does
// not end, the end of the piece.
func divEnd(s string) int {
	depth := 0
	for _, at := range pageDiv.FindAllStringIndex(s, -1) {
		if s[at[0]+1] != '/' {
			depth++
		} else if depth--; depth == 0 {
			return at[1]
		}
	}
	return len(s)
}

func readTelegramPage(data []byte, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errNoText
	}
	raw := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if string(raw) != s {
		raw = []byte(s) // another encoding
	}
	c := chat{}
	if m := pageName.FindStringSubmatch(s); m != nil {
		c.name = plainHTML(m[1])
		c.others = []string{c.name}
	}
	var rows []Row
	var skipped []Skipped
	starts := pageMessage.FindAllStringSubmatchIndex(s, -1)
	from := ""
	for n, at := range starts {
		line, end := n+1, len(s)
		if n+1 < len(starts) {
			end = starts[n+1][0]
		}
		part, class := s[at[0]:end], s[at[2]:at[3]]
		if strings.Contains(class, "service") {
			skipped = append(skipped, skip(0, line, noticeOfProgram))
			continue
		}
		if m := pageFrom.FindStringSubmatch(part); m != nil && !strings.Contains(class, "joined") {
			from = plainHTML(m[1])
		}
		date := ""
		if m := pageDate.FindStringSubmatch(part); m != nil {
			date = m[1]
		}
		t := pageTime(date)
		if t.IsZero() {
			skipped = append(skipped, skip(0, line, evidence.Text{ZH: "时间读不出（“" + date + "”）",
				EN: `no time ("` + date + `")`}))
			continue
		}
		kind, words := "", ""
		if m := pageMedia.FindStringSubmatch(part); m != nil {
			if kind = pageKinds[m[1]]; kind == "" {
				kind = m[1]
			}
		}
		if pageForward.MatchString(part) {
			kind = "转发"
		}
		if m := pageText.FindStringSubmatch(part); m != nil {
			words = plainHTML(m[1])
		}
		r := messageOf(t, from, "", shownAs(kind, words))
		r.Line, r.entry = line, raw[at[0]:at[0]+divEnd(part)]
		rows = hold(rows, r)
	}
	return skipped, giveChat(c, "", rows, give)
}
