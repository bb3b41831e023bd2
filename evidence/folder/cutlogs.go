package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
)

// cutDir holds, below superseded/, the bytes of lines that were cut.
const cutDir = "cut-lines"

// A CutLog is a file of lines whose last one a power failure or a full disk cut
// short, or a log that is gone.
type CutLog struct {
	File string
	Line int    // that was cut; 0: the whole file is gone
	Kept string // where its bytes lie now, in the case folder; empty: nothing was mended yet
	From string // of a log that was gone: what it goes on from; empty: it begins anew
	// Lost is how many records of the custody log the bundle has beyond the last whole line,
	// which a copy that broke off has not; 0: none, or nobody can tell.
	Lost int
	Ends bool // it ends at the end of a line: nothing is left of Line
}

// logs are the files to which the program only appends.
var logs = []string{CustodyFile, RegisterFile, AnswersFile, TrackedFile, ReadingsFile}

// CutLogs names the files whose last line is cut, and a custody log that is
// gone. It writes nothing: what was cut was never complete, and readers leave
// it out.
func (f *Folder) CutLogs() ([]CutLog, error) {
	var out []CutLog
	for _, name := range logs {
		file, err := os.Open(f.Path(name))
		if errors.Is(err, fs.ErrNotExist) {
			if name == CustodyFile {
				out = append(out, CutLog{File: name})
			}
			continue
		}
		if err != nil {
			return out, fmt.Errorf("read %s: %w", name, err)
		}
		tail, end, err := cutTail(file)
		half := len(tail) > 0 && !json.Valid(tail)
		var lines, lost int
		if err == nil && (half || name == CustodyFile) {
			lines, err = linesTo(file, end)
		}
		if err == nil && name == CustodyFile {
			lost, err = f.lostRecords(file, lines)
		}
		if err == nil && (half || lost > 0) {
			out = append(out, CutLog{File: name, Line: lines + 1, Lost: lost, Ends: !half})
		}
		file.Close()
		if err != nil {
			return out, fmt.Errorf("read %s: %w", name, err)
		}
	}
	return out, nil
}

// MendLogs mends them; the caller holds the lock. The bytes of a cut line are
// kept aside before they leave the file, and a line that lacks nothing but its
// end gets that. A custody log that is gone goes on from the copy in the bundle,
// or begins anew, and says so itself. What a stopped run had begun to give away
// is noted as not completed.
func (f *Folder) MendLogs(now time.Time) ([]CutLog, error) {
	all, err := f.CutLogs()
	if err != nil {
		return nil, err
	}
	for _, name := range logs {
		if err := endLastLine(f.Path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("mend %s: %w", name, err)
		}
	}
	for n := range all {
		c := &all[n]
		detail := ""
		switch {
		case c.Line == 0:
			if detail, err = f.newCustody(c); err != nil {
				return nil, err
			}
		case c.Ends:
			detail = fmt.Sprintf("%d %s, from line %d on", c.Lost, lostNote, c.Line)
		default:
			if c.Kept, err = f.keepTail(c.File); err != nil {
				return nil, fmt.Errorf("mend %s: %w", c.File, err)
			}
			detail = fmt.Sprintf("cut line %s:%d kept as %s", c.File, c.Line, c.Kept)
			if c.Lost > 0 {
				detail += fmt.Sprintf("; %d %s", c.Lost, lostNote)
			}
		}
		if err := f.Note("note", detail, now); err != nil {
			return nil, err
		}
	}
	if len(all) > 0 {
		f.register = nil
	}
	return all, f.closeBegun(now)
}

// lostNote is what a custody log says itself of records that it lost.
const lostNote = "records of the sealed log are lost"

