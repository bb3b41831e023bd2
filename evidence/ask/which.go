package ask

import (
	"strings"
	"time"

	"juzheng/evidence"
)

// fewNamed is how many rows a question names one by one, with their words.
const fewNamed = 6

// whichOf says which rows a question is about, where its text does not quote them:
// the exhibit, when, and the words it shows; of many the exhibits alone.
func whichOf(rows []evidence.Incident) evidence.Text {
	if len(rows) > fewNamed {
		all := exhibitsOf(rows)
		list := strings.Join(all[:min(fewNamed, len(all))], "、")
		return evidence.Text{ZH: "（见 " + list + "）", EN: "(see " + strings.ReplaceAll(list, "、", ", ") + ")"}
	}
	var zh, en []string
	for _, i := range rows {
		said := ""
		if i.Shown != "" {
			said = "“" + short(i.Shown) + "”"
		}
		where := strings.Join(i.Exhibits, "、")
		zh = append(zh, strings.TrimSpace(where+" "+whenZH(i))+said)
		en = append(en, strings.Join(strings.Fields(strings.ReplaceAll(where, "、", ", ")+" "+whenEN(i)+" "+said), " "))
	}
	return evidence.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}

// acrossLimit reports a doubt of two times close to each other of which one is at night
// alone, or that are of two days: where a breach may lie, though none is found yet.
func acrossLimit(d evidence.Doubt) bool {
	var at []time.Time
	for _, s := range d.Says {
		if t, err := time.Parse(time.RFC3339, s.Value); err == nil {
			at = append(at, t.In(evidence.Beijing))
		}
	}
	if len(at) != 2 || at[0].Sub(at[1]).Abs() > 3*time.Minute {
		return false
	}
	return evidence.NightHour(at[0].Hour()) != evidence.NightHour(at[1].Hour()) ||
		at[0].Format(time.DateOnly) != at[1].Format(time.DateOnly)
}
