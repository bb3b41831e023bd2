package evidence

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Property is what of an incident a doubt is about, and a rule needs.
type Property string

// The properties.
const (
	AboutTime   Property = "time"
	AboutPerson Property = "person" // who was reached
	AboutLength Property = "length" // whether a call was connected, and for how long
	AboutNumber Property = "number"
	// whether the debt was told to who was reached
	AboutDisclosure Property = "disclosure"
	AboutReachable  Property = "reachable" // whether the complainant could be reached
	AboutMedium     Property = "medium"    // whether it is a call, a message, a picture of one
	AboutDirection  Property = "direction" // who called whom
	AboutRow        Property = "row"       // the whole row: it is not what its file says
)

// A DoubtCode names a kind of doubt; it is stable.
type DoubtCode string

// The codes.
const (
	NameAgainstContainer DoubtCode = "name-container"    // a file's name and its own header name different times
	TimeInOtherSource    DoubtCode = "time-other-source" // another source has the same call at another hour
	AbsentFromList       DoubtCode = "absent-from-list"  // another source covers that day and has no such call
	ZeroSeconds          DoubtCode = "zero-seconds"      // connected, and for no second
	TypedTime            DoubtCode = "typed-time"        // the person's memory, no clock
	PictureOfList        DoubtCode = "picture-of-list"   // a picture of a call list is no call
	MaskedNumber         DoubtCode = "masked-number"     // 199****0011 can be many callers
	ReachedNotSaid       DoubtCode = "reached-unknown"   // who was reached is empty
	// a recording of somebody else's phone does not tell who called whom
	WayNotSaid DoubtCode = "direction-unknown"
	// it does not, and the person says that it was the other side
	TypedWay DoubtCode = "typed-direction"
	// a carrier's list has the same call made the other way
	WayInOtherSource DoubtCode = "direction-other-source"
	PhoneNotSaid     DoubtCode = "phone-not-said"  // it may have come to somebody else's phone
	ToldThemselves   DoubtCode = "disclosed-self"  // the debt was disclosed, to the borrower
	CallerNotSaid    DoubtCode = "caller-not-said" // nobody has said whose the number or account is
	CallerOther      DoubtCode = "caller-other"    // it was said to be somebody else's than the collector's
	WordsToOther     DoubtCode = "words-other"     // it reached the person, and its words speak to somebody else
	// its phone is taken for the person's, and words in it are not to them
	PhoneAgainstWords DoubtCode = "phone-words"
	WordsSayDebt      DoubtCode = "words-debt"    // the debt was not told, and its words tell it
	WordsSayNoDebt    DoubtCode = "words-no-debt" // the debt was told, and its words say nothing of one
	WordsToSelf       DoubtCode = "words-self"    // it reached somebody else, and its words speak to the person by name
	// its phone is taken for somebody else's, and words in it are to the person
	PhoneAgainstSelf DoubtCode = "phone-words-self"
	// the person could not be reached, and answered the collector that day
	ReachableInLog DoubtCode = "reachable-log"
	// its words speak of a lender that is none of the case's companies
	OtherLender DoubtCode = "other-lender"
	// it collects, several lenders have this phone collected on, and nobody said for which
	LenderNotSaid DoubtCode = "lender-not-said"
	// a call of a service number of the platform or lender, and nothing says what for
	ServiceCall  DoubtCode = "service-call"
	RowDiffers   DoubtCode = "row-differs"   // a cell is not what its file says
	CellSpoilt   DoubtCode = "cell-spoilt"   // a spreadsheet destroyed it, and no file has it
	RowDeleted   DoubtCode = "row-deleted"   // a row of a file stands in no row of the timeline
	SourceUnread DoubtCode = "source-unread" // the file a row came from cannot be read now
	NotInFile    DoubtCode = "not-in-file"   // a log it names as its exhibit has no such row
	// words of a picture are neither what the person answered, looking at it, nor what a
	// program read off it
	NotOnPicture DoubtCode = "not-on-picture"
	// its phone's clock was measured to be off, and nobody confirmed it
	ClockOff DoubtCode = "clock-off"
	// a picture or film that it names was made at another time
	TakenOtherwise DoubtCode = "taken-otherwise"
	// one phone has two answered calls of one second, and nobody answers two at once
	CallsAtOnce DoubtCode = "calls-at-once"
	// its phone's clock was off for a time, and nothing tells whether at this one
	ClockBetween DoubtCode = "clock-between"
	// a recording with no time but that in its name, made near others of its phone that are
	// named by the time of another zone
	ZoneBeside DoubtCode = "zone-beside"
	// a recording of a call that a log has at that time as not answered, or as shorter
	RecordedNotAnswered DoubtCode = "recorded-not-answered"
	// one list has a call as answered, another as not answered
	LogsOppose  DoubtCode = "answered-and-not"
	SameCall    DoubtCode = "same-call"    // two rows are one call or message, and say different things
	TableBeside DoubtCode = "table-beside" // another table lies beside the timeline
)

