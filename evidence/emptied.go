package evidence

import "fmt"

// An EmptiedCell is a cell of the timeline that was emptied by hand.
type EmptiedCell struct {
	Row    string `json:"row"`
	Column string `json:"column"` // its English head
	Was    string `json:"was"`
	Head   Text   `json:"-"`
}

// Text is the cell in words: T001 认为属于（V06）.
func (c EmptiedCell) Text() Text {
	was := []rune(c.Was)
	if len(was) > 12 {
		was = append(was[:12:12], '…')
	}
	return Text{ZH: fmt.Sprintf("%s %s（%s）", c.Row, c.Head.ZH, string(was)),
		EN: fmt.Sprintf("%s %s (%s)", c.Row, c.Head.EN, string(was))}
}
