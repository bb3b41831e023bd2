package main

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/typeset"
)

// However much it has to say, a slip is one page: both sides sign what they
// see.
func TestSlipIsOnePage(t *testing.T) {
	digest := strings.Repeat("0123456789abcdef", 4)
	s := letter.Slip{Receiver: strings.Repeat("某某律师事务所", 6), What: strings.Repeat("证据副本", 10) + ".zip", FileSum: digest,
		Files: 12, Bytes: 1 << 40, Head: digest, Count: 1000}
	for n := range 3000 {
		s.Withheld = append(s.Withheld, fmt.Sprintf("E%03d", n+1))
	}
	in := letter.Input{
		Matter: mask.Matter{Case: evidence.Case{ID: "01a119ab-0200-772f-ac67-2f2cc7f25d20",
			Complainant: evidence.Complainant{Name: "林晓安"}, Agent: evidence.Agent{Name: "陈代理"}}},
		Date: time.Date(2026, 10, 9, 12, 0, 0, 0, evidence.Beijing),
		Seal: letter.Seal{Root: digest, SM3: digest, Files: 3012, Bytes: 1 << 40, Head: digest, Count: 9000,
			Stamp: &letter.Stamp{Time: time.Date(2026, 10, 9, 4, 0, 0, 0, time.UTC),
				Authority: "CN=Some Time Stamping Authority,OU=Trust Services,O=An Authority With A Long Name,C=CN"}},
	}
	doc := letter.ComposeSlip(in, s)
	if left := document.Unresolved(doc); len(left) > 0 {
		t.Errorf("placeholders: %v", left)
	}
	pages, err := typeset.Fonts(nil).Document(io.Discard, doc, nil)
	if err != nil || pages.Total != 1 {
		t.Errorf("%d pages, %v", pages.Total, err)
	}
}
