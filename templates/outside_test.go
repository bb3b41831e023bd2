package templates

import (
	"errors"
	"testing"

	"juzheng/evidence"
)

// A record of the user's own is their word, whatever it says of itself, and
// stands in the place of ours.
func TestOwnRecipient(t *testing.T) {
	const record = `{"slug":"nfra-zhejiang","kind":"regulator-local","code":"NFRA-L","name":"样例监管局","region":"330000",
"channels":[{"type":"phone","value":"12378"}],"terms":[{"event":"答复",
	"from":"filed","days":15,"basis":"样例","quality":"verified"}],
"sources":["样例网站"],"checked_on":"2026-09-30","quality":"tested"}`
	r, err := ReadRecipient("directory.d/nfra-zhejiang.json", []byte(record), "2026-10-01")
	if err != nil || r.Quality != evidence.ByUser || r.Origin == "" || r.Terms[0].Checked() {
		t.Fatalf("%+v, %v", r, err)
	}
	d := load(t)
	with := d.With([]Recipient{r})
	if got, _ := with.Supervisor(evidence.Bank, "330000"); got.Name != "样例监管局" || len(with.All()) != len(d.All()) {
		t.Errorf("got %s of %d", got.Name, len(with.All()))
	}
	if got, _ := d.Supervisor(evidence.Bank, "330000"); got.Name == "样例监管局" {
		t.Error("the program's own directory changed")
	}
	r.Slug, r.Region = "nfra-nowhere", "999999"
	if with := d.With([]Recipient{r}); len(with.All()) != len(d.All())+1 {
		t.Error("a new one is not added")
	}
	for file, data := range map[string]string{"other.json": record, "nfra-zhejiang.json": `{"slug":"nfra-zhejiang"}`,
		"x.json": `{"slug":"x","colour":"red"}`, "y.json": "[1]", "z.json": ""} {
		var bad *evidence.RecordError
		if _, err := ReadRecipient(file, []byte(data), "2026-10-01"); !errors.As(err, &bad) || bad.File != file ||
			bad.Wanted.ZH == "" {
			t.Errorf("%s: %v", file, err)
		}
	}
}
