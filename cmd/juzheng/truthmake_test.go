package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// This file makes, from a seed, what a harassed borrower has: five phones, a
// carrier's list and chats, with what truly happened beside it. It knows nothing
// of the program: a letter is held against the truth made here, not against
// what a reader of the program took the files for.

// collectors are the numbers the collecting side uses; the last is the
// platform's own port, which also sends codes and receipts.
var collectors = []string{"057100000101", "057100000188", "19900000311", "19900000312", "19900000666", "19900000318",
	"106900000088"}

const (
	portNumber = "106900000088"
	contacted  = "19900000666" // the phone book of the borrower calls it 催收李经理
	mother     = "19900000777"
	colleague  = "19900000701"
	friend     = "19900000555"
	chatName   = "极融-小李"
)

func (w *world) seconds(d time.Duration) time.Duration { return time.Duration(w.r.Int64N(int64(d))) }

func (w *world) pick(list ...string) string { return list[w.r.IntN(len(list))] }

// said takes a text of a kind out of the pool, each once.
func (w *world) said(kind string) string {
	pool := w.texts[kind]
	n := w.r.IntN(len(pool))
	text := pool[n]
	w.texts[kind] = slices.Delete(slices.Clone(pool), n, n+1)
	return text
}

func (w *world) add(a act) *act {
	a.ID = len(w.Acts) + 1
	w.Acts = append(w.Acts, &a)
	return &a
}

func (w *world) byID(id int) *act { return w.Acts[id-1] }

// night says whether the act fell into the hours without collecting.
func (a *act) night() bool { h := a.At.In(china).Hour(); return h >= 22 || h < 8 }

func (a *act) day() string { return a.At.In(china).Format(time.DateOnly) }

func (a *act) collecting() bool { return a.Role == "collecting" && !a.Out }

// newWorld makes the dump of a seed in dir.
func newWorld(t *testing.T, seed uint64, dir string) *world {
	t.Helper()
	w := &world{
		Seed: seed, t: t, dir: dir, r: rand.New(rand.NewPCG(12, seed)),
		texts: map[string][]string{}, taken: map[string]bool{}, minutes: map[string]bool{},
		Facts: map[string]string{
			"name": "陈晓宁", "phone": "19900000001", "brand": "极融", "platform": "示例极融信息技术有限公司",
			"lender": "示例消费金融有限公司", "licence": "consumer-finance", "contract": "JR-2026-000123", "region": "330100",
			"id-number": "000000199911050027", "address": "浙江省杭州市虚构区样例路1号", "consent": "forward",
		},
	}
	data, err := os.ReadFile("testdata/held_out_phrases.json")
	if err != nil {
		t.Fatal(err)
	}
	var pool []struct{ Kind, Text string }
	if err := json.Unmarshal(data, &pool); err != nil {
		t.Fatal(err)
	}
	for _, p := range pool {
		w.texts[p.Kind] = append(w.texts[p.Kind], p.Text)
	}
	w.makePhones()
	w.ownCalls()
	w.otherPhones()
	w.lives()
	w.messages()
	w.chats()
	w.bombing()
	w.judge()
	w.write()
	return w
}

// makePhones: one clock is off by a good part of an hour, one recorder writes
// local time as if it were UTC, one phone was exported in another zone, and
// folders tell whose phone they are, or do not.
func (w *world) makePhones() {
	mi := &handset{Key: "mi", Folder: w.pick("小米14", "手机", "xiaomi14备份"), Whose: "self"}
	old := &handset{Key: "old", Folder: w.pick("旧手机", "华为旧机", "HUAWEI nova"), Whose: "self", HeaderLocal: true}
	off := w.pick("-63", "47")
	by, _ := time.ParseDuration(off + "m")
	by += time.Duration(w.r.IntN(20)) * time.Second
	wrong := old
	if w.Seed%2 == 1 {
		wrong = mi
	}
	wrong.Fast, wrong.KnowsClock = by, w.Seed%4 < 2
	w.Phones = map[string]*handset{
		"mi": mi, "old": old,
		"mum":    {Key: "mum", Folder: w.pick("妈妈的vivo", "妈妈手机", "vivo X100"), Whose: "family"},
		"desk":   {Key: "desk", Folder: w.pick("前台", "前台刘姐的OPPO", "同事手机"), Whose: "workplace"},
		"friend": {Key: "friend", Folder: w.pick("赵磊的iPhone", "赵磊"), Whose: "family", Zone: -time.Hour},
	}
}

