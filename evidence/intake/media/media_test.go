package media

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func installed(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
			t.Fatalf("%s is not installed and JUZHENG_REQUIRE_TOOLS is set", name)
		}
		t.Skipf("%s is not installed", name)
	}
	return path
}

func probeFile(t *testing.T, path string) (string, Container) {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	info, _ := in.Stat()
	kind, _ := TypeOf(in, info.Size())
	p, err := Probe(in, info.Size(), kind.Media)
	if err != nil {
		t.Fatalf("%s (%s): %v", filepath.Base(path), kind.Media, err)
	}
	return kind.Media, p
}

// encode has ffmpeg make files of one source, all in one run: to start it costs
// more than the work. The options of each stand before its path.
func encode(t *testing.T, source string, files [][2]string) {
	t.Helper()
	args := append([]string{"-v", "error"}, strings.Fields(source)...)
	for _, f := range files {
		args = append(append(append(args, "-ac", "1"), strings.Fields(f[0])...), f[1])
	}
	if out, err := exec.Command(installed(t, "ffmpeg"), args...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg: %v %s", err, out)
	}
}

// decoded are the lengths of files by decoding them: an independent answer.
func decoded(t *testing.T, paths []string) []float64 {
	t.Helper()
	args := []string{"-v", "error"}
	for _, path := range paths {
		args = append(args, "-i", path)
	}
	for n, path := range paths {
		args = append(args, "-map", fmt.Sprintf("%d:a", n), "-f", "s16le", "-ac", "1", "-ar", "8000", path+".raw")
	}
	if out, err := exec.Command(installed(t, "ffmpeg"), args...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg: %v %s", err, out)
	}
	lengths := make([]float64, len(paths))
	for n, path := range paths {
		info, err := os.Stat(path + ".raw")
		if err != nil {
			t.Fatal(err)
		}
		lengths[n] = float64(info.Size()) / 16000
	}
	return lengths
}

// Lengths agree to 0.1 s with what a decoder gets out of the file.
func TestLengthsAgainstDecoder(t *testing.T) {
	dir := t.TempDir()
	cases := []struct{ file, codec, want, args string }{
		{"a.wav", "pcm", "audio/wav", "-ar 8000"},
		{"a.mp3", "mp3", "audio/mpeg", "-ar 8000 -b:a 16k"},
		{"b.mp3", "mp3", "audio/mpeg", "-ar 44100 -q:a 5"},
		{"a.m4a", "aac", "audio/mp4", "-ar 16000 -c:a aac"},
		{"a.aac", "aac", "audio/aac", "-ar 16000 -c:a aac"},
		{"a.flac", "flac", "audio/flac", "-ar 16000"},
		{"b.flac", "flac", "audio/flac", "-ar 48000 -compression_level 0"},
		{"a.ogg", "opus", "audio/ogg", "-c:a libopus"},
		{"b.ogg", "vorbis", "audio/ogg", "-c:a libvorbis"},
		{"a.3gp", "aac", "audio/mp4", "-ar 16000 -c:a aac"},
		{"b.wav", "wav-2", "audio/wav", "-ar 8000 -c:a adpcm_ms"},
		{"c.wav", "wav-17", "audio/wav", "-ar 8000 -c:a adpcm_ima_wav"},
		{"d.wav", "pcm", "audio/wav", "-ar 8000 -rf64 always"},
		{"front.m4a", "aac", "audio/mp4", "-c:a aac -movflags faststart"},
		{"pieces.m4a", "aac", "audio/mp4", "-c:a aac -movflags frag_keyframe+empty_moov -frag_duration 1000000"},
		{"opus.mp4", "opus", "audio/mp4", "-c:a libopus"},
		{"mp3.mp4", "mp3", "audio/mp4", "-c:a libmp3lame"},
		{"tagged.aac", "aac", "audio/aac", "-c:a aac -f adts -write_id3v2 1"},
		{"flac.ogg", "flac", "audio/ogg", "-c:a flac"},
		{"a.caf", "pcm", "audio/x-caf", "-ar 16000 -c:a pcm_s16le"},
		{"b.caf", "alaw", "audio/x-caf", "-ar 8000 -c:a pcm_alaw"},
		{"c.caf", "opus", "audio/x-caf", "-ar 48000 -c:a libopus"},
		{"a.webm", "opus", "audio/webm", "-c:a libopus"},
		{"a.mka", "aac", "audio/x-matroska", "-c:a aac"},
		{"a.wma", "wma2", "audio/x-ms-wma", "-ar 44100 -c:a wmav2"},
	}
	var files [][2]string
	var paths []string
	for _, c := range cases {
		path := filepath.Join(dir, c.file)
		files, paths = append(files, [2]string{c.args, path}), append(paths, path)
	}
	encode(t, "-f lavfi -i sine=frequency=440:duration=7.3", files)
	lengths := decoded(t, paths)
	for n, c := range cases {
		kind, p := probeFile(t, paths[n])
		if kind != c.want || p.Codec != c.codec || p.Damage.EN != "" {
			t.Errorf("%s: %s %s %q", c.file, kind, p.Codec, p.Damage.EN)
		}
		if want := lengths[n]; p.Length.Seconds() < want-0.1 || p.Length.Seconds() > want+0.1 {
			t.Errorf("%s: %.3f s, decoded it has %.3f s", c.file, p.Length.Seconds(), want)
		}
	}
}

