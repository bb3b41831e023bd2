package bag

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/evidence/bag/commit"
)

// The page holds extracts against their wholes as the command does: one that
// lies is altered to both, though every digest agrees.
func TestPageHoldsExtracts(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	old := listedExtracts["E012"]
	t.Cleanup(func() { listedExtracts["E012"] = old })
	for _, row := range []struct {
		name   string
		record commit.Record // of E012
		here   []string
	}{
		{name: "as it is", here: []string{"E001", "E010", "E011"}},
		{name: "another row", here: []string{"E010", "E011", "E012"}},
		{name: "a row too many", record: commit.Record{Of: "E010", Lines: "2"}, here: []string{"E010", "E012"}},
		{name: "a row that is not there", record: commit.Record{Of: "E010", Lines: "2,9"},
			here: []string{"E010", "E012"}},
		{name: "the whole withheld", here: []string{"E011", "E012"}},
		{name: "the extract withheld", here: []string{"E010"}},
		{name: "rows of a sheet", record: commit.Record{Of: "E010", Lines: "1!2"}, here: []string{"E010", "E012"}},
		{name: "of UTF-16", here: []string{"E013", "E014"}},
		{name: "no rows at all", record: commit.Record{Of: "E010", Lines: "x"}, here: []string{"E010", "E012"}},
	} {
		listedExtracts["E012"] = old
		if row.record.Of != "" {
			listedExtracts["E012"] = row.record
		}
		c := newListedCase(t, 0, "E001", "E010", "E011", "E012", "E013", "E014")
		dir, root := c.write(t, row.here...)
		for kind, path := range map[string]string{"folder": dir, "zip": zipOf(t, dir)} {
			sameVerdict(t, br, c, row.name, kind, path, Options{Expect: root.SHA256, PartialOK: true})
		}
	}
}

// sameVerdict checks a copy with the page and with the command, which have to
// say the same of its exhibits, its completeness and each of its extracts.
func sameVerdict(t *testing.T, br *browser, c *listedCase, name, kind, path string, o Options) {
	t.Helper()
	res := verify(t, path, o)
	br.open()
	br.choose(kind, path)
	br.result()
	br.typeRoot(o.Expect)
	r := br.result()
	if r.Verdict != string(res.Verdict) {
		t.Errorf("%s, %s: the page says %s, the command %s\n%v\n%s", name, kind, r.Verdict, res.Verdict, r.Problems,
			problems(res))
	}
	var states map[string]string
	br.run(&states, `var out = {}; [].forEach.call(document.querySelectorAll('.extract'), function (e) {
		out[e.parentNode.getAttribute('data-path')] = e.getAttribute('data-state') + ' ' + e.textContent; });
		return out;`)
	words := map[ExtractState]string{ExtractSame: "same 摘自 %s，第 %s 行：与整份一致",
		ExtractDiffers: "differs 摘自 %s，第 %s 行：✗ 与整份不一致", ExtractByHand: "hand 摘自 %s，第 %s 行：本页没有与整份核对",
		ExtractWithheld: "withheld 摘自 %s，第 %s 行：整份未提供"}
	for _, x := range res.Evidence.Extracts {
		want := fmt.Sprintf(words[x.State], x.Of, c.records[x.Number].Lines)
		opening, err := commit.ParseOpening(c.items[x.Number].Opening)
		if err != nil {
			t.Fatal(err)
		}
		if got := states[opening.Data]; got != want {
			t.Errorf("%s, %s: %s is %q, want %q", name, kind, x.Number, got, want)
		}
	}
	if len(states) != len(res.Evidence.Extracts) {
		t.Errorf("%s, %s: extracts shown %v, want %v", name, kind, states, res.Evidence.Extracts)
	}
	for _, code := range []string{"E-EXTRACT-DIFFERS", "N-EXTRACT-BY-HAND"} {
		if strings.Contains(strings.Join(r.Problems, " "), code) != hasCode(res, code) {
			t.Errorf("%s, %s: %v, the command says\n%s", name, kind, r.Problems, problems(res))
		}
	}
}

