package names

import (
	"cmp"
	"crypto/md5"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
)

// A Name is what the name of a file says about it.
type Name struct {
	Scheme    string // which maker's or app's form it has: "miui"; empty: none known
	Time      evidence.Time
	Number    string // as written
	Contact   string
	Direction evidence.Direction
	App       string // package name or label of the app on a screenshot
	SIM       string // "SIM 1": the slot the recorder names
	Yearless  string // "05-13 15:26": all that a name without a year says of the time
	Guess     bool   // by the generic fallback: low confidence
}

//go:embed names.json
var namesJSON []byte

type nameRule struct {
	Scheme string `json:"scheme"`
	RE     string `json:"re"`
	re     *regexp.Regexp
}

type nameFamily struct {
	Extensions []string   `json:"extensions"`
	Rules      []nameRule `json:"rules"`
}

// nameTable compiles names.json on first use.
var nameTable = sync.OnceValue(func() map[string]nameFamily {
	table := map[string]nameFamily{}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(namesJSON, &raw); err != nil {
		panic("names.json: " + err.Error()) // embedded, and read by a test
	}
	for key, body := range raw {
		var f nameFamily
		if json.Unmarshal(body, &f) != nil {
			continue // the note about the file
		}
		for i := range f.Rules {
			f.Rules[i].re = regexp.MustCompile(f.Rules[i].RE)
		}
		table[key] = f
	}
	return table
})

var copySuffix = regexp.MustCompile(`(?:\s*\(\d{1,3}\)|\s*-\s*副本|_副本|\s*-\s*Copy)+$`)

// withoutCopyMark takes the (1) or 副本 off a file's name.
func WithoutCopyMark(path string) string {
	extension := filepath.Ext(path)
	stem := strings.TrimSuffix(path, extension)
	return strings.TrimSuffix(stem, copySuffix.FindString(filepath.Base(stem))) + extension
}

// ParseName reads a file name by the forms phones and recorders give. Sound
// says that the content is sound, which decides between the two families of
// forms; the extension does not, for extensions lie.
func ParseName(name string, sound bool) Name {
	stem := norm.NFC.String(name)
	stem = strings.TrimSuffix(stem, filepath.Ext(stem))
	if s := copySuffix.ReplaceAllString(stem, ""); s != "" {
		stem = s
	}
	family := "pictures_and_video"
	if sound {
		family = "recordings"
	}
	for _, rule := range nameTable()[family].Rules {
		m := rule.re.FindStringSubmatch(stem)
		if m == nil {
			continue
		}
		groups := map[string]string{}
		for i, g := range rule.re.SubexpNames() {
			if g != "" && m[i] != "" {
				groups[g] = m[i]
			}
		}
		if n, ok := readGroups(rule.Scheme, groups); ok {
			return n
		}
	}
	if sound {
		return guessName(stem)
	}
	return Name{}
}

// hiddenWords stand in names where the number was withheld.
var hiddenWords = map[string]bool{"未知号码": true, "未知": true, "私人号码": true, "隐藏号码": true, "无号码": true, "unknown": true, "unknown number": true,
	"private": true, "private number": true, "withheld": true, "no caller id": true, "anonymous": true, "-1": true, "-2": true}

var numberLike = regexp.MustCompile(`^\+?[0-9 ()\-]{3,22}$`)

