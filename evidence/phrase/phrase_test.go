package phrase

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"juzheng/evidence"
)

func TestFindPhrases(t *testing.T) {
	for _, c := range []struct{ in, category, text string }{
		{"再不还就安排人去你家楼下", "threat_visit", "安排人去你家"},
		{"你这个老 癞", "insult", "老 癞"},
		{"你这个老\u200b赖", "insult", "老\u200b赖"},
		{"ＳＢ 快还钱", "insult", "ＳＢ"},
		{"把照片发到业主群", "exposure_threat", "发到业主群"},
		{"我是派出所的民警", "impersonate_police", "我是派出所的民警"},
		{"转到我个人账户", "personal_account", "转到我个人"},
		{"您的账单今天到期，请按时还款", "", ""},
		{"USB 线在桌上", "", ""}, // no whole word
		{"", "", ""},
	} {
		hits := Find(c.in, Anybody)
		if c.category == "" {
			if len(hits) != 0 {
				t.Errorf("%q: %+v, want none", c.in, hits)
			}
			continue
		}
		found := false
		for _, h := range hits {
			found = found || h.Category == c.category && strings.HasPrefix(h.Text, c.text) &&
				c.in[h.Start:h.End] == h.Text && !h.Review
		}
		if !found {
			t.Errorf("%q: %+v, want %s %q", c.in, hits, c.category, c.text)
		}
	}
}

