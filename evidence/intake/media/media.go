// Package media reads what recordings, films and pictures say of themselves:
// what they are, how long, in which codec, when they were made, and where they
// are damaged.
//
// [TypeOf] tells by its content what a file is. [Probe] reads the container of
// sound or film, [ReadPicture] a picture. A [Decoder] listens to a recording
// and sums it up as a [Wave]; a [Likeness] finds two shots of one page.
//
// A length is counted from the frames that are there and never estimated from
// a bit rate. A file that is cut or damaged gives what can be read of it and
// says where it breaks. A new container is its row in types and in probes, and
// a file with its probe.
//
// The package knows neither names of files nor cases: which exhibit a file
// becomes, and what to tell the person, is decided above.
package media

import (
	"errors"
	"fmt"
	"io"
	"time"

	"juzheng/evidence"
)

// A Container is what the container of a sound or film says of it.
type Container struct {
	Codec   string        // amr-nb, aac, mp3, opus …
	Length  time.Duration // of sound, counted; zero: not known
	Created time.Time     // by the container, UTC; zero: not said
	Film    bool          // pictures, and not only sound
	// Damage says where the file stops making sense and what was read before;
	// empty if it is whole.
	Damage evidence.Text
}

func damage(zh, en string) evidence.Text { return evidence.Text{ZH: zh, EN: en} }

var noSound = damage("里面没有声音", "no sound in it")

// cutAt and damagedAt say where, and how much came before.
func cutAt(off int64, frames int) evidence.Text {
	return damage(
		fmt.Sprintf("到第 %d 字节就断了，之前有 %d 帧完整", off, frames),
		fmt.Sprintf("cut short at byte %d, after %d whole frames", off, frames))
}

func damagedAt(off int64, frames int) evidence.Text {
	return damage(
		fmt.Sprintf("第 %d 字节处已损坏，之前有 %d 帧完整", off, frames),
		fmt.Sprintf("damaged at byte %d, after %d whole frames", off, frames))
}

// skippedOver says how much of a file was passed over to go on behind it.
func skippedOver(off, lost int64, frames int) evidence.Text {
	return damage(fmt.Sprintf("第 %d 字节起有 %d 字节读不出，其余 %d 帧完整", off, lost, frames),
		fmt.Sprintf("%d bytes from byte %d on make no sense; the other %d frames are whole", lost, off, frames))
}

var errNotMedia = errors.New("no sound or film that is known here")

// probes are the containers that are read, by media type.
var probes = map[string]func(r io.ReaderAt, size int64) (Container, error){
	"audio/amr":       probeAMR,
	"audio/amr-wb":    probeAMR,
	"audio/wav":       probeWAV,
	"audio/mpeg":      probeMP3,
	"audio/aac":       probeADTS,
	"audio/ogg":       probeOgg,
	"audio/flac":      probeFLAC,
	"audio/mp4":       probeMP4,
	"audio/x-m4a":     probeMP4,
	"audio/3gpp":      probeMP4,
	"video/mp4":       probeMP4,
	"video/3gpp":      probeMP4,
	"video/quicktime": probeMP4,

	"audio/silk":       probeSILK,
	"audio/x-caf":      probeCAF,
	"audio/x-matroska": probeMatroska,
	"video/x-matroska": probeMatroska,
	"audio/webm":       probeMatroska,
	"video/webm":       probeMatroska,
	"audio/x-ms-wma":   probeASF,
	"video/x-ms-asf":   probeASF,
}

// Probe reads length and codec from the container: r has size bytes and
// is of the given media type. Nothing is decoded; frames are counted, so the
// length is that of the sound and not an estimate from a bit rate.
func Probe(r io.ReaderAt, size int64, mediaType string) (Container, error) {
	probe, ok := probes[mediaType]
	if !ok {
		return Container{}, errNotMedia
	}
	return probe(r, size)
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