// holder is the borrower's phone of a day.
func holder(at time.Time) string {
	if at.Before(time.Date(2026, 10, 5, 0, 0, 0, 0, china)) {
		return "old"
	}
	return "mi"
}

// call adds a call of the collecting side to the borrower. Two calls never
// begin within three minutes, so that a time names one of them.
func (w *world) call(at time.Time, number string, talk int) *act {
	for w.minutes[at.Format("01021504")] {
		at = at.Add(4 * time.Minute)
	}
	for m := -3; m <= 3; m++ {
		w.minutes[at.Add(time.Duration(m)*time.Minute).Format("01021504")] = true
	}
	return w.add(act{
		At: at, Kind: "call", Number: number, Caller: "collector", Role: "collecting", Phone: holder(at),
		Reached: "self",
		Ring:    4 + w.r.IntN(20), Talk: talk, SIM: 1, KnowTime: w.r.IntN(4) == 0,
	})
}

func (w *world) talk() int { return 12 + w.r.IntN(40) }

// ownCalls are the calls to the borrower's two phones.
func (w *world) ownCalls() {
	first := time.Date(2026, 9, 3, 0, 0, 0, 0, china)
	days := w.r.Perm(72)
	next := func() time.Time { d := days[0]; days = days[1:]; return first.AddDate(0, 0, d) }
	number := func() string { return collectors[w.r.IntN(6)] }
	for n := range 5 { // more than three in a day
		day := next()
		for k := range 4 + n%2 {
			w.call(day.Add(time.Duration(9+2*k)*time.Hour+w.seconds(100*time.Minute)), number(), w.talk())
		}
	}
	for range 4 { // three, which is within what the standard advises
		day := next()
		for k := range 3 {
			w.call(day.Add(time.Duration(9+3*k)*time.Hour+w.seconds(2*time.Hour)), number(), w.talk())
		}
	}
	for k := range 2 { // seven tries from one number, to one card, in vain
		day, from := next(), number()
		for n := range 7 + k {
			w.call(day.Add(time.Duration(9+n)*time.Hour+w.seconds(50*time.Minute)), from, 0)
		}
	}
	day := next()
	for n := range 6 { // six, which is not too many
		w.call(day.Add(time.Duration(9+n)*time.Hour+w.seconds(50*time.Minute)), collectors[2], 0)
	}
	early := time.Date(2026, 1, 20, 9, 0, 0, 0, china) // before the association's guide
	for n := range 8 {
		w.call(early.Add(time.Duration(n)*time.Hour+w.seconds(50*time.Minute)), collectors[0], 0)
	}
	for n := range 7 { // at night, on either phone
		at := next().Add(22*time.Hour + 6*time.Minute + w.seconds(80*time.Minute))
		if n%3 == 0 {
			at = at.Add(-15 * time.Hour) // before eight in the morning
		}
		w.call(at, number(), w.talk())
	}
	for n := range 4 { // by day, though a clock that is off puts it into the night
		at := next().Add(21*time.Hour + 10*time.Minute + w.seconds(40*time.Minute))
		if n%2 == 1 {
			at = at.Add(-13*time.Hour + 5*time.Minute)
		}
		w.call(at, number(), w.talk())
	}
	for len(days) > 44 {
		w.call(next().Add(9*time.Hour+w.seconds(10*time.Hour)), number(), []int{0, w.talk(), w.talk()}[w.r.IntN(3)])
	}
	spoken := []string{"threat", "insult", "impersonation"}
	for _, a := range w.Acts { // what is said in some of the recordings, with a transcript beside them
		if len(spoken) > 0 && a.Talk > 0 && !a.night() && w.r.IntN(5) == 0 {
			a.Says, a.Words, spoken = spoken[0], w.said(spoken[0]), spoken[1:]
		}
	}
}

