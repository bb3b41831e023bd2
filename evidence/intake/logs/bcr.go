package logs

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"juzheng/evidence"
)

// A bcrFile is the part of BCR's sidecar that says something of the call.
type bcrFile struct {
	UnixMS    int64  `json:"timestamp_unix_ms"`
	Direction string `json:"direction"`
	SIMSlot   int    `json:"sim_slot"`
	Calls     []struct {
		Number  string `json:"phone_number"`
		Caller  string `json:"caller_name"`
		Contact string `json:"contact_name"`
	} `json:"calls"`
	Output struct {
		Recording map[string]any `json:"recording"`
	} `json:"output"`
}

// isBCR reports such a file; a whole one is small.
func isBCR(f *file) bool {
	s := f.begin()
	if len(f.head) == headSize || !strings.HasPrefix(s, "{") || !strings.Contains(s, `"timestamp_unix_ms"`) {
		return false
	}
	_, ok := parseBCR([]byte(s))
	return ok
}

// readBCR gives the call of the file.
func readBCR(data []byte, give func(Row) error) ([]Skipped, error) {
	row, ok := parseBCR(data)
	if !ok {
		return nil, errors.New("not the note of a recorder")
	}
	return nil, give(row)
}

// parseBCR reads the JSON file that the recorder BCR writes beside each
// recording: the call's start as an absolute time, its direction and number.
// ok is false if it is not such a file.
func parseBCR(data []byte) (row Row, ok bool) {
	var b bcrFile
	if json.Unmarshal(data, &b) != nil || len(b.Calls) == 0 {
		return row, false
	}
	t, ok := backupTime(strconv.FormatInt(b.UnixMS, 10))
	if !ok {
		return row, false
	}
	t.Source = "bcr"
	i := evidence.Incident{
		Time: t, Kind: evidence.Call, Seconds: -1, Answered: evidence.Yes,
		Number: evidence.NormalNumber(b.Calls[0].Number), Name: b.Calls[0].Contact,
	}
	if i.Name == "" {
		i.Name = b.Calls[0].Caller
	}
	if b.SIMSlot > 0 {
		i.SIM = fmt.Sprintf("SIM %d", b.SIMSlot)
	}
	switch b.Direction {
	case "in":
		i.Direction = evidence.In
	case "out":
		i.Direction = evidence.Out
	}
	for _, key := range []string{"duration_secs_encoded", "duration_secs_total", "duration_secs_wall"} {
		if s, is := b.Output.Recording[key].(float64); is && s >= 0 && s < 86400 && i.Seconds < 0 {
			i.Seconds = int(math.Round(s))
		}
	}
	row = Row{Line: 1, Incident: i}
	row.Paused, _ = b.Output.Recording["was_ever_paused"].(bool)
	row.Held, _ = b.Output.Recording["was_ever_holding"].(bool)
	return row, true
}
