package bag

import (
	"fmt"
	"strings"
	"time"

	"juzheng/evidence/bag/sshsig"
	"juzheng/evidence/bag/timestamp"
)

// RootNamespace is the SSHSIG namespace of a signature over a root document.
// It keeps a signature made for another purpose from being passed off as one
// over a bundle.
const RootNamespace = "juzheng-root@v1"

// The namespaces of format 2: over the first lines of a list, which every copy
// holds, and over the root document of one copy.
const (
	CodeNamespace = "juzheng-code@v2"
	CopyNamespace = "juzheng-copy@v2"
)

// judgeRoot computes the root and compares it with the one on paper.
func (c *check) judgeRoot() {
	doc, ok := c.docs[RootName]
	if !ok {
		if c.read[RootName] == nil && (c.own || c.opt.Expect != "") {
			c.add("E-ROOT-MISSING", RootName).Severity = Altered
		}
		return
	}
	c.res.Root = rootOf(sumsOf(doc), c.info)
	if c.opt.ExpectCopy != "" {
		c.add("E-COPY-FORMAT-1", RootName).Severity = Altered
	}
	if c.opt.Expect == "" {
		return
	}
	if c.typed.Format == 2 || c.typed.Lines > 0 {
		c.add("E-CODE-FORMAT-2", RootName).Severity = Altered
		return
	}
	// The letter prints both digests, and 64 digits do not say which of the
	// two was typed: the nearer one was meant.
	groups, err := CompareRoot(c.opt.Expect, c.res.Root.SHA256)
	if err != nil {
		return // refused at the start
	}
	if other, err := CompareRoot(c.opt.Expect, c.res.Root.SM3); err == nil && len(other) < len(groups) {
		groups = other
	}
	if len(groups) == 0 {
		c.res.Anchors = append(c.res.Anchors, Anchor{"root", Text{
			"总校验码与书面材料上的一致",
			"the root equals the one given from outside (on paper)",
		}})
		return
	}
	c.res.Differs = groups
	if len(groups) <= 2 {
		c.add("E-ROOT-TYPO", RootName, ours(groupList(groups))).Severity = Altered
		return
	}
	c.add("E-ROOT-DIFFERS", RootName, groupsText(groups)).Severity = Altered
}

// groupsText says which groups of a code differ; of more than half, how many.
func groupsText(groups []int) Text {
	switch n := len(groups); {
	case n == 16:
		return Text{"16 组全都不同", "all 16 groups"}
	case n > 8:
		return Text{fmt.Sprintf("16 组里有 %d 组不同", n), fmt.Sprintf("%d of the 16 groups", n)}
	}
	return Text{"第 " + groupList(groups) + " 组", "group " + groupList(groups)}
}

func groupList(groups []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(groups), " ", ", "), "[]")
}

// judgeSeal checks what vouches for the root from seal/, and the custody
// after the seal.
func (c *check) judgeSeal() {
	if !c.own {
		if c.opt.ExpectAfter != "" {
			c.add("E-AFTER-CUT", SealDir+"/"+SealAfter)
		}
		c.judgeAsked()
		return
	}
	c.judgeAfter()
	c.judgePartial()
	root, ok := c.docs[RootName]
	if !ok {
		return
	}
	now := c.opt.Now
	if now.IsZero() {
		now = time.Now()
	}
	c.judgeTimestamp(root, now)
	c.judgeSignature(root, now)
	c.judgeSealForms()
	c.judgeAsked()
}

// judgeSealForms holds the files of seal/ that say something to a reader of the
// folder, and are not judged themselves, to what they may hold. All that lies
// there is outside the root, and anybody can have laid it there.
func (c *check) judgeSealForms() {
	for name, sound := range map[string]func([]byte) error{
		SealSigners: sshsig.CheckSigners, SealChain: timestamp.CheckChain, SealQuery: timestamp.CheckRequest,
	} {
		c.sealForm(SealDir+"/"+name, sound)
	}
}

func (c *check) sealForm(path string, sound func([]byte) error) {
	if text, ok := c.docs[path]; ok && sound(text) != nil {
		c.add("E-SEAL-FORM", path)
	}
}

// sealHolds reports whether seal/ holds a file to check: by its name in format
// 1, by its ending in format 2.
func (c *check) sealHolds(name, ending string) bool {
	if c.two == nil {
		return c.docs[SealDir+"/"+name] != nil
	}
	for p := range c.docs {
		if inSeal(p) && strings.HasSuffix(p, ending) {
			return true
		}
	}
	return false
}

// judgeAsked reports a check that was asked for, by giving what it needs from
// outside, and that could not be made because the bundle holds nothing to
// check: the one who asked must not take the silence for a yes.
func (c *check) judgeAsked() {
	if c.opt.Older {
		return
	}
	if len(c.opt.Signers) > 0 && !c.sealHolds(SealSignature, ".sshsig") {
		c.add("E-SIGNATURE-NONE", "")
	}
	if len(c.opt.TrustRoots) > 0 && !c.sealHolds(SealReply, ".tsr") {
		c.add("E-TSA-NONE", "")
	}
}

