package desk

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/encrypt"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// A ThingKind is what a path turns out to be.
type ThingKind string

// The kinds of things.
const (
	ThingFolder       ThingKind = "folder"        // of files of a phone, or of anything else
	ThingCase         ThingKind = "case"          // a case folder
	ThingBundle       ThingKind = "bundle"        // a bag: folder or zip
	ThingInBundle     ThingKind = "in-bundle"     // a file of a bag
	ThingInCase       ThingKind = "in-case"       // a file in a case folder, whoever put it there
	ThingLocked       ThingKind = "locked"        // a file of age
	ThingAnswers      ThingKind = "answers"       // written like case.toml
	ThingSecretKey    ThingKind = "secret-key"    // of SSH
	ThingIdentity     ThingKind = "identity"      // a secret key of age
	ThingPublicKeys   ThingKind = "public-keys"   // of age or SSH
	ThingSigners      ThingKind = "signers"       // allowed signers of ssh-keygen
	ThingCertificates ThingKind = "certificates"  // PEM
	ThingStampRequest ThingKind = "stamp-request" // .tsq
	ThingStampReply   ThingKind = "stamp-reply"   // .tsr
	ThingPacked       ThingKind = "packed"        // an archive whose files can be added
	ThingArchive      ThingKind = "archive"       // not opened: 7z, rar, app package
	ThingFile         ThingKind = "file"          // that can be an exhibit
	ThingEmpty        ThingKind = "empty"         // a file of no bytes
	ThingSpecial      ThingKind = "special"       // a pipe, a device
	ThingDangling     ThingKind = "dangling"      // a link that leads nowhere
)

// A Thing is what [Recognise] says of a path.
type Thing struct {
	Kind      ThingKind
	Within    string               // the case or bundle a file lies in; of a dangling link its target
	Part      CasePart             // of a file in a case
	Exhibit   evidence.ExhibitKind // of a file that can be an exhibit
	MediaType string               // of the same
}

// A CasePart is what a file in a case folder is to the case.
type CasePart string

// The parts.
const (
	PartFacts    CasePart = "facts"    // case.toml
	PartTimeline CasePart = "timeline" // timeline.csv
	PartExhibit  CasePart = "exhibit"  // registered
	PartPapers   CasePart = "papers"   // in the packet
	PartKept     CasePart = "kept"     // any other that the program keeps
	PartForeign  CasePart = "foreign"  // put there by the person
)

// partOf tells a file by its name in the case folder.
func partOf(name string) CasePart {
	top, _, below := strings.Cut(name, "/")
	switch {
	case name == folder.CaseFile:
		return PartFacts
	case name == folder.TimelineFile:
		return PartTimeline
	case top == folder.ExhibitsDir && below:
		return PartExhibit
	case top == folder.PacketDir && below:
		return PartPapers
	case below, folder.Keeps(name):
		return PartKept
	}
	return PartForeign
}

// Recognise says what a path is, by its content before its name. Nothing is
// unpacked, unlocked or changed. A path that is not there is fs.ErrNotExist.
func Recognise(given string) (Thing, error) {
	info, err := os.Stat(given)
	if errors.Is(err, fs.ErrNotExist) {
		if target, linkErr := os.Readlink(given); linkErr == nil {
			return Thing{Kind: ThingDangling, Within: target}, nil
		}
	}
	switch {
	case err != nil:
		return Thing{}, err
	case info.IsDir():
		return recogniseFolder(given), nil
	case !info.Mode().IsRegular():
		return Thing{Kind: ThingSpecial}, nil
	case info.Size() == 0:
		return Thing{Kind: ThingEmpty}, nil
	}
	f, err := disk.OpenRegular(given)
	if err != nil {
		return Thing{}, err
	}
	defer f.Close()
	thing, err := recogniseContent(f, info.Size(), filepath.Base(given))
	if err != nil || thing.Kind == ThingBundle || thing.Kind == ThingLocked {
		return thing, err
	}
	if in, ok := place(given); ok {
		in.Exhibit, in.MediaType = thing.Exhibit, thing.MediaType
		return in, nil
	}
	return thing, nil
}

