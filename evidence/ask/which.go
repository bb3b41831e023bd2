package ask

import (
	"strings"

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
