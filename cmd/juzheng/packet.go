package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates/document"
	"juzheng/templates/filing"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/typeset"
)

// input is what letters and book are composed of, for one recipient: with
// nothing in it that they are not to see.
func (d *dossier) input(a addressee, root bag.Root) letter.Input {
	return d.redacted(d.whole(a, root))
}

// whole is the input before anything is covered.
func (d *dossier) whole(a addressee, root bag.Root) letter.Input {
	return letter.Input{
		Matter: mask.Matter{Case: d.kase, Findings: onPaper(d.report.Findings), Exhibits: onPaper(d.exhibits),
			Incidents: d.incidents, Passages: d.passages},
		Recipient: a.recipient, Role: a.role, Date: d.now,
		Root: root.SHA256, SM3: root.SM3, Files: root.Files, Bytes: root.Bytes, Head: root.CustodyHead, Count: root.CustodyEntries,
		Stamp:     d.stamp(),
		Emergency: d.report.Emergency, Elsewhere: d.report.Elsewhere, Waves: d.waves, Readings: d.readings,
		Open: func(x evidence.Exhibit) (io.ReadCloser, error) { return d.folder.OpenExhibit(x) },
	}
}

// stamp is what the time-stamp beside the root says, for the papers.
func (d *dossier) stamp() *letter.Stamp {
	r, ok := d.folder.Stamp(d.now)
	if !ok {
		return nil
	}
	return &letter.Stamp{Time: r.Time, Authority: visible(r.Authority)}
}

// writePacket sets all papers beside their place and renames them in one go:
// the packet of the run before stays until the new one is whole.
func (d *dossier) writePacket(ctx context.Context, to []addressee, root bag.Root) ([]typeset.Unset, error) {
	final := d.folder.Path(folder.PacketDir)
	partial, err := os.MkdirTemp(d.folder.Dir(), ".packet-*.partial")
	if err != nil {
		return nil, fmt.Errorf("write the packet: %w", err)
	}
	defer os.RemoveAll(partial) // does nothing after the rename
	var unset []typeset.Unset
	var steps []letter.GuideEntry
	for _, a := range to {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, upload, err := d.writePapers(filepath.Join(partial, a.folder), a, root)
		if err != nil {
			return nil, err
		}
		unset = append(unset, p...)
		steps = append(steps, letter.GuideEntry{Recipient: a.recipient, Title: a.role.Letter(), Folder: a.folder, Upload: upload})
	}
	start := letter.Start(d.input(to[0], root), steps)
	if err := setDocument(filepath.Join(partial, "先看这里.pdf"), start, nil); err != nil {
		return nil, err
	}
	return unset, disk.SwapDir(partial, final)
}

// writePapers sets the papers of one recipient. The book comes first, for
// the letter cites its pages.
func (d *dossier) writePapers(dir string, a addressee, root bag.Root) ([]typeset.Unset, *letter.Upload, error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, nil, err
	}
	in := d.input(a, root)
	unset, err := d.writeBook(dir, "证据册", &in)
	if err != nil {
		return nil, nil, err
	}
	papers, err := compose(&in)
	if err != nil {
		return nil, nil, err
	}
	if in.Upload, err = d.writeUpload(dir, in, papers); err != nil {
		return nil, nil, err
	}
	papers = append(papers, paper{noteName, letter.CoverNote(in)})
	for _, p := range papers {
		if err := setDocument(filepath.Join(dir, p.name+".pdf"), p.doc, in.Pages); err != nil {
			return nil, nil, err
		}
	}
	if err := d.writeAround(dir, in, papers[0].doc); err != nil {
		return nil, nil, err
	}
	if err := d.writeSupplement(dir, d.input(a, root)); err != nil {
		return nil, nil, err
	}
	return unset, in.Upload, nil
}

