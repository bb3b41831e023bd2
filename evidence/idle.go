package evidence

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// paperWords are words by which a paper says that it belongs to the matter: a
// contract, a bill, a proof of settlement, a credit report, an identity paper,
// and what collectors, courts and offices write.
var paperWords = regexp.MustCompile(`合同|协议|借据|借条|欠条|账单|对账|流水|转账|还款|放款|结清|销账|征信|信用报告|身份证|户口簿|护照|居住证|` +
	`营业执照|委托书|授权书|律师函|催收|催款|欠款|逾期|贷款|借款|债权|起诉|传票|判决书|裁定书|仲裁|受理|回执|答复|投诉|举报`)

// beginning is how much of a text says what it is, in characters.
const beginning = 400

// Recognised reports whether a name or the beginning of a text says that a
// photo or document belongs to the matter.
func Recognised(name, text string) bool {
	if r := []rune(text); len(r) > beginning {
		text = string(r[:beginning])
	}
	return paperWords.MatchString(name) || paperWords.MatchString(strings.Join(strings.Fields(text), ""))
}

// Idle are the photos and documents that may be private: no row and no entry of
// case.toml names them, and they do not say that they belong to the matter. Text
// gives what is known of the words of one.
func Idle(c Case, rows []Incident, exhibits []Exhibit, text func(Exhibit) string) []string {
	used := map[string]bool{}
	for _, i := range rows {
		for _, x := range i.From() {
			used[x] = true
		}
	}
	var out []string
	for _, x := range exhibits {
		switch {
		case x.Kind != Photo && x.Kind != Document, used[x.Number], len(c.Naming(x.Number)) > 0,
			x.TranscriptOf() != "", slices.ContainsFunc(x.Notes, func(n Note) bool { return n.Code == NoteSameEvent }):
		case Recognised(folderOf(x)+" "+x.OriginalName+" "+x.ToldBy+" "+x.Title, text(x)):
		default:
			out = append(out, x.Number)
		}
	}
	return out
}

// folderOf is the name of the folder a file lay in.
func folderOf(x Exhibit) string {
	return path.Base(path.Dir(strings.ReplaceAll(x.OriginalPath, `\`, "/")))
}
