package timestamp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net/http"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"
)

// Request returns an RFC 3161 query over the SHA-256 of a document. It asks
// for the certificate of the signer: a reply without it could be altered
// unseen. Nonce gives the 64 random bits that tie the reply to this query; the
// error is of reading it.
func Request(document []byte, nonce io.Reader) ([]byte, error) {
	var bits [8]byte
	if _, err := io.ReadFull(nonce, bits[:]); err != nil {
		return nil, fmt.Errorf("time-stamp query: nonce: %w", err)
	}
	digest := sha256.Sum256(document)
	var b cryptobyte.Builder
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidSHA256)
				b.AddASN1NULL()
			})
			b.AddASN1OctetString(digest[:])
		})
		b.AddASN1BigInt(new(big.Int).SetBytes(bits[:]))
		b.AddASN1Boolean(true) // certReq
	})
	return b.Bytes()
}

// CheckRequest reports whether a file is no query.
func CheckRequest(query []byte) error {
	_, err := parseQuery(query)
	return err
}

// A parsedQuery is what a reply must answer.
type parsedQuery struct {
	imprint messageImprint
	nonce   *big.Int // nil: none
}

func parseQuery(query []byte) (parsedQuery, error) {
	var q parsedQuery
	var p cryptobyte.String
	var version int
	whole := cryptobyte.String(query)
	if !whole.ReadASN1(&p, tags.SEQUENCE) || !whole.Empty() || !p.ReadASN1Integer(&version) || !q.imprint.parse(&p) ||
		!p.SkipOptionalASN1(tags.OBJECT_IDENTIFIER) {
		return q, errors.New("not a time-stamp query")
	}
	if p.PeekASN1Tag(tags.INTEGER) {
		q.nonce = new(big.Int)
		if !p.ReadASN1Integer(q.nonce) {
			return q, errors.New("not a time-stamp query")
		}
	}
	return q, nil
}

// Asks reports whether a query asks for a time-stamp over the document.
func Asks(query, document []byte) bool {
	q, err := parseQuery(query)
	return err == nil && q.imprint.check(document) == nil
}

// A FetchError reports an answer of a time-stamp authority that is no
// time-stamp reply.
type FetchError struct {
	Status      string // of HTTP
	ContentType string
	Location    string // where a redirect leads; it is not followed
	TooLong     bool   // more bytes than any reply has
}

func (e *FetchError) Error() string {
	switch {
	case e.Location != "":
		return fmt.Sprintf("time-stamp authority answered %s to %q", e.Status, e.Location)
	case e.TooLong:
		return fmt.Sprintf("time-stamp authority answered more than %d bytes", replyLimit)
	}
	return fmt.Sprintf("time-stamp authority answered %s, %q", e.Status, e.ContentType)
}

// replyLimit bounds a reply; a real one has a few thousand bytes.
const replyLimit = 1 << 20

// Fetch sends a query to a time-stamp authority (RFC 3161, 3.4) and returns
// its reply whole and unchecked; see [Check]. It uses the network, and only
// address: a redirect is an error, since nobody named that other place. The
// errors are of the connection, or a [*FetchError].
func Fetch(ctx context.Context, client *http.Client, address string, query []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(query))
	if err != nil {
		return nil, fmt.Errorf("fetch time-stamp: %w", err)
	}
	request.Header.Set("Content-Type", "application/timestamp-query")
	request.Header.Set("Accept", "application/timestamp-reply")
	stays := *client
	stays.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := stays.Do(request)
	if err != nil {
		return nil, fmt.Errorf("fetch time-stamp: %w", err)
	}
	defer response.Body.Close()
	wrong := &FetchError{Status: response.Status, ContentType: response.Header.Get("Content-Type")}
	kind, _, err := mime.ParseMediaType(wrong.ContentType)
	switch {
	case response.StatusCode >= 300 && response.StatusCode < 400:
		wrong.Location = "?"
		if to, err := response.Location(); err == nil {
			wrong.Location = to.String()
		}
		return nil, wrong
	case response.StatusCode != http.StatusOK || err != nil || kind != "application/timestamp-reply":
		return nil, wrong
	}
	reply, err := io.ReadAll(io.LimitReader(response.Body, replyLimit+1))
	if err != nil {
		return nil, fmt.Errorf("fetch time-stamp: %w", err)
	}
	if len(reply) > replyLimit {
		wrong.TooLong = true
		return nil, wrong
	}
	return reply, nil
}
