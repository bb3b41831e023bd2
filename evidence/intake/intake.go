// Package intake turns a phone dump into exhibits and incidents: it reads
// what file names, media containers, SMS backups and carrier lists say, and
// [Add] walks folders and admits what it finds to a case.
//
// Sources are only read. Every path given ends as an exhibit, as a further
// copy of one, or on the list of what could not be used, with the reason.
// This package knows phones and formats; it knows neither law nor paper.
package intake
