package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/packet"
)

// lettersDir holds the letters that need no violation, one folder each.
const lettersDir = "letters"

// An application is a letter a borrower can write where nothing can be
// complained of.
type application struct {
	name    string // as --letter has it
	title   text
	compose func(letter.Input) (document.Document, error)
	to      []string // who may get it; the first is who gets it unless --to says otherwise
}

var applications = []application{
	{"deferral", text{"协商还款申请书", "request for a deferral or instalments"}, letter.Deferral, []string{"platform", "lender"}},
	{"statement-request", text{"账单和催收委托材料申请书", "request for statement and collection mandate"}, letter.StatementRequest, []string{"platform", "lender"}},
	{"credit-objection", text{"征信异议申请书", "objection to a credit record"}, letter.CreditObjection, []string{"lender", "bureau"}},
}

// buildLetter makes one of these letters, for each recipient a folder below
// letters/. Nothing is sealed: it goes without exhibits and asserts no breach.
func buildLetter(ctx context.Context, e *env, dir, name string, to []string, chosen bool) error {
	n := slices.IndexFunc(applications, func(a application) bool { return a.name == name })
	if n < 0 {
		return unknownValue(text{
			"--letter 没有 %s 这种信（可用 deferral、statement-request、credit-objection）",
			"--letter knows no %s (there are deferral, statement-request, credit-objection)",
		}, name, []string{"deferral", "statement-request", "credit-objection"})
	}
	a := applications[n]
	for _, t := range to {
		if chosen && !slices.Contains(a.to, t) {
			return fail(exitUsage, nil, fill(text{"%s 不能写给 %s（可用 %s）", "%s cannot go to %s (there are %s)"},
				a.name, t, strings.Join(a.to, "、")), meant(t, a.to, "")...)
		}
	}
	now, err := e.clock()
	if err != nil {
		return err
	}
	f, unlock, err := lockCase(dir, now)
	if err != nil {
		return err
	}
	defer unlock()
	d := &dossier{folder: f, now: now}
	if d.kase, err = f.ReadCase(); err != nil {
		return err
	}
	if d.redactions, err = f.Redactions(); err != nil {
		return err
	}
	if !chosen {
		to = a.usual(d.kase)
	}
	recipients, obstacles, err := a.recipients(d.kase, to)
	if err != nil {
		return err
	}
	if len(obstacles) > 0 {
		d.report.Obstacles = obstacles
		return blocked(e, d)
	}
	if err := d.printable(); err != nil {
		return err
	}
	var made []string
	for _, r := range recipients {
		if err := ctx.Err(); err != nil {
			return err
		}
		path, err := d.writeLetter(a, r)
		if err != nil {
			return err
		}
		made = append(made, path)
	}
	return e.tellLetters(d, a, recipients, made)
}

// usual is who gets the letter where the person has not said: the platform,
// and of a credit report its bureau too, if the case names it.
func (a application) usual(c evidence.Case) []string {
	if a.name == "credit-objection" && c.Credit.Bureau != "" {
		return a.to
	}
	return a.to[:1]
}

// An applicant's recipient, and in what part it gets the letter.
type letterTo struct {
	role      letter.Role
	recipient templates.Recipient
}

