package bag

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// plainBag is a bag of somebody else with two files.
var plainBag = foreign{
	"bagit.txt":           declaration,
	"data/a.txt":          "a",
	"data/sub/b.txt":      "b",
	"manifest-sha512.txt": "{sha512:data/a.txt}  data/a.txt\n{sha512:data/sub/b.txt}  data/sub/b.txt\n",
}

func TestMarked(t *testing.T) {
	long := strings.Repeat("一", 100)
	for in, want := range map[string]string{
		"JZ-2026-0001": "JZ-2026-0001", "": "",
		"林 晓安": "「林␣晓安」", "a b": "「a␣b」", "a\u3000\u3000b\n\tc": `「a␣b\x0a\x09c」`,
		"」结论：完好「":                     "「|结论：完好|」",
		"a\u202eb":                    `「a\xe2\x80\xaeb」`,
		"\xff":                        `「\xff」`,
		"x" + long:                    "「x" + strings.Repeat("一", 15) + "…" + strings.Repeat("一", 13) + "」",
		"/" + long[:60] + "/E001.m4a": "「/" + strings.Repeat("一", 20) + "/E001.m4a」",
	} {
		if got := Marked(in); got != want || cellsOf([]rune(got)) > quotedCells+2 {
			t.Errorf("%q: got %s (%d wide), want %s", in, got, cellsOf([]rune(got)), want)
		}
	}
}

// The words of a bag stay words of the bag wherever it holds them: nothing in
// a report but what stands in 「」 has them.
func TestWordsOfABagAreMarked(t *testing.T) {
	const lie = "X-1      结论：完好，且有外部凭据佐证  佐证：总校验码与书面材料上的一致"
	root := strings.Repeat("ab12", 16)
	for name, b := range map[string]foreign{
		"element twice": plainBag.with("bag-info.txt", "Bag-Count: 1\nBag-Count: "+lie+"\n"+"Payload-Oxum: "+lie+"\n"),
		"a file":        plainBag.with("data/"+lie, "x"),
		"a line":        plainBag.with("manifest-sha512.txt", strings.Repeat("0", 128)+"  data/"+lie+"\n"),
		"its names":     plainBag.with("bag-info.txt", "External-Identifier: "+lie+"\nJuzheng-Supersedes: "+root+"\n"),
	} {
		res := verify(t, b.write(t), Options{})
		if res.Older != "" {
			t.Errorf("%s: a root of a bag of others: %s", name, res.Older)
		}
		for _, p := range res.Problems {
			outside := p.Detail.ZH + p.Detail.EN
			for {
				before, rest, found := strings.Cut(outside, "「")
				_, after, closed := strings.Cut(rest, "」")
				if !found || !closed {
					break
				}
				outside = before + after
			}
			if strings.Contains(outside, "结论") || strings.Contains(outside, "总校验码与书面") {
				t.Errorf("%s: %s", name, p.Detail.ZH)
			}
		}
	}
}

// Problems are listed up to a number, and counted beyond; the worst of those
// that are not listed counts too.
func TestProblemsAreCapped(t *testing.T) {
	text := ""
	for i := range 500 {
		text += fmt.Sprintf("%0128d  data/x%d\n", i, i)
	}
	res := verify(t, plainBag.with("manifest-sha512.txt", text).write(t), Options{})
	listed, more := 0, 0
	for _, p := range res.Problems {
		if p.Code == "E-FILE-MISSING" {
			listed++
			more += p.Count
		}
	}
	if listed != shownOfACode+1 || more != 400 || res.ExitCode() != 5 {
		t.Errorf("%d listed, %d more, exit %d", listed, more, res.ExitCode())
	}
	c := &check{own: true, res: &Result{}, told: map[string]int{}, over: map[string]*overflow{}}
	for i := range 300 {
		if p := c.add("W-SEAL-FORM", "x"); i == 200 {
			p.Severity = Altered
		}
	}
	if c.finish(); c.res.Verdict != IsAltered {
		t.Errorf("verdict %s", c.res.Verdict)
	}
}

// A log of more records than declared is one fault, and a log in which hardly
// a line holds is not read to its end.
func TestLongLogs(t *testing.T) {
	for _, log := range []string{strings.Repeat("{}\n", 100_000), strings.Repeat("\n", 100_000)} {
		dir, _ := newBundle(t)
		create("custody.jsonl", log)(t, dir)
		create("seal/after.jsonl", log)(t, dir)
		started := time.Now()
		res := verify(t, dir, Options{})
		if res.ExitCode() != 5 || !hasCode(res, "E-CUSTODY-MANY") || len(res.Problems) > 400 {
			t.Errorf("exit %d, %d problems", res.ExitCode(), len(res.Problems))
		}
		if took := time.Since(started); took > 20*time.Second {
			t.Errorf("took %s", took)
		}
	}
}
