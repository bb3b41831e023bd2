package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/timestamp"
	"juzheng/evidence/folder"
)

var timestampCommand = command{
	name:  "timestamp",
	args:  "CASE",
	brief: text{ZH: "给证据清单加第三方时间戳（RFC 3161）", EN: "get an RFC 3161 time-stamp over the evidence"},
	least: 1,
	most:  1,
	help: text{
		ZH: `给证据清单加时间戳机构的时间戳（RFC 3161），证明这些证据在那个时间已经存在。
时间戳存进证据包的 seal/，证据码不变。只有用了 --tsa 才会联网，而且只发出证据码。

用法：juzheng timestamp 案件夹 --tsa 网址
      juzheng timestamp 案件夹 --request 文件.tsq    做一个申请，自己拿去盖
      juzheng timestamp 案件夹 --import 文件.tsr     把盖好的时间戳加进来

选项：
      --tsa URL        时间戳机构的网址（http 或 https）
      --request FILE   只做申请文件，不联网
      --import FILE    机构给的完整答复（.tsr）
      --signature      盖在签名上（先 juzheng sign）：证明签名和它所签的清单在那个时间已经存在
      --replace        已有另一个时间戳时，换成这一个（原来的移到 superseded 保留）
      --timeout TIME   联网最多等多久（默认 60s）
      --trust FILE     您认可的根证书（PEM），来自机构官网；不给就不能判断机构是否可信
      --chain FILE     答复里没有带的中间证书（PEM），一起存进 seal/

退出码：0 完成，1 联网或机构没有给出时间戳，5 证据包已被改动，6 时间戳无效（没有存入）。`,
		EN: `Gets a time-stamp of an authority over the root (RFC 3161): proof that the content
existed then. It goes into seal/ of the bundle and changes no root. The network is
used only with --tsa, and only the root's digest is sent.

Use: juzheng timestamp CASE --tsa URL
     juzheng timestamp CASE --request FILE.tsq    make a request to have stamped yourself
     juzheng timestamp CASE --import FILE.tsr     take in the reply

Options:
      --tsa URL        the authority (http or https)
      --request FILE   only write the request; no network
      --import FILE    the authority's whole reply (.tsr)
      --signature      over the signature (juzheng sign first): proves that it, and the list
                       it signs, existed then
      --replace        take the place of another time-stamp (kept under superseded)
      --timeout TIME   how long to wait for the authority (default 60s)
      --trust FILE     root certificates you trust (PEM), from the authority's own site;
                       without them nobody can say whether the authority is trusted
      --chain FILE     intermediate certificates the reply lacks (PEM), kept in seal/

Exit codes: 0 done, 1 no reply from the authority, 5 the bundle was altered, 6 the
time-stamp is invalid (and not kept).`,
	},
	writes: &outputs{of: 1, out: []string{"request"}, never: []string{"tsa"}},
	setup: func(fs *pflag.FlagSet) action {
		var o timestampOptions
		fs.StringVar(&o.tsa, "tsa", "", "")
		fs.StringVar(&o.request, "request", "", "")
		fs.StringVar(&o.reply, "import", "", "")
		fs.StringVar(&o.trust, "trust", "", "")
		fs.StringVar(&o.chain, "chain", "", "")
		fs.BoolVar(&o.replace, "replace", false, "")
		fs.BoolVar(&o.signature, "signature", false, "")
		fs.DurationVar(&o.timeout, "timeout", 60*time.Second, "")
		return func(ctx context.Context, e *env, args []string) error {
			chosen := 0
			for _, s := range []string{o.tsa, o.request, o.reply} {
				if s != "" {
					chosen++
				}
			}
			if chosen != 1 {
				return usage(text{ZH: "--tsa、--request、--import 要用一个，只能用一个",
					EN: "use one of --tsa, --request and --import"})
			}
			if o.timeout <= 0 {
				return usage(text{ZH: "--timeout 是 %v，应为 30s、2m 这样的时间",
					EN: "--timeout is %v; wanted a time such as 30s or 2m"}, o.timeout)
			}
			return stampCase(ctx, e, args[0], o)
		}
	},
}

