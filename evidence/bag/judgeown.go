package bag

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// readRecord reads evidence.json, before the files are judged, because it
// knows their sizes.
func (c *check) readRecord() (evidenceFile, error) {
	if c.two != nil {
		return c.recordOfList(), nil
	}
	text, ok := c.docs[evidenceName]
	if !ok || !c.own {
		return evidenceFile{}, errors.New("no record")
	}
	listed := 0
	for _, m := range c.lists {
		listed = max(listed, len(m.digests))
	}
	e, err := parseEvidence(text, c.opt.Limits.Depth, valuesPerFile*(listed+20))
	if err != nil {
		c.add("E-EVIDENCE-FORM", evidenceName, why(err))
	}
	return e, err
}

// judgeOwn applies what our own bundles promise beyond RFC 8493: one
// canonical form, and several documents that say the same.
func (c *check) judgeOwn() {
	if !c.own {
		return
	}
	lists := c.ownLists()
	payload := lists[manifestName]
	if payload == nil {
		c.missingDoc(manifestName)
	} else {
		c.judgePayloadNames(payload)
		c.judgeSums(payload)
		c.judgeRecord(payload)
	}
	c.judgeCatalogue()
	c.judgeCustody()
	c.judgePages(lists[RootName])
	if c.unread(bagInfoName) {
		// nothing to compare with
	} else if len(c.res.Case) == 0 || c.record.Case != "" && c.record.Case != c.res.Case {
		c.add("E-CASE-DIFFERS", bagInfoName, c.res.Case, c.record.Case)
	}
	if v := infoValue(c.info, keySupersedes); v != "" && !isDigest(v, 64) {
		c.add("E-INFO-VALUE", bagInfoName, keySupersedes)
	}
}

// missingDoc reports a document every bundle has, unless the root document
// listed it and it was reported with the files.
func (c *check) missingDoc(name string) {
	for _, f := range c.res.Files {
		if f.Path == name && f.Status != OK {
			return
		}
	}
	c.add("E-DOCUMENT-MISSING", name)
}

// ownLists are the lists of files that a bundle of ours has, held to the one
// form we write.
func (c *check) ownLists() map[string]*manifest {
	lists := map[string]*manifest{}
	for _, m := range c.lists {
		lists[m.name] = m
		switch m.name {
		case RootName, manifestName, c.sumsName():
		default:
			c.add("E-MANIFEST-EXTRA", m.name)
			continue
		}
		if m.sound && !c.canonical(m) {
			how := Text{"不是本程序写出的规范形式", "not in the canonical form"}
			if bytes.Contains(c.docs[m.name], []byte("\r")) {
				how = Text{"换行被改成了 CRLF：多半是编辑器、邮件或同步软件改的",
					"its line ends were turned to CRLF, most likely by an editor, mail or a sync program"}
			}
			c.add("E-FORM", m.name, how)
		}
	}
	return lists
}

func (c *check) judgePayloadNames(m *manifest) {
	for _, p := range sortedKeys(m.digests) {
		if !plainPayload(p) {
			c.add("E-PATH-FORM", m.name, shown(p))
		}
	}
	for p := range c.hold {
		if _, ok := m.digests[p]; !ok {
			c.add("W-SEAL-FORM", SealDir+"/"+SealWithheld)
		}
	}
}

// judgeSums asks that sm3sums.txt lists the same files as the manifest.
func (c *check) judgeSums(payload *manifest) {
	name := c.sumsName()
	if c.sums == nil {
		c.missingDoc(name)
		return
	}
	for _, p := range sortedKeys(payload.digests) {
		if _, ok := c.sums.digests[p]; !ok {
			c.add("E-SM3-LACKS", name, shown(p))
		}
	}
	for _, p := range sortedKeys(c.sums.digests) {
		if _, ok := payload.digests[p]; !ok {
			c.add("E-SM3-SURPLUS", name, shown(p))
		}
	}
}

// judgeRecord compares evidence.json with the manifests.
func (c *check) judgeRecord(payload *manifest) {
	if _, ok := c.docs[evidenceName]; !ok {
		c.missingDoc(evidenceName)
		return
	}
	if c.record.Schema == 0 {
		return // told by readRecord
	}
	seen := map[string]bool{}
	for _, e := range c.record.Files {
		want, ok := payload.digests[e.Path]
		differs := !ok || seen[e.Path] || want != e.SHA256
		if c.sums != nil && c.sums.digests[e.Path] != e.SM3 {
			differs = true
		}
		if r := c.read[e.Path]; r != nil && r.err == nil && r.size != e.Size && r.digest("sha256") == want {
			differs = true
		}
		if e.Size < 0 {
			differs = true
		}
		if differs {
			c.add("E-EVIDENCE-DIFFERS", evidenceName, shown(e.Path))
		}
		seen[e.Path] = true
	}
	for _, p := range sortedKeys(payload.digests) {
		if !seen[p] {
			c.add("E-EVIDENCE-DIFFERS", evidenceName, shown(p))
		}
	}
	c.judgeTimes()
}

