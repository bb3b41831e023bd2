package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// people are the choices of who was reached, or whose a phone is.
func people(own evidence.Text) []Choice {
	return []Choice{
		{string(evidence.ReachedSelf), own},
		{string(evidence.ReachedFamily), evidence.Text{ZH: "家人、亲戚、朋友", EN: "family, relatives, friends"}},
		{string(evidence.ReachedWorkplace), evidence.Text{ZH: "单位、同事", EN: "workplace, colleagues"}},
		{string(evidence.ReachedEmergency), evidence.Text{ZH: "借款时填的紧急联系人",
			EN: "the emergency contact named for the loan"}},
		{string(evidence.ReachedGuarantor), evidence.Text{ZH: "担保人、共同借款人", EN: "a guarantor or co-borrower"}},
		{string(evidence.ReachedStranger), evidence.Text{ZH: "别的人", EN: "somebody else"}},
	}
}

// phones asks whose each phone is that may be somebody else's.
func (l *lister) phones() {
	for _, d := range l.Devices {
		if !d.Doubtful || d.Said() {
			continue
		}
		var zh, en []string
		for _, w := range d.Why {
			zh, en = append(zh, w.ZH), append(en, w.EN)
		}
		rows := l.rowsOf(d)
		q := Question{Kind: Phone, About: About{Exhibits: d.Exhibits, Path: d.Name, Incidents: idsOf(rows)},
			Text: evidence.Text{
				ZH: fmt.Sprintf("“%s”里的 %d 份材料，是从谁的手机来的？", d.Name, len(d.Exhibits)),
				EN: fmt.Sprintf("Whose phone are the %d files in “%s” from?", len(d.Exhibits), d.Name)},
			Why: evidence.Text{
				ZH: "打给您的电话和打给别人的电话，规定不一样。这些材料可能不是您的手机里的：" + strings.Join(zh, "；"),
				EN: "calls to you and calls to others are under different rules, and these may not be from your " +
					"phone: " +
					strings.Join(en, "; ")},
			Effect: evidence.Text{
				ZH: "是您的，里面的催收来电算打给您的；是别人的，算打给那个人的。没有回答以前，都不算",
				EN: "if it is yours, its calls count as made to you; if not, as made to that person; until you " +
					"answer, as neither"},
			Choices: people(evidence.Text{ZH: "我自己的手机", EN: "my own phone"}), Prefill: string(d.Suggested)}
		if q.Prefill != "" {
			q.Source = evidence.Text{ZH: "文件夹名“" + d.Name + "”", EN: "the folder's name “" + d.Name + "”"}
		}
		l.add(q, func(value string) ([]Edit, error) { return l.phoneEdits(d, rows, evidence.Reached(value)), nil })
	}
}

// rowsOf are the rows that the files of one phone alone show.
func (l *lister) rowsOf(d device.Device) []evidence.Incident {
	var out []evidence.Incident
	for _, i := range l.Incidents {
		if i.Made() && len(i.Exhibits) > 0 && !slices.ContainsFunc(i.Exhibits, func(x string) bool {
			return !slices.Contains(d.Exhibits, x)
		}) {
			out = append(out, i)
		}
	}
	return out
}

// phoneEdits say whose phone it is, and who was reached on it: of somebody
// else's, only what comes from the collecting side is known to be of this
// matter; the rest of their life is left unsaid.
func (l *lister) phoneEdits(d device.Device, rows []evidence.Incident, who evidence.Reached) []Edit {
	var out []Edit
	for _, x := range d.Exhibits {
		out = append(out, Edit{Exhibit: x, Note: evidence.NotePhoneOf, Value: string(who),
			Detail: "来自" + who.Title().ZH + "的手机"})
	}
	for _, i := range rows {
		if i.Direction == evidence.Out || i.Kind != evidence.Call && i.Kind != evidence.SMS &&
			i.Kind != evidence.Message {
			continue
		}
		value := ""
		if who == evidence.ReachedSelf || l.Case.SideOfWriter(i) == evidence.CollectorSide {
			value = string(who)
		}
		if i.Reached.Third() {
			continue // the person wrote it there
		}
		if string(i.Reached) != value {
			out = append(out, Edit{Row: i.ID, Column: "reached", Value: value})
		}
	}
	return out
}

// owner is whose phone a row came to, as far as that was said; other reports
// that it is or may be somebody else's than the complainant's.
func (l *lister) owner(i evidence.Incident) (who evidence.Reached, name string, other bool) {
	for _, x := range i.Exhibits {
		n, ok := l.device[x]
		if !ok {
			continue
		}
		d := l.Devices[n]
		if d.Owner.Third() || d.Doubtful {
			return d.Owner, d.Name, true
		}
	}
	return "", "", false
}
