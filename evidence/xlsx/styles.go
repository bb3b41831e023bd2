package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"strconv"
)

// formsOf are the forms of cell styles, by their number.
func formsOf(f *zip.File) ([]Form, error) {
	var out []Form
	own := map[int]Form{}
	inCells := false
	err := tokens(f, MaxStrings, func(token xml.Token) error {
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "numFmt":
				if id, err := strconv.Atoi(attribute(t, "numFmtId")); err == nil {
					own[id] = formOf(attribute(t, "formatCode"))
				}
			case "cellXfs":
				inCells = true
			case "xf":
				if !inCells {
					return nil
				}
				id, _ := strconv.Atoi(attribute(t, "numFmtId"))
				form, ok := own[id]
				if !ok {
					form = knownForm(id)
				}
				out = append(out, form)
			}
		case xml.EndElement:
			inCells = inCells && t.Name.Local != "cellXfs"
		}
		return nil
	})
	return out, err
}
