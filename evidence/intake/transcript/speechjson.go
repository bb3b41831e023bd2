package transcript

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Speech programs and services write JSON: a list of passages with words and
// times, under a name of their own. What the names are differs, so they are
// looked for; a file without such a list is no transcript, and its JSON is shown
// to nobody.

// speechWords are the names of one field, and whether their numbers are
// milliseconds whatever they look like.
var (
	wordNames  = []string{"text", "sentence", "onebest", "Text", "FinalSentence", "content"}
	beginNames = []string{"start", "begin", "from", "bg", "BeginTime", "StartMs", "start_time", "begin_time",
		"startTime"}
	endNames     = []string{"end", "to", "ed", "EndTime", "EndMs", "end_time", "endTime"}
	speakerNames = []string{"speaker", "spk", "SpeakerId", "speaker_id", "ChannelId", "role"}
	// inSeconds are names of lists whose times are seconds.
	inSeconds = []string{"segments"}
)

// deepest is how deep a list of passages may lie.
const deepest = 6

func isObject(s string) bool {
	return strings.HasPrefix(s, "{") || strings.HasPrefix(s, "[") && json.Valid([]byte(s))
}

func readJSON(s string) ([]Cue, error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil, errNoTranscript
	}
	if out, ok := passagesIn("", v, 0); ok {
		return ended(out)
	}
	// Some give the words alone.
	if o, is := v.(map[string]any); is {
		if text, is := o["text"].(string); is && strings.TrimSpace(text) != "" && onlySpeech(o) {
			return []Cue{{Text: strings.TrimSpace(text)}}, nil
		}
	}
	return nil, errNoTranscript
}

// onlySpeech reports an object that says nothing but what was heard.
func onlySpeech(o map[string]any) bool {
	for name := range o {
		if !slices.Contains([]string{"text", "language", "lang", "duration", "task", "tokens", "timestamps", "key",
			"emotion",
			"event", "words", "segments"}, name) {
			return false
		}
	}
	return true
}

// passagesIn finds the list of passages in a value.
func passagesIn(name string, v any, depth int) ([]Cue, bool) {
	if depth > deepest {
		return nil, false
	}
	switch v := v.(type) {
	case string: // iFlytek sets the list in quotes
		if strings.HasPrefix(strings.TrimSpace(v), "[{") {
			d := json.NewDecoder(strings.NewReader(v))
			d.UseNumber()
			var inner any
			if d.Decode(&inner) == nil {
				return passagesIn(name, inner, depth+1)
			}
		}
	case []any:
		if out, ok := passages(name, v); ok {
			return out, true
		}
		for _, e := range v {
			if out, ok := passagesIn(name, e, depth+1); ok {
				return out, true
			}
		}
	case map[string]any:
		var names []string
		for n := range v {
			names = append(names, n)
		}
		slices.Sort(names)
		for _, n := range names {
			if out, ok := passagesIn(n, v[n], depth+1); ok {
				return out, true
			}
		}
	}
	return nil, false
}

// passages are the elements of a list, if all have words and times.
func passages(name string, list []any) ([]Cue, bool) {
	var out []Cue
	seconds := slices.Contains(inSeconds, name) || fractions(list)
	for _, e := range list {
		o, is := e.(map[string]any)
		if !is {
			return nil, false
		}
		begin, ok := placeIn(o, beginNames, seconds)
		text, said := oneOf(o, wordNames)
		if !ok || !said {
			return nil, false
		}
		c := Cue{Begin: begin, End: -1, Text: strings.TrimSpace(text)}
		if end, ok := placeIn(o, endNames, seconds); ok && end >= begin {
			c.End = end
		}
		if who, ok := oneOf(o, speakerNames); ok {
			if c.Speaker = who; strings.Trim(who, "0123456789") == "" {
				c.Speaker = "说话人" + who
			}
		}
		if len(out) > 0 && out[len(out)-1].Begin > c.Begin {
			return nil, false
		}
		out = append(out, c)
	}
	return out, len(out) > 0
}

// fractions reports times with a point: those are seconds.
func fractions(list []any) bool {
	return slices.ContainsFunc(list, func(e any) bool {
		o, _ := e.(map[string]any)
		s, _ := oneOf(o, beginNames)
		end, _ := oneOf(o, endNames)
		return strings.Contains(s, ".") || strings.Contains(end, ".")
	})
}

func oneOf(o map[string]any, names []string) (string, bool) {
	for _, n := range names {
		switch v := o[n].(type) {
		case string:
			return v, v != ""
		case json.Number:
			return v.String(), true
		}
	}
	return "", false
}

// placeIn is a place in the recording, in the object or in its offsets.
func placeIn(o map[string]any, names []string, seconds bool) (time.Duration, bool) {
	s, ok := oneOf(o, names)
	if !ok {
		inner, is := o["offsets"].(map[string]any)
		if !is {
			return 0, false
		}
		s, ok = oneOf(inner, names)
	}
	n, err := strconv.ParseFloat(s, 64)
	if seconds {
		n *= 1000
	}
	if !ok || err != nil || !(n >= 0 && n <= maxPlace) {
		return 0, false
	}
	return time.Duration(n+0.5) * time.Millisecond, true
}
