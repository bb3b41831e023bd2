package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/templates/scan"
)

// A pendingScan is the scan of a signed letter that nobody could tell by itself: it
// waits until the person has looked at it.
type pendingScan struct {
	role  evidence.Role
	paths []string
	look  desk.SignedLook
	done  func() // takes its files away
}

// A scanView is such a scan, to be looked at.
type scanView struct {
	Says  []string
	Files []string // addresses of its files
}

// received puts the files of a form into a folder of this run; the caller takes it away.
func (v *visit) received(name string) (paths []string, done func(), err error) {
	done = func() {}
	if v.r.MultipartForm == nil {
		return nil, done, nil
	}
	dir := ""
	for _, head := range v.r.MultipartForm.File[name] {
		if head.Size == 0 && head.Filename == "" {
			continue
		}
		if dir == "" {
			if dir, err = os.MkdirTemp(v.s.dir, "form-"); err != nil {
				return nil, done, err
			}
			done = func() { os.RemoveAll(dir) }
		}
		in, err := head.Open()
		if err != nil {
			return nil, done, err
		}
		at := filepath.Join(dir, plainFile(head.Filename, len(paths)))
		err = copyOut(at, in)
		in.Close()
		if err != nil {
			return nil, done, err
		}
		paths = append(paths, at)
	}
	return paths, done, nil
}

// putSigned puts the scan of a signed letter beside it, if it is the letter, whole, as
// far as can be told; else the person looks at it first.
func (v *visit) putSigned() error {
	paths, done, err := v.received("scan")
	if err != nil {
		done()
		return err
	}
	if len(paths) == 0 {
		return &mistake{"scan", evidence.Text{ZH: "先选签名后的扫描件或者照片。",
			EN: "Choose the scan or photos of the signed letter first."}}
	}
	role, _ := evidence.ParseRole(v.form("to"))
	look, err := desk.LookSigned(v.ctx, v.desk, v.dir, role, paths)
	if err != nil {
		done()
		if said, ok := unfitScan(err); ok {
			return &mistake{"scan", said}
		}
		return err
	}
	p := &pendingScan{role, paths, look, done}
	if !look.Sure() {
		v.holdScan(p)
		return nil
	}
	if v.heldScan(role) != nil { // this one takes its place
		v.holdScan(nil)
	}
	return v.buildSigned(p)
}

func (v *visit) buildSigned(p *pendingScan) error {
	dir := v.dir
	err := v.work("signed", func(ctx context.Context, d desk.Desk) (any, error) {
		defer p.done()
		return desk.Build(ctx, d, dir, desk.BuildOptions{To: []evidence.Role{p.role}, Volume: desk.UsualVolume,
			Signed: p.paths})
	})
	if err != nil {
		p.done()
	}
	return err
}

// holdScan keeps a scan until it was looked at, and lets go of one before; nil: of none.
func (v *visit) holdScan(p *pendingScan) {
	r := v.reader()
	r.mu.Lock()
	old := r.scan
	r.scan = p
	r.mu.Unlock()
	if old != nil {
		old.done()
	}
}

// heldScan is what waits for a role; nil: nothing does.
func (v *visit) heldScan(role evidence.Role) *pendingScan {
	r := v.reader()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.scan == nil || r.scan.role != role {
		return nil
	}
	return r.scan
}

// seenSigned is what the person says of a scan that waited: it is the letter, or not.
func (v *visit) seenSigned() error {
	role, _ := evidence.ParseRole(v.form("to"))
	p := v.heldScan(role)
	if p == nil {
		return nil // pressed twice
	}
	if v.form("is") != "yes" {
		v.holdScan(nil)
		return nil
	}
	r := v.reader()
	r.mu.Lock()
	r.scan = nil
	r.mu.Unlock()
	return v.buildSigned(p)
}

// scanOf is what the screen says of a scan that waits; nil: none does.
func (v *visit) scanOf(role evidence.Role) *scanView {
	p := v.heldScan(role)
	if p == nil {
		return nil
	}
	out := &scanView{Says: saysOf(p.look, v.lang)}
	for n := range p.paths {
		out.Files = append(out.Files, query(v.base()+"/paper/"+string(role)+"/scan", "n", fmt.Sprint(n)))
	}
	return out
}

