package letter

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates/document"
)

// A Stamp is what a time-stamp of an authority (RFC 3161) over the root says.
// Its signature and imprint were checked; whether the authority is to be
// trusted is for the reader to judge.
type Stamp struct {
	Time      time.Time
	Authority string // as in its certificate
	// where the reply lies in the bundle, and what it is over
	File, Over string
}

// line tells of the time-stamp what it says, and no more.
func (s *Stamp) line() string {
	return fmt.Sprintf("时间戳（RFC 3161）：时间戳机构“%s”写明，证据包的%s在%s（北京时间）已经存在；凭据为证据包内 seal/%s，机构是否可信请另行核对。",
		s.Authority, cmp.Or(s.Over, "总校验码"), s.Time.In(evidence.Beijing).Format("2006年1月2日15时04分05秒"),
		cmp.Or(s.File, bag.SealReply))
}

// A Slip is what a handover slip says.
type Slip struct {
	Receiver string
	What     string   // name of the file or folder that is handed over
	FileSum  string   // SHA-256 of it, if it is one file
	Withheld []string // numbers of exhibits that do not go along
	Files    int      // payload files that go along
	Bytes    int64    // of them
	Head     string   // of the log after the seal; of format 2 of the log in the copy
	Count    int
	Copy     string   // SHA-256 of the root document of the copy; empty in format 1
	Numbers  []string // of the exhibits that go along, where others do not
}

// ComposeSlip is 证据交接单, one page: what is handed to whom, the figures that
// let anybody check it, and room for both to sign.
func ComposeSlip(in Input, s Slip) document.Document {
	d := in.ownPaper("证据交接单")
	add := func(b ...document.Block) { d.Blocks = append(d.Blocks, b...) }
	giver := in.Case.Complainant.Name
	if in.Case.Agent.Name != "" {
		giver += "（代理人 " + in.Case.Agent.Name + "）"
	}
	whole := fmt.Sprintf("完整：%d个文件，%d字节", s.Files, s.Bytes)
	if n := len(s.Withheld); n > 0 && s.Copy != "" {
		whole = fmt.Sprintf("部分副本：随附%d件（%d字节），全部证据%d件，另有%d件未提供；证据码不变",
			s.Files, s.Bytes, s.Files+n, n)
	} else if n > 0 {
		whole = fmt.Sprintf("部分副本：随附%d个文件（%d字节），未随附%d个；清单仍列出全部文件的校验值，总校验码不变", s.Files, s.Bytes, n)
	}
	add(document.Title{Text: "证据交接单"})
	rows := []document.Field{field(OwnNumber, in.Case.ID), field("交付人", giver), field("接收人", s.Receiver),
		field("交接日期", day(in.Date)), field("交接内容", "证据包 "+s.What), field("是否完整", whole)}
	switch {
	case len(s.Withheld) > 0 && s.Copy != "":
		rows = append(rows, field("随附证据", shortList(s.Numbers, 40)))
	case len(s.Withheld) > 0:
		rows = append(rows, field("未随附", shortList(s.Withheld, 40)))
	}
	if s.FileSum != "" {
		rows = append(rows, field("文件校验值", "SHA-256 "+bag.FormatRoot(s.FileSum)))
	}
	if s.Copy != "" {
		rows = append(rows, field("本包校验值", "SHA-256 "+bag.FormatRoot(s.Copy)),
			field("保管记录", fmt.Sprintf("%d条，末条 %s", s.Count, bag.FormatRoot(s.Head))))
		in.Seal.handed = true
		add(document.Fields{Rows: rows}, in.root())
		return in.signedSlip(d, "用 juzheng 核对：juzheng verify 证据包 --expect 证据码 --copy 本包校验值。"+
			"不用本程序的步骤见包内 VERIFY.txt。",
			"证据码证明其中的证据，与当时信件所印的相同；本包校验值证明交接的就是这一份，包括其中的时间线和保管记录。")
	}
	rows = append(rows,
		field("封存时记录", fmt.Sprintf("%d条，末条 %s", in.Seal.Count, bag.FormatRoot(in.Seal.Head))),
		field("封存后记录", fmt.Sprintf("%d条（含本次交接），末条 %s", s.Count, bag.FormatRoot(s.Head))))
	add(document.Fields{Rows: rows}, in.root())
	return in.signedSlip(d, "用 juzheng 核对：juzheng verify 证据包 --expect 总校验码 --after 封存后记录的末条校验值。"+
		"不用本程序的步骤见包内 VERIFY.txt。",
		"封存后的记录可以被持有文件夹的人截去末尾而看不出来；有了本单上的末条校验值就能发现。交接以后新增的记录不在本单范围内。")
}

// signedSlip ends a slip: how it is checked, what it proves, and room to sign.
func (in Input) signedSlip(d document.Document, how, what string) document.Document {
	add := func(b ...document.Block) { d.Blocks = append(d.Blocks, b...) }
	for n, s := range []string{how, what,
		"签收只表示收到上述文件并可按校验值核对，不表示认可其内容。证据包含未遮盖的原件，请妥善保管。本单一式两份。",
	} {
		add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s), Hang: true, Small: true})
	}
	add(keep(document.Signature{Label: "交付人（签名）"}, document.Signature{Label: "接收人（签名、盖章）"}))
	return d
}

// shortList names at most n of a list, and how many there are.
func shortList(list []string, n int) string {
	if len(list) <= n {
		return strings.Join(list, "、")
	}
	return strings.Join(list[:n], "、") + fmt.Sprintf(" 等%d份（全部名单见包内 seal/withheld.txt）", len(list))
}

// Attached are the numbers of the exhibits that go with a letter: those its
// findings rest on.
func Attached(in Input) []string {
	var out []string
	for _, x := range in.used() {
		out = append(out, x.Number)
	}
	return out
}
