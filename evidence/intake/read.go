package intake

import (
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/ocr"
	"juzheng/evidence/intake/pdf"
	"juzheng/evidence/intake/transcript"
)

// ReadOptions says what is read off exhibits, and by what.
type ReadOptions struct {
	Now       time.Time
	Only      []string // exhibit numbers; empty: all
	Again     bool     // also what was read before
	Tesseract *ocr.Tesseract
	Draw      PageDrawer            // of PDFs whose pages are pictures; nil: those are not read
	PDFs      PDFReader             // tells which those are
	Speech    []string              // an outside command and its arguments, {} stands for the recording; may be empty
	Engine    *transcript.Engine    // of this machine, to hear recordings with; nil: none
	Progress  func(done, total int) // in seconds of recordings; a picture or PDF counts as one
}

// A ReadSummary says what was read.
type ReadSummary struct {
	Read    []evidence.Reading
	Already int // read before and left alone
	Failed  []Unread
}

// An Unread is an exhibit that could not be read.
type Unread struct {
	Exhibit string
	Why     evidence.Text
}

// Read has programs read pictures and recordings and keeps what they make of
// them, unchecked. What was read stays when the run is stopped. The case must
// be locked by the caller.
func Read(ctx context.Context, f *folder.Folder, opt ReadOptions) (ReadSummary, error) {
	var s ReadSummary
	todo, err := unread(ctx, f, opt, &s)
	if err != nil {
		return s, err
	}
	type result struct {
		x   evidence.Exhibit
		r   evidence.Reading
		err error
	}
	// Photos come last: most show no writing, and what has some is not to wait for them.
	slices.SortStableFunc(todo, func(a, b evidence.Exhibit) int {
		return order(a.Kind == evidence.Photo) - order(b.Kind == evidence.Photo)
	})
	far := newReach(todo, opt.Progress)
	far.say()
	work, results := make(chan evidence.Exhibit), make(chan result)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var workers sync.WaitGroup
	for range min(runtime.NumCPU(), max(1, len(todo))) {
		workers.Go(func() {
			for x := range work {
				r, err := readOne(ctx, f, x, opt, far)
				results <- result{x, r, err}
			}
		})
	}
	go func() {
		defer close(results)
		defer workers.Wait()
		defer close(work)
		for _, x := range todo {
			select {
			case work <- x:
			case <-ctx.Done():
				return
			}
		}
	}()
	var failed error
	for got := range results {
		far.done(got.x)
		switch {
		case failed != nil || ctx.Err() != nil:
			continue
		case got.err != nil:
			why := evidence.Text{ZH: got.err.Error(), EN: got.err.Error()}
			if u := new(folder.UnusableError); errors.As(got.err, &u) {
				why = u.Detail
			}
			s.Failed = append(s.Failed, Unread{got.x.Number, why})
			if errors.Is(got.err, tooSlow) { // kept, so that it costs as much only when asked for again
				if failed = f.AddReading(got.r); failed != nil {
					stop()
				}
			}
		default:
			if failed = f.AddReading(got.r); failed != nil {
				stop()
				continue
			}
			s.Read = append(s.Read, got.r)
		}
	}
	if failed == nil {
		failed = ctx.Err()
	}
	slices.SortFunc(s.Read, func(a, b evidence.Reading) int { return strings.Compare(a.Exhibit, b.Exhibit) })
	slices.SortFunc(s.Failed, func(a, b Unread) int { return strings.Compare(a.Exhibit, b.Exhibit) })
	return s, failed
}

// unread lists the exhibits to be read now.
func unread(ctx context.Context, f *folder.Folder, opt ReadOptions, s *ReadSummary) ([]evidence.Exhibit, error) {
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	before, err := f.Readings()
	if err != nil {
		return nil, err
	}
	var out []evidence.Exhibit
	for _, x := range register.Exhibits {
		if len(opt.Only) > 0 && !slices.Contains(opt.Only, x.Number) {
			continue
		}
		shown := x.Kind == evidence.Screenshot || x.Kind == evidence.Photo ||
			opt.Draw != nil && Scanned(ctx, f, x, opt.PDFs)
		if !(shown && opt.Tesseract != nil) && (x.Kind != evidence.Recording || len(opt.Speech) == 0 && opt.Engine == nil) {
			continue
		}
		isOf := func(r evidence.Reading) bool { return r.Exhibit == x.Number && r.SHA256 == x.SHA256 }
		if !opt.Again && slices.ContainsFunc(before, isOf) {
			s.Already++
			continue
		}
		out = append(out, x)
	}
	return out, nil
}