// judgeTimes lists times that cannot all be true. They prove nothing, but a
// reader would ask.
func (c *check) judgeTimes() {
	sealed, err := time.Parse(time.RFC3339, c.record.Sealed)
	if err != nil {
		name := evidenceName
		if c.two != nil {
			name = bagInfoName
		}
		c.add("E-EVIDENCE-FORM", name, "sealed:"+c.record.Sealed)
		return
	}
	if v := infoValue(c.info, keySealed); v != c.record.Sealed && !c.unread(bagInfoName) {
		c.add("E-TIME-DIFFERS", bagInfoName, v, c.record.Sealed)
	}
	for _, e := range c.record.Files {
		for _, t := range e.Times {
			if at, err := time.Parse(time.RFC3339, t.Time); err == nil && at.After(sealed) {
				c.add("W-TIMES", e.Path, t.What+":"+t.Time, Text{"封存 " + c.record.Sealed, "sealed " + c.record.Sealed})
			}
		}
	}
}

func (c *check) judgeCatalogue() {
	text, ok := c.docs[catalogueName]
	if !ok {
		c.missingDoc(catalogueName)
		return
	}
	rows, err := parseCatalogue(text, len(c.record.Files)+1)
	if err != nil {
		c.add("E-CATALOGUE-DIFFERS", catalogueName, why(err))
		return
	}
	if c.record.Schema == 0 {
		return
	}
	for i := range max(len(rows), len(c.record.Files)) {
		if i >= len(rows) || i >= len(c.record.Files) || !slices.Equal(rows[i], catalogueRow(c.record.Files[i])) {
			p := c.add("E-CATALOGUE-DIFFERS", catalogueName,
				Text{fmt.Sprintf("第 %d 行", i+1), fmt.Sprintf("row %d", i+1)})
			p.Line = i + 2
			return
		}
	}
}

// judgeCustody checks the sealed log and compares its end with bag-info.txt,
// so that a cut tail is seen too.
func (c *check) judgeCustody() {
	if !c.hasLog(custodyName) {
		c.missingDoc(custodyName)
		return
	}
	// More lines than declared are one fault, told below, whatever they say.
	limit := c.opt.Limits.Entries
	if n, err := strconv.Atoi(infoValue(c.info, keyCustodyEntries)); err == nil && n >= 0 {
		limit = n + 1
	}
	log := c.judgeChain(custodyName, chain{prev: CustodyStart}, limit, "")
	c.res.Custody = log.records
	if c.unread(bagInfoName) {
		return
	}
	if log.given > 0 {
		c.add("N-DATE-GIVEN", custodyName, strconv.Itoa(log.given))
	}
	head, n := log.head, log.lines
	if want := infoValue(c.info, keyCustodyHead); want != head {
		c.add("E-CUSTODY-HEAD", custodyName, head, want)
	}
	if want := infoValue(c.info, keyCustodyEntries); want != strconv.Itoa(n) {
		c.add("E-CUSTODY-COUNT", custodyName, strconv.Itoa(n), want)
	}
}

// judgePages tells whether index.html is that of a known release. Another
// page under a sound root is no forgery by itself, but it must not be
// believed.
func (c *check) judgePages(root *manifest) {
	r := c.read[indexName]
	if r == nil || r.err != nil {
		c.missingDoc(indexName)
		return
	}
	sum := r.digest("sha256")
	switch {
	case sum == IndexHTMLSum().SHA256:
		c.res.Page = "this"
	case c.knownPage(sum) != "":
		c.res.Page = c.knownPage(sum)
	default:
		c.add("W-PAGE-UNKNOWN", indexName)
	}
	if r := c.read[stepsName]; r == nil {
		c.missingDoc(stepsName)
	} else if r.err == nil && !bytes.Equal([]byte(r.digest("sha256")), []byte(VerifyTextSum().SHA256)) &&
		c.knownPage(r.digest("sha256")) == "" {
		c.add("W-STEPS-UNKNOWN", stepsName)
	}
	if root == nil {
		return
	}
	names := []string{bagitName, bagInfoName, manifestName, c.sumsName(), catalogueName, indexName, stepsName}
	if c.two != nil {
		names = append(names, listName, listSM3Name, logName, logDigestsName)
	} else {
		names = append(names, evidenceName, custodyName)
	}
	for _, name := range names {
		if _, ok := root.digests[name]; !ok {
			c.add("E-ROOT-LACKS", RootName, name)
		}
	}
}
