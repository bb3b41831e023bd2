package media_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"juzheng/evidence/intake/media"
)

func Example() {
	// Two seconds of silence, cut in the last frame.
	frame := append([]byte{0x3c}, make([]byte, 31)...)
	data := append([]byte("#!AMR\n"), bytes.Repeat(frame, 100)...)
	recording := bytes.NewReader(data[:len(data)-5])
	kind, _ := media.TypeOf(recording, recording.Size())
	container, err := media.Probe(recording, recording.Size(), kind.Media)
	fmt.Println(kind.Media, kind.Extension, container.Codec, container.Length, err)
	fmt.Println(container.Damage.EN)

	var shot bytes.Buffer
	png.Encode(&shot, image.NewGray(image.Rect(0, 0, 1080, 2400)))
	picture := media.ReadPicture(bytes.NewReader(shot.Bytes()), int64(shot.Len()), "image/png")
	fmt.Println(picture.Width, picture.Height, picture.Decoded, picture.Damage.EN)
	// Output:
	// audio/amr .amr amr-nb 1.98s <nil>
	// cut short at byte 3174, after 99 whole frames
	// 1080 2400 true
}

func ExampleDecoder() {
	// A second of sound in eight bits, loud in its first half.
	path := filepath.Join(os.TempDir(), "juzheng-example.wav")
	head := "RIFF\x64\x1f\x00\x00WAVEfmt " +
		"\x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00" +
		"data\x40\x1f\x00\x00"
	sound := append(bytes.Repeat([]byte{0xff}, 4000), bytes.Repeat([]byte{0xc0}, 4000)...)
	if err := os.WriteFile(path, append([]byte(head), sound...), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(path)
	recording, err := os.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer recording.Close()
	var decoder media.Decoder // of WAV alone; FindDecoder looks for ffmpeg too
	wave, err := decoder.Wave(context.Background(), recording, 4)
	fmt.Println(wave.Seconds, wave.Peaks, err)
	// Output: 1 [1 1 0.505 0.505] <nil>
}