type timestampOptions struct {
	tsa, shown, request, reply, trust, chain string
	replace, signature                       bool
	timeout                                  time.Duration
}

func stampCase(ctx context.Context, e *env, dir string, o timestampOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	trust, err := desk.ReadTrust(o.trust, o.chain)
	if errors.Is(err, desk.ErrTrust) {
		return fail(exitUsage, err, text{ZH: "--trust 里没有能读的证书", EN: "--trust holds no certificate that can be read"})
	}
	if err != nil {
		return err
	}
	if o.request != "" {
		made, err := desk.RequestStamp(ctx, d, dir, o.request, o.signature)
		if err != nil {
			return stampError(err)
		}
		return tellRequest(e, made, dir, o.signature)
	}
	opt := desk.StampOptions{Reply: o.reply, Trust: trust, Replace: o.replace, Signature: o.signature}
	if o.tsa != "" {
		u, err := url.Parse(o.tsa)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return usage(text{ZH: "--tsa 写的是 %s，应为 http:// 或 https:// 开头的网址",
				EN: "--tsa is %s; wanted an address that begins with http:// or https://"}, o.tsa)
		}
		o.shown = u.Redacted() // a password in an address is nobody's to read
		opt.Ask = func(ctx context.Context, request []byte) ([]byte, error) { return askAuthority(ctx, e, o, request) }
	}
	stamped, err := desk.Stamp(ctx, d, dir, opt)
	if err != nil {
		return stampError(err)
	}
	return tellStamped(e, stamped, dir)
}

// askAuthority is the only place that uses the network.
func askAuthority(ctx context.Context, e *env, o timestampOptions, request []byte) ([]byte, error) {
	e.say(text{ZH: "正在请求时间戳：%s（只发出证据码）……", EN: "asking %s for a time-stamp (only the root is sent) ..."}, o.shown)
	reply, err := timestamp.Fetch(ctx, &http.Client{Timeout: o.timeout}, o.tsa, request)
	return reply, fetchError(o, err)
}

func tellRequest(e *env, made desk.Requested, dir string, signature bool) error {
	if e.json {
		return e.emitLines(made.Lines(), dir)
	}
	over := ""
	if signature {
		over = " --signature"
	}
	e.say(text{ZH: "已写好申请 %s。发给时间戳机构，例如：\n  curl -H 'Content-Type: application/timestamp-query' --data-binary @%[1]s " +
		"机构网址 -o 答复.tsr\n下一步：juzheng timestamp %[2]s%[3]s --import 答复.tsr --trust 机构根证书.pem",
		EN: "the request is in %s. Send it to an authority, for example:\n  curl -H 'Content-Type: " +
			"application/timestamp-query' --data-binary @%[1]s URL -o reply.tsr\nnext: juzheng timestamp %[2]s" +
			"%[3]s --import reply.tsr --trust roots.pem"}, quote(made.Request), quote(dir), over)
	return nil
}

func tellStamped(e *env, s desk.Stamped, dir string) error {
	if e.json {
		return e.emitLines(s.Lines(), dir)
	}
	e.printf(text{ZH: "时间戳  %s\n机构    %s\n", EN: "time       %s\nauthority  %s\n"},
		s.Time.In(evidence.Beijing).Format(time.RFC3339), visible(s.Authority))
	if s.Untold {
		e.say(text{ZH: "没有给出认可的根证书（--trust），还不知道这个机构是否可信；核对的人要用 --trust 指明根证书。",
			EN: "without root certificates (--trust) nobody can say yet whether this authority is trusted; whoever " +
				"checks must name them."})
	}
	e.say(text{ZH: "不用本程序也能核对：openssl ts -verify -data %s -in %s -CAfile 根证书.pem",
		EN: "to check without this program: openssl ts -verify -data %s -in %s -CAfile roots.pem"},
		filepath.Join(folder.BundleDir, s.Document), filepath.Join(folder.BundleDir, filepath.FromSlash(s.Reply)))
	e.say(text{ZH: "下一步：juzheng verify 案件夹 --trust 根证书.pem", EN: "next: juzheng verify CASE --trust roots.pem"})
	return nil
}

