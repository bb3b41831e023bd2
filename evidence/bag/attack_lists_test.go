package bag

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

// Manifests: each change with the root document redone over it, so that it is
// the change that is noticed and not the digest of the list.
func TestManifestAttacks(t *testing.T) {
	root := redo(RootName)
	for _, a := range []attackRow{
		{name: "root document deleted", edit: remove(RootName), codes: []string{"E-ROOT-MISSING"}, exit: 5},
		{name: "root document deleted, file and manifests redone",
			edit:  both(edit(recording, "sound", "sOund"), redo(manifestName, sm3Name), remove(RootName)),
			codes: []string{"E-ROOT-MISSING"}, exit: 5},
		{name: "root document emptied", edit: create(RootName, ""),
			codes: []string{"E-ROOT-LACKS", "E-TAGMANIFEST-LACKS"}, exit: 5},
		{name: "root document sorted otherwise", edit: rewrite(RootName, func(b []byte) []byte {
			lines := strings.SplitAfter(strings.TrimSuffix(string(b), "\n"), "\n")
			return []byte(lines[1] + lines[0] + strings.Join(lines[2:], "") + "\n")
		}), codes: []string{"E-FORM"}, exit: 5},
		{name: "root document lists itself", edit: add(RootName, zeros+"  "+RootName),
			codes: []string{"E-LINE-SELF"}, exit: 5},
		{name: "root document lists payload", edit: add(RootName, zeros+"  "+recording),
			codes: []string{"E-LINE-SCOPE"}, exit: 5},
		{name: "root document lists seal",
			edit:  both(create("seal/signers", "x"), add(RootName, sumsOf([]byte("x")).SHA256+"  seal/signers")),
			codes: []string{"E-LINE-SCOPE"}, exit: 5},
		{name: "root document drops a document and it is gone", edit: both(remove(custodyName), root),
			codes: []string{"E-DOCUMENT-MISSING", "E-ROOT-LACKS"}, exit: 5},
		{name: "file and lines dropped, root redone", edit: both(remove(recording), redo(manifestName, sm3Name), root),
			codes: []string{"E-EVIDENCE-DIFFERS"}, exit: 5},
		{name: "line twice, alike", edit: both(rewrite(manifestName,
			func(b []byte) []byte { return append(b, b[:bytes.IndexByte(b, '\n')+1]...) }), root),
			codes: []string{"E-LINE-TWICE"}, exit: 5},
		{name: "line twice, unlike", edit: both(add(manifestName, zeros+"  "+recording), root),
			codes: []string{"E-LINE-CONFLICT"}, exit: 5},
		{name: "line twice, the wrong one first",
			edit: both(rewrite(manifestName,
				func(b []byte) []byte { return append([]byte(zeros+"  "+recording+"\n"), b...) }), root),
			codes: []string{"E-LINE-CONFLICT"}, exit: 5},
		{name: "malformed line", edit: both(add(manifestName, "hello"), root),
			codes: []string{"E-LINE-MALFORMED"}, exit: 5},
		{name: "comment", edit: both(add(manifestName, "# checked by the court"), root),
			codes: []string{"E-LINE-MALFORMED"}, exit: 5},
		{name: "comment in the root document", edit: add(RootName, "# checked by the court"),
			codes: []string{"E-LINE-MALFORMED"}, exit: 5},
		{name: "blank line", edit: both(add(manifestName, ""), root), codes: []string{"E-LINE-BLANK"}, exit: 5},
		{name: "long line", edit: both(add(manifestName, zeros+"  data/"+strings.Repeat("x", 5000)), root),
			codes: []string{"E-LINE-LONG"}, exit: 5},
		{name: "short digest", edit: digestAs(func(d string) string { return d[1:] }),
			codes: []string{"E-LINE-DIGEST"}, exit: 5},
		{name: "long digest", edit: digestAs(func(d string) string { return d + "0" }),
			codes: []string{"E-LINE-DIGEST"}, exit: 5},
		{name: "no hexadecimal digest", edit: digestAs(func(d string) string { return "g" + d[1:] }),
			codes: []string{"E-LINE-MALFORMED"}, exit: 5},
		{name: "upper-case digest", edit: digestAs(strings.ToUpper), codes: []string{"E-FORM"}, exit: 5},
		{name: "full-width digit", edit: digestAs(func(d string) string { return "０" + d[1:] }),
			codes: []string{"E-LINE-MALFORMED"}, exit: 5},
		{name: "BOM", edit: both(rewrite(manifestName,
			func(b []byte) []byte { return append([]byte("\xef\xbb\xbf"), b...) }), root),
			codes: []string{"W-BOM"}, exit: 5},
		{name: "CRLF", edit: both(rewrite(manifestName,
			func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }), root),
			codes: []string{"E-FORM"}, exit: 5},
		{name: "CR", edit: both(rewrite(manifestName,
			func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r")) }), root),
			codes: []string{"E-FORM"}, exit: 5},
		{name: "no LF at the end", edit: both(rewrite(manifestName,
			func(b []byte) []byte { return b[:len(b)-1] }), root),
			codes: []string{"E-FORM"}, exit: 5},
		{name: "one blank", edit: both(rewrite(manifestName,
			func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("  "), []byte(" ")) }), root),
			codes: []string{"E-FORM"}, exit: 5},
		{name: "tab", edit: both(rewrite(manifestName,
			func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("  "), []byte("\t")) }), root),
			codes: []string{"E-FORM"}, exit: 5},
		{name: "star", edit: listAs(recording, "*"+recording), codes: []string{"W-LINE-STAR"}, exit: 5},
		{name: "dot slash", edit: listAs(recording, "./"+recording), codes: []string{"W-LINE-DOT"}, exit: 5},
		{name: "lone percent sign", edit: listAs(recording, "data/E%001.m4a"),
			codes: []string{"W-LINE-PERCENT"}, exit: 5},
		{name: "percent sign encoded", edit: listAs(recording, "data/E%25.m4a"),
			codes: []string{"E-PATH-FORM"}, exit: 5},
		{name: "manifest lists a tag file",
			edit:  both(add(manifestName, sumsOf([]byte(declaration)).SHA256+"  "+bagitName), root),
			codes: []string{"E-LINE-SCOPE"}, exit: 5},
		{name: "manifest lists a folder", edit: both(add(manifestName, zeros+"  data/E004"), root),
			codes: []string{"E-FILE-TYPE"}, exit: 5, zip: 5, zipCode: "E-FILE-TYPE"},
		{name: "manifest missing, root redone", edit: both(remove(manifestName), root),
			codes: []string{"E-DOCUMENT-MISSING", "E-ROOT-LACKS"}, exit: 5},
		{name: "manifest missing", edit: remove(manifestName), codes: []string{"E-FILE-MISSING"}, exit: 5},
		{name: "md5 only", edit: both(func(t *testing.T, dir string) {
			create("manifest-md5.txt", "d41d8cd98f00b204e9800998ecf8427e  data/E009\n")(t, dir)
		}, remove(manifestName), root), codes: []string{"E-MANIFEST-EXTRA", "W-ALGORITHM-WEAK", "E-DOCUMENT-MISSING"},
			exit: 5},
		{name: "further manifest that disagrees",
			edit:  create("manifest-md5.txt", "00000000000000000000000000000000  "+recording+"\n"),
			codes: []string{"E-MANIFEST-EXTRA", "E-DIGEST-CONFLICT"}, exit: 5},
		{name: "further manifest of an unknown algorithm", edit: create("manifest-foo.txt", "00  "+recording+"\n"),
			codes: []string{"E-MANIFEST-EXTRA", "W-ALGORITHM-UNKNOWN"}, exit: 5},
		{name: "further manifest in capitals", edit: create("manifest-SHA256.txt", zeros+"  "+recording+"\n"),
			codes: []string{"E-MANIFEST-EXTRA", "W-MANIFEST-TWIN"}, exit: 5, zip: 8, zipCode: "E-ZIP-DUPLICATE"},
		{name: "further tag manifest", edit: create("tagmanifest-md5.txt",
			"00000000000000000000000000000000  "+bagitName+"\n"),
			codes: []string{"E-MANIFEST-EXTRA"}, exit: 5},
		{name: "empty further tag manifest", edit: create("tagmanifest-sha512.txt", ""),
			codes: []string{"E-MANIFEST-EXTRA"}, exit: 5},
		{name: "sm3sums missing", edit: remove(sm3Name), codes: []string{"E-FILE-MISSING"}, exit: 5},
		{name: "sm3sums missing, root redone", edit: both(remove(sm3Name), root),
			codes: []string{"E-DOCUMENT-MISSING", "E-ROOT-LACKS"}, exit: 5},
		{name: "sm3sums short", edit: both(lineOf(sm3Name, recording, func(string) string { return "" }), root),
			codes: []string{"E-SM3-LACKS"}, exit: 5},
		{name: "sm3sums lists more", edit: both(add(sm3Name, zeros+"  data/E999"), root),
			codes: []string{"E-SM3-SURPLUS"}, exit: 5},
		{name: "sm3sums disagrees", edit: both(lineOf(sm3Name, recording,
			func(string) string { return zeros + "  " + recording + "\n" }), root),
			codes: []string{"E-DIGEST-CONFLICT", "E-EVIDENCE-DIFFERS"}, exit: 5},
		{name: "SHA-256 disagrees", edit: both(lineOf(manifestName, recording,
			func(string) string { return zeros + "  " + recording + "\n" }), root),
			codes: []string{"E-DIGEST-CONFLICT"}, exit: 5},
	} {
		t.Run(a.name, func(t *testing.T) { a.run(t) })
	}
}