// Who signs a message as the police poses as them, where the number is the collector's; who
// tells of the police does not sign.
func TestSignedAsPolice(t *testing.T) {
	for text, want := range map[string]bool{
		"平川市公安局经侦支队：你涉嫌贷款诈骗，限24小时到案，否则上门抓捕": true,
		"【通知】临江区公安分局:你有一份文书待领":              true,
		"你的邻居说：欠债还钱":                        false,
		"派出所旁边那家店的账单":                       false,
	} {
		got := slices.ContainsFunc(Find(text, Collector), func(h Hit) bool { return h.Category == "impersonate_police" })
		if got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// What others tell of collectors who came to a school or asked them is told, whoever they are.
func TestTellsOfASchool(t *testing.T) {
	for _, text := range []string{"雨桐妈妈，有个自称恒诚的打到学校教务处，说您欠钱，要在校门口等雨桐，请您来一趟",
		"有个女的问我你在哪上班，没说啥事"} {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Shown: text, Number: "13477665506"}
		if !Tells(evidence.Case{}, i) {
			t.Errorf("%s: tells nothing", text)
		}
	}
}

func TestLawfulNoticeIsToReview(t *testing.T) {
	hits := Find("【反诈中心】您近日接到的电话如说您涉嫌诈骗、已被立案侦查，都是骗局", Anybody)
	if len(hits) == 0 {
		t.Fatal("no hit")
	}
	for _, h := range hits {
		if !h.Review {
			t.Errorf("%+v counts as more than to review", h)
		}
	}
}

func FuzzFindPhrases(f *testing.F) {
	f.Add("老 癞\xff\uFFFD ＳＢ cnm")
	f.Fuzz(func(t *testing.T, s string) {
		for _, h := range Find(s, Collector) {
			if h.Start < 0 || h.End > len(s) || h.Start >= h.End || s[h.Start:h.End] != h.Text {
				t.Errorf("%q: %+v", s, h)
			}
			if utf8.ValidString(s) && !utf8.ValidString(h.Text) {
				t.Errorf("%q: a character was cut: %+v", s, h)
			}
		}
	})
}

func TestEveryGroupOfPhrasesHasALabel(t *testing.T) {
	for _, c := range phrases().categories {
		if l := Label(c); l.ZH == "" || l.EN == "" {
			t.Errorf("%s has no label", c)
		}
		if _, known := evidence.ParseBreach(string((Hit{Category: c}).Breach())); !known {
			t.Errorf("%s names no kind", c)
		}
	}
	if len(groups) != len(phrases().categories) {
		t.Errorf("%d labels for %d groups", len(groups), len(phrases().categories))
	}
}

// The same words are worth reading where a collector wrote them, and for
// review where a friend did, a bank, or nobody whom the case names.
func TestWhoWroteItCounts(t *testing.T) {
	for _, c := range []struct {
		in   string
		from Sender
		want string // hit, review or none
	}{
		{"明早外访员到你们村委会喝茶", Collector, "hit"},
		{"明早外访员到你们村委会喝茶", Acquaintance, "none"},
		{"再不还钱就派人去你家楼下堵你", Stranger, "hit"},
		{"再不还钱就派人去你家楼下堵你，哈哈，晚上请我吃面", Stranger, "review"},
		{"今晚弄死你", Stranger, "review"}, // says nothing of a debt: a person must say who wrote it
		{"今晚弄死你", Collector, "hit"},
		{"今晚弄死你", Acquaintance, "review"},
		{"我们不会联系您的家人，也不会上门，更不会以公安名义给您打电话", Collector, "none"},
		{"请勿向任何个人账户转账，谨防以公安名义行骗", Collector, "none"},
		{"我公司将依法向人民法院提起诉讼，可能影响您的征信记录", Collector, "none"},
		{"您借款已逾期9天，应还1200元，请尽快还款；如已还款请忽略", Collector, "none"},
		{"你不会想让你爸知道这件事吧", Collector, "hit"},
		// to show that one has whom they know, with names and numbers, says what will come
		{"赵宏13977665502，刘桂芳13866554403，何姐，都在我这", Collector, "hit"},
		{"你家里人的电话都在我们手上，你自己看着办", Collector, "hit"},
		{"你的通讯录我已经导出来了", Collector, "hit"},
		{"赵宏13977665502，刘桂芳13866554403，何姐，都在我这", Acquaintance, "none"},
		{"有疑问请致电13977665502，或拨打13866554403，我们在这里为您服务", Collector, "none"},
		{"您的还款账号和电话都在我行网点可以查询", Collector, "none"},
		{"我们不会放过你的", Collector, "hit"},
		{"【河东法院】林小安，你涉嫌信用卡诈骗一案已立案，案号(2026)津0102民初8812号，否则拘传", Stranger, "review"},
		{"【河东法院】林小安，你涉嫌信用卡诈骗一案已立案，案号(2026)津0102民初8812号，否则拘传", Handset, "hit"},
		{"【河东法院】林小安，您的案件已立案，案号(2026)津0102民初8812号，可拨打12368查询", Stranger, "review"},
		{"我是派出所的张警官，你涉案了，今天来投案", Handset, "hit"},
		{"【市公安局】谨防冒充法院以立案、传票行骗，公安机关不会电话办案", Handset, "review"},
		{"我们在派出所门口等你", Handset, "review"},
		{"我们在法院门口，开庭改到下午了，晚上一起吃火锅", Handset, "review"},
	} {
		got := "none"
		for _, h := range Find(c.in, c.from) {
			if !h.Review {
				got = "hit"
				break
			}
			got = "review"
		}
		if got != c.want {
			t.Errorf("%q from %d: %s, want %s: %+v", c.in, c.from, got, c.want, Find(c.in, c.from))
		}
	}
}

func TestRoleOf(t *testing.T) {
	for _, c := range []struct {
		text string
		want evidence.MessageRole
	}{
		{"【极融】验证码 482913，用于登录，五分钟内有效。", evidence.RoleService},
		{"【极融】已收到您的还款 500.00 元，感谢。", evidence.RoleService},
		{"【极融】您的延期申请已通过，新的还款日为 10 月 20 日。", evidence.RoleService},
		{"【极融】您有2万元额度待领取，年化利率低至7.2%，退订回T", evidence.RoleMarketing},
		{"【极融】您已逾期，请立即还款 2716 元，否则将持续联系您。", evidence.RoleCollecting},
		{"【极融】验证码 1234，再不还钱弄死你", evidence.RoleCollecting}, // what sounds like a violation is no service
		{"【极融】已收到您的还款 500 元，您仍逾期，请尽快还清余款", evidence.RoleUnknown},
		{"在吗", evidence.RoleUnknown},
		{"", evidence.RoleUnknown},
	} {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Shown: c.text}
		if got := RoleOf(i, Find(c.text, Collector)); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		if i.Role = evidence.RoleOther; RoleOf(i, nil) != evidence.RoleOther {
			t.Errorf("%q: not what the person says", c.text)
		}
	}
}

func TestSenderOf(t *testing.T) {
	kase := evidence.Case{Numbers: []evidence.Number{{Number: "17166660001", Side: evidence.CollectorSide},
		{Number: "13900000002", Side: evidence.OtherSide}}}
	for number, want := range map[string]Sender{"17166660001": Collector, "13900000002": Acquaintance,
		"17166668888": Handset, "106900000088": Stranger, "12368": Stranger, "01058880000": Stranger, "": Stranger} {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Number: number, Shown: "在吗"}
		if got := SenderOf(kase, i); got != want {
			t.Errorf("%q: %d, want %d", number, got, want)
		}
	}
}
