package letter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
)

// label is how a number of the register is printed: E003 is 证据3.
func label(exhibit string) string {
	n, err := strconv.Atoi(strings.TrimPrefix(exhibit, "E"))
	if err != nil {
		return exhibit
	}
	return fmt.Sprintf("证据%d", n)
}

// day prints a date as letters do.
func day(t time.Time) string {
	t = t.In(evidence.Beijing)
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// when is the time of an act; that of a picture which shows it is called so.
func (in Input) when(i evidence.Incident) string {
	s := in.pictureTime(i) + moment(i.Time)
	if showed := showed(i.Time); showed != "" {
		s += "（手机显示" + showed + "）"
	}
	return s
}

// pictureTime says what a time is that only a picture has; empty of all others.
func (in Input) pictureTime(i evidence.Incident) string {
	if !evidence.PictureTime(i, in.Exhibits) {
		return ""
	}
	if slices.ContainsFunc(in.Exhibits, func(x evidence.Exhibit) bool {
		return x.Kind == evidence.Screenshot && slices.Contains(i.Exhibits, x.Number)
	}) {
		return "截屏时间"
	}
	return "拍摄时间"
}

// showed is what the phone's clock showed, of a time that was set right by what
// the person confirmed of it; the day only where it was another.
func showed(t evidence.Time) string {
	if t.Showed.IsZero() {
		return ""
	}
	showed, at := t.Showed.In(evidence.Beijing), t.At.In(evidence.Beijing)
	layout := "15时04分05秒"
	if t.Precision == evidence.ToMinute {
		layout = "15时04分"
	}
	if showed.Format(time.DateOnly) != at.Format(time.DateOnly) {
		layout = "1月2日" + layout
	}
	return showed.Format(layout)
}

// moment prints a time as precisely as it is known, and no more.
func moment(t evidence.Time) string {
	if t.IsZero() {
		return "时间不详"
	}
	at := t.At.In(evidence.Beijing)
	switch t.Precision {
	case evidence.ToDay:
		return day(at)
	case evidence.ToMinute:
		return day(at) + at.Format("15时04分")
	}
	return day(at) + at.Format("15时04分05秒")
}

// filedTo is what to call the body an earlier complaint went to.
func (in Input) filedTo(to string) string {
	_, name := templates.FiledTo(in.Case, to)
	return name
}

// FiledHere reports whether an earlier complaint went where this letter
// goes. There are many supervisors: the same road is not the same office.
func (in Input) FiledHere(f evidence.Filing) bool {
	role, name := templates.FiledTo(in.Case, f.To)
	return f.To != "" && (f.To == string(in.Role) || name == in.Recipient.Name || role == in.Role && in.complaint())
}

// isoDay turns 2026-03-02 into 2026年3月2日; anything else stays as it is.
func isoDay(s string) string {
	t, err := time.ParseInLocation(time.DateOnly, s, evidence.Beijing)
	if err != nil {
		return s
	}
	return day(t)
}

// duration prints seconds of a call.
func duration(seconds int) string {
	if seconds < 60 {
		return fmt.Sprintf("%d秒", seconds)
	}
	if seconds%60 == 0 {
		return fmt.Sprintf("%d分", seconds/60)
	}
	return fmt.Sprintf("%d分%d秒", seconds/60, seconds%60)
}

// quoted puts words in quotation marks; marks inside become single ones
// (GB/T 15834—2011, 4.8.3.2).
func quoted(s string) string {
	s = oneLine(s)
	s = strings.NewReplacer("“", "‘", "”", "’", `"`, "’").Replace(s)
	return "“" + s + "”"
}

// sentence ends s with one full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || slices.Contains([]string{"。", "！", "？", "”"}, string([]rune(s)[len([]rune(s))-1:])) {
		return s
	}
	return s + "。"
}

// oneLine joins lines, for a letter's sentence.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// reachedWord is who was reached; not known is never taken for the
// complainant.
func reachedWord(r evidence.Reached) string {
	switch r {
	case evidence.ReachedUnknown:
		return "未注明"
	case evidence.ReachedSelf:
		return "本人"
	case evidence.ReachedEmergency:
		return "紧急联系人"
	case evidence.ReachedGuarantor:
		return "担保人"
	case evidence.ReachedWorkplace:
		return "单位同事"
	case evidence.ReachedFamily:
		return "亲友"
	}
	return "其他无关人员"
}

// kindWord is the form of an act in a table of a letter.
func kindWord(i evidence.Incident) string {
	switch {
	case i.Kind != evidence.Call:
		return i.Kind.Title().ZH
	case i.Direction == evidence.Out:
		return "去电"
	case undirected(i):
		return "通话"
	case i.Answered == evidence.No:
		return "来电（未接）"
	}
	return "来电"
}

// Way is how an act came, and how long a call was that was answered: 来电，通话22秒.
func Way(i evidence.Incident) evidence.Text {
	w := evidence.Text{ZH: wayWord(i), EN: i.Kind.Title().EN}
	switch {
	case i.Direction == evidence.In && i.Kind == evidence.Call && i.Answered == evidence.No:
		w.EN += ", missed"
	case i.Direction == evidence.In:
		w.EN += ", received"
	case i.Direction == evidence.Out:
		w.EN += ", from the person"
	}
	if i.Kind == evidence.Call && i.Seconds > 0 {
		w.ZH += fmt.Sprintf("，通话%d秒", i.Seconds)
		w.EN += fmt.Sprintf(", %d seconds", i.Seconds)
	}
	return w
}

// wayWord is the form of an act in the book, and of what was written also who
// wrote: what the person sent themselves must not read as the other side's.
func wayWord(i evidence.Incident) string {
	kind := kindWord(i)
	switch {
	case i.Kind != evidence.SMS && i.Kind != evidence.Message && i.Kind != evidence.Mail:
		return kind
	case i.Direction == evidence.Out:
		return "本人发出" + kind
	case i.Direction == evidence.In, i.Reached != evidence.ReachedUnknown:
		return "收到" + kind // an export may not tell whose it is: whom a message reached did not write it
	}
	return kind + "（收发不明）"
}

func exhibitKindWord(k evidence.ExhibitKind) string {
	if k == evidence.OtherKind || k == "" {
		return "电子数据"
	}
	return k.Title().ZH
}

// licenceWord is what a letter says of a lender's licence: nothing where the
// case does not, and of one that the person did not find, that it was not
// seen.
func licenceWord(l evidence.Licence) string {
	switch {
	case l.Supervisor() == "":
		return ""
	case l == evidence.NoLicence:
		return "未见放贷牌照"
	}
	return l.Title().ZH
}

func trimStop(s string) string { return strings.TrimRight(s, "。；， ") }
