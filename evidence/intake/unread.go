package intake

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	// stamped is a date with a time, as lists and exports of chats write it.
	stamped = regexp.MustCompile(`20\d\d[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?[ T　]{0,2}\d{1,2}[:：时]\d{2}`)
	// keyed is the time of an entry in JSON: in seconds or milliseconds since
	// 1970, or a date.
	keyed = regexp.MustCompile(`(?i)"[a-z_]*(?:time|date)[a-z_]*"\s*:\s*"?(?:1\d{9}(?:\d{3})?\b|20\d\d-\d\d)`)
)

// columnsOfRow is from how many cells on a line is one of a table.
const columnsOfRow = 4

// unreadRows says of the beginning of a text that it looks like messages or
// calls, though no reader took it; empty where it does not.
func unreadRows(head string) string {
	entries := len(keyed.FindAllString(head, -1))
	if !strings.HasPrefix(strings.TrimLeft(head, "\ufeff \t\r\n"), "{") &&
		!strings.HasPrefix(strings.TrimLeft(head, "\ufeff \t\r\n"), "[") {
		entries = 0
		table := false
		for line := range strings.Lines(head) {
			if !stamped.MatchString(line) {
				continue
			}
			entries++
			for _, separator := range []string{";", "\t", ",", "|"} {
				table = table || strings.Count(line, separator) >= columnsOfRow-1
			}
		}
		if entries == 1 && !table { // a letter can have a date as well
			entries = 0
		}
	}
	if entries == 0 {
		return ""
	}
	return fmt.Sprintf("像是消息或通话记录（开头就有 %d 处日期和时间），但不是能读的格式，没有读取，时间线里没有它；"+
		"请从原来的程序另存为 Excel 或 CSV 再加一次，或者截图加进来，或者在时间线里自己加行", entries)
}
