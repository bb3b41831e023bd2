package web

import (
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
)

// groupsOf are the files of the question whether they stay out, by kind.
func groupsOf(x desk.Dossier, leave ask.Question, lang string) []groupView {
	return filesOf(x, lang, func(e evidence.Exhibit) bool { return slices.Contains(leave.About.Exhibits, e.Number) })
}

// mostUnfolded is how many files stand unfolded of those that are left out for now: of few
// each is looked at, and who has hundreds is not to scroll past them.
const mostUnfolded = 12

// listsApart takes out of groups what looks like a list of calls that was not read: it is
// nothing private that one passes over.
func listsApart(groups []groupView, exhibits []evidence.Exhibit, lang string,
	note func(code, detail, lang string) string) (rest []groupView, lists []fileView) {
	why, name := map[string]string{}, map[string]string{}
	for _, e := range exhibits {
		if n, _ := e.Note(evidence.NoteUnread); evidence.LooksLikeList(e) != "" {
			why[e.Number], name[e.Number] = note(n.Code, n.Detail, lang), e.Name()
		}
	}
	for _, g := range groups {
		g.Files = slices.DeleteFunc(g.Files, func(f fileView) bool {
			if why[f.Number] == "" {
				return false
			}
			f.Name, f.Why = name[f.Number], why[f.Number]
			lists = append(lists, f)
			return true
		})
		if len(g.Files) > 0 {
			rest = append(rest, g)
		}
	}
	return rest, lists
}

// mostListed is how many files of a kind are listed one by one, but for those of
// a question.
const mostListed = 200

// filesOf are some of the files of a case, by kind.
func filesOf(x desk.Dossier, lang string, of func(evidence.Exhibit) bool) []groupView {
	var out []groupView
	at := map[evidence.ExhibitKind]int{}
	for _, e := range x.Exhibits {
		if e.Extract != nil || !of(e) {
			continue // an extract goes with what it was taken from
		}
		n, ok := at[e.Kind]
		if !ok {
			n = len(out)
			at[e.Kind] = n
			out = append(out, groupView{Name: e.Kind.Title().In(lang)})
		}
		out[n].Files = append(out[n].Files, fileView{Number: e.Number, Name: nameOf(e),
			Picture: showable(e) && strings.HasPrefix(e.MediaType, "image/"),
			Sound:   showable(e) && strings.HasPrefix(e.MediaType, "audio/"), Out: x.Out[e.Number]})
	}
	return out
}

// listed leaves out of a list what is beyond the first of each kind.
func listed(groups []groupView) []groupView {
	for n, g := range groups {
		groups[n].N = len(g.Files)
		groups[n].Files = g.Files[:min(len(g.Files), mostListed)]
		groups[n].More = len(g.Files) - len(groups[n].Files)
	}
	return groups
}
