package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"juzheng/evidence"
	"juzheng/templates/letter"
)

// supplementDir holds what is handed in after a filing.
const supplementDir = "补充材料"

var numberForm = regexp.MustCompile(`^(?:[Ee]|证据)?0*([1-9][0-9]{0,5})$`)

// supplementFrom finds the exhibit a supplement begins with: E012, 12 or
// 证据12. It has to exist, and another before it.
func supplementFrom(s string, exhibits []evidence.Exhibit) (string, error) {
	m := numberForm.FindStringSubmatch(s)
	if m == nil {
		return "", usage(text{"--supplement 要写证据编号，例如 E012；写的是 %s", "--supplement wants the number of an exhibit such as E012; found %s"}, s)
	}
	n, _ := strconv.Atoi(m[1])
	number := fmt.Sprintf("E%03d", n)
	for i, x := range exhibits {
		if x.Number == number && i > 0 {
			return number, nil
		}
	}
	if len(exhibits) > 0 && exhibits[0].Number == number {
		return "", usage(text{"%s 是第一份证据，它之前没有提交过的，不用做补充材料", "%s is the first exhibit; there is nothing before it to supplement"}, number)
	}
	return "", usage(text{"--supplement：没有证据 %s", "--supplement: there is no exhibit %s"}, number)
}

// writeSupplement sets the new exhibits of one recipient under the numbers
// they have, and the letter that goes with them. Where none belongs to the
// matter of this recipient there is nothing to write.
func (d *dossier) writeSupplement(dir string, in letter.Input) error {
	if d.supplement == "" {
		return nil
	}
	in, err := letter.Supplement(in, d.supplement)
	if errors.Is(err, letter.ErrNothingNew) {
		return nil
	}
	if err != nil {
		return err
	}
	dir = filepath.Join(dir, supplementDir)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	// Its pictures stand in the whole book as well: what could not be set is
	// told there.
	if _, err := d.writeBook(dir, "补充证据册", &in); err != nil {
		return err
	}
	d.supplemented = true
	note := letter.SupplementNote(in)
	if err := resolved(note); err != nil {
		return err
	}
	if err := setDocument(filepath.Join(dir, "补充证据说明.pdf"), note, in.Pages); err != nil {
		return err
	}
	files, err := adaptable(note)
	if err != nil {
		return err
	}
	return writeFiles(dir, files)
}
