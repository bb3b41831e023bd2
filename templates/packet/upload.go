package packet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"juzheng/templates/document"
	"juzheng/templates/filing"
	"juzheng/templates/letter"
	"juzheng/templates/typeset"
	"juzheng/templates/typeset/picture"
)

// setUpload makes one file of a recipient's papers that its web page takes:
// all of them if they are small enough, else the letter with an excerpt of the
// book. It returns nil where no limit is known. Papers are the letter and what
// goes with it before the book; own is a limit that goes before what the
// directory knows: the person has read the page itself. Where the letter was
// signed and scanned, the scan is a file of its own in its place.
func setUpload(dir string, in letter.Input, at letter.Counted, papers []paper, o Order) (*letter.Upload, error) {
	limit, formats := filing.UploadLimit(in.Recipient)
	if o.Upload > 0 {
		limit = o.Upload
	}
	if limit == 0 {
		return nil, nil
	}
	up := &letter.Upload{Limit: limit}
	if !filing.TakesPDF(formats) {
		up.Why = "网站只收" + strings.Join(formats, "、") + "格式的文件，本程序做的是PDF，没有做上传件；请把签好的信和证据拍照或另存后上传"
		return up, nil
	}
	folder := filepath.Join(dir, UploadFolder)
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	u := uploader{fonts: o.Fonts, in: in, at: at, front: documents(papers), limit: limit, folder: folder,
		copies: map[uploadKey]picture.Shrunk{}}
	before := 1 // the list is part of the excerpt
	if in.Case.Agent.Name != "" {
		before = 2
	}
	if o.Scan != nil {
		name := "1-" + in.Role.Letter() + scanMark + ".pdf"
		bytes, err := uploadScan(filepath.Join(folder, name), in, *o.Scan, limit)
		if err != nil {
			return nil, err
		}
		if bytes > limit {
			up.Why = fmt.Sprintf("签名扫描件有%d字节，超过网站的限制（%d字节），没有做上传件；请用150点每英寸、灰度重新扫描，或者改用拍照的JPEG图片", bytes, limit)
			return up, os.Remove(folder)
		}
		up.Scan, up.Bytes = name, bytes
		// What is signed is scanned with it.
		u.limit, u.first, u.front, before = limit-bytes, "2-", u.front[before:], 0
	}
	return up, u.make(up, before)
}

// make puts what fits beside a scan, if there is one, into one file.
func (u *uploader) make(up *letter.Upload, before int) error {
	file, bytes, err := u.whole()
	if err == nil && file == "" {
		u.front = u.front[:before]
		file, bytes, up.Left, err = u.excerpt()
		up.Excerpt = file != ""
	}
	if err != nil {
		return err
	}
	up.File = file
	if up.Bytes += bytes; file != "" || up.Scan != "" {
		return nil
	}
	up.Why = "连信也超过网站的限制，没有做上传件；请把“网页表单.txt”的文字贴进网页，材料邮寄或当面提交"
	return os.Remove(u.folder)
}

// An uploader makes one upload on trial until it fits.
type uploader struct {
	fonts  typeset.Fonts
	in     letter.Input
	at     letter.Counted
	front  []document.Document
	limit  int64
	folder string
	first  string                     // begins the names of files; empty: there is one
	images map[string]*document.Image // exhibit -> its picture in the book
	copies map[uploadKey]picture.Shrunk
}

// An uploadKey is an exhibit's picture at a level.
type uploadKey struct {
	exhibit string
	level   int
}

// whole joins all papers, if they are within the limit.
func (u *uploader) whole() (name string, bytes int64, err error) {
	for _, x := range letter.BookExhibits(u.in) { // do not set what cannot fit
		if strings.HasPrefix(x.MediaType, "image/") {
			bytes += x.Size
		}
	}
	if bytes > u.limit+u.limit/2 || len(u.at.Volumes) > 0 {
		return "", 0, nil
	}
	name = u.first + u.front[0].Title + "和证据册.pdf"
	bytes, err = u.set(name, typeset.Set{Front: u.front, Book: letter.ComposeBook(u.in, u.at)})
	if err != nil || bytes > u.limit {
		return "", 0, err
	}
	return name, bytes, nil
}