// Tag files: each without and with the root document redone. What agrees with
// all the rest shows only on paper; then the exit without it is 0.
func TestTagAttacks(t *testing.T) {
	root := redo(RootName)
	oxum := func(to string) bundleEdit {
		return both(rewrite(bagInfoName, func(b []byte) []byte {
			var out []string
			for line := range strings.Lines(string(b)) {
				if strings.HasPrefix(line, "Payload-Oxum") {
					line = to
				}
				out = append(out, line)
			}
			return []byte(strings.Join(out, ""))
		}), root)
	}
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	inRecord := func(old, new string) bundleEdit { return both(edit(evidenceName, old, new), root) }
	for _, a := range []attackRow{
		{name: "bag-info.txt edited", edit: edit(bagInfoName, "juzheng test", "juzheng text"),
			codes: []string{"E-FILE-MODIFIED"}, exit: 5},
		{name: "bag-info.txt edited, root redone", edit: both(edit(bagInfoName, "juzheng test", "juzheng text"), root),
			exit: 0, paper: 5},
		{name: "case id edited, root redone", edit: both(edit(bagInfoName, "JZ-2026-0001", "JZ-2026-0002"), root),
			codes: []string{"E-CASE-DIFFERS"}, exit: 5},
		{name: "time edited, root redone",
			edit:  both(edit(bagInfoName, "Juzheng-Sealed: 2026", "Juzheng-Sealed: 2025"), root),
			codes: []string{"E-TIME-DIFFERS"}, exit: 5},
		{name: "bag-info.txt line without colon", edit: both(add(bagInfoName, "sworn before the court"), root),
			codes: []string{"E-INFO-LINE"}, exit: 5},
		{name: "label twice", edit: both(add(bagInfoName, "External-Identifier: JZ-2026-0001"), root),
			codes: []string{"E-INFO-TWICE"}, exit: 5},
		{name: "blank before the colon", edit: both(edit(bagInfoName, "Bagging-Date:", "Bagging-Date :"), root),
			codes: []string{"W-INFO-BLANKS"}, exit: 5},
		{name: "superseded root no digest", edit: both(add(bagInfoName, "Juzheng-Supersedes: none"), root),
			codes: []string{"E-INFO-VALUE"}, exit: 5},
		{name: "bag-info.txt missing, root redone", edit: both(remove(bagInfoName), root),
			codes: []string{"E-ROOT-LACKS", "E-OXUM-MISSING"}, exit: 5},
		{name: "Oxum absent", edit: oxum(""), codes: []string{"E-OXUM-MISSING"}, exit: 5},
		{name: "Oxum twice", edit: oxum("Payload-Oxum: 1841.4\nPayload-Oxum: 1841.4\n"),
			codes: []string{"E-OXUM-TWICE"}, exit: 5},
		{name: "Oxum wrong", edit: oxum("Payload-Oxum: 1.1\n"), codes: []string{"E-OXUM-DIFFERS"}, exit: 5},
		{name: "Oxum 10^30", edit: oxum("Payload-Oxum: 1" + strings.Repeat("0", 30) + ".4\n"),
			codes: []string{"E-OXUM-FORM"}, exit: 5},
		{name: "Oxum negative", edit: oxum("Payload-Oxum: -1.4\n"), codes: []string{"E-OXUM-FORM"}, exit: 5},
		{name: "Oxum in other digits", edit: oxum("Payload-Oxum: ١٨.٤\n"), codes: []string{"E-OXUM-FORM"}, exit: 5},
		{name: "encoding UTF-16", edit: both(create(bagitName, declare("1.0", "UTF-16")), root),
			codes: []string{"E-BAGIT-FORM"}, exit: 5},
		{name: "encoding unknown", edit: both(create(bagitName, declare("1.0", "KLINGON")), root),
			codes: []string{"E-BAGIT-ENCODING"}, exit: 5},
		{name: "version 0.97", edit: both(create(bagitName, declare("0.97", "UTF-8")), root),
			codes: []string{"E-BAGIT-FORM"}, exit: 5},
		{name: "version 9.9", edit: both(create(bagitName, declare("9.9", "UTF-8")), root),
			codes: []string{"E-BAGIT-VERSION"}, exit: 5},
		{name: "bagit.txt with BOM", edit: both(create(bagitName, "\ufeff"+declaration), root),
			codes: []string{"E-BAGIT-FORM"}, exit: 5},
		{name: "bagit.txt with blanks", edit: both(create(bagitName,
			strings.ReplaceAll(declaration, ": ", ":  ")), root),
			codes: []string{"E-BAGIT-FORM"}, exit: 5},
		{name: "bagit.txt with CRLF", edit: both(create(bagitName,
			strings.ReplaceAll(declaration, "\n", "\r\n")), root),
			codes: []string{"E-BAGIT-FORM"}, exit: 5},
		{name: "bagit.txt with more lines", edit: both(create(bagitName, declaration+"\n\n"), root),
			codes: []string{"E-BAGIT-FORM"}, exit: 5},
		{name: "bagit.txt missing", edit: remove(bagitName), codes: []string{"E-BAGIT-MISSING"}, exit: 5},
		{name: "bagit.txt missing, root redone", edit: both(remove(bagitName), root),
			codes: []string{"E-BAGIT-MISSING", "E-ROOT-LACKS"}, exit: 5},
		{name: "fetch.txt", edit: create("fetch.txt", "http://example.invalid/x 1 "+recording+"\n"),
			codes: []string{"E-FETCH"}, exit: 5},
		{name: "fetch.txt listed", edit: both(create("fetch.txt", "http://example.invalid/x 1 "+recording+"\n"),
			add(RootName, zeros+"  fetch.txt"), root),
			codes: []string{"E-FETCH"}, exit: 5},
		{name: "statement added", edit: create("letters/forged.txt", "the borrower admits"),
			codes: []string{"E-FILE-ADDED"}, exit: 5},
		{name: "statement added and listed",
			edit: both(create("aforged.txt", "the borrower admits"), rewrite(RootName, func(b []byte) []byte {
				line := []byte(sumsOf([]byte("the borrower admits")).SHA256 + "  aforged.txt\n")
				i := bytes.Index(b, []byte("bag-info.txt")) - 66
				return append(append(bytes.Clone(b[:i]), line...), b[i:]...)
			})), exit: 0, paper: 5},
		{name: "statement in seal", edit: create("seal/ruling.txt", "the court finds"),
			codes: []string{"W-SEAL-UNKNOWN"}, exit: 6, paper: 6},
		{name: "judgement for the signers", edit: create("seal/signers", "判决书：林晓安应偿还全部款项。\n"),
			codes: []string{"E-SEAL-FORM"}, exit: 6, paper: 6},
		{name: "comment for the signers", edit: create("seal/signers", "# the court finds\n"),
			codes: []string{"E-SEAL-FORM"}, exit: 6, paper: 6},
		{name: "statement for the certificates", edit: create("seal/tsa-chain.pem", "the court finds"),
			codes: []string{"E-SEAL-FORM"}, exit: 6, paper: 6},
		{name: "statement for the query", edit: create("seal/root.tsq", "the court finds"),
			codes: []string{"E-SEAL-FORM"}, exit: 6, paper: 6},
		{name: "folder in seal", edit: create("seal/more/ruling.txt", "the court finds"),
			codes: []string{"W-SEAL-UNKNOWN"}, exit: 6, paper: 6},

		{name: "evidence.json with another digest", edit: both(rewrite(evidenceName, func(b []byte) []byte {
			i := bytes.Index(b, []byte(`"sha256": "`)) + 11
			return append(append(bytes.Clone(b[:i]), zeros...), b[i+64:]...)
		}), root), codes: []string{"E-EVIDENCE-DIFFERS"}, exit: 5},
		{name: "evidence.json with another size", edit: inRecord(`"size": 1800`, `"size": 1801`),
			codes: []string{"E-EVIDENCE-DIFFERS"}, exit: 5},
		{name: "evidence.json with a negative size", edit: inRecord(`"size": 1800`, `"size": -1`),
			codes: []string{"E-EVIDENCE-DIFFERS"}, exit: 5},
		{name: "evidence.json with a name more", edit: inRecord(`"files": [`, `"files": [{"path": "data/E999"},`),
			codes: []string{"E-EVIDENCE-DIFFERS"}, exit: 5},
		{name: "evidence.json key twice", edit: inRecord(`"schema": 1,`, `"schema": 1, "schema": 1,`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json key twice in other case", edit: inRecord(`"schema": 1,`, `"schema": 1, "Schema": 1,`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		// encoding/json takes U+017F for an s, so that the second digest would count.
		{name: "evidence.json key twice by a look-alike",
			edit:  inRecord(`"sha256": "`, `"ſha256": "`+zeros+`", "sha256": "`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json key by an escape", edit: inRecord(`"schema": 1,`, `"schema": 1, "\u0073chema": 1,`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json deep", edit: inRecord(`"schema": 1,`, `"schema": 1, "x": `+deep+`,`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json 1e999", edit: inRecord(`"schema": 1,`, `"schema": 1, "x": 1e999,`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json 2^53", edit: inRecord(`"schema": 1,`, `"schema": 1, "x": 9007199254740992,`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json 10^5000", edit: inRecord(`"schema": 1,`,
			`"schema": 1, "x": 1`+strings.Repeat("0", 5000)+`,`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json not UTF-8", edit: inRecord(`"schema": 1,`, `"schema": 1, "x": "`+"\xff"+`",`),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json with more behind", edit: both(add(evidenceName, "{}"), root),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json with a BOM",
			edit: both(rewrite(evidenceName,
				func(b []byte) []byte { return append([]byte("\xef\xbb\xbf"), b...) }), root),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json emptied", edit: both(create(evidenceName, ""), root),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "evidence.json is a list", edit: both(create(evidenceName, "[]"), root),
			codes: []string{"E-EVIDENCE-FORM"}, exit: 5},
		{name: "capture after the seal", edit: inRecord("2026-01-02T09:14:00", "2027-01-02T09:14:00"),
			codes: []string{"W-TIMES"}, exit: 0, paper: 5},
		{name: "catalogue differs", edit: both(edit(catalogueName, "E001", "E00X"), root),
			codes: []string{"E-CATALOGUE-DIFFERS"}, exit: 5},
		{name: "catalogue with a row more", edit: both(add(catalogueName, "E999,data/x,x,1,1,1\r"), root),
			codes: []string{"E-CATALOGUE-DIFFERS"}, exit: 5},
		{name: "catalogue with a column more", edit: both(add(catalogueName, "a,b,c,d,e,f,g\r"), root),
			codes: []string{"E-CATALOGUE-DIFFERS"}, exit: 5},
		{name: "catalogue head edited", edit: both(edit(catalogueName, "原文件名", "法院认定"), root),
			codes: []string{"E-CATALOGUE-DIFFERS"}, exit: 5},
		{name: "catalogue with a formula", edit: both(edit(catalogueName, "录音 1", "=HYPERLINK(1)"), root),
			codes: []string{"E-CATALOGUE-DIFFERS"}, exit: 5},
		{name: "index.html replaced", edit: create(indexName, "<p>all is well"),
			codes: []string{"E-FILE-MODIFIED", "W-PAGE-UNKNOWN"}, exit: 5},
		{name: "index.html replaced, root redone", edit: both(create(indexName, "<p>all is well"), root),
			codes: []string{"W-PAGE-UNKNOWN"}, exit: 0, paper: 5},
		{name: "VERIFY.txt replaced, root redone", edit: both(create(stepsName, "trust me"), root),
			codes: []string{"W-STEPS-UNKNOWN"}, exit: 0, paper: 5},
		{name: "timeline.csv edited, root redone", edit: both(edit(timelineName, "T001", "T009"), root),
			exit: 0, paper: 5},
	} {
		t.Run(a.name, func(t *testing.T) { a.run(t) })
	}
}

// The custody log: each change with the root document redone.
func TestCustodyAttacks(t *testing.T) {
	after := func(change func(Root) Root) bundleEdit {
		return func(t *testing.T, dir string) {
			t.Helper()
			root, err := ReadRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			var log []byte
			for range 3 {
				line, err := NextAfter(log, change(root), "handover", "", "", "", sealTime)
				if err != nil {
					t.Fatal(err)
				}
				log = append(log, line...)
			}
			create("seal/"+SealAfter, string(log))(t, dir)
		}
	}
	same := func(r Root) Root { return r }
	for _, a := range []attackRow{
		{name: "edit", edit: both(edit(custodyName, `"import"`, `"export"`), redo(RootName)),
			codes: []string{"E-CUSTODY-PREV"}, exit: 5},
		{name: "edit of the last", edit: both(edit(custodyName, `"seal"`, `"note"`), redo(RootName)),
			codes: []string{"E-CUSTODY-HEAD"}, exit: 5},
		{name: "insert",
			edit:  logLines(func(l [][]byte) [][]byte { return append(l[:1:1], append([][]byte{l[0]}, l[1:]...)...) }),
			codes: []string{"E-CUSTODY-PREV", "E-CUSTODY-COUNT"}, exit: 5},
		{name: "delete", edit: logLines(func(l [][]byte) [][]byte { return append(l[:1:1], l[2:]...) }),
			codes: []string{"E-CUSTODY-PREV", "E-CUSTODY-SEQ", "E-CUSTODY-COUNT"}, exit: 5},
		{name: "reorder", edit: logLines(func(l [][]byte) [][]byte { return [][]byte{l[0], l[2], l[1]} }),
			codes: []string{"E-CUSTODY-PREV"}, exit: 5},
		{name: "cut tail", edit: logLines(func(l [][]byte) [][]byte { return l[:2] }),
			codes: []string{"E-CUSTODY-HEAD", "E-CUSTODY-COUNT"}, exit: 5},
		{name: "cut in a line", edit: both(rewrite(custodyName,
			func(b []byte) []byte { return b[:len(b)-9] }), redo(RootName)),
			codes: []string{"E-CUSTODY-HALF", "E-CUSTODY-HEAD"}, exit: 5},
		{name: "cut all", edit: both(create(custodyName, ""), redo(RootName)),
			codes: []string{"E-CUSTODY-HEAD", "E-CUSTODY-COUNT"}, exit: 5},
		{name: "number twice", edit: both(edit(custodyName, `"seq":2`, `"seq":1`), redo(RootName)),
			codes: []string{"E-CUSTODY-SEQ"}, exit: 5},
		{name: "wrong first prev", edit: both(edit(custodyName, CustodyStart, strings.Repeat("1", 64)), redo(RootName)),
			codes: []string{"E-CUSTODY-PREV"}, exit: 5},
		{name: "key by a look-alike", edit: both(edit(custodyName, `"event":"import"`,
			`"event":"import","\u212Aind":"x"`), redo(RootName)),
			codes: []string{"E-CUSTODY-LINE"}, exit: 5},
		{name: "huge number", edit: both(edit(custodyName, `"seq":1`, `"seq":1e1000`), redo(RootName)),
			codes: []string{"E-CUSTODY-LINE"}, exit: 5},
		{name: "no JSON", edit: logLines(func(l [][]byte) [][]byte { return append(l, []byte("hello\n")) }),
			codes: []string{"E-CUSTODY-LINE"}, exit: 5},
		{name: "time back",
			edit:  relog(func(r []Record) []Record { r[1].Time = "2020-01-01T00:00:00+08:00"; return r }),
			codes: []string{"W-CUSTODY-TIME"}, exit: 0, paper: 5},
		{name: "record deleted and chain redone",
			edit: relog(func(r []Record) []Record { return append(r[:1:1], r[2:]...) }), exit: 0, paper: 5},
		{name: "log after the seal", edit: after(same), codes: []string{"N-AFTER-TAIL"}, exit: 0, paper: 0},
		// Whoever holds the folder can do this unseen, and the report says so.
		{name: "log after the seal cut",
			edit: both(after(same), rewrite("seal/"+SealAfter,
				func(b []byte) []byte { return b[:bytes.LastIndexByte(b[:len(b)-1], '\n')+1] })),
			codes: []string{"N-AFTER-TAIL"}, exit: 0, paper: 0},
		{name: "log after the seal edited", edit: both(after(same), edit("seal/"+SealAfter, "handover", "handoven")),
			codes: []string{"E-CUSTODY-PREV"}, exit: 5},
		{name: "log after the seal of another root", edit: after(func(r Root) Root { r.SHA256 = zeros; return r }),
			codes: []string{"E-CUSTODY-ROOT"}, exit: 5},
		{name: "log after the seal of another log", edit: after(func(r Root) Root { r.CustodyHead = zeros; return r }),
			codes: []string{"E-CUSTODY-PREV"}, exit: 5},
		{name: "log after the seal cut at its start",
			edit: both(after(same), rewrite("seal/"+SealAfter,
				func(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] })),
			codes: []string{"E-CUSTODY-PREV", "E-CUSTODY-ROOT"}, exit: 5},
	} {
		t.Run(a.name, func(t *testing.T) { a.run(t) })
	}
}

// The root from paper with one group wrong is no match, and the group is named.
func TestRootOneGroupOff(t *testing.T) {
	dir, root := newBundle(t)
	for group := range 16 {
		typed := []byte(root.SHA256)
		if typed[group*4] == '0' {
			typed[group*4] = '1'
		} else {
			typed[group*4] = '0'
		}
		res := verify(t, dir, Options{Expect: string(typed)})
		if res.ExitCode() != 5 || fmt.Sprint(res.Differs) != fmt.Sprint([]int{group + 1}) ||
			!hasCode(res, "E-ROOT-TYPO") {
			t.Errorf("group %d: exit %d, differs %v\n%s", group+1, res.ExitCode(), res.Differs, problems(res))
		}
	}
	if res := verify(t, dir, Options{Expect: zeros}); !hasCode(res, "E-ROOT-DIFFERS") || res.ExitCode() != 5 {
		t.Errorf("another root: exit %d\n%s", res.ExitCode(), problems(res))
	}
}

// A bundle is what its files are, however it is reached and whoever copied it.
func TestHarmless(t *testing.T) {
	dir, root := newBundle(t)
	linked := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, linked); err != nil {
		t.Skip(err)
	}
	copied := filepath.Join(t.TempDir(), "other name")
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"symlink to it": linked, "slash behind": dir + "/", "copy": copied,
		"dots": filepath.Join(dir, "data") + "/.."} {
		if res := verify(t, path, Options{Expect: root.SHA256}); res.ExitCode() != 0 || res.Verdict != Anchored ||
			len(res.Problems) > 0 {
			t.Errorf("%s: exit %d\n%s", name, res.ExitCode(), problems(res))
		}
	}
}