// Recorders write one container for sound and film: the tracks tell which it
// is, in any order and with any brand.
func TestTracksTellSoundFromFilm(t *testing.T) {
	ffmpeg := installed(t, "ffmpeg")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "voice.amr"), amrOf(365), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, args, mediaType, codec string }{
		{
			"sound-first.mp4",
			"-f lavfi -i sine=duration=7.3 -f lavfi -i testsrc=duration=7.3:size=64x64 -map 0 -map 1 -c:a aac -c:v " +
				"mpeg4",
			"video/mp4", `"mp4v"`,
		},
		{
			"film.m4a",
			"-f lavfi -i sine=duration=7.3 -f lavfi -i testsrc=duration=7.3:size=64x64 -map 0 -map 1 -c:a aac -c:v " +
				"mpeg4 -f ipod",
			"video/mp4", `"mp4v"`,
		},
		{"voice.3gp", "-i " + filepath.Join(dir, "voice.amr") + " -c copy", "audio/mp4", "amr-nb"},
	} {
		path := filepath.Join(dir, c.file)
		if out, err := exec.Command(
			ffmpeg, append(append([]string{"-v", "error"}, strings.Fields(c.args)...), path)...,
		).CombinedOutput(); err != nil {
			t.Errorf("make %s: %v %s", c.file, err, out)
			continue
		}
		if kind, p := probeFile(t, path); kind != c.mediaType || p.Codec != c.codec ||
			(p.Length-7300*time.Millisecond).Abs() > 100*time.Millisecond {
			t.Errorf("%s: %s %s %v", c.file, kind, p.Codec, p.Length)
		}
	}
}

