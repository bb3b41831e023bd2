package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/rule"
	"juzheng/templates"
)

// The folders of the user's own records, in the user's settings folder and
// beside a case folder: law and bodies change sooner than this program does.
const (
	StatutesDir  = "statutes.d"  // files of the form of statutes.json
	DirectoryDir = "directory.d" // SLUG.json, of the form of a record of the directory
)

// Bounds of what is read of them.
const (
	mostRecordFiles = 200
	mostRecordBytes = 1_000_000
)

// An Outside is one file of the user's own that was read.
type Outside struct {
	Path    string   `json:"path"`
	Kind    string   `json:"kind"` // statutes, directory
	Records []string `json:"records"`
	// Lowered are records that say tier A of themselves; no article of theirs is printed.
	Lowered []string `json:"lowered,omitempty"`
}

// A RecordsAside tells of records beside a case that was not made here: they are not used.
type RecordsAside struct{ Dir string }

// Code names the notice.
func (RecordsAside) Code() string { return "records-aside" }

// An outside is what the user's own files hold.
type outside struct {
	files      []Outside
	provisions []rule.Provision
	directory  *templates.Directory // the program's, with the user's records
}

// outsideOf reads the user's own records: those of the settings folder, then
// those beside the case, which count more. Nothing is read out of a case
// folder or a bundle, for those may come from somebody else; nor what lies
// beside a case that was not made here, for it may have come along with it.
// Without a case f is nil.
func outsideOf(d Desk, f *folder.Folder) (outside, error) {
	var o outside
	var recipients []templates.Recipient
	today := d.Now.In(evidence.Beijing).Format(time.DateOnly)
	for _, from := range ownFolders(d, f) {
		first := map[string]string{} // which file of this folder has an id
		err := recordFiles(filepath.Join(from, StatutesDir), func(path string, data []byte) error {
			own, err := rule.ReadProvisions(path, data, today)
			of := Outside{Path: path, Kind: "statutes", Records: []string{}}
			for _, p := range own {
				if other := first[p.ID]; other != "" {
					return &evidence.RecordError{File: path, Record: p.ID, Field: "id",
						Found:  evidence.Text{ZH: "文件 " + other + " 里已有的编号", EN: "an id that " + other + " has"},
						Wanted: evidence.Text{ZH: "每条记录只在一个文件里", EN: "each record in one file alone"}}
				}
				first[p.ID] = filepath.Base(path)
				of.Records = append(of.Records, p.ID)
				if p.Lowered {
					of.Lowered = append(of.Lowered, p.ID)
				}
			}
			o.provisions, o.files = append(o.provisions, own...), append(o.files, of)
			return err
		})
		if err != nil {
			return o, err
		}
		err = recordFiles(filepath.Join(from, DirectoryDir), func(path string, data []byte) error {
			r, err := templates.ReadRecipient(path, data, today)
			recipients = append(recipients, r)
			o.files = append(o.files, Outside{Path: path, Kind: "directory", Records: []string{r.Slug}})
			return err
		})
		if err != nil {
			return o, err
		}
	}
	all, err := templates.Load()
	if err != nil {
		return o, err
	}
	o.directory = all.With(recipients)
	return o, nil
}

// ownFolders are where the user's own records lie; f is nil where no case is asked about. What
// lies beside a case that was not made here is told and not taken.
func ownFolders(d Desk, f *folder.Folder) []string {
	if f == nil {
		return recordFolders(d, "")
	}
	all := recordFolders(d, f.Dir())
	if f.MadeHere() {
		return all
	}
	return slices.DeleteFunc(all, func(from string) bool {
		if from == d.Settings {
			return false
		}
		for _, name := range []string{StatutesDir, DirectoryDir} {
			if at, err := os.Lstat(filepath.Join(from, name)); err == nil && at.IsDir() {
				d.tell(RecordsAside{filepath.Join(from, name)})
			}
		}
		return true
	})
}

// recordFolders are where the user's own records may lie. dir is a case folder;
// empty: none is asked about.
func recordFolders(d Desk, dir string) []string {
	var out []string
	if d.Settings != "" {
		out = append(out, d.Settings)
	}
	if dir == "" {
		return out
	}
	whole, err := filepath.Abs(dir)
	if err != nil {
		return out
	}
	beside := filepath.Dir(whole)
	for up := beside; ; up = filepath.Dir(up) {
		for _, mark := range []string{folder.CaseFile, "bagit.txt"} {
			if _, err := os.Lstat(filepath.Join(up, mark)); err == nil {
				return out // what lies in a case or a bundle is not the user's
			}
		}
		if up == filepath.Dir(up) {
			break
		}
	}
	if beside == whole || slices.Contains(out, beside) {
		return out
	}
	return append(out, beside)
}

