package desk

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// OrganisationFile, in the settings folder or beside the cases, says once who prepares
// papers for people: the [organisation] of case.toml, that every new case begins with.
const OrganisationFile = "organisation.toml"

// An OrganisationUsed tells that a new case begins with the organisation of a file.
type OrganisationUsed struct{ Path, Name string }

// Code names the notice.
func (OrganisationUsed) Code() string { return "organisation-used" }

// ownOrganisation fills in what a new case does not say of the organisation, from the
// files of the user; the one beside the cases counts more. A case keeps what it began
// with: its papers must not change with the machine they are made on.
func ownOrganisation(d Desk, dir string, c *evidence.Case) error {
	var of evidence.Organisation
	used := ""
	for _, from := range recordFolders(d, dir) {
		path := filepath.Join(from, OrganisationFile)
		o, any, err := readOrganisation(path)
		if err != nil {
			return err
		}
		if any {
			of, used = o, path
		}
	}
	if used == "" {
		return nil
	}
	own := &c.Organisation
	if own.Name != "" && own.Name != of.Name { // another one prepares this case
		return nil
	}
	own.Name, own.Address = cmp.Or(own.Name, of.Name), cmp.Or(own.Address, of.Address)
	own.Phone, own.Signatory = cmp.Or(own.Phone, of.Phone), cmp.Or(own.Signatory, of.Signatory)
	own.Review = cmp.Or(own.Review, of.Review)
	d.tell(OrganisationUsed{used, own.Name})
	return nil
}

// readOrganisation reads such a file; there may be none.
func readOrganisation(path string) (o evidence.Organisation, any bool, err error) {
	at, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return o, false, nil
	case err != nil:
		return o, false, fmt.Errorf("read %s: %w", path, err)
	case !at.Mode().IsRegular() || at.Size() > mostRecordBytes:
		return o, false, &evidence.RecordError{File: path, Found: kindOfFile(at),
			Wanted: evidence.Text{ZH: "普通文件，里面写 [organisation]", EN: "a plain file that holds [organisation]"}}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return o, false, &UnreadableError{path, err}
	}
	o, err = folder.ParseOrganisation(path, data)
	return o, err == nil, err
}
