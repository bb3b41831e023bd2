package filing

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/letter"

	"golang.org/x/text/unicode/norm"
)

// A Draft is a mail to be looked at and sent by the person, never by us.
type Draft struct {
	From, To    string // addresses; either may be empty, to be filled in
	FromName    string
	ToName      string
	Subject     string
	Text        string
	Date        time.Time
	Attachments []Attachment
}

// An Attachment is one file of a draft.
type Attachment struct {
	Name      string
	MediaType string
	Data      []byte
}

// EML is the draft as a message file (RFC 5322, MIME). X-Unsent makes mail
// programs open it for editing. The same draft gives the same bytes. An
// invalid address, or a line break in a header, is an error.
func EML(d Draft) ([]byte, error) {
	boundary := boundaryOf(d)
	var b bytes.Buffer
	head := func(k, v string) { fmt.Fprintf(&b, "%s: %s\r\n", k, v) }
	if strings.ContainsAny(d.Subject+d.FromName+d.From+d.To+d.ToName, "\r\n") {
		return nil, errors.New("mail draft: a line break in a header")
	}
	head("X-Unsent", "1")
	head("Date", d.Date.Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	for _, a := range []struct{ key, name, addr string }{{"From", d.FromName, d.From}, {"To", d.ToName, d.To}} {
		switch {
		case a.addr == "" && a.key == "To":
			// A group of nobody (RFC 5322, 3.4): programs expect the line, and the
			// person fills it in.
			head("To", group(a.name))
			continue
		case a.addr == "":
			continue // X-Unsent: the mail program puts in the person's own
		}
		m, err := mail.ParseAddress(a.addr)
		if err != nil {
			return nil, fmt.Errorf("mail draft: %s %q: %w", strings.ToLower(a.key), a.addr, err)
		}
		m.Name = a.name
		head(a.key, m.String())
	}
	// RFC 2047, 2: lines of at most 76
	head("Subject", strings.ReplaceAll(mime.BEncoding.Encode("utf-8", d.Subject), "?= =?", "?=\r\n =?"))
	head("MIME-Version", "1.0")
	head("Content-Type", `multipart/mixed; boundary="`+boundary+`"`)
	b.WriteString("\r\n")
	w := multipart.NewWriter(&b)
	if err := w.SetBoundary(boundary); err != nil {
		return nil, fmt.Errorf("mail draft: %w", err)
	}
	if err := part(w, textproto.MIMEHeader{"Content-Type": {"text/plain; charset=utf-8"}},
		[]byte(strings.ReplaceAll(d.Text, "\n", "\r\n"))); err != nil {
		return nil, err
	}
	for _, a := range d.Attachments {
		kind := a.MediaType
		if kind == "" {
			kind = "application/octet-stream"
		}
		h := textproto.MIMEHeader{
			// The names are Chinese. Older programs and web mail read this one only,
			// in the form of RFC 2047; the other is that of RFC 2231.
			"Content-Type":        {kind + ";\r\n name=\"" + encodedWords(a.Name) + "\""},
			"Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": a.Name})},
		}
		if err := part(w, h, a.Data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("mail draft: %w", err)
	}
	return b.Bytes(), nil
}

// group is an empty group of addresses that is called name.
func group(name string) string {
	if name == "" {
		name = "收件人"
	}
	return encodedWords(name) + ":;"
}

// encodedWords writes a text for a header (RFC 2047), in lines of at most 76.
func encodedWords(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '"' || r == '\\' || r < ' ' {
			return '_'
		}
		return r
	}, s)
	return strings.ReplaceAll(mime.BEncoding.Encode("utf-8", s), "?= =?", "?=\r\n =?")
}

// part writes one part in base64, in lines of 76 (RFC 2045, 6.8).
func part(w *multipart.Writer, h textproto.MIMEHeader, data []byte) error {
	h.Set("Content-Transfer-Encoding", "base64")
	p, err := w.CreatePart(h)
	if err != nil {
		return fmt.Errorf("mail draft: %w", err)
	}
	s := base64.StdEncoding.EncodeToString(data)
	for len(s) > 76 {
		fmt.Fprintf(p, "%s\r\n", s[:76])
		s = s[76:]
	}
	_, err = fmt.Fprintf(p, "%s\r\n", s)
	return err
}

// boundaryOf is the line between the parts of the message. Base64 cannot
// contain it: it has an underscore.
func boundaryOf(d Draft) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n", d.Subject, d.Date.Format(time.RFC3339), d.Text)
	for _, a := range d.Attachments {
		fmt.Fprintf(h, "%s\n%d\n", a.Name, len(a.Data))
	}
	return "juzheng_" + hex.EncodeToString(h.Sum(nil))[:32]
}

// MailRoom is how many bytes of attachments a draft takes: in base64 they are
// a third more, and what many mail services take is 20 MB.
const MailRoom = 14_000_000

// ByMail reports whether a letter can go by mail: to a platform or lender,
// whose address stands in its app, or where the directory has an address.
func ByMail(in letter.Input) bool {
	return in.Role == evidence.ToPlatform || in.Role == evidence.ToLender ||
		slices.ContainsFunc(in.Recipient.Channels, func(c templates.Channel) bool { return c.Type == templates.Email })
}

// DraftFor is the mail that carries a letter: from the complainant's address
// to the recipient's, as far as both are known. It says what is attached and
// nothing of the matter itself; that it waits for a second person, where it does. Later
// names what is too large to go along.
func DraftFor(in letter.Input, attachments []Attachment, later []string) Draft {
	p := in.Case.Complainant
	d := Draft{From: ownAddress(p.Email), FromName: p.Name, ToName: in.Recipient.Name, Date: in.Date,
		Attachments: attachments,
		Subject:     fmt.Sprintf("%s：%s（本人自编号%s）", letterName(in), p.Name, letter.Reference(in.Case.ID))}
	if in.Unreviewed {
		d.Subject = "【" + letter.ReviewMark + "】" + d.Subject
	}
	for _, c := range in.Recipient.Channels {
		if c.Type == templates.Email {
			d.To = c.Value
		}
	}
	names := make([]string, len(attachments))
	for i, a := range attachments {
		names[i] = a.Name
	}
	d.Text = "您好：\n\n现提交" + letterName(in) + "。"
	if len(names) > 0 {
		d.Text += "附件：" + strings.Join(names, "、") + "。"
	}
	if len(later) > 0 {
		d.Text += strings.Join(later, "、") + "文件较大，另行提交。"
	}
	d.Text += "\n请确认收到，并告知受理编号。\n\n" + p.Name + "\n"
	return d
}

// ownAddress is an address that mail programs take, as a person typed it; empty
// where it is none, such as 没有邮箱: the mail program then puts in its own.
func ownAddress(typed string) string {
	a, err := mail.ParseAddress(strings.TrimSpace(norm.NFKC.String(typed)))
	if err != nil || a.Name != "" {
		return ""
	}
	return a.Address
}