// lostRecords is how many records the bundle's copy of the custody log has beyond the lines
// of the one in the case, which says so itself once that was told.
func (f *Folder) lostRecords(file *os.File, lines int) (int, error) {
	sealed := 0
	for _, name := range []string{"log.jsonl", CustodyFile} { // format 2 and 1
		data, err := os.ReadFile(f.Path(BundleDir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, err
		}
		sealed = max(sealed, bytes.Count(data, []byte("\n")))
	}
	if sealed <= lines {
		return 0, nil
	}
	said, err := io.ReadAll(io.NewSectionReader(file, 0, 1<<62))
	if err != nil || bytes.Contains(said, []byte(lostNote)) {
		return 0, err
	}
	return sealed - lines, nil
}

// newCustody puts a custody log where there is none.
func (f *Folder) newCustody(c *CutLog) (detail string, err error) {
	sealed := filepath.Join(BundleDir, CustodyFile)
	log, err := os.ReadFile(f.Path(sealed))
	detail = CustodyFile + " was gone; goes on from " + filepath.ToSlash(sealed)
	if c.From = filepath.ToSlash(sealed); err != nil {
		log, c.From, detail = nil, "", CustodyFile+" was gone; begun anew"
	}
	if err := disk.WriteNew(f.Path(CustodyFile), log, 0o600); err != nil {
		return "", fmt.Errorf("begin the custody log: %w", err)
	}
	return detail, nil
}

// cutTail is what stands behind the last LF of a file, and where it begins.
func cutTail(file *os.File) (tail []byte, end int64, err error) {
	if end, err = wholeLines(file); err != nil {
		return nil, 0, err
	}
	tail, err = io.ReadAll(io.NewSectionReader(file, end, 1<<62))
	return tail, end, err
}

// linesTo counts the lines of a file that end before a place in it.
func linesTo(file *os.File, end int64) (int, error) {
	data, err := io.ReadAll(io.NewSectionReader(file, 0, end))
	return bytes.Count(data, []byte("\n")), err
}

// endLastLine ends a last line that is whole but for its LF.
func endLastLine(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	tail, end, err := cutTail(file)
	if err != nil || len(tail) == 0 || !json.Valid(tail) {
		return err
	}
	if _, err := file.WriteAt([]byte("\n"), end+int64(len(tail))); err != nil {
		return err
	}
	return file.Sync()
}

// keepTail moves the bytes of a cut line out of a log.
func (f *Folder) keepTail(name string) (kept string, err error) {
	file, err := os.OpenFile(f.Path(name), os.O_RDWR, 0)
	if err != nil {
		return "", err
	}
	defer file.Close()
	tail, end, err := cutTail(file)
	if err != nil {
		return "", err
	}
	if kept, err = f.keepAside(cutDir, name, tail); err != nil {
		return "", err
	}
	if err := file.Truncate(end); err != nil {
		return "", err
	}
	return kept, file.Sync()
}

// keepAside writes bytes below superseded/ under a name nothing has yet, and
// returns it as a path in the case folder.
func (f *Folder) keepAside(dir, name string, data []byte) (string, error) {
	if err := os.MkdirAll(f.Path(SupersededDir, dir), 0o700); err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		at := fmt.Sprintf("%s/%s/%d-%s", SupersededDir, dir, n, name)
		err := disk.WriteNew(f.Path(filepath.FromSlash(at)), data, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			err = disk.SyncDir(f.Path(SupersededDir, dir))
		}
		return at, err
	}
}

// logRemedies say what helps where a log is damaged.
var logRemedies = map[string]evidence.Advice{
	CustodyFile: evidence.Advise("从备份恢复这个文件。没有备份的，把它移到别处留着，再运行一次：程序会接着证据包里封存的那份写，没有证据包就另起一份，并如实注明",
		"restore the file from a backup. Without one, move it elsewhere, keep it, and run again: the log goes "+
			"on from "+
			"the copy in the bundle, or begins anew, and says so"),
	RegisterFile: evidence.Advise("从备份恢复这个文件，不要手工修改。没有备份的，{用 juzheng init |}另建一个案件，把手机文件重新加入"+
		"（原件都在 exhibits 文件夹里，没有丢）",
		"restore the file from a backup and do not edit it. Without one, make a new case{ with juzheng init|} and "+
			"add the "+
			"phone's files again (the originals are all in exhibits/)"),
	AnswersFile: evidence.Advise("从备份恢复这个文件，或者把它移走（答案已经写进{时间线和 case.toml|案件}，不会丢）",
		"restore the file from a backup, or move it away (the answers stand in the {timeline and case.toml|case} and are "+
			"not lost)"),
	TrackedFile: evidence.Advise("从备份恢复这个文件，或者把它移走（记下的都在{ case.toml |案件}里，不会丢；只是以前的不能再{用 undo |}收回）",
		"restore the file from a backup, or move it away (what was entered stands in {case.toml|the case} and is not lost; "+
			"only undo cannot take back what came before)"),
	ReadingsFile: evidence.Advise("删去这个文件，再{运行 juzheng read |}重新识别",
		"delete the file and {run juzheng read|have the files read} again"),
}

// LogRemedy says what helps where a log of the program is damaged; not ok if
// the file is none.
func LogRemedy(file string) (t evidence.Advice, ok bool) {
	t, ok = logRemedies[file]
	return t, ok
}

// damagedLine is a line of a log that cannot be read and is not the last: no
// crash leaves such a one; 0: the whole file is gone.
func damagedLine(file string, line int) error {
	found := evidence.Text{ZH: "损坏的一行，程序读不懂", EN: "a damaged line"}
	if line == 0 {
		found = evidence.Text{ZH: "文件不见了", EN: "no such file"}
	}
	helps := logRemedies[file]
	return LineErrors{{File: file, Line: line, Found: found,
		Wanted: evidence.Text{ZH: "程序写下的一行；请" + helps.ZH, EN: "a line as the program wrote it; " + helps.EN}}}
}

// digestLength is how many characters a record gives the digest of the one before.
const digestLength = 64

// CheckCustody reports the first line of the custody log that cannot be read.
// A cut last one is none: see [Folder.CutLogs].
func (f *Folder) CheckCustody() error {
	data, err := os.ReadFile(f.Path(CustodyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read custody log: %w", err)
	}
	for n := 1; len(data) > 0; n++ {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		var r bag.Record
		if whole && (json.Unmarshal(line, &r) != nil || r.Event == "" || len(r.Prev) != digestLength) {
			return damagedLine(CustodyFile, n)
		}
		data = rest
	}
	return nil
}
