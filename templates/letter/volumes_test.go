package letter

import (
	"fmt"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// Volumes hold every exhibit once, cite by volume and page, and only the first
// has the index of all, only the last the hash list.
func TestVolumes(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	var all []string
	for _, x := range BookExhibits(in) {
		all = append(all, x.Number)
	}
	parts := [][]string{all[:2], all[2:3], all[3:]}
	books := ComposeVolumes(in, counted(), parts)
	if len(books) != 3 {
		t.Fatalf("%d volumes", len(books))
	}
	var got []string
	for n, b := range books {
		for _, x := range b.Exhibits {
			got = append(got, x.Number)
		}
		text := document.BlocksText(b.Blocks)
		if want := fmt.Sprintf("分册：本册为第%s册，共三册；收%s至%s\n", evidence.Numeral(n+1), label(parts[n][0]),
			label(parts[n][len(parts[n])-1])); !strings.Contains(text, want) {
			t.Errorf("volume %d: no %q in\n%s", n+1, want, text)
		}
		if strings.Contains(text, "时间线\n") != (n == 0) || (len(b.Tail) > 0) != (n == 2) {
			t.Errorf("volume %d has what another should, or lacks its own:\n%s", n+1, text)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(all) {
		t.Errorf("got %v, want %v", got, all)
	}
	first := document.BlocksText(books[0].Blocks)
	for _, want := range []string{"｜1册5页｜", "｜2册7页｜", "｜3册9页｜", "证据3（2册7页）"} {
		if !strings.Contains(first, want) {
			t.Errorf("no %q in\n%s", want, first)
		}
	}
	at := counted()
	at.Volumes = VolumesOf(parts)
	text := document.Text(Compose(in, at))
	for _, want := range []string{"（证据2，第1册第6页）", "（证据3，第2册第7页）", "证据册3册（共11页）"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if one := ComposeVolumes(to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator), counted(),
		[][]string{all}); len(one) != 1 || one[0].Volume != "" ||
		strings.Contains(document.BlocksText(one[0].Blocks), "分册") {
		t.Error("one part makes volumes")
	}
}
