package transcript

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxDocx bounds the text of a document as it is written in it.
const maxDocx = 16 << 20

const docxBody = "word/document.xml"

func isDocx(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04"))
}

// WordText is the text of a document of Word (.docx), a paragraph a line.
func WordText(data []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", err
	}
	for _, f := range z.File {
		if f.Name != docxBody {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return "", err
		}
		defer in.Close()
		body := &io.LimitedReader{R: in, N: maxDocx + 1}
		s, err := paragraphs(body)
		if body.N == 0 {
			return "", errors.New("a document of too many bytes")
		}
		return s, err
	}
	return "", errNoTranscript
}

// paragraphs are the words of WordprocessingML (ECMA-376, part 1, 17.3).
func paragraphs(in io.Reader) (string, error) {
	var out strings.Builder
	d := xml.NewDecoder(in)
	inText := false
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			switch t.Name.Local {
			case "tab":
				out.WriteByte('\t')
			case "br", "cr":
				out.WriteByte('\n')
			}
		case xml.EndElement:
			if inText = false; t.Name.Local == "p" {
				out.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				out.Write(t)
			}
		}
	}
}
