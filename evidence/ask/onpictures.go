package ask

import (
	"fmt"
	"slices"

	"juzheng/evidence"
)

// onPictures asks of words that somebody wrote into the table beside a picture, and that a
// program read otherwise off it, whether the picture shows them: of all together. Those that
// it does not show are the person's own words.
func (l *lister) onPictures() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if slices.ContainsFunc(l.doubts[i.ID], func(d evidence.Doubt) bool { return d.Code == evidence.NotOnPicture }) {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(OnPicture, "", rows, func(evidence.Incident) string { return "" }) {
		var list []evidence.Text
		for _, i := range g {
			var said evidence.Text
			for _, d := range l.doubts[i.ID] {
				if d.Code == evidence.NotOnPicture {
					said = evidence.Text{ZH: d.Says[0].Exhibit + " “" + short(i.Shown) + "”（另有：“" + d.Says[0].Value + "”）",
						EN: d.Says[0].Exhibit + " “" + short(i.Shown) + "” (elsewhere: “" + d.Says[0].Value + "”)"}
				}
			}
			list = append(list, said)
		}
		q := Question{Kind: OnPicture, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)},
			Parts: len(g), List: list,
			Text: evidence.Text{
				ZH: fmt.Sprintf("这 %d 张图，表里写的字和程序读出来的、或者您以前写下的不一样。请对着图看：哪几张图上，就是表里写的这些字？%s",
					len(g), inOrder(list).ZH),
				EN: fmt.Sprintf("Of these %d pictures the table has other words than a program read, or you wrote before. "+
					"Look at them: which of them show the words of the table? %s", len(g), inOrder(list).EN)},
			Why: evidence.Text{ZH: "信里引的原话，收到信的人会对着图看；图上没有的字，会被说成编造",
				EN: "whoever gets the letter holds its quotes against the picture; words that it does not show will be " +
					"called made up"},
			Effect: evidence.Text{ZH: "图上就是这些字的，照写；不是的，改写成您的本人陈述，不当作图上显示的",
				EN: "what the picture shows is quoted; the rest becomes your own words, and is not called shown"},
			Choices: yesNo("图上都是这些字", "all of them do", "都不是", "none does")}
		if len(g) == 1 {
			q.Text = evidence.Text{
				ZH: "图上的字，表里写的和程序读出来的、或者您以前写下的不一样。请对着图看：图上就是表里写的这些字吗？" + list[0].ZH,
				EN: "The table has other words of a picture than a program read, or you wrote before. Look at it: does it " +
					"show the words of the table? " + list[0].EN}
			q.Choices = yesNo("图上就是这些字", "yes", "不是", "no")
		}
		l.add(q, func(value string) ([]Edit, error) {
			var out []Edit
			for n, i := range g {
				if isYes(value, n+1, len(g)) {
					out = append(out, Edit{Row: i.ID, Column: "what the file shows", Value: i.Shown})
					continue
				}
				words := i.Shown
				if i.Words != "" {
					words = i.Words + " " + words
				}
				out = append(out, Edit{Row: i.ID, Column: "what the file shows"},
					Edit{Row: i.ID, Column: "my own words", Value: words})
			}
			return out, nil
		})
	}
}
