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

// chatNamed is whose chat an export may be, where folder and file have one name:
// 名字/名字.csv. A group's name writes nothing.
func chatNamed(path string) string {
	dir, file, _ := cutLast(strings.ReplaceAll(path, "\\", "/"))
	_, folder, _ := cutLast(dir)
	if folder != strings.TrimSuffix(file, filepath.Ext(file)) {
		return ""
	}
	return folder
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
// owner's; 我 is the owner anywhere. Of a chat that only may be with somebody,
// what bears their name came from them.
func between(partner, named string, r Row) evidence.Incident {
	i := r.Incident
	if r.Sender == "" || i.Direction != evidence.DirectionUnknown {
		return i
	}
	switch {
	case r.Sender == "我":
		i.Direction = evidence.Out
	case partner == "" && r.Sender == named:
		i.Direction = evidence.In
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
