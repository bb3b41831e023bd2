package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
)

var verifyScreen = screen{path: verifyPath, free: true,
	title: evidence.Text{ZH: "核对", EN: "Check a bundle"},
	view:  func(v *visit) (any, error) { return v.verifyView() },
	acts: map[string]act{
		"compare": func(v *visit) (string, error) { return v.compare() },
		"again":   func(v *visit) (string, error) { return v.compare() },
	},
	words: verifyWords,
}

var verifyWords = words{
	"another":  {ZH: "换一个", EN: "Another one"},
	"checking": {ZH: "正在一个个算", EN: "Computing each file"},
	"share":    {ZH: "已算%d%%", EN: "%d%% done"},
	"begin":    {ZH: "开始了", EN: "begun"},
	"phrase":   {ZH: "写密码", EN: "Write the passphrase"},
	"failed":   {ZH: "没有核对成", EN: "It could not be checked"},
	"q1":       {ZH: "封存的文件，变过吗？", EN: "Were the sealed files changed?"},
	"q2":       {ZH: "全都在吗？", EN: "Is all of it here?"},
	"q3":       {ZH: "是纸上说的那一份吗？", EN: "Is it the one that the paper names?"},
	"alike":    {ZH: "和清单一致", EN: "As its lists say"},
	"alike-s": {ZH: "%d个文件，逐个算过。这只说明包里前后一致；是不是当初封存的那一份，要和纸上的证据码比一比。",
		EN: "%d files, each computed. It only shows that they agree among themselves; whether it is what was sealed, " +
			"the code on the paper tells."},
	"alike-a": {ZH: "%d个文件，逐个算过，也和纸上的证据码一致。",
		EN: "%d files, each computed; they agree with the code on the paper too."},
	"alike-b": {ZH: "%d个文件，逐个算过，彼此一致。纸上的证据码管着哪些，看第三个回答。",
		EN: "%d files, each computed, agree among themselves. What the code on the paper covers stands in the third answer."},
	"others": {ZH: "包里其他几份（%s）不在证据码之内，只是彼此一致。有交接单的，打开包里的 index.html，用单子上的本包校验值核对它们。",
		EN: "The other files of the bundle (%s) are not covered by the code and agree among themselves only. With a " +
			"handover slip, open index.html in the bundle and compare them by the digest on the slip."},
	"altered": {ZH: "和清单不一致", EN: "Not as its lists say"},
	"altered-s": {ZH: "下面写着是哪里。不要改动这个包，再向交来的人要一份。",
		EN: "Where is told below. Leave this bundle as it is, and ask whoever gave it for another one."},
	"unread":    {ZH: "没能全部核对", EN: "Not all could be checked"},
	"refused":   {ZH: "不能核对", EN: "It cannot be checked"},
	"all-here":  {ZH: "%d件都在", EN: "All %d are here"},
	"some-here": {ZH: "%d件里有%d件", EN: "%[2]d of %[1]d are here"},
	"some-s": {ZH: "另外%d件，交来的人没有提供。不知道是什么，只知道有几件。",
		EN: "%d more were withheld by whoever gave it; what they are is not told."},
	"gone-s":    {ZH: "%s 缺失或被改名。", EN: "Gone or renamed: %s."},
	"changed-s": {ZH: "%s 和清单不一致。", EN: "Not as listed: %s."},
	"unread-s":  {ZH: "%s 没能读取。", EN: "Could not be read: %s."},
	"out-s":     {ZH: "有%d件列过以后又不放了。", EN: "%d were listed and left out later."},
	"unknown":   {ZH: "不知道", EN: "Not known"},
	"match":     {ZH: "和纸上的一致", EN: "As on the paper"},
	"match-s":   {ZH: "信做好以后，这些证据没有变过。", EN: "Since the letter was made, these exhibits were not changed."},
	"differs":   {ZH: "和纸上的不一致", EN: "Not as on the paper"},
	"differs-s": {ZH: "第%s组不同。先照纸再核一遍；确实不同的，这不是那封信所指的证据。",
		EN: "Group %s differs. Read the paper once more; if it differs, this is not the evidence that the letter names."},
	"differs-a": {ZH: "16组里有%d组不同：码是另一个案件或另一次封存的，或者打错了。都不是的，就是包被整个换过，不要采信。",
		EN: "%d of the 16 groups differ: it is the code of another case or another seal, or mistyped. If none of these, " +
			"the whole bundle was replaced: do not rely on it."},
	"typo":  {ZH: "多半是输错了", EN: "Most likely mistyped"},
	"later": {ZH: "%s 是后来加入的，纸上的证据码证明不了。", EN: "%s came later, and the code on the paper does not cover it."},
	"see":   {ZH: "要您来看", EN: "For you to look at"},
	"cmp":   {ZH: "和纸上的证据码比一比", EN: "Compare it with the code on the paper"},
	"cmp-s": {ZH: "它印在信上，16组，每组4个字符。旧信上叫“总校验码”。",
		EN: "It is printed on the letter: 16 groups of 4. Older letters call it the root."},
	"code":  {ZH: "这份证据包的证据码（SHA-256），每行四组", EN: "The code of this bundle (SHA-256), four groups a line"},
	"lines": {ZH: "清单%d行", EN: "%d lines of the list"},
	"type":  {ZH: "照纸上的打进来，空格不要紧", EN: "Type it as on the paper; blanks do not matter"},
	"type-k": {ZH: "纸上写着“清单K行”的，在后面加上 @K。",
		EN: "Where the paper says how many lines of the list, add @ and their number."},
	"compare":  {ZH: "比一比", EN: "Compare"},
	"problems": {ZH: "哪里不对", EN: "What is wrong"},
	"beside":   {ZH: "另外要知道的", EN: "What else to know"},
	"more":     {ZH: "另有%d处", EN: "%d more"},
	"list":     {ZH: "包里的%d件证据", EN: "The %d exhibits in it"},
	"table":    {ZH: "证据列表，可以左右移动", EN: "List of exhibits, can be moved sideways"},
	"no":       {ZH: "编号", EN: "Number"},
	"kind":     {ZH: "种类", EN: "Kind"},
	"when":     {ZH: "时间", EN: "Time"},
	"what":     {ZH: "内容", EN: "Content"},
	"ok":       {ZH: "一致", EN: "as listed"},
	"bad":      {ZH: "不一致", EN: "not as listed"},
	"own-word": {ZH: "名称、种类、时间是封存时记下的，时间多半是手机的钟。",
		EN: "Names, kinds and times are as they were noted at the seal; times are mostly of the phone's clock."},
	"limits": {ZH: "核对能说明什么", EN: "What the check shows"},
	"limits-s": {ZH: "证据码和签了名的纸上的一致，才说明做信以后没有变。不能说明：内容真不真、封存以前有没有改过、是什么时候发生的。",
		EN: "Only where the code agrees with the signed paper does it show that nothing changed since. It does " +
			"not show " +
			"whether the content is true, what happened before the seal, or when."},
	"plain": {ZH: "不用这个程序也能核对：包里的 index.html、VERIFY.txt 写着怎么做。",
		EN: "It can be checked without this program too: index.html and VERIFY.txt in the bundle say how."},
}

