package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// A Converter is a program of the system's that draws what nothing here decodes
// ([Undecoded]).
type Converter struct {
	Name string // heif-dec
	args func(in, out string) []string
	only []string // media types it draws; none: all
}

// converters are the programs that are looked for, the surest first. Of what
// ffmpeg draws the size decides: before version 7 it takes one tile of a picture
// for the whole.
var converters = []Converter{
	{"heif-dec", heifArgs, []string{"image/heic", "image/heif", "image/avif"}},
	{"heif-convert", heifArgs, []string{"image/heic", "image/heif", "image/avif"}},
	{"sips", func(in, out string) []string { return []string{"-s", "format", "jpeg", in, "--out", out} }, nil},
	{"ffmpeg", func(in, out string) []string {
		return []string{"-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i", in, "-frames:v", "1", "-q:v",
			"2",
			"-pix_fmt", "yuvj444p", out}
	}, nil},
}

func heifArgs(in, out string) []string { return []string{"-q", "92", in, out} }

// ConverterNames are the programs that are looked for, the surest first.
func ConverterNames() []string {
	var out []string
	for _, c := range converters {
		out = append(out, c.Name)
	}
	return out
}

// ErrNoConverter reports that no program here draws such a picture.
var ErrNoConverter = errors.New("no program on this machine draws this picture")

// Bounds of a conversion.
const (
	convertTime  = time.Minute
	maxConverted = 64 << 20 // bytes
)

// Convert draws a picture of size bytes as a JPEG, upright, with the first
// program that gives all of it: as many pixels as the file says it has. The error
// is [ErrNoConverter] if none does.
func Convert(ctx context.Context, in io.ReaderAt, size int64, mediaType string) (jpeg []byte, by string, err error) {
	want := ReadPicture(in, size, mediaType)
	dir, err := os.MkdirTemp("", "juzheng-picture-*")
	if err != nil {
		return nil, "", fmt.Errorf("convert picture: %w", err)
	}
	defer os.RemoveAll(dir)
	from := ""
	for n, c := range converters {
		path, err := exec.LookPath(c.Name)
		if err != nil || !c.draws(mediaType) {
			continue
		}
		if from == "" {
			from = filepath.Join(dir, "in"+extensionOf(mediaType))
			if err := copyTo(from, in, size); err != nil {
				return nil, "", fmt.Errorf("convert picture: %w", err)
			}
		}
		to := filepath.Join(dir, fmt.Sprintf("out%d.jpg", n))
		jpeg, err := c.run(ctx, path, from, to)
		if ctx.Err() != nil {
			return nil, "", ctx.Err()
		}
		if err == nil && wholePicture(jpeg, want) {
			return jpeg, c.Name, nil
		}
	}
	return nil, "", ErrNoConverter
}

func (c Converter) draws(mediaType string) bool {
	if len(c.only) == 0 {
		return true
	}
	for _, t := range c.only {
		if t == mediaType {
			return true
		}
	}
	return false
}

func (c Converter) run(ctx context.Context, path, from, to string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, convertTime)
	defer cancel()
	program := exec.CommandContext(ctx, path, c.args(from, to)...)
	program.WaitDelay = time.Second
	if err := program.Run(); err != nil {
		return nil, err
	}
	f, err := os.Open(to)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxConverted))
}

// wholePicture reports a JPEG with the pixels that a picture says it has; its
// sides may have changed places, for it is upright now.
func wholePicture(jpeg []byte, want Picture) bool {
	got, kind, err := image.DecodeConfig(bytes.NewReader(jpeg))
	if err != nil || kind != "jpeg" {
		return false
	}
	return want.Width == 0 || got.Width == want.Width && got.Height == want.Height ||
		got.Width == want.Height && got.Height == want.Width
}

func copyTo(path string, in io.ReaderAt, size int64) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, io.NewSectionReader(in, 0, size))
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	return err
}

func extensionOf(mediaType string) string { return types[mediaType].Extension }
