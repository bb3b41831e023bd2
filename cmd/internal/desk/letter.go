package desk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/templates"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/packet"
)

// LetterOptions say which letter is written, and to whom.
type LetterOptions struct {
	Name string          // of [letter.Applications]
	To   []evidence.Role // nil: those who usually get it

	by string // who approves what was written before: see [Approve]
}

// Written are letters that need no violation.
type Written struct {
	Application letter.Application
	Letters     []LetterLine
	Slug        string        // of the first recipient
	Warning     evidence.Text // what the person must know before it goes; empty: nothing
}

// A LetterLine is one letter and where it is.
type LetterLine struct {
	Folder    string `json:"folder"`
	Letter    string `json:"letter"`
	Recipient string `json:"recipient"`

	Unreviewed bool `json:"unreviewed,omitempty"` // it waits for a second person
}

// Lines are the objects of the result.
func (r Written) Lines() []Line {
	var out []Line
	for _, l := range r.Letters {
		out = append(out, Line{"letter", l})
	}
	return out
}

// An UnknownLetterError reports a letter there is not. Known are those there
// are.
type UnknownLetterError struct {
	Name  string
	Known []string
}

func (e *UnknownLetterError) Error() string { return fmt.Sprintf("no such letter: %q", e.Name) }

// A LetterRoleError reports a recipient who cannot get a letter. Can are those
// who can.
type LetterRoleError struct {
	Letter string
	To     evidence.Role
	Can    []evidence.Role
}

func (e *LetterRoleError) Error() string {
	return fmt.Sprintf("%s cannot go to %s, only to %v", e.Letter, e.To, e.Can)
}

// BuildLetter writes a letter that needs no violation, for each recipient a
// folder below letters/. Nothing is sealed: it goes without exhibits and
// asserts no breach.
func BuildLetter(ctx context.Context, d Desk, dir string, o LetterOptions) (r Written, err error) {
	all := letter.Applications()
	n := slices.IndexFunc(all, func(a letter.Application) bool { return a.Name == o.Name })
	if n < 0 {
		unknown := &UnknownLetterError{Name: o.Name}
		for _, a := range all {
			unknown.Known = append(unknown.Known, a.Name)
		}
		for _, l := range letter.NextLetters() {
			unknown.Known = append(unknown.Known, l.Name)
		}
		return r, unknown
	}
	r.Application = all[n]
	for _, t := range o.To {
		if !slices.Contains(r.Application.To, t) {
			return r, &LetterRoleError{o.Name, t, r.Application.To}
		}
	}
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	own, err := outsideOf(d, f)
	if err != nil {
		return r, err
	}
	x := Dossier{Folder: f, Date: d.Now, Directory: own.directory, Outside: own.files}
	if x.Case, err = f.ReadCase(); err != nil {
		return r, err
	}
	if x.Redactions, err = f.Redactions(); err != nil {
		return r, err
	}
	switch {
	case o.To == nil:
		o.To = usualFor(r.Application, x.Case)
	case len(o.To) == 0:
		return r, &RoleError{}
	}
	to, missing, err := applicationTo(r.Application, x, o.To)
	if err != nil {
		return r, err
	}
	if r.Application.Name == letter.DeferralName {
		rows, err := f.Timeline()
		if err != nil {
			return r, err
		}
		if o, nothing := nothingOwed(x.Case, rows); nothing {
			missing = append(missing, o)
		}
	}
	if len(missing) > 0 {
		return r, &BlockedError{Case: dir, Report: evidence.Report{Obstacles: missing}}
	}
	if err := printable(x); err != nil {
		return r, err
	}
	for _, a := range to {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		path, unreviewed, err := writeLetter(d, x, r.Application, a, o.by)
		if err != nil {
			return r, err
		}
		r.Letters = append(r.Letters, LetterLine{path, o.Name, a.recipient.Name, unreviewed})
	}
	r.Slug = to[0].recipient.Slug
	return r, nil
}

// usualFor is who gets a letter where the person has not said: the first who
// can, and of a credit report its bureau too, if the case names it.
func usualFor(a letter.Application, c evidence.Case) []evidence.Role {
	if slices.Contains(a.To, evidence.ToBureau) && c.Credit.Bureau != "" {
		return a.To
	}
	return a.To[:1]
}

// applicationTo finds who is meant, and what is missing for the letter.
func applicationTo(
	a letter.Application, x Dossier, to []evidence.Role,
) (out []addressee, missing []evidence.Obstacle, err error) {
	c := x.Case
	missing = lackOf(a, c, x.Date.In(evidence.Beijing).Format(time.DateOnly))
	lined(x.Folder, missing)
	objection := a.Name == letter.ObjectionName
	for _, role := range to {
		r := addressee{role: role}
		switch {
		case role == evidence.ToBureau:
			known := false
			if r.recipient, known = x.Directory.Lookup(c.Credit.Bureau); !known {
				missing = append(missing, lack("no-bureau", "credit.bureau",
					evidence.Advise("没有写报告是哪家征信机构出的", "the bureau whose report it is is missing"),
					evidence.Advise("照报告上的名称，填 %s 中的一个", "one of %s, as on the report").With(evidence.Text{
						ZH: strings.Join(evidence.Bureaus(), "、"), EN: strings.Join(evidence.Bureaus(), ", ")})))
				continue
			}
		case role == evidence.ToLender && c.Lender.Name == "":
			missing = append(missing, lack("no-lender", "lender.name",
				evidence.Advise("没有放款机构名称", "the lender is not named"),
				evidence.Advise("照借款合同写全称；不知道的，先向平台要{：juzheng build 案件夹 --letter statement-request|}",
					"as in the contract; if unknown, ask the platform{ with --letter statement-request|}")))
			continue
		case role == evidence.ToLender:
			r.recipient = lenderOf(c)
		case !c.Platform.Known() && c.Lender.Name == "":
			missing = append(missing, lack("no-respondent", "platform.name",
				evidence.Advise("没有写平台，也没有写放款机构", "neither platform nor lender is named"),
				evidence.Advise("照 App 写平台名，照合同写放款机构全称", "the app's name, and the lender as in the contract")))
			continue
		default:
			r.recipient = platformOf(c)
		}
		if objection {
			// The lender who reported has the same twenty days (征信业管理条例 Article 25).
			r.recipient.Terms = []templates.Term{templates.ObjectionTerm}
		}
		same := func(o addressee) bool { return o.recipient.Name == r.recipient.Name }
		if !slices.ContainsFunc(out, same) { // a bank is lender and platform: one letter
			out = append(out, r)
		}
	}
	return out, missing, nil
}