// A checked is what a check gave, and the code it was compared with.
type checked struct {
	typed    string
	verified desk.Verified
	exhibits []desk.Bundled
}

// A checkView is a bundle as it was found.
type checkView struct {
	Of       string // key of the bundle
	Name     string
	Going    *goingView
	Failed   *failedView
	Locked   bool // it failed for want of the right passphrase
	First    verdictView
	Second   verdictView
	Third    *verdictView // nil: no code was typed
	Code     [][]string   // groups of the code, four a row
	Lines    int          // of the list; 0: of an older format
	Typed    string
	Wrong    string
	Problems problemsView
	Beside   problemsView
	Rows     []bundledView
	Exhibits int
}

// A verdictView is a large word and what it means. Bad marks one that a reader
// must not overlook.
type verdictView struct {
	Word, Note string
	Bad        bool
}

type problemsView struct {
	Lines []string
	More  int
}

type bundledView struct {
	Number, Kind, When, Name string
	Bad                      bool
	Href                     string // of what can be shown; else empty
	Sound, Picture, Film     bool
}

// mostProblems and mostBundled are how many are told one by one.
const (
	mostProblems = 20
	mostBundled  = 500
)

func (v *visit) verifyView() (checkView, error) {
	key := v.form("of")
	given, ok := v.s.place(key)
	if !ok {
		return checkView{}, errNotOpen
	}
	v.of = key
	out := checkView{Of: key, Name: bundleName(given), Typed: v.form("code"), Wrong: v.wrong["code"]}
	w, any := v.working()
	if !any {
		if err := v.check(given, ""); err != nil {
			return out, err
		}
		w, _ = v.working()
	}
	switch {
	case !w.ended:
		out.Going = w.progressAt(time.Now()).going()
		return out, nil
	case w.err != nil:
		out.Failed = v.failedView(w.err)
		var locked *desk.LockedError
		out.Locked = errors.As(w.err, &locked)
		return out, nil
	}
	c := w.result.(checked)
	found := checkOf(c, v.lang)
	found.Of, found.Name, found.Wrong = out.Of, out.Name, out.Wrong
	if out.Wrong != "" {
		found.Third = nil // it is of the code before
	}
	if out.Typed != "" {
		found.Typed = out.Typed
	}
	return found, nil
}

