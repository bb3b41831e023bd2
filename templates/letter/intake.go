package letter

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// IntakeTitle is what the form is called that somebody who comes for help fills in by
// hand.
const IntakeTitle = "来访登记表"

// Intake is a form to print, two pages: what only the person can say, in the order of
// case.toml and of what the program asks, and beside it what to bring and how to hand
// over what the phone holds. It asks for no judgement, and prints nobody's data but the
// organisation's.
func Intake(o evidence.Organisation, date time.Time) document.Document {
	in := Input{Date: date}
	in.Case.Organisation = o
	d := in.document(IntakeTitle)
	add := func(b ...document.Block) { d.Blocks = append(d.Blocks, b...) }
	section := func(s string) { add(document.Heading{Level: 1, Text: s}) }
	// A line to write on: what is asked, and blanks to the end of the line.
	ask := func(lines ...string) {
		for _, s := range lines {
			add(document.Paragraph{Spans: plain(toTheEdge(s)), Align: document.Left}, document.Space{Lines: 0.3})
		}
	}
	if o.Name != "" {
		head := in.letterhead()
		add(head[0], document.Paragraph{Spans: plain(strings.TrimPrefix(with("　地址：", o.Address)+
			with("　电话：", o.Phone), "　")), Align: document.Center, Small: true})
	}
	add(document.Title{Text: IntakeTitle}, small("不知道的空着，不要猜；日期、金额照合同和账单写。一笔借款一张表，几家借的每家一张。"+
		"这张表不交给任何部门，由帮您整理的人保管。"))
	section("一、您是谁")
	ask("姓名：＿＿＿＿＿＿＿＿＿　手机号：", "身份证号：", "收信地址：", "您是：□ 借款人本人　□ 被催的亲友、同事　□ 监护人　□ 继承人",
		"不是本人的，借款人叫什么、您是他什么人：")
	section("二、哪一笔借款")
	ask("App 或平台的名字：", "合同上的“贷款人”（公司全称）：", "□ 网贷　□ 信用卡　□ 分期购物　□ 租机　□ 经营贷　□ 车贷　□ 房贷",
		"合同编号：＿＿＿＿＿＿＿＿＿＿＿＿＿　借款日期：", "借了多少元：＿＿＿＿＿＿＿＿＿＿＿　到手多少元：",
		"从哪天起没还上：＿＿＿＿＿＿＿＿＿　□ 已还清，哪天：", "借款是您办的吗：□ 是　□ 不是，别人用我的名义办的")
	section("三、谁在催，怎么催（只有您知道的）")
	add(emptyTable(9, "号码、微信或QQ名", 34, "他说自己是谁、哪一家的", 44, "从哪天起", 22))
	add(document.NewPage{}, small("他们找过的别人："), emptyTable(4, "姓名", 20, "是您什么人", 20, "哪天、说了什么，提没提欠款", 60),
		document.Space{Lines: 0.5})
	ask("您说过“不要再联系”吗：□ 没有　□ 说过，哪天、对谁：", "您同意过夜里（22点到8点）联系吗：□ 没有　□ 同意过",
		"上过门、去过单位吗：□ 没有　□ 有，哪天、哪里：", "威胁过您和家人的安全吗：□ 没有　□ 有（现在就有危险的，先打 110）",
		"自称警察、法院、律师的有吗：□ 没有　□ 有，哪个号码：")
	section("四、以前反映过的（没有就空着）")
	add(emptyTable(3, "向谁反映", 30, "哪天", 18, "工单号、受理号", 26, "怎么答复的、哪天", 26))
	section("五、您想要什么")
	ask("□ 不再找我的亲友、同事　□ 不再骚扰我　□ 书面答复　□ 道歉", "□ 要合同、账单、催收委托材料　□ 延期或分期　□ 举报时对身份保密",
		"□ 同意把我的材料转给对方核查　其他：")
	section("六、要带来的")
	numbered(add, []string{
		"手机、充电器和数据线；解锁密码您自己输，不用告诉别人。",
		"身份证。代办的再带双方身份证和亲笔签名的授权委托书；监护人、继承人带证明关系的材料。",
		"借款合同、还款计划、账单、放款到账的流水（在 App 和银行 App 里下载）。",
		"运营商的语音详单：在手机营业厅 App 里按月导出。通常只能查最近六个月，越早越好。",
		"投诉过的，带工单号、短信和答复；还清了的，带结清证明。",
	})
	section("七、手机里的东西怎么交")
	numbered(add, []string{
		"来以前什么都不要删：短信、通话记录、聊天、录音、截图，也不要换机、恢复出厂。",
		"手机不用留下：当面用数据线拷进电脑，您一直在场，拷完就拿走。",
		"只拷和催收有关的：通话录音、截图、短信和通话记录的备份、详单。私人照片和聊天不用给。",
		"不要用微信转发录音和截图：会压缩，还会丢掉时间。不改名，不剪辑。",
		"亲友手机里的，请亲友自己拷，说清是谁的手机；不愿意给的不勉强。",
		"拷完当面对一遍有几份，要一份清单。",
	})
	add(document.Space{Lines: 0.5})
	ask("填表人签名、日期：＿＿＿＿＿＿＿＿＿　接待人签名、日期：")
	return d
}

// toTheEdge fills a line that asks something with blanks, as far as a page is wide.
func toTheEdge(s string) string {
	const wide = 40 // characters
	if !strings.HasSuffix(s, "：") {
		return s
	}
	return s + blank(max(4, wide-utf8.RuneCountInString(s)))
}

func small(s string) document.Paragraph { return document.Paragraph{Spans: plain(s), Small: true} }

func numbered(add func(...document.Block), items []string) {
	for n, s := range items {
		add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s), Hang: true, Small: true})
	}
}

// emptyTable is ruled for so many lines of handwriting; columns are titles and widths.
func emptyTable(lines int, columns ...any) document.Table {
	var t document.Table
	for n := 0; n+1 < len(columns); n += 2 {
		t.Columns = append(t.Columns, document.Column{Title: columns[n].(string), Width: float64(columns[n+1].(int))})
	}
	for range lines {
		t.Rows = append(t.Rows, make([]document.Cell, len(t.Columns)))
	}
	return t
}
