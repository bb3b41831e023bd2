package bag

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An evidenceFile is evidence.json: what a program needs to know of a bundle.
type evidenceFile struct {
	Schema   int     `json:"schema"`
	Case     string  `json:"case"`
	Sealed   string  `json:"sealed"` // RFC 3339
	Software string  `json:"software"`
	Files    []Entry `json:"files"` // sorted by path
}

func formatEvidence(c Contents, entries []Entry) ([]byte, error) {
	e := evidenceFile{1, c.Case, c.Time.Format(time.RFC3339), c.Software, entries}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(e); err != nil {
		return nil, fmt.Errorf("%s: %w", evidenceName, err)
	}
	return b.Bytes(), nil
}

// valuesPerFile is how many values evidence.json may hold for a file; it has
// about twenty. What is read into memory is many times as large as its text.
const valuesPerFile = 100

func parseEvidence(text []byte, depth, values int) (evidenceFile, error) {
	var e evidenceFile
	if err := strictJSON(text, depth, values); err != nil {
		return e, err
	}
	if err := json.Unmarshal(text, &e); err != nil {
		return e, err
	}
	if e.Schema < 1 {
		return e, errors.New("schema is missing")
	}
	return e, nil
}

// catalogueHead are the columns of catalogue.csv.
var catalogueHead = []string{"编号", "文件", "原文件名", "字节数", "SHA-256", "SM3"}

func catalogueRow(e Entry) []string {
	return []string{e.Number, e.Path, spreadsheetText(e.OriginalName), strconv.FormatInt(e.Size, 10), e.SHA256, e.SM3}
}

// spreadsheetText keeps Excel from taking a name for a formula, and line
// breaks out of the cell.
func spreadsheetText(s string) string {
	s = shown(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

// formatCatalogue writes catalogue.csv with BOM and CRLF, as Excel wants it.
func formatCatalogue(entries []Entry) ([]byte, error) {
	b := bytes.NewBuffer(bytes.Clone(utf8BOM))
	w := csv.NewWriter(b)
	w.UseCRLF = true
	rows := [][]string{catalogueHead}
	for _, e := range entries {
		rows = append(rows, catalogueRow(e))
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("%s: %w", catalogueName, err)
	}
	return b.Bytes(), nil
}

// parseCatalogue returns the rows below the head, at most limit of them.
func parseCatalogue(text []byte, limit int) ([][]string, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, utf8BOM)))
	r.FieldsPerRecord = len(catalogueHead)
	var rows [][]string
	for len(rows) <= limit {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], catalogueHead) {
		return nil, errors.New("the head line is another")
	}
	return rows[1:], nil
}

// formatInfo writes bag-info.txt, RFC 8493, 2.2.2.
func formatInfo(c Contents, bytes int64, files int, head string, records int) string {
	fields := []InfoField{
		{"Bag-Software-Agent", c.Software},
		{"Bagging-Date", c.Time.Format(time.DateOnly)},
		{"External-Identifier", c.Case},
		{"Payload-Oxum", fmt.Sprintf("%d.%d", bytes, files)},
		{keySealed, c.Time.Format(time.RFC3339)},
		{keyCustodyHead, head},
		{keyCustodyEntries, strconv.Itoa(records)},
	}
	if c.Supersedes != "" {
		fields = append(fields, InfoField{keySupersedes, c.Supersedes})
	}
	var b strings.Builder
	for _, f := range append(fields, c.Info...) {
		b.WriteString(f.Key + ": " + f.Value + "\n")
	}
	return b.String()
}