// begunCheck opens what was chosen to be checked: no case is made of it.
func (v *visit) begunCheck(given string) (string, error) {
	key, err := v.s.put(given)
	if err != nil {
		return "", err
	}
	if thing, err := desk.Recognise(given); err == nil && thing.Kind == desk.ThingLocked {
		return query(v.s.guard.root+"/"+unlockPath, "of", key), nil
	}
	return query(v.s.guard.root+"/"+verifyPath, "of", key), nil
}

// bundleName is how a person knows a bundle: those in cases are all called alike.
func bundleName(given string) string {
	name := filepath.Base(given)
	if name == folder.BundleDir || name == folder.BundleZip {
		name = filepath.Base(filepath.Dir(given)) + "/" + name
	}
	return name
}

// check begins to check a bundle, and to compare it with a code on paper.
func (v *visit) check(given, typed string) error {
	v.s.mu.Lock()
	with := v.s.opens[cmp.Or(v.key, v.of)]
	v.s.mu.Unlock()
	return v.work("verify", func(ctx context.Context, d desk.Desk) (any, error) {
		d.Passphrase = func(context.Context, desk.Secret) ([]byte, error) { return bytes.Clone(with.phrase), nil }
		found, err := desk.Verify(ctx, d, given, desk.VerifyOptions{Expect: typed,
			Keys: desk.Keys{Held: with.key, Passphrase: len(with.key) == 0 && len(with.phrase) > 0}})
		if err != nil {
			return nil, err
		}
		c := checked{typed: typed, verified: found}
		if slices.ContainsFunc(found.Result.Problems, func(p bag.Problem) bool { return p.Severity == bag.Refused }) {
			return c, nil // nothing of it is shown
		}
		b, err := desk.OpenBundle(given)
		if err != nil {
			return c, nil // the check says what is wrong
		}
		defer b.Close()
		c.exhibits, _ = b.Exhibits()
		return c, nil
	})
}

// compare checks a bundle once more, with the code that was typed.
func (v *visit) compare() (string, error) {
	key, typed := v.form("of"), strings.TrimSpace(v.form("code"))
	given, ok := v.s.place(key)
	if !ok {
		return "", errNotOpen
	}
	v.of = key
	if typed != "" {
		_, err := bag.ParseTyped(typed)
		var bad *bag.RootError
		if errors.As(err, &bad) {
			return "", &mistake{"code", codeMistake(bad)}
		}
	}
	return query(v.s.guard.root+"/"+verifyPath, "of", key), v.check(given, typed)
}

// codeMistake says what is wrong with a code as it was typed.
func codeMistake(bad *bag.RootError) evidence.Text {
	switch {
	case bad.Bad != "":
		return fill(evidence.Text{ZH: "“%s”不会出现在证据码里：只有 0 到 9 和 a 到 f。",
			EN: "“%s” is in no code: there are only 0 to 9 and a to f."}, bad.Bad)
	case bad.Lines != "":
		return fill(evidence.Text{ZH: "@ 后面应是清单的行数，现在是“%s”。",
			EN: "Behind the @ stands the number of lines of the list, not “%s”."}, bad.Lines)
	}
	return fill(evidence.Text{ZH: "要 64 个字符，16 组、每组 4 个；现在是 %d 个。",
		EN: "There are 64 characters, 16 groups of 4; these are %d."}, bad.Digits)
}

