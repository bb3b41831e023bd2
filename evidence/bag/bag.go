// Package bag writes and checks evidence bundles: bags as defined by BagIt
// 1.0 (RFC 8493) with a printed root, a custody chain and a place for
// signatures and time-stamps.
//
// A bag is a directory whose payload, under data/, is listed with a SHA-256
// digest per file in manifest-sha256.txt. The manifest has the form read by
// sha256sum, so anybody can check a bag without this program:
//
//	$ cd BAG && sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt
//
// [Write] makes a bundle from [Contents]. It returns the [Root], the digest of
// the tag manifest, which lists everything else; printed on a signed letter it
// is what ties the bundle to paper ([FormatRoot], [QRText]). What vouches for
// the root, and so cannot lie under it, stands in seal/ ([SealDir]): a
// signature (package sshsig), a time-stamp (package timestamp), and the log of
// what was done after the seal ([NextAfter]). [WriteZip] packs a bundle;
// [WriteCopy] and [WriteZipCopy] leave out files that a reader is not to have,
// and keep the root.
//
// That is format 1. In format 2 what a letter prints is the evidence code of a
// list of commitments (package commit), which every copy holds, whole or
// partial: [WriteEvidence] makes one of [Copy], and it is a complete bag. The
// digest of its root document vouches for that one copy ([Root.Copy]).
//
// [Verify] judges a bundle or any other bag, as a folder or as a zip that is
// never unpacked; the path may come from an enemy. It lists all that is wrong
// as [Problem] values, each with a stable code; [Result.ExitCode] and the
// [Verdict] sum them up. A bundle of ours is held to stricter rules than a bag
// of others. Without anything from outside the best verdict is [WithinItself]:
// whoever rewrote the whole bundle would get it too. [Anchored] needs the root
// from the paper ([Options.Expect]), the key of a signer, or the certificates
// of a time-stamp authority.
//
// What somebody checks a bundle by has three names, and each is one thing: the
// evidence code 证据码 (format 2, of the list of commitments, on letters), the root
// 总校验码 (format 1, of the tag manifest, on letters), and the digest of this copy
// 本包校验值 (of the copy's root document, on its slip alone).
//
// The codes, how grave each is and what it says in two languages stand in one
// table, in words.go; the files judge*.go decide which of them holds.
//
// As in the RFC, a bag knows nothing about what its payload means.
package bag

import (
	"io"
	"time"
)

// The names of a bundle's files, RFC 8493 and ours.
const (
	bagitName     = "bagit.txt"
	bagInfoName   = "bag-info.txt"
	manifestName  = "manifest-sha256.txt"
	sm3Name       = "sm3sums.txt" // not manifest-sm3.txt: other validators refuse an algorithm they do not know
	evidenceName  = "evidence.json"
	catalogueName = "catalogue.csv"
	timelineName  = "timeline.csv"
	custodyName   = "custody.jsonl"
	indexName     = "index.html"
	// of format 2
	listName       = "commitments.txt"
	listSM3Name    = "commitments-sm3.txt"
	payloadSM3Name = "payload-sm3.txt"
	logName        = "log.jsonl"
	logDigestsName = "log-digests.txt"
	openingsDir    = "openings"
	recordsDir     = "records"
	stepsName      = "VERIFY.txt"
	// RootName is the root document: the one file whose digest is printed.
	RootName = "tagmanifest-sha256.txt"
	// SealDir holds what vouches for the root and so cannot be under it.
	SealDir = "seal"
)

// The names a bundle may have under [SealDir].
const (
	SealQuery     = "root.tsq"      // RFC 3161 query
	SealReply     = "root.tsr"      // RFC 3161 reply, whole
	SealChain     = "tsa-chain.pem" // certificates the reply does not carry
	SealSignature = "root.sshsig"   // SSH signature, armored
	SealMinisign  = "root.minisig"
	SealSigners   = "signers"      // who is said to have signed; proves nothing, being inside
	SealAfter     = "after.jsonl"  // custody after the seal
	SealWithheld  = "withheld.txt" // paths a partial copy leaves out, one a line
	// of format 2: a signature over the root document of one copy
	SealCopySignature = "copy.sshsig"
)

// An Entry is one payload file and what evidence.json says of it.
type Entry struct {
	Path            string `json:"path"` // "data/E001.m4a": ASCII, below data/
	Number          string `json:"number"`
	Kind            string `json:"kind"`
	MediaType       string `json:"media_type"`
	OriginalName    string `json:"original_name"`               // always UTF-8
	OriginalNameHex string `json:"original_name_hex,omitempty"` // raw bytes, if the name was not UTF-8
	Size            int64  `json:"size"`                        // bytes
	Sums
	Times []EntryTime `json:"times"`
}

// An EntryTime is one time known of a file, and how it is known.
type EntryTime struct {
	What   string `json:"what"`   // captured, modified, added
	Time   string `json:"time"`   // RFC 3339 with offset
	Source string `json:"source"` // what it was read from
}

// A TagFile is a file of ours beside the payload: index.html, VERIFY.txt, a
// letter. Name is relative to the bundle, with /.
type TagFile struct {
	Name    string
	Content []byte
}

// An InfoField is one further line of bag-info.txt.
type InfoField struct{ Key, Value string }

// Contents is all that goes into a bundle. The same Contents give the same
// bytes.
type Contents struct {
	Case       string    // case id, External-Identifier
	Time       time.Time // of the seal; printed in its own zone
	Software   string    // Bag-Software-Agent: "juzheng 1.0"
	Supersedes string    // SHA-256 root of the bundle this one replaces, or empty

	Entries []Entry
	// Open gives the bytes of an entry. They are hashed while being copied
	// and must give the entry's size and digests.
	Open func(Entry) (io.ReadCloser, error)

	Timeline []byte    // timeline.csv
	Tags     []TagFile // if index.html or VERIFY.txt is not among them, the release's own is used
	Custody  []byte    // custody.jsonl up to and with the seal
	Info     []InfoField
}
