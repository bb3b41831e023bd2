package transcript

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
)

// maxHeard bounds what a speech program may say of one recording.
const maxHeard = 4 << 20

// Hear runs an outside speech program on a recording and returns what it
// writes to its standard output: plain text, SRT or WebVTT. It runs in an
// empty folder of its own, so that what it leaves behind goes with it.
func Hear(ctx context.Context, command []string, recording string) (string, error) {
	recording, err := filepath.Abs(recording)
	if err != nil {
		return "", err
	}
	args, named := slices.Clone(command), false
	for i, a := range args[1:] {
		if strings.Contains(a, "{}") {
			args[i+1], named = strings.ReplaceAll(a, "{}", recording), true
		}
	}
	if !named {
		args = append(args, recording)
	}
	scratch, err := os.MkdirTemp("", "juzheng-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(scratch)
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = scratch, &out, &complaint
	if err := cmd.Run(); err != nil {
		last := strings.TrimSpace(complaint.String())
		return "", fmt.Errorf("%s: %w %s", args[0], err, last[strings.LastIndexByte(last, '\n')+1:])
	}
	if out.Len() > maxHeard {
		return "", fmt.Errorf("%s wrote %d bytes, more than any recording holds", args[0], out.Len())
	}
	text, ok := evidence.DecodeIfText(out.Bytes())
	if text = strings.TrimSpace(text); !ok || text == "" {
		return "", fmt.Errorf("%s wrote no text", args[0])
	}
	if _, err := Read([]byte(text)); err != nil {
		return "", fmt.Errorf("%s: %w", args[0], err)
	}
	return text, nil
}
