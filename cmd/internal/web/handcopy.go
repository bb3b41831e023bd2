package web

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
)

// heldWords say what a copy holds, once with its count and once of one file.
var heldWords = []struct {
	of          func(desk.Holds) desk.Held
	count, what evidence.Text
}{
	{func(h desk.Holds) desk.Held { return h.Others }, evidence.Text{ZH: "别人的号码%d个", EN: "%d numbers of others"},
		evidence.Text{ZH: "别人的号码", EN: "numbers of others"}},
	{func(h desk.Holds) desk.Held { return h.People },
		evidence.Text{ZH: "别人的聊天账号%d个", EN: "%d chat accounts of others"},
		evidence.Text{ZH: "别人的聊天账号", EN: "chat accounts of others"}},
	{func(h desk.Holds) desk.Held { return h.Names },
		evidence.Text{ZH: "信里只写姓的别人的名字%d个，这里是全名", EN: "%d names of others in full, whom letters name by surname"},
		evidence.Text{ZH: "别人的全名", EN: "names of others in full"}},
	{func(h desk.Holds) desk.Held { return h.IDs },
		evidence.Text{ZH: "身份证号%d个，您自己的也算", EN: "%d identity numbers, your own counts"},
		evidence.Text{ZH: "身份证号", EN: "an identity number"}},
	{func(h desk.Holds) desk.Held { return h.Home }, evidence.Text{ZH: "您的住址", EN: "where you live"},
		evidence.Text{ZH: "您的住址", EN: "where you live"}},
	{func(h desk.Holds) desk.Held { return h.Codes },
		evidence.Text{ZH: "带验证码的短信%d条", EN: "%d messages with a verification code"},
		evidence.Text{ZH: "验证码", EN: "verification codes"}},
	{func(h desk.Holds) desk.Held { return h.Advisers },
		evidence.Text{ZH: "和警方、法院、律师的联系%d次", EN: "%d contacts with police, courts, lawyers"},
		evidence.Text{ZH: "和警方、法院、律师的联系", EN: "contacts with police, courts, lawyers"}},
	{func(h desk.Holds) desk.Held { return h.Private },
		evidence.Text{ZH: "像是私人的录音、聊天%d份", EN: "%d recordings or chats that seem private"},
		evidence.Text{ZH: "像是私人的", EN: "seems private"}},
	{func(h desk.Holds) desk.Held { return h.Unopened },
		evidence.Text{ZH: "可能装着全部短信、联系人的备份%d份", EN: "%d backups that may hold all messages and contacts"},
		evidence.Text{ZH: "可能有全部短信、联系人", EN: "may hold all messages and contacts"}},
	{func(h desk.Holds) desk.Held { return h.Unread },
		evidence.Text{ZH: "没有读过字的图片、扫描件%d份，自己看一遍", EN: "%d pictures or scans whose words were not read: look at them"},
		evidence.Text{ZH: "里面的字没有读过", EN: "its words were not read"}},
}

// previewOf says what a copy would hold, and which of its files a person may keep back.
func previewOf(p desk.CopyPreview, lang string) *previewView {
	out := &previewView{N: len(p.Here), Covered: strings.Join(p.Covered, "、"), Rows: strings.Join(p.Rows, "、"),
		Table: p.Holds.In(folder.TimelineFile)}
	of := map[string][]string{}
	for _, h := range heldWords {
		held := h.of(p.Holds)
		if held.Count == 0 {
			continue
		}
		text := h.count.In(lang)
		if strings.Contains(text, "%d") {
			text = fmt.Sprintf(text, held.Count)
		}
		out.Holds = append(out.Holds, text+evidence.Text{ZH: "：", EN: ": "}.In(lang)+strings.Join(held.Exhibits, "、"))
		for _, x := range held.Exhibits {
			of[x] = append(of[x], h.what.In(lang))
		}
	}
	for _, x := range p.Here {
		if what := of[x]; len(what) > 0 {
			out.Back = append(out.Back, choiceView{Value: x, Text: x + evidence.Text{ZH: "：", EN: ": "}.In(lang) +
				strings.Join(what, evidence.Text{ZH: "、", EN: ", "}.In(lang))})
		}
	}
	home, _ := os.UserHomeDir()
	out.Place = home
	for _, p := range sticks() {
		out.Place = p
	}
	return out
}

// sticks are the memory sticks and drives that are plugged in, as far as that shows.
func sticks() []string {
	var out []string
	for _, at := range []string{"/media/*/*", "/run/media/*/*", "/Volumes/*"} {
		found, _ := filepath.Glob(at)
		out = append(out, found...)
	}
	return out
}

// copyBundle makes the copy for a recipient, after what it holds was shown.
func (v *visit) copyBundle() error {
	role, _ := evidence.ParseRole(v.form("to"))
	place := filepath.Clean(v.form("place"))
	if info, err := os.Stat(place); err != nil || !info.IsDir() || !filepath.IsAbs(place) {
		return &mistake{"place", evidence.Text{ZH: "没有这个文件夹。插好U盘，写它的位置。",
			EN: "There is no such folder. Plug the stick in and write its place."}}
	}
	if v.form("seen") != "yes" {
		return &mistake{"seen", evidence.Text{ZH: "先看清这份副本里有什么，再勾上。",
			EN: "See first what the copy holds, and tick it."}}
	}
	without := v.r.PostForm["back"]
	to := filepath.Join(place, "证据包副本-"+string(role)+"-"+v.desk.Now.Format("20060102-150405")+".zip")
	dir, r := v.dir, v.reader()
	return v.work("copy", func(ctx context.Context, d desk.Desk) (any, error) {
		made, err := desk.Export(ctx, d, dir, desk.ExportOptions{To: to, Recipient: role, Without: without})
		if err == nil {
			r.mu.Lock()
			r.copied = append(r.copied, copied{role, made})
			r.mu.Unlock()
		}
		return made, err
	})
}

// A copied is a copy that was made for a recipient in this run.
type copied struct {
	role evidence.Role
	made desk.Exported
}

// A copiedView tells of a copy: where it lies, and by which digest its receiver compares it.
type copiedView struct{ Path, Digest string }

// copiesTo are the copies that were made for a recipient in this run.
func (v *visit) copiesTo(role evidence.Role) (out []copiedView) {
	r := v.reader()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.copied {
		if c.role == role {
			out = append(out, copiedView{c.made.Path, bag.FormatRoot(cmp.Or(c.made.Copy, c.made.Root))})
		}
	}
	return out
}