// A Doubt 疑点 is what contradicts an incident. As long as it is open, nothing
// is asserted that needs the property it is about.
type Doubt struct {
	Code     DoubtCode   `json:"code"`
	Incident string      `json:"incident,omitempty"` // empty: of no row of the timeline
	About    Property    `json:"about"`
	Column   Text        `json:"column,omitzero"` // of the timeline, where one cell is meant
	Says     []Statement `json:"says,omitempty"`
}

// A Statement is what one source says.
type Statement struct {
	// Source is a place in a file (E009:9), or name, container, table, folder.
	Source  string `json:"source"`
	Exhibit string `json:"exhibit,omitempty"` // whose name or container
	Value   string `json:"value"`             // a time in RFC 3339
}

// doubtWords say a doubt: the values are what the first and the second source say.
var doubtWords = map[DoubtCode]Advice{
	NameAgainstContainer: Advise("%[1]s，%[2]s：两个时间不一致，没有弄清之前不按其中一个主张",
		"%[1]s, %[2]s: the two times differ, and neither is asserted until it is known which is right"),
	TimeInOtherSource: Advise("%[1]s，%[2]s：号码相同，时长也合得上（录音可以比通话短），像是同一通电话，时间却对不上",
		"%[1]s, %[2]s: same number, and lengths that fit one call (a recording can be shorter), but the times differ"),
	AbsentFromList: Advise("%[1]s，而 %[2]s 记到了那一天，里面没有这一通：只有运营商能说清，没有可问您的；有那天完整的详单，{用 juzheng add |}加进来",
		"%[1]s, and %[2]s covers that day and has no such call: only the carrier can tell, so you are not asked; take in "+
			"the full list of that day{ with juzheng add|}"),
	ZeroSeconds: Advise("记录为接通，但时长是 0 秒：说不准有没有通上话，哪一项都不算它；有那天的运营商详单，{用 juzheng add |}加进来就能弄清",
		"listed as answered, for 0 seconds: it is not certain that it was, and it counts for nothing; the carrier's "+
			"list of that day settles it{: juzheng add|}"),
	TypedTime: Advise("时间是您填写的，没有材料显示：信里只作为本人陈述",
		"the time is what you filled in, shown by no file: letters give it as your own statement"),
	PictureOfList: Advise("这是通话列表的截图，不是一通电话；截图的时间不是来电的时间。请看图，另{写一行|记一件}",
		"it is a picture of a call list and no call, and its time is not that of a call; look at it and write {a row|an "+
			"act} "+
			"of its own"),
	MaskedNumber: Advise("号码被遮盖，说不准是不是同一个人打来的，不合在一起计数",
		"the number is masked: nobody knows that it is one caller, so it is not counted with others"),
	ReachedNotSaid: Advise("{“联系到谁”空着|没有说联系到谁}：说不准是打给您本人的",
		"{“reached” is empty|who was reached is not said}: it is not certain that it was you"),
	WayNotSaid: Advise("文件里没有记是谁打给谁，{“方向”也空着|您也没有说}；说清之前，不写成对方找了别人",
		"no file tells who called whom, and {“direction” is empty|neither do you}; until you say, nobody is said to have "+
			"called others"),
	TypedWay: Advise("是对方打来的，这是您说的，文件里没有记：信里只作为本人陈述",
		"that the other side called is what you say, and no file tells: letters give it as your own statement"),
	WayInOtherSource: Advise("%[1]s，而 %[2]s：同一个号码、同一秒、一样长，是同一通电话，谁打给谁却相反；没有弄清以前不写进信里",
		"%[1]s, and %[2]s: the same number, second and length, so one call, and made the other way round; until it is "+
			"known, "+
			"no letter has it"),
	PhoneNotSaid: Advise("%[1]s，像是别人的手机，还没有说是谁的；说清之前不当作联系到了您本人",
		"%[1]s seems to be somebody else's phone; until you say whose, it is not taken for contact with you"),
	ToldThemselves: Advise("{“是否透露欠款”填了是，“联系到谁”却是本人|透露了欠款，联系到的却是您本人}：请核对联系到的是谁",
		"the debt was disclosed, and to yourself: please check who was reached"),
	CallerNotSaid: Advise("%[1]s 还没有写明是谁的；说清之前，不写成是催收方做的",
		"nobody has said whose %[1]s is; until then nothing of it is put down to the collector"),
	CallerOther: Advise("您说过 %[1]s 不是催收方的，这{一行|一件}却写成了违规：只有一样是对的，改成一样以前不主张",
		"you said that %[1]s is not the collector's, and this {row|act} calls it a violation: only one is right, and until "+
			"they agree it is not asserted"),
	WordsToOther: Advise("%[1]s，像是对别人说的，{“联系到谁”却是本人|联系到的却写着您本人}；弄清以前不主张",
		"%[1]s seems to be said to somebody else, and {“reached” is|who was reached is} yourself; not asserted until it "+
			"is known"),
	PhoneAgainstWords: Advise("%[1]s，是当作您自己手机里的算的，可是 %[2]s，像是对别人说的；弄清以前，这部手机里的都不主张",
		"%[1]s is taken for your own phone, and %[2]s seems to be said to somebody else; until it is known nothing on that "+
			"phone is asserted"),
	WordsSayDebt: Advise("%[1]s，说出了欠款，{“是否透露欠款”却是“否”|却写着没有透露欠款}；弄清以前不主张",
		"%[1]s tells of the debt, and {“disclosed debt” says no|it is written that the debt was not told}; not asserted "+
			"until it is known"),
	WordsSayNoDebt: Advise("%[1]s，没有说到欠款，这{一行|一件}却写成透露了欠款；弄清以前不主张",
		"%[1]s says nothing of a debt, and the {row|entry} says that it was told; not asserted until it is known"),
	WordsToSelf: Advise("%[1]s，像是对您本人说的，{“联系到谁”却是别人|联系到的却写着别人}；弄清以前不主张",
		"%[1]s seems to be said to yourself, and {“reached” is|who was reached is} somebody else; not asserted until it "+
			"is known"),
	PhoneAgainstSelf: Advise("%[1]s，是当作别人手机里的算的，可是 %[2]s，像是对您本人说的；弄清以前，这部手机里的都不主张",
		"%[1]s is taken for somebody else's phone, and %[2]s seems to be said to yourself; until it is known nothing on "+
			"that phone is asserted"),
	ReachableInLog: Advise("{“本人当时能否联系上”填的是否|写的是当时联系不上您}，可是 %[1]s，那天您接了催收的来电；弄清以前，不当作联系不上您",
		"{“reachable” is no|you could not be reached, it is written}, and %[1]s, so that day you answered the collector; "+
			"until it is known you are not taken for "+
			"out of reach"),
	OtherLender: Advise("%[1]s，说的是另一家放款机构；是不是这次投诉的借款，说清以前不主张",
		"%[1]s speaks of another lender; until you say that it is about the loan of this complaint, it is not asserted"),
	LenderNotSaid: Advise("这部手机上还有%[2]s在催；%[1]s 是替哪一家催的还没有说，说清以前不算在这一家头上",
		"%[2]s collects on this phone too, and nobody said for whom %[1]s does; until you say, nothing of it is put down to "+
			"the lender of this case"),
	ServiceCall: Advise("%[1]s 是平台或者放款机构的客服号码，这一通没有写下说了什么：是催收还是别的事，说清以前不主张",
		"%[1]s is a service number of the platform or lender, and nothing tells what this call said; until you say "+
			"that it collected, it is not asserted"),
	RowDiffers: Advise("文件里是%[1]s，表里是%[2]s", "the file has %[1]s, the table %[2]s"),
	CellSpoilt: Advise("表格软件把这一格改坏了（%[1]s），文件里也没有；请对照原件重新填写{，单元格设为“文本”|}",
		"a spreadsheet destroyed this cell (%[1]s) and no file has it; type it again from the original{, in a text cell|}"),
	RowDeleted:   Advise("时间线里没有了，文件里是：%[1]s", "is no longer in the timeline; the file has: %[1]s"),
	SourceUnread: Advise("所据文件用不了：%[1]s", "the file it came from cannot be used now: %[1]s"),
	NotInFile: Advise("%[1]s 里没有这一条：方式、号码、时间、原话要和文件里的一样。记得的事{写进“本人陈述”，从“证据”一栏去掉 %[1]s|在“一件件看”里写成您自己的话，去掉证据 %[1]s}；写错了的，"+
		"照文件改",
		"%[1]s has no such call or message: kind, number, time and words must be those of the file. What you "+
			"remember {goes into my own words, without %[1]s under exhibits|is written in your own words under “Act by act”, "+
			"without %[1]s}; if you mistyped it, write it as in the file"),
	NotOnPicture: Advise("%[1]s，表里写的是“%[2]s”：对着图看过、说一声是不是这些字以前，不当作图上显示的写进信里；只是记得的，{写进“本人陈述”|在“一件件看”里写成您自己的话}",
		"%[1]s, and the table has “%[2]s”: until you have looked at the picture and say that it shows these words, no "+
			"letter "+
			"has them as shown; what you only remember {goes into my own words|is written in your own under “Act by act”}"),
	ClockOff: Advise("%[1]s的手机，时钟量出来差 %[2]s，您还没有确认；确认之前，夜间和次数不按它的时间主张",
		"the clock of %[1]s was measured to be off by %[2]s and you have not confirmed it; until then neither nights nor "+
			"numbers are asserted by its time"),
	TakenOtherwise: Advise("%[1]s 拍的，这{一行|一件}写的是 %[2]s 的事：拍的不会是它。时间写错了的，改时间；别的时候的事，{从“证据”一栏去掉它，写进“本人陈述”|在“一件件看”里去掉它，"+
		"写成您自己的话}",
		"%[1]s as its time, and the {row|entry} tells of %[2]s, so it cannot show that; correct the time if it is wrong, "+
			"or take it {from the exhibits and write what happened into my own words|off under “Act by act” and write what "+
			"happened in your own words}"),
	CallsAtOnce: Advise("%[1]s，而 %[2]s：同一秒接了两通，只能有一样对；有那天的运营商详单就能弄清，弄清以前不写进信里",
		"%[1]s, and %[2]s: two calls answered at one second, and only one can be right; the carrier's list of that day "+
			"tells, "+
			"and until it is known no letter has it"),
	ClockBetween: Advise("%[1]s的手机，时钟有一段时间差了 %[2]s，这一通在对得上的和差了的两通之间，说不准差了没有：夜间和次数不按它的时间主张",
		"the clock of %[1]s was off by %[2]s for a time, and this lies between a call that agrees and one that does not: "+
			"neither nights nor numbers are asserted by its time"),
	ZoneBeside: Advise("这部手机那些天别的录音，%[1]s，%[2]s，像是在别的时区；这一段只有文件名里的时间，说不准是哪里的时间：夜间和次数不按它的时间主张",
		"of another recording of this phone from those days %[1]s, and %[2]s, as in another zone; this one has no time but "+
			"in its name, and nobody knows of which zone: neither nights nor numbers are asserted by it"),
	RecordedNotAnswered: Advise("%[1]s 是这个号码、这个时间的录音，而 %[2]s：两样只能有一样对，弄清以前，不算接通，录音里的话也不写进信里",
		"%[1]s is a recording of that number at that time, and %[2]s: only one can be right; until it is known the call "+
			"does "+
			"not count as answered, and no letter tells the words recorded"),
	LogsOppose: Advise("%[1]s 记着接通，而 %[2]s：同一通电话，两份记录不一样，不算接通；有运营商的详单就能弄清",
		"%[1]s has it as answered, and %[2]s: one call, and two lists differ, so it does not count as answered; the "+
			"carrier's list tells"),
	SameCall: Advise("和{ %[1]s |另一件}是同一通电话或者同一条消息，两{行|件}填的却不一样；改成一样以前，两{行|件}都不主张",
		"is the same call or message as {%[1]s|another}, and the two {rows|entries} say different things; until they "+
			"agree neither is asserted"),
	TableBeside: Advise("案件夹里还有 %[1]s，比时间线新，程序没有读它{；要用的话另存为 timeline.csv（CSV UTF-8）|}",
		"%[1]s in the case folder is newer than the timeline and was not read{; save it as timeline.csv (CSV UTF-8) to "+
			"use it|}"),
}

