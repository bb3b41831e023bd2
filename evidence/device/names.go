package device

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// makers are known by words in the names of folders.
var makers = []struct {
	maker string
	words []string
}{
	{"iPhone", []string{"iphone", "ipad", "苹果"}},
	{"小米", []string{"小米", "xiaomi", "redmi", "红米"}},
	{"华为", []string{"华为", "huawei"}},
	{"荣耀", []string{"荣耀", "honor"}},
	{"OPPO", []string{"oppo", "oneplus", "一加", "realme", "真我"}},
	{"vivo", []string{"vivo", "iqoo"}},
	{"三星", []string{"三星", "samsung", "galaxy"}},
	{"魅族", []string{"魅族", "meizu"}},
	{"联想", []string{"联想", "lenovo", "moto"}},
	{"谷歌", []string{"pixel"}},
}

// recorders are the makers whose phones name recordings in a form of their own.
// Forms that apps of any phone use are left out.
var recorders = map[string]string{
	"miui": "小米", "miui_bare": "小米", "samsung": "三星", "oneplus": "OPPO", "oppo": "OPPO", "lenovo": "联想",
}

// recorderOf is the maker of the phone that recorded, by the file's name.
func recorderOf(x evidence.Exhibit) string {
	scheme, ok := strings.CutPrefix(x.Captured.Source, "name:")
	if !ok || x.Kind != evidence.Recording {
		return ""
	}
	scheme, _, _ = strings.Cut(scheme, "+")
	return recorders[scheme]
}

func makerIn(name string) string {
	name = strings.ToLower(norm.NFKC.String(name))
	for _, m := range makers {
		if slices.ContainsFunc(m.words, func(w string) bool { return strings.Contains(name, w) }) {
			return m.maker
		}
	}
	return ""
}

// A person is somebody by the words folders are named with.
type person struct {
	who   evidence.Reached
	words []string
}

var people = []person{
	{evidence.ReachedEmergency, []string{"紧急联系人"}},
	{evidence.ReachedGuarantor, []string{"担保人", "共同借款人"}},
	{evidence.ReachedWorkplace, []string{"前台", "公司", "单位", "办公室", "同事", "领导", "老板", "人事"}},
	{evidence.ReachedFamily, evidence.Family},
	{evidence.ReachedStranger, []string{"邻居", "房东"}},
}

// ownWords name the person's own phone.
var ownWords = []string{"我", "本人", "自己", "本机", "我自己"}

// phoneWord ends the name of somebody's phone.
var phoneWord = lazyregexp.New(
	`(?i)(?:的|[-_ ])?(?:手机|旧手机|新手机|电话|备份|导出|资料|文件|证据|录音|phone|iphone.*|ipad.*)?$`)

// whose is the part of a folder's name that says whose phone it is: 赵磊 of
// 赵磊的iPhone; empty where there is none.
func whose(name string) string {
	name = strings.TrimSpace(norm.NFKC.String(name))
	for _, of := range []string{"的", "'s ", "’s "} {
		who, thing, ok := strings.Cut(name, of)
		if ok && who != "" && (isPhone.MatchString(thing) || makerIn(thing) != "" || isPerson(who)) {
			return who
		}
	}
	stem := strings.TrimSpace(phoneWord.ReplaceAllString(name, ""))
	for _, o := range people {
		if slices.Contains(o.words, stem) {
			return stem
		}
	}
	if slices.Contains(ownWords, stem) {
		return stem
	}
	if who, ok := strings.CutSuffix(name, "手机"); ok && personName.MatchString(who) && makerIn(who) == "" {
		return who
	}
	return ""
}

// isPhone is what follows whose phone it is. The recordings of somebody, 催收的录音,
// are no phone of theirs.
var isPhone = lazyregexp.New(`(?i)手机|电话卡|备份|phone|平板`)

// isPerson reports a word for a person in the complainant's life.
func isPerson(who string) bool {
	return slices.Contains(ownWords, who) ||
		slices.ContainsFunc(people, func(o person) bool {
			return slices.ContainsFunc(o.words, func(w string) bool { return strings.HasSuffix(who, w) })
		})
}

// personName is a name before 手机, and not a description of the phone.
var personName = lazyregexp.New(`^\p{Han}{2,4}$`)