// recipients finds who is meant, and what is missing for the letter.
func (a application) recipients(c evidence.Case, to []string) (out []letterTo, missing []evidence.Obstacle, err error) {
	lack := func(code, key, zh, en, remedyZH, remedyEN string) {
		missing = append(missing, evidence.Obstacle{Code: code, Where: folder.CaseFile + " " + key,
			What: evidence.Text{ZH: zh, EN: en}, Remedy: evidence.Text{ZH: remedyZH, EN: remedyEN}})
	}
	if c.Complainant.Name == "" {
		lack("no-complainant", "complainant.name", "没有申请人姓名", "the applicant has no name", "填写身份证上的姓名", "write the name as on the identity card")
	}
	if c.Complainant.Kind == evidence.Contact {
		lack("not-borrower", "complainant.kind", "您是被联系的人，不是借款人，这封信只有借款人能写", "only the borrower can write this letter",
			"您自己的隐私和安宁可以投诉：juzheng check", "your own privacy and peace can be complained of: juzheng check")
	}
	if a.name == "credit-objection" && (strings.TrimSpace(c.Credit.Entry) == "" || strings.TrimSpace(c.Credit.Wrong) == "") {
		lack("no-credit-entry", "credit.entry", "没有写征信报告的哪条记载有错、错在哪里", "the case does not say which entry of the report is wrong, and how",
			"把报告上的原文抄进 entry，把事实写进 wrong；没有错的记载不能提异议", "copy the entry, and write what is wrong with it; a true entry cannot be objected to")
	}
	for _, t := range to {
		switch {
		case t == "bureau":
			dir, err := templates.Load()
			if err != nil {
				return nil, nil, err
			}
			r, ok := dir.Lookup(c.Credit.Bureau)
			if !ok {
				lack("no-bureau", "credit.bureau", "没有写报告是哪家征信机构出的", "the bureau whose report it is is missing",
					"填 credit-pbccrc、credit-baihang 或 credit-pudao，照报告上的名称", "credit-pbccrc, credit-baihang or credit-pudao, as on the report")
				continue
			}
			out = append(out, letterTo{letter.ToBureau, r})
		case t == "lender" && c.Lender.Name == "":
			lack("no-lender", "lender.name", "没有放款机构名称", "the lender is not named",
				"照借款合同写全称；不知道的，先向平台要：juzheng build 案件夹 --letter statement-request", "as in the contract; if unknown, ask the platform with --letter statement-request")
		case t == "lender":
			out = append(out, letterTo{letter.ToLender, lenderOf(c)})
		case !c.Platform.Known() && c.Lender.Name == "":
			lack("no-respondent", "platform.name", "没有写平台，也没有写放款机构", "neither platform nor lender is named",
				"照 App 写平台名（platform.brand），照合同写放款机构全称（lender.name）", "the app's name, and the lender as in the contract")
		default:
			out = append(out, letterTo{letter.ToPlatform, platformOf(c)})
		}
	}
	if a.name == "credit-objection" {
		for i := range out {
			// The lender who reported has the same twenty days (征信业管理条例 Article 25).
			out[i].recipient.Terms = []templates.Term{templates.ObjectionTerm}
		}
	}
	return out, missing, nil
}

// writeLetter sets letter, note, text and reminder of one recipient beside
// their place and renames them in one go.
func (d *dossier) writeLetter(a application, to letterTo) (path string, err error) {
	name := a.title.ZH + "-" + folderName(to.recipient.Name)
	partial, err := os.MkdirTemp(d.folder.Dir(), ".letter-*.partial")
	if err != nil {
		return "", fmt.Errorf("write the letter: %w", err)
	}
	defer os.RemoveAll(partial) // does nothing after the rename
	order := packet.Order{Redactions: d.redactions,
		Input: letter.Input{Matter: mask.Matter{Case: d.kase}, Recipient: to.recipient, Role: to.role, Date: d.now}}
	if err := packet.BuildApplication(partial, order, packet.Application{Title: a.title.ZH, Compose: a.compose}); err != nil {
		return "", err
	}
	if err := os.Mkdir(d.folder.Path(lettersDir), 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	path = d.folder.Path(lettersDir, name)
	return path, disk.SwapDir(partial, path)
}

// folderName keeps a body's name from making folders of its own.
func folderName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < 0x20 {
			return '_'
		}
		return r
	}, s)
}

func (e *env) tellLetters(d *dossier, a application, to []letterTo, made []string) error {
	for i, path := range made {
		if e.json {
			if err := emit(e.stdout, "letter", map[string]string{"letter": a.name, "recipient": to[i].recipient.Name, "folder": path}); err != nil {
				return err
			}
			continue
		}
		e.printf(text{"%s，交给%s：%s\n", "%s, to %s: %s\n"}, a.title.In(e.lang), to[i].recipient.Name, path)
	}
	e.say(text{"逐字读一遍，签名后提交；先读里面的“提交说明”。\n提交后：juzheng track %s add --to %s --date %s --receipt 工单号",
		"read it word by word, sign, hand it in; first read the note beside it.\nafterwards: juzheng track %s add --to %s --date %s --receipt NUMBER"},
		quote(d.folder.Dir()), to[0].recipient.Slug, d.now.Format(time.DateOnly))
	return nil
}
