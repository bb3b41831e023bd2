package intake

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// noteTranscripts notes which recording a new transcript stands beside: the
// one with the same name and another extension. That is how programs name what
// they make of a recording; it proves nothing of the words.
func noteTranscripts(f *folder.Folder, fresh []evidence.Exhibit, now time.Time) error {
	register, err := f.Register()
	if err != nil {
		return err
	}
	recordings := namesOf(register.Exhibits)
	recordingOf := func(x evidence.Exhibit) string {
		for _, name := range recordingNames(x.OriginalName) {
			if recordings[name] != "" {
				return recordings[name]
			}
		}
		return ""
	}
	if err := noteOwnTranscripts(f, register.Exhibits, recordings, now); err != nil {
		return err
	}
	isFresh := map[string]bool{}
	for _, x := range fresh {
		isFresh[x.Number] = true
	}
	for _, x := range register.Exhibits {
		// Either may come first.
		if x.Kind != evidence.Transcript || noted(x, NoteTranscripts) || !isFresh[x.Number] &&
			!isFresh[recordingOf(x)] {
			continue
		}
		of := recordingOf(x)
		if of == "" || x.TranscriptOf() != "" {
			continue
		}
		detail := fmt.Sprintf(
			"与录音 %s 同名，可能是它的文字稿；是谁整理的没有说明；核对过的话，请运行 juzheng read 案件夹 --accept %s",
			of, x.Number,
		)
		note := evidence.Note{Code: evidence.NoteTranscript, Detail: detail, About: of}
		if err := f.AddNote(x.Number, note, now); err != nil {
			return err
		}
	}
	return nil
}

// namesOf are the recordings among exhibits, by their names with and without extension.
func namesOf(exhibits []evidence.Exhibit) map[string]string {
	out := map[string]string{}
	for _, x := range exhibits {
		if x.Kind != evidence.Recording {
			continue
		}
		stem := strings.TrimSuffix(x.OriginalName, filepath.Ext(x.OriginalName))
		for _, name := range []string{stem, x.OriginalName} {
			if out[name] == "" {
				out[name] = x.Number
			}
		}
	}
	return out
}

// noteOwnTranscripts ties tables of a person's own to the recordings they name.
func noteOwnTranscripts(f *folder.Folder, exhibits []evidence.Exhibit, recordings map[string]string,
	now time.Time) error {
	for _, x := range exhibits {
		if !noted(x, NoteTranscripts) {
			continue
		}
		t, err := ownTableOf(f, x)
		if err != nil {
			return err
		}
		for _, name := range t.recordings() {
			if number := recordings[name]; number != "" {
				note := evidence.Note{Code: evidence.NoteTranscript, About: number,
					Detail: "写到录音 " + number + " 的文字稿，是您自己整理的；没有写进时间线"}
				if err := f.AddNote(x.Number, note, now); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
