package main

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/rule"
	"juzheng/templates/letter"
)

var checkCommand = command{
	name:  "check",
	args:  "CASE",
	brief: text{"检查：有哪些违规、还缺什么；不写任何文件", "what is unlawful or missing; writes nothing"},
	least: 1,
	most:  1,
	help: text{
		`检查案件：列出可以投诉的情形和依据、只能作为本人陈述的内容、需要您确认的地方、
合法而不能投诉的催收、向谁提交、按什么顺序、期限到哪天，以及提交前必须补齐的事项。
不写任何文件。

用法：juzheng check 案件夹
      juzheng check 案件夹 --to regulator

选项：
      --to SLUG   只看一个对象：哪些情形写给它、哪些不写和原因、会提出的请求、要求、期限、
                  不受理什么；platform、lender、nifa、regulator，或者 juzheng directory
                  列出的代号

有必须先解决的问题时退出码是 4，并指出是哪一行、怎么办；--to 的对象没有可以受理的，也是 4。`,
		`Lists what can be complained of and on what ground, what is only your own
statement, what needs your eye, what was lawful, whom to turn to in which order and
by when, and what must be mended before anything is filed. Writes nothing.

Use: juzheng check CASE
     juzheng check CASE --to regulator

Options:
      --to SLUG   one recipient alone: what goes to it, what does not and why, what it is
                  asked for, what it wants, its terms and what it does not take: platform,
                  lender, nifa, regulator, or a slug that juzheng directory lists

Exit code 4: something blocks filing, and the row and the remedy are named; or there is
nothing to file with the one recipient asked for.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		to := fs.String("to", "", "")
		return func(_ context.Context, e *env, args []string) error {
			if fs.Changed("to") && *to == "" {
				return usage(text{"--to 后面要写一个对象", "--to wants a recipient"})
			}
			return check(e, args[0], *to)
		}
	},
}

// A dossier is a case as read from its folder, with what the rules say of it.
type dossier struct {
	folder    *folder.Folder
	kase      evidence.Case
	exhibits  []evidence.Exhibit
	unusable  []evidence.Unusable
	incidents []evidence.Incident
	report    evidence.Report
	now       time.Time

	redactions []evidence.Redaction // what papers do not show
	readings   []evidence.Reading   // see listen

	waves     map[string]letter.Wave // see listen
	undecoded bool                   // ffmpeg would draw more waveforms
	passages  map[string][]evidence.Passage

	volume int64    // most bytes of a volume of the exhibit book; 0: no limit
	heavy  []string // exhibits larger than that
	// uploadLimit, if not 0, goes before what the directory knows of a
	// recipient's page: the person has read the page itself.
	uploadLimit int64

	supplement   string // first exhibit of a supplement; empty: none is wanted
	supplemented bool   // somebody got one
}

// openCase reads everything a case folder holds and applies the rules.
func openCase(dir string, now time.Time) (*dossier, error) {
	f, err := folder.Open(dir, tool())
	if err != nil {
		return nil, err
	}
	d := &dossier{folder: f, now: now}
	return d, d.read()
}

// read reads the folder again, after something in it changed.
func (d *dossier) read() error {
	var err error
	if d.kase, err = d.folder.ReadCase(); err != nil {
		return err
	}
	register, err := d.folder.Register()
	if err != nil {
		return err
	}
	d.exhibits, d.unusable = register.Exhibits, register.Unusable
	if d.incidents, err = d.folder.Timeline(); err != nil {
		return err
	}
	if d.redactions, err = d.folder.Redactions(); err != nil {
		return err
	}
	link(d.incidents, d.exhibits)
	d.report = rule.Apply(d.kase, d.incidents, d.exhibits, rule.Options{Date: d.now, Clocks: doubtedClocks(intake.Clocks(d.incidents))})
	return nil
}

// doubtedClocks are the sources whose times are not relied on: of two that
// differ by a constant both, save that a carrier's list or a backup is taken
// for right against a phone that only names its files.
func doubtedClocks(offsets []intake.ClockOffset) map[string]time.Duration {
	out := map[string]time.Duration{}
	for _, o := range offsets {
		out[o.Source] = max(out[o.Source], o.Offset.Abs())
		if intake.RecordsZone(o.Source) || !intake.RecordsZone(o.Against) {
			out[o.Against] = max(out[o.Against], o.Offset.Abs())
		}
	}
	return out
}

func check(e *env, dir, to string) error {
	now, err := e.clock()
	if err != nil {
		return err
	}
	d, err := openCase(dir, now)
	if err != nil {
		return err
	}
	if to != "" {
		return checkTo(e, d, dir, to)
	}
	var steps []step // without a supervisor there is no road yet; the obstacles say why
	if !slices.ContainsFunc(d.report.Obstacles, func(o evidence.Obstacle) bool { return o.Code != "no-complainant" }) {
		if steps, err = d.route(); err != nil {
			return err
		}
	}
	if e.json {
		for _, s := range steps {
			if err := emit(e.stdout, "step", s); err != nil {
				return err
			}
		}
		for _, o := range d.offers() {
			if err := emit(e.stdout, "offer", o); err != nil {
				return err
			}
		}
		if err := emitReport(e.stdout, d.report); err != nil {
			return err
		}
	} else {
		writeReport(e.stdout, d.report, e.lang)
		if len(steps) > 0 {
			writeRoute(e.stdout, steps, e.lang)
		}
		writeOffers(e.stdout, d.offers(), e.lang)
	}
	if len(d.report.Obstacles) > 0 {
		switch o := d.report.Obstacles; {
		case e.json:
		case len(o) == 1 && o[0].Code == "no-violation" && len(d.report.Findings) == 0 && len(d.report.Lawful) > 0:
			e.say(text{"按时间线现在写的，没有可以投诉的；能做的见上面。有遗漏的写进时间线，以后有新的情况加进来，再检查", "by what the timeline says now there is nothing to complain of; what helps stands above. Add what is missing, or what happens later, and check again"})
		default:
			e.say(text{
				"现在还不能提交：先解决上面列出的 %d 个问题，再运行 juzheng check %s",
				"not ready to file: mend the %d points above, then run juzheng check %s",
			}, len(d.report.Obstacles), quote(dir))
		}
		return silent(exitBlocked)
	}
	if !e.json {
		e.say(text{"下一步：juzheng build %s", "next: juzheng build %s"}, quote(dir))
	}
	return nil
}

// emitReport writes a report as JSON lines; evidence/FORMAT.md describes them.
func emitReport(w io.Writer, r evidence.Report) error {
	for _, f := range r.Findings {
		dates := make([]string, 0, len(f.Incidents))
		ids := make([]string, 0, len(f.Incidents))
		for _, i := range f.Incidents {
			ids = append(ids, i.ID)
			if day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly); len(dates) == 0 || dates[len(dates)-1] != day {
				dates = append(dates, day)
			}
		}
		if err := emit(w, "finding", struct {
			Rule       string              `json:"rule"`
			Title      evidence.Text       `json:"title"`
			Parts      []evidence.Text     `json:"parts,omitempty"`
			Incidents  []string            `json:"incidents"`
			Dates      []string            `json:"date"`
			Count      int                 `json:"count"`
			Strength   evidence.Strength   `json:"strength"`
			Exhibits   []string            `json:"exhibits"`
			Counts     []evidence.Count    `json:"counts,omitempty"`
			Method     evidence.Text       `json:"method"`
			Citations  []evidence.Citation `json:"citations"`
			Wording    evidence.Text       `json:"wording"`
			Doubtful   bool                `json:"doubtful,omitempty"`
			Police     []evidence.Citation `json:"police,omitempty"`
			Recipients []string            `json:"recipients"`
			Advice     []evidence.Text     `json:"advice,omitempty"`
			Doubts     []evidence.Text     `json:"doubts,omitempty"`
			Cost       *evidence.Cost      `json:"cost,omitempty"`
		}{f.Rule, f.Title, f.Parts, ids, dates, len(ids), f.Strength, list(f.Exhibits), f.Counts, f.Method,
			f.Citations, f.Wording, f.Doubtful, f.Police, list(f.Bodies), f.Advice, f.Doubts, f.Cost}); err != nil {
			return err
		}
	}
	for _, l := range r.Lawful {
		if err := emit(w, "lawful", struct {
			Act       evidence.Text `json:"act"`
			Incidents []string      `json:"incidents"`
		}{l.Act, list(l.Incidents)}); err != nil {
			return err
		}
	}
	if err := emitEmergency(w, r.Emergency); err != nil {
		return err
	}
	for _, t := range r.Elsewhere {
		if err := emit(w, "remark", struct {
			Text      evidence.Text `json:"text"`
			Elsewhere bool          `json:"elsewhere"`
		}{t, true}); err != nil {
			return err
		}
	}
	for _, t := range r.Remarks {
		if err := emit(w, "remark", struct {
			Text evidence.Text `json:"text"`
		}{t}); err != nil {
			return err
		}
	}
	if err := emitObstacles(w, r.Obstacles); err != nil {
		return err
	}
	return emit(w, "summary", struct {
		Findings  int `json:"findings"`
		Lawful    int `json:"lawful"`
		Obstacles int `json:"obstacles"`
	}{len(r.Findings), len(r.Lawful), len(r.Obstacles)})
}

// emitEmergency writes what to do at once, if anything.
func emitEmergency(w io.Writer, t evidence.Text) error {
	if t.ZH == "" {
		return nil
	}
	return emit(w, "remark", struct {
		Text      evidence.Text `json:"text"`
		Emergency bool          `json:"emergency"`
	}{t, true})
}

// emitObstacles writes what blocks filing.
func emitObstacles(w io.Writer, all []evidence.Obstacle) error {
	for _, o := range all {
		if err := emit(w, "problem", struct {
			Code   string        `json:"code"`
			Path   string        `json:"path"`
			Detail evidence.Text `json:"detail"`
			Remedy evidence.Text `json:"remedy"`
		}{o.Code, o.Where, o.What, o.Remedy}); err != nil {
			return err
		}
	}
	return nil
}

// list makes an empty list of nothing, so that JSON never says null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