// writeAround writes what surrounds a letter: its text to adapt or to type
// into a form, a mail draft, a calendar of its terms.
func (d *dossier) writeAround(dir string, in letter.Input, doc document.Document) error {
	files, err := adaptable(doc)
	if err != nil {
		return err
	}
	files[reminders] = filing.ICS(d.kase.ID, filing.TermEvents(in, doc.Title), d.now)
	if fields := letter.Form(in, document.Text(doc)); fields != nil {
		files["网页表单.txt"] = filing.FormText(fields)
	}
	if filing.ByMail(in) {
		if files[draftName], err = draft(dir, in); err != nil {
			return err
		}
	}
	return writeFiles(dir, files)
}

// adaptable is a letter's text, by the names of its files, for those who adapt
// it or type it into a form.
func adaptable(doc document.Document) (map[string][]byte, error) {
	docx, err := filing.DOCX(doc)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"正文.txt": filing.Text(doc), editable: docx}, nil
}

// writeFiles writes small files into a folder that is not in its place yet.
func writeFiles(dir string, files map[string][]byte) error {
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// reminders is the name of the calendar of a letter's terms.
const reminders = "期限提醒.ics"

const draftName = "邮件草稿（没有发出）.eml"

// draft is a mail with the papers of a folder attached, in their order, as
// far as a mail takes them.
func draft(dir string, in letter.Input) ([]byte, error) {
	papers, err := papersIn(dir)
	if err != nil {
		return nil, err
	}
	room := int64(filing.MailRoom)
	for _, c := range in.Recipient.Channels {
		if c.Type == "email" && c.MaxAttachmentBytes > 0 {
			room = min(room, c.MaxAttachmentBytes)
		}
	}
	var attached []filing.Attachment
	var later []string
	for _, p := range papers {
		if room -= p.Bytes; room < 0 {
			later = append(later, strings.TrimSuffix(p.Name, ".pdf"))
			room += p.Bytes
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, p.Name))
		if err != nil {
			return nil, err
		}
		attached = append(attached, filing.Attachment{Name: p.Name, MediaType: "application/pdf", Data: data})
	}
	return filing.EML(filing.DraftFor(in, attached, later))
}

// papersIn are the papers of a recipient's folder that are handed in, in
// their order.
func papersIn(dir string) ([]filing.Paper, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []filing.Paper
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".pdf" || e.Name() == noteName+".pdf" {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		out = append(out, filing.Paper{Name: e.Name(), Bytes: info.Size()})
	}
	return filing.Order(out), nil
}

const noteName = "提交说明（自己留存）"

// editable is the name of the copy of a letter for those who must adapt it.
const editable = "正文（可修改，不是签名稿）.docx"

// A paper is one document of a filing and the name of its file.
type paper struct {
	name string
	doc  document.Document
}

// resolved reports what a template left open.
func resolved(doc document.Document) error {
	if left := document.Unresolved(doc); len(left) > 0 {
		return fmt.Errorf("the letter has placeholders left: %v", left)
	}
	return nil
}

// compose writes what is handed in before the book, in filing order: letter,
// mandate if an agent acts, list of exhibits. What the letter names as
// attached is counted first.
func compose(in *letter.Input) ([]paper, error) {
	count := func(doc document.Document) (int, error) {
		p, err := typeset.Document(io.Discard, doc, in.Pages)
		return p.Total, err
	}
	var after []paper
	var err error
	if in.Case.Agent.Name != "" {
		mandate, err := letter.Mandate(*in)
		if err != nil {
			return nil, err
		}
		if in.MandatePages, err = count(mandate); err != nil {
			return nil, err
		}
		after = append(after, paper{"授权委托书", mandate})
	}
	list := letter.List(*in)
	if in.ListPages, err = count(list); err != nil {
		return nil, err
	}
	after = append(after, paper{"证据目录", list})
	if err := letter.Ready(*in); err != nil {
		return nil, err
	}
	doc := letter.Compose(*in)
	if err := resolved(doc); err != nil {
		return nil, err
	}
	return append([]paper{{in.Role.Letter(), doc}}, after...), nil
}
