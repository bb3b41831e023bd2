package bag

import (
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
)

// A zipDataError reports data of a zip that is not what its headers say.
type zipDataError struct{ how Text }

func (e *zipDataError) Error() string { return "packed data is damaged: " + e.how.EN }

// A zipReader checks length and CRC of what it unpacks.
type zipReader struct {
	r    io.Reader
	rest io.ByteReader // what must be empty at the end, or nil
	e    *zipEntry
	n    int64
	crc  uint32
	err  error

	inflater *inflater // to give back; nil: the data is stored, or it is closed
}

// Close lets the inflater be used again. Nothing can be read after it.
func (z *zipReader) Close() error {
	if z.inflater != nil {
		inflaters.Put(z.inflater)
		z.inflater, z.r, z.rest, z.err = nil, nil, nil, fs.ErrClosed
	}
	return nil
}

func (z *zipReader) Read(p []byte) (int, error) {
	if z.err != nil {
		return 0, z.err
	}
	n, err := z.r.Read(p)
	z.n += int64(n)
	z.crc = crc32.Update(z.crc, crc32.IEEETable, p[:n])
	damaged := func(zh, en string) (int, error) {
		z.err = &zipDataError{Text{zh, en}}
		return n, z.err
	}
	switch {
	case z.n > z.e.size:
		return damaged("解压出来的比记载的长", "longer than it says")
	case err == nil:
		return n, nil
	case err != io.EOF:
		return damaged("无法解压", err.Error())
	case z.n != z.e.size || z.crc != z.e.crc:
		return damaged("长度或 CRC 不符", "length or CRC differ")
	}
	if z.rest != nil {
		if _, err := z.rest.ReadByte(); err == nil {
			return damaged("压缩数据之后还有内容", "bytes behind it")
		}
	}
	z.err = io.EOF
	return n, z.err
}

// zipDamage says how the data of a zip is damaged.
func zipDamage(err error) Text {
	var d *zipDataError
	if !errors.As(err, &d) {
		return Text{}
	}
	return Text{"zip 内的数据已损坏：" + d.how.ZH, "packed data is damaged: " + d.how.EN}
}