func recogniseFolder(dir string) Thing {
	switch {
	case isFile(filepath.Join(dir, folder.CaseFile)):
		return Thing{Kind: ThingCase}
	case isFile(filepath.Join(dir, "bagit.txt")):
		return Thing{Kind: ThingBundle}
	}
	return Thing{Kind: ThingFolder}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// recogniseContent looks at the beginning of a file, and at the names in a zip.
func recogniseContent(f io.ReaderAt, size int64, name string) (Thing, error) {
	head := make([]byte, min(size, 16<<10))
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return Thing{}, err
	}
	head = head[:n]
	text := strings.TrimLeft(string(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))), " \t\r\n")
	switch ext := strings.ToLower(path.Ext(name)); {
	case encrypt.Encrypted(head):
		return Thing{Kind: ThingLocked}, nil
	case isBagZip(f, size, head):
		return Thing{Kind: ThingBundle}, nil
	case ext == ".tsq":
		return Thing{Kind: ThingStampRequest}, nil
	case ext == ".tsr":
		return Thing{Kind: ThingStampReply}, nil
	case ext == ".toml":
		return Thing{Kind: ThingAnswers}, nil
	case strings.HasPrefix(text, "-----BEGIN CERTIFICATE"):
		return Thing{Kind: ThingCertificates}, nil
	case strings.HasPrefix(text, "-----BEGIN ") && strings.Contains(text, "PRIVATE KEY-----"):
		return Thing{Kind: ThingSecretKey}, nil
	case strings.HasPrefix(text, "AGE-SECRET-KEY-"), strings.Contains(text, "\nAGE-SECRET-KEY-"):
		return Thing{Kind: ThingIdentity}, nil
	case strings.Contains(text, "namespaces=") && strings.Contains(text, " ssh-ed25519 "):
		return Thing{Kind: ThingSigners}, nil
	case strings.HasPrefix(text, "age1"), strings.HasPrefix(text, "ssh-ed25519 "), strings.HasPrefix(text, "ssh-rsa "):
		return Thing{Kind: ThingPublicKeys}, nil
	}
	kind, mediaType, taken := intake.Glance(f, size, name)
	if !taken && intake.Opens(f, size) {
		return Thing{Kind: ThingPacked, MediaType: mediaType}, nil
	}
	if !taken {
		return Thing{Kind: ThingArchive, MediaType: mediaType}, nil
	}
	return Thing{Kind: ThingFile, Exhibit: kind, MediaType: mediaType}, nil
}

// isBagZip reports a zip that holds bagit.txt, in a folder or without one. A
// zip that cannot be read is none; verify would say the same.
func isBagZip(f io.ReaderAt, size int64, head []byte) bool {
	if !bytes.HasPrefix(head, []byte("PK")) {
		return false
	}
	z, err := zip.NewReader(f, size)
	if err != nil {
		return false
	}
	for _, x := range z.File {
		if path.Base(x.Name) == "bagit.txt" && strings.Count(x.Name, "/") <= 1 {
			return true
		}
	}
	return false
}

// place finds the case or bundle that a file lies in.
func place(given string) (Thing, bool) {
	whole, err := filepath.Abs(given)
	if err != nil {
		return Thing{}, false
	}
	const deepest = 6 // packet/1-…/上传件/1/file
	dir := filepath.Dir(whole)
	for range deepest {
		name := filepath.ToSlash(strings.TrimPrefix(whole[len(dir):], string(filepath.Separator)))
		shown := dir
		if rel, err := filepath.Rel(filepath.Dir(whole), dir); err == nil {
			shown = filepath.Join(filepath.Dir(given), rel)
		}
		switch {
		case isFile(filepath.Join(dir, "bagit.txt")):
			return Thing{Kind: ThingInBundle, Within: shown}, true
		case isFile(filepath.Join(dir, folder.CaseFile)) && isFile(filepath.Join(dir, folder.RegisterFile)):
			return Thing{Kind: ThingInCase, Within: shown, Part: partOf(name)}, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return Thing{}, false
}

// CaseBeside is the case folder that is made for a folder or file of a phone
// where nobody named another: beside it.
func CaseBeside(given string) string {
	given = strings.TrimRight(given, string(filepath.Separator))
	if info, err := os.Stat(given); err == nil && info.Mode().IsRegular() {
		given = strings.TrimSuffix(given, filepath.Ext(given))
	}
	return given + "-案件"
}
