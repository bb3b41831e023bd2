package web

import (
	"fmt"
	"net/http"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// waveHeight and waveStep are of the drawing, in its own units.
const (
	waveHeight = 64
	waveStep   = 4
)

// waveform sends how loud a recording is, as a drawing: asked for after the screen,
// for an hour of sound takes seconds to decode. Where nothing can be drawn it is empty.
func (s *server) waveform(w http.ResponseWriter, r *http.Request) {
	v, err := s.visit(r, screen{})
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	x, err := v.dossier()
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	for _, e := range x.Exhibits {
		if e.Number != r.PathValue("number") || e.Kind != evidence.Recording {
			continue
		}
		if peaks, seconds, err := desk.Loudness(v.ctx, x.Folder, e); err == nil {
			fmt.Fprint(w, drawing(peaks, seconds, v.lang))
		}
	}
}

// drawing is a waveform as SVG, with a line for where the player is.
func drawing(peaks []float64, seconds float64, lang string) string {
	var path strings.Builder
	for n, p := range peaks {
		h := max(1, p*(waveHeight-4))
		fmt.Fprintf(&path, "M%d %.1fv%.1f", n*waveStep+waveStep/2, (waveHeight-h)/2, h)
	}
	title := fill(evidence.Text{ZH: "录音的声音起伏，共%.0f秒", EN: "how loud the recording is, %.0f s in all"}, seconds)
	return fmt.Sprintf(`<svg viewBox="0 0 %d %d" preserveAspectRatio="none" role="img" aria-label="%s">`+
		`<path class="w0" d="%s"/><path class="now" d=""/></svg>`, len(peaks)*waveStep, waveHeight, title.In(lang),
		path.String())
}
