package transcript_test

import (
	"fmt"

	"juzheng/evidence/intake/transcript"
)

func Example() {
	const srt = "1\n00:00:01,200 --> 00:00:03,000\n再不还就上门\n\n2\n00:00:04,000 --> 00:00:06,500\n请不要再打了\n"
	fmt.Println("cues:", transcript.IsSubtitle(srt))
	cues, err := transcript.Read([]byte(srt))
	for _, c := range cues {
		fmt.Println(c.Begin, c.End, c.Text)
	}
	fmt.Println(err)
	// Output:
	// cues: true
	// 1.2s 3s 再不还就上门
	// 4s 6.5s 请不要再打了
	// <nil>
}
