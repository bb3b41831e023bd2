package workbook

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// The names that the parts of a workbook go by (ECMA-376, parts 1 and 2).
const (
	head      = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	office    = "http://schemas.openxmlformats.org/officeDocument/2006/"
	related   = office + "relationships"
	packages  = "http://schemas.openxmlformats.org/package/2006/"
	typed     = "application/vnd.openxmlformats-"
)

// Styles of cells, by their place in styles.xml.
const (
	headStyle = 1 + iota
	titleStyle
	openStyle
	fixedStyle
	boldStyle
)

// dueMark is what a day that is due is marked with, by its place there.
const dueMark = 0

//go:embed styles.xml
var styles string

// parts are the files of a workbook, packed as they come: the same parts, the same bytes.
type parts struct {
	data  bytes.Buffer
	zip   *zip.Writer
	made  time.Time
	types strings.Builder // of the parts so far
	err   error
}

func newParts(made time.Time) *parts {
	p := &parts{made: made.UTC()}
	p.zip = zip.NewWriter(&p.data)
	return p
}

// add packs a part; what its kind is called stands in the list of types, where it is not
// told by the ending of its name.
func (p *parts) add(name, kind, text string) {
	if kind != "" {
		fmt.Fprintf(&p.types, `<Override PartName="/%s" ContentType="%s"/>`, name, typed+kind+"+xml")
	}
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.made})
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if p.err == nil {
		p.err = err
	}
}

// end packs what tells of the whole: which types the parts have, and where to begin.
func (p *parts) end() ([]byte, error) {
	p.add("[Content_Types].xml", "", head+`<Types xmlns="`+packages+`content-types">`+
		`<Default Extension="rels" ContentType="`+typed+`package.relationships+xml"/>`+
		`<Default Extension="vml" ContentType="`+typed+`officedocument.vmlDrawing"/>`+
		`<Default Extension="xml" ContentType="application/xml"/>`+p.types.String()+`</Types>`)
	if p.err != nil {
		return nil, p.err
	}
	if err := p.zip.Close(); err != nil {
		return nil, err
	}
	return p.data.Bytes(), nil
}

// A relation is what one part has of another.
type relation struct{ kind, target string }

// relations are those of a part, as rId1, rId2 and so on.
func relations(all ...relation) string {
	var b strings.Builder
	b.WriteString(head + `<Relationships xmlns="` + packages + `relationships">`)
	for n, r := range all {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, n+1, r.kind, r.target)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// describe packs what a workbook says of itself.
func (p *parts) describe(state string) {
	day := p.made.Format("2006-01-02T15:04:05Z")
	whole := []relation{{related + "/officeDocument", "xl/workbook.xml"},
		{packages + "relationships/metadata/core-properties", "docProps/core.xml"}}
	p.add("docProps/core.xml", "package.core-properties", head+`<cp:coreProperties xmlns:cp="`+packages+
		`metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" `+
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>juzheng</dc:creator>`+
		`<cp:lastModifiedBy>juzheng</cp:lastModifiedBy><dc:language>zh-CN</dc:language>`+
		`<dcterms:created xsi:type="dcterms:W3CDTF">`+day+`</dcterms:created>`+
		`<dcterms:modified xsi:type="dcterms:W3CDTF">`+day+`</dcterms:modified></cp:coreProperties>`)
	if state != "" {
		// the identifier is that of properties a user sets (ECMA-376, part 4)
		p.add("docProps/custom.xml", "officedocument.custom-properties", head+`<Properties xmlns="`+office+
			`custom-properties" xmlns:vt="`+office+`docPropsVTypes"><property `+
			`fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="`+stateName+`"><vt:lpwstr>`+plain(state)+
			`</vt:lpwstr></property></Properties>`)
		whole = append(whole, relation{related + "/custom-properties", "docProps/custom.xml"})
	}
	p.add("_rels/.rels", "", relations(whole...))
}

// plain is a text as it stands in XML between quotes, or between tags.
func plain(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder takes all
	return b.String()
}

// inFormula is a formula as it stands between tags. Its quotes stay: spreadsheets write them so.
var inFormula = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