// ages tell phones of one person apart, and nobody's from another's.
var ages = []string{"旧", "新", "备用", "工作", "主", "副", "智能", "安卓", "苹果"}

// ownerIn is who the owner is by a folder's name; of a person's name alone it
// is not known.
func ownerIn(name string) evidence.Reached {
	name, _, _ = strings.Cut(name, "/")
	who := whose(name)
	for _, o := range people {
		if slices.Contains(o.words, who) {
			return o.who
		}
	}
	for _, o := range people { // 我妈, 王阿姨, 公司前台
		if slices.ContainsFunc(o.words, func(w string) bool { return who != "" && strings.HasSuffix(who, w) }) {
			return o.who
		}
	}
	return evidence.ReachedUnknown
}

// whoseWord is the person that a folder's name speaks of: 妈妈 of 妈妈手机备份 as of
// 妈妈的手机; empty if it speaks of none.
func whoseWord(name string) string {
	name, _, _ = strings.Cut(name, "/")
	if who := whose(name); who != "" {
		return who
	}
	best := ""
	for _, o := range people {
		for _, w := range o.words {
			if len(w) > len(best) && strings.HasPrefix(name, w) {
				best = w
			}
		}
	}
	return best
}

// callList is how a phone's list of calls is named after whose phone it is.
var callList = lazyregexp.New(`^(.+?)的?(?:手机)?(?:通话|来电|呼叫)(?:记录|详单|清单|话单|日志)`)

// listOwner is who a list of calls is named after, if it is somebody close to the
// person: 妈妈 of 妈妈通话记录.csv. A chat is named after who was talked to, and says
// nothing of the phone; so may messages be.
func listOwner(x evidence.Exhibit) string {
	if x.Kind != evidence.CallLog {
		return ""
	}
	m := callList.FindStringSubmatch(norm.NFKC.String(x.OriginalName))
	if m == nil {
		return ""
	}
	for _, o := range people {
		if slices.ContainsFunc(o.words, func(w string) bool { return strings.HasSuffix(m[1], w) }) {
			return m[1]
		}
	}
	return ""
}

// ownName reports that a folder is named as the complainant's own.
func ownName(name string, c evidence.Case) bool {
	name, _, _ = strings.Cut(name, "/")
	who := whose(name)
	own := c.Complainant.Name
	return who != "" && (slices.Contains(ownWords, who) || who == own ||
		len([]rune(own)) > 2 && strings.HasSuffix(own, who) && len([]rune(who)) == 2)
}

// foreignName reports that a folder is named as somebody else's.
func foreignName(name string, c evidence.Case) bool {
	name, _, _ = strings.Cut(name, "/")
	who := whose(name)
	return who != "" && !ownName(name, c) && !slices.Contains(ages, who)
}

// inside are folders that phones, apps and export programs make; what lies in
// them is sorted by app, and no longer by phone.
var inside = lazyregexp.New(`(?i)^(?:DCIM|MIUI|Android|Music|Pictures|Movies|Download|Downloads|Documents|` +
	`Recordings?|Sounds?|Record|Recorder|PhoneRecord|call_rec|CallRecord|SMSBackupRestore|tencent|MicroMsg|WeiXin|` +
	`WeChat|QQ|ACRCalls|sound_recorder|Screenshots?|Camera|微信.*|聊天.*|QQ.*|通话录音|录音|截图|相册|短信|.*详单)$`)

// forwarded is a folder of what somebody sent on: it lay on the person's phone.
var forwarded = lazyregexp.New(`转来|转发|转给|发来|发给|传来|传给`)

