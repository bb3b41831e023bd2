package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/intake/media"
)

// PassagesIn are the words on record of a recording or a picture, and whether a
// program wrote them and nobody has compared them with the original.
func PassagesIn(x Dossier, number string) (out []evidence.Passage, machine bool, err error) {
	readings, err := x.Folder.Readings()
	if err != nil {
		return nil, false, err
	}
	return intake.PassagesOf(x.Folder, x.Exhibits, readings, number)
}

// A Marked is a picture with the places of the lines that a program read on it, in pixels
// of the picture as it is shown.
type Marked struct {
	Width, Height int
	Lines         [][]image.Rectangle // of each line in turn; none: it is not found again
}

// MarkedOn is where lines that were read on a picture stand. Places are kept in the cache
// alone: without them nothing is marked.
func MarkedOn(x Dossier, e evidence.Exhibit, lines []string) (m Marked, ok bool) {
	seen, ok := intake.SeenOn(x.Folder, e)
	if !ok {
		return m, false
	}
	m.Width, m.Height = seen.Width, seen.Height
	for _, l := range lines {
		m.Lines = append(m.Lines, seen.Places(l))
	}
	return m, true
}

// Loudness is how loud a recording is in equal parts of it, the loudest being 1, and
// how many seconds it lasts. It is decoded once. The error is media.ErrNoDecoder or
// media.ErrNoSound where nothing can be drawn.
func Loudness(ctx context.Context, f *folder.Folder, x evidence.Exhibit) (peaks []float64, seconds float64, err error) {
	w, err := wave(ctx, media.FindDecoder(), f, x)
	return w.Peaks, w.Seconds, err
}

// draftPlace is where words are kept that the person is still typing.
func draftPlace(question string) []string {
	sum := sha256.Sum256([]byte(question))
	return []string{"drafts", hex.EncodeToString(sum[:8]) + ".txt"}
}

// Draft is what the person typed in answer to a question and has not given yet.
func Draft(f *folder.Folder, question string) string {
	return string(f.Cached(draftPlace(question)...))
}

// KeepDraft keeps what the person is typing; empty: nothing.
func KeepDraft(f *folder.Folder, question, text string) {
	if text != "" || Draft(f, question) != "" {
		f.Cache([]byte(text), draftPlace(question)...)
	}
}
