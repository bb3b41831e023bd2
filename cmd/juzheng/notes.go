package main

import "juzheng/evidence"

// noteWords say in English what a note or an unusable file is about, by code.
// The register holds the details in Chinese, the language of the exhibit book,
// and they follow in brackets.
var noteWords = map[string]string{
	"damaged":      "the file is not whole, or damaged",
	"guessed-name": "no known form of name: time and number were inferred, please check",
	"no-year": "the name has no year, and the file's date does not give it: complete the time in the " +
		"timeline",
	"year-from-modified": "the name has no year: it was taken from the file's date, please check",
	"not-decoded":        "kept and verified as it is, but not drawn in the exhibit book",
	"not-probed":         "length and codec cannot be read from this format; kept as it is",
	"not-read": "the inside was not read, or looks like messages or calls in a form that is not read; kept " +
		"as it is",
	"money-rows": "a statement of payments, no list of calls: its rows stand in no timeline, and ask asks of those " +
		"of the loan",
	"exif-written":    "the picture says only when its file was last saved, which need not be when it was taken",
	"player":          "common players do not play it: which program does",
	"saved-time":      "a picture saved from a chat: the time is that of saving, not of the message",
	"times-disagree":  "the name and the file's own time differ, please check",
	"unplaced":        "the name does not say which call it is: add a row to the timeline that names it",
	"utc-name":        "names of this form are in UTC; converted to Beijing time, please check",
	"wrong-extension": "the extension is not that of the content; the content counts",
	"broken-log":      "the log or table ends in the middle; rows before the break, if any, were taken",
	"columns-guessed": "the table has no head: its columns were told by their cells, please check",
	"no-direction":    "the list hardly says who called whom: such calls are not taken for the collector's",
	"rows-unread":     "rows that look like calls or messages were not read: a cell of them could not be",
	"equal-rows":      "lines that say the same as more than twenty before them: one event, whose row does not name them",
	"earlier-unread":  "of very many rows the latest alone were read; the file is whole",
	"clocks-differ":   "its times differ from another file's by a constant: find out which clock is right",
	"was-held":        "the recorder notes that the call was on hold",
	"was-paused":      "the recorder notes a pause: the recording is not unbroken",
	"transcript-of":   "a transcript of a recording",
	"extract-of":      "some rows of a log, byte for byte",
	"machine-made":    "written by a program",
	"checked":         "compared with its original by the person",
	"own-register":    "a table of numbers of your own: offered by timeline --numbers, not taken",
	"own-transcripts": "a table of transcripts of your own: not written into the timeline",
	"phone-of":        "whose phone it is from",
	"phone-sure":      "whose phone it is from, kept although words in it say otherwise",
	"call-of":         "a recording of a call that a log has otherwise, as the person confirmed",
	"letters-mended":  "its letters were garbled and are read as they were written, please check a line or two",
	"clock":           "its phone's clock ran ahead, as the person confirmed",
	"zone-shown":      "it names the zone its phone was in, and its name is in that zone",
	"zone":            "its phone showed the time of another zone, as the person confirmed",
	"same-event":      "shows an event that has its row",
	"similar":         "looks nearly like another picture",
	"joined":          "taken for the call of a log",
	"left-out":        "whether it stays out of bundle and papers, and why",

	"empty-file":  "an empty file; copy it again if the phone can open it",
	"symlink":     "a link, not the file itself; add what it points to",
	"not-regular": "no regular file (a device or pipe)",
	"unreadable":  "cannot be read",
	"slow":        "reading it took too long: most likely it is no picture of writing",
	"system-file": "made by the operating system; shows nothing",
	"archive": "an archive that is not opened, or an app package; unpack an archive and add the " +
		"folder",
	"archive-damaged":       "damaged, cut or packed in a way that is not read; pack or download the archive again",
	"archive-locked":        "locked with a password; unpack the archive and add the folder",
	"unsafe-path":           "its path in the archive leads out of it: not read",
	"phone-backup":          "a backup of a whole phone: not read; export what matters from it or from the phone",
	"too-large":             "larger than the limit; save the part that matters as a file of its own",
	"changed-while-reading": "it changed while it was read; add it again once it is at rest",
}

func noteText(code, detail, lang string) string {
	words := noteWords[code]
	if lang != "en" || words == "" {
		return detail
	}
	if detail == "" {
		return words
	}
	return words + " (" + detail + ")"
}

// tellNote is a note as a reader is told of it.
func tellNote(n evidence.Note, lang string) string {
	if n.Code == evidence.NoteLeft {
		return leftText(n, lang)
	}
	return noteText(n.Code, n.Detail, lang)
}

// leftText says that an exhibit stays out of bundle and papers, or goes in.
func leftText(n evidence.Note, lang string) string {
	said := text{ZH: "放进证据包（您说的）", EN: "goes into the bundle, as you said"}
	if n.About == evidence.LeftOut {
		said = text{ZH: "不放进证据包和信", EN: "stays out of bundle and papers"}
	}
	if n.Detail != "" {
		said.ZH, said.EN = said.ZH+"："+n.Detail, said.EN+": "+n.Detail
	}
	return said.In(lang)
}
