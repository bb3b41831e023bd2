package bag

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/bag/commit"
	"juzheng/evidence/bag/sshsig"
	"juzheng/evidence/bag/timestamp"
)

// judgeCode computes the evidence code and compares it with what is known from
// paper: a code over all lines of the list or the first of them, the digest of
// this copy, a head of the log.
func (c *check) judgeCode() {
	doc, ok := c.docs[RootName]
	if !ok {
		if c.read[RootName] == nil {
			c.add("E-ROOT-MISSING", RootName)
		}
		return
	}
	c.res.Root = rootOf(sumsOf(doc), c.info)
	if !c.two.sound { // told with the list
		if c.opt.Expect != "" {
			c.add("E-CODE-NONE", listName)
		}
		return
	}
	c.res.Root = c.res.Root.of(c.two.list, c.docs[logDigestsName])
	codes := c.two.list.Codes()
	c.compareCode(codes)
	c.compareCopy(codes)
	if c.opt.ExpectAfter == "" {
		return
	}
	want, err := ParseHead(c.opt.ExpectAfter)
	if err != nil {
		return // refused at the start
	}
	heads := commit.LogHeads(c.docs[logDigestsName])
	at := slices.IndexFunc(heads, func(head string) bool { return strings.HasPrefix(head, want) })
	if at < 0 {
		c.add("E-LOG-HEAD", logDigestsName)
		return
	}
	c.res.AfterMet, c.res.AfterRest = true, len(heads)-at-1
}

// covers notes an anchor that stands for the first lines of the list.
func (c *check) covers(kind string, lines int, t Text) {
	c.two.covered = max(c.two.covered, lines)
	c.res.Anchors = append(c.res.Anchors, Anchor{kind, t})
}

// first is the first line that takes in an exhibit: a code over fewer lines is
// the same in all cases, and no letter prints it.
func (c *check) first() int {
	in, out := c.two.list.State(c.two.list.Len())
	first := c.two.list.Len()
	for _, n := range append(in, out...) {
		first = min(first, c.two.list.Line(n))
	}
	return first
}

func (c *check) compareCode(codes []commit.Code) {
	t := c.typed
	if c.opt.Expect == "" {
		return
	}
	bad := func(code string, args ...any) { c.add(code, listName, args...).Severity = Altered }
	if t.Format == 1 || t.Digest == c.two.list.Follows() {
		bad("E-CODE-FORMAT-1")
		return
	}
	if t.Digest == c.res.Root.Copy.SHA256 || t.Digest == c.res.Root.Copy.SM3 {
		bad("E-CODE-IS-COPY")
		return
	}
	for lines := c.first(); lines <= len(codes); lines++ {
		code := codes[lines-1]
		if t.Digest != code.SHA256 && t.Digest != code.SM3 {
			continue
		}
		if t.Lines != 0 && t.Lines != lines {
			bad("E-CODE-LINES", strconv.Itoa(lines), strconv.Itoa(t.Lines))
			return
		}
		if t.Case != "" && !t.sameCase(c.res.Case) {
			c.add("E-CODE-CASE", bagInfoName, c.res.Case, t.Case)
		}
		c.covers("code", lines, Text{
			fmt.Sprintf("证据码与书面材料上的一致（清单第 1–%d 行）", lines),
			fmt.Sprintf("the evidence code equals the one given from outside, on paper (lines 1–%d of the list)",
				lines),
		})
		return
	}
	if t.Lines > len(codes) {
		bad("E-CODE-OLDER", strconv.Itoa(len(codes)), strconv.Itoa(t.Lines))
		return
	}
	groups := nearest(t, codes, c.first())
	c.res.Differs = groups
	if len(groups) <= 2 {
		bad("E-CODE-TYPO", ours(groupList(groups)))
		return
	}
	bad("E-CODE-DIFFERS", groupsText(groups))
}

// nearest are the groups in which a typed code differs from the one that was
// most likely meant, of those that letters print.
func nearest(t Typed, codes []commit.Code, first int) []int {
	var best []int
	for i, code := range codes {
		if i+1 < first || t.Lines >= first && t.Lines != i+1 {
			continue
		}
		for _, digest := range []string{code.SHA256, code.SM3} {
			groups, err := CompareRoot(t.Digest, digest)
			if err == nil && (best == nil || len(groups) <= len(best)) {
				best = groups
			}
		}
	}
	return best
}

