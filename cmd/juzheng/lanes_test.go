package main

import (
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/track"
)

// What comes next names only letters that are made in the case, and of an
// association nothing that lies against an organ of the state alone.
func TestNextStepOfLane(t *testing.T) {
	for _, tt := range []struct {
		role        evidence.Role
		next        track.Next
		forward     bool
		want, never string
	}{
		{evidence.ToPlatform, track.Contest, true, "--to regulator,forward", "行政复议"},
		{evidence.ToPlatform, track.Contest, false, "--to regulator", "forward"},
		{evidence.ToLender, track.Unanswered, true, "--to regulator,forward", "行政复议"},
		{evidence.ToLender, track.Unanswered, false, "--to regulator", "forward"},
		{evidence.ToAssociation, track.Unanswered, true, "不能对它申请行政复议", "上级机关"},
		{evidence.ToAssociation, track.Contest, true, "不能对它申请行政复议", "例如行政复议"},
		{evidence.ToRegulator, track.Unanswered, true, "上级机关", "自律"},
		{evidence.ToPolice, track.Sign, true, "打印、签名", "律师"},
		{evidence.ToCourt, track.Sign, true, "先请律师看过", "打印、签名"},
		{evidence.To12345, track.Sign, true, "打电话说", "捺印"},
	} {
		l := desk.Lane{Forward: tt.forward}
		l.Role, l.Asked, l.Next = tt.role, tt.role, tt.next
		step := nextStep(l, "案件")
		said := step.say.ZH
		for _, run := range step.run {
			said += "\n" + run.ZH
		}
		if !strings.Contains(said, tt.want) || strings.Contains(said, tt.never) {
			t.Errorf("%s, %s, forward %t: want %q and not %q in\n%s", tt.role, tt.next, tt.forward, tt.want, tt.never,
				said)
		}
	}
}
