package phrase

import (
	"testing"

	"juzheng/evidence"
)

// What nobody has named or ruled out is quoted once, with its kind.
func TestWordedOf(t *testing.T) {
	const visit, police = "再不还就派人上门找你", "我是派出所的民警，今天不还钱就抓你"
	for _, c := range []struct {
		name string
		in   evidence.Incident
		want evidence.Breach // empty: nothing is asked
	}{
		{"a visit is announced", evidence.Incident{Kind: evidence.SMS, Shown: visit}, "V06"},
		{"the person has named it", evidence.Incident{Kind: evidence.SMS, Shown: visit,
			Asserted: []evidence.Breach{"V06"}}, ""},
		{"the person has ruled it out", evidence.Incident{Kind: evidence.SMS, Shown: visit,
			Denied: []evidence.Breach{"V06"}}, ""},
		{"a visit took place", evidence.Incident{Kind: evidence.Visit, Shown: "门口有人敲门"}, ""},
		{"a police officer nobody looked up", evidence.Incident{Kind: evidence.Call, Shown: police}, "V07"},
	} {
		got := WordedOf(c.in, Find(c.in.Shown, Collector))
		if c.want == "" {
			if len(got) > 0 {
				t.Errorf("%s: got %+v", c.name, got)
			}
			continue
		}
		found := false
		for _, w := range got {
			found = found || w.Breach.Rule() == c.want.Rule() && w.Quote != ""
		}
		if !found {
			t.Errorf("%s: got %+v, want %s", c.name, got, c.want)
		}
	}
}

// What itself reached somebody else threatens nobody with reaching them.
func TestWordsThatReachAnother(t *testing.T) {
	for _, c := range []struct {
		text    string
		reached evidence.Reached
		want    int
	}{
		{"再不还就给你单位同事打电话", evidence.ReachedSelf, 1},
		{"您的朋友林晓安在我司逾期，请转告他尽快还款", evidence.ReachedUnknown, 0},
		{"林晓安欠我们五千，你是她单位领导，你来还", evidence.ReachedWorkplace, 0},
		{"再不接就去你单位找你同事", evidence.ReachedWorkplace, 1},
	} {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Shown: c.text, Reached: c.reached}
		n := 0
		for _, w := range WordedOf(i, Find(c.text, Collector)) {
			if w.Label.ZH == Label("third_party_disclosure").ZH || w.Breach == "V06" {
				n = 1
			}
		}
		if n != c.want {
			t.Errorf("%s to %s: %d, want %d", c.text, c.reached, n, c.want)
		}
	}
}

// The police are named for words that threaten life or limb, of the family too; not for
// those that say who will be told, which are a threat of another kind.
func TestDangerIsOfLifeAndLimb(t *testing.T) {
	for text, want := range map[string]bool{
		"【飞羽借】今日18点前不还款，我司将把您的欠款情况发给您通讯录里的全部联系人，包括您父亲和学校同事。": false,
		"你不接电话我就找你妹妹要":      false,
		"再不还钱，你妈的血压受不受得了":   true,
		"不还钱就让你全家不得安宁":      true,
		"找你妹妹要，再不还就打断你的腿":   true,
		"你女儿几点放学我们清楚得很":     true,
		"全家不得好死，去你爸单位门口拉横幅": true,
	} {
		danger := false
		for _, w := range WordedOf(evidence.Incident{Kind: evidence.SMS, Shown: text}, Find(text, Collector)) {
			danger = danger || w.Danger
		}
		if danger != want {
			t.Errorf("%s: danger %v", text, danger)
		}
	}
}
