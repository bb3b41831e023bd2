package web

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// othersBrands are the brands that sign messages beside the case's own; none
// while nobody said which one that is.
func othersBrands(split desk.Split) (out []brandView) {
	for _, b := range split.All {
		if len(split.Own) > 0 && !slices.Contains(split.Own, b.Name) {
			out = append(out, brandView{b.Name, b.Messages, b.Calls})
		}
	}
	return out
}

// A nobodyView is a number or account that collects, for whom it does not say.
type nobodyView struct {
	Who, Facts, Sample string
	Likely             string // the brand its words or name speak for; empty: none, or several
	Ours               bool   // that is the case's own
}

// nobodysOf are those of a case, each with what helps to tell whose it is.
func nobodysOf(x desk.Dossier, split desk.Split, lang string) (out []nobodyView) {
	callers, rows := desk.CallersOf(x).Numbers, rowsBy(x.Incidents)
	for _, who := range split.Unknown {
		v := nobodyView{Who: who, Likely: split.Likely(who, x.Incidents)}
		v.Ours = slices.Contains(split.Own, v.Likely)
		if n := slices.IndexFunc(callers, func(c desk.Caller) bool { return cmp.Or(c.Number, c.Account) == who }); n >= 0 {
			v.Facts = callerFacts(callers[n], lang)
		}
		for _, i := range rows[who] {
			if v.Sample == "" && i.Direction != evidence.Out && i.Kind != evidence.Call {
				v.Sample = beginning(i.Shown)
			}
		}
		out = append(out, v)
	}
	return out
}

// part gives another creditor a case of its own, beside this one.
func (v *visit) part() error {
	brand := v.form("brand")
	o := desk.SplitOptions{Brands: []string{brand}}
	for name, values := range v.r.PostForm {
		number, ok := strings.CutPrefix(name, "of-")
		switch {
		case !ok:
		case values[0] == "this":
			o.Keep = append(o.Keep, number)
		case values[0] == "that":
			o.Numbers = append(o.Numbers, number)
		}
	}
	slices.Sort(o.Keep)
	slices.Sort(o.Numbers)
	beside := filepath.Join(filepath.Dir(v.dir), filepath.Base(v.dir)+"-"+fileName(brand))
	o.To = beside
	for n := 2; ; n++ {
		if _, err := os.Lstat(o.To); os.IsNotExist(err) {
			break
		}
		o.To = fmt.Sprintf("%s-%d", beside, n)
	}
	_, err := desk.PartCase(v.ctx, v.desk, v.dir, o)
	return err
}

// fileName is a name without what the names of files cannot have.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, s)
}

// partedView are the cases that were made of this one and lie beside it still.
func (v *visit) partedView(given []folder.Answer) ([]partedView, error) {
	var out []partedView
	for _, a := range given {
		if a.Kind != "split" || filepath.Dir(a.Value) != filepath.Dir(v.dir) {
			continue // of another place than its own a case cannot tell
		}
		if thing, err := desk.Recognise(a.Value); err != nil || thing.Kind != desk.ThingCase {
			continue
		}
		key, err := v.s.put(a.Value)
		if err != nil {
			return out, err
		}
		out = append(out, partedView{filepath.Base(a.Value), v.s.guard.root + "/c/" + key + "/" + foundPath})
	}
	return out, nil
}