// stampError says why a time-stamp was not kept.
func stampError(err error) error {
	var refused *desk.StampError
	switch {
	case errors.Is(err, desk.ErrUnsigned):
		return fail(exitFailed, nil, text{ZH: "证据清单还没有签名，没有可以加时间戳的签名",
			EN: "the evidence is not signed: there is no signature to be time-stamped"},
			text{ZH: "先签名：juzheng sign 案件夹 --key 私钥文件；或者不用 --signature",
				EN: "sign first: juzheng sign CASE --key KEYFILE; or leave out --signature"})
	case errors.Is(err, desk.ErrStamped):
		return fail(exitFailed, nil, text{ZH: "已经有一个时间戳了：换成新的，证明的时间就变晚了",
			EN: "there is a time-stamp already: a new one would prove a later time"},
			text{ZH: "确实要换，加 --replace；原来的会保留在 superseded 里",
				EN: "to put another in its place, add --replace; the older is kept under superseded"})
	case errors.As(err, &refused):
		why := bag.TimestampFault(refused.Result)
		return fail(exitBadSeal, err, text{
			ZH: fmt.Sprintf("没有存入。%s（%s：%s）", why.ZH, refused.Result.State, visible(refused.Result.Detail)),
			EN: fmt.Sprintf("not kept. %s (%s: %s)", why.EN, refused.Result.State, visible(refused.Result.Detail))},
			stampAdvice(refused.Result.State))
	}
	return err
}

func fetchError(o timestampOptions, err error) error {
	var answer *timestamp.FetchError
	var slow net.Error
	byHand := text{ZH: "也可以用 --request 做申请，自己拿去盖，再用 --import 加进来",
		EN: "or make a request with --request, have it stamped yourself, and take it in with --import"}
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer) && answer.Location != "":
		return fail(exitFailed, err, fill(text{ZH: "%s 让程序转到另一个网址：%s。程序不会自己转过去",
			EN: "%s refers to another address: %s. It was not followed"}, o.shown, visible(answer.Location)),
			text{ZH: "如果那个网址也是这家机构的，用 --tsa 写那个网址",
				EN: "if that address is this authority's as well, name it with --tsa"})
	case errors.As(err, &answer) && answer.TooLong:
		return fail(exitFailed, err, fill(text{ZH: "%s 的答复太长，不是时间戳",
			EN: "%s answered with more than any time-stamp has"}, o.shown), text{ZH: "核对网址",
			EN: "check the address"})
	case errors.As(err, &answer):
		return fail(exitFailed, err, fill(text{
			ZH: "%s 的答复不是时间戳（%s，%s）",
			EN: "%s did not answer with a time-stamp (%s, %s)",
		}, o.shown, visible(answer.Status), visible(answer.ContentType)),
			text{ZH: "核对网址；有的机构要先注册", EN: "check the address; some authorities want you to register"}, byHand)
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &slow) && slow.Timeout():
		return fail(exitFailed, err, fill(text{ZH: "等了 %v，%s 没有答复",
			EN: "waited %v, and %s did not answer"}, o.timeout, o.shown),
			text{ZH: "过一会儿再试；同一个申请可以重复发", EN: "try again later; the same request can be sent again"}, byHand)
	}
	return fail(exitFailed, err, fill(text{ZH: "连不上 %s：%v",
		EN: "cannot reach %s: %v"}, o.shown, err), text{ZH: "检查网络和网址",
		EN: "check network and address"}, byHand)
}

func stampAdvice(s timestamp.State) text {
	switch s {
	case timestamp.NonceDiffers, timestamp.ImprintDiffers:
		return text{ZH: "用 juzheng timestamp --request 重新做申请，拿这个申请去盖",
			EN: "make the request anew with --request, and have that one stamped"}
	case timestamp.Unsupported:
		return text{ZH: "请机构给 RSA 或 ECDSA 加 SHA-256 的时间戳",
			EN: "ask the authority for one with RSA or ECDSA and SHA-256"}
	case timestamp.Untrusted:
		return text{ZH: "核对 --trust 里是不是这家机构的根证书", EN: "check that --trust holds this authority's root"}
	}
	return text{ZH: "请向机构另要一个", EN: "ask the authority for another"}
}
