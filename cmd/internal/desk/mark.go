package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"

	"juzheng/evidence/folder"
)

// Mark tells two states of a case folder apart by one look at its files: their
// sizes and times, and nothing of their content. Of a folder that cannot be
// read it is the same every time.
func Mark(dir string) string {
	h := sha256.New()
	for _, name := range []string{folder.CaseFile, folder.TimelineFile, folder.RegisterFile, folder.AnswersFile,
		folder.RedactionsFile, folder.ReadingsFile, folder.TrackedFile, folder.CustodyFile, folder.PacketDir} {
		info, err := os.Lstat(dir + string(os.PathSeparator) + name)
		if err != nil {
			continue
		}
		fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano())
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
