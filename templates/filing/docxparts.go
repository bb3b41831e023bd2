package filing

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"juzheng/templates/document"
)

// The parts of a word-processor file beside its text (ECMA-376, part 1).
const (
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	wordHead = `<w:document ` + wordSpace + `>`

	wordTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/word/document.xml" ` +
		`ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ` +
		`ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/header1.xml" ` +
		`ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ` +
		`ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ` +
		`ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

	wordRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" ` +
		`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" ` +
		`Target="word/document.xml"/>` +
		`<Relationship Id="rId2" ` +
		`Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" ` +
		`Target="docProps/core.xml"/></Relationships>`

	wordDocRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" ` +
		`Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" ` +
		`Target="header1.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" ` +
		`Target="footer1.xml"/></Relationships>`

	// A4 with the margins of the printed letter; the type area is 163 mm wide.
	wordSection = `<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" ` +
		`r:id="rId3"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1249" w:bottom="1304" w:left="1417" ` +
		`w:header="680" w:footer="680" w:gutter="0"/></w:sectPr>`

	wordHeader = `<w:hdr ` + wordSpace +
		`><w:p><w:pPr><w:pStyle w:val="Small"/><w:jc w:val="center"/></w:pPr><w:r><w:t>【` + NotSigned +
		`】</w:t></w:r></w:p></w:hdr>`

	wordFooter = `<w:ftr ` + wordSpace +
		`><w:p><w:pPr><w:pStyle w:val="Small"/><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">第 </w:t>` +
		`</w:r>` +
		`<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> ` +
		`页　共 </w:t></w:r>` +
		`<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> ` +
		`页</w:t></w:r></w:p></w:ftr>`

	wordStyles = `<w:styles ` + wordSpace +
		`><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" ` +
		`w:eastAsia="宋体" w:cs="Times New Roman"/>` +
		`<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>` +
		`</w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:line="308" w:lineRule="atLeast"/><w:jc w:val="both"/></w:pPr>` +
		`</w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next ` +
		`w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="120" w:line="560" w:lineRule="atLeast"/><w:jc ` +
		`w:val="center"/></w:pPr>` +
		`<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体"/><w:b/><w:sz w:val="40"/><w:szCs ` +
		`w:val="40"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>` +
		`<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="60" w:line="380" ` +
		`w:lineRule="atLeast"/><w:outlineLvl w:val="0"/></w:pPr>` +
		`<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体"/><w:b/><w:sz w:val="23"/><w:szCs ` +
		`w:val="23"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>` +
		`<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr>` +
		`<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体"/><w:b/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:customStyle="1" w:styleId="Small"><w:name w:val="Small"/><w:basedOn ` +
		`w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:line="244" w:lineRule="atLeast"/></w:pPr><w:rPr><w:sz ` +
		`w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style></w:styles>`
)

// wordCore is title, author and date, as the PDF has them.
func wordCore(d document.Document, at time.Time) string {
	var title, author strings.Builder
	xml.EscapeText(&title, []byte(d.Title+"（"+NotSigned+"）"))
	xml.EscapeText(&author, []byte(d.Author))
	return fmt.Sprintf(`<cp:coreProperties `+
		`xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" `+
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" `+
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:language>zh-CN</dc:language><dcterms:created `+
		`xsi:type="dcterms:W3CDTF">%s</dcterms:created></cp:coreProperties>`,
		title.String(), author.String(), at.UTC().Format("2006-01-02T15:04:05Z"))
}
