package phrase

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// heldOutKindsJSON are messages of a collector, each with the kinds that somebody who reads them would
// name, with those they would never name behind a mark (!V22), or with none (!).
// They were written before the patterns were mended; whoever mends a pattern may
// read what it misses, and must not copy a text from there into it.
//
//go:embed testdata/held_out_kinds.json
var heldOutKindsJSON []byte

// How often the first kind that words are asked about must be one that a reader
// would name, and how often a kind that none would name may be asked about.
const (
	kindsRight = 0.90
	kindsWrong = 0.10
)

func TestKindsOnHeldOutMessages(t *testing.T) {
	var list []struct{ Reached, Kinds, Text string }
	if err := json.Unmarshal(heldOutKindsJSON, &list); err != nil {
		t.Fatal(err)
	}
	named, right, never, wrong := 0, 0, 0, 0
	for _, m := range list {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Shown: m.Text,
			Reached: evidence.Reached(m.Reached)}
		var got []string
		for _, w := range WordedOf(i, Find(m.Text, Collector)) {
			got = append(got, string(w.Breach))
		}
		not, negative := strings.CutPrefix(m.Kinds, "!")
		switch {
		case negative:
			never++
			if len(got) > 0 && not == "" || slices.ContainsFunc(got,
				func(k string) bool { return not != "" && k == not }) {
				wrong++
				t.Logf("asked of as %v: %s", got, m.Text)
			}
		default:
			named++
			if slices.ContainsFunc(got, func(k string) bool { return slices.Contains(strings.Fields(m.Kinds), k) }) {
				right++
			} else {
				t.Logf("%v, want one of %s: %s", got, m.Kinds, m.Text)
			}
		}
	}
	r, w := float64(right)/float64(named), float64(wrong)/float64(never)
	t.Logf("right %.2f (%d of %d), wrong %.2f (%d of %d)", r, right, named, w, wrong, never)
	if r < kindsRight || w > kindsWrong {
		t.Errorf("right %.2f of %.2f, wrong %.2f of %.2f", r, kindsRight, w, kindsWrong)
	}
}

// Who is to be paid is somebody by name, or by a chat's wallet: that is seen. A company's
// account, an identity number and who a notice gives as its contact are none of it.
func TestPaymentToSomebody(t *testing.T) {
	for s, want := range map[string]string{
		"谢某转告你：把58000打到支付宝 xie_88@invented.cn 户名谢恒，打个人账户可以给你减免，公司账户不减": "V06 V22",
		"我们说了算。明天把钱打谢恒的支付宝":                                            "V22",
		"不打就把你身份证和欠条贴满你们那条街":                                           "V06",
		"何某，身份证330602198403157719，欠款58000元不还，是老赖":                      "V06b",
		"请转账至对公账户，户名：样例小额贷款有限公司，账号6222000011112222":                    "",
		"联系人：谢先生19900004480":                                           "",
		"我们不会打到您单位，也不会把您的信息给别人":                                        "",
	} {
		var got []string
		for _, h := range Find(s, Collector) {
			if b := string(h.Breach()); !slices.Contains(got, b) {
				got = append(got, b)
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", s, got, want)
		}
	}
}

// What a driver is threatened with: the car, the account to work with, the passengers.
func TestThreatsToADriver(t *testing.T) {
	for words, want := range map[string]string{
		"你的车上有GPS，我们知道停在哪里": "threat", "今天晚上就来拖你的车": "threat",
		"让平台停你的接单资格，看你怎么跑车": "third_party_disclosure", "把你欠钱的事告诉你的乘客": "third_party_disclosure",
		"把你欠款的事发到车队群": "third_party_disclosure"} {
		if !slices.ContainsFunc(Find(words, Collector), func(h Hit) bool { return h.Category == want }) {
			t.Errorf("%s: %v, want %s", words, Find(words, Collector), want)
		}
	}
	const parking = "您的车停在消防通道，请尽快挪车，否则将联系拖车。"
	if hits := Find(parking, Stranger); len(hits) != 0 {
		t.Errorf("%s: %v", parking, hits)
	}
}