// The page compares lines as the command does, however the whole comes.
func TestPageHoldsLines(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	br.open()
	for _, row := range heldLines {
		for _, step := range []int{1, 3, 1 << 20} {
			if step < 3 && len(row.whole) > 1000 {
				continue
			}
			var got []int
			br.run(&got, `function bytes(s) { var raw = atob(s), p = new Uint8Array(raw.length), i;
					for (i = 0; i < raw.length; i++) { p[i] = raw.charCodeAt(i); } return p; }
				var whole = bytes(arguments[0]), h = new juzheng.LineHolder(bytes(arguments[1]),
					juzheng.spansOf(arguments[2])), at;
				for (at = 0; at < whole.length; at += arguments[3]) { h.push(whole.subarray(at, at + arguments[3])); }
				return h.end();`, base64.StdEncoding.EncodeToString([]byte(row.whole)),
				base64.StdEncoding.EncodeToString([]byte(row.extract)), row.lines, step)
			want := strings.Join(row.differ, ",")
			if len(row.differ) == 1 && row.differ[0] == "" {
				want = "0" // surplus content
			}
			if text := strings.Trim(strings.ReplaceAll(fmt.Sprint(got), " ", ","), "[]"); text != want {
				t.Errorf("%.20q of %.20q in pieces of %d: %s, want %s", row.extract, row.whole, step, text, want)
			}
		}
	}
	for _, lines := range []string{"", "0", "x", "3,2", "2-1", "2,2", "1,", "-1"} {
		var none bool
		br.run(&none, `return juzheng.spansOf(arguments[0]) === null`, lines)
		if !none {
			t.Errorf("%q was read", lines)
		}
	}
}