// reachable are the days on which the borrower answered the collecting side.
func (w *world) reachable() map[string]bool {
	on := map[string]bool{}
	for _, a := range w.Acts {
		if a.Kind == "call" && a.Reached == "self" && a.Talk > 0 && a.Caller == "collector" {
			on[a.day()] = true
		}
	}
	return on
}

// otherPhones are the calls of the collecting side to other people: the mother
// and the colleague are told of the debt, the friend is not.
func (w *world) otherPhones() {
	on := w.reachable()
	var days []string
	for day := range on {
		days = append(days, day)
	}
	slices.Sort(days)
	w.r.Shuffle(len(days), func(i, j int) { days[i], days[j] = days[j], days[i] })
	n := 0
	third := func(phone, reached string, talk int, disclosed string, silent bool) *act {
		day, _ := time.ParseInLocation(time.DateOnly, days[n%len(days)], china)
		n++
		reach := "yes"
		if silent { // a day on which the borrower's phone was off
			day, reach = time.Date(2026, 11, 22, 0, 0, 0, 0, china), "no"
		}
		a := w.call(day.Add(10*time.Hour+w.seconds(9*time.Hour)), collectors[w.r.IntN(6)], talk)
		a.Phone, a.Reached, a.Disclose, a.Refused, a.Reach = phone, reached, disclosed, "no", reach
		return a
	}
	for k := range 9 {
		if k%3 == 2 {
			third("mum", "family", 0, "", false)
			continue
		}
		a := third("mum", "family", w.talk(), "yes", false)
		if k > 5 {
			a.Refused = "yes"
		}
	}
	for range 6 {
		third("desk", "workplace", w.talk(), "yes", false)
	}
	for k := range 5 {
		third("friend", "family", w.talk(), "no", k == 4)
	}
	for range 3 { // to the workplace's own line: no file shows it, a colleague tells of it
		third("", "workplace", w.talk(), "yes", false)
	}
}

// lives are calls that have nothing to do with the debt.
func (w *world) lives() {
	whom := map[string][][2]string{
		"self": {{mother, "family"}, {friend, "friend"}, {colleague, "workplace"}, {"95588", "service"},
			{"19900000633", "other"}, {"19900000621", "service"}},
		"mum":    {{"19900000801", "friend"}, {"19900000001", "family"}, {"4000000001", "service"}},
		"desk":   {{"19900000811", "friend"}, {"19900000001", "workplace"}, {"02100000077", "other"}},
		"friend": {{"19900000821", "friend"}, {"19900000001", "friend"}},
	}
	at := time.Date(2026, 9, 3, 9, 11, 0, 0, china)
	for at.Before(time.Date(2026, 11, 20, 0, 0, 0, 0, china)) {
		phone := w.pick("self", "self", "self", "mum", "desk", "friend")
		who := whom[phone][w.r.IntN(len(whom[phone]))]
		reached := "self"
		if phone == "self" {
			phone = holder(at)
		} else {
			reached = w.Phones[phone].Whose
		}
		w.add(act{
			At: at, Kind: "call", Number: who[0], Caller: who[1], Role: "other", Phone: phone, Reached: reached, SIM: 1,
			Out: w.r.IntN(3) == 0, Ring: 5, Talk: []int{0, w.talk(), w.talk()}[w.r.IntN(3)], Private: true,
		})
		at = at.Add(5*time.Hour + w.seconds(10*time.Hour))
		if h := at.Hour(); h < 8 || h > 21 {
			at = at.Add(11 * time.Hour)
		}
	}
}

func (w *world) sms(at time.Time, number, caller, role, words string) *act {
	return w.add(act{
		At: at, Kind: "sms", Number: number, Caller: caller, Role: role, Phone: holder(at), Reached: "self",
		Words:    words,
		KnowTime: w.r.IntN(4) == 0,
	})
}

// someDay is a moment in the two and a half months, by day.
func (w *world) someDay() time.Time {
	return time.Date(2026, 9, 3+w.r.IntN(76), 9, 0, 0, 0, china).Add(w.seconds(11 * time.Hour))
}

