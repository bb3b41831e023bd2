package main

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/timestamp"
)

// verdictText is the result in words; one of four, or what was typed is all that
// stands against a bundle. Of a bag of others, which nobody sealed, the third says
// what a validator says.
func verdictText(r *bag.Result) text {
	if t, ok := againstText(r); ok {
		return t
	}
	switch r.Verdict {
	case bag.Anchored:
		return text{ZH: "完好，且有外部凭据佐证", EN: "intact and anchored"}
	case bag.WithinItself:
		return text{
			ZH: "仅内部一致：文件之间互相吻合；但能改写整个文件夹的人也能做出同样的结果",
			EN: "intact within itself only: whoever could rewrite the whole folder would get this result too",
		}
	case bag.IsAltered:
		if !r.Own && r.Version != "" {
			return text{ZH: "已被改动，或者从一开始就不合 BagIt 标准", EN: "altered, or never a valid bag"}
		}
		return text{ZH: "已被改动", EN: "altered"}
	}
	return text{ZH: "没能全部核对", EN: "could not be fully checked"}
}

func statusText(s bag.Status) text {
	t, ok := map[bag.Status]text{
		bag.OK:             {ZH: "一致", EN: "ok"},
		bag.Modified:       {ZH: "已改动", EN: "modified"},
		bag.Swapped:        {ZH: "被调换", EN: "swapped"},
		bag.Missing:        {ZH: "缺失", EN: "missing"},
		bag.Withheld:       {ZH: "未随附（已声明）", EN: "withheld"},
		bag.Renamed:        {ZH: "被改名", EN: "renamed"},
		bag.CaseRenamed:    {ZH: "被改名（大小写）", EN: "renamed (case)"},
		bag.FormRenamed:    {ZH: "被改名（字符编码形式）", EN: "renamed (normal form)"},
		bag.Added:          {ZH: "多出", EN: "added"},
		bag.AddedDuplicate: {ZH: "多出（与另一文件相同）", EN: "added (a copy)"},
		bag.Beside:         {ZH: "系统文件，在封存之外", EN: "a system file, beside the seal"},
		bag.TypeChanged:    {ZH: "不再是普通文件", EN: "type changed"},
		bag.Unreadable:     {ZH: "读不出", EN: "unreadable"},
		bag.Changing:       {ZH: "核对时正在变化", EN: "changed while reading"},
		bag.DigestConflict: {ZH: "两种校验值矛盾", EN: "digest conflict"},
	}[s]
	if !ok {
		return text{ZH: string(s), EN: string(s)}
	}
	return t
}

// A report writes a result for people: lines of at most 80 columns.
type report struct {
	w    io.Writer
	lang string
}

// line writes one thing; what does not fit goes on below, indented.
func (p report) line(indent int, t text, args ...any) {
	fmt.Fprint(p.w, worksHere(fold(visible(fmt.Sprintf(t.In(p.lang), args...)), screen, indent)))
}

