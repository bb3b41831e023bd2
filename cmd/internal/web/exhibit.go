package web

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"juzheng/evidence"
)

// shown are the forms that a page shows, by what was recognised from the
// content: what the browser is told is chosen here, and never what the file
// would like to be. Pictures that are text, such as SVG, are not among them.
var shown = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/bmp": true,
	"audio/mpeg": true, "audio/mp4": true, "audio/x-m4a": true, "audio/aac": true, "audio/wav": true,
	"audio/ogg": true, "audio/flac": true, "audio/amr": true, "audio/webm": true,
	"video/mp4": true, "video/webm": true, "video/quicktime": true, "video/3gpp": true,
}

// exhibitPolicy keeps an exhibit that is opened as a page from doing anything.
const exhibitPolicy = "default-src 'none'; sandbox"

// showable reports whether the page shows an exhibit itself.
func showable(x evidence.Exhibit) bool {
	kind, _, _ := strings.Cut(x.MediaType, ";")
	return shown[kind]
}

// exhibit sends the bytes of an exhibit as they were admitted.
func (s *server) exhibit(w http.ResponseWriter, r *http.Request) {
	v, err := s.visit(r, screen{})
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	f, x, ok, err := v.exhibitFile(r.PathValue("number"))
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	if !ok {
		s.fault(w, v, http.StatusNotFound, errNoPage)
		return
	}
	file, err := f.OpenExhibit(x)
	if errors.Is(err, fs.ErrNotExist) {
		s.fault(w, v, http.StatusNotFound, err)
		return
	}
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	defer file.Close()
	h := w.Header()
	h.Set("Content-Security-Policy", exhibitPolicy)
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", "attachment; filename="+x.File) // E001.m4a, of our own making
	if showable(x) {
		kind, _, _ := strings.Cut(x.MediaType, ";")
		h.Set("Content-Type", kind)
		h.Set("Content-Disposition", "inline; filename="+x.File)
	}
	// A part of it can be asked for: players look for the end of a recording.
	http.ServeContent(w, r, "", time.Time{}, file)
}

//go:embed static
var staticFiles embed.FS

// staticTypes are the forms of the page's own files.
var staticTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

func (s *server) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, err := staticFiles.ReadFile("static/" + name)
	kind := staticTypes[name[max(strings.LastIndex(name, "."), 0):]]
	if err != nil || kind == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "private, max-age=3600")
	w.Write(data)
}