// zeroCovered is said of a call of no second where the carrier's list is there already.
var zeroCovered = Advise("记录为接通，但时长是 0 秒，%[1]s 记到了那一天，里面没有这一通：当作没有通上话，哪一项都不算它；没有要您做的",
	"listed as answered, for 0 seconds, and %[1]s covers that day and has no such call: it is taken for one that was not "+
		"answered and counts for nothing; there is nothing for you to do")

// headed puts what a doubt is about before it, and its column; the page says elsewhere what
// the row is, and has no codes.
var (
	headed   = Advise("{%[1]s：|}%[2]s", "{%[1]s: |}%[2]s")
	ofColumn = Advise("{%[1]s %[2]s|%[2]s}：%[3]s", "{%[1]s %[2]s|%[2]s}: %[3]s")
)

// Text is the doubt in a sentence, beginning with the row and the column it is about.
func (d Doubt) Text() Advice {
	words := doubtWords[d.Code]
	if d.Code == ZeroSeconds && len(d.Says) > 0 {
		words = zeroCovered
	}
	says := make([]any, len(d.Says))
	for n, s := range d.Says {
		says[n] = s.text(d.Code)
	}
	said := words.With(says...)
	switch {
	case d.Incident == "" && len(d.Says) > 0 && d.Code == RowDeleted:
		return Advise("%s：%s", "%s: %s").With(placeText(d.Says[0].Source), said)
	case d.Incident != "" && d.Column != (Text{}):
		return ofColumn.With(d.Incident, d.Column, said)
	case d.Incident != "":
		return headed.With(d.Incident, said)
	}
	return said
}