func (p report) result(r *bag.Result, o verifyOptions) {
	for i, t := range statements(r) {
		if i == 0 {
			p.line(2, text{ZH: "结论：%s", EN: "verdict: %s"}, t.In(p.lang))
			continue
		}
		p.line(4, text{ZH: "  %s", EN: "  %s"}, t.In(p.lang))
	}
	if slices.ContainsFunc(r.Problems, func(x bag.Problem) bool { return x.Severity == bag.SealBad }) {
		p.line(2, text{ZH: "  但 seal 文件夹里有不能作数的内容，见下面的问题",
			EN: "  but something in seal/ counts for nothing, see the problems below"})
	}
	for _, a := range r.Anchors {
		p.line(2, text{ZH: "  佐证：%s", EN: "  vouched for by: %s"}, text(a.Text).In(p.lang))
	}
	p.standard(r)
	if r.Case != "" {
		head := text{ZH: "材料编号：%s", EN: "case id: %s"}
		if !r.Own {
			head = text{ZH: "包内自写的编号：%s", EN: "the bag calls itself: %s"}
		} else if !caseIsCovered(r) {
			head = text{ZH: "包内写的材料编号（未经核对）：%s", EN: "case id, by the bundle's own word: %s"}
		}
		p.line(2, head, bag.Marked(r.Case))
	}
	p.codes(r)
	p.line(2, text{ZH: "文件：共 %d 个，核对 %d 个，一致 %d 个，%s", EN: "files: %d listed, %d checked, %d ok, %s"},
		r.Counts.Listed, r.Counts.Checked, r.Counts.OK, size(r.Counts.Bytes))
	if r.Older != "" {
		p.line(0, text{ZH: "取代了前一份，它的总校验码是", EN: "replaces the bundle with the root"})
		p.digest("SHA-256", r.Older)
	}
	p.stamp(r)
	p.after(r, o.all)
	if o.all && r.Root.Format == 2 {
		p.records(r.Custody)
	}
	if o.all {
		p.files(r)
	}
	p.problems(r)
	for _, t := range nextSteps(r, o) {
		p.line(2, t)
	}
}

// caseIsCovered reports that something from outside vouches for the case id:
// the code of format 2 does not cover it, the digest of the copy does.
func caseIsCovered(r *bag.Result) bool {
	return r.Verdict == bag.Anchored && (r.Evidence == nil || r.Evidence.CopyMet)
}

// standard says what a validator of RFC 8493 says; of our own bundles it goes
// without saying.
func (p report) standard(r *bag.Result) {
	if r.Own || r.Version == "" {
		return
	}
	yes := func(b bool) string {
		if b {
			return text{ZH: "是", EN: "yes"}.In(p.lang)
		}
		return text{ZH: "否", EN: "no"}.In(p.lang)
	}
	warnings := 0
	for _, x := range r.Problems {
		if x.Severity == bag.Warning {
			warnings++
		}
	}
	p.line(2, text{ZH: "他人制作的 BagIt %s 包：完整 complete %s，有效 valid %s，提醒 %d 项",
		EN: "a BagIt %s bag of others: complete %s, valid %s, %d warnings"},
		r.Version, yes(r.Complete), yes(r.Valid), warnings)
}

// digest writes a digest in two rows of eight groups.
func (p report) digest(name, hex string) {
	groups := bag.FormatRoot(hex)
	first, rest := groups, ""
	if len(groups) > 39 {
		first, rest = groups[:39], groups[40:]
	}
	fmt.Fprintf(p.w, "  %-8s %s\n", name, first)
	if rest != "" {
		fmt.Fprintf(p.w, "  %-8s %s\n", "", rest)
	}
}

// files lists every file with its status.
func (p report) files(r *bag.Result) {
	var rows [][]string
	for _, f := range r.Files {
		rows = append(rows, []string{"  " + statusText(f.Status).In(p.lang), bag.Marked(f.Path)})
	}
	fmt.Fprint(p.w, aligned(rows))
}

