package letter

import (
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

// The title of a kind often names several things, of which one happened:
// 威胁、辱骂、恐吓. A heading is read as an assertion, so letters name the one
// that the acts show, and no more; where the words leave it open, the title says
// 或者 or names none.

// titleOf is the name of a finding, seen by the complainant.
func (in Input) titleOf(f evidence.Finding) string { return strings.Join(in.titlesOf(f), "；") }

// titlesOf are the things a finding was, each in words of its own.
func (in Input) titlesOf(f evidence.Finding) []string {
	switch said := tellingOf(f.Rule); {
	case f.Cost != nil: // named by its figures
		return []string{f.Title.ZH}
	case in.contact() && said.contact != "":
		return []string{in.inWords(said.contact)}
	case f.Doubtful && said.doubtful != nil:
		return []string{said.doubtful(f.Incidents)}
	}
	var out []string
	for _, k := range namedAs(f) {
		all := []string{k.Title().ZH}
		if own := titles[k]; own != nil {
			all = own(in, f.Incidents)
		}
		for _, t := range all {
			t = in.inWords(t)
			if t != "" && t[0] >= '0' && t[0] <= '9' {
				t = "在" + t // 3.22:00 would read as a number
			}
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// namedAs are the parts a finding is of, and its kind where it is of that too, or of no
// part.
func namedAs(f evidence.Finding) []evidence.Breach {
	var out []evidence.Breach
	if kind := evidence.Breach(f.Rule); f.Is(kind) {
		out = append(out, kind)
	}
	for _, p := range evidence.KindOf(f.Rule).Parts {
		if f.Is(p.ID) {
			out = append(out, p.ID)
		}
	}
	if len(out) == 0 {
		return []evidence.Breach{evidence.Breach(f.Rule)}
	}
	return out
}

// A titled is what a group of findings holds under one title: an act that was two
// things stands under both.
type titled struct {
	title    string
	findings []evidence.Finding
}

// byTitle parts groups by what each of their acts was, so that each is counted
// alone.
func (in Input) byTitle(groups [][]evidence.Finding) []titled {
	var out []titled
	for _, g := range groups {
		first := len(out)
		for _, f := range g {
			for _, t := range in.titlesOf(f) {
				own := f
				if acts := in.actsTitled(f, t); len(acts) > 0 { // none: it is called so by all of them together
					own.Incidents = acts
				}
				at := slices.IndexFunc(out[first:], func(x titled) bool { return x.title == t })
				if at < 0 {
					at, out = len(out)-first, append(out, titled{title: t})
				}
				out[first+at].findings = append(out[first+at].findings, own)
			}
		}
	}
	return out
}

// actsTitled are the acts of a finding that one of its titles names.
func (in Input) actsTitled(f evidence.Finding, title string) []evidence.Incident {
	if !in.byItsActs(f) {
		return f.Incidents
	}
	return slices.DeleteFunc(slices.Clone(f.Incidents), func(i evidence.Incident) bool {
		one := f
		one.Incidents = []evidence.Incident{i}
		return !slices.Contains(in.titlesOf(one), title)
	})
}

// byItsActs reports a finding whose acts tell what it is called.
func (in Input) byItsActs(f evidence.Finding) bool {
	return tellingOf(f.Rule).doubtful != nil ||
		slices.ContainsFunc(namedAs(f), func(k evidence.Breach) bool { return titles[k] != nil })
}

// titleOfGroup names acts of one kind, each way they are called once.
func (in Input) titleOfGroup(g []evidence.Finding) string {
	var out []string
	for _, x := range in.byTitle([][]evidence.Finding{g}) {
		out = append(out, x.title)
	}
	return strings.Join(out, "；")
}

// titles has an entry for each kind or part whose own title says more than an act
// of it need have been.
var titles = map[evidence.Breach]func(Input, []evidence.Incident) []string{
	"V02": func(in Input, acts []evidence.Incident) []string { return in.thirdTitles(acts) },
	"V06": func(_ Input, acts []evidence.Incident) []string { return threatTitles(acts) },
	"V06a": func(_ Input, acts []evidence.Incident) []string {
		return eachAct(acts, "威胁人身安全", func(i evidence.Incident) []string {
			harm := func(h phrase.Hit) bool { return h.Breach() == "V06a" }
			if i.Shown != "" && !slices.ContainsFunc(phrase.Find(i.Shown, phrase.Collector), harm) {
				return []string{"威胁、恐吓"} // words that tell of no harm to anybody
			}
			return []string{"威胁人身安全"}
		})
	},
	"V07":  called("涉嫌冒充国家机关工作人员"), // a file shows what was said, and not who said it
	"V08a": called("涉嫌冒充律师"),
	"V08b": called("涉嫌冒充放款机构人员"),
	"V09": func(_ Input, acts []evidence.Incident) []string {
		return []string{"涉嫌使用不实的" + papersIn(acts)}
	},
	"V10":  func(_ Input, acts []evidence.Incident) []string { return bombingTitles(acts) },
	"V10a": called("在公共场所张贴催收内容"),
	"V11a": byWords("未经同意进入住宅，或者在住宅内拍摄",
		sign{"未经同意进入住宅", lazyregexp.New(`进|闯|入`)},
		sign{"在住宅内拍摄", lazyregexp.New(`(手机|对着|向着?本人|在(屋|家|房|室|客厅)[^，。；]{0,6})[^，。；]{0,4}(拍|录)|拍照`)}),
	"V13a": called("未见转让通知的催收"), // no file shows what did not come
	"V14a": byWords("不授权就不能使用", sign{"不授权就不能借款", lazyregexp.New(`借`)}),
	"V15a": byWords("涉嫌泄露个人信息", sign{"涉嫌买卖个人信息", lazyregexp.New(`[买卖售]`)}),
	// that nobody was told, asked or answered is shown by no file
	"V15b": called("未见本人同意的个人信息提供"),
	"V16a": called("未见事先告知的不良信息报送"),
	"V16b": called("未见本人同意的信用信息采集、报送"),
	"V16d": called("未见答复的征信异议"),
	"V23b": called("未见答复的个人信息请求"),
	"V17":  called("要求借新还旧"),
	"V18a": func(_ Input, acts []evidence.Incident) []string {
		if !slices.ContainsFunc(acts, func(i evidence.Incident) bool { return i.Kind != evidence.Message }) {
			return []string{"未经同意用社交账号联系"}
		}
		return []string{"未经同意用私人号码、账号联系"}
	},
	"V18b": byWords("催收没有录音或者记录不全",
		sign{"称催收没有录音", lazyregexp.New(`录音`)}, sign{"称催收记录不全", lazyregexp.New(`记录`)}),
	"V19": called("关于不还款后果的不实说法"),
	// whose debt it is, and that it is paid, the person says
	"V20a": called("就本人否认的债务催收"),
	"V20b": func(in Input, _ []evidence.Incident) []string {
		if l := in.Case.Loan; l.Settled != "" && slices.ContainsFunc(l.Exhibits, in.exists) {
			return []string{"债务结清后仍然催收"}
		}
		return []string{"就本人称已经结清的债务催收"}
	},
	"V20c": called("就本人否认办理的借款催收"),
	"V21b": called("对人动手"), // a push is no beating; the fact tells which
	"V21c": called("拿走财物"),
	"V24": func(_ Input, acts []evidence.Incident) []string {
		return []string{"涉嫌冒用" + bodiesIn(acts) + "名义"}
	},
}

// thirdTitles name whom acts reached. Rules speak of a third person who has nothing to do
// with the debt; whether somebody whom the borrower named for the loan is one is for the
// recipient to judge, and what letters say of them is what the standard on contacts says.
func (in Input) thirdTitles(acts []evidence.Incident) []string {
	return eachAct(acts, evidence.KindOf("V02").Title.ZH, func(i evidence.Incident) []string {
		if in.emergency(i) {
			return []string{"在能联系上本人时联系紧急联系人"}
		}
		return []string{evidence.KindOf("V02").Title.ZH}
	})
}

// emergency reports an act that reached somebody whom the borrower who complains named for
// the loan, on a day on which they could be reached themselves.
func (in Input) emergency(i evidence.Incident) bool {
	return !in.contact() && i.Reached == evidence.ReachedEmergency && i.Reachable == evidence.Yes
}

func called(title string) func(Input, []evidence.Incident) []string {
	return func(Input, []evidence.Incident) []string { return []string{title} }
}

// A sign is one of the things a kind can be, and the words of a file that tell it.
type sign struct {
	title string
	words *lazyregexp.Regexp
}

// byWords names what the words of the acts tell; open is for those that tell none.
func byWords(open string, all ...sign) func(Input, []evidence.Incident) []string {
	return func(_ Input, acts []evidence.Incident) []string {
		return eachAct(acts, open, func(i evidence.Incident) (out []string) {
			for _, x := range all {
				if x.words.MatchString(i.Shown) {
					out = append(out, x.title)
				}
			}
			return out
		})
	}
}

// eachAct gathers what each act was, in the order met; open is for those of which
// nothing tells, and stands last.
func eachAct(acts []evidence.Incident, open string, was func(evidence.Incident) []string) []string {
	var out []string
	untold := len(acts) == 0
	for _, i := range acts {
		all := was(i)
		untold = untold || len(all) == 0
		for _, t := range all {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	if untold {
		out = append(out, open)
	}
	return out
}

var banner = lazyregexp.New(`横幅|标语|大字报|海报`)

// threatTitles name words that were a threat, or insults, or a banner that was
// really hung out and is neither.
func threatTitles(acts []evidence.Incident) []string {
	return eachAct(acts, "威胁、恐吓或者辱骂", func(i evidence.Incident) (out []string) {
		if done := i.Kind == evidence.Visit || i.Kind == evidence.Post || i.Kind == evidence.Other; done &&
			banner.MatchString(i.Shown) {
			return []string{"悬挂、张贴标语施压"}
		}
		has, threat := map[evidence.Breach]bool{}, false
		for _, h := range phrase.Find(i.Shown, phrase.Collector) {
			has[h.Breach()] = true
			threat = threat || h.Breach().Rule() == "V06" && h.Breach() != "V06b" && !h.Announces()
		}
		// Who was asked whether words threaten, and said yes, said nothing of the
		// insult that stands beside. An insult that names others, as 你们公司,
		// announces nothing.
		named := slices.Contains(i.Asserted, "V06") || slices.Contains(i.Asserted, "V06a")
		insult := has["V06b"] && (slices.Contains(i.Asserted, "V06b") || !named || !has["V06"] && !has["V06a"])
		both := slices.Contains(i.Asserted, "V06") && slices.Contains(i.Asserted, "V06b") // whatever words are known
		if threat || both || (has["V06"] || has["V06a"]) && !insult {
			out = append(out, "威胁、恐吓")
		}
		if insult {
			out = append(out, "辱骂、侮辱")
		}
		return out
	})
}

// bombingTitles name calls, messages and posts, as far as there were any.
func bombingTitles(acts []evidence.Incident) []string {
	var calls, messages, posts, pasted bool
	for _, i := range acts {
		switch i.Kind {
		case evidence.Call:
			calls = true
		case evidence.Post:
			if pastedUp.MatchString(i.Shown + i.Words) { // on a door, a wall
				pasted = true
			} else {
				posts = true
			}
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
	if pasted {
		out = append(out, "张贴催收内容")
	}
	if posts {
		out = append(out, "在群聊或者网络上发布催收内容")
	}
	return out
}

// papersIn are the papers of V09; a seal only where the acts tell of one.
func papersIn(acts []evidence.Incident) string {
	if slices.ContainsFunc(acts, func(i evidence.Incident) bool { return strings.Contains(i.Shown, "章") }) {
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

// posedIn is as whom somebody posed in acts of V08.
func posedIn(acts []evidence.Incident) string {
	var out []string
	for _, x := range []struct {
		part evidence.Breach
		who  string
	}{{"V08a", "律师"}, {"V08b", "放款机构人员"}} {
		if slices.ContainsFunc(acts, func(i evidence.Incident) bool { return slices.Contains(i.Asserted, x.part) }) {
			out = append(out, x.who)
		}
	}
	return strings.Join(out, "、")
}
