package templates

import (
	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A ChannelType is a kind of way in.
type ChannelType string

// The types.
const (
	Phone  ChannelType = "phone"
	Web    ChannelType = "web"
	App    ChannelType = "app"
	WeChat ChannelType = "wechat"
	Post   ChannelType = "post"
	Email  ChannelType = "email"
)

// channelTypes has a row for each. Besides it a type stands in
// recipient.schema.json and directory/README.md; a test names what is missing.
var channelTypes = []struct {
	of    ChannelType
	title evidence.Text
	form  *lazyregexp.Regexp // of its value
	// plain: its value says by itself what it is, so that it stands in a
	// sentence without a title.
	plain bool
}{
	{Phone, evidence.Text{ZH: "电话", EN: "telephone"},
		lazyregexp.New(`^(?:\d{3,5}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})$`), false},
	{Web, evidence.Text{ZH: "网上", EN: "web"}, lazyregexp.New(`^https://`), false},
	{App, evidence.Text{ZH: "App", EN: "app"}, anything, true},
	{WeChat, evidence.Text{ZH: "微信", EN: "WeChat"}, anything, true},
	{Post, evidence.Text{ZH: "地址", EN: "address"}, anything, true},
	{Email, evidence.Text{ZH: "邮箱", EN: "e-mail"}, anything, true},
}

var anything = lazyregexp.New(`.`)

// ChannelTypes are the types a record may have.
func ChannelTypes() []ChannelType {
	var out []ChannelType
	for _, t := range channelTypes {
		out = append(out, t.of)
	}
	return out
}

// Title is what to call a type; one that is not known has its own name and no
// other's.
func (t ChannelType) Title() evidence.Text {
	for _, row := range channelTypes {
		if row.of == t {
			return row.title
		}
	}
	return evidence.Text{ZH: string(t), EN: string(t)}
}

// known reports whether a record may have the type, and takes whether a value
// has its form.
func (t ChannelType) takes(value string) (known, form bool) {
	for _, row := range channelTypes {
		if row.of == t {
			return true, row.form.MatchString(value)
		}
	}
	return false, false
}

// String is the way in as a Chinese sentence names it: 电话 12378.
func (c Channel) String() string {
	for _, row := range channelTypes {
		if row.of == c.Type && row.plain {
			return c.Value
		}
	}
	return c.Type.Title().ZH + " " + c.Value
}