// stamp tells what the time-stamp says and how to check it with openssl,
// which judges certificates at the present time unless told another.
func (p report) stamp(r *bag.Result) {
	s := r.Timestamp
	if !s.State.Proven() && s.State != timestamp.Untrusted {
		return
	}
	head := text{ZH: "时间戳：%s，机构 %s", EN: "time-stamp: %s by %s"}
	if !s.State.Proven() {
		head = text{ZH: "时间戳（未认定）：%s，机构 %s", EN: "time-stamp (not proven): %s by %s"}
	}
	// Of one that is not trusted, the name is its own word.
	authority := s.Authority
	if !s.State.Proven() {
		authority = bag.Marked(authority)
	}
	p.line(2, head, s.Time.In(evidence.Beijing).Format(time.RFC3339), authority)
	if s.Accuracy > 0 {
		p.line(2, text{ZH: "  误差不超过 %v", EN: "  accurate to %v"}, s.Accuracy)
	}
	if s.TrustRoot != "" {
		p.line(2, text{ZH: "  根证书：%s", EN: "  trust root: %s"}, s.TrustRoot)
	}
	at := ""
	if s.State == timestamp.ExpiredSince {
		at = fmt.Sprintf("-attime %d ", s.Time.Unix())
	}
	p.line(0, text{ZH: "  不用本程序核对，在证据包文件夹内运行：", EN: "  without this program, in the bundle's folder:"})
	// To be copied: in one line, however long.
	document, before := bag.RootName, ""
	if r.Root.Format == 2 {
		over := strings.TrimSuffix(r.StampFile, ".tsr")
		lines, _ := strconv.Atoi(path.Base(over))
		document, before = "list.txt", fmt.Sprintf("head -n %d commitments.txt > list.txt && ", lines)
		if strings.HasSuffix(over, ".sshsig") { // it is over that file
			document, before = over, ""
		}
	}
	fmt.Fprintf(p.w, "  %sopenssl ts -verify %s-data %s -in %s -CAfile %s\n",
		before, at, document, r.StampFile, text{ZH: "根证书.pem", EN: "roots.pem"}.In(p.lang))
}

// after tells of the log after the seal: where it ends, and with all what it
// says.
func (p report) after(r *bag.Result, all bool) {
	if len(r.After) == 0 {
		return
	}
	p.line(0, text{ZH: "封存后的记录：%d 条，末条校验值", EN: "log after the seal: %d records, head"}, len(r.After))
	p.digest("", r.AfterHead)
	if r.AfterMet {
		p.line(2, text{ZH: "  交接单上的那一条在内：到那时为止没有被截去",
			EN: "  the record of the slip is among them: nothing was cut up to there"})
		p.afterRest(r)
	}
	if !all {
		return
	}
	p.records(r.After)
}

// records lists what a log says.
func (p report) records(log []bag.Record) {
	var rows [][]string
	for _, x := range log {
		rows = append(rows, []string{"  " + bag.Marked(x.Time), bag.Marked(x.Event), bag.MarkedWords(x.Detail)})
	}
	fmt.Fprint(p.w, aligned(rows))
}

// problems lists all that was found, what decides the verdict apart from what
// a reader should merely know.
func (p report) problems(r *bag.Result) {
	for _, group := range []struct {
		head  text
		holds func(bag.Severity) bool
	}{
		{text{ZH: "发现的问题（%d）：", EN: "problems (%d):"},
			func(s bag.Severity) bool { return s != bag.Warning && s != bag.Note }},
		{text{ZH: "提醒（%d）：", EN: "warnings (%d):"}, func(s bag.Severity) bool { return s == bag.Warning }},
		{text{ZH: "说明（%d）：", EN: "notes (%d):"}, func(s bag.Severity) bool { return s == bag.Note }},
	} {
		var found []bag.Problem
		for _, x := range r.Problems {
			if group.holds(x.Severity) {
				found = append(found, x)
			}
		}
		if len(found) == 0 {
			continue
		}
		p.line(0, group.head, len(found))
		for _, x := range found {
			where := bag.Marked(x.Path)
			if x.Line > 0 {
				where = fmt.Sprintf("%s:%d", where, x.Line)
			}
			if where != "" {
				where += "  "
			}
			p.line(4, text{ZH: "  %s%s [%s]", EN: "  %s%s [%s]"}, where, text(x.Detail).In(p.lang), x.Code)
		}
	}
}

