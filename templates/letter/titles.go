package letter

import (
	"regexp"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// The title of a kind often names several things, of which one happened:
// 威胁、辱骂、恐吓. A heading is read as an assertion, so letters name the one
// that the acts show, and no more; where the words leave it open, the title says
// 或者 or names none.

// titleOf is the name of a finding, seen by the complainant.
func (in Input) titleOf(f evidence.Finding) string {
	switch said := tellingOf(f.Rule); {
	case f.Cost != nil: // named by its figures
		return f.Title.ZH
	case in.contact() && said.contact != "":
		return said.contact
	case f.Doubtful && said.doubtful != nil:
		return said.doubtful(f.Incidents)
	}
	var out []string
	for _, k := range namedAs(f) {
		t := k.Title().ZH
		if own := titles[k]; own != nil {
			t = own(in, f.Incidents)
		}
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	t := strings.Join(out, "；")
	if t != "" && t[0] >= '0' && t[0] <= '9' {
		t = "在" + t // 3.22:00 would read as a number
	}
	return t
}

// namedAs are the parts a finding is of, or its kind.
func namedAs(f evidence.Finding) []evidence.Breach {
	var out []evidence.Breach
	for _, p := range evidence.KindOf(f.Rule).Parts {
		if slices.Contains(f.Parts, p.Title) {
			out = append(out, p.ID)
		}
	}
	if len(out) == 0 {
		return []evidence.Breach{evidence.Breach(f.Rule)}
	}
	return out
}

// byTitle parts a group by what its findings are called, so that each is counted
// alone.
func (in Input) byTitle(g []evidence.Finding) [][]evidence.Finding {
	var out [][]evidence.Finding
	for _, f := range g {
		at := slices.IndexFunc(out, func(o []evidence.Finding) bool { return in.titleOf(o[0]) == in.titleOf(f) })
		if at < 0 {
			at, out = len(out), append(out, nil)
		}
		out[at] = append(out[at], f)
	}
	return out
}

// eachTitle parts groups so that what is called differently is told apart.
func (in Input) eachTitle(groups [][]evidence.Finding) [][]evidence.Finding {
	var out [][]evidence.Finding
	for _, g := range groups {
		out = append(out, in.byTitle(g)...)
	}
	return out
}

// titleOfGroup names acts of one kind, each way they are called once.
func (in Input) titleOfGroup(g []evidence.Finding) string {
	var out []string
	for _, f := range in.byTitle(g) {
		out = append(out, in.titleOf(f[0]))
	}
	return strings.Join(out, "；")
}

// titles has an entry for each kind or part whose own title says more than an act
// of it need have been.
var titles = map[evidence.Breach]func(Input, []evidence.Incident) string{
	"V06":  func(_ Input, acts []evidence.Incident) string { return threatTitle(acts) },
	"V07":  called("涉嫌冒充国家机关工作人员"), // a file shows what was said, and not who said it
	"V08a": called("涉嫌冒充律师"),
	"V08b": called("涉嫌冒充放款机构人员"),
	"V09":  func(_ Input, acts []evidence.Incident) string { return "涉嫌使用不实的" + papersIn(acts) },
	"V10":  func(_ Input, acts []evidence.Incident) string { return bombingTitle(acts) },
	"V10a": called("在公共场所张贴催收内容"),
	"V11a": byWords("未经同意进入住宅，或者在住宅内拍摄",
		sign{"未经同意进入住宅", regexp.MustCompile(`进|闯|入`)},
		sign{"在住宅内拍摄", regexp.MustCompile(`(手机|对着|向着?本人|在(屋|家|房|室|客厅)[^，。；]{0,6})[^，。；]{0,4}(拍|录)|拍照`)}),
	"V14a": byWords("不授权就不能使用", sign{"不授权就不能借款", regexp.MustCompile(`借`)}),
	"V15a": byWords("涉嫌泄露个人信息", sign{"涉嫌买卖个人信息", regexp.MustCompile(`[买卖售]`)}),
	"V17":  called("要求借新还旧"),
	"V18a": func(_ Input, acts []evidence.Incident) string {
		if !slices.ContainsFunc(acts, func(i evidence.Incident) bool { return i.Kind != evidence.Message }) {
			return "未经同意用社交账号联系"
		}
		return "未经同意用私人号码、账号联系"
	},
	"V18b": byWords("催收没有录音或者记录不全",
		sign{"称催收没有录音", regexp.MustCompile(`录音`)}, sign{"称催收记录不全", regexp.MustCompile(`记录`)}),
	"V19": called("关于不还款后果的不实说法"),
	// whose debt it is, and that it is paid, the person says
	"V20a": called("就本人否认的债务催收"),
	"V20b": func(in Input, _ []evidence.Incident) string {
		if l := in.Case.Loan; l.Settled != "" && slices.ContainsFunc(l.Exhibits, in.exists) {
			return "债务结清后仍然催收"
		}
		return "就本人称已经结清的债务催收"
	},
	"V20c": called("就本人否认办理的借款催收"),
	"V21b": called("对人动手"), // a push is no beating; the fact tells which
	"V21c": called("拿走财物"),
	"V24":  func(_ Input, acts []evidence.Incident) string { return "涉嫌冒用" + bodiesIn(acts) + "名义" },
}

func called(title string) func(Input, []evidence.Incident) string {
	return func(Input, []evidence.Incident) string { return title }
}

// A sign is one of the things a kind can be, and the words of a file that tell it.
type sign struct {
	title string
	words *regexp.Regexp
}

// byWords names what the words of the acts tell; open is for words that tell none.
func byWords(open string, all ...sign) func(Input, []evidence.Incident) string {
	return func(_ Input, acts []evidence.Incident) string {
		var out []string
		for _, x := range all {
			if anyWords(acts, x.words) {
				out = append(out, x.title)
			}
		}
		if len(out) == 0 {
			return open
		}
		return strings.Join(out, "；")
	}
}

func anyWords(acts []evidence.Incident, words *regexp.Regexp) bool {
	return slices.ContainsFunc(acts, func(i evidence.Incident) bool { return words.MatchString(i.Shown) })
}

var banner = regexp.MustCompile(`横幅|标语|大字报|海报`)

// threatTitle names words that were a threat, or insults, or a banner that was
// really hung out and is neither.
func threatTitle(acts []evidence.Incident) string {
	var threat, insult, hung bool
	for _, i := range acts {
		done := i.Kind == evidence.Visit || i.Kind == evidence.Post || i.Kind == evidence.Other
		if done && banner.MatchString(i.Shown) {
			hung = true
			continue
		}
		for _, h := range phrase.Find(i.Shown, phrase.Collector) {
			threat = threat || h.Breach() == "V06" || h.Breach() == "V06a"
			insult = insult || h.Breach() == "V06b"
		}
	}
	var out []string
	for _, x := range []struct {
		is    bool
		title string
	}{{threat, "威胁、恐吓"}, {insult, "辱骂、侮辱"}, {hung, "悬挂、张贴标语施压"}} {
		if x.is {
			out = append(out, x.title)
		}
	}
	if len(out) == 0 {
		return "威胁、恐吓或者辱骂"
	}
	return strings.Join(out, "；")
}

// bombingTitle names calls, messages and posts, as far as there were any.
func bombingTitle(acts []evidence.Incident) string {
	var calls, messages, posts bool
	for _, i := range acts {
		switch i.Kind {
		case evidence.Call:
			calls = true
		case evidence.Post:
			posts = true
		default:
			messages = true
		}
	}
	var out []string
	switch {
	case calls && messages:
		out = append(out, "集中来电、发送信息")
	case calls:
		out = append(out, "集中来电")
	case messages:
		out = append(out, "集中发送信息")
	}
	if posts {
		out = append(out, "在群聊或者网络上发布催收内容")
	}
	return strings.Join(out, "；")
}

var seal = regexp.MustCompile(`章`)

// papersIn are the papers of V09; a seal only where the acts tell of one.
func papersIn(acts []evidence.Incident) string {
	if anyWords(acts, seal) {
		return "法律文书、印章"
	}
	return "法律文书"
}

// bodiesIn are the bodies of V24 that the acts name.
func bodiesIn(acts []evidence.Incident) string {
	var out []string
	for _, body := range []string{"调解", "仲裁", "公证"} {
		if slices.ContainsFunc(acts, func(i evidence.Incident) bool { return strings.Contains(i.Shown, body) }) {
			out = append(out, body)
		}
	}
	if len(out) == 0 {
		return "其他机构"
	}
	return strings.Join(out, "、") + "机构"
}
