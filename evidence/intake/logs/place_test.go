package logs

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// placesOf are those of the rows that are read; what breaks off gives those before.
func placesOf(data string) (out []string) {
	_, _ = Read(strings.NewReader(data), int64(len(data)), "", func(r Row) error {
		out = append(out, r.Place("E1"))
		return nil
	})
	return out
}

func sms(kind int, words string) string {
	return fmt.Sprintf(`<sms address="95588" date="1790820900000" type="%d" body="%s"/>`, kind, words)
}

// A backup that another program saved again stands on one line.
func TestRowsOnOneLineHavePlacesOfTheirOwn(t *testing.T) {
	mms := `<mms address="95588" date="1790820900000" msg_box="1"><parts><part ct="text/plain" text="彩"/></parts></mms>`
	call := `<call number="95588" date="1790820900000" duration="9" type="1"/>`
	for _, row := range []struct {
		name, data string
		want       []string
	}{
		{"lines of their own", "<smses>\n" + sms(1, "一") + "\n" + sms(1, "二") + "\n</smses>", []string{"E1:2", "E1:3"}},
		{"one line", "<smses>" + sms(1, "一") + sms(1, "二") + mms + sms(1, "三") + "</smses>",
			[]string{"E1:1#1", "E1:1#2", "E1:1#3", "E1:1#4"}},
		{"the entry alone", "<smses>" + sms(1, "一") + "</smses>", []string{"E1:1"}},
		{"a draft beside the only message", "<smses>" + sms(3, "一") + sms(1, "二") + "</smses>", []string{"E1:1"}},
		{"a draft between", "<smses>" + sms(1, "一") + sms(3, "二") + sms(1, "三") + "</smses>",
			[]string{"E1:1#1", "E1:1#3"}},
		{"some lines of several", "<smses>\n" + sms(1, "一") + "\n" + sms(1, "二") + mms + "\n" + sms(1, "三") +
			"</smses>", []string{"E1:2", "E1:3#1", "E1:3#2", "E1:4"}},
		{"calls", "<calls>" + call + call + "</calls>", []string{"E1:1#1", "E1:1#2"}},
		{"cut in the middle", "<smses>" + sms(1, "一") + sms(1, "二") + "<sms addr", []string{"E1:1#1", "E1:1#2"}},
	} {
		if got := placesOf(row.data); !slices.Equal(got, row.want) {
			t.Errorf("%s: places %v, want %v", row.name, got, row.want)
		}
	}
}

// However the lines of a file end, and if none does, no two rows of it have one place.
func TestNoTwoRowsHaveOnePlace(t *testing.T) {
	ends := map[string]string{"as it is": "\n", "no line ends": "", "old Mac": "\r", "Windows": "\r\n"}
	for form, s := range samples(t) {
		for name, end := range ends {
			if strings.HasPrefix(s.data, "PK") || strings.Contains(s.data, "\x00") {
				continue // a container of bytes has no lines
			}
			places := placesOf(strings.ReplaceAll(s.data, "\n", end))
			slices.Sort(places)
			if n := len(places); n != len(slices.Compact(places)) {
				t.Errorf("%s, %s: places %v", form, name, places)
			}
		}
	}
}
