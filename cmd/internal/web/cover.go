package web

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

var coverScreen = screen{path: coverPath, stage: 3,
	title:   evidence.Text{ZH: "遮盖", EN: "Cover"},
	missing: noFiles,
	view:    func(v *visit) (any, error) { return v.coverView() },
	acts: map[string]act{
		"boxes": func(v *visit) (string, error) { return v.pictureAt(), v.putBoxes() },
		"undo":  func(v *visit) (string, error) { return v.pictureAt(), v.undoBoxes() },
		"find":  func(v *visit) (string, error) { return v.pictureAt(), v.findWords() },
	},
	words: coverWords,
}

var coverWords = words{
	"h":    {ZH: "要交出去的图片和视频", EN: "Pictures and films that go to somebody"},
	"none": {ZH: "没有图片要交出去", EN: "No picture goes to anybody"},
	"lead": {ZH: "别人的脸、名字、号码，在这里涂黑。原图不动，只在印出来的材料上遮；遮过的图，原件不放进给他们的副本。",
		EN: "Cover faces, names and numbers of others here. Originals stay as they are: papers are covered, and a " +
			"covered picture stays out of copies."},
	"film-in": {ZH: "证据册里印这段视频的几幅画面，标明各在几分几秒。里面有孩子、邻居这些别人的，可以一幅也不印。",
		EN: "The exhibit book prints some pictures out of this film, each with its time. If they show children, neighbours " +
			"or other people, none need be printed."},
	"film-out": {ZH: "这段视频的画面一幅也不印，给他们的副本里也不放它；证据包里还有，可以当面放给他们看。",
		EN: "No picture of this film is printed, and copies for them leave it out; your bundle has it, to be shown to " +
			"them."},
	"film-all":  {ZH: "画面印几幅", EN: "some pictures are printed"},
	"film-none": {ZH: "画面不印", EN: "no picture is printed"},
	"no-stills": {ZH: "画面不印进证据册", EN: "Print no picture of it"},
	"stills":    {ZH: "还是印上", EN: "Print them after all"},
	"faces": {ZH: "程序不会找人脸，要自己画；字是程序读的，可能读错、读漏。",
		EN: "The program finds no faces: draw those yourself. It reads words, and may read wrong or miss some."},
	"for":   {ZH: "会给：", EN: "Goes to: "},
	"read":  {ZH: "上面读到了：", EN: "Read on it: "},
	"find":  {ZH: "把这些字遮上", EN: "Cover these words"},
	"draw":  {ZH: "在图上按住拖一个框；拖动框可以移动。", EN: "Press and drag on the picture to draw a box; drag a box to move it."},
	"shows": {ZH: "读到%d个要隐去的", EN: "%d to be hidden"},
	"shows-all": {ZH: "有%d张图上读到了信里隐去的名字、号码，还没有遮；图和信一起交出去。先看标着的这几张。",
		EN: "On %d pictures names or numbers were read that the letters hide, and they are not covered: pictures go along " +
			"with the letters. Begin with those that are marked."},
	"n":       {ZH: "遮了%d处", EN: "%d covered"},
	"some":    {ZH: "另有%d处只对个别机构遮", EN: "%d more for some recipients alone"},
	"box":     {ZH: "第%d个框", EN: "Box %d"},
	"new":     {ZH: "新的框", EN: "A new box"},
	"x":       {ZH: "左", EN: "left"},
	"y":       {ZH: "上", EN: "top"},
	"w":       {ZH: "宽", EN: "width"},
	"wh":      {ZH: "高", EN: "height"},
	"numbers": {ZH: "用数字填（像素，全图%d×%d）", EN: "By numbers (pixels of %d×%d)"},
	"gone":    {ZH: "宽填0就去掉这个框。", EN: "A width of 0 takes the box away."},
	"save":    {ZH: "存下", EN: "Save"},
	"undo":    {ZH: "撤销上一步", EN: "Undo the last step"},
	"unseen": {ZH: "这种图片浏览器显示不了，用数字填，或者另存成 JPEG 再加一次。",
		EN: "The browser does not show pictures of this kind: use numbers, or add it as a JPEG too."},
	"kept": {ZH: "画一个存一个", EN: "Each box is saved at once"},
	"on":   {ZH: "读信", EN: "Read the letters"},
}

// A coverView is the pictures that go to somebody, one of them open.
type coverView struct {
	Shows    int // pictures with words that letters hide, uncovered
	Pictures []pictureRow
	Open     *pictureView
}

type pictureRow struct {
	Number, Name, Href string
	Show, Here, Film   bool
	N                  int
	Words              int
}

type pictureView struct {
	Number, Name string
	Show         bool
	Film         bool // some of its pictures are printed, or none where it has a box
	Wide, High   int
	For, Words   string
	Boxes        []evidence.Box
	Some         int
	Undo         bool
	Wrong        string
}

func (v *visit) pictureAt() string { return query(v.base()+"/"+coverPath, "of", v.form("of")) }

func (v *visit) coverView() (coverView, error) {
	var out coverView
	x, err := v.dossier()
	if err != nil {
		return out, err
	}
	all, err := desk.ShownPictures(x)
	if err != nil {
		return out, err
	}
	out = coverOf(all, v.form("of"), v.base(), v.lang)
	if out.Open != nil {
		out.Open.Wrong = v.wrong["box"]
		r := v.reader()
		r.mu.Lock()
		out.Open.Undo = len(r.boxes[out.Open.Number]) > 0
		r.mu.Unlock()
	}
	return out, nil
}

