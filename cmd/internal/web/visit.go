package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// A visit is one request to a screen.
type visit struct {
	s      *server
	r      *http.Request
	ctx    context.Context
	screen screen
	lang   string
	desk   desk.Desk
	key    string // of the case; empty: none is open
	dir    string // its folder
	of     string // key of a bundle that is checked; empty: none is
	wrong  map[string]string
}

// form is a value of the form or the address.
func (v *visit) form(name string) string { return v.r.FormValue(name) }

// base is what addresses of the case begin with.
func (v *visit) base() string {
	if v.key == "" {
		return ""
	}
	return v.s.guard.root + "/c/" + v.key
}

// in says a text in the language of the visit.
func (v *visit) in(t evidence.Text) string { return t.In(v.lang) }

// here is the address of the screen.
func (v *visit) here() string {
	if v.screen.free || v.key == "" {
		return v.s.guard.root + "/" + strings.TrimPrefix(v.screen.path, startPath)
	}
	return v.base() + "/" + v.screen.path
}

// maxForm is the most bytes of a form.
const maxForm = 1 << 20

// handler is the whole page.
func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	root := s.guard.root
	for _, sc := range screens() {
		at := root + "/c/{case}/" + sc.path
		switch {
		case sc.path == startPath:
			at = root + "/{$}"
		case sc.free:
			at = root + "/" + sc.path
		}
		mux.HandleFunc("GET "+at, func(w http.ResponseWriter, r *http.Request) { s.show(w, r, sc) })
		at = strings.TrimSuffix(at, "{$}")
		for name, do := range sc.acts {
			mux.HandleFunc("POST "+strings.TrimSuffix(at, "/")+"/"+name, func(w http.ResponseWriter, r *http.Request) {
				s.act(w, r, sc, do)
			})
			// Where a form had a mistake this address stays in the bar: whoever opens it gets the screen.
			mux.HandleFunc("GET "+strings.TrimSuffix(at, "/")+"/"+name, func(w http.ResponseWriter, r *http.Request) {
				to := *r.URL
				to.Path = strings.TrimSuffix(to.Path, "/"+name)
				if sc.path == startPath {
					to.Path += "/"
				}
				http.Redirect(w, r, to.RequestURI(), http.StatusSeeOther)
			})
		}
	}
	mux.HandleFunc("GET "+root+"/c/{case}/{$}", func(w http.ResponseWriter, r *http.Request) {
		s.goOn(w, r)
	})
	mux.HandleFunc("GET "+root+"/static/{file}", s.static)
	mux.HandleFunc("GET "+root+"/"+awayPath, s.away)
	mux.HandleFunc("GET "+root+"/events", s.events)
	mux.HandleFunc("POST "+root+"/here", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET "+root+"/c/{case}/exhibit/{number}", s.exhibit)
	mux.HandleFunc("GET "+root+"/c/{case}/wave/{number}", s.waveform)
	mux.HandleFunc("GET "+root+"/verify/exhibit/{of}/{number}", s.bundled)
	mux.HandleFunc("GET "+root+"/c/{case}/letter/{role}", s.letterPages)
	mux.HandleFunc("GET "+root+"/c/{case}/paper/{to}/{what}", s.paper)
	s.receiving(mux)
	mux.HandleFunc(root+"/", func(w http.ResponseWriter, r *http.Request) {
		s.fault(w, s.visitOf(r, faultScreen), http.StatusNotFound, errNoPage)
	})
	return s.recovering(s.guard.protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.sign()
		if lang := r.URL.Query().Get("lang"); lang == "zh" || lang == "en" {
			http.SetCookie(w, &http.Cookie{Name: "lang", Value: lang, Path: root + "/", HttpOnly: true,
				SameSite: http.SameSiteStrictMode})
		}
		mux.ServeHTTP(w, r)
	})))
}

var errNoPage = errors.New("no such page")

// language is the one that was chosen, or that of the program.
func (s *server) language(r *http.Request) string {
	chosen := r.URL.Query().Get("lang")
	if c, err := r.Cookie("lang"); err == nil && chosen == "" {
		chosen = c.Value
	}
	if chosen == "zh" || chosen == "en" {
		return chosen
	}
	if s.Lang == "en" {
		return "en"
	}
	return "zh"
}

func (s *server) visitOf(r *http.Request, sc screen) *visit {
	return &visit{s: s, r: r, ctx: r.Context(), screen: sc, lang: s.language(r)}
}

// visit opens the case that an address names.
func (s *server) visit(r *http.Request, sc screen) (*visit, error) {
	v := s.visitOf(r, sc)
	var err error
	if v.desk, err = s.Desk(); err != nil || sc.free {
		return v, err
	}
	return v, v.enter(r.PathValue("case"))
}

// enter makes a case that was opened in this run that of the visit.
func (v *visit) enter(key string) error {
	dir, ok := v.s.place(key)
	if !ok {
		return errNotOpen
	}
	v.key, v.dir = key, dir
	return nil
}

// show answers with a screen, or with what has to be done before it.
func (s *server) show(w http.ResponseWriter, r *http.Request, sc screen) {
	v, err := s.visit(r, sc)
	if err == nil {
		err = v.show(w, http.StatusOK)
	}
	if err != nil {
		s.fault(w, v, 0, err)
	}
}