// Entries of a list and messages as cards, which are no lines.
func TestPageHoldsEntries(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	br.open()
	list := `[{"body":"a,]}\" b"}, {"body":"还钱"} ,{"n":[1,{"x":2}]}]`
	cards := "\ufeffBEGIN:VMSG\r\nTEL:1\r\nEND:VMSG\r\nBEGIN:VMSG\r\nTEL:2\r\nEND:VMSG\r\n"
	page := `<div class="page_header"></div><div class="history">` +
		`<div class="message service" id="m0">a<div>b</div></div>` + "\n" +
		`<div class="message default clearfix" id="m1"><div class="text">还钱<br>明天</div></div>` + "\n" +
		`<div class="message default clearfix joined"><div class="text">好`
	for _, row := range []struct{ name, how, whole, extract, rows, want string }{
		{"of a page", "messagesOf", page,
			`<div class="message default clearfix" id="m1"><div class="text">还钱<br>明天</div></div>` + "\n", "2", "same"},
		{"the last, cut", "messagesOf", page, `<div class="message default clearfix joined"><div class="text">好` + "\n", "3",
			"same"},
		{"another word in a page", "messagesOf", page,
			`<div class="message default clearfix" id="m1"><div class="text">还命<br>明天</div></div>` + "\n", "2", "differs 2"},
		{"a list", "entriesOf", list, `{"body":"还钱"}` + "\n" + `{"n":[1,{"x":2}]}` + "\n", "2,3", "same"},
		{"its first", "entriesOf", "\ufeff\n " + list, `{"body":"a,]}\" b"}` + "\n", "1", "same"},
		{"another word", "entriesOf", list, `{"body":"还命"}` + "\n", "2", "differs 2"},
		{"not there", "entriesOf", list, "x\n", "4", "differs 4"},
		{"one too many", "entriesOf", list, `{"body":"还钱"}` + "\n{}\n", "2", "differs 0"},
		{"no line end", "entriesOf", list, `{"body":"还钱"}`, "2", "differs 2"},
		{"behind what makes no sense", "entriesOf", `[{"a":1},{"a":},{"a":3}]`, `{"a":3}` + "\n", "3", "differs 3"},
		{"under a key", "entriesOf", `{"messageCount": 2, "other": [9], "messages": [{"a":1}, {"a":2}]}`,
			`{"a":2}` + "\n", "2", "same"},
		{"of a chat", "entriesOf", `{"chatlab": {"v": "1"}, "meta": {"name": "x"}, "messages": [{"a":1}, {"a":2}]}`,
			`{"a":2}` + "\n", "2", "same"},
		{"of several chats", "entriesOf",
			`{"about": "x", "chats": {"list": [{"name": "a", "messages": [{"a":1}, {"a":2}]},
			{"name": "b", "messages": [{"a":3}]}]}}`, `{"a":2}` + "\n" + `{"a":3}` + "\n", "2,3", "same"},
		{"a chat one behind another", "entriesOf", `{"_type":"header"}` + "\n" + `{"_type":"message","messages":[1]}` +
			"\n",
			`{"_type":"message","messages":[1]}` + "\n", "2", "same"},
		{"one behind another", "entriesOf", "{\"a\":1}\n{\"a\":2}\n", `{"a":2}` + "\n", "2", "same"},
		{"cards", "cardsOf", cards, "BEGIN:VMSG\nTEL:2\nEND:VMSG\n", "4", "same"},
		{"the first card", "cardsOf", cards, "\ufeffBEGIN:VMSG\nTEL:1\nEND:VMSG\n", "1", "same"},
		{"a card changed", "cardsOf", cards, "BEGIN:VMSG\nTEL:3\nEND:VMSG\n", "4", "differs 4"},
	} {
		var got string
		br.run(&got, `function bytes(s) { return new Uint8Array([].map.call(unescape(encodeURIComponent(s)),
				function (c) { return c.charCodeAt(0); })); }
			var out; juzheng.holdEntries(juzheng[arguments[0]](bytes(arguments[1])), bytes(arguments[2]),
				arguments[3].split(','), function (state, rows) { out = state + ' ' + (rows || []).join(); });
			return out.trim();`, row.how, row.whole, row.extract, row.rows)
		if got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}

// Rows of a backup several of which stand on one line: the page compares them as the
// reader of logs does, whose own test has the same rows.
func TestPageHoldsRowsOnOneLine(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	br.open()
	const (
		one = `<sms address="1" date="1788358400000" type="1" body="a &amp; 还钱 > b"/>`
		two = `<sms address='2' date='1788358500000' type='1' body='x date="5"'/>`
		out = `<sms address="1" date="1788358400000" type="3" body="draft"/>`
		mms = `<mms date="1788358600000" msg_box="1"><parts><part ct="text/plain" text="彩"/></parts></mms>`
		tel = `<call number="1" date="1788358400000" duration="9" type="1"/>`
	)
	log := "<?xml version='1.0'?><!-- made by x --><smses count=\"4\">" + out + one + two + mms + "</smses>"
	lines := "<smses>\n" + one + "\n" + two + mms + "\n" + tel + "</smses>\n"
	for _, row := range []struct{ name, whole, extract, rows, want string }{
		{"one", log, one + "\n", "1#2", "same"},
		{"two and a picture message", log, two + "\n" + mms + "\n", "1#3,1#4", "same"},
		{"another word", log, strings.Replace(one, "钱", "命", 1) + "\n", "1#2", "differs 1#2"},
		{"a draft, which is no row", log, out + "\n", "1#1", "differs 1#1"},
		{"not there", log, one + "\n", "1#9", "differs 1#9"},
		{"a row too many", log, one + "\n" + two + "\n", "1#2", "differs 0"},
		{"another order", log, two + "\n" + one + "\n", "1#3,1#2", "differs 1#2"},
		{"a row twice", log, one + "\n" + one + "\n", "1#2,1#2", "differs 1#2"},
		{"no line end", log, one, "1#2", "differs 1#2"},
		{"some on lines", lines, one + "\n" + mms + "\n" + tel + "\n", "2,3#2,4", "same"},
		{"alone on its line", lines, one + "\n", "2#1", "differs 2#1"},
		{"cut", strings.TrimSuffix(log, "</smses>") + "<sms addr", one + "\n", "1#2", "same"},
		{"a row inside a value", strings.Replace(log, "a &amp;", "<sms ", 1), one + "\n", "1#2", "hand"},
		{"no time that is sure", strings.Replace(log, `date='1788358500000'`, `date='&#49;'`, 1), one + "\n", "1#2",
			"hand"},
		{"a comment with a quote", strings.Replace(log, "made by x", "it's", 1), one + "\n", "1#2", "hand"},
		{"UTF-16", wide(log), one + "\n", "1#2", "hand"},
	} {
		var got string
		br.run(&got, `function bytes(s) { var raw = atob(s), p = new Uint8Array(raw.length), i;
				for (i = 0; i < raw.length; i++) { p[i] = raw.charCodeAt(i); } return p; }
			var out, entries = juzheng.rowsOnLines(bytes(arguments[0]));
			if (!entries) { return 'hand'; }
			juzheng.holdPlaced(entries, bytes(arguments[1]), arguments[2].split(','), function (state, rows) {
				out = state + ' ' + (rows || []).join(); });
			return out.trim();`, base64.StdEncoding.EncodeToString([]byte(row.whole)),
			base64.StdEncoding.EncodeToString([]byte(row.extract)), row.rows)
		if got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}

// Tables in sheets: the page reads out of each file what package logs does, whose
// test holds the same digests.
func TestPageReadsSheets(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	br.open()
	const from = "../intake/logs/testdata/"
	sums, err := os.ReadFile(from + "sheets.sums")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(sums)) {
		want, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		data, err := os.ReadFile(from + name)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		br.run(&got, `function bytes(raw) { var p = new Uint8Array(raw.length), i;
				for (i = 0; i < raw.length; i++) { p[i] = raw.charCodeAt(i); } return p; }
			var sheets = juzheng.sheetsOf(bytes(atob(arguments[0]))), d = juzheng.newSHA256();
			if (!sheets) { return 'unread'; }
			sheets.forEach(function (sheet, n) { sheet.forEach(function (row) {
				var line = (n + 1) + '!' + row.n + '\x1f' + row.cells.join('\x1f') + '\n';
				d.update(bytes(unescape(encodeURIComponent(line)))); }); });
			return d.hex();`, base64.StdEncoding.EncodeToString(data))
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		// Cut anywhere, it stops the page nowhere.
		br.run(&got, `var p = atob(arguments[0]), out = '', n;
			for (n = 0; n < p.length; n += Math.ceil(p.length / 23)) {
				var q = new Uint8Array(n), i;
				for (i = 0; i < n; i++) { q[i] = p.charCodeAt(i); }
				juzheng.sheetsOf(q); }
			return 'whole';`, base64.StdEncoding.EncodeToString(data))
		if got != "whole" {
			t.Errorf("%s, cut: %s", name, got)
		}
	}
}

// Rows of sheets, as the command compares them.
func TestPageHoldsCells(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	br.open()
	page := `<html><table><tr><td>a</td><td>b"c, d</td></tr><tr><td>e</td><td></td></tr></table></html>`
	for _, row := range []struct{ name, extract, rows, want string }{
		{"a row", "1!1,2026-09-05 22:47:05,a,\"b\"\"c, d\"\n", "1!1", "same"},
		{"two", "1!1,t,a,\"b\"\"c, d\"\n1!2,t,e\n", "1!1,1!2", "same"},
		{"another word", "1!2,t,f\n", "1!2", "differs 1!2"},
		{"another place", "1!2,t,a,\"b\"\"c, d\"\n", "1!2", "differs 1!2"},
		{"a cell too many", "1!2,t,e,\n", "1!2", "differs 1!2"},
		{"a row too many", "1!2,t,e\n1!1,t,x\n", "1!2", "differs 0"},
		{"a row twice", "1!2,t,e\n1!2,t,e\n", "1!2", "differs 0"},
		{"a row left out", "1!2,t,e\n", "1!1,1!2", "differs 1!1"},
		{"no such sheet", "2!1,t,e\n", "2!1", "differs 2!1"},
		{"no CSV", "1!2,t,e\n1!1,t,a,b\"\n", "1!2", "differs 0"},
	} {
		var got string
		br.run(&got, `function bytes(s) { return new Uint8Array([].map.call(unescape(encodeURIComponent(s)),
				function (c) { return c.charCodeAt(0); })); }
			var out; juzheng.holdCells(juzheng.sheetsOf(bytes(arguments[0])), bytes(arguments[1]), arguments[2].split(','),
				function (state, rows) { out = state + ' ' + (rows || []).join(); });
			return out.trim();`, page, row.extract, row.rows)
		if got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}

// What two readers could read differently is no record to the page either.
func TestPageReadsStrictly(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	br.open()
	for _, text := range []string{`{}`, `{"a":1,"b":{"a":"x: \"a\":"},"c":[{"a":1},{"a":2}]}`, `{"a":1,"a":2}`,
		`{"a":1,"\u0061":2}`, `{"A":1}`, `[1]`, `1`, `{"a":{"a":{"a":{"a":{"a":1}}}}}`, `{"a":[[[1]]]}`, `{"a":1} x`,
		`{"a":"\"b\":"}`, ``} {
		want := strictJSON([]byte(text), 4, 1000) == nil && strings.HasPrefix(text, "{")
		var got bool
		br.run(&got, `return juzheng.strictJSON(arguments[0]) !== null`, text)
		if got != want {
			t.Errorf("%s: read %v, want %v", text, got, want)
		}
	}
}

// What no bundle of ours holds is refused by both, by its number too.
func TestPageHasTheLimits(t *testing.T) {
	if !slow() {
		t.Skip("a folder of some hundred files takes a while in a browser; set JUZHENG_SLOW=1")
	}
	c := newListedCase(t, 0, "E001")
	br := newBrowser(t)
	for _, row := range []struct {
		name string
		n    int
		path func(n int) string
		want Verdict
	}{
		{"files in seal", 301, func(n int) string { return fmt.Sprintf("seal/%04d.sshsig", n+1) }, NotChecked},
	} {
		dir, root := c.write(t, "E001")
		for n := range row.n {
			name := filepath.Join(dir, row.path(n))
			if n == 0 {
				if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			overwrite(t, name, []byte("x"))
		}
		res := verify(t, dir, Options{Expect: root.SHA256})
		br.open()
		br.choose("folder", dir)
		r := br.result()
		if res.Verdict != row.want || r.Verdict != string(row.want) || row.want == NotChecked && r.Code != "E-LIMIT" {
			t.Errorf("%s: the page says %s %s, the command %s, want %s", row.name, r.Verdict, r.Code, res.Verdict,
				row.want)
		}
	}
}