// nextSteps says what to do with the result; every verdict has one.
func nextSteps(r *bag.Result, o verifyOptions) []text {
	switch r.ExitCode() {
	case exitRefused:
		return []text{refusedStep(r)}
	case exitAltered:
		var steps []text
		if len(r.Differs) > 0 && len(r.Differs) <= 2 {
			groups := strings.Fields(strings.Trim(fmt.Sprint(r.Differs), "[]"))
			again := text{
				ZH: fmt.Sprintf("先对照信纸，把校验码第 %s 组重新输入一次；输入没有错，才是证据包已被改动。", strings.Join(groups, "、")),
				EN: fmt.Sprintf("first compare group %s of the code with the letter and type it again; only if it was "+
					"right was the bundle altered.", strings.Join(groups, " and ")),
			}
			if mistyped(r) {
				return []text{again}
			}
			steps = append(steps, again)
		}
		if mistyped(r) { // the code is right, and the number of lines is another
			return []text{{
				ZH: "先对照信纸，把证据码 @ 后面的行数重新输入一次；输入没有错，才不是那封信所指的证据包。",
				EN: "first compare the number of lines behind @ with the letter and type it again; only if it was right " +
					"is this not the bundle of that letter.",
			}}
		}
		switch against(r) {
		case doubtKind:
			return []text{{
				ZH: "下一步：照上面的问题，换一个选项或者换当时的那一份，再核对一次；在那以前，没有外部凭据证明它。",
				EN: "next: as the problem above says, give it with the other option or check the bundle of its time; until " +
					"then nothing outside vouches for this one.",
			}}
		case doubtWhole:
			return []text{{
				ZH: "下一步：看信是不是这个案件的、是哪一次封存的（信上印着材料编号和清单行数），照信把码重新输入一次；" +
					"都没有错，就不要采信这份证据包：保留原样，向提交人另要一份。",
				EN: "next: look whether the letter is of this case and of this seal (it prints the case id and the lines of the " +
					"list), and type its code again; if all is right, do not rely on this bundle: keep it as it is, and ask for " +
					"another copy.",
			}}
		}
		return append(steps, text{
			ZH: "下一步：不要改动这份证据包，保留原样；向提交人另要一份，再核对一次。",
			EN: "next: keep this bundle as it is, and ask whoever handed it over for another copy.",
		})
	case exitBadSeal:
		return []text{{
			ZH: "下一步：文件本身相符，但上面的签名或时间戳不能作数。用 --expect 核对信件上的证据码，或请提交人重新签名、重新取时间戳。",
			EN: "next: the files are as listed, but the signature or time-stamp above counts for nothing. Check " +
				"the root " +
				"on the letter with --expect, or ask for a new one.",
		}}
	}
	if r.ExitCode() == exitNoAnchor && slices.ContainsFunc(r.Problems,
		func(x bag.Problem) bool { return x.Severity == bag.Unmet }) {
		return []text{{
			ZH: "下一步：向提交人要签过名（或取过时间戳）的那一份；只想核对文件的，去掉 --signers、--trust 再核对。",
			EN: "next: ask for the copy that was signed or stamped; to check the files alone, leave out --signers " +
				"and --trust.",
		}}
	}
	if r.Verdict != bag.NotChecked && r.ExitCode() == exitPartial {
		return []text{incompleteStep(r)}
	}
	switch r.Verdict {
	case bag.NotChecked:
		return []text{{
			ZH: "下一步：按上面的原因处理（例如关闭占用文件的程序、把证据包完整复制到本机），再核对一次。",
			EN: "next: remove the cause named above (close what uses the files, copy the whole bundle), and check " +
				"again.",
		}}
	case bag.Anchored:
		return []text{{
			ZH: "下一步：可以据此使用这份证据包；“完好”只说明文件没有变动，不说明内容真实。",
			EN: "next: the bundle can be relied on as the one that was sealed; intact does not mean that its content " +
				"is true.",
		}}
	}
	if !r.Own {
		return []text{{
			ZH: "下一步：如果另有途径得到它的校验值（纸面、邮件），与上面的逐一比对；包内的清单不能证明它自己。",
			EN: "next: compare with digests you have from elsewhere (paper, mail), if any; the lists inside cannot " +
				"vouch " +
				"for themselves.",
		}}
	}
	if r.Evidence != nil {
		return []text{{
			ZH: "下一步：用 --expect 输入签名信件上印的证据码，才能确认这就是那封信所指的证据。",
			EN: "next: give the evidence code printed on the signed letter with --expect to know this is what it is " +
				"about.",
		}}
	}
	return []text{{
		ZH: "下一步：用 --expect 输入签名信件上印的总校验码，才能确认这就是当时封存的那一份。",
		EN: "next: give the root printed on the signed letter with --expect to know this is what was sealed.",
	}}
}

