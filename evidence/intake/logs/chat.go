package logs

import (
	"path/filepath"
	"regexp"
	"strings"

	"juzheng/evidence"
)

var chatFolder = regexp.MustCompile(`^(.+)\([^()@]+\)$`)

// chatPartner is whose chat an export is, where its folder says so:
// 名字(wxid_…)/名字.csv. A group has @chatroom in its brackets and no single
// partner.
func chatPartner(path string) string {
	path = strings.ReplaceAll(path, "\\", "/")
	dir, file, _ := cutLast(path)
	_, folder, _ := cutLast(dir)
	m := chatFolder.FindStringSubmatch(folder)
	if m == nil || m[1] != strings.TrimSuffix(file, filepath.Ext(file)) {
		return ""
	}
	return m[1]
}

func cutLast(path string) (dir, file string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// between gives a message its direction where the export does not, and names
// the other side: in the chat with one person, what another wrote is the
// owner's; 我 is the owner anywhere.
func between(partner string, r Row) evidence.Incident {
	i := r.Incident
	if r.Sender == "" || i.Direction != evidence.DirectionUnknown {
		return i
	}
	switch {
	case r.Sender == "我":
		i.Direction = evidence.Out
	case partner == "":
		return i
	case r.Sender == partner:
		i.Direction = evidence.In
	default:
		i.Direction = evidence.Out
	}
	if i.Direction == evidence.Out && (partner != "" || i.Name == r.Sender) {
		i.Name = partner
	}
	return i
}
