package evidence

import (
	"fmt"
	"slices"
	"strings"
)

// An Advice is a sentence that says what is missing or what to do, with its words for both
// readers: who works with commands, files and tables, and who works with the page, which has
// none of them. The text itself is the former's; [Advice.OnPage] gives the latter's.
type Advice struct {
	Text
	page   Text
	parted bool // the page has words of its own, if only none
}

// Advise writes an advice. Where the readers need different words both stand in braces, those
// of the page last; nothing after the bar is nothing on the page:
//
//	Advise("把合同加进来{（juzheng add）|}", "add the contract{ (juzheng add)|}")
//
// Both are written out in the code, and a test reads them all: what a case brings goes in
// by [Advice.With], where braces mean nothing.
func Advise(zh, en string) Advice {
	a := Advice{Text: Text{sideOf(zh, false), sideOf(en, false)}, page: Text{sideOf(zh, true), sideOf(en, true)}}
	a.parted = a.page != a.Text
	return a
}

// sideOf is a sentence as one of the two readers has it.
func sideOf(s string, page bool) string {
	var out strings.Builder
	for {
		before, rest, marked := strings.Cut(s, "{")
		out.WriteString(before)
		if !marked {
			return out.String()
		}
		both, after, _ := strings.Cut(rest, "}")
		console, plain, _ := strings.Cut(both, "|")
		if page {
			console = plain
		}
		out.WriteString(console)
		s = after
	}
}

// With puts values into an advice as [fmt.Sprintf] does. A [Text] or an Advice among them
// comes in the language, and in the words, of the reader. Where one of the four sentences
// leaves a value out or moves it, all of them number their verbs: %[2]s.
func (a Advice) With(values ...any) Advice {
	fill := func(form string, of func(any) any) string {
		if !strings.Contains(form, "%") {
			return form
		}
		own := slices.Clone(values)
		for n, v := range own {
			own[n] = of(v)
		}
		return fmt.Sprintf(form, own...)
	}
	said := func(t Text, page bool) Text {
		in := func(lang string) func(any) any {
			return func(v any) any {
				switch v := v.(type) {
				case Text:
					return v.In(lang)
				case Advice:
					if page {
						return v.OnPage().In(lang)
					}
					return v.In(lang)
				}
				return v
			}
		}
		return Text{fill(t.ZH, in("zh")), fill(t.EN, in("en"))}
	}
	out := Advice{Text: said(a.Text, false), page: said(a.OnPage(), true)}
	out.parted = out.page != out.Text
	return out
}

// List is several advices in one, with something between them.
func List(all []Advice, between Advice) Advice {
	join := func(of func(Advice) Text) Text {
		var zh, en []string
		for _, a := range all {
			t := of(a)
			zh, en = append(zh, t.ZH), append(en, t.EN)
		}
		return Text{strings.Join(zh, of(between).ZH), strings.Join(en, of(between).EN)}
	}
	out := Advice{Text: join(func(a Advice) Text { return a.Text }), page: join(Advice.OnPage)}
	out.parted = out.page != out.Text
	return out
}

// OnPage are the words for who works with the page; empty where there is nothing to do on it.
func (a Advice) OnPage() Text {
	if a.parted {
		return a.page
	}
	return a.Text
}

// Through is the advice with all its Chinese changed, as by a mask.
func (a Advice) Through(change func(string) string) Advice {
	a.ZH, a.page.ZH = change(a.ZH), change(a.page.ZH)
	return a
}
