package web

import (
	"juzheng/evidence"
	"juzheng/evidence/track"
	"juzheng/templates"
)

var handWords = words{
	"h": {ZH: "交给谁，到哪一步了", EN: "To whom, and how far it is"},
	"lead": {ZH: "材料在您的电脑里，程序不会替您发送。照着做，一步一步来。",
		EN: "The papers are on your computer; nothing is ever sent for you. One step at a time."},
	"none":       {ZH: "还没有能交的", EN: "Nothing to hand in yet"},
	"going":      {ZH: "正在做，稍等", EN: "Working, one moment"},
	"not-done":   {ZH: "没有做成", EN: "It could not be done"},
	"to-letters": {ZH: "先读信、做材料", EN: "First the letter and papers"},
	"old": {ZH: "这份材料做好以后，案件又变了。重新做一次再交。",
		EN: "The case has changed since these papers were made. Make them anew before you hand them in."},
	"state-old": {ZH: "材料做好以后案件又变了，要重新做", EN: "the case changed since its papers were made; make them anew"},
	"nameless":  {ZH: "平台或放款机构（还没有写是哪家）", EN: "platform or lender (not named yet)"},
	"since": {ZH: "交了以后，证据里又有了新的（从%s起）。交过的不用重交，新的可以补交。",
		EN: "Evidence came since it was handed in (from %s on). That need not be handed in again; what is " +
			"new can be added."},
	"extra": {ZH: "做补充材料", EN: "Make the supplement"},
	"ways":  {ZH: "还可以交给", EN: "Whom else you can turn to"},
	"ways-s": {ZH: "各办各的事，和上面的不冲突。点开看它办什么；要交的，先读信，再做材料。",
		EN: "Each for its own matter, beside those above. Read the letter first; then its papers are made."},
	"read-it": {ZH: "读这封信", EN: "Read the letter"},
	"one":     {ZH: "打印、签名", EN: "Print and sign"},
	"one-s": {ZH: "签名、捺印、写日期；留了身份证号横线的，也写上。要交的：",
		EN: "Sign, press your finger, date it; write your identity number where a line is left for it. What goes along:"},
	"print":  {ZH: "打印", EN: "Print"},
	"again":  {ZH: "再打印", EN: "Print again"},
	"duplex": {ZH: "双面打印", EN: "On both sides"},
	"see":    {ZH: "看打印件", EN: "See the print file"},
	"folder": {ZH: "打开文件夹", EN: "Open the folder"},
	"two":    {ZH: "交上去", EN: "Hand in"},
	"two-own": {ZH: "这个地址不是程序自带的，来自文件 %s（用户提供，未核对）：先打开它自己的网站核对，对得上再交，信里有您的姓名和电话。",
		EN: "This address is not the program's; it is of the file %s (provided by the user, unchecked). Compare it with " +
			"the body's own site before you hand anything in: the letter has your name and telephone."},
	"two-s": {ZH: "可以走的路：", EN: "The ways there are:"},
	"two-0": {ZH: "没有查到它的地址和电话，照 App 里的客服、合同上写的交。",
		EN: "No address or number of it was found; use what the app or contract has."},
	"fields": {ZH: "逐栏复制", EN: "Copy field by field"},
	"fields-s": {ZH: "这是一般表单的栏目，没有查到它自己的；栏目和字数以网页为准。",
		EN: "These are the fields most forms have; its own were not found. Names and limits are as its page has them."},
	"fields-o": {ZH: "栏目和字数以网页为准，提交前再看一遍。",
		EN: "Names and limits are as its page has them; look again before you send."},
	"limit":   {ZH: "限%d字", EN: "at most %d characters"},
	"blank":   {ZH: "案件里没有，照网页自己填", EN: "not in the case; fill it in yourself"},
	"copy-it": {ZH: "复制", EN: "Copy"},
	"copied":  {ZH: "已复制", EN: "Copied"},
	"mail":    {ZH: "邮件草稿", EN: "Mail draft"},
	"scan":    {ZH: "放入签名扫描件", EN: "Add the signed scan"},
	"scan-s": {ZH: "一个 PDF，或者每页一张照片。放过的会换成这一次的，换下的另放一处，不会删。",
		EN: "One PDF, or a photo of each page. It takes the place of one put there before, which is kept elsewhere."},
	"scan-h":   {ZH: "先看一眼，再算签好的", EN: "Look first; then it counts as signed"},
	"scan-see": {ZH: "看放进来的第%d个", EN: "See file %d"},
	"scan-yes": {ZH: "看过了，就是签好的这封信", EN: "I looked: it is this letter, signed"},
	"scan-no":  {ZH: "不是，换一个", EN: "No, take another"},
	"put":      {ZH: "放进去", EN: "Add"},
	"stick":    {ZH: "U盘副本", EN: "Copy for a stick"},
	"holds":    {ZH: "交给它的副本里有什么", EN: "What a copy for it holds"},
	"holds-n":  {ZH: "这封信用到的证据%d份，原件。", EN: "%d exhibits that this letter rests on, as originals."},
	"holds-0": {ZH: "没有读到别人的号码、账号、名字和验证码。图片上的字、录音里的话，程序不一定认得全。",
		EN: "No numbers, accounts, names or codes of others were read. Words on pictures and in recordings may not be " +
			"all known to the program."},
	"holds-c": {ZH: "遮盖过的不放进去：", EN: "Left out, for papers cover them: "},
	"holds-r": {ZH: "时间线里这些行有遮盖过的字：", EN: "Rows of the timeline that say covered words: "},
	"holds-how": {ZH: "不想给的：图片，把要遮的地方画上，画过的整份不放进副本；合同、摘录等别的，在下面勾上，那一份就不放。",
		EN: "To keep something back: mark the place on a picture, and the whole of it stays away; anything else, " +
			"tick it below and it stays away."},
	"holds-cover": {ZH: "去遮盖", EN: "Cover"},
	"holds-table": {ZH: "timeline.csv 是一起给的时间线，只有放进去的那些证据的行；不放那份证据，它的行也不在里面。",
		EN: "timeline.csv, which goes along, has the rows of the exhibits in the copy alone; without an exhibit its rows " +
			"stay away too."},
	"stays":     {ZH: "不放进副本的", EN: "What stays away"},
	"seen":      {ZH: "看过了，就给这些", EN: "I have seen it; give these"},
	"place":     {ZH: "U盘的位置", EN: "Where the stick is"},
	"copy-made": {ZH: "副本做好了：", EN: "The copy is made: "},
	"copy-code": {ZH: "本包校验值（收到的人拿它核对）：", EN: "Digest of this copy, for whoever receives it: "},
	"make":      {ZH: "做副本", EN: "Make the copy"},
	"three":     {ZH: "记下来", EN: "Write it down"},
	"three-s": {ZH: "交了以后，把日期和单号写在这里，程序从这一天起数日子。",
		EN: "When it is handed in, write day and number here; terms run from that day."},
	"own": {ZH: "交的不是这份材料：自己写的、打电话或在 App 里说的",
		EN: "It was not these papers: a letter of my own, a call, or in the app"},
	"on":       {ZH: "哪天", EN: "Which day"},
	"receipt":  {ZH: "工单号或快递单号", EN: "Number of the ticket or parcel"},
	"proof":    {ZH: "凭据的照片或截图", EN: "Photo or screenshot that shows it"},
	"filed":    {ZH: "我已提交", EN: "It is handed in"},
	"came":     {ZH: "收到答复", EN: "An answer came"},
	"how":      {ZH: "答复怎么样", EN: "What it comes to"},
	"said":     {ZH: "答复了什么，照原文", EN: "What it said, word for word"},
	"points":   {ZH: "不满意的地方，一条一条，用；隔开", EN: "What you hold against it, parted by ;"},
	"save":     {ZH: "记下答复", EN: "Write the answer down"},
	"accepted": {ZH: "受理了，还没有结果", EN: "taken, not decided yet"},
	"next":     {ZH: "接下来", EN: "What next"},
	"write":    {ZH: "写%s", EN: "Write: %s"},
	"more":     {ZH: "又交了别的", EN: "Something further was handed in"},
	"what":     {ZH: "交的是什么", EN: "What it was"},
	"calendar": {ZH: "期限写进日历", EN: "Terms as a calendar"},
	"undo":     {ZH: "收回最后记的一笔", EN: "Take the last entry back"},
	"close":    {ZH: "办完了，结束这一处", EN: "It is done; close it"},
	"withdraw": {ZH: "我撤回了", EN: "I withdrew it"},
	"withdraw-s": {ZH: "撤回以后，同一件事一般不再受理。真的撤了再记。",
		EN: "What was withdrawn is in general not taken again. Only if you did."},
	"reopen": {ZH: "重新打开", EN: "Open it again"},
	"wrote-here": {ZH: "写好了。先打开读一遍，没有写错，再打印、签名、交出去：",
		EN: "It is written. Open and read it first; if nothing in it is wrong, print, sign and hand it in:"},
	"wrote": {ZH: "写好的后续信", EN: "Letters that follow"},
	"keep":  {ZH: "一直要留着", EN: "Always keep"},
	"keep-s": {ZH: "手机和里面的原件，不要删、不要剪。案件文件夹另存一份到U盘。",
		EN: "The phone and the originals on it: delete and cut nothing. Keep a copy of the case folder on a stick."},
	"kept":    {ZH: "写下的都存好了", EN: "What you wrote down is saved"},
	"choose1": {ZH: "选一个", EN: "Choose"},
}

