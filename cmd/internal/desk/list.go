package desk

import (
	"context"

	"juzheng/evidence"
)

// A Listed is the register of a case.
type Listed struct {
	Exhibits []evidence.Exhibit
	Unusable []evidence.Unusable
}

// A ListSummary ends what is said of a register.
type ListSummary struct {
	Exhibits int `json:"exhibits"`
	Unusable int `json:"unusable"`
}

// Lines are the objects of the result.
func (r Listed) Lines() []Line {
	var out []Line
	for _, x := range r.Exhibits {
		out = append(out, Line{"exhibit", x})
	}
	for _, u := range r.Unusable {
		out = append(out, Line{"unusable", u})
	}
	return append(out, Line{"summary", ListSummary{len(r.Exhibits), len(r.Unusable)}})
}

// List reads the register of a case: its exhibits, and what could not be used.
func List(ctx context.Context, d Desk, dir string) (r Listed, err error) {
	f, err := openToRead(d, dir)
	if err != nil {
		return r, err
	}
	register, err := f.Register()
	return Listed{register.Exhibits, register.Unusable}, err
}
