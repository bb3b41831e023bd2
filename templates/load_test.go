package templates

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"juzheng/evidence"
)

func load(t *testing.T) *Directory {
	t.Helper()
	d, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The provincial codes of GB/T 2260, and the five cities with an office of
// the national regulator of their own.
var provinces = strings.Fields("110000 120000 130000 140000 150000 210000 220000 230000 310000 320000 330000 340000 " +
	"350000 360000 370000 " +
	"410000 420000 430000 440000 450000 460000 500000 510000 520000 530000 540000 610000 620000 630000 640000 650000")

var cities = strings.Fields("210200 330200 350200 370200 440300")

// Every record is held to the same rules; a record that rots is a wrong
// address on somebody's envelope.
func TestRecords(t *testing.T) {
	d := load(t)
	brands, places, names := map[string]string{}, map[string]string{}, map[string]string{}
	for _, r := range d.All() {
		for _, f := range r.Faults() {
			t.Error(f)
		}
		if _, err := os.Stat("directory/" + r.Slug + ".json"); err != nil {
			t.Errorf("%s: the file is named otherwise", r.Slug)
		}
		// A build machine's clock may be behind the day a record was checked.
		if day, _ := time.Parse(time.DateOnly, r.CheckedOn); day.Year() > time.Now().Year()+1 {
			t.Errorf("%s: checked on %s, which is to come", r.Slug, r.CheckedOn)
		}
		if r.Region != "" && !slices.Contains(provinces, r.Region) && !slices.Contains(cities, r.Region) {
			t.Errorf("%s: no region %s", r.Slug, r.Region)
		}
		for _, b := range append(slices.Clone(r.Brands), r.AppNames...) {
			if brands[b] != "" {
				t.Errorf("brand %s stands in %s and %s", b, brands[b], r.Slug)
			}
			brands[b] = r.Slug
		}
		for _, n := range append([]string{r.Name}, r.FormerNames...) {
			if names[n] != "" {
				t.Errorf("the name %s stands in %s and %s", n, names[n], r.Slug)
			}
			names[n] = r.Slug
		}
		if key := r.Code + r.Region; r.Region != "" {
			if places[key] != "" {
				t.Errorf("%s and %s are the same body", places[key], r.Slug)
			}
			places[key] = r.Slug
		}
		if _, ok := d.Lookup(r.Slug); !ok {
			t.Errorf("%s: replaced by %s, which is not there", r.Slug, r.ReplacedBy)
		}
		for _, s := range r.Regulators {
			if _, ok := d.Lookup(s); !ok {
				t.Errorf("%s: regulator %s is not there", r.Slug, s)
			}
		}
	}
}

// One mutation a row: each is noticed.
func TestFaults(t *testing.T) {
	good := Recipient{Slug: "nifa", Kind: "association", Name: "中国互联网金融协会", Sources: []string{"网页"},
		CheckedOn: "2026-11-23", Quality: "imported",
		Channels: []Channel{{Type: "phone", Value: "12378"}, {Type: "web", Value: "https://example.com"}},
		Terms:    []Term{{Event: "答复", From: FromFiled, Days: 15, Basis: "须知"}}}
	if f := good.Faults(); len(f) > 0 {
		t.Fatalf("a good record: %v", f)
	}
	for name, edit := range map[string]func(*Recipient){
		"slug":          func(r *Recipient) { r.Slug = "NIFA" },
		"kind":          func(r *Recipient) { r.Kind = "club" },
		"blank in name": func(r *Recipient) { r.Name += " " },
		"source":        func(r *Recipient) { r.Sources = nil },
		"quality":       func(r *Recipient) { r.Quality = "good" },
		"date":          func(r *Recipient) { r.CheckedOn = "2026-02-30" },
		"valid from":    func(r *Recipient) { r.ValidFrom = "2026" },
		"phone":         func(r *Recipient) { r.Channels[0].Value = "12378转1" },
		"web":           func(r *Recipient) { r.Channels[1].Value = "http://example.com" },
		"channel":       func(r *Recipient) { r.Channels[0].Type = "fax" },
		"channel value": func(r *Recipient) { r.Channels[0].Value = "" },
		"licence":       func(r *Recipient) { r.Licence = "pawnshop" },
		"limit":         func(r *Recipient) { r.Channels[0].MaxFiles = -1 },
		"term":          func(r *Recipient) { r.Terms[0].Days = 0 },
		"term from":     func(r *Recipient) { r.Terms[0].From = "" },
		"hours":         func(r *Recipient) { r.Notes = "周一至周五9:00接听" },
		"office":        func(r *Recipient) { r.Kind = "regulator-local" },
		"brand licence": func(r *Recipient) { r.Kind, r.Licence = "platform", "bank" },
	} {
		r := good
		r.Channels, r.Terms = slices.Clone(good.Channels), slices.Clone(good.Terms)
		edit(&r)
		if f := r.Faults(); len(f) != 1 || f[0].Wanted.ZH == "" || f[0].Wanted.EN == "" {
			t.Errorf("%s: faults %v", name, f)
		}
	}
}

// All 36 offices of provincial level of the national regulator are there, and
// a bureau for each of the 31 provinces and those five cities.
func TestOffices(t *testing.T) {
	d := load(t)
	for _, region := range append(slices.Clone(provinces), cities...) {
		if r, ok := d.Competent("NFRA-L", region); !ok || r.Region != region {
			t.Errorf("no office in %s", region)
		}
	}
	for _, region := range append(slices.Clone(provinces), cities...) {
		if r, ok := d.Competent("LFB", region); !ok || r.Region != region {
			t.Errorf("no bureau in %s", region)
		}
	}
	for _, c := range []struct {
		licence      evidence.Licence
		region, want string
	}{
		{"bank", "330000", "国家金融监督管理总局浙江监管局"},
		{"consumer-finance", "330106", "国家金融监督管理总局浙江监管局"},
		{"bank", "330203", "国家金融监督管理总局宁波监管局"},
		{"trust", "440305", "国家金融监督管理总局深圳监管局"},
		{"small-loan", "500000", "重庆市地方金融管理局"},
		{"guarantee", "440305", "深圳市地方金融管理局"},
		{"small-loan", "330203", "宁波市地方金融管理局"}, {"guarantee", "370202", "青岛市地方金融管理局"},
		{"small-loan", "210204", "大连市地方金融管理局"}, {"none", "350203", "厦门市地方金融管理局"},
		{"small-loan", "330103", "浙江省地方金融管理局"},
		{"none", "460000", "海南省地方金融管理局"},
		{"", "330000", ""}, // a licence nobody gave
		{"bank", "", ""},
		{"bank", "990000", ""},
	} {
		if r, ok := d.Supervisor(c.licence, c.region); r.Name != c.want || ok != (c.want != "") {
			t.Errorf("%s in %s: got %q, want %q", c.licence, c.region, r.Name, c.want)
		}
	}
	if _, ok := d.Competent("LFB", ""); ok {
		t.Error("a bureau was chosen for a region nobody gave")
	}
	if r, ok := d.Competent("NIFA", "330000"); !ok || r.Slug != "nifa" {
		t.Errorf("the association: %v", r)
	}
}

// Old names lead to today's; a brand leads to a record that assumes nothing.
func TestSearch(t *testing.T) {
	d := load(t)
	for word, want := range map[string]string{
		"浙江银保监局": "nfra-zhejiang", "重庆市地方金融监督管理局": "lfb-chongqing", "极融": "jirong", " NIFA ": "nifa",
		"征信中心": "credit-pbccrc",
	} {
		if found := d.Search(word); len(found) != 1 || found[0].Slug != want {
			t.Errorf("%s leads to %v", word, found)
		}
	}
	// The old name by itself leads to each of today's offices, and to the
	// regulator; no record is named so any more.
	if found := d.Search("银保监局"); len(found) != len(provinces)+len(cities) {
		t.Errorf("银保监局 leads to %d records", len(found))
	}
	for _, r := range d.All() {
		if strings.Contains(r.Name, "银保监") || strings.Contains(r.Name, "地方金融监督管理局") {
			t.Errorf("%s bears an old name: %s", r.Slug, r.Name)
		}
	}
	if r, _ := d.Lookup("line-96110"); r.Code != "" || !strings.Contains(r.Notes, "不是催收投诉电话") {
		t.Errorf("96110 is offered: %+v", r)
	}
	if r, ok := d.Competent("PBC", ""); !ok || r.Slug != "pbc-branch" {
		t.Errorf("credit complaints go to %v", r)
	}
	if r, _ := d.Lookup("jirong"); r.Licence != "" || len(r.Regulators) > 0 || len(r.Channels) > 0 || r.Name != "极融" {
		t.Errorf("the brand record assumes something: %+v", r)
	}
	for _, slug := range strings.Fields("line-12378 line-12345 line-12315 line-12377 line-12321 line-12363 " +
		"line-12348 police-110 line-96110 pbc-branch justice-bureau credit-pbccrc credit-baihang credit-pudao nfra") {
		if _, ok := d.Lookup(slug); !ok {
			t.Errorf("no record %s", slug)
		}
	}
}

func TestReplaced(t *testing.T) {
	d, err := read(fstest.MapFS{
		"directory/a.json": {Data: []byte(`{"slug":"a","replaced_by":"b"}`)},
		"directory/b.json": {Data: []byte(`{"slug":"b","name":"今名"}`)},
		"directory/c.json": {Data: []byte(`{"slug":"c","replaced_by":"c"}`)}, // leads to itself
	})
	if err != nil {
		t.Fatal(err)
	}
	if r, ok := d.Lookup("a"); !ok || r.Name != "今名" {
		t.Errorf("a leads to %v", r)
	}
	if _, ok := d.Lookup("c"); ok {
		t.Error("a circle has an end")
	}
	if _, err := read(fstest.MapFS{"directory/x.json": {Data: []byte(`{"slug":"x","hours":"9-17"}`)}}); err == nil {
		t.Error("an unknown field was taken")
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func TestStale(t *testing.T) {
	d := load(t)
	checked := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	if n := len(d.Stale(180*24*time.Hour, checked.AddDate(0, 0, 180))); n != 0 {
		t.Errorf("%d records are stale after 180 days", n)
	}
	for _, r := range d.All() {
		day, _ := time.Parse(time.DateOnly, r.CheckedOn)
		checked = later(checked, day)
	}
	if n := len(d.Stale(180*24*time.Hour, checked.AddDate(0, 0, 181))); n != len(d.All()) {
		t.Errorf("%d of %d records are stale after 181 days", n, len(d.All()))
	}
}

// The day of filing does not count; working days follow the State Council's
// schedule where the year has one, and say so where it has none.
func TestTermEnd(t *testing.T) {
	for _, c := range []struct {
		name, from string
		term       Term
		want       string
		rest       bool
		years      string
	}{
		{"calendar", "2026-11-27", Term{Days: 3}, "2026-11-30", false, ""},
		{"ends on a Sunday and stays there", "2026-11-27", Term{Days: 2}, "2026-11-29", true, ""},
		{"ends on a holiday", "2026-09-16", Term{Days: 15}, "2026-10-01", true, ""},
		{"ends on a Saturday that is worked", "2026-09-25", Term{Days: 15}, "2026-10-10", false, ""},
		{"ends on a Sunday that is worked", "2026-09-05", Term{Days: 15}, "2026-09-20", false, ""},
		// each term of the lenders and of who reported to a credit bureau
		{"complex, over New Year", "2026-12-10", ComplexTerm, "2027-01-09", true, "2027"},
		{"complex, over the autumn holidays", "2026-09-10", ComplexTerm, "2026-10-10", false, ""},
		{"longest, over New Year", "2026-12-10", LongestTerm, "2027-02-08", false, "2027"},
		{"longest, over the autumn holidays", "2026-08-20", LongestTerm, "2026-10-19", false, ""},
		{"objection to the credit bureau, over New Year", "2026-12-20", ObjectionTerm, "2027-01-09", true, "2027"},
		{"objection, into the autumn holidays", "2026-09-15", ObjectionTerm, "2026-10-05", true, ""},
		{"one working day", "2026-11-27", Term{Days: 1, Working: true}, "2026-11-30", false, ""},
		{"over the National Day", "2026-09-30", Term{Days: 1, Working: true}, "2026-10-08", false, ""},
		{"the exchanged Saturday counts", "2026-09-30", Term{Days: 3, Working: true}, "2026-10-10", false, ""},
		{"over the Spring Festival", "2026-02-13", Term{Days: 2, Working: true}, "2026-02-24", false, ""},
		{"Saturday worked before it", "2026-02-13", Term{Days: 1, Working: true}, "2026-02-14", false, ""},
		{"over New Year's Eve of the moon 2025", "2025-01-27", Term{Days: 1, Working: true}, "2025-02-05", false, ""},
		{"from one table into the next", "2025-12-31", Term{Days: 1, Working: true}, "2026-01-04", false, ""},
		{"into a year without a table", "2026-12-25", Term{Days: 15, Working: true}, "2027-01-15", false, "2027"},
		{"a year without a table", "2024-09-30", Term{Days: 15, Working: true}, "2024-10-21", false, "2024"},
	} {
		from, _ := time.Parse(time.DateOnly, c.from)
		got := c.term.End(from.Add(10 * time.Hour))
		if got.Day.Format(time.DateOnly) != c.want || got.Rest != c.rest ||
			strings.Trim(fmt.Sprint(got.Years), "[]") != c.years {
			t.Errorf("%s: got %s, rest %t, years %v", c.name, got.Day.Format(time.DateOnly), got.Rest, got.Years)
		}
	}
}

// Every schedule holds real days of its own year, and only weekend days are
// worked in exchange.
func TestHolidays(t *testing.T) {
	all, err := Holidays()
	if err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	for _, y := range all {
		if y.Notice == "" || y.Checked == "" || y.Source == "" || y.CheckedOn == "" {
			t.Errorf("%d: not said how it is known", y.Year)
		}
		day := func(s string) time.Time {
			d, err := time.Parse(time.DateOnly, s)
			if err != nil || d.Year() != y.Year {
				t.Errorf("%d: %q", y.Year, s)
			}
			return d
		}
		off := map[string]bool{}
		for _, span := range y.Rest {
			if day(span[1]).Before(day(span[0])) {
				t.Errorf("%d: %v runs backwards", y.Year, span)
			}
			for d := day(span[0]); !d.After(day(span[1])); d = d.AddDate(0, 0, 1) {
				off[d.Format(time.DateOnly)] = true
			}
		}
		// Since 2025: 13 holidays by law; each weekday off beyond them is worked
		// on a weekend.
		weekdays := 0
		for s := range off {
			if !weekend(day(s)) {
				weekdays++
			}
		}
		if weekdays-len(y.Work) > 13 || weekdays-len(y.Work) < 10 {
			t.Errorf("%d: %d weekdays off, %d weekend days worked", y.Year, weekdays, len(y.Work))
		}
		for _, s := range y.Work {
			if !weekend(day(s)) || off[s] {
				t.Errorf("%d: %s is no weekend day to be worked", y.Year, s)
			}
		}
	}
}

// The schema and the code say the same: fields, and the words allowed.
func TestSchema(t *testing.T) {
	data, err := os.ReadFile("recipient.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type node struct {
		Enum       []string
		Required   []string
		Properties map[string]node
		Items      *node
	}
	var schema node
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	same := func(what string, typ reflect.Type, n node) {
		var fields []string
		for i := range typ.NumField() {
			name, opt, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if name == "-" { // no field of a record
				continue
			}
			fields = append(fields, name)
			if _, ok := n.Properties[name]; !ok {
				t.Errorf("%s: the schema lacks %s", what, name)
			}
			if slices.Contains(n.Required, name) == (opt == "omitempty") {
				t.Errorf("%s: schema and code differ on whether %s must be there", what, name)
			}
		}
		for name := range n.Properties {
			if !slices.Contains(fields, name) {
				t.Errorf("%s: the code lacks %s", what, name)
			}
		}
	}
	channel, term := *schema.Properties["channels"].Items, *schema.Properties["terms"].Items
	same("recipient", reflect.TypeFor[Recipient](), schema)
	same("channel", reflect.TypeFor[Channel](), channel)
	same("term", reflect.TypeFor[Term](), term)
	for _, c := range []struct{ got, want []string }{
		{schema.Properties["kind"].Enum, Kinds}, {schema.Properties["quality"].Enum, Qualities},
		{term.Properties["from"].Enum, []string{FromFiled, FromAccepted, FromDecided}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("schema %v, code %v", c.got, c.want)
		}
	}
}

// A brand says nothing of who runs it, lends or supervises, and no brand
// stands twice.
func TestBrandsAssumeNothing(t *testing.T) {
	d, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, r := range d.All() {
		for _, b := range r.Brands {
			if of, twice := seen[b]; twice {
				t.Errorf("%s is of %s and %s", b, of, r.Slug)
			}
			seen[b] = r.Slug
		}
		if r.Kind != "platform" {
			continue
		}
		if len(r.Channels)+len(r.Regulators)+len(r.Terms) > 0 || r.Licence != "" || r.Region != "" ||
			strings.Contains(r.Name, "公司") || r.Quality != "unchecked" {
			t.Errorf("%s assumes something: %+v", r.Slug, r)
		}
		if !strings.Contains(r.Notes, "照您的合同填写") {
			t.Errorf("%s does not say where the operator is found", r.Slug)
		}
	}
	if len(seen) < 15 {
		t.Errorf("only %d brands", len(seen))
	}
}