// A recording that was cut or damaged says so and keeps the length of what is
// there.
func TestDamagedRecordings(t *testing.T) {
	dir := t.TempDir()
	files := [][2]string{{"-b:a 32k", "a.mp3"}, {"-c:a aac", "a.aac"}, {"-c:a aac -movflags faststart", "front.m4a"},
		{"-c:a aac", "a.m4a"}, {"-c:a libopus", "a.opus"}, {"-c:a flac", "a.flac"}, {"", "a.wav"}}
	for n, f := range files {
		files[n] = [2]string{"-ar 16000 " + f[0], filepath.Join(dir, f[1])}
	}
	encode(t, "-f lavfi -i sine=frequency=440:duration=20", files)
	made := map[string][]byte{}
	for _, f := range files {
		made[filepath.Base(f[1])], _ = os.ReadFile(f[1])
	}
	half := func(d []byte) []byte { return d[:len(d)/2] }
	hole := func(d []byte) []byte {
		d = bytes.Clone(d)
		clear(d[len(d)/2 : len(d)/2+1500])
		return d
	}
	for _, c := range []struct {
		file     string
		data     []byte
		from, to float64 // seconds
		word     string
	}{
		{"a.mp3", half(made["a.mp3"]), 9, 11, "cut short"},
		{"a.mp3", made["a.mp3"][:len(made["a.mp3"])-2*144], 19, 20, "cut short"}, // on the edge of a frame
		{"a.mp3", hole(made["a.mp3"]), 18, 20, "make no sense"},
		{"a.aac", half(made["a.aac"]), 9, 11, "cut short"},
		{"a.aac", hole(made["a.aac"]), 17, 20, "make no sense"},
		{"front.m4a", half(made["front.m4a"]), 9, 11, "cut short: the first"},
		{"a.m4a", half(made["a.m4a"]), 0, 0, "index"},
		{"a.opus", hole(made["a.opus"]), 19.9, 20.1, "damaged"},
		{"a.flac", hole(made["a.flac"]), 19.9, 20.1, "frames are damaged"},
		{"a.flac", half(made["a.flac"]), 9, 11, "cut short"},
		{"a.wav", append(append(bytes.Clone(made["a.wav"][:40]), 0, 0, 0, 0), made["a.wav"][44:]...), 0, 21, ""},
	} {
		path := filepath.Join(dir, "damaged-"+c.file)
		if err := os.WriteFile(path, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		kind, p := probeFile(t, path)
		if s := p.Length.Seconds(); s < c.from || s > c.to || !strings.Contains(p.Damage.EN, c.word) ||
			(p.Damage.EN == "") != (p.Damage.ZH == "") {
			t.Errorf("%s (%s): %.2f s, %q, want %q", c.file, kind, s, p.Damage.EN, c.word)
		}
	}
}

// amrOf is n frames of 12.2 kbit/s silence: 32 bytes each, the TOC byte 0x3c.
func amrOf(n int) []byte {
	return append([]byte("#!AMR\n"), bytes.Repeat(append([]byte{0x3c}, make([]byte, 31)...), n)...)
}

func TestAMRFrames(t *testing.T) {
	wide := append([]byte("#!AMR-WB\n"), bytes.Repeat(append([]byte{0x04}, make([]byte, 17)...), 50)...)
	for _, c := range []struct {
		name   string
		data   []byte
		want   time.Duration
		damage string
	}{
		{"whole", amrOf(250), 5 * time.Second, ""},
		{
			"silence frames", append(amrOf(10), bytes.Repeat([]byte{0x44, 0, 0, 0, 0, 0}, 5)...),
			300 * time.Millisecond, "",
		},
		{"cut", amrOf(250)[:6+32*100+7], 2 * time.Second, "cut short"},
		{"damaged", append(amrOf(50), 0xff, 0xff), time.Second, "damaged at byte 1606"},
		{
			"frames marked as bad", append(amrOf(50), bytes.Repeat(append([]byte{0x38}, make([]byte, 31)...), 5)...),
			1100 * time.Millisecond, "5 frames from byte 1606",
		},
		{"reserved type", append(amrOf(50), 0x5c), time.Second, "damaged"},
		{"wide", wide, time.Second, ""},
		{"no frame", []byte("#!AMR\n"), 0, "no sound"},
	} {
		p, err := probeAMR(bytes.NewReader(c.data), int64(len(c.data)))
		if err != nil || p.Length != c.want || !strings.Contains(p.Damage.EN, c.damage) ||
			(c.damage == "") != (p.Damage.EN == "") {
			t.Errorf("%s: %v %q %v, want %v %q", c.name, p.Length, p.Damage.EN, err, c.want, c.damage)
		}
	}
}

// A file that was cut is flagged in every container.
func TestCutFilesAreFlagged(t *testing.T) {
	dir := t.TempDir()
	var files [][2]string
	for _, name := range []string{"a.wav", "a.mp3", "a.m4a", "a.aac", "a.ogg", "a.flac", "a.caf", "a.webm", "a.mka",
		"a.wma"} {
		files = append(files, [2]string{"-ar 16000", filepath.Join(dir, name)})
	}
	files[len(files)-4][0] += " -c:a pcm_s16le"
	files[len(files)-3][0] += " -c:a libopus"
	files[len(files)-1][0] += " -c:a wmav2"
	encode(t, "-f lavfi -i sine=duration=5", files)
	for _, f := range files {
		path := f[1]
		info, _ := os.Stat(path)
		if err := os.Truncate(path, info.Size()*3/5+1); err != nil {
			t.Fatal(err)
		}
		if _, p := probeFile(t, path); p.Damage.EN == "" {
			t.Errorf("%s: no damage seen, length %v", filepath.Base(path), p.Length)
		}
	}
}

// A browser that records writes no length: it is that of the last block.
func TestWebMOfBrowser(t *testing.T) {
	out, err := exec.Command(installed(t, "ffmpeg"), "-v", "error", "-f", "lavfi", "-i", "sine=duration=9", "-c:a",
		"libopus", "-f", "webm", "-live", "1", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	r := bytes.NewReader(out)
	if p, err := Probe(r, r.Size(), "audio/webm"); err != nil || p.Length < 8900*time.Millisecond ||
		p.Length > 9050*time.Millisecond || p.Film {
		t.Errorf("%+v %v", p, err)
	}
	film := filepath.Join(t.TempDir(), "a.webm")
	if out, err := exec.Command(installed(t, "ffmpeg"), "-v", "error", "-f", "lavfi", "-i",
		"testsrc=size=32x32:rate=10:duration=3", "-f", "lavfi", "-i", "sine=duration=3", "-c:v", "libvpx", "-c:a",
		"libopus", film).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if kind, p := probeFile(t, film); kind != "video/webm" || !p.Film || p.Codec != "vp8" ||
		p.Length.Round(100*time.Millisecond) != 3*time.Second {
		t.Errorf("%s %+v", kind, p)
	}
}

// silkOf are packets of so many bytes as chat programs keep them.
func silkOf(head string, sizes ...int) []byte {
	out := []byte(head)
	for _, n := range sizes {
		out = append(out, byte(n), byte(n>>8))
		out = append(out, make([]byte, max(0, n))...)
	}
	return out
}

func TestSILK(t *testing.T) {
	long := slices.Repeat([]int{40}, 100)
	for _, c := range []struct {
		name, damage string
		data         []byte
		want         time.Duration
	}{
		{"of WeChat", "", silkOf("\x02#!SILK_V3", long...), 2 * time.Second},
		{"with an end", "", append(silkOf("#!SILK_V3", 40, 20), 0xff, 0xff), 40 * time.Millisecond},
		{"cut in a packet", "cut short at byte", silkOf("#!SILK_V3", 40, 20)[:60], 20 * time.Millisecond},
		{"cut in a length", "cut short at byte", append(silkOf("#!SILK_V3", 40), 9), 20 * time.Millisecond},
		{"no packet", "no sound", []byte("\x02#!SILK_V3"), 0},
		{"nonsense", "damaged at byte", append(silkOf("#!SILK_V3", 40), 0, 0x80, 1), 20 * time.Millisecond},
	} {
		r := bytes.NewReader(c.data)
		kind, ok := TypeOf(r, r.Size())
		p, err := Probe(r, r.Size(), kind.Media)
		if !ok || err != nil || kind.Extension != ".silk" || p.Codec != "silk" || p.Length != c.want ||
			!strings.HasPrefix(p.Damage.EN, c.damage) || (c.damage == "") != (p.Damage.EN == "") {
			t.Errorf("%s: %v %+v %v", c.name, kind, p, err)
		}
	}
}

// A recorder that was stopped leaves the count of samples at nothing, and the
// length is that of the frames; a file that lost its end says how much is left.
func TestFLACByItsFrames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.flac")
	if out, err := exec.Command(
		installed(t, "ffmpeg"), "-v", "error", "-f", "lavfi", "-i", "anoisesrc=duration=4:seed=1", "-ac", "1", "-ar",
		"16000", path,
	).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	uncounted := bytes.Clone(whole)
	uncounted[21] &= 0xf0
	copy(uncounted[22:26], make([]byte, 4))
	for _, c := range []struct {
		name, damage string
		data         []byte
		from, to     float64
	}{
		{"whole", "", whole, 3.95, 4.05}, {"uncounted", "", uncounted, 3.95, 4.05},
		{"half", "cut short in a frame", whole[:len(whole)/2], 1.5, 2.1}, {"header only", "no sound", whole[:42], 0, 0},
	} {
		p, err := probeFLAC(bytes.NewReader(c.data), int64(len(c.data)))
		if s := p.Length.Seconds(); err != nil || s < c.from || s > c.to || !strings.HasPrefix(p.Damage.EN, c.damage) ||
			(c.damage == "") != (p.Damage.EN == "") {
			t.Errorf("%s: %.2f s, %q, %v", c.name, s, p.Damage.EN, err)
		}
	}
}

func TestMP4CreationTime(t *testing.T) {
	box := func(kind string, body ...byte) []byte {
		n := len(body) + 8
		return append(
			[]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n), kind[0], kind[1], kind[2], kind[3]}, body...,
		)
	}
	mvhd := make([]byte, 100)
	created := time.Date(2026, 9, 3, 11, 0, 0, 0, time.UTC).Unix() + mp4Epoch
	for i := range 4 {
		mvhd[4+i] = byte(created >> (24 - 8*i))
	}
	mvhd[14], mvhd[15] = 0x03, 0xe8 // timescale 1000
	mvhd[18], mvhd[19] = 0x13, 0x88 // 5000
	file := append(box("ftyp", []byte("M4A ....")...), box("moov", box("mvhd", mvhd...)...)...)
	file = append(file, box("mdat", 1, 2, 3)...)
	p, err := probeMP4(bytes.NewReader(file), int64(len(file)))
	if err != nil || p.Length != 5*time.Second || !p.Created.Equal(time.Date(2026, 9, 3, 11, 0, 0, 0, time.UTC)) ||
		p.Damage.EN != "" {
		t.Errorf("%+v, %v", p, err)
	}
	for n := 9; n < len(file); n += 5 { // a cut at any place is no panic and no silence
		if p, _ := probeMP4(bytes.NewReader(file[:n]), int64(n)); p.Damage.EN == "" {
			t.Errorf("cut at %d: no damage seen", n)
		}
	}
}

