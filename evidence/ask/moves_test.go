package ask

import (
	"testing"
	"time"

	"juzheng/evidence"
)

// Rows of statements are asked about where they name a company of the case, each
// once; what the answer takes stands on a list of the loan, with its row.
func TestMovesAreAsked(t *testing.T) {
	var k evidence.Case
	k.Platform.Brand, k.Lender.Name = "样例借", "样例小额贷款有限公司（虚构）"
	k.Loan.Date, k.Loan.Contract = "2026-06-01", "JR-2026-000123"
	day := func(s string) time.Time {
		at, err := time.ParseInLocation(time.DateOnly, s, evidence.Beijing)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	move := func(source, on string, way evidence.Direction, sum evidence.Fen, party, words string) evidence.Move {
		return evidence.Move{Source: source, Day: day(on), Direction: way, Sum: sum, Party: party, Words: words}
	}
	moves := []evidence.Move{
		move("E005:2", "2026-06-02", evidence.In, 760000, "样例小额贷款有限公司", "放款"),
		move("E005:3", "2026-06-02", evidence.Out, 30000, "某某科技", "样例借 担保费"),
		move("E005:5", "2026-08-01", evidence.Out, 150000, "样例小额贷款", ""), // a narrow column
		move("E005:4", "2026-07-01", evidence.Out, 150000, "样例借", "第1期"),
		move("E005:6", "2026-09-01", evidence.DirectionUnknown, 150000, "样例借", "自动还款"),
		move("E005:7", "2026-09-02", evidence.DirectionUnknown, 100, "样例借", "转账"),
		move("E005:8", "2026-09-02", evidence.Out, 1500, "超市", "苹果"),
		move("E005:9", "2026-09-03", evidence.Out, 20000, "银联", "JR-2026-000123 扣款"),
	}
	ask := func(k evidence.Case, given ...Given) map[Kind]Question {
		out := map[Kind]Question{}
		for _, q := range List(Record{Case: k, Moves: moves, Given: given}) {
			if q.Kind == Repaid || q.Kind == Charged || q.Kind == Received {
				out[q.Kind] = q
			}
		}
		return out
	}
	asked := ask(k)
	for _, row := range []struct {
		kind         Kind
		file, answer string
		want         string
	}{
		{Repaid, "E005:4 E005:5 E005:6 E005:9", "some:1,4", "loan.repaid=2026-07-01 1500 E005:4\n2026-09-03 200 E005:9"},
		{Repaid, "E005:4 E005:5 E005:6 E005:9", "no", ""},
		{Charged, "E005:3", "yes", "loan.fees=2026-06-02 300 担保费 E005:3"},
		{Received, "E005:2", "yes", "loan.received=7600"},
		{Received, "E005:2", "no", ""},
	} {
		q := asked[row.kind]
		edits, err := q.Edits(row.answer)
		if q.About.File != row.file || err != nil || shown(edits) != row.want {
			t.Errorf("%s of %q: %q (%v), want %q of %q", row.kind, q.About.File, shown(edits), err, row.want, row.file)
		}
	}
	// beside exhibits of the loan the statement is named too
	k.Loan.Exhibits = []string{"E002"}
	if edits, err := ask(k)[Received].Edits("yes"); err != nil ||
		shown(edits) != "loan.exhibits=E002\nE005; loan.received=7600" {
		t.Errorf("beside a contract: %q (%v)", shown(edits), err)
	}
	// What is on a list, or was asked about, is not asked again; nor is a contact.
	k.Loan.Repaid = []string{"2026-07-01 1500 E005:4", "2026-08-01 1500"}
	unknown := Given{Question: "x", Kind: Repaid, Value: Unknown, Subject: []string{"E005:6"}}
	if q := ask(k, unknown)[Repaid]; q.About.File != "E005:9" {
		t.Errorf("asked again of %q", q.About.File)
	}
	k.Complainant.Kind = evidence.Contact
	if q := ask(k); len(q) > 0 {
		t.Errorf("a contact was asked: %v", q)
	}
}
