package web

import (
	"net/http"
	"slices"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

// placeFile keeps at which step a case was left. Where it is lost, it begins with what
// was read.
const placeFile = "page-step.txt"

// caseSteps are the steps of a case, in their order.
var caseSteps = []string{foundPath, loanPath, callersPath, listenPath, resultPath, coverPath, lettersPath, handPath}

// keepPlace notes the step that is shown.
func (v *visit) keepPlace(path string) {
	if v.key == "" || !slices.Contains(caseSteps, path) {
		return
	}
	if f, err := folder.Open(v.dir, v.desk.Tool); err == nil && string(f.Cached(placeFile)) != path {
		f.Cache([]byte(path), placeFile)
	}
}

// placeIn is the step at which a case was left: whoever comes back goes on there, unless
// files are still to be read.
func (v *visit) placeIn(dir string) string {
	if _, there, unread := desk.Unfinished(v.desk, dir); there || unread {
		return foundPath
	}
	f, err := folder.Open(dir, v.desk.Tool)
	if err != nil {
		return foundPath
	}
	if left := string(f.Cached(placeFile)); slices.Contains(caseSteps, left) {
		return left
	}
	return foundPath
}

// goOn leads from the address of a case to the step at which it was left.
func (s *server) goOn(w http.ResponseWriter, r *http.Request) {
	v, err := s.visit(r, foundScreen)
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	http.Redirect(w, r, v.base()+"/"+v.placeIn(v.dir), http.StatusSeeOther)
}