func FuzzProbe(f *testing.F) {
	f.Add(amrOf(3), "audio/amr")
	f.Add(
		[]byte("RIFF\x00\x00\x00\x00WAVEfmt "+
			"\x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x04\x00\x00\x00abcd"),
		"audio/wav",
	)
	f.Add([]byte("\xff\xfb\x90\x64"+strings.Repeat("x", 500)), "audio/mpeg")
	f.Add([]byte("OggS\x00\x02"+strings.Repeat("\x00", 40)), "audio/ogg")
	f.Add([]byte("\x00\x00\x00\x10ftypM4A \x00\x00\x00\x00\x00\x00\x00\x08moov"), "audio/mp4")
	f.Add([]byte("\xff\xf1\x50\x80\x02\x00\x00"), "audio/aac")
	f.Add(silkOf("\x02#!SILK_V3", 40, 20), "audio/silk")
	f.Add([]byte("caff\x00\x01\x00\x00desc\x00\x00\x00\x00\x00\x00\x00\x20"+strings.Repeat("\x40", 32)), "audio/x-caf")
	f.Add([]byte("\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff\x1f\x43\xb6\x75\xff\xe7\x81\x01\xa3\x84\x81\x00\x01\x80"),
		"audio/webm")
	f.Add(append(bytes.Clone(asfHeader), make([]byte, 200)...), "audio/x-ms-wma")
	f.Fuzz(func(t *testing.T, data []byte, mediaType string) {
		p, err := Probe(bytes.NewReader(data), int64(len(data)), mediaType)
		if err == nil && (p.Length < 0 || p.Length > 1<<21*time.Second) {
			t.Errorf("%s of %d bytes: %v", mediaType, len(data), p.Length)
		}
		TypeOf(bytes.NewReader(data), int64(len(data)))
	})
}

func BenchmarkProbeAMR(b *testing.B) {
	data := amrOf(50 * 600) // ten minutes
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		probeAMR(bytes.NewReader(data), int64(len(data)))
	}
}