// judgeTimestamp lets the RFC 3161 reader judge the reply; a proven time
// anchors the content in time, not in a person.
func (c *check) judgeTimestamp(root []byte, now time.Time) {
	name := SealDir + "/" + SealReply
	reply, ok := c.docs[name]
	if !ok {
		return
	}
	c.stamped(name, reply, c.docs[SealDir+"/"+SealQuery], root, now, Text{"总校验码所指的内容", "the content of the root"})
}

// stamped judges one reply, over a text that what names, and reports whether it
// proves a time.
func (c *check) stamped(name string, reply, query, text []byte, now time.Time, what Text) bool {
	trust := timestamp.Trust{Roots: c.opt.TrustRoots, Chain: c.docs[SealDir+"/"+SealChain]}
	res, err := timestamp.Check(reply, query, text, trust, now)
	if err != nil {
		c.add("E-TSA-UNCHECKED", name, why(err))
		return false
	}
	c.res.Timestamp, c.res.StampFile = res, name
	switch {
	case res.State.Proven():
		at := res.Time.In(beijing).Format(time.RFC3339)
		c.res.Anchors = append(c.res.Anchors, Anchor{"timestamp", Text{
			fmt.Sprintf("时间戳证明：%s在 %s 之前已经存在（时间戳机构：%s）", what.ZH, at, res.Authority),
			fmt.Sprintf("time-stamp: %s existed at %s (authority: %s)", what.EN, at, res.Authority),
		}})
		if res.State == timestamp.ExpiredSince {
			c.add("N-TSA-EXPIRED", name)
		}
		c.judgeStampTimes(name, res.Time)
		return true
	case res.State == timestamp.Untrusted && len(c.opt.TrustRoots) == 0:
		c.add("W-TSA-NO-TRUST", name)
	default:
		c.add(timestampCode(res.State), name, res.Detail)
	}
	return false
}

// timestampCode is the code of the problem that a state is; empty for a proven
// one and for none.
func timestampCode(s timestamp.State) string {
	if s.Proven() || s == timestamp.Absent {
		return ""
	}
	return "E-TSA-" + strings.ToUpper(string(s))
}

// TimestampFault says, for a reader, why a time-stamp proves nothing. It is
// empty for one that proves something.
func TimestampFault(r timestamp.Result) Text {
	code := timestampCode(r.State)
	if code == "" {
		return Text{}
	}
	return newProblem(code, "", r.Detail).Detail
}

// judgeStampTimes compares the proven time with those the bundle claims.
func (c *check) judgeStampTimes(name string, at time.Time) {
	when := at.In(beijing).Format(time.RFC3339)
	stamp := Text{"时间戳 " + when, "time-stamp " + when}
	for _, e := range c.record.Files {
		for _, t := range e.Times {
			if when, err := time.Parse(time.RFC3339, t.Time); err == nil && when.After(at) {
				c.add("W-TIMES", e.Path, t.What+":"+t.Time, stamp)
			}
		}
	}
	if sealed, err := time.Parse(time.RFC3339, c.record.Sealed); err == nil && sealed.After(at) {
		c.add("W-TIMES", name, Text{"封存 " + c.record.Sealed, "sealed " + c.record.Sealed}, stamp)
	}
}

func (c *check) judgeSignature(root []byte, now time.Time) {
	name := SealDir + "/" + SealSignature
	armored, ok := c.docs[name]
	if !ok {
		if _, ok := c.docs[SealDir+"/"+SealMinisign]; ok {
			c.add("W-MINISIGN", SealDir+"/"+SealMinisign)
		}
		return
	}
	c.signed(name, armored, root, RootNamespace, now)
}

// signed judges one signature, over a text, and reports whether it is by a key
// given from outside.
func (c *check) signed(name string, armored, text []byte, namespace string, now time.Time) bool {
	// A validity time without zone is that of the place, as to ssh-keygen.
	res, err := sshsig.Verify(armored, text, c.opt.Signers, namespace, now.In(time.Local))
	if err != nil {
		c.add("E-SIGNATURE-UNCHECKED", name, why(err))
		return false
	}
	c.res.Signature = res
	switch res.State {
	case sshsig.Valid:
		c.res.Anchors = append(c.res.Anchors, Anchor{"signature", Text{
			fmt.Sprintf("由指定的密钥签名：%s（%s）", res.Signer, res.Fingerprint),
			fmt.Sprintf("signed by a key given from outside: %s (%s)", res.Signer, res.Fingerprint),
		}})
		return true
	case sshsig.UnknownKey:
		p := c.add("W-SIGNATURE-UNKNOWN-KEY", name, res.Fingerprint)
		if len(c.opt.Signers) > 0 {
			p.Severity = SealBad // it was to be one of these
		}
	default:
		c.add("E-SIGNATURE-"+strings.ToUpper(string(res.State)), name, res.Detail)
	}
	return false
}
