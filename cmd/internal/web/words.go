package web

import (
	"errors"
	"fmt"
	"slices"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/lazyregexp"
)

// fill puts values into both languages of a text.
func fill(t evidence.Text, args ...any) evidence.Text {
	return evidence.Text{ZH: fmt.Sprintf(t.ZH, args...), EN: fmt.Sprintf(t.EN, args...)}
}

// things are what can be given, where it cannot be begun with.
var things = map[desk.ThingKind]struct{ what, hint evidence.Text }{
	desk.ThingCase: {
		evidence.Text{ZH: "这是一个案件文件夹。", EN: "This is the folder of a case."},
		evidence.Text{ZH: "拖进来的是一份副本。用“选择文件夹”打开它，接着做原来那一份。",
			EN: "What was dropped is a copy. Choose the folder instead, to go on with the case itself."}},
	desk.ThingLocked: {
		evidence.Text{ZH: "这是加了密的文件。", EN: "This file is locked."},
		evidence.Text{ZH: "在“核对一个证据包”里选它，写密码。", EN: "Choose it at “Check a bundle”, and write its passphrase."}},
	desk.ThingArchive: {
		evidence.Text{ZH: "这种压缩包程序打不开。", EN: "The program does not open archives of this kind."},
		evidence.Text{ZH: "先解压，再把解压出来的文件夹给这一页。", EN: "Unpack it and give the folder."}},
	desk.ThingEmpty: {
		evidence.Text{ZH: "这是空文件，里面没有内容。", EN: "This file is empty."},
		evidence.Text{ZH: "可能没有复制完整，从手机上重新复制。", EN: "It was perhaps not copied whole; copy it anew."}},
	desk.ThingInCase: {
		evidence.Text{ZH: "这是案件文件夹里面的东西。", EN: "This lies in the folder of a case."},
		evidence.Text{ZH: "要接着做这个案件，选装着它的那个案件文件夹。", EN: "To go on with the case, choose its folder."}},
	desk.ThingInBundle: {
		evidence.Text{ZH: "这是证据包里面的一个文件。", EN: "This is a file of a bundle."},
		evidence.Text{ZH: "要核对，选整个证据包的文件夹。", EN: "To check it, choose the folder of the whole bundle."}},
}

// failedView says why something that was given cannot be begun with.
func (v *visit) failedView(err error) *failedView {
	var give *giveError
	if errors.As(err, &give) {
		t, ok := things[give.thing.Kind]
		if !ok {
			t.what = evidence.Text{ZH: "这个文件不是手机材料，也不是证据包。", EN: "This is neither a file of a phone nor a bundle."}
			t.hint = evidence.Text{ZH: "给装着手机文件的文件夹。", EN: "Give the folder with the phone's files."}
		}
		return &failedView{v.in(t.what), []string{v.in(t.hint)}}
	}
	what, hints := v.explained(err)
	return &failedView{what, hints}
}

// Who only knows the page knows no command, and none of the files that commands
// and editors work on.
var (
	ofCommands = lazyregexp.New(`juzheng [a-z]|--[a-z]|\b[a-z]+: `)
	ofFiles    = lazyregexp.New(`\.(toml|csv|jsonl)\b|\[\[`)
)

// explained says an error in words, and what to do about it on the page.
func (v *visit) explained(err error) (what string, hints []string) {
	if _, what, hint, ok := explain(err); ok {
		return v.in(what), []string{v.in(hint)}
	}
	var lines folder.LineErrors // of a file that the person did edit
	if v.s.Explain != nil {
		what, hints = v.s.Explain(err, v.lang)
	}
	hints = slices.DeleteFunc(hints, func(h string) bool {
		return ofCommands.MatchString(h) || !errors.As(err, &lines) && ofFiles.MatchString(h)
	})
	if what == "" || ofCommands.MatchString(what) {
		what = v.in(evidence.Text{ZH: "这一步没有做成，什么也没有改。", EN: "This could not be done, and nothing was changed."})
	}
	return what, hints
}