// refusedStep says what to do with something that was refused. What is only
// packed in another way can be checked once it is unpacked; what climbs out,
// links away or bursts must not be.
func refusedStep(r *bag.Result) text {
	code := ""
	for _, p := range r.Problems {
		if p.Severity == bag.Refused {
			code = p.Code
			break
		}
	}
	switch code {
	case "E-NOT-A-BAG":
		return text{
			ZH: "下一步：选对要核对的东西：里面有 bagit.txt 的那个文件夹，或者 bundle.zip；找不到的，向提交人要。",
			EN: "next: name the folder that holds bagit.txt, or bundle.zip; if there is none, ask whoever handed " +
				"it over.",
		}
	case "E-ZIP-CUT":
		return text{
			ZH: "下一步：重新下载或复制一次，再核对；还是这样，就请提交人另发一份。",
			EN: "next: download or copy it again and check that; if it is the same, ask for another copy.",
		}
	case "E-ZIP-ENCRYPTED":
		return text{
			ZH: "下一步：用密码把它解压到一个空文件夹，再核对那个文件夹。",
			EN: "next: unpack it with its password into an empty folder, and check that folder.",
		}
	case "E-ZIP-NESTED":
		return text{
			ZH: "下一步：把它解压到一个空文件夹，再核对里面的那个 zip。",
			EN: "next: unpack it into an empty folder, and check the zip inside.",
		}
	case "E-ARCHIVE", "E-ZIP-TOP", "E-ZIP-METHOD", "E-ZIP-UNCLEAR":
		return text{
			ZH: "下一步：把它解压到一个空文件夹，再核对那个文件夹；只用解压出来并核对过的文件。",
			EN: "next: unpack it into an empty folder and check that folder; use only the files that were unpacked " +
				"and checked.",
		}
	case "E-ZIP-COMMENT", "E-ZIP-END":
		return text{
			ZH: "下一步：向提交人另要一份；或者把它解压到一个空文件夹，核对那个文件夹，只用核对过的那些文件，不用这个 zip。",
			EN: "next: ask whoever handed it over for another copy; or unpack it into an empty folder, check that " +
				"folder, and use the files checked there, not this zip.",
		}
	}
	return text{
		ZH: "下一步：不要解压或打开它；向提交人另要一份，最好是文件夹或用 juzheng 重新打的 zip，再核对一次。",
		EN: "next: do not unpack or open it; ask whoever handed it over for another copy, best the folder or a zip " +
			"made by juzheng, and check that.",
	}
}

// A verdictLine is the summary of a bundle with what people read of it.
type verdictLine struct {
	desk.VerifySummary
	Words bag.Text `json:"words"` // the verdict
	// of format 2 three: of the exhibits, their completeness, the other files
	Statements []bag.Text `json:"statements"`
	Next       []bag.Text `json:"next"` // what to do
	Exit       int        `json:"exit"`
}

// emitVerified writes files, problems, summary and older seals as JSON lines.
func emitVerified(w io.Writer, found desk.Verified, o verifyOptions) error {
	for _, l := range found.Lines() {
		value := l.Value
		if s, ok := value.(desk.VerifySummary); ok {
			line := verdictLine{VerifySummary: s, Words: bag.Text(verdictText(found.Result)),
				Exit: found.Result.ExitCode()}
			for _, t := range statements(found.Result) {
				line.Statements = append(line.Statements, bag.Text(t))
			}
			for _, t := range nextSteps(found.Result, o) {
				line.Next = append(line.Next, bag.Text(t))
			}
			value = line
		}
		if err := emit(w, l.Type, value); err != nil {
			return err
		}
	}
	return nil
}
