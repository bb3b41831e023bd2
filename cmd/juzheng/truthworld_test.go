package main

import (
	"math/rand/v2"
	"testing"
	"time"
)

// An act is one thing that happened: a call, an SMS, a chat message, a picture
// taken of a screen. Several files may show it, each by its own clock.
type act struct {
	ID       int
	At       time.Time // when it truly began; of a message, when it was sent
	Kind     string    // call, sms, message, shot
	Out      bool
	Number   string // whole, as the network knows it; empty in chats
	Account  string // of a chat
	Caller   string // collector platform lender family workplace friend service other; empty: nobody knows
	Role     string // collecting service marketing other
	Phone    string // whose phone it came to, a key of phones
	Reached  string // self family workplace
	Ring     int
	Talk     int // seconds; 0 and a call: not answered
	SIM      int
	Words    string // the text of a message, or what is spoken in a recording
	Says     string // the kind of its words, as in held_out_phrases.json
	Disclose string // was the debt told: yes, no, or empty where nothing was said
	Refused  string // had the person reached refused contact before
	Reach    string // could the borrower be reached that day
	KnowTime bool   // does the borrower remember when it was
	Checked  bool   // was what it claims asked about at its source, and found untrue
	Bulk     string // one of many rows of one bombing
	Tells    int    // the act that a message of another person tells of; 0: none
	Private  bool
	Seen     []sighting
}

// A sighting is one place in a file that shows an act.
type sighting struct {
	File string // slash path below the dump
	Line int    // of a log; 0: the file as a whole
	Raw  string // the time the file gives, Beijing wall clock as a reader would take it
}

// A violation is one breach that truly happened. Kinds are alternatives: a
// letter that names one of them has it.
type violation struct {
	Kinds []string
	Acts  []int
	Told  bool // known only from what another person tells
}

// A handset is a phone as a device.
type handset struct {
	Key, Folder, Whose string        // Whose is as in the column reached
	Fast               time.Duration // how far its clock is ahead
	Zone               time.Duration // how far its wall clock is from Beijing's
	HeaderLocal        bool          // its recorder writes local time where UTC belongs
	KnowsClock         bool          // does the borrower know that the clock is off
}

// A world is a dump and the truth about it.
type world struct {
	Seed       uint64
	Facts      map[string]string
	Phones     map[string]*handset
	Acts       []*act
	Violations []violation
	Files      int

	t       *testing.T
	dir     string
	r       *rand.Rand
	texts   map[string][]string
	taken   map[string]bool
	minutes map[string]bool
}
