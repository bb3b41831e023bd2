package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
}

// An outside is what the user's own files hold.
type outside struct {
	files      []Outside
	provisions []rule.Provision
	directory  *templates.Directory // the program's, with the user's records
}

// outsideOf reads the user's own records: those of the settings folder, then
// those beside the case, which count more. Nothing is read out of a case
// folder or a bundle, for those may come from somebody else.
func outsideOf(d Desk, dir string) (outside, error) {
	var o outside
	var recipients []templates.Recipient
	for _, from := range recordFolders(d, dir) {
		err := recordFiles(filepath.Join(from, StatutesDir), func(path string, data []byte) error {
			own, err := rule.ReadProvisions(path, data)
			of := Outside{Path: path, Kind: "statutes", Records: []string{}}
			for _, p := range own {
				of.Records = append(of.Records, p.ID)
			}
			o.provisions, o.files = append(o.provisions, own...), append(o.files, of)
			return err
		})
		if err != nil {
			return o, err
		}
		err = recordFiles(filepath.Join(from, DirectoryDir), func(path string, data []byte) error {
			r, err := templates.ReadRecipient(path, data)
			recipients = append(recipients, r)
			o.files = append(o.files, Outside{path, "directory", []string{r.Slug}})
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
// there is no such folder.
func recordFiles(dir string, each func(path string, data []byte) error) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", dir, err)
	}
	n := 0
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if filepath.Ext(e.Name()) != ".json" {
			continue
		}
		wrong := func(zh, en string) error {
			return &evidence.RecordError{File: path, Found: evidence.Text{ZH: zh, EN: en},
				Wanted: evidence.Text{ZH: fmt.Sprintf("普通文件，每个不超过 %d MB，最多 %d 个", mostRecordBytes/1_000_000,
					mostRecordFiles),
					EN: fmt.Sprintf("plain files of at most %d MB, %d at most", mostRecordBytes/1_000_000,
						mostRecordFiles)}}
		}
		info, err := e.Info()
		switch n++; {
		case err != nil:
			return fmt.Errorf("read %s: %w", path, err)
		case !info.Mode().IsRegular():
			return wrong("不是普通文件", "no plain file")
		case info.Size() > mostRecordBytes:
			return wrong("文件太大", "too large a file")
		case n > mostRecordFiles:
			return wrong("文件太多", "too many files")
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
