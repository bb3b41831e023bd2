package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

const contentTypes = "[Content_Types].xml"

var defaultType = lazyregexp.New(`<Default [^>]*(?:/>|></Default>)`)

// stable packs the parts of a workbook so that the same parts are the same bytes: the
// library lists the types of pictures, of which there are none, in the order of a map.
// The list of types goes first, where readers look for it.
func stable(data []byte, made time.Time) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	files := slices.Clone(in.File)
	slices.SortStableFunc(files, func(a, b *zip.File) int {
		if a.Name == contentTypes || b.Name == contentTypes {
			return map[bool]int{true: -1, false: 1}[a.Name == contentTypes]
		}
		return strings.Compare(a.Name, b.Name)
	})
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range files {
		part, err := f.Open()
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		if f.Name == contentTypes {
			types := defaultType.FindAllString(string(text), -1)
			slices.Sort(types)
			text = []byte(defaultType.ReplaceAllString(string(text), ""))
			if at := bytes.Index(text, []byte("<Override")); at >= 0 {
				text = slices.Concat(text[:at], []byte(strings.Join(types, "")), text[at:])
			}
		}
		w, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: made.UTC()})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(text); err != nil {
			return nil, err
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
