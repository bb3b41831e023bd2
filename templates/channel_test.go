package templates

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// channelGaps are the places that say nothing of a type of channel, or of one
// that there is not.
func channelGaps(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("recipient.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties struct {
			Channels struct {
				Items struct {
					Properties struct{ Type struct{ Enum []ChannelType } }
				}
			}
		}
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("directory/README.md")
	if err != nil {
		t.Fatal(err)
	}
	enum := schema.Properties.Channels.Items.Properties.Type.Enum
	var out []string
	for _, row := range channelTypes {
		if row.title.ZH == "" || row.title.EN == "" {
			out = append(out, string(row.of)+": no title")
		}
		if row.form == nil {
			out = append(out, string(row.of)+": no form of its value")
		}
		if !slices.Contains(enum, row.of) {
			out = append(out, string(row.of)+": not in recipient.schema.json")
		}
		if !strings.Contains(string(readme), "| `"+string(row.of)+"` | "+row.title.ZH+" |") {
			out = append(out, string(row.of)+": no row in directory/README.md")
		}
	}
	for _, of := range enum {
		if !slices.Contains(ChannelTypes(), of) {
			out = append(out, string(of)+": in recipient.schema.json alone")
		}
	}
	return out
}

func TestChannels(t *testing.T) {
	for _, g := range channelGaps(t) {
		t.Error(g)
	}
	for _, c := range []struct {
		Channel
		title, said string
	}{
		{Channel{Type: Phone, Value: "12378"}, "电话", "电话 12378"},
		{Channel{Type: Web, Value: "https://example.com"}, "网上", "网上 https://example.com"},
		{Channel{Type: Email, Value: "a@example.com"}, "邮箱", "a@example.com"},
		{Channel{Type: WeChat, Value: "某某监管"}, "微信", "某某监管"},
		{Channel{Type: "fax", Value: "0571-1"}, "fax", "fax 0571-1"}, // its own name and no other's
	} {
		if c.Type.Title().ZH != c.title || c.String() != c.said {
			t.Errorf("%s: got %q, %q", c.Type, c.Type.Title().ZH, c)
		}
	}
}

// A type of channel is a row of the table, a word of the schema and a row of
// the README: what a new one lacks is named, and its row alone makes it one
// that records may have.
func TestTrialChannel(t *testing.T) {
	record := Recipient{Slug: "trial", Kind: "advice", Name: "试行机构", Sources: []string{"网页"}, CheckedOn: "2026-11-23",
		Quality:  "unchecked",
		Channels: []Channel{{Type: "telegraph", Value: "1234"}}}
	if f := record.Faults(); len(f) != 1 || f[0].String() != `trial: type "telegraph"` ||
		!strings.Contains(f[0].Wanted.EN, "one of phone, web") {
		t.Errorf("an unknown channel: %q", f)
	}
	old := channelTypes
	t.Cleanup(func() { channelTypes = old })
	row := old[0]
	row.of, row.title, row.form = "telegraph", evidence.Text{}, nil
	channelTypes = append(slices.Clone(old), row)
	want := []string{"telegraph: no title", "telegraph: no form of its value",
		"telegraph: not in recipient.schema.json", "telegraph: no row in directory/README.md"}
	if got := channelGaps(t); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	row.title, row.form = evidence.Text{ZH: "电报", EN: "telegraph"}, lazyregexp.New(`^\d{4}$`)
	channelTypes = append(slices.Clone(old), row)
	if f := record.Faults(); len(f) > 0 {
		t.Errorf("a trial channel: %q", f)
	}
	if got := record.Channels[0].String(); got != "电报 1234" {
		t.Errorf("said as %q", got)
	}
	record.Channels[0].Value = "12345"
	if f := record.Faults(); len(f) != 1 || f[0].String() != `trial: value "12345"` {
		t.Errorf("a value of another form: %q", f)
	}
}