// Words are those of a file that speak against an answer, with their place: the
// last thing that a doubt of [OfWords] says.
func (d Doubt) Words() Text { return d.Says[len(d.Says)-1].text(d.Code) }

func placeText(place string) Text {
	exhibit, line, _ := strings.Cut(place, ":")
	if line == "" {
		return Text{exhibit, exhibit}
	}
	in := placeIn(line)
	return Text{exhibit + " " + in.ZH, exhibit + " " + in.EN}
}

// text is what a source says, with its name where the sentence has none.
func (s Statement) text(code DoubtCode) Text {
	value := s.Value
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		value = at.In(Beijing).Format(time.DateTime)
	}
	if (code == RowDiffers || code == CellSpoilt) && value == "" {
		return Text{"空白", "nothing"}
	}
	switch {
	case code == SourceUnread && (value == FileMissing || value == FileAltered):
		exhibit, _, _ := strings.Cut(s.Source, ":")
		if value == FileMissing {
			return Text{exhibit + " 的文件不见了，从备份放回来", "that of " + exhibit + " is missing; put it back from a backup"}
		}
		return Text{exhibit + " 的文件与登记时不同，从备份恢复原来的那份",
			"that of " + exhibit + " is not the one that was admitted; put that back from a backup"}
	case code == RecordedNotAnswered || code == LogsOppose:
		return opposedText(s)
	case code == RowDiffers || code == RowDeleted || code == CellSpoilt || code == SourceUnread ||
		code == TableBeside || code == NotInFile ||
		code == SameCall:
		return Text{value, value}
	case s.Source == "clock":
		return Text{value, value}
	case code == WayInOtherSource:
		place := placeText(s.Source)
		way := map[string]Text{string(In): {"记着打进来", "has it as received"},
			string(Out): {"记着打出去", "has it as made"}}[value]
		return Text{place.ZH + way.ZH, place.EN + " " + way.EN}
	case code == TakenOtherwise && s.Exhibit == "":
		return Text{value, value}
	case code == CallsAtOnce:
		place := placeText(s.Source)
		number, seconds, _ := strings.Cut(value, " ")
		return Text{place.ZH + "记着 " + number + " 通话" + seconds + "秒", place.EN + " has " + number + " for " + seconds + " s"}
	case slices.Contains(OfWords, code) && s.Source != "device":
		place := placeText(s.Source)
		return Text{place.ZH + "写着“" + value + "”", place.EN + ", “" + value + "”,"}
	case s.Source == "number":
		return Text{"号码 " + value, "the number " + value}
	case s.Source == "account":
		return Text{"聊天里的“" + value + "”", "“" + value + "” of the chats"}
	case code == NotOnPicture && s.Source == "table":
		return Text{value, value}
	case code == NotOnPicture && s.Source == "answer":
		return Text{s.Exhibit + " 上的字，您写下的是“" + value + "”", "for the words of " + s.Exhibit + " you wrote “" + value + "”"}
	case code == NotOnPicture:
		return Text{s.Exhibit + " 上，程序读出的是“" + value + "”", "on " + s.Exhibit + " a program read “" + value + "”"}
	case s.Source == "lender":
		names := strings.Fields(value)
		return Text{"“" + strings.Join(names, "”“") + "”", "“" + strings.Join(names, "”, “") + "”"}
	case s.Source == "device" && (code == ClockOff || code == ClockBetween) && value == "":
		return Text{"您", "your phone"}
	case s.Source == "device" && (code == ClockOff || code == ClockBetween):
		return Text{"“" + value + "”", "“" + value + "”"}
	case s.Source == "device" && value == "":
		return Text{"来自没有放进手机文件夹的材料", "what is in no phone's folder"}
	case s.Source == "device":
		return Text{"来自“" + value + "”", "what is in “" + value + "”"}
	case s.Source == "name":
		return Text{s.Exhibit + " 的文件名是 " + value, "the name of " + s.Exhibit + " says " + value}
	case s.Source == "container":
		return Text{s.Exhibit + " 文件内部记录的是 " + value, "the header of " + s.Exhibit + " says " + value}
	case value == "":
		return placeText(s.Source)
	}
	place := placeText(s.Source)
	return Text{place.ZH + "是 " + value, place.EN + " says " + value}
}

