package desk

import (
	"context"
	"io"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/lazyregexp"
	"juzheng/templates/mask"
)

// What a copy shows is more than the rows that were read out of it: a contract has
// names and numbers that no row has, an extract the names of a phone's contacts.

// A saying is a text that a file of a copy shows.
type saying struct{ file, text string }

// mostSaid is how much of one file is looked through, in bytes.
const mostSaid = 16 << 20

// textsOf are the texts of the exhibits that go along, as far as the program can read
// them: files of text and PDFs as they are, pictures as a program read them. Unread are
// pictures, and PDFs of pictures, of which it knows no word.
func textsOf(
	ctx context.Context, d Desk, f *folder.Folder, all []evidence.Exhibit, keep []string, known []saying,
) (out []saying, unread []string, err error) {
	readings, err := f.Readings()
	if err != nil {
		return nil, nil, err
	}
	for _, x := range all {
		if !slices.Contains(keep, x.Number) {
			continue
		}
		out = append(out, saying{x.Number, x.OriginalName + "\n" + x.Media.Contact})
		blank := false
		switch {
		case strings.HasPrefix(x.MediaType, "image/"):
			blank = !slices.ContainsFunc(known, func(s saying) bool { return s.file == x.Number && s.text != "" })
			for _, r := range readings {
				if r.Exhibit == x.Number && r.SHA256 == x.SHA256 {
					out, blank = append(out, saying{x.Number, r.Text + "\n" + r.Other}), false
				}
			}
		case x.MediaType == "application/pdf":
			text, err := d.PDFs.Text(ctx, f, x)
			if ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			blank = err != nil
			for _, lines := range text.Lines {
				out = append(out, saying{x.Number, strings.Join(lines, "\n")})
			}
			blank = blank || strings.TrimSpace(strings.Join(slices.Concat(text.Lines...), "")) == ""
		case isText(x.MediaType):
			out = append(out, saying{x.Number, fileText(f, x)})
		}
		if blank {
			unread = append(unread, x.Number)
		}
	}
	return out, unread, nil
}

// isText reports a media type whose files are text from end to end.
func isText(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || strings.HasSuffix(mediaType, "xml") ||
		strings.HasSuffix(mediaType, "json") || mediaType == "message/rfc822"
}

// fileText is the text of an exhibit, as far as it can be read: whoever seals or copies
// it says what is wrong with it.
func fileText(f *folder.Folder, x evidence.Exhibit) string {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return ""
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, mostSaid))
	if err != nil {
		return ""
	}
	text, err := evidence.DecodeText(data)
	if err != nil {
		return ""
	}
	return text
}

// rowsSay are what the rows of the timeline say: of the exhibits that go along which
// they name, and of the table that goes along with them. A row goes along with all of
// its exhibits; with whole, in a bundle of format 1, every row does.
func rowsSay(rows []evidence.Incident, all []evidence.Exhibit, keep []string, whole bool) (out []saying) {
	var extracts []evidence.Exhibit
	for _, x := range all {
		if x.Extract != nil && slices.Contains(keep, x.Number) {
			extracts = append(extracts, x)
		}
	}
	for _, i := range rows {
		of := i.By(extracts).From()
		for _, x := range of {
			if slices.Contains(keep, x) {
				out = append(out, saying{x, i.Name + "\n" + i.Shown})
			}
		}
		away := func(x string) bool { return !slices.Contains(keep, x) }
		if whole || len(of) > 0 && !slices.ContainsFunc(of, away) {
			out = append(out, saying{folder.TimelineFile,
				strings.Join([]string{i.Number, i.Name, i.Shown, i.Words, i.ToldBy}, "\n")})
		}
	}
	return out
}

// look adds to what a copy holds the names, numbers and addresses that its texts show.
// Numbers are those of others that its rows have.
func (h *Holds) look(c evidence.Case, rows []evidence.Incident, all []evidence.Exhibit, texts []saying,
	numbers map[string]bool) {
	m := mask.Matter{Case: c, Incidents: rows, Exhibits: all}
	masks := mask.New(m, evidence.ToAssociation)
	theirs := map[string]bool{}
	for _, i := range rows {
		if side := c.SideOfWriter(i); side == evidence.SelfSide || side == evidence.CollectorSide {
			theirs[evidence.NormalNumber(i.Number)] = true
		}
	}
	known := map[string]bool{}
	first := func(s string) int {
		if known[s] {
			return 0
		}
		known[s] = true
		return 1
	}
	for _, t := range texts {
		for _, name := range masks.Words(m, t.text) {
			h.Names.add(first(name), []string{t.file})
		}
		for _, n := range masks.Numbers(t.text) {
			switch {
			case len(n) == 18:
				h.IDs.add(first(n), []string{t.file})
			case !theirs[n]:
				more := 0
				if !numbers[n] {
					numbers[n], more = true, 1
				}
				h.Others.add(more, []string{t.file})
			}
		}
		for _, m := range identityLabel.FindAllStringSubmatch(t.text, -1) {
			if id := strings.ToUpper(m[1]); len(id) == 15 || len(id) == 18 {
				h.IDs.add(first(id), []string{t.file})
			}
		}
		if id := c.Complainant.IDNumber; id != "" && strings.Contains(strings.ToUpper(t.text), strings.ToUpper(id)) {
			h.IDs.add(first(strings.ToUpper(id)), []string{t.file})
		}
		if home := closeUp(c.Complainant.Address); home != "" && strings.Contains(closeUp(t.text), home) {
			h.Home.add(first("home"), []string{t.file})
		}
	}
}

// identityLabel is what stands before an identity number in a contract: there it is one,
// whatever its digits are.
var identityLabel = lazyregexp.New(`(?:身份证|证件)号?码?[：:\s]{0,3}([0-9]{14,17}[0-9Xx])`)

// closeUp is a text without blanks and ends of lines: an address runs over two of them.
func closeUp(s string) string { return strings.Join(strings.Fields(s), "") }
