package folder

// Supplement is the first exhibit of the supplement that stands for a recipient, with
// nothing else beside it, whatever the number of their folder; empty: none does.
func (f *Folder) Supplement(recipient string) string {
	m, _ := readMade(f.Path(PacketDir)) // none: nothing was built
	return ofRecipient(m.Supplements, recipient)
}

// BesideLetter is the first exhibit of the supplement that stands beside the letter to a
// recipient; empty: none does.
func (f *Folder) BesideLetter(recipient string) string {
	m, _ := readMade(f.Path(PacketDir))
	return ofRecipient(m.Beside, recipient)
}

// ofRecipient is what a folder has, whatever its number.
func ofRecipient(folders map[string]string, recipient string) string {
	for top, s := range folders {
		if Unnumbered(top) == Unnumbered(recipient) {
			return s
		}
	}
	return ""
}