// opposedText is what a file has of a call of which another says otherwise: of the one
// that has it answered, the place alone.
func opposedText(s Statement) Text {
	place := placeText(s.Source)
	if _, err := strconv.Atoi(s.Value); err == nil {
		return place
	}
	en := "not answered"
	if n, ok := strings.CutPrefix(s.Value, "通话"); ok {
		en = "answered for " + strings.TrimSuffix(n, "秒") + " s"
	}
	return Text{place.ZH + "记着" + s.Value, place.EN + " has it as " + en}
}

// Touches reports whether a doubt is about one of the properties that something
// depends on. What is said of the whole row, of what it is, of whose phone it
// came to, or of who said it to whom, everything depends on.
func (d Doubt) Touches(needs ...Property) bool {
	return d.About == AboutRow || d.About == AboutMedium || slices.Contains(needs, d.About) ||
		slices.Contains([]DoubtCode{PhoneNotSaid, CallerNotSaid, CallerOther, LenderNotSaid, WordsToOther, PhoneAgainstWords,
			WordsToSelf, PhoneAgainstSelf}, d.Code)
}

// What is wrong with a file of which [SourceUnread] speaks, where it is not that its form
// cannot be read.
const (
	FileMissing = "missing"
	FileAltered = "altered" // since it was admitted
)

// OfWords are the doubts in which words of a file contradict an answer.
var OfWords = []DoubtCode{WordsToOther, PhoneAgainstWords, WordsSayDebt, WordsSayNoDebt, WordsToSelf,
	PhoneAgainstSelf}

// DoubtCodes are all codes.
func DoubtCodes() []DoubtCode { return slices.Sorted(maps.Keys(doubtWords)) }

// OfTable reports a doubt about the table itself: what it says otherwise than
// its files, and not what one file says against another.
func (d Doubt) OfTable() bool {
	return slices.Contains([]DoubtCode{RowDiffers, RowDeleted, CellSpoilt, SourceUnread, NotInFile, TableBeside},
		d.Code)
}