// messages are the SMS: threats and the like among many lawful reminders,
// codes and receipts, also at night, and other people's.
func (w *world) messages() {
	for _, kind := range strings.Fields("threat threat family family insult insult insult expose expose " +
		"impersonation impersonation false_consequence false_consequence disclosure disclosure") {
		a := w.sms(w.someDay(), collectors[2+w.r.IntN(4)], "collector", "collecting", w.said(kind))
		a.Says, a.Checked = kind, kind == "impersonation" || kind == "false_consequence"
	}
	due := func() string {
		return fmt.Sprintf(w.pick(
			"【极融】您的借款已逾期%d天，应还%d.00元，请登录APP还款，如已还款请忽略。",
			"【极融】温馨提示：本期账单逾期%d天，金额%d.00元，请尽快处理，有困难可联系客服协商。",
			"【极融】您好，您的账户逾期%d天，欠款%d.00元，请今日安排还款，以免产生违约金。"), 3+w.r.IntN(70), 1800+w.r.IntN(900))
	}
	for range 24 {
		w.sms(w.someDay(), portNumber, "platform", "collecting", due())
	}
	for range 2 { // a demand at night
		w.sms(w.someDay().Truncate(24*time.Hour).Add(15*time.Hour+w.seconds(40*time.Minute)), portNumber, "platform",
			"collecting", due())
	}
	for _, text := range []string{
		"【极融】验证码 %06d，用于登录，五分钟内有效，请勿告诉他人。", "【极融】已收到您的还款 %d 元，感谢您的支持。",
		"【极融】您的延期申请已受理，受理编号%d，结果将在三个工作日内通知。", "【极融】您的登录密码已修改，动态码%06d，如非本人操作请联系客服。",
	} { // at night, and nothing is collected
		w.sms(w.someDay().Truncate(24*time.Hour).Add(15*time.Hour+w.seconds(100*time.Minute)), portNumber, "platform",
			"service", fmt.Sprintf(text, w.r.IntN(900)+100))
	}
	other := [][3]string{
		{"106900000055", "service", "【示例银行】您尾号7731的信用卡本期账单%d元，到期还款日请见APP。"},
		{"106900000055", "service", "【示例银行】您尾号7731的储蓄卡入账%d.00元。"},
		{"106900000056", "service", "【示例快递】您的包裹已到驿站，取件码5-2-%d，请及时取走。"},
		{"106900000057", "other", "【示例商城】秋季满减，满%d减50，拒收请回复R。"},
		{"106900000058", "other", "【示例贷款】您有%d元额度待领取，年化低至7.2%%，退订回T。"},
		{"106900000059", "service", "【示例医院】您预约的门诊号为%d，请提前半小时取号。"},
		{friend, "friend", "周末打球还来不来，%d号场，输了请吃饭"},
		{friend, "friend", "你再不来我打断你的腿哈哈，火锅都点了%d块的"},
		{mother, "family", "家里腌了%d斤咸菜，有空回来拿"},
		{"12368", "service", "【12368】您与某物业公司一案定于10月%d日上午开庭，详情登录人民法院在线服务查询。"},
		{"106900000060", "service", "【反诈中心】警惕冒充公检法的来电，谨防受骗，咨询拨打96110转%d。"},
	}
	for n := range 33 {
		o := other[n%len(other)]
		role := "other"
		switch {
		case strings.Contains(o[2], "拒收") || strings.Contains(o[2], "退订"):
			role = "marketing"
		case o[1] == "service":
			role = "service"
		}
		a := w.sms(w.someDay(), o[0], o[1], role, fmt.Sprintf(o[2], 10+w.r.IntN(19)))
		a.Private = true
	}
	for range 2 { // sent by day, delivered at night when the phone was on again
		a := w.sms(w.someDay().Truncate(24*time.Hour).Add(13*time.Hour+50*time.Minute+w.seconds(time.Minute)),
			portNumber, "platform", "collecting", due())
		a.Ring = 80 * 60 // until it was delivered
	}
}