// nextWords say what a person does next.
var nextWords = map[track.Next]evidence.Text{
	track.Wait: {ZH: "等。有答复、受理通知，就记下来。", EN: "Wait, and write down whatever comes."},
	track.Remind: {ZH: "到期了。书面催一次，也可以先打电话问是不是延长了期限。",
		EN: "The term is over. Ask again in writing, or on the telephone whether it was extended."},
	track.Unanswered: {ZH: "一直没有答复。可以再催一次；没有答复会写进给监管部门的信。",
		EN: "Nothing came. Ask once more; the letters to the supervisor will say that nothing came."},
	track.Say: {ZH: "有了答复：满意不满意，记下来。", EN: "There is an answer: say what it comes to."},
	track.Supply: {ZH: "对方要补材料。补交以后在下面记一笔；交过又来要的，写信说明。",
		EN: "It asks for papers. Write down below when you gave them; if it has them already, say so in a letter."},
	track.Consider: {ZH: "对方要您撤回。撤不撤由您决定，问题没有解决的不用撤。",
		EN: "It asks you to withdraw. That is yours to decide; what is not settled need not be withdrawn."},
	track.Contest: {ZH: "答复不满意。写信说明哪里不对；不再和它说的，给监管部门的信会写上这次答复。",
		EN: "The answer does not satisfy. Object in writing; or the letters to the supervisor will tell of it."},
	track.Close:   {ZH: "办完了，可以结束这一处。", EN: "It is done and can be closed."},
	track.Nothing: {ZH: "这一处不用再做什么。", EN: "Nothing is left to do here."},
}

