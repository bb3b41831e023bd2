// Package fonts carries the two typefaces of every paper this program makes,
// so that no system font is needed and pages look the same everywhere.
//
// Both are cuts of Noto fonts under the SIL Open Font License 1.1, whose text
// stands beside each file. README.md in this directory records how the cuts
// were made.
package fonts

import _ "embed"

//go:embed NotoSerifSC-OFL.txt
var serifTerms string

//go:embed NotoSansSC-OFL.txt
var sansTerms string

// Notices are the terms of both, which go along with them.
func Notices() string { return serifTerms + "\n" + sansTerms }

// SerifRegular is Noto Serif SC Regular (宋体, body text): all of GBK and all
// 8,105 characters of 通用规范汉字表, 196 of them beyond U+FFFF.
//
//go:embed NotoSerifSC-Regular.ttf
var SerifRegular []byte

// SansBold is Noto Sans SC Bold (黑体, headings): GB 2312 and all 8,105
// characters of 通用规范汉字表.
//
//go:embed NotoSansSC-Bold.ttf
var SansBold []byte