// chats: the collector writes by chat as well; a colleague and a friend tell of
// calls; the rest is life.
func (w *world) chats() {
	chat := func(at time.Time, account, caller, role, words string, out bool) *act {
		return w.add(act{At: at, Kind: "message", Account: account, Caller: caller, Role: role, Phone: "mi",
			Reached: "self", Words: words, Out: out})
	}
	at := time.Date(2026, 10, 8, 10, 3, 0, 0, china)
	for n, kind := range strings.Fields(
		"- threat - insult expose - family - false_consequence - insult impersonation -") {
		words := w.pick("你好，在吗，账单什么时候能处理", "请按合同还款，可以登录APP办理", "今天能还多少，我这边登记一下", "收到，备注好了，请按约定时间还款")
		if kind != "-" {
			words = w.said(kind)
		}
		a := chat(at, chatName, "collector", "collecting", words, false)
		if kind != "-" {
			a.Says, a.Checked = kind, kind == "impersonation"
		}
		chat(at.Add(3*time.Minute), chatName, "collector", "other",
			w.pick("请不要这样说话", "我会想办法还的", "请发书面的账单给我", "不要联系我家里人"), true)
		at = at.Add(24*time.Hour + w.seconds(7*time.Hour))
		if at.Hour() < 9 || at.Hour() > 20 {
			at = at.Add(-10 * time.Hour)
		}
		if n == 6 { // at night
			chat(time.Date(2026, 10, 30, 22, 40, 0, 0, china).Add(w.seconds(30*time.Minute)), chatName, "collector",
				"collecting", "还没睡吧，欠款抓紧处理一下", false)
		}
	}
	tell := []string{
		"刚才有个女的打到我这儿，说是极融的，说你欠他们两千多，让我转告你",
		"又有人打电话找你，说你贷款逾期了，还问你家住哪，我没说",
		"单位座机今天接到催收的电话，说你欠钱不还，经理也听见了",
	}
	told := 0
	for _, a := range slices.Clone(w.Acts) {
		if a.Phone == "" && a.Kind == "call" { // the calls nobody has a file of
			m := chat(a.At.Add(40*time.Minute), "刘姐", "workplace", "other", tell[told%len(tell)], false)
			m.Tells = a.ID
			told++
		}
	}
	mums, friends := 0, 0
	for _, a := range slices.Clone(w.Acts) { // and some of those their own phones show as well
		switch {
		case a.Kind != "call" || a.Caller != "collector" || a.Talk == 0:
		case a.Phone == "mum" && mums < 2:
			m := w.sms(a.At.Add(25*time.Minute), mother, "family", "other",
				[]string{"刚才催收打我这了，说你欠了好几千，怎么回事", "又打来了，说你再不还要告你，我血压都高了"}[mums])
			m.Tells, mums = a.ID, mums+1
		case a.Phone == "friend" && friends < 1:
			m := chat(a.At.Add(15*time.Minute), "赵磊", "friend", "other", "刚有人打我电话找你，没说什么事，只说让你回个电话", false)
			m.Tells, friends = a.ID, friends+1
		}
	}
	at = time.Date(2026, 10, 9, 12, 5, 0, 0, china)
	for range 8 {
		chat(at, "刘姐", "workplace", "other", w.pick("午饭一起吗", "快递帮你放前台了", "明天开会别忘了带材料", "收到，谢谢"), false).Private = true
		chat(at.Add(time.Hour), "赵磊", "friend", "other", w.pick("晚上打球吗", "那部片子看了没", "在忙，回头说"), false).Private = true
		at = at.Add(30*time.Hour + w.seconds(3*time.Hour))
	}
}

// bombing is one hour of codes nobody asked for, and of calls from numbers
// that are never seen again.
func (w *world) bombing() {
	day := time.Date(2026, 10, 20+w.r.IntN(20), 14, 0, 0, 0, china)
	for n := range 20 {
		at := day.Add(time.Duration(n)*150*time.Second + w.seconds(40*time.Second))
		a := w.add(act{At: at, Kind: "call", Number: fmt.Sprintf("1990001%04d", w.r.IntN(10000)), Role: "other",
			Phone: holder(at), Reached: "self", Ring: 3, SIM: 1})
		a.Bulk = "bombing"
		if n < 14 {
			at = at.Add(50 * time.Second)
			m := w.sms(at, fmt.Sprintf("10690001%04d", w.r.IntN(10000)), "", "service",
				fmt.Sprintf("【示例%s】验证码%06d，您正在注册，五分钟内有效。", w.pick("直播", "商城", "出行", "招聘"), w.r.IntN(1000000)))
			m.Bulk = "bombing"
		}
	}
}
