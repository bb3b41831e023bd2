package evidence

import "time"

// A Reading 机器识别 is the text that a program read off a picture or heard in a
// recording. It is unchecked: no letter says any of it until a person has
// compared it with the exhibit and accepted it.
type Reading struct {
	Exhibit  string    `json:"exhibit"`
	SHA256   string    `json:"sha256"` // of the exhibit as it was read
	Tool     string    `json:"tool"`   // program, version and settings
	Text     string    `json:"text"`
	Other    string    `json:"other,omitempty"` // a second reading of the same exhibit, searched as well
	Made     time.Time `json:"made"`
	Accepted time.Time `json:"accepted,omitzero"` // when a person said that they had compared it; zero: nobody did
}

// ByPerson is the tool of a reading that a person wrote down.
const ByPerson = "person"

// A Passage is some words of a transcript. Begin counts from the start of the
// recording; it is zero in all of them where the transcript has no times, and -1
// of one without among others that have them.
type Passage struct {
	Begin time.Duration
	Text  string
}
