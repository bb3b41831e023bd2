package sshsig

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"path"
	"strings"
	"time"
)

// A signer is one line of an allowed signers file: who may sign, with which
// key, for what, and when.
type signer struct {
	principals    string
	keyBlob       []byte
	namespaces    string // pattern list; empty: any
	after, before time.Time
}

// A SignersError reports a line of an allowed signers file that cannot be
// read.
type SignersError struct {
	Line    int
	Mistake string
}

func (e *SignersError) Error() string {
	return fmt.Sprintf("allowed signers line %d: %s", e.Line, e.Mistake)
}

// SignerLine is the line of an allowed signers file that accepts the key of a
// signature, for signatures of one namespace only. It is empty if the
// signature cannot be read; whether it is sound is not checked.
func SignerLine(name, namespace string, signature []byte) string {
	sig, err := parse(signature)
	if err != nil {
		return ""
	}
	kind, _, _ := cutString(sig.keyBlob)
	return fmt.Sprintf("%s namespaces=%q %s %s", name, namespace, kind,
		base64.StdEncoding.EncodeToString(sig.keyBlob))
}

// CheckSigners reports what keeps a file from being a list of allowed signers
// and nothing else: a comment can say anything.
func CheckSigners(file []byte) error {
	number := 0
	for raw := range bytes.Lines(file) {
		number++
		line := strings.Trim(string(raw), " \t\r\n")
		if _, _, mistake := parseSigner(line, time.UTC); mistake != "" {
			return &SignersError{Line: number, Mistake: mistake}
		}
	}
	if number == 0 {
		return &SignersError{Mistake: "there is none"}
	}
	return nil
}

// parseSigners reads an allowed signers file (ssh-keygen(1), ALLOWED SIGNERS).
// Lines of other key types than are read, or of a certificate authority, are
// passed over.
func parseSigners(file []byte, zone *time.Location) ([]signer, error) {
	var list []signer
	number := 0
	for raw := range bytes.Lines(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))) {
		number++
		line := strings.Trim(string(raw), " \t\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		s, use, mistake := parseSigner(line, zone)
		if mistake != "" {
			return nil, &SignersError{Line: number, Mistake: mistake}
		}
		if use {
			list = append(list, s)
		}
	}
	return list, nil
}

func parseSigner(line string, zone *time.Location) (s signer, use bool, mistake string) {
	principals, rest, closed := cutField(line)
	s.principals = strings.Trim(principals, `"`)
	field, rest, also := cutField(rest)
	if !closed || !also {
		return s, false, "quotation mark without its partner"
	}
	use = true
	if !isKeyType(field) {
		if use, mistake = s.readOptions(field, zone); mistake != "" {
			return s, false, mistake
		}
		field, rest, _ = cutField(rest)
	}
	if !isKeyType(field) {
		return s, false, "no key type"
	}
	text, _, _ := cutField(rest)
	blob, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(blob) == 0 {
		return s, false, "no key"
	}
	if name, _, ok := cutString(blob); !ok || string(name) != field {
		return s, false, "key is not of the type named before it"
	}
	s.keyBlob = blob
	return s, use && formats[field] != nil, ""
}

// cutField cuts off the first field; spaces in quotation marks belong to it.
func cutField(line string) (field, rest string, closed bool) {
	quoted := false
	for i, r := range line {
		switch {
		case r == '"' && (i == 0 || line[i-1] != '\\'):
			quoted = !quoted
		case (r == ' ' || r == '\t') && !quoted:
			return line[:i], strings.TrimLeft(line[i:], " \t"), true
		}
	}
	return line, "", !quoted
}

func isKeyType(field string) bool {
	return strings.HasPrefix(field, "ssh-") || strings.HasPrefix(field, "ecdsa-") || strings.HasPrefix(field, "sk-")
}

// readOptions reads the comma separated options. An option this reader does
// not know is a mistake: it might restrict the key.
func (s *signer) readOptions(options string, zone *time.Location) (use bool, mistake string) {
	use = true
	for options != "" {
		option := options
		quoted := false
		for i, r := range options {
			if r == '"' {
				quoted = !quoted
			}
			if r == ',' && !quoted {
				option = options[:i]
				break
			}
		}
		options = strings.TrimPrefix(options[len(option):], ",")
		name, value, _ := strings.Cut(option, "=")
		value = strings.Trim(value, `"`)
		var err error
		switch strings.ToLower(name) {
		case "cert-authority":
			use = false
		case "namespaces":
			if s.namespaces = value; value == "" {
				return false, "namespaces names none"
			}
		case "valid-after":
			s.after, err = parseValidity(value, zone)
		case "valid-before":
			s.before, err = parseValidity(value, zone)
		default:
			return false, fmt.Sprintf("unknown option %q", name)
		}
		if err != nil {
			return false, fmt.Sprintf("%s is no time: %q", name, value)
		}
	}
	return use, ""
}

// parseValidity reads YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with Z for
// UTC.
func parseValidity(s string, zone *time.Location) (time.Time, error) {
	if plain, utc := strings.CutSuffix(s, "Z"); utc {
		s, zone = plain, time.UTC
	}
	layout := "20060102150405"
	if len(s) == 8 || len(s) == 12 {
		layout = layout[:len(s)]
	}
	return time.ParseInLocation(layout, s, zone)
}

func (s signer) inForce(at time.Time) bool {
	return (s.after.IsZero() || !at.Before(s.after)) && (s.before.IsZero() || !at.After(s.before))
}

// covers reports whether the key may sign for namespace. In the pattern list
// "!" forbids, and forbidding wins.
func (s signer) covers(namespace string) bool {
	if s.namespaces == "" {
		return true
	}
	allowed := false
	for pattern := range strings.SplitSeq(s.namespaces, ",") {
		pattern, not := strings.CutPrefix(pattern, "!")
		// Only * and ? are special to ssh.
		match, err := path.Match(strings.NewReplacer(`\`, `\\`, `[`, `\[`).Replace(pattern), namespace)
		if err != nil || !match {
			continue
		}
		if not {
			return false
		}
		allowed = true
	}
	return allowed
}