// saysOf is what could not be told of a scan.
func saysOf(l desk.SignedLook, lang string) []string {
	var out []string
	say := func(t evidence.Text, args ...any) { out = append(out, fill(t, args...).In(lang)) }
	if l.Unread {
		say(evidence.Text{ZH: "程序没能从上面读出信末的二维码，不知道它是不是这封信，有没有签名。",
			EN: "The code at the end of the letter could not be read on it: nobody knows whether it is this " +
				"letter, or signed."})
	}
	if l.Unnamed {
		say(evidence.Text{ZH: "上面的二维码是旧版程序印的，没有写明信是给谁的。",
			EN: "The code on it is of an earlier release and does not say whose letter it is."})
	}
	if l.Given > 0 && l.Given != l.Pages {
		say(evidence.Text{ZH: "放进来的是%d页，这封信有%d页。", EN: "It has %d pages, and the letter has %d."}, l.Given, l.Pages)
	}
	if n := l.Order.Missing; len(n) > 0 {
		say(evidence.Text{ZH: "看起来缺第%s页。", EN: "Page %s seems to be missing."}, pageNumbers(n, lang))
	}
	if l.Order.Mixed {
		say(evidence.Text{ZH: "页的次序不对：放进来的依次像是第%s页。",
			EN: "The pages are in another order: they look like pages %s."}, pageNumbers(l.Order.Shows, lang))
	}
	say(evidence.Text{ZH: "打开看一眼：要是写给%s的那一封，每一页都在，有您的签名。",
		EN: "Open it and look: it has to be the letter to %s, with every page and your signature."}, l.Name)
	return out
}

// pageNumbers are the numbers of pages, a question mark where one is not known.
func pageNumbers(pages []int, lang string) string {
	var out []string
	for _, n := range pages {
		if n == 0 {
			out = append(out, "?")
			continue
		}
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, evidence.Text{ZH: "、", EN: ", "}.In(lang))
}

// unfitScan says why a file is not taken for the scan of a letter; false: it is for
// another reason.
func unfitScan(err error) (evidence.Text, bool) {
	var unfit *scan.Error
	var large *desk.ScanTooLargeError
	var other *desk.OtherLetterError
	var stale *desk.NotCurrentError
	switch {
	case errors.As(err, &unfit):
		return fill(evidence.Text{ZH: "没有放进去：" + unfit.Reason.ZH + "（%s）。",
			EN: "It was not put there: " + unfit.Reason.EN + " (%s)."}, filepath.Base(unfit.File)), true
	case errors.As(err, &large):
		return evidence.Text{ZH: "没有放进去：文件太大。扫描用灰度、150到300点每英寸就够；或者每页拍一张照片。",
			EN: "It was not put there: the file is too large. Scan in grey at 150 to 300 dots an inch, or " +
				"photograph each page."}, true
	case errors.As(err, &other) && other.Whose != "":
		return fill(evidence.Text{ZH: "没有放进去：这是写给“%s”的信，不是写给“%s”的。",
			EN: "It was not put there: it is the letter to %s, and not the one to %s."},
			other.Whose, other.Wanted), true
	case errors.As(err, &other) && other.Other:
		return evidence.Text{ZH: "没有放进去：这不是这个案件的信。", EN: "It was not put there: it is no letter of this case."}, true
	case errors.As(err, &other):
		return evidence.Text{ZH: "没有放进去：这是案件改动以前的信，和现在的不一样。把现在的信打印出来，重新签名、扫描。",
			EN: "It was not put there: it is a letter of the case as it was before. Print the one of now, " +
				"sign and scan it."}, true
	case errors.As(err, &stale):
		return evidence.Text{ZH: "没有放进去：这封信的材料做好以后，案件又变了。先回“信”那一步读一遍、重新做材料。",
			EN: "It was not put there: the case changed since its papers were made. Read the letter and make " +
				"them anew first."}, true
	}
	return evidence.Text{}, false
}

// sendScan sends a file of a scan that waits to be looked at.
func (s *server) sendScan(w http.ResponseWriter, r *http.Request, v *visit) {
	role, _ := evidence.ParseRole(r.PathValue("to"))
	p := v.heldScan(role)
	n := 0
	if p != nil {
		if _, err := fmt.Sscan(v.form("n"), &n); err != nil || n < 0 || n >= len(p.paths) {
			p = nil
		}
	}
	if p == nil {
		s.fault(w, v, http.StatusNotFound, errNoPage)
		return
	}
	f, err := os.Open(p.paths[n])
	if err != nil {
		s.fault(w, v, http.StatusNotFound, errNoPage)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Security-Policy", paperPolicy)
	http.ServeContent(w, r, filepath.Base(p.paths[n]), time.Time{}, f)
}
