package rule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
)

// The terms of the measures for consumer complaints (XFTS), in days: the
// plain one, that of complex matters, and the longest there can be.
var (
	plainTerm   = templates.PlainTerm.Days
	complexTerm = templates.ComplexTerm.Days
	longestTerm = templates.LongestTerm.Days
)

// ignored is the part of V23 that is computed: complaints in case.toml to an
// institution bound by a term, and not answered in the longest there is. An
// incident stands for each, F1 for the first, dated on the day the term was
// over.
func (a *applier) ignored() {
	for n, f := range a.kase.Filings {
		filed, err := time.ParseInLocation(time.DateOnly, f.Date, evidence.Beijing)
		if err != nil || f.Follows() || f.Withdrawn != "" || !a.toInstitution(f.To) {
			continue
		}
		if f.Outcome == evidence.WantsMore { // an answer that decides nothing: no term was kept or missed yet
			continue
		}
		i := evidence.Incident{ID: fmt.Sprintf("F%d", n+1), Kind: evidence.Other, Seconds: -1,
			Source: evidence.CaseFile}
		if f.Exhibit != "" {
			i.Exhibits = []string{f.Exhibit}
		}
		if answered, err := time.ParseInLocation(time.DateOnly, f.Answered, evidence.Beijing); err == nil {
			if !answered.After(filed.AddDate(0, 0, plainTerm)) {
				a.lawful(evidence.Advise("在期限内答复了投诉（答复不合意不等于违规）",
					"the complaint was answered in time (an answer one does not like is no breach)"), i.ID)
			}
			continue
		}
		if strings.TrimSpace(f.Answer) != "" { // it was answered, and only the day is missing
			if a.bound() && !a.date.Before(filed.AddDate(0, 0, plainTerm+1)) {
				a.remark(evidence.Advise("%s 的投诉写有答复，没有写答复的日期：请在{ [[filings]] 的 answered 填上|“交出去”那一步写上}，程序才能看出是否超过期限",
					"the complaint of %s has an answer and no day of it: fill it in {under answered of "+
						"[[filings]]|at “Hand in”}, to tell whether it came in time").With(f.Date))
			}
			continue
		}
		if len(a.kase.RepliesTo(f, a.all)) > 0 { // it may have been answered, and that is asked
			continue
		}
		i.Time = evidence.Time{At: filed.AddDate(0, 0, longestTerm+1), Precision: evidence.ToDay,
			Source: evidence.CaseFile}
		x := []act{{Incident: i, facts: []string{"late"}}}
		switch {
		case a.date.Before(filed.AddDate(0, 0, plainTerm+1)), !a.bound():
		case a.date.Before(i.Time.At):
			x[0].Time.At = filed.AddDate(0, 0, plainTerm+1)
			a.add("V23", evidence.Review, x, func(f *evidence.Finding) {
				f.Doubts = append(f.Doubts, evidence.Advise("投诉已超过%d日没有答复，但复杂的可以延长到%d日，经批准再延长%d日；对方告知过延长吗？满%d日仍没有答复的，程序会写进信里",
					"no answer in %d days, but the term can be %d and, with approval, %d more; were "+
						"you told so? After %d days it goes into the letters").
					With(plainTerm, complexTerm, longestTerm-complexTerm, longestTerm))
			})
		default:
			strength := evidence.Shown
			if len(i.Exhibits) == 0 {
				strength = evidence.Stated
			}
			a.add("V23", strength, x, func(f *evidence.Finding) {
				f.Method = evidence.Text{
					ZH: fmt.Sprintf("从提交投诉的次日起算，满%d日（最长期限）没有答复", longestTerm),
					EN: fmt.Sprintf("from the day after the complaint, no answer in %d days, the longest term",
						longestTerm)}
				if a.askedAgain(filed) {
					f.Method = evidence.Text{
						ZH: fmt.Sprintf("从提交投诉的次日起算，满%d日（最长期限）没有处理结果；其间对方再次索要材料，没有作出处理", longestTerm),
						EN: fmt.Sprintf("from the day after the complaint, nothing was decided in %d days, the "+
							"longest term; "+
							"meanwhile they asked for papers again", longestTerm)}
				}
			})
		}
	}
}

// askedAgain reports that after a complaint somebody asked for its papers again:
// that is an answer, and settles nothing.
func (a *applier) askedAgain(filed time.Time) bool {
	return slices.ContainsFunc(a.own, func(i evidence.Incident) bool {
		return slices.Contains(i.Asserted, "V23a") && !i.Time.At.Before(filed)
	})
}

// toInstitution reports whether a complaint went to the lender itself, as far
// as the case can tell.
func (a *applier) toInstitution(to string) bool {
	role, _ := templates.FiledTo(a.kase, to)
	return a.kase.BindsInstitution(role) != evidence.No
}

// bound reports whether the measures for consumer complaints bind the lender,
// and the complainant is its consumer.
func (a *applier) bound() bool {
	return a.kase.Lender.Licence.Supervisor() == evidence.NationalOffice && !a.contact()
}