// coverOf puts the pictures of a case in their places. The first that shows what is read
// and uncovered is open, else the first.
func coverOf(all []desk.ShownPicture, open, base, lang string) (out coverView) {
	at := slices.IndexFunc(all, func(p desk.ShownPicture) bool { return p.Exhibit.Number == open })
	if at < 0 {
		at = max(0, slices.IndexFunc(all, func(p desk.ShownPicture) bool { return len(p.Words) > 0 }))
	}
	comma := evidence.Text{ZH: "、", EN: ", "}.In(lang)
	for n, p := range all {
		film := strings.HasPrefix(p.Exhibit.MediaType, "video/")
		row := pictureRow{Number: p.Exhibit.Number, Name: p.Exhibit.Name(), Show: showable(p.Exhibit) && !film, Here: n == at,
			Film: film,
			N:    len(p.Boxes), Words: len(p.Words), Href: query(base+"/"+coverPath, "of", p.Exhibit.Number)}
		out.Pictures = append(out.Pictures, row)
		if row.Words > 0 {
			out.Shows++
		}
		if n == at {
			wide, high := p.Exhibit.Media.Upright()
			if film {
				whole := evidence.WholeBox(p.Exhibit.Media)
				wide, high = whole.W, whole.H
			}
			out.Open = &pictureView{Number: row.Number, Name: row.Name, Show: row.Show && wide > 0, Wide: wide, High: high,
				Film:  film,
				For:   strings.Join(slices.Compact(slices.Clone(p.For)), comma),
				Words: strings.Join(p.Words, comma), Boxes: p.Boxes, Some: p.Some}
		}
	}
	return out
}

// boxesOf are those of a form; a width of nothing is no box.
func (v *visit) boxesOf() ([]evidence.Box, error) {
	var out []evidence.Box
	for n := range v.r.PostForm["w"] {
		var b evidence.Box
		for _, f := range []struct {
			name string
			to   *int
		}{{"x", &b.X}, {"y", &b.Y}, {"w", &b.W}, {"h", &b.H}} {
			if n >= len(v.r.PostForm[f.name]) {
				return nil, errNoPage
			}
			s := strings.TrimSpace(v.r.PostForm[f.name][n])
			if s == "" {
				continue
			}
			value, err := strconv.Atoi(s)
			if err != nil {
				return nil, noBox
			}
			*f.to = value
		}
		if b.W != 0 {
			out = append(out, b)
		}
	}
	return out, nil
}

var noBox = &mistake{"box", evidence.Text{ZH: "框要在图里面，四个数都是整数。",
	EN: "A box lies within the picture, in four whole numbers."}}

// putBoxes takes the boxes of a picture as the form has them.
func (v *visit) putBoxes() error {
	boxes, err := v.boxesOf()
	if err != nil {
		return err
	}
	return v.changeBoxes(v.form("of"), func() error { return desk.SetBoxes(v.ctx, v.desk, v.dir, v.form("of"), boxes) })
}

// changeBoxes changes the boxes of a picture, and keeps what they were for undo.
func (v *visit) changeBoxes(number string, change func() error) error {
	before, err := v.boxesNow(number)
	if err != nil {
		return err
	}
	err = change()
	var bad *desk.BoxError
	if errors.As(err, &bad) {
		return noBox
	}
	if err == nil {
		r := v.reader()
		r.mu.Lock()
		if r.boxes == nil {
			r.boxes = map[string][][]evidence.Box{}
		}
		r.boxes[number] = append(r.boxes[number], before)
		r.mu.Unlock()
	}
	return err
}

// boxesNow are those that cover a picture for everybody.
func (v *visit) boxesNow(number string) ([]evidence.Box, error) {
	x, err := v.dossier()
	if err != nil {
		return nil, err
	}
	all, err := desk.ShownPictures(x)
	for _, p := range all {
		if p.Exhibit.Number == number {
			return slices.Clone(p.Boxes), nil
		}
	}
	if err == nil {
		err = errNoPage
	}
	return nil, err
}

// undoBoxes puts back the boxes that a picture had before the last step of this run.
func (v *visit) undoBoxes() error {
	number, r := v.form("of"), v.reader()
	r.mu.Lock()
	all := r.boxes[number]
	r.mu.Unlock()
	if len(all) == 0 {
		return nil
	}
	if err := desk.SetBoxes(v.ctx, v.desk, v.dir, number, all[len(all)-1]); err != nil {
		return err
	}
	r.mu.Lock()
	r.boxes[number] = all[:len(all)-1]
	r.mu.Unlock()
	return nil
}

// findWords covers, where a program reads them, the words that nobody gets in text.
func (v *visit) findWords() error {
	x, err := v.dossier()
	if err != nil {
		return err
	}
	all, err := desk.ShownPictures(x)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(all, func(p desk.ShownPicture) bool { return p.Exhibit.Number == v.form("of") })
	if n < 0 || len(all[n].Words) == 0 {
		return errNoPage
	}
	err = v.changeBoxes(v.form("of"), func() error {
		_, err := desk.Redact(v.ctx, v.desk, v.dir, desk.RedactOptions{Exhibit: v.form("of"), Find: all[n].Plain})
		return err
	})
	var no *desk.NotFoundError
	if errors.As(err, &no) {
		return &mistake{"box", evidence.Text{ZH: "没找到这些字在哪里，自己画框。",
			EN: "Where these words are was not found; draw the boxes."}}
	}
	return err
}
