package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// Whoever check names as a recipient gets the letter it names, and nobody else
// does: of each kind of lender with a platform of another company, and of some with none.
func TestEveryNamedRecipientGetsItsLetter(t *testing.T) {
	for _, licence := range append(slices.Clone(evidence.Licences), evidence.LicenceUnknown) {
		for _, own := range []bool{false, true} {
			for _, who := range []string{"borrower", "contact"} {
				lender := "示例放款有限公司"
				if licence == evidence.LicenceUnknown {
					lender = ""
				}
				few := licence == evidence.Bank || licence == evidence.SmallLoan
				if (own || who == "contact") && !few || own && who == "contact" {
					continue // alike, and papers take their time
				}
				c, rows := goldenCase(t, who, licence, lender)
				if own {
					c.Platform = evidence.Party{}
				}
				for n := range c.Filings {
					c.Filings[n].To = "lender"
				}
				d, at := onDisk(t, c, rows)
				checked, err := desk.Check(t.Context(), d, at)
				if err != nil {
					t.Fatal(err)
				}
				o := desk.BuildOptions{}
				var named []evidence.Role
				for _, s := range checked.Road {
					if s.Competent && len(checked.Report.ObstaclesTo(s.Role)) == 0 {
						named = append(named, s.Role)
					}
				}
				if licence == evidence.LicenceUnknown { // until it is known, only these can be made
					o.To = named
				}
				built, err := desk.Build(t.Context(), d, at, o)
				if err != nil {
					t.Fatalf("%s, own app %t, %s: %v", licence, own, who, err)
				}
				var got []evidence.Role
				for _, p := range built.Packets {
					got = append(got, p.Role)
					path := filepath.Join(at, folder.PacketDir, p.Folder, p.Role.Letter()+".pdf")
					if _, err := os.Stat(path); err != nil {
						t.Errorf("%s, own app %t, %s to %s: %v", licence, own, who, p.Role, err)
					}
				}
				if !slices.Equal(got, named) || len(got) == 0 {
					t.Errorf("%s, own app %t, %s: check names %v, letters went to %v", licence, own, who, named, got)
				}
			}
		}
	}
}
