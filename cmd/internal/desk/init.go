package desk

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/google/uuid"

	"juzheng/evidence"
	"juzheng/evidence/bag/commit"
	"juzheng/evidence/folder"
)

// A NewCase is the case that was made.
type NewCase struct {
	Case string `json:"case"` // its folder
	ID   string `json:"id"`
}

// Lines are the objects of the result.
func (r NewCase) Lines() []Line { return []Line{{"summary", r}} }

// Init makes a case folder of what is known so far; its id is drawn here.
func Init(ctx context.Context, d Desk, dir string, c evidence.Case) (NewCase, error) {
	id, err := newID(d.Now)
	if err != nil {
		return NewCase{}, err
	}
	c.ID, c.Created = id, d.Now
	if err := ownOrganisation(d, dir, &c); err != nil {
		return NewCase{}, err
	}
	if _, err := folder.Init(dir, c, d.Now, d.tool()); err != nil {
		return NewCase{}, err
	}
	return NewCase{dir, id}, nil
}

// InitPublished makes the folder of an invented case, whose id and key are
// known to everybody: with the same clock it is the same, byte for byte.
func InitPublished(ctx context.Context, d Desk, dir string, c evidence.Case, key commit.Key) (NewCase, error) {
	c.Created = d.Now
	if _, err := folder.InitPublished(dir, c, key, d.Now, d.tool()); err != nil {
		return NewCase{}, err
	}
	return NewCase{dir, c.ID}, nil
}

// ReadAnswers reads what is known of a case from a file written like
// case.toml. A file that cannot be read is an [*UnreadableError], mistakes in
// it are [folder.LineErrors].
func ReadAnswers(file string) (evidence.Case, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return evidence.Case{}, &UnreadableError{file, err}
	}
	return folder.ParseCase(file, data)
}

// newID draws a case id: UUIDv7 (RFC 9562), whose time part is the clock of
// this run and whose rest is random.
func newID(now time.Time) (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("draw a case id: %w", err)
	}
	ms := now.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	return id.String(), nil
}
