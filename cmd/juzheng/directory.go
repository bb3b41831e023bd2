package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/templates"
)

var directoryCommand = command{
	name:  "directory",
	long:  true,
	args:  "[search|show|check]",
	brief: text{ZH: "受理机构名录", EN: "the directory of recipients"},
	most:  2,
	help: text{
		ZH: `查看受理机构名录。每条记录都注明核对情况；“未核对”表示没有在官方网站核对。
旧名也能搜到：银保监局、地方金融监督管理局会指向现在的机构。
您自己的记录放在设置文件夹的 directory.d 里，或者案件夹旁边的 directory.d 里
（见 juzheng help check），注明“用户提供，未核对”。

用法：juzheng directory
      juzheng directory search 浙江
      juzheng directory show nifa
      juzheng directory check --max-age 180

选项：
      --max-age DAYS   check：列出资料日期早于这么多天的记录（默认 180）`,
		EN: `Shows the directory of recipients. Each record says how it was checked; unchecked
means not compared with an official site. Former names lead to today's bodies.
Records of your own lie in directory.d of the settings folder, or beside a case
(see juzheng help check), and are marked as provided by the user, unchecked.

Use: juzheng directory
     juzheng directory search WORD
     juzheng directory show nifa
     juzheng directory check --max-age 180

Options:
      --max-age DAYS   check: records checked longer ago than this (default 180)`,
	},
	setup: func(fs *pflag.FlagSet) action {
		age := fs.Int("max-age", 180, "")
		return func(_ context.Context, e *env, args []string) error { return directory(e, args, *age) }
	},
}

// directoryVerbs are what can be asked of the directory.
var directoryVerbs = []string{"search", "show", "check"}

func directory(e *env, args []string, age int) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	verb, word := "", ""
	if len(args) > 0 {
		verb = args[0]
	}
	if len(args) > 1 {
		word = args[1]
	}
	switch {
	case verb == "" || verb == "search" && word != "":
		found, err := desk.Recipients(d, word)
		if err != nil {
			return notListed(err)
		}
		return e.recipients(found)
	case verb == "show" && word != "":
		r, err := desk.Recipient(d, word)
		if err != nil {
			return notListed(err)
		}
		if e.json {
			return emit(e.stdout, "recipient", r)
		}
		return e.recipient(r)
	case verb == "check" && word == "":
		r, err := desk.AgeOfDirectory(d, time.Duration(age)*24*time.Hour)
		if err != nil {
			return err
		}
		if err := e.recipients(r.Stale); err != nil {
			return err
		}
		e.say(text{ZH: "%d 条记录的资料日期早于 %d 天；全部 %d 条里有 %d 条没有在官网核对，提交前请自己核对",
			EN: "%d records are older than %d days; of %d in all, %d were never compared with an official site: " +
				"check before filing"}, len(r.Stale), age, r.All, r.Unchecked)
		return nil
	}
	return fail(exitUsage, nil, text{ZH: "用法：juzheng directory [search 词|show 代号|check]",
		EN: "use: juzheng directory [search WORD|show SLUG|check]"},
		meant(verb, directoryVerbs, "juzheng directory ")...)
}

// notListed says that the directory has no such record.
func notListed(err error) error {
	var none *desk.NotListedError
	if !errors.As(err, &none) {
		return err
	}
	hints := meant(none.Word, none.Near, "")
	if len(none.Near) == 0 {
		hints = append(hints, text{ZH: "平台和放款机构因合同而异，照您的合同写进 case.toml 即可，不必在名录里",
			EN: "platforms and lenders come from your contract; write them into case.toml"})
	}
	return fail(exitFailed, nil, fill(text{ZH: "名录里没有 %s", EN: "the directory has no %s"}, none.Word), hints...)
}

func (e *env) recipients(list []templates.Recipient) error {
	var out [][]string
	for _, r := range list {
		if e.json {
			if err := emit(e.stdout, "recipient", r); err != nil {
				return err
			}
			continue
		}
		way := ""
		if len(r.Channels) > 0 {
			way = r.Channels[0].Value
		}
		name := r.Name
		if n := len(r.FormerNames); n > 0 {
			// The shortest, which is what people say.
			name += fmt.Sprintf(text{ZH: "（原%s）", EN: " (was %s)"}.In(e.lang),
				slices.MinFunc(r.FormerNames, func(a, b string) int { return len(a) - len(b) }))
		}
		out = append(out, []string{r.Slug, name, way, quality(r.Quality).In(e.lang), r.CheckedOn})
	}
	_, err := fmt.Fprint(e.stdout, aligned(out))
	return err
}