// readGroups makes a Name of what a pattern caught; not ok if the date is
// impossible, so that the next pattern gets its chance.
func readGroups(scheme string, g map[string]string) (Name, bool) {
	n := Name{Scheme: scheme, Number: g["number"], Contact: g["contact"], App: g["app"]}
	if who := g["who"]; who != "" {
		if numberLike.MatchString(who) {
			n.Number = who
		} else {
			n.Contact = who
		}
	}
	// Some put the number where a contact has no name, and a word where a
	// number is none; a conference has several, which are nobody's one.
	if scheme == "miui" && !numberLike.MatchString(n.Number) {
		n.Number = ""
	}
	if n.Number != "" && evidence.NormalNumber(n.Number) == "" {
		n.Contact, n.Number = strings.TrimSpace(n.Contact+" "+n.Number), ""
	}
	if c := evidence.NormalNumber(n.Contact); c != "" && numberLike.MatchString(n.Contact) && (n.Number == "" && scheme != "miui" || c == evidence.NormalNumber(n.Number)) {
		n.Number, n.Contact = cmp.Or(n.Number, n.Contact), ""
	}
	if hiddenWords[strings.ToLower(n.Contact)] {
		n.Contact = "" // nobody's name
	}
	if scheme == "prefixed" {
		n.Guess = true // told by hearsay, no sample confirms it
	}
	switch g["dir"] {
	case "in", "↙", "0":
		n.Direction = evidence.In
	case "out", "↗", "1":
		n.Direction = evidence.Out
	}
	if sum := g["md5"]; sum != "" {
		n.App = appOfSum(sum)
	}
	if slot := g["sim"]; slot != "" {
		n.SIM = "SIM " + slot
	}
	ok := n.readTime(g)
	if scheme == "pixel" && !n.Time.IsZero() {
		// The names of this maker are said to be UTC; no sample confirms it, so
		// the register says where the time comes from.
		at := n.Time.At
		n.Time.At = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC).In(evidence.Beijing)
		n.Time.Source = "name:pixel (UTC)"
	}
	if IsSaved(scheme) && !n.Time.IsZero() {
		// The number in these names is when the picture was saved, not when
		// it was sent; the register says so.
		n.Time.Source = "name:" + scheme + " (saved)"
	}
	return n, ok
}

// isSaved tells the names of pictures that a chat app saved.
func IsSaved(scheme string) bool {
	switch scheme {
	case "wechat_saved", "wechat_saved_notime", "wechat_pc", "qq_saved":
		return true
	}
	return false
}

func IsScreenshot(scheme string) bool {
	switch scheme {
	case "xiaomi", "oppo", "huawei_vivo", "samsung_aosp", "vivo_old", "pc_screenshot":
		return true
	}
	return false
}

func (n *Name) readTime(g map[string]string) bool {
	source := "name:" + n.Scheme
	set := func(layout, value string, p evidence.Precision) bool {
		t, err := time.ParseInLocation(layout, value, evidence.Beijing)
		if err != nil || t.Year() < 2000 {
			return false
		}
		n.Time = evidence.Time{At: t, Precision: p, Device: true, Source: source}
		return true
	}
	switch {
	case g["epoch"] != "":
		v, err := strconv.ParseInt(g["epoch"], 10, 64)
		if err != nil {
			return false
		}
		if len(g["epoch"]) == 10 {
			v *= 1000
		}
		n.Time = evidence.Time{At: time.UnixMilli(v).In(evidence.Beijing).Truncate(time.Second), Precision: evidence.ToSecond, Source: source}
		return true
	case g["zone"] != "":
		t, err := time.Parse("20060102 150405 -0700", g["ts8"]+" "+g["hms"]+" "+g["zone"])
		if err != nil {
			return false
		}
		n.Time = evidence.Time{At: t.In(evidence.Beijing), Precision: evidence.ToSecond, Source: source}
		return true
	case g["ts14"] != "":
		return set("20060102150405", g["ts14"], evidence.ToSecond)
	case g["ts8"] != "":
		return set("20060102 150405", g["ts8"]+" "+g["hms"], evidence.ToSecond)
	case g["ts6"] != "":
		return set("060102 150405", g["ts6"]+" "+g["hms"], evidence.ToSecond)
	case g["ts10"] != "":
		return set("0601021504", g["ts10"], evidence.ToMinute)
	case g["y"] != "":
		return set("2006-01-02 15:04:05", g["y"]+"-"+g["mo"]+"-"+g["d"]+" "+g["h"]+":"+g["mi"]+":"+g["s"], evidence.ToSecond)
	case g["mo"] != "":
		n.Yearless = g["mo"] + "-" + g["d"] + " " + g["h"] + ":" + g["mi"]
		_, err := time.Parse("2006-01-02 15:04", "2024-"+n.Yearless) // a leap year has every day
		return err == nil
	}
	return true // a form without a time: not known
}

