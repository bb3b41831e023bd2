package media

import (
	"errors"
	"io"
	"strings"

	"juzheng/evidence"
)

// Harm says in a person's words why a file could not be read to its end:
// decoders speak of chunks and Huffman tables.
func Harm(err error) evidence.Text {
	s := ""
	if err != nil {
		s = strings.ToLower(err.Error())
	}
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(s, w) {
				return true
			}
		}
		return false
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), has("eof", "short", "not enough", "truncated"):
		return evidence.Text{ZH: "文件缺了一截，多半没有拷贝完整", EN: "it is cut short, as by a copy that was stopped"}
	case has("checksum", "check sum", "crc"):
		return evidence.Text{ZH: "文件里有字节被改动过", EN: "bytes of it were changed"}
	}
	return evidence.Text{ZH: "文件内容不合它的格式", EN: "its content is not of its format"}
}
