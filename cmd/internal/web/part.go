package web

import (
	"juzheng/evidence"
)

// A partView is a step that has nothing to show yet: why, and where to go on.
type partView struct {
	What string
	Href string
	Link string
}

// partScreen stands for a step that something is missing for.
var partScreen = screen{path: partPath, free: true,
	view: nothing, words: partWords}

var partWords = words{"goto": {ZH: "去“%s”", EN: "Go to “%s”"}}

// view says what is missing, and leads there.
func (m missing) view(v *visit) (partView, error) {
	p := partView{What: v.in(m.what), Href: v.base() + "/" + m.step}
	for _, sc := range screens() {
		if sc.path == m.step {
			p.Link = v.in(sc.title)
			if sc.free {
				p.Href = v.s.guard.root + "/"
			}
		}
	}
	return p, nil
}

// noFiles is missing where a case has no file yet.
func noFiles(v *visit) (missing, error) {
	x, err := v.dossier()
	if err != nil || len(x.Exhibits) > 0 {
		return missing{}, err
	}
	if w, any := v.working(); any && !w.ended {
		return missing{evidence.Text{ZH: "文件还在读，读完就能看这一步。", EN: "The files are still being read; this comes after."},
			foundPath}, nil
	}
	return missing{evidence.Text{ZH: "这个案件里还没有文件，先把手机里的文件给程序。",
		EN: "There are no files in this case yet; give the phone's files first."}, startPath}, nil
}

func nothing(*visit) (any, error) { return nil, errNoPage }