// compareCopy compares the digest of this copy with the one on a slip.
func (c *check) compareCopy(codes []commit.Code) {
	want := c.opt.ExpectCopy
	if want == "" {
		return
	}
	if want == c.res.Root.Copy.SHA256 || want == c.res.Root.Copy.SM3 {
		c.two.copyBy = Text{"本包校验值与交接单上的一致", "the digest of this copy equals that on the slip"}
		c.covers("copy", c.two.list.Len(), c.two.copyBy)
		return
	}
	for _, code := range codes {
		if want == code.SHA256 || want == code.SM3 {
			c.add("E-COPY-IS-CODE", RootName)
			return
		}
	}
	c.add("E-COPY-DIFFERS", RootName)
}

// judgeCodeSeal checks what lies in seal/: signatures and time-stamps over the
// first lines of the list, which every copy holds, and a signature over this
// copy.
func (c *check) judgeCodeSeal() {
	now := c.opt.Now
	if now.IsZero() {
		now = time.Now()
	}
	root := c.docs[RootName]
	for i := range c.nodes {
		p := c.nodes[i].path
		text, ok := c.docs[p]
		name := strings.TrimPrefix(p, SealDir+"/")
		if !ok || !inSeal(p) {
			continue
		}
		if lines, ending, ok := sealLines(name); ok {
			c.judgeLines(p, text, lines, ending, now)
			continue
		}
		switch name {
		case SealCopySignature:
			if root != nil && c.signed(p, text, root, CopyNamespace, now) {
				c.two.copyBy = Text{"本副本由指定的密钥签名", "this copy is signed by a key given from outside"}
				c.two.covered = max(c.two.covered, c.two.lines())
			}
		case SealSigners:
			c.sealForm(p, sshsig.CheckSigners)
		case SealChain:
			c.sealForm(p, timestamp.CheckChain)
		}
	}
	c.judgeAsked()
}

// judgeLines checks a file that vouches for the first lines of the list.
func (c *check) judgeLines(path string, text []byte, lines int, ending string, now time.Time) {
	if strings.HasSuffix(ending, "tsq") {
		c.sealForm(path, timestamp.CheckRequest)
		return
	}
	if !c.two.sound {
		return
	}
	if lines > c.two.list.Len() {
		c.add("E-SEAL-LINES", path, strconv.Itoa(lines), strconv.Itoa(c.two.list.Len()))
		return
	}
	over := c.two.first(c.docs[listName], lines)
	if ending == "sshsig" {
		if c.signed(path, text, over, CodeNamespace, now) {
			c.two.covered = max(c.two.covered, lines)
		}
		return
	}
	if ending == "sshsig.tsr" {
		c.judgeStampedSignature(path, text, lines, over, now)
		return
	}
	// Anybody gets a time-stamp, also over lines of their own behind those of
	// the letter. So it says from when lines are, and whose they are only where
	// nothing else does.
	if c.stamped(path, text, c.docs[SealDir+"/"+SealName(lines, "tsq")], over, now,
		Text{fmt.Sprintf("清单前 %d 行", lines), fmt.Sprintf("the first %d lines of the list", lines)}) {
		c.two.stamped = max(c.two.stamped, lines)
	}
}

// judgeStampedSignature checks a time-stamp over a signature. It says from when
// the signature is: one that was made before a key was stolen or ran out stays
// what it was. And since the signature is over the lines, they are as old.
func (c *check) judgeStampedSignature(path string, reply []byte, lines int, over []byte, now time.Time) {
	name := SealName(lines, "sshsig")
	signature := c.docs[SealDir+"/"+name]
	proven := c.stamped(path, reply, c.docs[SealDir+"/"+SealName(lines, "sshsig.tsq")], signature, now,
		Text{fmt.Sprintf("签名 %s，连同它所签的清单前 %d 行，", name, lines),
			fmt.Sprintf("the signature %s, and the first %d lines of the list that it signs,", name, lines)})
	if !proven {
		return
	}
	made, err := sshsig.Verify(signature, over, nil, CodeNamespace, now.In(time.Local))
	if err == nil && made.State == sshsig.UnknownKey { // sound, and whose key it is was judged with it
		c.two.stamped = max(c.two.stamped, lines)
	}
}

// first is the text of the first lines of the list.
func (t *listed2) first(text []byte, lines int) []byte {
	if t.ends == nil {
		for i, b := range text {
			if b == '\n' {
				t.ends = append(t.ends, i+1)
			}
		}
	}
	return text[:t.ends[lines-1]]
}

func (t *listed2) lines() int {
	if !t.sound {
		return 0
	}
	return t.list.Len()
}
