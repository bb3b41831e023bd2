// Package folder is the case on disk: one folder a case, and the only package
// that reads or writes it.
//
// [Init] makes a case folder and [Open] takes one up; both give a [Folder].
// Whoever writes takes [Folder.Lock] first. From there:
//
//	case.toml, timeline.csv, redactions.csv   the files that people edit: ReadCase, Timeline, Redactions
//	exhibits/, exhibits.jsonl                 originals and their register: Admit, Register
//	custody.jsonl                             the log, each line holding the hash of the line before: Note
//	answers.jsonl                             what the person answered: Answer
//	tracked.jsonl                             what was entered as filed or answered: PutFiling
//	readings.jsonl                            text read off pictures, once checked: Readings
//	packet/                                   the papers, and what the person put there: PutPackets
//	bundle/, bundle.zip                       the sealed bag: Seal, Sealed
//	cache/                                    what can be made again: Cached, Cache
//
// A mistake in a file that people edit is a [LineError] with its line and
// column. Originals are never changed; a file that a person put here is never
// removed. What a killed run left is mended by the next one that writes.
//
// The package knows neither phones nor law nor paper: intake fills it, rule and
// letter read the values it gives.
package folder
