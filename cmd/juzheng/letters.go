package main

import (
	"context"

	"juzheng/cmd/internal/desk"
)

// buildLetter writes a letter that needs no violation.
func buildLetter(ctx context.Context, e *env, dir string, o desk.LetterOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.BuildLetter(ctx, d, dir, o)
	if err != nil {
		return e.unlessBlocked(err)
	}
	if e.json {
		if err := e.emitLines(r.Lines(), dir); err != nil {
			return err
		}
	} else {
		for _, l := range r.Letters {
			e.printf(text{ZH: "%s，交给%s：%s\n", EN: "%s, to %s: %s\n"}, r.Application.Title.In(e.lang), l.Recipient,
				l.Folder)
		}
	}
	e.say(text{
		ZH: "逐字读一遍，签名后提交；先读里面的“提交说明”。\n提交以后，在 case.toml 的 [[filings]] 里写下：to、date、receipt（工单号）。",
		EN: "read it word by word, sign, hand it in; first read the note beside it.\n" +
			"afterwards write into [[filings]] of case.toml: to, date, receipt (the number you were given).",
	})
	return nil
}