// recordFiles gives the JSON files of a folder in order of name; none where
// there is no such folder. What is not a plain file of records is told and not passed
// over: a file that nobody reads would be taken for one in force.
func recordFiles(dir string, each func(path string, data []byte) error) error {
	wrong := func(path string, found, wanted evidence.Text) error {
		return &evidence.RecordError{File: path, Found: found, Wanted: wanted}
	}
	plain := evidence.Text{ZH: fmt.Sprintf("普通文件，每个不超过 %d MB，最多 %d 个", mostRecordBytes/1_000_000, mostRecordFiles),
		EN: fmt.Sprintf("plain files of at most %d MB, %d at most", mostRecordBytes/1_000_000, mostRecordFiles)}
	switch at, err := os.Lstat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("read %s: %w", dir, err)
	case !at.IsDir():
		return wrong(dir, kindOfFile(at), evidence.Text{ZH: "真实的文件夹，里面放 .json 文件",
			EN: "a real folder with .json files in it"})
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("read %s: %w", dir, err)
	}
	n := 0
	for _, e := range entries {
		path, name := filepath.Join(dir, e.Name()), e.Name()
		if strings.HasPrefix(name, ".") || slices.Contains(systemFiles, strings.ToLower(name)) {
			continue // of the system, and nobody's
		}
		info, err := e.Info()
		switch n++; {
		case err != nil:
			return fmt.Errorf("read %s: %w", path, err)
		case !info.Mode().IsRegular():
			return wrong(path, kindOfFile(info), plain)
		case filepath.Ext(name) != ".json":
			return wrong(path, evidence.Text{ZH: "结尾不是 .json 的文件名", EN: "a name that does not end in .json"},
				evidence.Text{ZH: "名字以 .json 结尾的文件（别的文件程序不读）", EN: "files named .json; no others are read"})
		case info.Size() > mostRecordBytes:
			return wrong(path, evidence.Text{ZH: fmt.Sprintf("%d 字节的文件，太大", info.Size()),
				EN: fmt.Sprintf("a file of %d bytes", info.Size())}, plain)
		case n > mostRecordFiles:
			return wrong(path, evidence.Text{ZH: fmt.Sprintf("第 %d 个文件，太多", n), EN: fmt.Sprintf("file number %d", n)},
				plain)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		if err := each(path, data); err != nil {
			return err
		}
	}
	return nil
}

// systemFiles are what systems leave in a folder by themselves.
var systemFiles = []string{"thumbs.db", "desktop.ini"}

// kindOfFile says what lies where a file or folder of records should.
func kindOfFile(info fs.FileInfo) evidence.Text {
	switch mode := info.Mode(); {
	case mode&fs.ModeSymlink != 0:
		return evidence.Text{ZH: "快捷链接（symlink）", EN: "a symbolic link"}
	case mode.IsDir():
		return evidence.Text{ZH: "文件夹", EN: "a folder"}
	case mode.IsRegular():
		return evidence.Text{ZH: "普通文件", EN: "a plain file"}
	}
	return evidence.Text{ZH: "特殊文件", EN: "a special file"}
}

// A LawAge says as of which day the program's own table of provisions speaks.
type LawAge struct {
	AsOf  string `json:"as_of"` // yyyy-mm-dd
	Stale bool   `json:"stale"` // longer ago than half a year
}

// lawMonths is after how many months the table is warned of.
const lawMonths = 6

// AgeOfLaw says as of which day the table speaks, and whether that is long ago.
func AgeOfLaw(d Desk) LawAge {
	r := LawAge{AsOf: rule.AsOf()}
	day, err := time.ParseInLocation(time.DateOnly, r.AsOf, evidence.Beijing)
	r.Stale = err != nil || d.Now.After(evidence.MonthsAfter(day, lawMonths))
	return r
}

// RecordsSum tells apart the user's own records by which a case is judged, and what a
// new one begins with: of the same files it is the same, on any machine.
func RecordsSum(d Desk, dir string) string {
	h := sha256.New()
	for _, from := range recordFolders(d, dir) {
		for _, in := range []string{StatutesDir, DirectoryDir} {
			err := recordFiles(filepath.Join(from, in), func(path string, data []byte) error {
				fmt.Fprintf(h, "%q %x\n", filepath.Base(path), sha256.Sum256(data))
				return nil
			})
			if err != nil { // told where the case is read
				fmt.Fprintf(h, "%q\n", err)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
