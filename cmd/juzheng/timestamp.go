package main

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"juzheng/evidence"
	"juzheng/evidence/bag"
)

var timestampCommand = command{
	name:  "timestamp",
	args:  "CASE",
	brief: text{"给总校验码加第三方时间戳（RFC 3161）", "get a time-stamp of a third party over the root (RFC 3161)"},
	least: 1,
	most:  1,
	help: text{
		`给总校验码加时间戳机构的时间戳（RFC 3161），证明这些内容在那个时间已经存在。
时间戳存进证据包的 seal/，总校验码不变。只有用了 --tsa 才会联网，而且只发出总校验码。

用法：juzheng timestamp 案件夹 --tsa 网址
      juzheng timestamp 案件夹 --request 文件.tsq    做一个申请，自己拿去盖
      juzheng timestamp 案件夹 --import 文件.tsr     把盖好的时间戳加进来

选项：
      --tsa URL        时间戳机构的网址（http 或 https）
      --request FILE   只做申请文件，不联网
      --import FILE    机构给的完整答复（.tsr）
      --trust FILE     您认可的根证书（PEM），来自机构官网；不给就不能判断机构是否可信
      --chain FILE     答复里没有带的中间证书（PEM），一起存进 seal/

退出码：0 完成，1 联网或机构没有给出时间戳，5 证据包已被改动，6 时间戳无效（没有存入）。`,
		`Gets a time-stamp of an authority over the root (RFC 3161): proof that the content
existed then. It goes into seal/ of the bundle and changes no root. The network is
used only with --tsa, and only the root's digest is sent.

Use: juzheng timestamp CASE --tsa URL
     juzheng timestamp CASE --request FILE.tsq    make a request to have stamped yourself
     juzheng timestamp CASE --import FILE.tsr     take in the reply

Options:
      --tsa URL        the authority (http or https)
      --request FILE   only write the request; no network
      --import FILE    the authority's whole reply (.tsr)
      --trust FILE     root certificates you trust (PEM), from the authority's own site;
                       without them nobody can say whether the authority is trusted
      --chain FILE     intermediate certificates the reply lacks (PEM), kept in seal/

Exit codes: 0 done, 1 no reply from the authority, 5 the bundle was altered, 6 the
time-stamp is invalid (and not kept).`,
	},
	setup: func(fs *pflag.FlagSet) action {
		var o timestampOptions
		fs.StringVar(&o.tsa, "tsa", "", "")
		fs.StringVar(&o.request, "request", "", "")
		fs.StringVar(&o.reply, "import", "", "")
		fs.StringVar(&o.trust, "trust", "", "")
		fs.StringVar(&o.chain, "chain", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			chosen := 0
			for _, s := range []string{o.tsa, o.request, o.reply} {
				if s != "" {
					chosen++
				}
			}
			if chosen != 1 {
				return usage(text{"--tsa、--request、--import 要用一个，只能用一个", "use one of --tsa, --request and --import"})
			}
			return timestamp(ctx, e, args[0], o)
		}
	},
}

type timestampOptions struct{ tsa, request, reply, trust, chain string }

func timestamp(ctx context.Context, e *env, dir string, o timestampOptions) error {
	var trust bag.TimestampTrust
	for file, to := range map[string]*[]byte{o.trust: &trust.Roots, o.chain: &trust.Chain} {
		if file == "" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		*to = data
	}
	if o.tsa != "" {
		if u, err := url.Parse(o.tsa); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return usage(text{"--tsa 写的是 %s，应为 http:// 或 https:// 开头的网址", "--tsa is %s; wanted an address that begins with http:// or https://"}, o.tsa)
		}
	}
	return withBundle(ctx, e, dir, func(_ *evidence.Folder, bundle *evidence.SealedBundle, now time.Time) error {
		return timestampBundle(ctx, e, dir, bundle, o, trust, now)
	})
}

func timestampBundle(ctx context.Context, e *env, dir string, bundle *evidence.SealedBundle, o timestampOptions, trust bag.TimestampTrust, now time.Time) error {
	query, err := bundle.Vouching(bag.SealQuery)
	if err != nil {
		return err
	}
	if query == nil && o.reply == "" {
		// One query a root: a reply to it can be taken in whenever it comes.
		if query, err = bag.TimestampRequest(bundle.Document, rand.Reader); err != nil {
			return err
		}
		if err := bundle.Vouch(ctx, bag.SealQuery, query, "timestamp", "request", now); err != nil {
			return err
		}
	}
	if o.request != "" {
		return writeRequest(e, o.request, query, dir)
	}
	var reply []byte
	if o.reply != "" {
		reply, err = os.ReadFile(o.reply)
	} else {
		client := &http.Client{Timeout: 60 * time.Second}
		reply, err = bag.FetchTimestamp(ctx, client, o.tsa, query)
		err = fetchError(o.tsa, err)
	}
	if err != nil {
		return err
	}
	return takeReply(ctx, e, bundle, reply, query, trust, now)
}

func writeRequest(e *env, file string, query []byte, dir string) error {
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(query)
	if err == nil {
		err = out.Sync()
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		os.Remove(file)
		return err
	}
	e.say(text{"已写好申请 %s。发给时间戳机构，例如：\n  curl -H 'Content-Type: application/timestamp-query' --data-binary @%[1]s 机构网址 -o 答复.tsr\n下一步：juzheng timestamp %[2]s --import 答复.tsr --trust 机构根证书.pem",
		"the request is in %s. Send it to an authority, for example:\n  curl -H 'Content-Type: application/timestamp-query' --data-binary @%[1]s URL -o reply.tsr\nnext: juzheng timestamp %[2]s --import reply.tsr --trust roots.pem"}, quote(file), quote(dir))
	return nil
}

