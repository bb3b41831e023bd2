package bag

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence/bag/commit"
	"juzheng/evidence/disk"
)

// A Copy is all that goes into a bundle of format 2, whole or partial. The
// same Copy gives the same bytes.
type Copy struct {
	Case     string    // case id, External-Identifier
	Time     time.Time // of making it
	Software string    // Bag-Software-Agent
	Info     []InfoField

	List  commit.List
	Items []Item // the exhibits that go along
	// Open gives the bytes of an exhibit, which are compared with its opening
	// while they are copied.
	Open func(commit.Opening) (io.ReadCloser, error)

	Timeline   []byte    // rows that these exhibits gave, and no others; nil: none
	Log        []byte    // lines that this reader may see
	LogDigests []byte    // of all lines
	Seal       []TagFile // what vouches for the list, below seal/

	// Sign signs the root document of this copy; nil: it is not signed.
	Sign func(document []byte) ([]byte, error)
}

// An Item is an exhibit of a copy: its opening, and its record unless that is
// withheld.
type Item struct{ Opening, Record []byte }

// WriteEvidence makes the bundle dir of format 2, as [Write] makes one of
// format 1: built beside its place, read again, and renamed.
func WriteEvidence(dir string, c Copy) (Root, error) {
	w, err := c.plan()
	if err != nil {
		return Root{}, fmt.Errorf("write bundle: %w", err)
	}
	var root Root
	err = build(dir, func(partial string) error {
		contents := Contents{Entries: w.entries,
			Open: func(e Entry) (io.ReadCloser, error) { return c.Open(w.openings[e.Path]) }}
		if err := writePayload(partial, contents); err != nil {
			return err
		}
		root, err = w.write(partial)
		return err
	})
	if err != nil {
		return Root{}, fmt.Errorf("write bundle: %w", err)
	}
	return root, nil
}

// WriteEvidenceZip makes the same bundle as a zip with the one top folder
// bundle. Nothing stands at dst before the zip is whole.
func WriteEvidenceZip(ctx context.Context, dst string, c Copy) (root Root, err error) {
	dst = filepath.Clean(dst)
	if _, err := os.Lstat(dst); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = fs.ErrExist
		}
		return Root{}, fmt.Errorf("write bundle: %s: %w", dst, err)
	}
	aside, err := disk.AsideDir(dst)
	if err != nil {
		return Root{}, fmt.Errorf("write bundle: %w", err)
	}
	defer os.RemoveAll(aside)
	folder := filepath.Join(aside, "bundle")
	if root, err = WriteEvidence(folder, c); err != nil {
		return Root{}, err
	}
	if err := ctx.Err(); err != nil {
		return Root{}, err
	}
	err = disk.SetNew(dst, 0o600, func(w io.Writer) error { return WriteZip(w, folder, c.Time) })
	if err != nil {
		return Root{}, fmt.Errorf("write bundle: %w", err)
	}
	return root, nil
}

// A listWriter is a Copy whose openings were read.
type listWriter struct {
	Copy
	entries  []Entry
	openings map[string]commit.Opening // by path of the exhibit
}

// plan refuses what would make a bundle that Verify does not pass.
func (c Copy) plan() (listWriter, error) {
	w := listWriter{Copy: c, openings: map[string]commit.Opening{}}
	if err := (Contents{Case: c.Case, Software: c.Software, Info: c.Info}).checkInfo(); err != nil {
		return w, err
	}
	if len(c.Items) > 0 && c.Open == nil {
		return w, errors.New("no way to open the payload")
	}
	for _, x := range c.Items {
		o, err := commit.ParseOpening(x.Opening)
		if err != nil {
			return w, fmt.Errorf("opening: %w", err)
		}
		if sha, sm3 := c.List.Commits(o.Number, x.Opening); !sha || !sm3 {
			return w, fmt.Errorf("opening of %s is not that of the list", o.Number)
		}
		if _, twice := w.openings[o.Data]; twice {
			return w, fmt.Errorf("%s goes along twice", o.Number)
		}
		w.openings[o.Data] = o
		e := Entry{Path: o.Data, Number: o.Number, Size: o.Size, Sums: Sums{o.SHA256, o.SM3}}
		if x.Record != nil {
			if sumsOf(x.Record).SHA256 != o.Record {
				return w, fmt.Errorf("record of %s is not that of its opening", o.Number)
			}
			r, err := parseExhibitRecord(x.Record)
			if err != nil {
				return w, fmt.Errorf("record of %s: %w", o.Number, err)
			}
			e = entryOfRecord(o, r)
		}
		w.entries = append(w.entries, e)
	}
	sortByPath(w.entries)
	return w, nil
}

