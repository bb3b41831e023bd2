package web

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"html/template"
	"net/http"
	"strings"
	"sync"
)

// A guard decides which requests are answered. A request must
//
//   - name this very address as its host, so that no other name can be bound to
//     it (DNS rebinding);
//   - come from this origin, if the browser says where from: pages elsewhere,
//     other ports of this computer among them, can send but are not heard;
//   - lie below a path that is drawn anew for each run, and bring the cookie
//     that the one-time token was changed for. Browsers send cookies to every
//     port of an address, so the cookie is of that path alone: a server of
//     another user on another port does not know it and is never sent it.
type guard struct {
	host string // 127.0.0.1:PORT
	root string // "/" and what was drawn
	pass string // value of the cookie
	to   string // where whoever is let in begins

	mu     sync.Mutex
	tokens map[string]bool // not spent yet
}

const cookieName = "juzheng"

func newGuard(host string) *guard {
	root := "/" + rand.Text()
	return &guard{host: host, root: root, pass: rand.Text(), to: root + "/", tokens: map[string]bool{}}
}

// origin is how a browser names where the page comes from.
func (g *guard) origin() string { return "http://" + g.host }

// entrance is an address that lets one browser in, once.
func (g *guard) entrance() string {
	token := rand.Text()
	g.mu.Lock()
	g.tokens[token] = true
	g.mu.Unlock()
	return g.origin() + "/enter?token=" + token
}

// spend uses a token up.
func (g *guard) spend(token string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	known := g.tokens[token]
	delete(g.tokens, token)
	return known
}

// policy is what a page may do: load what this server has, and nothing else.
const policy = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"

// protect answers what may be answered and refuses the rest.
func (g *guard) protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		// with no-referrer, browsers send "null" as the origin of our own forms
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		if r.Host != g.host {
			refuse(w, "host")
			return
		}
		if r.URL.Path == "/enter" {
			g.enter(w, r)
			return
		}
		if why := g.wrong(r); why != "" {
			refuse(w, why)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// wrong says why a request is refused; empty: it is not.
func (g *guard) wrong(r *http.Request) string {
	reading := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch site := r.Header.Get("Sec-Fetch-Site"); {
	case site == "" || site == "same-origin":
	case site == "none" && reading: // typed, or from a bookmark
	default:
		return "site"
	}
	if origin := r.Header.Get("Origin"); origin != g.origin() && (origin != "" || !reading) {
		return "origin"
	}
	if r.URL.Path != g.root && !strings.HasPrefix(r.URL.Path, g.root+"/") {
		return "entrance"
	}
	c, err := r.Cookie(cookieName)
	if err != nil || subtle.ConstantTimeCompare([]byte(c.Value), []byte(g.pass)) != 1 {
		return "entrance"
	}
	return ""
}

// enter changes a token for the cookie. It answers with a page and no redirect:
// after one, browsers take the request for the site that the click was made on,
// and do not send a strict cookie.
func (g *guard) enter(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet || !g.spend(r.URL.Query().Get("token")) {
		refuse(w, "entrance")
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: g.pass, Path: g.root + "/", HttpOnly: true,
		SameSite: http.SameSiteStrictMode})
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(entranceFile(g.to, g.root+"/static/mark.svg"))
}

//go:embed entrance.html
var entrancePage string

var entranceTemplate = template.Must(template.New("entrance").Parse(entrancePage))

// entranceFile is a page that leads to an address. Where it is no file it names
// its icon: a browser would look for one where nobody is let in.
func entranceFile(to, icon string) []byte {
	var b bytes.Buffer
	if err := entranceTemplate.Execute(&b, struct{ To, Icon string }{to, icon}); err != nil {
		panic(err) // a constant template and one text
	}
	return b.Bytes()
}

// refusals say why in both languages: whoever reads one may have no right to be
// told more, and no language was chosen.
var refusals = map[string]string{
	"host":   "这一页只在这台电脑上打开。\nThis page opens on this computer alone.\n",
	"site":   "请求来自别的网页，没有照办。\nThe request came from another page and was not carried out.\n",
	"origin": "请求来自别的网页，没有照办。\nThe request came from another page and was not carried out.\n",
	"entrance": "这个地址已经用过，或者程序重新启动过。再运行一次 juzheng ui，从它打开的页面或者打印的地址进来；已经存好的都在。\n" +
		"This address was used, or the program was started anew. Run juzheng ui again and come in by the page " +
		"that it " +
		"opens or the address that it prints; what was saved is there.\n",
}

func refuse(w http.ResponseWriter, why string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusForbidden)
	w.Write([]byte(refusals[why]))
}
