package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
)

// A case of the last release before format 2 is built again: that letters print
// another code is told once, and both letters can be checked by the case.
func TestReleasedCaseIsBuiltAgain(t *testing.T) {
	const root = "46d5cd2ddfc260cb0034afe85840d46ca29bf271c912946cbe22f81e7b764ea9"
	dir := filepath.Join(t.TempDir(), "案件")
	if err := os.CopyFS(dir, os.DirFS("../../../evidence/folder/testdata/format1")); err != nil {
		t.Fatal(err)
	}
	var told []FormatChanged
	d := Desk{Now: time.Date(2026, 12, 20, 9, 0, 0, 0, evidence.Beijing), Tool: "test", Tell: func(n Notice) {
		if f, ok := n.(FormatChanged); ok {
			told = append(told, f)
		}
	}}
	built, err := Build(t.Context(), d, dir, BuildOptions{To: []evidence.Role{evidence.ToPlatform}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = Build(t.Context(), d, dir, BuildOptions{To: []evidence.Role{evidence.ToPlatform}}); err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || told[0].Root != root {
		t.Errorf("told %v", told)
	}
	text, err := os.ReadFile(filepath.Join(built.Packet, "1-平台客服", "正文.txt"))
	if err != nil || !strings.Contains(string(text), "证据码（格式2，SHA-256）："+bag.FormatRoot(built.Root.SHA256)) {
		t.Errorf("the new letter does not print the code: %v", err)
	}
	kept, err := os.ReadFile(filepath.Join(dir, "superseded", root[:16], "packet", "1-平台客服", "正文.txt"))
	if err != nil || !strings.Contains(string(kept), bag.FormatRoot(root)) {
		t.Errorf("the letter that was sent was not kept: %v", err)
	}
	for _, expect := range []string{root, built.Root.SHA256} {
		v, err := Verify(t.Context(), d, dir, VerifyOptions{Expect: expect})
		if err != nil || v.Result.ExitCode() != 0 || v.Result.Verdict != bag.Anchored {
			t.Errorf("%s: %+v, %v", expect, v.Result, err)
		}
	}
	v, err := Verify(t.Context(), d, dir, VerifyOptions{Expect: built.Root.SHA256, History: true})
	if err != nil || len(v.Superseded) != 1 || v.Superseded[0].Root != root || v.Superseded[0].Verdict != bag.Anchored {
		t.Errorf("history %+v, %v", v.Superseded, err)
	}
}

// A bundle of format 1 is handed over with its intent noted in it, and with what
// came of it in the log of the case: the file on the slip is the one handed over.
func TestReleasedCaseIsHandedOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "案件")
	if err := os.CopyFS(dir, os.DirFS("../../../evidence/folder/testdata/format1")); err != nil {
		t.Fatal(err)
	}
	d := Desk{Now: time.Date(2026, 12, 20, 9, 0, 0, 0, evidence.Beijing), Tool: "test", Tell: func(Notice) {}}
	events := func() string {
		t.Helper()
		log, err := os.ReadFile(filepath.Join(dir, "custody.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		records, _ := bag.CheckCustody(log)
		for _, r := range records[max(0, len(records)-2):] {
			out = append(out, r.Event)
		}
		return strings.Join(out, " ")
	}
	r, err := Handover(t.Context(), d, dir, HandoverOptions{Receiver: "某某"})
	if err != nil {
		t.Fatal(err)
	}
	if got := events(); got != "handover-begun handover" {
		t.Errorf("events %q", got)
	}
	if _, err := os.Lstat(r.Slip); err != nil {
		t.Error(err)
	}
	v, err := Verify(t.Context(), d, r.Path, VerifyOptions{Expect: r.Root, After: r.AfterHead})
	if err != nil || v.Result.ExitCode() != 0 || !v.Result.AfterMet || v.Result.AfterRest != 0 {
		t.Errorf("%+v, %v", v.Result, err)
	}
	if _, err = Handover(t.Context(), d, dir, HandoverOptions{Receiver: "某某",
		Slip: filepath.Join(dir, "no", "slip.pdf")}); err == nil || events() != "handover-begun note" {
		t.Errorf("a slip that could not be made: %v, events %q", err, events())
	}
	made, err := Export(t.Context(), d, dir,
		ExportOptions{To: filepath.Join(t.TempDir(), "copy.zip"), Only: []string{"E001"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := events(); got != "export-begun export" {
		t.Errorf("events %q", got)
	}
	v, err = Verify(t.Context(), d, made.Path, VerifyOptions{Expect: made.Root, PartialOK: true})
	if err != nil || v.Result.ExitCode() != 0 {
		t.Errorf("%+v, %v", v.Result, err)
	}
	for _, p := range v.Result.Problems {
		if p.Code == "W-WITHHELD-UNRECORDED" {
			t.Errorf("the copy holds no record of its own making: %+v", p)
		}
	}
}
