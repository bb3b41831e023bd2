package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/rule"
	"juzheng/templates"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/packet"
	"juzheng/templates/typeset"
)

// A Dossier 卷宗 is a case as read from its folder, with what the rules say of
// it at the time of a run.
type Dossier struct {
	Directory  *templates.Directory // with the records of the user's own
	Outside    []Outside            // files those and provisions were read from
	Folder     *folder.Folder
	Date       time.Time // of the run
	Case       evidence.Case
	Exhibits   []evidence.Exhibit
	Unusable   []evidence.Unusable
	Incidents  []evidence.Incident
	Redactions []evidence.Redaction // what papers do not show
	Devices    []device.Device      // the phones the exhibits are from
	Clocks     []intake.ClockOffset // of phones, as measured
	Offers     []device.Offer       // what files say that only the person can confirm
	Report     evidence.Report
	Out        map[string]bool // exhibits that stay out of bundle and papers, by number
	Harm       TableHarm       // of the timeline, by a spreadsheet or an editor

	Fonts typeset.Fonts // for characters of the case that the program's own lack

	asked *listed       // its questions; nil: they are listed anew each time
	read  doubt.Sources // the exhibits as read again
}

// Open reads a case and applies the rules. It writes nothing.
func Open(ctx context.Context, d Desk, dir string) (Dossier, error) {
	f, err := openToRead(d, dir)
	if err != nil {
		return Dossier{}, err
	}
	if err := ctx.Err(); err != nil {
		return Dossier{}, err
	}
	return readKept(d, f)
}

// openSeen is Open for jobs that say how a table stands: it keeps a copy of the timeline, so
// that rows which go after this can come back. A case that cannot be written to is read
// all the same.
func openSeen(ctx context.Context, d Desk, dir string) (Dossier, error) {
	x, err := Open(ctx, d, dir)
	if err == nil {
		_ = x.Folder.SeeTimeline() // what keeps it from being written is told by jobs that write
	}
	return x, err
}

// read reads an open case.
func read(d Desk, f *folder.Folder) (Dossier, error) { return readFrom(d, f, intake.Reread) }

// readFrom is read, with a way to read the exhibits again.
func readFrom(d Desk, f *folder.Folder,
	reread func(*folder.Folder, []evidence.Exhibit, intake.PDFReader) doubt.Sources,
) (x Dossier, err error) {
	x.Folder, x.Date, x.asked = f, d.Now, &listed{}
	own, err := outsideOf(d, f)
	if err != nil {
		return x, err
	}
	x.Directory, x.Outside = own.directory, own.files
	if x.Case, err = f.ReadCase(); err != nil {
		return x, err
	}
	register, err := f.Register()
	if err != nil {
		return x, err
	}
	x.Exhibits, x.Unusable = register.Exhibits, register.Unusable
	if x.Out, err = f.LeftOut(); err != nil {
		return x, err
	}
	rows, err := f.Timeline()
	if err != nil {
		return x, err
	}
	// A row whose source was emptied, or lost with its column, is still of its file: it is
	// held against that, and no letter takes it for the person's own.
	blanked, err := f.BlankedCells()
	if err != nil {
		return x, err
	}
	rows = folder.WithCells(rows, folder.MachineCells(blanked))
	if x.Redactions, err = f.Redactions(); err != nil {
		return x, err
	}
	intake.Connect(rows, x.Exhibits)
	var doubts []evidence.Doubt
	read := reread(f, x.Exhibits, d.PDFs)
	if read.Seen, err = seenOn(f, x.Exhibits); err != nil {
		return x, err
	}
	if read.Copied, err = copiedOff(f); err != nil {
		return x, err
	}
	x.read = read
	x.Devices = device.Gather(x.Case, x.Exhibits, read.Rows, read.Inside)
	record := doubt.Record{Case: x.Case, Exhibits: x.Exhibits, Devices: x.Devices, Read: read}
	table := len(rows)
	// What the table says is let go once it was held against its files.
	x.Incidents, doubts = doubt.Find(doubt.Record{Case: x.Case, Incidents: rows, Exhibits: x.Exhibits,
		Devices: x.Devices, Read: read})
	doubts = append(doubts, tablesBeside(f)...)
	x.Clocks = intake.Clocks(x.Devices, read.Rows)
	options := func(rows []evidence.Incident, doubts []evidence.Doubt) rule.Options {
		clocks := device.ClocksOf(x.Devices, x.Exhibits)
		offers := append(device.Callers(x.Case, rows, read.Listed),
			device.Same(rows, device.PhonesOf(x.Devices, x.Exhibits), clocks)...)
		return rule.Options{Date: d.Now, Clocks: clocks.OpenOf(rows), Doubts: doubts, Offers: offers,
			Outside: own.provisions}
	}
	judged := options(x.Incidents, doubts)
	x.Offers = judged.Offers
	x.Report = rule.Apply(x.Case, x.Incidents, x.Exhibits, judged)
	lined(f, x.Report.Obstacles)
	if x.Harm, err = harmOf(d, x, record, table, doubts, options); err != nil {
		return x, err
	}
	x.Report.Obstacles = append(x.Report.Obstacles, leftInUse(x)...)
	held := packet.Order{Input: letter.Input{Matter: mask.Matter{Findings: x.Report.Findings, Exhibits: x.Exhibits}},
		Redactions: x.Redactions}
	if x.Fonts, err = fallbacks(d, x, held); err != nil {
		return x, err
	}
	var damaged folder.LineErrors
	if err := f.CheckCustody(); errors.As(err, &damaged) {
		o := evidence.Obstacle{Code: "damaged-log", Where: damaged[0].Where(), What: evidence.Advise("%s",
			"%s").With(damaged[0].Found)}
		o.Remedy, _ = folder.LogRemedy(damaged[0].File)
		x.Report.Obstacles = append(x.Report.Obstacles, o)
	} else if err != nil {
		return x, err
	}
	return x, unanswered(&x)
}

// copiedOff are the words of rows as answers to questions wrote them, the last of each: of
// pictures the person had them before their eyes. What a workbook brought is none.
func copiedOff(f *folder.Folder) (map[string]string, error) {
	given, err := f.Answers()
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, a := range given {
		for _, c := range a.Changes {
			if strings.HasPrefix(a.Question, "q-") && c.Row != "" && c.Column == "what the file shows" {
				out[c.Row] = c.After
			}
		}
	}
	return out, nil
}

// seenOn is what programs read off pictures whose words nobody has put right yet.
func seenOn(f *folder.Folder, exhibits []evidence.Exhibit) (map[string]device.Seen, error) {
	readings, err := f.Readings()
	if err != nil {
		return nil, err
	}
	return intake.Seen(f, exhibits, readings)
}