// entryOfRecord is what a bundle says of an exhibit of format 2.
func entryOfRecord(o commit.Opening, r commit.Record) Entry {
	e := Entry{Path: o.Data, Number: o.Number, Kind: r.Kind, MediaType: r.MediaType, OriginalName: r.Name,
		OriginalNameHex: r.NameHex, Size: o.Size, Sums: Sums{o.SHA256, o.SM3}, Times: []EntryTime{}}
	for _, t := range r.Times {
		e.Times = append(e.Times, EntryTime{t.What, t.Time, t.Source})
	}
	return e
}

// write writes everything but the payload, the root document last.
func (w listWriter) write(partial string) (Root, error) {
	sha, sm3 := map[string]string{}, map[string]string{}
	total := int64(0)
	for _, e := range w.entries {
		sha[e.Path], sm3[e.Path] = e.SHA256, e.SM3
		total += e.Size
	}
	catalogue, err := formatCatalogue(w.entries)
	if err != nil {
		return Root{}, err
	}
	info := w.info(total)
	files := []TagFile{
		{bagitName, []byte(declaration)},
		{bagInfoName, []byte(info)},
		{manifestName, formatManifest(sha)},
		{payloadSM3Name, formatManifest(sm3)},
		{listName, w.List.Text()},
		{listSM3Name, w.List.SM3Text()},
		{catalogueName, catalogue},
		{logName, w.Log},
		{logDigestsName, w.LogDigests},
		{indexName, IndexHTML()},
		{stepsName, VerifyText()},
	}
	for _, x := range w.Items {
		o, _ := commit.ParseOpening(x.Opening) // read by plan
		files = append(files, TagFile{commit.OpeningPath(o.Number), x.Opening})
		if x.Record != nil {
			files = append(files, TagFile{commit.RecordPath(o.Number), x.Record})
		}
	}
	if w.Timeline != nil {
		files = append(files, TagFile{timelineName, w.Timeline})
	}
	listed := map[string]string{}
	for _, f := range files {
		if err := writeFile(filepath.Join(partial, filepath.FromSlash(f.Name)), f.Content); err != nil {
			return Root{}, err
		}
		listed[f.Name] = sumsOf(f.Content).SHA256
	}
	for _, f := range w.Seal {
		if err := writeFile(filepath.Join(partial, SealDir, f.Name), f.Content); err != nil {
			return Root{}, err
		}
	}
	doc := formatManifest(listed)
	if w.Sign != nil {
		armored, err := w.Sign(doc)
		if err == nil {
			err = writeFile(filepath.Join(partial, SealDir, SealCopySignature), armored)
		}
		if err != nil {
			return Root{}, fmt.Errorf("sign the copy: %w", err)
		}
	}
	if err := syncTree(partial); err != nil {
		return Root{}, err
	}
	if err := writeFile(filepath.Join(partial, RootName), doc); err != nil {
		return Root{}, err
	}
	fields, _ := parseInfo([]byte(info), DefaultLimits.Line)
	return rootOf(sumsOf(doc), fields).of(w.List, w.LogDigests), nil
}

// info writes bag-info.txt. It has no head of a log and no older root: these
// would tell two copies apart, or what an older one held.
func (w listWriter) info(bytes int64) string {
	var b strings.Builder
	for _, f := range append([]InfoField{
		{"Bag-Software-Agent", w.Software},
		{"Bagging-Date", w.Time.Format(time.DateOnly)},
		{"External-Identifier", w.Case},
		{"Payload-Oxum", fmt.Sprintf("%d.%d", bytes, len(w.entries))},
		{keySealed, w.Time.Format(time.RFC3339)},
		{keyFormat, formatTwo},
	}, w.Info...) {
		b.WriteString(f.Key + ": " + f.Value + "\n")
	}
	return b.String()
}
