package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/track"
)

// However much there is to say of a case, a check is one screen of 80 columns
// and 24 lines, and each of its parts is on it.
func TestCheckIsOneScreen(t *testing.T) {
	var r desk.Checked
	at := evidence.Time{At: time.Date(2026, 9, 3, 23, 10, 0, 0, evidence.Beijing), Precision: evidence.ToSecond}
	for n, k := range evidence.Kinds {
		for _, s := range []evidence.Strength{evidence.Shown, evidence.Stated, evidence.Review} {
			i := evidence.Incident{ID: fmt.Sprintf("T%03d", n), Time: at}
			f := evidence.Finding{Rule: string(k.ID), Title: k.Title, Strength: s}
			if s == evidence.Review {
				i.ID, i.Asserted, f.Doubts = fmt.Sprintf("L%d", n), []evidence.Breach{k.ID}, []evidence.Advice{k.Advice}
			}
			f.Incidents = []evidence.Incident{i}
			r.Report.Findings = append(r.Report.Findings, f)
		}
		r.Report.Lawful = append(r.Report.Lawful, evidence.Lawful{Act: evidence.Advice{Text: k.Title},
			Incidents: []string{"T001"}})
		r.Report.Obstacles = append(r.Report.Obstacles,
			evidence.Obstacle{Code: "no-lender", Where: "case.toml lender.name",
				What:   evidence.Advise(strings.Repeat("没有放款机构名称", 9), strings.Repeat("the lender is not named ", 9)),
				Remedy: k.Advice})
	}
	for k := range asks {
		r.Questions = append(r.Questions, ask.Question{Kind: k})
	}
	for _, name := range []string{"timeline.xlsx", "timeline (1).csv"} {
		r.Report.Doubts = append(r.Report.Doubts, evidence.Doubt{Code: evidence.TableBeside, About: evidence.AboutRow,
			Says: []evidence.Statement{{Source: "folder", Value: name}}})
	}
	r.Report.Emergency = evidence.Text{
		ZH: "涉及人身安全（T001 T002 T003 T004 …）：有危险时立即拨打 110，先到安全的地方；已经发生的，尽快到派出所报案，索取受案回执。投诉材料不能代替报警",
		EN: "somebody's safety is concerned (T001 T002 T003 T004 …): in danger call 110 at once and get to a safe " +
			"place; " +
			"report what has happened to the police and ask for a receipt; no complaint letter stands in for that"}
	for n, s := range []track.State{track.Closed, track.Waiting, track.Overdue, track.Answered, track.Waiting} {
		l := desk.Lane{Lane: track.Lane{State: s, Base: n,
			Until: time.Date(2026, 11, 17, 0, 0, 0, 0, evidence.Beijing)}}
		l.Recipient.Name, l.Filing.Date = strings.Repeat("样例机构", 9), "2026-11-02"
		r.Lanes = append(r.Lanes, l)
	}
	for lang, parts := range map[string][]string{
		"zh": {"110", "已经提交的", "已超期 1，已答复 1，等答复 2，已结束 1", "有材料、能投诉的", "向第三人透露欠款　1 条　2026-09-03", "只有您说的",
			"信里不写的 24 条：L0：", "等您回答的", "合法的，不能投诉", "提交前必须解决",
			"另有",
			"timeline.xlsx", "--full"},
		"en": {"110", "Handed in", "overdue 1, answered 1", "Can be complained of", "Only your own word",
			"in no letter, 24: L0: ", "questions wait",
			"Lawful", "To be mended", "more",
			"timeline.xlsx", "--full"},
	} {
		var out bytes.Buffer
		writeOverlook(&out, r, "案件", time.Date(2026, 11, 20, 12, 0, 0, 0, evidence.Beijing), lang)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) > 24 {
			t.Errorf("%s: %d lines\n%s", lang, len(lines), out.String())
		}
		for _, l := range lines {
			if cells(l) > screen {
				t.Errorf("%s: %d cells: %s", lang, cells(l), l)
			}
		}
		for _, p := range parts {
			if !strings.Contains(out.String(), p) {
				t.Errorf("%s: no %q in\n%s", lang, p, out.String())
			}
		}
	}
}

// Every kind of question has its words on the screen.
func TestKindsOfQuestionsHaveWords(t *testing.T) {
	for _, k := range ask.Kinds() {
		if asks[k].ZH == "" || asks[k].EN == "" {
			t.Errorf("%s has no words", k)
		}
	}
}

// What is still asked about, whether a lawyer is one, is not told as what can be
// complained of; once answered it is.
func TestWhatIsStillAskedWaits(t *testing.T) {
	var r desk.Checked
	i := evidence.Incident{ID: "T001"}
	lawyer := evidence.KindOf("V08")
	r.Report.Findings = []evidence.Finding{{Rule: "V08", Title: lawyer.Title, Strength: evidence.Shown,
		Incidents: []evidence.Incident{i}}}
	r.Questions = []ask.Question{{Kind: ask.Untrue, About: ask.About{Breach: "V08a", Incidents: []string{"T001"}}}}
	for _, asked := range []bool{true, false} {
		for lang, words := range map[string][2]string{"zh": {"有材料、能投诉的", "答了才知道能不能投诉："},
			"en": {"Can be complained of", "only once answered: "}} {
			var b bytes.Buffer
			writeOverlook(&b, r, "案件", time.Now(), lang)
			if strings.Contains(b.String(), words[0]) == asked || strings.Contains(b.String(), words[1]) != asked ||
				!strings.Contains(b.String(), lawyer.Title.In(lang)) {
				t.Errorf("%s, asked %v:\n%s", lang, asked, b.String())
			}
		}
		r.Questions = nil
	}
}

// Words that may be a threat to somebody's safety come before all else, though nobody has
// said yet who wrote them; files that cannot be used are told in one line.
func TestDangerBeforeItIsKnownWhose(t *testing.T) {
	r := desk.Checked{Questions: []ask.Question{{Kind: ask.Caller, Danger: true}}}
	for n := 1; n <= 3; n++ {
		r.Report.Doubts = append(r.Report.Doubts, evidence.Doubt{Code: evidence.SourceUnread, About: evidence.AboutRow,
			Incident: fmt.Sprintf("T%03d", n), Says: []evidence.Statement{{Source: fmt.Sprintf("E00%d:3", (n+1)/2),
				Value: evidence.FileAltered}}})
	}
	for lang, want := range map[string][2]string{"zh": {"■ 人身安全　有的话像是威胁人身安全。有危险时立即拨打 110", "所据文件用不了"},
		"en": {"■ Safety  some words sound like a threat", "cannot be used"}} {
		var b bytes.Buffer
		writeOverlook(&b, r, "case", time.Now(), lang)
		if s := b.String(); !strings.HasPrefix(s, want[0]) || strings.Count(s, want[1]) != 1 {
			t.Errorf("%s:\n%s", lang, s)
		}
	}
	r.Questions[0].Danger = false
	var b bytes.Buffer
	if writeOverlook(&b, r, "case", time.Now(), "zh"); strings.Contains(b.String(), "110") {
		t.Errorf("no danger:\n%s", b.String())
	}
}