func fetchError(address string, err error) error {
	var answer *bag.FetchError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer):
		return fail(exitFailed, err, fill(text{"%s 的答复不是时间戳（%s，%s）", "%s did not answer with a time-stamp (%s, %s)"}, address, answer.Status, answer.ContentType),
			text{"核对网址；有的机构要先注册", "check the address; some authorities want you to register"})
	case errors.Is(err, context.Canceled):
		return err
	}
	return fail(exitFailed, err, fill(text{"连不上 %s：%v", "cannot reach %s: %v"}, address, err),
		text{"检查网络和网址；也可以用 --request 做申请，在能联网的电脑上办", "check network and address; or use --request and do it on a machine with network"})
}

// takeReply keeps a reply that proves something, or would with trust roots;
// no other is kept.
func takeReply(ctx context.Context, e *env, bundle *evidence.SealedBundle, reply, query []byte, trust bag.TimestampTrust, now time.Time) error {
	result, err := bag.CheckTimestamp(reply, query, bundle.Document, trust, now)
	if err != nil {
		return fail(exitUsage, err, text{"--trust 里没有能读的证书", "--trust holds no certificate that can be read"})
	}
	untold := result.State == bag.TimestampUntrusted && len(trust.Roots) == 0
	if !result.State.Proven() && !untold {
		why := stampState(result.State)
		return fail(exitBadSeal, errors.New(result.Detail), text{
			"这个时间戳不能用，没有存入：" + why.ZH + "（" + string(result.State) + "）",
			"this time-stamp proves nothing and was not kept: " + why.EN + " (" + string(result.State) + ")"}, stampAdvice(result.State))
	}
	if trust.Chain != nil {
		if err := bundle.Vouch(ctx, bag.SealChain, trust.Chain, "timestamp", "chain", now); err != nil {
			return err
		}
	}
	at := result.Time.In(evidence.Beijing).Format(time.RFC3339)
	if err := bundle.Vouch(ctx, bag.SealReply, reply, "timestamp", "time="+at+" serial="+result.Serial, now); err != nil {
		return err
	}
	if e.json {
		return emit(e.stdout, "summary", struct {
			Root string `json:"root"`
			bag.TimestampResult
		}{bundle.Root.SHA256, result})
	}
	e.printf(text{"时间戳  %s\n机构    %s\n", "time       %s\nauthority  %s\n"}, at, visible(result.Authority))
	if untold {
		e.say(text{"没有给出认可的根证书（--trust），还不知道这个机构是否可信；核对的人要用 --trust 指明根证书。",
			"without root certificates (--trust) nobody can say yet whether this authority is trusted; whoever checks must name them."})
	}
	seal := filepath.Join(evidence.BundleDir, bag.SealDir)
	e.say(text{"不用本程序也能核对：openssl ts -verify -data %s -in %s -CAfile 根证书.pem",
		"to check without this program: openssl ts -verify -data %s -in %s -CAfile roots.pem"},
		filepath.Join(evidence.BundleDir, bag.RootName), filepath.Join(seal, bag.SealReply))
	e.say(text{"下一步：juzheng verify 案件夹 --trust 根证书.pem", "next: juzheng verify CASE --trust roots.pem"})
	return nil
}

func stampState(s bag.TimestampState) text {
	t, ok := map[bag.TimestampState]text{
		bag.TimestampMalformed:        {"不是时间戳答复", "no time-stamp reply"},
		bag.TimestampTrailing:         {"答复后面还有多余的内容", "something follows the reply"},
		bag.TimestampRejected:         {"机构拒绝了申请", "the authority refused"},
		bag.TimestampImprintDiffers:   {"盖的是另一份文件", "it stamps another document"},
		bag.TimestampWeakDigest:       {"用的是已不安全的摘要算法", "its digest is too weak"},
		bag.TimestampNonceDiffers:     {"答的是另一个申请", "it answers another request"},
		bag.TimestampNoCertificate:    {"里面没有机构的证书", "the authority's certificate is not in it"},
		bag.TimestampSignatureBad:     {"签名不对，内容被改过", "its signature is bad: it was altered"},
		bag.TimestampWrongPurpose:     {"证书不是专用于时间戳的", "the certificate is not for time-stamps"},
		bag.TimestampUntrusted:        {"证书不是由您给的根证书签发的", "no chain to the roots you gave"},
		bag.TimestampExpiredAtGenTime: {"盖的时候证书不在有效期", "the certificate was not in force when it stamped"},
		bag.TimestampUnsupported:      {"用了本程序不能核对的算法（例如 SM2）", "an algorithm that is not checked here (such as SM2)"},
	}[s]
	if !ok {
		return text{string(s), string(s)}
	}
	return t
}

func stampAdvice(s bag.TimestampState) text {
	switch s {
	case bag.TimestampNonceDiffers, bag.TimestampImprintDiffers:
		return text{"用 juzheng timestamp --request 重新做申请，拿这个申请去盖", "make the request anew with --request, and have that one stamped"}
	case bag.TimestampUnsupported:
		return text{"请机构给 RSA 或 ECDSA 加 SHA-256 的时间戳", "ask the authority for one with RSA or ECDSA and SHA-256"}
	case bag.TimestampUntrusted:
		return text{"核对 --trust 里是不是这家机构的根证书", "check that --trust holds this authority's root"}
	}
	return text{"请向机构另要一个", "ask the authority for another"}
}
