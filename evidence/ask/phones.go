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

// phones asks whose each phone is that may be somebody else's, and once more of
// one that was taken for the person's own, where words in it are not to them.
func (l *lister) phones() {
	for _, d := range l.Devices {
		rows, files := l.rowsOf(d), l.filesOf(d)
		against, theirs := l.phoneAgainst(rows)
		if against.ZH == "" && (!d.Doubtful || d.Said()) {
			continue
		}
		var zh, en []string
		for _, w := range d.Why {
			zh, en = append(zh, w.ZH), append(en, w.EN)
		}
		q := Question{Kind: Phone, About: About{Exhibits: d.Exhibits, Path: d.Name, Incidents: idsOf(rows),
			Against: against.ZH},
			Text: evidence.Text{
				ZH: fmt.Sprintf("%s里的 %d 份材料，是从谁的手机来的？", d.Label().ZH, len(files)),
				EN: fmt.Sprintf("Whose phone are the %d files in %s from?", len(files), d.Label().EN)},
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
		switch {
		case against.ZH != "" && theirs:
			q.Text = evidence.Text{
				ZH: fmt.Sprintf("%s里的 %d 份材料，是当作别人手机里的来算的。可是 %s，像是对您本人说的。到底是从谁的手机来的？",
					d.Label().ZH, len(files), against.ZH),
				EN: fmt.Sprintf("The %d files in %s are taken for somebody else's phone's. But %s seems to be said to "+
					"yourself. Whose phone are they from?", len(files), d.Label().EN, against.EN)}
			q.Why = evidence.Text{ZH: "材料里的话和“是别人的手机”对不上：弄错了，信里就会把打给您的写成打给别人的",
				EN: "the words in it and “somebody else's phone” do not go together: if that is wrong, letters would " +
					"say of others what was done to you"}
		case against.ZH != "":
			q.Text = evidence.Text{
				ZH: fmt.Sprintf("%s里的 %d 份材料，是当作您自己手机里的来算的。可是 %s，像是对别人说的。到底是从谁的手机来的？",
					d.Label().ZH, len(files), against.ZH),
				EN: fmt.Sprintf("The %d files in %s are taken for your own phone's. But %s seems to be said to "+
					"somebody "+
					"else. Whose phone are they from?", len(files), d.Label().EN, against.EN)}
			q.Why = evidence.Text{ZH: "材料里的话和“是您自己的手机”对不上：弄错了，信里就会把打给别人的写成打给您的",
				EN: "the words in it and “my own phone” do not go together: if that is wrong, letters would say of you " +
					"what was done to somebody else"}
		}
		names := someOf(files)
		q.Text = evidence.Text{ZH: q.Text.ZH + "（" + names.ZH + "）", EN: q.Text.EN + " (" + names.EN + ")"}
		if q.Prefill != "" {
			q.Source = evidence.Text{ZH: "文件夹名“" + d.Name + "”", EN: "the folder's name “" + d.Name + "”"}
		}
		l.add(q, func(value string) ([]Edit, error) {
			out := l.phoneEdits(d, rows, evidence.Reached(value))
			if against.ZH == "" {
				return out, nil
			}
			for _, x := range d.Exhibits {
				out = append(out, Edit{Exhibit: x, Note: evidence.NotePhoneSure, Value: value,
					Detail: "看过材料里的话以后，仍然这样回答"})
			}
			return out, nil
		})
	}
}

// filesOf are the names of the files of a phone, without what the program took out of them.
func (l *lister) filesOf(d device.Device) (names []string) {
	for _, x := range l.Exhibits {
		if slices.Contains(d.Exhibits, x.Number) && x.Extract == nil {
			names = append(names, x.Name())
		}
	}
	return names
}

// someOf are the first of some names: a folder is known by what lies in it.
func someOf(names []string) evidence.Text {
	const most = 3
	if len(names) <= most {
		return evidence.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")}
	}
	names = names[:most]
	return evidence.Text{ZH: strings.Join(names, "、") + "等", EN: strings.Join(names, ", ") + " and others"}
}

// phoneAgainst are words in a phone that speak against whose it is taken for;
// theirs: it is taken for somebody else's, and they are to the person. Empty if
// there are none.
func (l *lister) phoneAgainst(rows []evidence.Incident) (words evidence.Text, theirs bool) {
	for _, i := range rows {
		if t := l.against(evidence.PhoneAgainstWords, i.ID); t.ZH != "" {
			return t, false
		}
		if t := l.against(evidence.PhoneAgainstSelf, i.ID); t.ZH != "" {
			return t, true
		}
	}
	return evidence.Text{}, false
}

// phoneOpen reports a row of a log of whose phone it is still to be said, or
// said again.
func (l *lister) phoneOpen(i evidence.Incident) bool {
	if !i.Made() || !strings.Contains(i.Source, ":") {
		return false
	}
	for _, x := range i.Exhibits {
		if n, ok := l.device[x]; ok {
			words, _ := l.phoneAgainst(l.rowsOf(l.Devices[n]))
			return words.ZH != "" || l.Devices[n].Doubtful
		}
	}
	return false
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
		if i.Reached.Third() && i.Reached != d.Owner {
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

// othersPhone reports an act on a phone that was said, or is named, to be somebody else's.
// One of which that has to be asked first may be the person's second: that a number called
// both says nothing then.
func (l *lister) othersPhone(i evidence.Incident) bool {
	return slices.ContainsFunc(i.Exhibits, func(x string) bool {
		n, ok := l.device[x]
		return ok && (l.Devices[n].Owner.Third() || l.Devices[n].Doubtful && l.Devices[n].Suggested.Third())
	})
}
