package letter

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A lack is an input with one fact taken away.
type lack struct {
	of    string // what was taken
	value string // what stood there, if it is text
	in    Input
	at    Counted
}

// lacks are all inputs that lack one thing: a value of the case, a finding, an act
// or something of it, a provision, an exhibit, the seal, a paper that goes along.
func lacks(in Input, at Counted) []lack {
	var out []lack
	add := func(of, value string, edit func(*Input, *Counted)) {
		less, counted := in, at
		less.Findings = slices.Clone(in.Findings)
		for n := range less.Findings {
			f := &less.Findings[n]
			f.Incidents, f.Citations = slices.Clone(f.Incidents), slices.Clone(f.Citations)
		}
		less.Case.Filings, less.Case.Numbers = slices.Clone(in.Case.Filings), slices.Clone(in.Case.Numbers)
		edit(&less, &counted)
		out = append(out, lack{of, value, less, counted})
	}
	var walk func(of string, v reflect.Value, at func(*Input) reflect.Value)
	walk = func(of string, v reflect.Value, at func(*Input) reflect.Value) {
		switch {
		case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[evidence.Time]() && of != "Created":
			for n := range v.NumField() {
				if f := v.Type().Field(n); f.IsExported() {
					walk(of+"."+f.Name, v.Field(n), func(in *Input) reflect.Value { return at(in).Field(n) })
				}
			}
		case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
			for n := range v.Len() {
				walk(fmt.Sprintf("%s[%d]", of, n), v.Index(n), func(in *Input) reflect.Value { return at(in).Index(n) })
			}
		case !v.IsZero():
			value := ""
			if v.Kind() == reflect.String {
				value = v.String()
			}
			add(of, value, func(in *Input, _ *Counted) { at(in).SetZero() })
		}
	}
	walk("Case", reflect.ValueOf(in.Case), func(in *Input) reflect.Value { return reflect.ValueOf(&in.Case).Elem() })
	for n, f := range in.Findings {
		of := fmt.Sprintf("%s[%d]", f.Rule, n)
		add(of, "", func(in *Input, _ *Counted) { in.Findings = slices.Delete(in.Findings, n, n+1) })
		for m := range f.Citations {
			add(fmt.Sprintf("%s citation %d", of, m), "", func(in *Input, _ *Counted) {
				in.Findings[n].Citations = slices.Delete(in.Findings[n].Citations, m, m+1)
			})
		}
		for m, i := range f.Incidents {
			walk(fmt.Sprintf("%s %s", of, i.ID), reflect.ValueOf(i), func(in *Input) reflect.Value {
				return reflect.ValueOf(&in.Findings[n].Incidents[m]).Elem()
			})
		}
		for _, field := range []string{"Counts", "Method", "Parts", "Exhibits", "Cost"} {
			add(of+" "+field, "", func(in *Input, _ *Counted) {
				reflect.ValueOf(&in.Findings[n]).Elem().FieldByName(field).SetZero()
			})
		}
	}
	for n, x := range in.Exhibits {
		add(x.Number, "", func(in *Input, _ *Counted) {
			in.Exhibits = slices.Delete(slices.Clone(in.Exhibits), n, n+1)
		})
	}
	add("seal", "", func(in *Input, _ *Counted) { in.Seal = Seal{} })
	add("files of the seal", "", func(in *Input, _ *Counted) { in.Seal.Files = 0 })
	add("book", "", func(_ *Input, at *Counted) { at.Book, at.Pages = 0, nil })
	add("list", "", func(_ *Input, at *Counted) { at.List = 0 })
	add("all findings", "", func(in *Input, _ *Counted) { in.Findings = nil })
	return out
}

// frame are the sentences of a letter that rest on nothing but its being one:
// its frame, what is asked of its recipient whatever happened, how it is signed.
var frame = regexp.MustCompile(`^(投诉书|举报书|投诉书（请转办）|[一二三四]、.*|（[一二三四]）(材料显示的事实|依据)` +
	`|（被反映机构的名称、证照和联系方式由..人提供，请以登记信息为准|）|以下各项是对被投诉人的请求|身份证号：(核实身份时另行出示|＿+（请手写）)` +
	`|\d+\.(以上各项请书面答复|核实下列线索，依.{1,40}处理|属于监管部门或其他机关职责的，转送有权处理的机关|告知处理情况或查询方式` +
	`|对下列行为调查核实|查证属实的，依法责令改正并作出处理|书面告知是否受理、是否查实)` +
	`|声明：(本举报为实名举报|以上内容属实，.*如有不实，本人愿承担相应责任)|以上内容属实，.*如有不实，本人愿承担相应责任` +
	`|此致|..人（签名、捺印）：|年　　月　　日)$`)

// sentences are those of a text, and its rows of tables.
func sentences(text string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '。' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Every sentence of every letter goes, or is another, where some fact is taken
// away; those that stay whatever is taken are of the frame alone. And what is
// taken is not said any more.
func TestNoSentenceWithoutItsFact(t *testing.T) {
	for m, p := range people {
		for n, r := range roles {
			if m > 0 && n != m%len(roles) && n != (m+2)%len(roles) {
				continue // each person in two roles, the borrower in all
			}
			l := lenders[(n+m)%len(lenders)] // against another kind of lender each time
			if l.lender == "" || l.name == "card" && r == evidence.ToPlatform {
				l = lenders[0]
			}
			in := p.make(l.licence, l.lender)
			if l.edit != nil {
				l.edit(&in.Case)
			}
			in.Case.Statement = "夜里不敢开机"
			in = to(t, in, r)
			at := counted()
			left := map[string]bool{}
			whole := document.Text(Compose(in, at))
			for _, s := range sentences(whole) {
				left[s] = true
			}
			for _, x := range lacks(in, at) {
				text := document.Text(Compose(x.in, x.at))
				have := sentences(text)
				for s := range left {
					if !slices.Contains(have, s) {
						delete(left, s)
					}
				}
				if v := x.value; len([]rune(v)) > 3 && strings.Contains(text, v) && !elsewhere(x, v) {
					t.Errorf("%s to %s: without %s the letter still says %q", p.name, r, x.of, v)
				}
			}
			for s := range left {
				if !frame.MatchString(s) && s != in.Recipient.Name {
					t.Errorf("%s to %s: nothing takes away %q", p.name, r, s)
				}
			}
		}
	}
}

// elsewhere reports whether another value of an input says the same.
func elsewhere(x lack, v string) bool {
	return strings.Contains(fmt.Sprintf("%+v %+v %+v", x.in.Case, x.in.Findings, x.in.Recipient), v)
}
