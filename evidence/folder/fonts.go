package folder

import "slices"

// A Font is one of the person or the system that drew characters in papers.
type Font struct {
	File   string `json:"file"`   // its name, without folders
	Name   string `json:"name"`   // as it calls itself
	SHA256 string `json:"sha256"` // of the file
}

// Fonts are those that the papers in packet/ were made with; none where no record says.
func (f *Folder) Fonts() []Font {
	m, _ := readMade(f.Path(PacketDir))
	return m.Fonts
}

// withFonts are fonts and those of others that are not among them.
func withFonts(fonts, others []Font) []Font {
	for _, f := range others {
		if !slices.Contains(fonts, f) {
			fonts = append(fonts, f)
		}
	}
	return fonts
}