// followWords are what can be handed in after a complaint.
var followWords = map[string]evidence.Text{
	evidence.Supplement: {ZH: "补充材料", EN: "more papers"}, evidence.Reminder: {ZH: "催办函", EN: "a reminder"},
	evidence.Incomplete: {ZH: "答复不完整的说明", EN: "that the answer is incomplete"},
	evidence.Disputed:   {ZH: "异议书", EN: "an objection"}, evidence.Recheck: {ZH: "核查申请", EN: "application for a " +
		"recheck"},
	evidence.Withdrawal: {ZH: "撤回申请", EN: "a withdrawal"}, evidence.Thanks: {ZH: "致谢信", EN: "a letter of thanks"},
}

// outcomeWords say what an answer comes to.
var outcomeWords = map[evidence.Outcome]evidence.Text{
	evidence.Satisfied: {ZH: "满意", EN: "satisfied"}, evidence.Unsatisfied: {ZH: "不满意", EN: "not satisfied"},
	evidence.WantsMore: {ZH: "要求补材料", EN: "asks for papers"}, evidence.WantsBack: {ZH: "要求撤回", EN: "asks to withdraw"},
	evidence.NoAnswer: {ZH: "期限过了没有答复", EN: "no answer, and the term is over"},
}

// wayWords say what a channel is.
var wayWords = map[templates.ChannelType]evidence.Text{
	templates.Phone: {ZH: "电话 ", EN: "telephone "}, templates.Email: {ZH: "邮箱 ", EN: "mail "},
	templates.Web: {ZH: "网页 ", EN: "page "}, templates.App: {ZH: "App ", EN: "app "},
	templates.WeChat: {ZH: "微信 ", EN: "WeChat "}, templates.Post: {ZH: "邮寄 ", EN: "post "},
}
