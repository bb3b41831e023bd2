package media

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// tone is a second of silence, a second of a loud tone, a second of one half
// as loud, as 16-bit numbers.
func tone(rate int) []int16 {
	out := make([]int16, 3*rate)
	for n := range 2 * rate {
		size := 24000.0
		if n >= rate {
			size /= 2
		}
		out[rate+n] = int16(size * math.Sin(2*math.Pi*440*float64(n)/float64(rate)))
	}
	return out
}

func wav(rate int, samples []int16) []byte {
	var b bytes.Buffer
	b.WriteString("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00")
	binary.Write(&b, binary.LittleEndian, []uint16{1, 1}) // PCM, one channel
	binary.Write(&b, binary.LittleEndian, uint32(rate))
	binary.Write(&b, binary.LittleEndian, uint32(2*rate))
	binary.Write(&b, binary.LittleEndian, uint16(2))
	binary.Write(&b, binary.LittleEndian, uint16(16))
	b.WriteString("data")
	binary.Write(&b, binary.LittleEndian, uint32(2*len(samples)))
	binary.Write(&b, binary.LittleEndian, samples)
	return b.Bytes()
}

// waveOf is the wave of a file with that name and content.
func waveOf(t *testing.T, d Decoder, name string, data []byte) (Wave, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	return d.Wave(context.Background(), in, 300)
}

// level is the mean of a third of a wave's peaks, away from its edges.
func level(w Wave, third int) float64 {
	n := len(w.Peaks) / 3
	sum := 0.0
	for _, v := range w.Peaks[third*n+n/5 : (third+1)*n-n/5] {
		sum += v
	}
	return sum / float64(n-2*(n/5))
}

func checkTone(t *testing.T, name string, w Wave, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if math.Abs(w.Seconds-3) > 0.1 {
		t.Errorf("%s: %.2f seconds, want 3", name, w.Seconds)
	}
	for third, want := range []float64{0, 1, 0.5} {
		if got := level(w, third); math.Abs(got-want) > 0.08 {
			t.Errorf("%s: second %d is %.2f loud, want %.2f", name, third+1, got, want)
		}
	}
}

func TestWaveOfWAV(t *testing.T) {
	w, err := waveOf(t, Decoder{}, "E001.wav", wav(8000, tone(8000)))
	checkTone(t, "16 bits", w, err)
	if w.By != "" {
		t.Errorf("decoded by %q, want by this program", w.By)
	}
	if _, err := waveOf(t, Decoder{}, "E001.wav", wav(8000, make([]int16, 8000))); !errors.Is(err, ErrNoSound) {
		t.Errorf("silence: %v, want %v", err, ErrNoSound)
	}
	if _, err := waveOf(t, Decoder{}, "E001.mp3", []byte("\xff\xfb\x90\x00")); !errors.Is(err, ErrNoDecoder) {
		t.Errorf("MP3 without ffmpeg: %v, want %v", err, ErrNoDecoder)
	}
}

// The codings that phones use: ffmpeg makes them all and decodes all but WAV.
func TestWaveOfEveryCoding(t *testing.T) {
	installed(t, "ffmpeg")
	d := FindDecoder()
	dir := t.TempDir()
	source := filepath.Join(dir, "tone.wav")
	if err := os.WriteFile(source, wav(16000, tone(16000)), 0o600); err != nil {
		t.Fatal(err)
	}
	files := [][2]string{{"-ar 8000 -b:a 16k", "E001.mp3"}, {"-c:a aac", "E001.m4a"}, {"-c:a libopus", "E001.ogg"},
		{"-c:a flac", "E001.flac"}, {"-c:a pcm_alaw", "E001-alaw.wav"}, {"-c:a pcm_mulaw", "E001-mulaw.wav"},
		{"-c:a pcm_s24le", "E001-24.wav"}, {"-c:a pcm_u8", "E001-8.wav"}, {"-c:a pcm_f32le -ac 2", "E001-float.wav"}}
	for n, f := range files {
		files[n][1] = filepath.Join(dir, f[1])
	}
	encode(t, "-i "+source, files)
	for _, f := range files {
		name := filepath.Base(f[1])
		data, err := os.ReadFile(f[1])
		if err != nil {
			t.Fatal(err)
		}
		own := d
		if filepath.Ext(name) == ".wav" {
			own = Decoder{}
		}
		w, err := waveOf(t, own, name, data)
		checkTone(t, name, w, err)
		if made := regexp.MustCompile(`^ffmpeg \S*\d`).MatchString(w.By); made != (own == d) {
			t.Errorf("%s: decoded by %q", name, w.By)
		}
	}
	// A list of files sent as a recording would have other files heard.
	for name, list := range map[string]string{
		"E002.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:3,\n" + source + "\n#EXT-X-ENDLIST\n",
		"E003.txt":  "ffconcat version 1.0\nfile " + filepath.Base(source) + "\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(list), 0o600); err != nil {
			t.Fatal(err)
		}
		in, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		if w, err := d.Wave(context.Background(), in, 300); err == nil {
			t.Errorf("%s: another file was heard: %v", name, w.Seconds)
		}
	}
}

func FuzzWAVSound(f *testing.F) {
	f.Add(wav(8000, tone(8000)[7900:8100]))
	f.Add([]byte("RIFF....WAVEfmt \x10\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := wavSound(bufio.NewReader(bytes.NewReader(data)))
		if err != nil {
			return
		}
		m := meter{rate: s.rate}
		s.each(m.add)
		m.wave(10, "")
	})
}
