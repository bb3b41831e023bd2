package bag

import (
	"bytes"
	"fmt"
	"juzheng/evidence/bag/commit"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// redone writes all manifests of a copy anew over what lies there: the
// attacker who knows bags. What they cannot make anew is what the code covers.
func redone(edits ...bundleEdit) bundleEdit {
	return both(append(edits, func(t *testing.T, dir string) {
		sha, sm3, tags, total := map[string]string{}, map[string]string{}, map[string]string{}, 0
		var entries []Entry
		for _, f := range treeOf(t, dir) {
			sums := sumsOf([]byte(f.text))
			if strings.HasPrefix(f.name, "data/") {
				sha[f.name], sm3[f.name] = sums.SHA256, sums.SM3
				total += len(f.text)
				continue
			}
			if o, err := commit.ParseOpening([]byte(f.text)); err == nil {
				e := Entry{Path: o.Data, Number: o.Number, Size: o.Size, Sums: Sums{o.SHA256, o.SM3}}
				record, _ := os.ReadFile(filepath.Join(dir, commit.RecordPath(o.Number)))
				if r, err := parseExhibitRecord(record); err == nil {
					e = entryOfRecord(o, r)
				}
				entries = append(entries, e)
			}
		}
		sortByPath(entries)
		catalogue, err := formatCatalogue(entries)
		if err != nil {
			t.Fatal(err)
		}
		overwrite(t, filepath.Join(dir, catalogueName), catalogue)
		overwrite(t, filepath.Join(dir, manifestName), formatManifest(sha))
		overwrite(t, filepath.Join(dir, payloadSM3Name), formatManifest(sm3))
		info, err := os.ReadFile(filepath.Join(dir, bagInfoName))
		if err != nil {
			t.Fatal(err)
		}
		before, after, _ := strings.Cut(string(info), "Payload-Oxum: ")
		_, after, _ = strings.Cut(after, "\n")
		overwrite(t, filepath.Join(dir, bagInfoName),
			[]byte(before+fmt.Sprintf("Payload-Oxum: %d.%d\n", total, len(sha))+after))
		for _, f := range treeOf(t, dir) {
			if !strings.HasPrefix(f.name, "data/") && !inSeal(f.name) && f.name != RootName {
				tags[f.name] = sumsOf([]byte(f.text)).SHA256
			}
		}
		overwrite(t, filepath.Join(dir, RootName), formatManifest(tags))
	})...)
}

// replaced puts other bytes in the place of an exhibit, with an opening of
// their own if asked, and with lists that say so.
func replaced(number string, opening, list, listSM3 bool) bundleEdit {
	return func(t *testing.T, dir string) {
		t.Helper()
		forged := "forged picture"
		overwrite(t, filepath.Join(dir, "data", number+".txt"), []byte(forged))
		name := filepath.Join(dir, commit.OpeningPath(number))
		was, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		o, err := commit.ParseOpening(was)
		if err != nil {
			t.Fatal(err)
		}
		sums := sumsOf([]byte(forged))
		o.SHA256, o.SM3, o.Size = sums.SHA256, sums.SM3, int64(len(forged))
		now := o.Format()
		if opening {
			overwrite(t, name, now)
		}
		if list {
			edit(listName, sumsOf(was).SHA256, sumsOf(now).SHA256)(t, dir)
		}
		if listSM3 {
			edit(listSM3Name, sumsOf(was).SM3, sumsOf(now).SM3)(t, dir)
		}
	}
}

// onLists makes the same change to both lists.
func onLists(change func([]string) []string) bundleEdit {
	of := func(b []byte) []byte {
		// no LF at the end
		return []byte(strings.Join(change(strings.SplitAfter(strings.TrimSuffix(string(b), "\n"), "\n")), ""))
	}
	return both(rewrite(listName, func(b []byte) []byte { return append(of(b), '\n') }),
		rewrite(listSM3Name, func(b []byte) []byte { return append(of(b), '\n') }))
}

func appendLists(sha, sm3 string) bundleEdit { return both(add(listName, sha), add(listSM3Name, sm3)) }

// A copyChange is one change of a copy, and what verify has to say of it.
type copyChange struct {
	name string
	dir  string // empty: the base
	edit bundleEdit
	opt  Options // zero: the letter
	exit int
	code string
	here int // exhibits proven and here; looked at where the exit is 0 or 3
}

// made is a copy of the base with the change made, and what is known of it
// from outside.
func (a copyChange) made(t *testing.T, base string, letter Options) (dir string, opt Options) {
	t.Helper()
	if a.dir != "" {
		base = a.dir
	}
	dir = copied(t, base)
	if a.edit != nil {
		a.edit(t, dir)
	}
	if a.opt.Expect == "" && a.opt.ExpectCopy == "" && !a.opt.PartialOK {
		return dir, letter
	}
	return dir, a.opt
}

// copyChanges are the changes that the format was attacked with. The base is a
// copy with three of five exhibits, and the letter has the code over all six
// lines.
func copyChanges(t *testing.T) (changes []copyChange, base string, letter Options) {
	t.Helper()
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	dir, root := c.write(t, "E001", "E002", "E004")
	base = dir
	early, earlyRoot := newListedCase(t, 0, "E001", "E002", "E003", "E004").write(t, "E001", "E002", "E004")
	stranger := newListedCase(t, 7, "E001", "E002", "E003", "E004", "E005")
	later := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	later.take(t, "E006")
	lateDir, lateRoot := later.write(t, "E001", "E002", "E004", "E006")
	bad := newListedCase(t, 9, "E006")
	addE006 := both(
		create("data/E006.txt", listedPayload["E006"]),
		create(commit.OpeningPath("E006"), string(bad.items["E006"].Opening)),
		create(commit.RecordPath("E006"), string(bad.items["E006"].Record)),
		appendLists(sumsOf(bad.items["E006"].Opening).SHA256+"  openings/E006.txt",
			sumsOf(bad.items["E006"].Opening).SM3+"  openings/E006.txt"))
	zeros := strings.Repeat("0", 64)
	letter = Options{Expect: root.SHA256, PartialOK: true}
	changes = []copyChange{
		{name: "partial", opt: Options{Expect: root.SHA256}, exit: 3, code: "E-WITHHELD", here: 3},
		{name: "partial asked for", exit: 0, here: 3},
		{name: "by the SM3 code and its lines", opt: Options{Expect: root.SM3 + "@6", PartialOK: true}, exit: 0,
			here: 3},
		{name: "later bundle, older letter", dir: lateDir, exit: 3, code: "E-NOT-COVERED", here: 3},
		{name: "later bundle, its letter", dir: lateDir, opt: Options{Expect: lateRoot.SHA256, PartialOK: true},
			exit: 0, here: 4},
		{name: "older bundle, newer letter", dir: early, exit: 5, code: "E-CODE-DIFFERS"},
		{name: "older bundle, newer letter and its lines", dir: early, opt: Options{Expect: root.SHA256 + "@6"},
			exit: 5, code: "E-CODE-OLDER"},
		{name: "newer bundle, older letter's code", opt: Options{Expect: earlyRoot.SHA256 + "@5", PartialOK: true},
			exit: 0, here: 3},
		{name: "right code, wrong lines", opt: Options{Expect: root.SHA256 + "@5"}, exit: 5, code: "E-CODE-LINES"},
		{name: "one group mistyped", opt: Options{Expect: root.SHA256[:60] + "0000"}, exit: 5, code: "E-CODE-TYPO"},
		{name: "the slip's digest given as the code", opt: Options{Expect: root.Copy.SHA256}, exit: 5,
			code: "E-CODE-IS-COPY"},
		{name: "the code given as the slip's digest", opt: Options{ExpectCopy: root.SHA256}, exit: 5,
			code: "E-COPY-IS-CODE"},
		{name: "the slip's digest", opt: Options{ExpectCopy: root.Copy.SHA256, PartialOK: true}, exit: 0, here: 3},
		{name: "another slip's digest", opt: Options{ExpectCopy: zeros}, exit: 5, code: "E-COPY-DIFFERS"},
		{name: "code of format 1", opt: Options{Expect: QRText("case", root.SHA256)}, exit: 5, code: "E-CODE-FORMAT-1"},
		{name: "code of the head line alone", opt: Options{Expect: c.list.Code(1).SHA256}, exit: 5,
			code: "E-CODE-DIFFERS"},

		{name: "exhibit replaced", edit: redone(replaced("E002", false, false, false)), exit: 5,
			code: "E-EXHIBIT-DIFFERS"},
		{name: "exhibit and opening replaced", edit: redone(replaced("E002", true, false, false)), exit: 5,
			code: "E-OPENING-DIFFERS"},
		{name: "exhibit, opening and one list replaced", edit: redone(replaced("E002", true, true, false)), exit: 5,
			code: "E-LIST-CONFLICT"},
		{name: "exhibit, opening and both lists replaced", edit: redone(replaced("E002", true, true, true)), exit: 5,
			code: "E-CODE-DIFFERS"},
		{name: "the same without the letter", edit: redone(replaced("E002", true, true, true)),
			opt: Options{PartialOK: true}, exit: 0, here: 3},
		{name: "exhibit added without opening", edit: redone(create("data/E003.txt", "482915")), exit: 5,
			code: "E-OPENING-NONE"},
		{name: "exhibit under another name", edit: redone(rename("data/E002.txt", "data/E002.jpg")), exit: 5,
			code: "E-EXHIBIT-MISSING"},
		{name: "a second file of one number", edit: redone(create("data/E002.jpg", "a picture")), exit: 5,
			code: "E-OPENING-NONE"},
		{name: "a file of no number", edit: redone(create("data/readme.txt", "read me")), exit: 5, code: "E-PATH-FORM"},
		{name: "opening of another case", edit: redone(create(commit.OpeningPath("E002"),
			string(stranger.items["E002"].Opening)),
			create(commit.RecordPath("E002"), string(stranger.items["E002"].Record))), exit: 5,
			code: "E-OPENING-DIFFERS"},
		{name: "opening of another number", edit: redone(create(commit.OpeningPath("E002"),
			string(c.items["E003"].Opening))), exit: 5, code: "E-OPENING-NAME"},
		{name: "opening of no number of the list",
			edit: redone(addE006, onLists(func(l []string) []string { return l[:6] }),
				rewrite(listName, func(b []byte) []byte { return bytes.TrimSuffix(b, []byte("\n")) }),
				rewrite(listSM3Name, func(b []byte) []byte { return bytes.TrimSuffix(b, []byte("\n")) })), exit: 5,
			code: "E-OPENING-UNLISTED"},
		{name: "opening removed, exhibit kept", edit: redone(remove(commit.OpeningPath("E002"))), exit: 5,
			code: "E-OPENING-NONE"},
		{name: "exhibit removed, opening kept", edit: redone(remove("data/E002.txt")), exit: 5,
			code: "E-EXHIBIT-MISSING"},
		{name: "all exhibits removed, withheld by a list",
			edit: both(remove("data"), create("data/.x", ""), remove("data/.x"),
				create("seal/withheld.txt", "data/E001.txt\ndata/E002.txt\ndata/E004.txt\n")), exit: 5,
			code: "E-FILE-MISSING"},
		{name: "exhibit, opening and record removed",
			edit: redone(remove("data/E002.txt"), remove(commit.OpeningPath("E002")),
				remove(commit.RecordPath("E002"))), opt: Options{Expect: root.SHA256}, exit: 3, code: "E-WITHHELD",
			here: 2},
		{name: "the same with the slip", edit: redone(remove("data/E002.txt"), remove(commit.OpeningPath("E002")),
			remove(commit.RecordPath("E002"))), opt: Options{Expect: root.SHA256, ExpectCopy: root.Copy.SHA256},
			exit: 5, code: "E-COPY-DIFFERS"},
		{name: "salt changed", edit: redone(edit(commit.OpeningPath("E002"), "# salt ", "# salt 0")), exit: 5,
			code: "E-OPENING-FORM"},
		{name: "opening with CRLF", edit: redone(rewrite(commit.OpeningPath("E002"), func(b []byte) []byte {
			return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
		})), exit: 5, code: "E-OPENING-FORM"},
		{name: "list with CRLF", edit: redone(rewrite(listName, func(b []byte) []byte {
			return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
		})), exit: 5, code: "E-LIST-FORM"},
		{name: "list with BOM", edit: redone(rewrite(listName,
			func(b []byte) []byte { return append([]byte("\ufeff"), b...) })), exit: 5, code: "E-LIST-FORM"},
		{name: "list without its last LF", edit: redone(rewrite(listName,
			func(b []byte) []byte { return b[:len(b)-1] })), exit: 5, code: "E-CODE-NONE"},
		{name: "list lines exchanged", edit: redone(
			onLists(func(l []string) []string { l[1], l[2] = l[2], l[1]; return l })), exit: 5, code: "E-CODE-DIFFERS"},
		{name: "list line dropped", edit: redone(onLists(func(l []string) []string { return append(l[:3], l[4:]...) })),
			exit: 5, code: "E-CODE-DIFFERS"},
		{name: "stranger appends an empty commitment",
			edit: redone(appendLists(zeros+"  openings/E006.txt", zeros+"  openings/E006.txt")),
			opt:  Options{Expect: root.SHA256}, exit: 3, code: "E-WITHHELD", here: 3},
		{name: "stranger appends E006 whole", edit: redone(addE006), exit: 3, code: "E-NOT-COVERED", here: 3},
		{name: "stranger leaves E001 out", edit: redone(appendLists("# out E001", "# out E001")),
			opt: Options{Expect: root.SHA256}, exit: 3, code: "E-WITHHELD", here: 3},
		{name: "left out and here, by its own word", edit: redone(appendLists("# out E001", "# out E001")),
			opt: Options{PartialOK: true}, exit: 0, code: "W-OUT-HERE", here: 2},
		{name: "one number twice, unopened", edit: redone(appendLists(zeros+"  openings/E005.txt", zeros+
			"  openings/E005.txt")), exit: 5, code: "E-LIST-FORM"},
		{name: "one digest under two numbers",
			edit: redone(onLists(func(l []string) []string { return append(l, "\n"+l[4][:64]+"  openings/E007.txt") })),
			exit: 5, code: "E-LIST-FORM"},
		{name: "label E0007", edit: redone(appendLists(zeros+"  openings/E0007.txt", zeros+"  openings/E0007.txt")),
			exit: 5, code: "E-LIST-FORM"},
		{name: "out of a number not in", edit: redone(appendLists("# out E777", "# out E777")), exit: 5,
			code: "E-LIST-FORM"},
		{name: "SM3 list changed", edit: redone(rewrite(listSM3Name, func(b []byte) []byte { b[30] ^= 1; return b })),
			exit: 5, code: "E-LIST-CONFLICT"},
		{name: "SM3 list reordered", edit: redone(rewrite(listSM3Name, func(b []byte) []byte {
			l := strings.SplitAfter(string(b), "\n")
			l[1], l[2] = l[2], l[1]
			return []byte(strings.Join(l, ""))
		})), exit: 5, code: "E-LIST-FORM"},
		{name: "SM3 list removed", edit: redone(remove(listSM3Name)), exit: 5, code: "E-FORMAT-MIXED"},
		{name: "lists removed", edit: redone(remove(listName), remove(listSM3Name)), exit: 5, code: "E-FORMAT-MIXED"},
		{name: "format word removed", edit: redone(edit(bagInfoName, "Juzheng-Format: 2\n", "")), exit: 5,
			code: "E-FORMAT-MIXED"},
		{name: "format word changed", edit: redone(edit(bagInfoName, "Juzheng-Format: 2\n", "Juzheng-Format: 1\n")),
			exit: 5, code: "E-FORMAT-MIXED"},
		{name: "lists and format word removed",
			edit: redone(remove(listName), remove(listSM3Name), edit(bagInfoName, "Juzheng-Format: 2\n", "")), exit: 5,
			code: "E-FORMAT-MIXED"},
		{name: "nothing of the format left", edit: redone(remove(listName), remove(listSM3Name), remove(openingsDir),
			remove(recordsDir),
			edit(bagInfoName, "Juzheng-Format: 2\n", "")), exit: 5, code: "E-DOCUMENT-MISSING"},
		{name: "record edited", edit: redone(edit(commit.RecordPath("E002"), "原名", "别名")), exit: 5,
			code: "E-RECORD-DIFFERS"},
		{name: "record of another number", edit: redone(edit(commit.RecordPath("E002"), `"E002"`, `"E001"`)), exit: 5,
			code: "E-RECORD-FORM"},
		{name: "record with a key twice", edit: redone(edit(commit.RecordPath("E002"), `{"ex`,
			`{"exhibit":"E001","ex`)), exit: 5, code: "E-RECORD-FORM"},
		{name: "record removed", edit: redone(remove(commit.RecordPath("E002"))), opt: Options{Expect: root.SHA256},
			exit: 3, code: "W-RECORD-WITHHELD", here: 3},
		{name: "record of a withheld exhibit put in",
			edit: redone(create(commit.RecordPath("E003"), string(c.items["E003"].Record))), exit: 5,
			code: "E-RECORD-ALONE"},
		{name: "timeline edited", edit: redone(edit(timelineName, "2026-01-01", "2026-01-03")), exit: 0, here: 3},
		{name: "timeline edited, with the slip", edit: redone(edit(timelineName, "2026-01-01", "2026-01-03")),
			opt: Options{ExpectCopy: root.Copy.SHA256}, exit: 5, code: "E-COPY-DIFFERS"},
		{name: "log line edited", edit: redone(edit(logName, "import", "Import")), exit: 5, code: "E-LOG-DIFFERS"},
		{name: "log line no JSON", edit: redone(edit(logName, "{", "[")), exit: 5, code: "E-LOG-LINE"},
		{name: "log lines exchanged", edit: redone(rewrite(logName, func(b []byte) []byte {
			l := strings.SplitAfter(string(b), "\n")
			return []byte(l[1] + l[0] + l[2])
		})), exit: 5, code: "E-LOG-SEQ"},
		{name: "log digest cut short", edit: redone(rewrite(logDigestsName,
			func(b []byte) []byte { return b[:len(b)-1] })), exit: 5, code: "E-LOG-DIGEST"},
		{name: "more log lines than digests", edit: redone(create(logDigestsName, "")), exit: 5,
			code: "E-CUSTODY-MANY"},
		{name: "tail of the log cut with its digests", edit: redone(cutLog), exit: 0, here: 3},
		{name: "the same with the printed head", edit: redone(cutLog),
			opt: Options{Expect: root.SHA256, ExpectAfter: root.CustodyHead, PartialOK: true}, exit: 5,
			code: "E-LOG-HEAD"},
		{name: "two data lines in an opening", edit: redone(rewrite(commit.OpeningPath("E002"), func(b []byte) []byte {
			return bytes.Replace(b, []byte("  data/E002.txt\n"), []byte("  data/E002.txt\n"+zeros+"  data/E003.txt\n"),
				1)
		})), exit: 5, code: "E-OPENING-FORM"},
		{name: "bytes changed alone", edit: edit("data/E002.txt", "a picture", "b picture"), exit: 5,
			code: "E-FILE-MODIFIED"},
		{name: "case id removed", edit: redone(edit(bagInfoName, "External-Identifier: JZ-2026-0001\n", "")), exit: 5,
			code: "E-INFO-VALUE"},
		{name: "manifest of another algorithm",
			edit: redone(create("manifest-md5.txt", "d41d8cd98f00b204e9800998ecf8427e  data/E009\n")), exit: 5,
			code: "E-MANIFEST-EXTRA"},
		{name: "a list of 100,001 lines", edit: redone(rewrite(listName, func(b []byte) []byte {
			return append(b, strings.Repeat("# in E001\n", commit.MaxLines)...)
		})), exit: 8, code: "E-LIMIT"},
		{name: "a list of 20 MB", edit: redone(rewrite(listName,
			func(b []byte) []byte { return append(b, make([]byte, 20<<20)...) })), exit: 8, code: "E-LIMIT"},
		{name: "an opening of 1 MB", edit: redone(create(commit.OpeningPath("E002"), strings.Repeat("#", 1<<20))),
			exit: 8, code: "E-LIMIT"},
		{name: "a record of 1 MB", edit: redone(create(commit.RecordPath("E002"), strings.Repeat(" ", 1<<20))), exit: 8,
			code: "E-LIMIT"},
		{name: "withheld.txt", edit: create("seal/withheld.txt", "data/E001.txt\n"), exit: 6, code: "W-SEAL-UNKNOWN"},
		{name: "a signature of format 1", edit: create("seal/root.sshsig", "x"), exit: 6, code: "W-SEAL-UNKNOWN"},
	}
	return changes, base, letter
}

func TestChangesOfACopy(t *testing.T) {
	changes, base, letter := copyChanges(t)
	for _, a := range changes {
		t.Run(a.name, func(t *testing.T) {
			dir, opt := a.made(t, base, letter)
			for _, path := range []string{dir, packTree(t, dir)} {
				res := verify(t, path, opt)
				triedAs("format 2", res)
				if res.ExitCode() != a.exit || a.code != "" && !hasCode(res, a.code) {
					t.Errorf("%s: exit %d, want %d with %s\n%s", filepath.Ext(path), res.ExitCode(), a.exit, a.code,
						problems(res))
				}
				if a.exit == 5 && (res.Verdict != IsAltered || len(res.Anchors) > 0) {
					t.Errorf("%s: %s, vouched for by %v", filepath.Ext(path), res.Verdict, res.Anchors)
				}
				if (a.exit == 0 || a.exit == 3) && (res.Evidence == nil || res.Evidence.Here != a.here) {
					t.Errorf("%s: %+v, want %d here", filepath.Ext(path), res.Evidence, a.here)
				}
			}
		})
	}
}

func cutLog(t *testing.T, dir string) {
	t.Helper()
	rewrite(logDigestsName, func(b []byte) []byte { return b[:4*65] })(t, dir)
}