// order puts what is so behind all else.
func order(last bool) int {
	if last {
		return 1
	}
	return 0
}

func readOne(ctx context.Context, f *folder.Folder, x evidence.Exhibit, opt ReadOptions, far *reach) (
	evidence.Reading, error) {
	r := evidence.Reading{Exhibit: x.Number, SHA256: x.SHA256, Made: opt.Now}
	var err error
	if x.Kind == evidence.Recording && opt.Engine != nil {
		r.Tool = opt.Engine.Describe()
		r.Text, err = hear(ctx, f, x, *opt.Engine, far)
		return r, err
	}
	if x.Kind == evidence.Recording {
		r.Tool = strings.Join(opt.Speech, " ")
		path, err := f.ExhibitPath(x)
		if err != nil {
			return r, err
		}
		r.Text, err = transcript.Hear(ctx, opt.Speech, path)
		return r, err
	}
	if x.MediaType == pdfType {
		r.Tool = opt.Tesseract.Describe()
		r.Text, r.Other, err = readPages(ctx, f, x, opt.Draw, *opt.Tesseract)
		if fault := (*pdf.Fault)(nil); errors.As(err, &fault) {
			err = &folder.UnusableError{Code: fault.Code, Detail: pdf.Reason(fault.Code)}
		}
		return r, err
	}
	if int64(x.Media.Width)*int64(x.Media.Height) > media.MaxPixels {
		return r, &folder.UnusableError{Code: "too-large", Detail: evidence.Text{
			ZH: "图片过大，没有识别", EN: "the picture is too large to be read"}}
	}
	in, err := f.OpenExhibit(x)
	if err != nil {
		return r, err
	}
	defer in.Close()
	m, _, err := image.Decode(in)
	if err != nil {
		return r, undrawable(err)
	}
	r.Tool = opt.Tesseract.Describe()
	var seen ocr.Seen
	if r.Text, r.Other, seen, err = inTime(ctx, *opt.Tesseract, upright(m, x.Media.Orientation)); err == nil {
		KeepSeen(f, x, seen)
	}
	return r, err
}

// AcceptTranscript makes an exhibit of what a program heard in a recording
// after the person has compared it: a transcript, marked as made by a program and
// checked by the person. A row of the timeline that names the recording is
// tied to it by the note.
func AcceptTranscript(
	ctx context.Context, f *folder.Folder, recording evidence.Exhibit, r evidence.Reading, words string, now time.Time,
) (evidence.Exhibit, error) {
	extension := ".txt"
	if transcript.IsSubtitle(words) {
		extension = ".srt"
	}
	data := []byte(words + "\n")
	name := strings.TrimSuffix(recording.OriginalName, filepath.Ext(recording.OriginalName)) + extension
	x := evidence.Exhibit{Kind: evidence.Transcript, MediaType: "text/plain", OriginalName: name,
		Title: "录音" + strings.TrimLeft(recording.Number, "E0") + "的文字稿"}
	x.Notes = append(x.Notes,
		evidence.Note{
			Code: evidence.NoteTranscript, Detail: "录音 " + recording.Number + " 的文字稿", About: recording.Number,
		},
		evidence.Note{Code: evidence.NoteMachine, Detail: "机器转写（" + r.Tool + "）"},
		evidence.Note{Code: evidence.NoteChecked, Detail: "本人已对照录音核对"})
	src := folder.Source{Path: "juzheng read " + recording.Number, Info: memoryFile{name, int64(len(data)), now},
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
	x, _, err := f.Admit(ctx, src, x, extension, now)
	return x, err
}

// A memoryFile describes a file that is not on a disk.
type memoryFile struct {
	name string
	size int64
	made time.Time
}

func (m memoryFile) Name() string       { return m.name }
func (m memoryFile) Size() int64        { return m.size }
func (m memoryFile) Mode() fs.FileMode  { return 0o400 }
func (m memoryFile) ModTime() time.Time { return m.made }
func (m memoryFile) IsDir() bool        { return false }
func (m memoryFile) Sys() any           { return nil }
