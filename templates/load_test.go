package templates

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	phone = regexp.MustCompile(`^(?:\d{3,5}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})$`)
	kinds = strings.Fields("platform lender agency association regulator-central regulator-local market internet telecom police credit-bureau advice")
)

// Every record is held to the same rules; a record that rots is a wrong
// address on somebody's envelope.
func TestRecords(t *testing.T) {
	d, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	brands, places := map[string]string{}, map[string]string{}
	for _, r := range d.All() {
		if _, err := os.Stat("directory/" + r.Slug + ".json"); err != nil {
			t.Errorf("%s: the file is named otherwise", r.Slug)
		}
		if !slices.Contains(kinds, r.Kind) || r.Name == "" || len(r.Sources) == 0 {
			t.Errorf("%s: kind %q, name %q, %d sources", r.Slug, r.Kind, r.Name, len(r.Sources))
		}
		if day, err := time.Parse(time.DateOnly, r.CheckedOn); err != nil || day.After(now.AddDate(0, 0, 1)) && os.Getenv("SOURCE_DATE_EPOCH") == "" && day.Year() > now.Year()+1 {
			t.Errorf("%s: checked on %q", r.Slug, r.CheckedOn)
		}
		if !slices.Contains([]string{"tested", "verified", "imported", "unchecked"}, r.Quality) {
			t.Errorf("%s: quality %q", r.Slug, r.Quality)
		}
		for _, b := range r.Brands {
			if brands[b] != "" {
				t.Errorf("brand %s stands in %s and %s", b, brands[b], r.Slug)
			}
			brands[b] = r.Slug
		}
		if key := r.Code + r.Region; r.Region != "" {
			if places[key] != "" {
				t.Errorf("%s and %s are the same body", places[key], r.Slug)
			}
			places[key] = r.Slug
		}
		for _, c := range r.Channels {
			if c.Type == "phone" && !phone.MatchString(c.Value) {
				t.Errorf("%s: phone %q", r.Slug, c.Value)
			}
			if c.Type == "web" && !strings.HasPrefix(c.Value, "https://") {
				t.Errorf("%s: web %q", r.Slug, c.Value)
			}
		}
		if r.ReplacedBy != "" {
			if _, ok := d.Lookup(r.Slug); !ok {
				t.Errorf("%s: replaced by %s, which is not there", r.Slug, r.ReplacedBy)
			}
		}
		if r.Kind == "platform" && r.Licence != "" {
			t.Errorf("%s: a brand has no licence of its own", r.Slug)
		}
	}
}

// All 36 offices of provincial level of the national regulator are there, and
// the old name leads to today's.
func TestOffices(t *testing.T) {
	d, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range d.All() {
		if r.Code == "NFRA-L" {
			n++
		}
	}
	if n != 36 {
		t.Errorf("%d offices, want 36", n)
	}
	for _, c := range []struct{ code, region, want string }{
		{"NFRA-L", "330000", "国家金融监督管理总局浙江监管局"},
		{"NFRA-L", "330106", "国家金融监督管理总局浙江监管局"},
		{"NFRA-L", "330203", "国家金融监督管理总局宁波监管局"},
		{"NFRA-L", "440305", "国家金融监督管理总局深圳监管局"},
		{"LFB", "500000", "重庆市地方金融管理局"},
		{"LFB", "440305", "深圳市地方金融管理局"},
		{"LFB", "330203", "浙江省地方金融管理局"},
		{"NIFA", "330000", "中国互联网金融协会"},
	} {
		if r, ok := d.Competent(c.code, c.region); !ok || r.Name != c.want {
			t.Errorf("%s in %s: got %q, want %q", c.code, c.region, r.Name, c.want)
		}
	}
	if found := d.Search("浙江银保监局"); len(found) != 1 || found[0].Slug != "nfra-zhejiang" {
		t.Errorf("the old name leads to %v", found)
	}
	if _, ok := d.Competent("LFB", ""); ok {
		t.Error("a bureau was chosen for a region nobody gave")
	}
}