// checkOf is a bundle as the check found it.
func checkOf(c checked, lang string) checkView {
	r := c.verified.Result
	say := func(word string, args ...any) string {
		t := verifyWords[word]
		if len(args) > 0 {
			t = fill(t, args...)
		}
		return t.In(lang)
	}
	out := checkView{Typed: c.typed, Lines: r.Root.Lines, First: firstOf(r, say), Second: secondOf(r, say)}
	if c.typed != "" {
		out.Third = thirdOf(r, say, lang)
	}
	if r.Root.SHA256 != "" {
		groups := strings.Fields(bag.FormatRoot(r.Root.SHA256))
		for row := range slices.Chunk(groups, 4) {
			out.Code = append(out.Code, row)
		}
	}
	for _, p := range r.Problems {
		if ofCode(p) {
			continue // the third answer has it
		}
		to := &out.Problems
		if p.Severity == bag.Warning || p.Severity == bag.Note || p.Severity == bag.Incomplete {
			to = &out.Beside
		}
		line := evidence.Text(p.Detail).In(lang)
		if p.Path != "" {
			line = bag.Marked(p.Path) + "：" + line
		}
		if len(to.Lines) < mostProblems {
			to.Lines = append(to.Lines, line)
			to.More += p.Count
		} else {
			to.More += 1 + p.Count
		}
	}
	status := map[string]bag.Status{}
	for _, f := range r.Files {
		status[f.Path] = f.Status
	}
	out.Exhibits = len(c.exhibits)
	for _, x := range c.exhibits[:min(len(c.exhibits), mostBundled)] {
		out.Rows = append(out.Rows, bundledOf(x, status[x.File] != bag.OK, lang))
	}
	return out
}

// bundledOf is an exhibit as its record in the bundle has it.
func bundledOf(x desk.Bundled, bad bool, lang string) bundledView {
	row := bundledView{Number: x.Exhibit, Name: x.Name, Bad: bad,
		Kind: evidence.ExhibitKind(x.Kind).Title().In(lang)}
	for _, t := range x.Times {
		at, err := time.Parse(time.RFC3339, t.Time)
		if t.What == "captured" && err == nil {
			row.When = at.Format("2006-01-02 15:04")
		}
	}
	kind, _, _ := strings.Cut(x.MediaType, ";")
	if shown[kind] && !bad {
		row.Href = x.Exhibit
		row.Sound, row.Picture = strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "image/")
		row.Film = strings.HasPrefix(kind, "video/")
	}
	return row
}

// bundled sends an exhibit of a bundle that was checked, if it is as listed and
// a page shows its form.
func (s *server) bundled(w http.ResponseWriter, r *http.Request) {
	v := s.visitOf(r, verifyScreen)
	v.of = r.PathValue("of")
	given, ok := s.place(v.of)
	job, any := v.working()
	c, done := job.result.(checked)
	n := slices.IndexFunc(c.exhibits, func(x desk.Bundled) bool { return x.Exhibit == r.PathValue("number") })
	if !ok || !any || !done || n < 0 {
		s.fault(w, v, http.StatusNotFound, errNoPage)
		return
	}
	x := c.exhibits[n]
	kind, _, _ := strings.Cut(x.MediaType, ";")
	sound := slices.ContainsFunc(c.verified.Result.Files,
		func(f bag.FileStatus) bool { return f.Path == x.File && f.Status == bag.OK })
	if !sound || !shown[kind] {
		s.fault(w, v, http.StatusNotFound, errNoPage)
		return
	}
	b, err := desk.OpenBundle(given)
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	defer b.Close()
	file, err := b.Open(x)
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", exhibitPolicy)
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", "inline; filename="+path.Base(x.Exhibit))
	http.ServeContent(w, r, "", time.Time{}, file)
}