// quality is how a record was checked, in words.
func quality(q string) text {
	switch q {
	case evidence.ByUser:
		return evidence.UserWords
	case "tested":
		return text{ZH: "试用过", EN: "tested"}
	case "verified":
		return text{ZH: "已在官网核对", EN: "verified"}
	case "imported":
		return text{ZH: "转载资料", EN: "imported"}
	}
	return text{ZH: "未核对", EN: "unchecked"}
}

// recipient prints one record to be read.
func (e *env) recipient(r templates.Recipient) error {
	line := func(label text, value string) {
		if value != "" {
			fmt.Fprintf(e.stdout, "%s%s\n", label.In(e.lang), value)
		}
	}
	sep := text{ZH: "；", EN: "; "}.In(e.lang)
	line(text{ZH: "名称：", EN: "name: "}, r.Name)
	line(text{ZH: "原名：", EN: "formerly: "}, strings.Join(r.FormerNames, text{ZH: "、", EN: ", "}.In(e.lang)))
	line(text{ZH: "代号：", EN: "slug: "}, r.Slug)
	for _, c := range r.Channels {
		way := c.Value
		if limits := limitsOf(c, e.lang); limits != "" {
			way += fmt.Sprintf(text{ZH: "（%s）", EN: " (%s)"}.In(e.lang), limits)
		}
		line(channelWord(c.Type), way)
	}
	line(text{ZH: "要求：", EN: "wants: "}, inWords(r.Requires, e.lang, sep))
	line(text{ZH: "不受理：", EN: "does not take: "}, inWords(r.Refuses, e.lang, sep))
	for _, t := range r.Terms {
		x := desk.Term{Event: t.Event, Days: t.Days, Working: t.Working, Basis: t.Basis, Checked: t.Checked()}
		line(text{ZH: "期限：", EN: "term: "}, termIn(x, "", e.lang))
	}
	line(text{ZH: "说明：", EN: "note: "}, r.Notes)
	line(text{ZH: "来源：", EN: "sources: "}, strings.Join(r.Sources, sep))
	line(text{ZH: "文件：", EN: "file: "}, visible(r.Origin))
	line(text{ZH: "核对：", EN: "checked: "}, quality(r.Quality).In(e.lang)+text{ZH: "，资料日期 ", EN: ", as of "}.In(e.lang)+
		r.CheckedOn)
	return nil
}

// channelWord is the label of a way in.
func channelWord(of templates.ChannelType) text {
	t := of.Title()
	return text{ZH: t.ZH + "：", EN: t.EN + ": "}
}

// demands are what a body wants and does not take, as the records say it.
var demands = map[string]text{
	"signature": {ZH: "本人手写签名", EN: "a signature by hand"},
	"real-name": {ZH: "实名", EN: "a real name"},
	"id":        {ZH: "身份证信息", EN: "identity number"},
	"id-copy":   {ZH: "身份证复印件", EN: "copy of the identity card"},
	"mandate":   {ZH: "代办的交授权委托书", EN: "a mandate, of an agent"},
	"anonymous": {ZH: "匿名的", EN: "anonymous reports"},
	"matter already before a court or another body": {ZH: "法院或者其他机构已经受理的",
		EN: "what is before a court or another body"},
	"already accepted by another body, a court or an arbitral body": {ZH: "其他机构、法院、仲裁机构已经受理的",
		EN: "what another body, a court or arbitrators took"},
	"平台须知（转载）":              {ZH: "平台须知（转载）", EN: "the site's notice, as reprinted"},
	"collection complaints": {ZH: "催收投诉", EN: "complaints of collection"},
}

func inWords(keys []string, lang, sep string) string {
	var out []string
	for _, k := range keys {
		if w, ok := demands[k]; ok {
			k = w.In(lang)
		}
		out = append(out, k)
	}
	return strings.Join(out, sep)
}
