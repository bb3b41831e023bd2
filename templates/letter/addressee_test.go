package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// addresseesOf are the bodies a paper ends with.
func addresseesOf(blocks []document.Block) []string {
	var out []string
	for _, b := range blocks {
		switch x := b.(type) {
		case document.Addressee:
			out = append(out, x.Name)
		case document.Keep:
			out = append(out, addresseesOf(x.Blocks)...)
		}
	}
	return out
}

// No paper ends with a hotline or with an umbrella name: it names the body, or leaves a
// line to write on, and says to the person what to write there. A body that the user's
// own directory names is printed.
func TestPapersEndWithABody(t *testing.T) {
	for _, role := range evidence.AllRoles() {
		in := borrower(evidence.Bank, "示例银行股份有限公司")
		switch role {
		case evidence.ToPlatform, evidence.ToLender, evidence.ToAssociation, evidence.ToRegulator, evidence.ToForward:
			in = to(t, in, role)
		default:
			in = further(t, in, role)
		}
		names := addresseesOf(Compose(in, counted()).Blocks)
		if len(names) != 1 || names[0] == "" {
			t.Errorf("to %s: ends with %q", role, names)
			continue
		}
		for _, not := range []string{"热线", "电话", "当地", "公安机关"} {
			if strings.Contains(names[0], not) {
				t.Errorf("to %s: ends with %q", role, names[0])
			}
		}
		byHand := strings.Contains(names[0], "＿")
		note := document.Text(CoverNote(in, nil))
		if byHand && role != evidence.ToPolice && !strings.Contains(note, "横线上") {
			t.Errorf("to %s: what to write on the line is not said\n%s", role, note)
		}
		if !byHand {
			continue
		}
		in.Recipient.Name, in.Recipient.Origin = "示例市某局", "directory.d/own.json"
		if names := addresseesOf(Compose(in, counted()).Blocks); names[0] != in.Recipient.Name {
			t.Errorf("to %s: the user names it, and it ends with %q", role, names[0])
		}
		if strings.Contains(document.Text(CoverNote(in, nil)), "横线上写") {
			t.Errorf("to %s: there is no line to write on", role)
		}
	}
}