func (v *visit) show(w http.ResponseWriter, status int) error {
	sc := v.screen
	if sc.missing != nil {
		lacks, err := sc.missing(v)
		if err != nil {
			return err
		}
		if lacks.step != "" {
			v.screen = partScreen
			v.screen.title = sc.title
			view, err := lacks.view(v)
			if err != nil {
				return err
			}
			return v.write(w, status, sc.path, view)
		}
	}
	view, err := sc.view(v)
	if err != nil {
		return err
	}
	if at, ok := view.(elsewhere); ok {
		v.lead(w, string(at))
		return nil
	}
	v.keepPlace(sc.path)
	return v.write(w, status, sc.path, view)
}

// An elsewhere is, in the place of a view, the address to go on to: what was waited for on
// this screen is done.
type elsewhere string

func (v *visit) lead(w http.ResponseWriter, at string) {
	if v.r.Header.Get("HX-Request") != "" { // else a part of that screen would stand in this one
		w.Header().Set("HX-Redirect", at)
		return
	}
	http.Redirect(w, v.r, at, http.StatusSeeOther)
}

// act carries out a form. A mistake in a field shows the screen again.
func (s *server) act(w http.ResponseWriter, r *http.Request, sc screen, do act) {
	r.Body = http.MaxBytesReader(w, r.Body, max(sc.most, maxForm))
	v, err := s.visit(r, sc)
	if err == nil {
		if err = r.ParseMultipartForm(maxForm); errors.Is(err, http.ErrNotMultipart) {
			err = nil // as most are; its fields are read by then
		}
	}
	next := ""
	if err == nil && v.key != "" {
		turn := &v.reader().turn
		turn.Lock()
		defer turn.Unlock()
	}
	if err == nil {
		next, err = do(v)
	}
	var wrong *mistake
	if errors.As(err, &wrong) {
		v.wrong = map[string]string{wrong.field: v.in(wrong.text)}
		if err = v.show(w, http.StatusUnprocessableEntity); err == nil {
			return
		}
	}
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	if next == "" {
		next = v.here()
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// write makes the page whole before the first byte of it goes.
func (v *visit) write(w http.ResponseWriter, status int, path string, view any) error {
	f, err := v.frame(path, view)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := v.s.pages[v.lang].write(&b, v.screen.path, f); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
	return nil
}

// frame is what stands around the screen; path is that of the step it is for.
func (v *visit) frame(path string, view any) (frame, error) {
	f := frame{Lang: v.lang, Root: v.s.guard.root, Case: v.base(), Key: cmp.Or(v.key, v.of), Here: v.here(),
		Title: v.in(v.screen.title),
		Wrong: v.wrong, V: view}
	if v.screen.path == partPath {
		f.Here = v.base() + "/" + path
	}
	f.Here, f.Other = v.withQuery(f.Here)
	if v.key == "" {
		return f, nil
	}
	f.State = v.mark()
	f.Name = filepath.Base(v.dir)
	if x, err := v.dossier(); err == nil && caseName(x.Case) != "" {
		f.Name = caseName(x.Case)
	}
	w, any := v.working()
	reading := any && !w.ended && w.name == addWork
	before := true // what is asked on a step grows with what those before it say
	for n, stage := range stages {
		sv := stageView{Number: v.in(stage.number), Title: v.in(stage.title)}
		for _, sc := range screens() {
			if sc.stage != n+1 {
				continue
			}
			f.Steps++
			step := stepView{Href: v.base() + "/" + sc.path, Title: v.in(sc.title), Here: sc.path == path}
			if sc.free {
				step.Href = v.s.guard.root + "/"
			}
			if step.Here {
				f.Step = f.Steps
			}
			if sc.done != nil && (sc.free || !reading) {
				done, err := sc.done(v)
				step.Done = done && err == nil && before
				before = before && step.Done || sc.stage == 1
			}
			sv.Steps = append(sv.Steps, step)
		}
		f.Way = append(f.Way, sv)
	}
	return f, nil
}

// withQuery is an address of the screen with what was asked for, in this
// language and in the other: a choice of language loses nothing.
func (v *visit) withQuery(at string) (here, other string) {
	q := url.Values{}
	if v.r.Method == http.MethodGet {
		q = v.r.URL.Query()
	}
	if v.of != "" {
		q.Set("of", v.of)
	}
	q.Del("lang")
	if here = at; len(q) > 0 {
		here += "?" + q.Encode()
	}
	q.Set("lang", "en")
	if v.lang == "en" {
		q.Set("lang", "zh")
	}
	return here, at + "?" + q.Encode()
}

// caseName is how a person knows a case: who complains, about which app.
func caseName(c evidence.Case) string {
	var parts []string
	for _, p := range []string{c.Complainant.Name, c.Platform.Brand} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) < 2 && c.Platform.Brand == "" && c.Lender.Name != "" {
		parts = append(parts, c.Lender.Name)
	}
	return strings.Join(parts, " · ")
}

// query is an address with what is asked for.
func query(at string, pairs ...string) string {
	q := url.Values{}
	for n := 0; n+1 < len(pairs); n += 2 {
		q.Set(pairs[n], pairs[n+1])
	}
	return at + "?" + q.Encode()
}
