package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/fonts"
)

// Options say what is served and with what of the world.
type Options struct {
	// Desk is what a job is given of the world; it is asked for one for each
	// request, for the time goes on.
	Desk func() (desk.Desk, error)
	Lang string // "zh" or "en", until the person chooses
	Path string // a case, a folder of phone files or a bundle to begin with; empty: the first screen
	Port int    // 0: a free one

	// Home is the folder in which cases are made whose files were dropped.
	Home string
	// Scratch is a folder of the user's own for what is received and for the
	// file that begins the page; it is made if it is not there.
	Scratch string
	// Gone is how long after the last sign of a page the server ends; 0: half
	// an hour, for browsers put pages that nobody looks at to sleep.
	Gone time.Duration

	// Ready is told where the page is, once it can be opened.
	Ready func(Address)
	// Explain says an error of desk in words and what to do, in a language; nil:
	// its own text stands.
	Explain func(err error, lang string) (what string, hints []string)
	// Note says why a file was of no use, in a language; nil: as the register has it.
	Note func(code, detail, lang string) string
	// Browse opens a file or folder in the program that the system has for it; nil:
	// [desk.Browse].
	Browse func(path string) error
	// Sample makes an invented case below a folder, or finds the one it made
	// before, and gives its folder; nil: there is none.
	Sample func(ctx context.Context, d desk.Desk, home string) (dir string, err error)

	started func(*server) // for tests that begin work themselves; else nil
	canRead func() error  // whether a program here reads pictures; nil: it is looked for once
}

// An Address is where the page can be opened. Each of the two ways works once.
type Address struct {
	URL  string // to be typed or clicked
	File string // a page for this user alone that leads there; empty: it could not be made
}

const defaultGone = 30 * time.Minute

// quiet is after how long without a sign of the page, or the end of some work, the memory that
// they took goes back to the system: the page lies open for hours, beside a browser, on
// computers that have little.
const quiet = 2 * time.Second

func giveBack() {
	debug.FreeOSMemory()
	fonts.Release()
}

// A server is one run of the page. What it knows beside the case folders is
// lost without harm: which folders were opened, and what work goes on.
type server struct {
	Options
	ctx   context.Context
	guard *guard
	pages map[string]*pageSet // by language

	dir   string   // of this run, for what is received
	alive *os.File // locked for as long as the run lasts

	mu     sync.Mutex
	drops  map[string]*receipt
	errs   map[string]error   // that a page is still to show, by key
	places map[string]string  // what was opened in this run, by key
	read   map[string]*reader // of cases, by key
	works  map[string]*work   // that go on or ended last, by key
	// opens is what opens the locked bundles that were checked in this run, by key.
	opens map[string]opener
	seen  time.Time // last sign of a page
	open  int       // streams of events and work that goes on

	rest *time.Timer // see [quiet]
}

// Serve serves the page until the context ends or the page is gone for long.
// It listens on this computer's own address alone.
func Serve(ctx context.Context, o Options) error {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(o.Port)))
	if err != nil {
		return &PortError{o.Port, err}
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	s, err := newServer(ctx, o, listener.Addr().String())
	if err != nil {
		listener.Close()
		return err
	}
	web := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, BaseContext: func(net.Listener) context.Context { return ctx }}
	defer s.rest.Stop()
	defer os.RemoveAll(s.dir)
	defer s.alive.Close()
	address := Address{URL: s.guard.entrance()}
	if file, err := s.begin(); err == nil {
		address.File = file
	}
	if o.started != nil {
		o.started(s)
	}
	if o.Ready != nil {
		o.Ready(address)
	}
	go func() { // ends when the page has gone, or the run
		defer end()
		s.wait(ctx)
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		end() // streams of events end by it
		web.Shutdown(stop)
		web.Close()
	}()
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the page: %w", err)
	}
	s.settle()
	return nil
}

// A PortError reports a port that cannot be listened on.
type PortError struct {
	Port int
	Err  error
}

func (e *PortError) Error() string { return fmt.Sprintf("listen on port %d: %v", e.Port, e.Err) }
func (e *PortError) Unwrap() error { return e.Err }

func newServer(ctx context.Context, o Options, host string) (*server, error) {
	if o.Gone == 0 {
		o.Gone = defaultGone
	}
	s := &server{Options: o, ctx: ctx, guard: newGuard(host), pages: map[string]*pageSet{},
		drops: map[string]*receipt{}, errs: map[string]error{},
		places: map[string]string{}, read: map[string]*reader{}, works: map[string]*work{},
		opens: map[string]opener{}, seen: time.Now(), rest: time.AfterFunc(quiet, giveBack)}
	if s.canRead == nil {
		s.canRead = sync.OnceValue(func() error { return desk.CanRead(ctx) })
	}
	for _, lang := range languages {
		s.pages[lang] = pagesIn(lang)
	}
	var err error
	if s.dir, err = s.scratch(); err != nil {
		return nil, err
	}
	if o.Path != "" {
		if s.guard.to, err = s.first(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// begin makes the page that leads to the server, for this user alone: what
// stands in a command line all users of a machine can list.
func (s *server) begin() (file string, err error) {
	file = filepath.Join(s.dir, "juzheng.html")
	return file, os.WriteFile(file, entranceFile(s.guard.entrance(), ""), 0o600)
}

// wait returns when no page has given a sign for long and no work goes on.
func (s *server) wait(ctx context.Context) {
	every := time.NewTicker(max(s.Gone/20, 10*time.Millisecond))
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			if s.gone() {
				return
			}
		}
	}
}

func (s *server) gone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open == 0 && time.Since(s.seen) > s.Gone
}

// sign notes that a page is there.
func (s *server) sign() {
	s.mu.Lock()
	s.seen = time.Now()
	s.mu.Unlock()
	s.rest.Reset(quiet)
}

// stay keeps the server until done is called.
func (s *server) stay() (done func()) {
	s.mu.Lock()
	s.open++
	s.mu.Unlock()
	return func() {
		s.mu.Lock()
		s.open--
		s.seen = time.Now()
		s.mu.Unlock()
		s.rest.Reset(quiet)
	}
}

// languages are those the page has.
var languages = []string{"zh", "en"}

// keep keeps an error until a page shows it.
func (s *server) keep(err error) (key string) {
	key = rand.Text()
	s.mu.Lock()
	s.errs[key] = err
	s.mu.Unlock()
	return key
}