var (
	guessNumber  = regexp.MustCompile(`(?:^|\D)((?:\+86|0086)?1[3-9]\d{9}|\+[1-9]\d{7,14}|0\d{2,3}-?\d{7,8}|400\d{7}|95\d{3,9})(?:\D|$)`)
	guessCompact = regexp.MustCompile(`(20\d{6})[ _-]?(\d{6})`)
	guessDashed  = regexp.MustCompile(`(20\d\d-\d\d-\d\d)[ _](\d\d-\d\d-\d\d)`)
)

// datedBy gives a time without a year the year in which it lies within a day
// of when the file was last changed: a recorder closes its file at hang-up. A
// file that was changed at another time says nothing of the year.
func (n Name) DatedBy(modified time.Time) evidence.Time {
	year := modified.In(evidence.Beijing).Year()
	for _, y := range []int{year, year + 1, year - 1} { // about New Year the two may differ
		at, err := time.ParseInLocation("2006-01-02 15:04", strconv.Itoa(y)+"-"+n.Yearless, evidence.Beijing)
		if err == nil && modified.Sub(at).Abs() <= 24*time.Hour {
			return evidence.Time{At: at, Precision: evidence.ToMinute, Device: true, Source: "name:" + n.Scheme + "+modified"}
		}
	}
	return evidence.Time{}
}

// guessName finds a time and perhaps a number in a name of no known form.
func guessName(stem string) Name {
	n := Name{Guess: true}
	for _, g := range []struct {
		re     *regexp.Regexp
		layout string
	}{{guessCompact, "20060102 150405"}, {guessDashed, "2006-01-02 15-04-05"}} {
		m := g.re.FindStringSubmatchIndex(stem)
		if m == nil {
			continue
		}
		t, err := time.ParseInLocation(g.layout, stem[m[2]:m[3]]+" "+stem[m[4]:m[5]], evidence.Beijing)
		if err != nil {
			continue
		}
		n.Scheme = "generic"
		n.Time = evidence.Time{At: t, Precision: evidence.ToSecond, Device: true, Source: "name:generic"}
		stem = stem[:m[0]] + " " + stem[m[1]:]
		break
	}
	if n.Scheme == "" {
		return Name{}
	}
	if m := guessNumber.FindStringSubmatch(stem); m != nil {
		n.Number = m[1]
	}
	return n
}

// recordingExtensions are those that recorders give their files.
func RecordingExtensions() []string { return nameTable()["recordings"].Extensions }

// apps are the packages whose MD5 stands at the end of OPPO, OnePlus and
// realme screenshot names, with what people call them.
var apps = []struct{ pkg, label string }{
	{"com.tencent.mm", "微信"}, {"com.tencent.mobileqq", "QQ"}, {"com.android.mms", "短信"},
	{"com.android.contacts", "电话"}, {"com.android.incallui", "通话界面"}, {"com.android.dialer", "电话"},
	{"com.alibaba.android.rimet", "钉钉"}, {"com.eg.android.AlipayGphone", "支付宝"},
	{"com.google.android.dialer", "电话"}, {"com.samsung.android.dialer", "电话"}, {"com.samsung.android.incallui", "通话界面"}, {"com.huawei.contacts", "电话"}, {"com.hihonor.contacts", "电话"},
	{"com.samsung.android.messaging", "短信"}, {"com.hihonor.mms", "短信"}, {"com.tencent.wework", "企业微信"}, {"com.ss.android.article.news", "今日头条"},
	{"com.coloros.gallery3d", "相册"}, {"com.ss.android.ugc.aweme", "抖音"}, {"com.google.android.apps.messaging", "短信"},
}

func appOfSum(sum string) string {
	for _, a := range apps {
		if s := md5.Sum([]byte(a.pkg)); hex.EncodeToString(s[:]) == sum {
			return a.pkg
		}
	}
	return ""
}

// AppLabel is what people call the app of a package name; the package name
// itself if it is not known.
func AppLabel(pkg string) string {
	for _, a := range apps {
		if a.pkg == pkg {
			return a.label
		}
	}
	return pkg
}
