package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"juzheng/cmd/internal/batch"
	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// Of many files that were added before the first are named and the rest are counted, so
// that what is new stays in sight; of few each is named.
func TestManyAlike(t *testing.T) {
	for n, want := range map[int]struct{ same, match int }{5: {5, 5}, 12: {4, 4}} {
		var out bytes.Buffer
		e := &env{stdout: &out, stderr: &out, getenv: func(string) string { return "" }, global: global{lang: "zh"}}
		var s desk.Added
		for k := range n {
			s.Duplicates = append(s.Duplicates, folder.Known{Path: fmt.Sprintf("IMG_%d.jpg", k), Exhibit: "E001"})
			s.Links = append(s.Links, device.Link{Exhibit: fmt.Sprintf("E1%02d", k), Incident: "T001"})
		}
		e.tellAdded(s, "案件")
		same, match := strings.Count(out.String(), "相同  "), strings.Count(out.String(), "对应  ")
		if same != want.same || match != want.match {
			t.Errorf("%d files: %d and %d lines, want %d and %d:\n%s", n, same, match, want.same, want.match,
				out.String())
		}
		more := strings.Contains(out.String(), "相同  另有 9 个文件") && strings.Contains(out.String(), "juzheng list 案件")
		if more != (n == 12) {
			t.Errorf("%d files: the rest is counted: %v", n, more)
		}
	}
}

// Whoever runs many cases learns of each that ended with 3 why it did.
func TestAddedInPartSaysWhy(t *testing.T) {
	of := func(code string) []evidence.Exhibit {
		return []evidence.Exhibit{{Number: "E001", Notes: []evidence.Note{{Code: code, Detail: "没有读取"}}}}
	}
	for name, c := range map[string]struct {
		summary intake.Summary
		why     int
	}{
		"read":        {intake.Summary{Admitted: of("similar")}, 0},
		"in no form":  {intake.Summary{Admitted: of(evidence.NoteUnread)}, 1},
		"a cut table": {intake.Summary{Admitted: of(intake.NoteBroken)}, 1},
		"a cut log, once": {intake.Summary{Admitted: of(intake.NoteBroken),
			Unread: []intake.UnreadLog{{Exhibit: "E001", Note: evidence.Note{Code: intake.NoteBroken}}}}, 1},
	} {
		out := addedOutcome(desk.Added{Summary: c.summary}, "case")
		if len(out.Exceptions) != c.why || (out.Exit == exitPartial) != (c.why > 0) {
			t.Errorf("%s: exit %d, %+v", name, out.Exit, out.Exceptions)
		}
	}
}

// A disk is full of whatever was written last: the half file that it was has been taken back.
func TestFullDiskNamesNoFile(t *testing.T) {
	err := fmt.Errorf("build: %w", &fs.PathError{Op: "write", Path: "c/.packet-1.partial/.a.pdf.2.partial",
		Err: syscall.ENOSPC})
	out := explainFound(batch.Found{Job: batch.Build, Err: err})
	if len(out.Exceptions) != 1 || out.Exceptions[0].File != "" || out.Exceptions[0].Remedy.ZH == "" {
		t.Errorf("%+v", out)
	}
}
