package media

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

// What decoders say is put into words that a person knows.
func TestHarm(t *testing.T) {
	const short, changed, other = "文件缺了一截，多半没有拷贝完整", "文件里有字节被改动过", "文件内容不合它的格式"
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("sms.xml: %w", io.ErrUnexpectedEOF), short},
		{errors.New("XML syntax error on line 18: unexpected EOF"), short},
		{errors.New("png: invalid format: not enough pixel data"), short},
		{errors.New("invalid JPEG format: short Huffman data"), short},
		{errors.New("riff: short chunk header"), short},
		{errors.New("png: invalid format: invalid checksum"), changed},
		{errors.New("png: invalid format: bad chunk length"), other},
	} {
		if got := Harm(c.err).ZH; got != c.want {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
}