// folders are the parts of a path's folder.
func folders(name string) []string {
	dir := path.Dir(strings.ReplaceAll(name, `\`, "/"))
	return strings.FieldsFunc(dir, func(r rune) bool { return r == '/' })
}

// sharedFolders counts how many of the outermost folders all paths have.
func sharedFolders(all [][]string) int {
	if len(all) == 0 {
		return 0
	}
	n := len(all[0])
	for _, parts := range all[1:] {
		k := 0
		for k < n && k < len(parts) && parts[k] == all[0][k] {
			k++
		}
		n = k
	}
	return n
}

// phoneFolder finds the folder of a path that is named like a phone or a
// person: the outermost of those in which paths differ, else the innermost of
// those that all share. One inside that is named as the person's own, 我的iPhone in
// 爸爸的材料, says more than what lies around it.
func phoneFolder(parts []string, shared int, x evidence.Exhibit, named, heaps map[string]bool) (dir, name string) {
	if of := phoneFolders(parts, shared, x, named); len(of) > 0 {
		if heaps[of[0]] && len(of) > 1 {
			of = of[1:]
		}
		for _, dir := range of[1:] {
			if slices.Contains(ownWords, whose(path.Base(dir))) {
				return dir, path.Base(dir)
			}
		}
		return of[0], path.Base(of[0])
	}
	for n := min(shared, len(parts)) - 1; n >= 0; n-- {
		if dir := strings.Join(parts[:n+1], "/"); namesPhone(parts[n], x) && !heaps[dir] {
			return dir, parts[n]
		}
	}
	return "", ""
}

// phoneFolders are the folders of a path that are named like a phone or a person, the
// outermost first, of those in which paths differ.
func phoneFolders(parts []string, shared int, x evidence.Exhibit, named map[string]bool) (dirs []string) {
	for n := shared; n < len(parts) && !inside.MatchString(parts[n]); n++ {
		if dir := strings.Join(parts[:n+1], "/"); namesPhone(parts[n], x) || named[dir] {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// phoneHeaps are folders named like a phone that hold the folders of several phones:
// 手机资料, 苏敏手机 with 小米 and 老公三星 in it. One that is named after somebody close
// and holds two makers' phones is still theirs.
func phoneHeaps(exhibits []evidence.Exhibit, all [][]string, named map[string]bool) map[string]bool {
	within := map[string]map[string]bool{}
	for n, x := range exhibits {
		dirs := phoneFolders(all[n], 0, x, named)
		for k := range dirs[:max(len(dirs)-1, 0)] {
			if within[dirs[k]] == nil {
				within[dirs[k]] = map[string]bool{}
			}
			within[dirs[k]][dirs[k+1]] = true
		}
	}
	out := map[string]bool{}
	for dir, inner := range within {
		people := 0
		for d := range inner {
			if whoseWord(path.Base(d)) != "" {
				people++
			}
		}
		out[dir] = len(inner) > 1 && (people > 1 || !ownerIn(path.Base(dir)).Third())
	}
	return out
}

// surnames are the commonest, which names of people begin with.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"

// bareNames are folders that bear nothing but somebody's name and hold what a
// phone exports, its list of calls or messages: the phone is theirs.
func bareNames(exhibits []evidence.Exhibit, all [][]string, shared int) map[string]bool {
	out := map[string]bool{}
	for n, x := range exhibits {
		if x.Kind != evidence.CallLog && x.Kind != evidence.SMSLog {
			continue
		}
		for k := shared; k < len(all[n]); k++ {
			name := []rune(all[n][k])
			if len(name) >= 2 && len(name) <= 3 && strings.ContainsRune(surnames, name[0]) &&
				personName.MatchString(all[n][k]) {
				out[strings.Join(all[n][:k+1], "/")] = true
			}
		}
	}
	return out
}

// namesPhone reports a folder that is named like a phone or like its owner.
// The folder of a chat is named after who was talked to.
func namesPhone(folder string, x evidence.Exhibit) bool {
	if forwarded.MatchString(folder) || inside.MatchString(folder) {
		return false
	}
	stem := strings.TrimSuffix(x.OriginalName, path.Ext(x.OriginalName))
	partner, _, _ := strings.Cut(folder, "(")
	if x.Kind == evidence.ChatLog && strings.TrimSpace(partner) == stem {
		return false
	}
	return whose(folder) != "" || makerIn(folder) != "" || strings.Contains(folder, "手机")
}

// listOf is the name of a carrier's list, which begins or ends with the number it is of.
var listOf = lazyregexp.New(`^(1[3-9]\d{9})[-_ ]?(?:.*详单|.*话单|.*通话)|(?:详单|话单)[-_ （(]{0,2}(1[3-9]\d{9})(?:\D|$)`)

// ownNumber is the number of the phone itself, where the name of a list has it.
func ownNumber(x evidence.Exhibit) string {
	if m := listOf.FindStringSubmatch(x.OriginalName); m != nil && x.Kind == evidence.CallLog {
		return cmp.Or(m[1], m[2])
	}
	return ""
}