// lackOf is what keeps a letter from being written today, whoever gets it.
func lackOf(a letter.Application, c evidence.Case, today string) []evidence.Obstacle {
	var out []evidence.Obstacle
	cannot := c.Impossible(today)
	if a.Name == letter.DeferralName {
		cannot = append(cannot, c.PlanOver(today)...)
	}
	for _, x := range cannot {
		out = append(out, x.Obstacle())
	}
	if c.Complainant.Name == "" {
		out = append(out, lack("no-complainant", "complainant.name",
			evidence.Advise("没有申请人姓名", "the applicant has no name"),
			evidence.Advise("填写身份证上的姓名", "write the name as on the identity card")))
	}
	if c.Complainant.Kind == evidence.Contact {
		out = append(out, lack("not-borrower", "complainant.kind",
			evidence.Advise("您是被联系的人，不是借款人，这封信只有借款人能写", "only the borrower can write this letter"),
			evidence.Advise("您自己的隐私和安宁可以投诉{：juzheng check|}",
				"your own privacy and peace can be complained of{: juzheng check|}")))
	}
	nothing := strings.TrimSpace(c.Credit.Entry) == "" || strings.TrimSpace(c.Credit.Wrong) == ""
	if a.Name == letter.ObjectionName && nothing {
		out = append(out, lack("no-credit-entry", "credit.entry",
			evidence.Advise("没有写征信报告的哪条记载有错、错在哪里",
				"the case does not say which entry of the report is wrong, and how"),
			evidence.Advise("把报告上的原文抄进 entry，把事实写进 wrong；没有错的记载不能提异议",
				"copy the entry, and write what is wrong with it; a true entry cannot be objected to")))
	}
	return out
}

// lined finds the lines of case.toml on which what cannot be true stands.
func lined(f *folder.Folder, all []evidence.Obstacle) {
	for n, o := range all {
		if o.Code == evidence.CannotBe {
			all[n].Line = f.LineOf(strings.TrimPrefix(o.Where, folder.CaseFile+" "), o.Nth)
		}
	}
}

func lack(code, key string, what, remedy evidence.Advice) evidence.Obstacle {
	return evidence.Obstacle{Code: code, Where: folder.CaseFile + " " + key, What: what, Remedy: remedy}
}

// LetterKept tells where a letter is that had the place of the one just written.
type LetterKept struct{ Folder string }

// Code names the notice.
func (LetterKept) Code() string { return "letter-kept" }

// putLetter puts a finished letter in its place, and tells where the one before went.
func putLetter(d Desk, f *folder.Folder, partial, path string) error {
	kept, err := f.PutLetter(partial, filepath.Base(path))
	if kept != "" {
		d.tell(LetterKept{kept})
	}
	return err
}

// letterName is the name of the folder of a letter to somebody: one for each road that
// leads to a body, for a complaint on one of them is not the complaint on the other.
func letterName(title string, role evidence.Role, recipient string) string {
	return title + "-" + plainName(roadName(role, recipient))
}

// writeLetter sets the papers of one recipient beside their place and renames
// them in one go. By is who approves the letter as it lies there; empty: nobody.
func writeLetter(
	d Desk, x Dossier, a letter.Application, to addressee, by string,
) (path string, unreviewed bool, err error) {
	f := x.Folder
	partial, err := os.MkdirTemp(f.Dir(), ".letter-*.partial")
	if err != nil {
		return "", false, fmt.Errorf("write the letter: %w", err)
	}
	defer os.RemoveAll(partial) // does nothing after the rename
	in := letter.Input{Matter: mask.Matter{Case: x.Case}, Recipient: to.recipient, Role: to.role, Date: x.Date}
	o := packet.Order{Input: in, Redactions: x.Redactions, Fonts: x.Fonts}
	path = f.Path(folder.LettersDir, letterName(a.Title.ZH, to.role, to.recipient.Name))
	r := reviewing{x: x, name: a.Name + "/" + string(to.role), path: path, by: by, compose: a.Compose}
	if o.Input.Unreviewed, err = r.pending(o); err != nil {
		return "", false, err
	}
	err = packet.BuildApplication(partial, o, packet.Application{Title: a.Title.ZH, Compose: a.Compose})
	if err != nil {
		return "", false, err
	}
	return path, o.Input.Unreviewed, putLetter(d, f, partial, path)
}
