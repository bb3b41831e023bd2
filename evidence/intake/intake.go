// Package intake turns a phone dump into exhibits and incidents.
//
// [Add] is the way in. It walks the paths given, tells by its content what
// each file is, admits it to the case with what it says of itself, and appends
// the calls and messages it shows to the timeline. Rows that are one event, in
// the phone's log, the carrier's list and a recording, become one incident.
// [Read] has programs read pictures and recordings; [Clocks] measures how far
// two clocks are apart; [Phrases] finds words that a person should read.
//
// Sources are only read. Every path given ends as an exhibit, as a further
// copy of one, or on the list of what could not be used, with the reason.
//
// The readers have rooms of their own and know nothing of cases:
//
//	archive/     a zip or tar of files: unpacked safely
//	names/       what a file name says: a rule in a table
//	media/       recordings, films, pictures: length, damage, when made
//	logs/        backups, call lists, chats: a table of forms
//	transcript/  what is said in a recording, written down
//	pdf/         text and pages of a PDF, by a process of its own
//	ocr/         what stands on a picture, read by a program
//
// This package knows phones and formats; it knows neither law nor paper.
package intake
