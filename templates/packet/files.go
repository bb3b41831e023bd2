package packet

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"juzheng/evidence/disk"
	"juzheng/templates/document"
	"juzheng/templates/typeset"
)

// setFiles writes files that are made together, all of them whole or none.
// They are written aside: a book of pictures is too large to hold in memory.
func setFiles(paths []string, set func([]io.Writer) error) error {
	if err := disk.Set(paths, set); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(paths[0]), err)
	}
	return nil
}

// setFile writes one file as [setFiles] does.
func setFile(path string, set func(io.Writer) error) error {
	return setFiles([]string{path}, func(ws []io.Writer) error { return set(ws[0]) })
}

// setDocument writes a document as [setFile] does; pages are where exhibits
// stand in the book, as it cites them.
func setDocument(path string, doc document.Document, pages map[string]int, fonts typeset.Fonts) error {
	_, err := setPages(path, doc, pages, fonts)
	return err
}

// setPages is [setDocument], and says how many pages it has.
func setPages(path string, doc document.Document, pages map[string]int, fonts typeset.Fonts) (n int, err error) {
	err = setFile(path, func(w io.Writer) error {
		p, err := fonts.Document(w, doc, pages)
		n = p.Total
		return err
	})
	return n, err
}

// writeFiles writes small files into a folder that is not in its place yet.
func writeFiles(dir string, files map[string][]byte) error {
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