// excerpt joins the letter and as much of the book as fits.
func (u *uploader) excerpt() (name string, bytes int64, left []letter.LeftOut, err error) {
	u.images = letter.Pictures(u.in)
	var items []filing.Item
	for _, x := range letter.ByWeight(u.in) {
		items = append(items, filing.Item{Exhibit: x, Picture: u.images[x.Number] != nil})
	}
	name = u.first + "证据节选.pdf"
	if len(u.front) > 0 {
		name = u.front[0].Title + "和证据节选.pdf"
	}
	set := func(c filing.Choice) (n int64, err error) {
		book := letter.ComposeExcerpt(u.in, u.at, u.excerptOf(c))
		bytes, err = u.set(name, typeset.Set{Front: u.front, Pages: u.at.Pages, Book: book})
		return bytes, err
	}
	c, ok, err := filing.Fit(u.limit, items, letter.Events(u.in), filing.Maker{Costs: u.costs, Set: set})
	if err != nil {
		return "", 0, nil, err
	}
	if ok {
		return name, bytes, c.Left, nil
	}
	// Without a page to say what is left out, the letter alone.
	for _, x := range items {
		left = append(left, letter.LeftOut{Exhibit: x.Exhibit.Number, Why: "附件大小有限，只放得下信"})
	}
	if len(u.front) == 0 { // the scan has it
		return "", 0, left, nil
	}
	name = u.front[0].Title + ".pdf"
	bytes, err = u.within(name, func(w io.Writer) error {
		_, err := u.fonts.Document(w, u.front[0], u.at.Pages)
		return err
	})
	if err != nil || bytes > u.limit {
		return "", 0, nil, err
	}
	return name, bytes, left, nil
}

// costs makes copies of pictures at a level, and keeps them.
func (u *uploader) costs(items []filing.Item, level int) []filing.Cost {
	var images []*document.Image
	var targets []picture.Target
	var keys []uploadKey
	for _, x := range items {
		k := uploadKey{x.Exhibit.Number, level}
		if _, known := u.copies[k]; !known {
			images, keys = append(images, u.images[k.exhibit]), append(keys, k)
			targets = append(targets, picture.Target(filing.LevelOf(x.Exhibit.Kind, level)))
		}
	}
	for n, c := range picture.Shrink(images, targets) {
		u.copies[keys[n]] = c
	}
	out := make([]filing.Cost, len(items))
	for n, x := range items {
		c := u.copies[uploadKey{x.Exhibit.Number, level}]
		out[n].Bytes = c.Bytes
		if c.Err != nil {
			out[n].Why = picture.ReasonOf(c.Err).ZH
		}
	}
	return out
}

// excerptOf is a choice with its pictures.
func (u *uploader) excerptOf(c filing.Choice) letter.Excerpt {
	e := letter.Excerpt{Pictures: map[string]letter.ExcerptPicture{}, Left: c.Left, Events: c.Events, Limit: u.limit}
	for _, x := range c.Exhibits {
		copied := letter.ExcerptPicture{}
		if u.images[x] != nil {
			m := u.copies[uploadKey{x, c.Level}]
			copied = letter.ExcerptPicture{Image: m.Image, Width: m.Width, Height: m.Height, Quality: m.Quality}
		}
		e.Pictures[x] = copied
	}
	return e
}

// set writes a set into a file if it is within the limit, and says its size.
func (u *uploader) set(name string, s typeset.Set) (bytes int64, err error) {
	return u.within(name, func(w io.Writer) error {
		_, _, err := u.fonts.PrintSet(w, s)
		return err
	})
}

// within writes a file of the folder if it is within the limit; else there is
// none. It says how large it is, or would be.
func (u *uploader) within(name string, set func(io.Writer) error) (bytes int64, err error) {
	err = setFile(filepath.Join(u.folder, name), func(w io.Writer) error {
		counted := &counter{w: w}
		err := set(counted)
		if bytes = counted.n; err == nil && bytes > u.limit {
			return errTooLarge
		}
		return err
	})
	if errors.Is(err, errTooLarge) {
		return bytes, nil
	}
	return bytes, err
}

var errTooLarge = errors.New("larger than the channel takes")

// A counter counts what is written.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
