package intake

import (
	"bytes"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/intake/names"
	"juzheng/evidence/intake/transcript"
	"juzheng/evidence/lazyregexp"
)

// transcriptMark is what programs put behind the name of a recording whose words
// they wrote down.
var transcriptMark = lazyregexp.New(
	`(?i)[ _\-.]*[（(\[【]?(?:文字稿|逐字稿|转写稿|转写结果|转写|转文字|录音文字|原文|字幕|transcript(?:ion)?)[)）\]】]?$`)

// recordingNames are the names that the recording of a transcript may have, with
// its extension or without, the likeliest first: of X.srt, X.mp3.srt, X_转写.docx.
func recordingNames(name string) []string {
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	out := []string{stem}
	if bare := transcriptMark.ReplaceAllString(stem, ""); bare != "" && bare != stem {
		stem = bare
		out = append(out, stem)
	}
	if isRecordingName(stem) {
		out = append(out, strings.TrimSuffix(stem, filepath.Ext(stem)))
	}
	return out
}

func isRecordingName(name string) bool {
	return slices.Contains(names.RecordingExtensions(), strings.ToLower(filepath.Ext(name)))
}

// besideRecording reports a file named like a recording: like one that lies in
// its folder, or in a recorder's form with a number. That is how people and
// programs name what was said in it.
func (g given) besideRecording() bool {
	if n := names.Parse(g.name, true); n.Scheme != "" && !n.Guess && n.Number != "" {
		return true
	}
	return slices.ContainsFunc(recordingNames(g.name), func(name string) bool {
		return isRecordingName(name) && g.hasBeside(name) ||
			slices.ContainsFunc(names.RecordingExtensions(), func(ext string) bool { return g.hasBeside(name + ext) })
	})
}

// hasBeside reports a file of that name beside this one.
func (g given) hasBeside(name string) bool {
	if g.packed != nil {
		return g.packed.beside[path.Join(path.Dir(g.below), name)]
	}
	info, err := os.Stat(filepath.Join(filepath.Dir(g.path), name))
	return err == nil && info.Mode().IsRegular()
}

// notTranscript is said of a file beside a recording in whose form no words are
// found.
const notTranscript = "和一段录音同名，像是它的文字稿，但不是能读的格式，没有读取；请从原来的程序另存为 TXT、SRT 或 Word（.docx）再加一次"

// speechMarks are lists that programs write who wrote down what they heard.
var speechMarks = lazyregexp.New(`"(?:segments|transcription|sentence_info)"\s*:\s*\[`)

// asTranscript makes a transcript of a text or document beside a recording, or of
// what a speech program wrote; unread says of a file beside a recording that it
// is of a form in which no words are found.
func asTranscript(f form, g given, in io.ReaderAt) (out form, unread bool) {
	word := f.mediaType == office+"wordprocessingml.document"
	if f.kind != evidence.Document || f.mediaType != "text/plain" && !word {
		return f, false
	}
	beside := g.besideRecording()
	if !beside && word {
		return f, false
	}
	data := make([]byte, min(g.info.Size(), mostTranscript))
	n, err := in.ReadAt(data, 0)
	data = data[:n]
	if err != nil && n == 0 || !beside && !speechMarks.Match(data) {
		return f, false // an empty file has no words; what cannot be read is said when it is kept
	}
	if !transcript.Is(data) {
		return f, beside && !word && len(bytes.TrimSpace(data)) > 0
	}
	if cues, err := transcript.Read(data); err == nil && !transcript.Spoken(cues) {
		return f, false // what it looks like is said as of any text
	}
	f.kind = evidence.Transcript
	if first := bytes.TrimLeft(data, "\ufeff \t\r\n"); !word &&
		(first[0] == '{' || bytes.HasPrefix(first, []byte("[{"))) {
		f.mediaType, f.extension = "application/json", ".json"
	}
	return f, false
}

// mostTranscript is how much of a file decides whether it is a transcript.
const mostTranscript = 4 << 20
