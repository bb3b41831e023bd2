package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/batch"
	"juzheng/cmd/internal/desk"
)

var workerCommand = command{
	name:  "worker",
	args:  "--nats URL",
	brief: text{ZH: "替别的机器上的 batch 做案件", EN: "do cases for batch on other machines"},
	least: 0,
	most:  0,
	help: text{
		ZH: `从 NATS 服务器（nats-server -js）取案件来做：检查、生成、核对，做完交回，再取下一个。几台机器、
几个进程都可以，随时可以加、可以关；关掉、断网的，它手里的案件会给别的。案件在服务器上是加密的，
服务器没有私钥；做的时候，明文在本机 --dir 里，做完就删。

用法：juzheng worker --make-key 私钥文件
      juzheng worker --nats nats://主机:4222 --key 私钥文件

选项：
      --nats URL      服务器的地址，几个用逗号分开；加密连接写 tls://
      --key FILE      age 私钥；发出案件的机器和做案件的机器用同一个，服务器不需要
      --make-key FILE 新做一个私钥，用安全的办法（不经过服务器）拷贝到每台机器
      --nats-creds FILE   服务器给的凭据文件
      --nats-ca FILE      认可的服务器证书（PEM）；不写就用系统的
      --jobs N        同时做几个案件；默认是处理器的个数
      --dir DIR       做的时候案件放在哪里；默认在缓存文件夹里

自己的规定和机构（statutes.d、directory.d）要放在每台机器的设置文件夹，和发出的机器一样。
屏幕上只写案件编号，不写姓名、号码、路径。

退出码：1 连不上，130 被停下（手里的案件会给别的机器）。`,
		EN: `Takes cases from NATS servers (nats-server -js): checks, builds, verifies, hands back what came
of them, and takes the next. There may be any number, on any machine, and they may come and
go: the case of one that is killed or cut off is given to another. At the servers cases are
locked, and servers have no key; while a case is worked on it lies as it is in --dir, and is
deleted afterwards.

Use: juzheng worker --make-key KEYFILE
     juzheng worker --nats nats://host:4222 --key KEYFILE

Options:
      --nats URL      address of the servers, several parted by commas; tls:// is encrypted
      --key FILE      an age key; the same on the machine that sends cases and on all that work,
                      and on no server
      --make-key FILE makes a new one: copy it to each machine safely, by no way of the servers
      --nats-creds FILE   file of credentials for the servers
      --nats-ca FILE      certificates by which servers are known (PEM); if not given, the
                          system's
      --jobs N        cases at a time; as many as there are processors if not given
      --dir DIR       where cases lie meanwhile; if not given, in the cache folder

Records of your own (statutes.d, directory.d) go into the settings folder of each machine, the
same as on the one that sends. What is told names ids of cases, and no name, number or path.

Exit codes: 1 cannot connect, 130 stopped (its cases are given to others).`,
	},
	setup: func(fs *pflag.FlagSet) action {
		var s batch.Server
		serverFlags(fs, &s)
		key := fs.String("make-key", "", "")
		slots := fs.Int("jobs", runtime.NumCPU(), "")
		dir := fs.String("dir", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			if *key != "" {
				return makeKey(e, *key)
			}
			if *slots < 1 {
				return usage(text{ZH: "--jobs 至少是 1", EN: "--jobs wants 1 at least"})
			}
			if err := checkServer(s); err != nil {
				return err
			}
			return work(ctx, e, s, *slots, *dir)
		}
	},
}

// serverFlags are the options by which servers are reached.
func serverFlags(fs *pflag.FlagSet, s *batch.Server) {
	fs.StringVar(&s.URL, "nats", "", "")
	fs.StringVar(&s.Key, "key", "", "")
	fs.StringVar(&s.Creds, "nats-creds", "", "")
	fs.StringVar(&s.CA, "nats-ca", "", "")
}

func checkServer(s batch.Server) error {
	switch {
	case s.URL == "":
		return usage(text{ZH: "用 --nats 写明服务器的地址，例如 nats://10.0.0.5:4222",
			EN: "--nats wants the address of a server, such " +
				"as nats://10.0.0.5:4222"})
	case s.Key == "":
		return usage(text{ZH: "用 --key 写明私钥文件；还没有的，先做一个：juzheng worker --make-key 私钥文件",
			EN: "--key wants the key that the machines share; to make one: juzheng worker --make-key KEYFILE"})
	}
	return nil
}

func makeKey(e *env, file string) error {
	if err := batch.NewKey(file); err != nil {
		return err
	}
	e.printf(text{ZH: "已做好  %s\n", EN: "made  %s\n"}, file)
	e.say(text{ZH: "拷贝到每台机器，不要放到服务器上。有它就能打开在服务器上的案件，丢了就打不开。",
		EN: "copy it to each machine, and to no server. Whoever has it can open the cases at the servers; " +
			"without it nobody can."})
	return nil
}

// dial connects to the servers.
func dial(ctx context.Context, e *env, s batch.Server) (*batch.Queue, error) {
	q, err := batch.Dial(ctx, s, func(answers bool) { // beside what else is said: no more than a line
		words := text{ZH: "服务器没有回音，在等；什么都没有丢，按 Ctrl-C 停下",
			EN: "the servers do not answer; waiting for them, nothing is lost; Ctrl-C stops"}
		if answers {
			words = text{ZH: "服务器又有回音了", EN: "the servers answer again"}
		}
		if e.watched() {
			fmt.Fprint(e.stderr, "\r\033[K") // the line of the progress
		}
		fmt.Fprintln(e.stderr, words.In(e.lang))
	})
	if err != nil {
		return nil, serverFailure(err)
	}
	if q.Copies == 1 {
		e.say(text{ZH: "注意：服务器只存一份（不是三台一组的）：它坏了，还没交回的要重新做",
			EN: "note: the servers keep one copy (they are no cluster of three): should it break, " +
				"what was not handed back " +
				"is done again"})
	}
	return q, nil
}

// serverFailure says what is wrong with servers or key.
func serverFailure(err error) error {
	var server *batch.ServerError
	var key *desk.KeyError
	var unreadable *desk.UnreadableError
	var dated x509.CertificateInvalidError
	switch {
	case errors.As(err, &server):
		help := text{ZH: "看它开着没有、是不是用 nats-server -js 开的、地址和凭据对不对", EN: "see whether it runs, was started with " +
			"nats-server -js, and whether address and credentials are right"}
		switch {
		case server.Refused():
			help = text{ZH: "服务器要凭据：用 --nats-creds 写明它的管理员给的凭据文件；给的是名字和密码的，写进地址：" +
				"nats://名字:密码@主机:4222",
				EN: "the server wants credentials: name the file that its keeper gave with --nats-creds, or write " +
					"the name and password into the address: nats://NAME:WORD@host:4222"}
		case errors.As(err, new(x509.UnknownAuthorityError)):
			help = text{ZH: "证书不是系统认可的机构签的：用 --nats-ca 写明签它的机构的证书（PEM），来自可靠的途径",
				EN: "its certificate is by no authority that the system knows: name that authority's certificate (PEM), " +
					"had from a safe place, with --nats-ca"}
		case errors.As(err, &dated) && dated.Reason == x509.Expired:
			help = text{ZH: "照这台机器的时钟，服务器的证书不在有效期里：先看时钟对不对（juzheng doctor），时钟是对的，请服务器的管理员换证书",
				EN: "by the clock of this machine the certificate is not valid now: see whether the clock is right " +
					"(juzheng doctor); if it is, the servers' keeper has to renew the certificate"}
		case errors.As(err, new(x509.HostnameError)):
			help = text{ZH: "证书不是发给这个地址的：地址要写证书上的主机名", EN: "the certificate is for another address: write the host " +
				"that it names"}
		}
		return fail(exitFailed, err, fill(text{ZH: "服务器 %[1]s 连不上，或者拒绝了：%[2]v",
			EN: "the server %[1]s cannot be reached, or " +
				"refuses: %[2]v"}, visible(server.URL), server.Err), help)
	case errors.As(err, &unreadable) && errors.Is(err, fs.ErrNotExist):
		return fail(exitFailed, err, fill(text{ZH: "找不到 %s", EN: "there is no %s"}, quote(visible(unreadable.Path))),
			text{ZH: "做一个：juzheng worker --make-key 私钥文件", EN: "to make one: juzheng worker --make-key KEYFILE"})
	case errors.As(err, &unreadable):
		return fail(exitFailed, err, fill(text{ZH: "读不了 %s", EN: "cannot read %s"}, quote(visible(unreadable.Path))))
	case errors.As(err, &key):
		return fail(exitUsage, err, fill(text{ZH: "%s 里没有能用的 age 私钥", EN: "%s holds no age key that can be used"},
			quote(visible(key.File))),
			text{ZH: "用 juzheng worker --make-key 或 age-keygen 做的，SSH 私钥不行",
				EN: "one made by juzheng worker --make-key or " +
					"age-keygen; an SSH key will not do"})
	}
	return err
}

func work(ctx context.Context, e *env, s batch.Server, slots int, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return err
		}
		dir = filepath.Join(cache, "juzheng", "worker")
	}
	q, err := dial(ctx, e, s)
	if err != nil {
		return err
	}
	defer q.Close()
	e.say(text{ZH: "等案件，按 Ctrl-C 停下", EN: "waiting for cases; Ctrl-C stops"})
	err = batch.Work(ctx, d, q, batch.WorkOptions{Slots: slots, Dir: dir, Explain: explainFound, Log: e.tellJob})
	if ctx.Err() != nil {
		return silent(exitInterrupted)
	}
	return err
}

var phaseWords = map[batch.Phase]text{
	batch.Queued:  {ZH: "等着", EN: "waiting"},
	batch.Working: {ZH: "在做", EN: "at work"},
	batch.Ended:   {ZH: "做完", EN: "ended"},
	batch.Fetched: {ZH: "取回", EN: "fetched"},
	batch.Dead:    {ZH: "放弃", EN: "given up"},
}

var whyWords = map[batch.Why]text{
	batch.WhyLost:  {ZH: "做它的进程没有了回音（被关掉，或者断网）", EN: "the worker never answered (killed, or cut off)"},
	batch.WhyFault: {ZH: "程序出错", EN: "fault in the program"},
	batch.WhyDisk:  {ZH: "那台机器的磁盘满了，或者写不进去", EN: "the worker's disk is full, or cannot be written to"},
	batch.WhyObject: {ZH: "服务器上的案件不见了、打不开，或者不是发出的那个",
		EN: "the case at the servers is gone, cannot be opened, or is not the one sent"},
	batch.WhyProgram: {ZH: "那台机器上的程序是另一个版本", EN: "the worker is another version of the program"},
	batch.WhyRecords: {ZH: "那台机器的 statutes.d、directory.d 和发出的不一样",
		EN: "statutes.d or directory.d of the worker are not those of the sender"},
}

// tellJob says what became of a job: by ids and codes, never by names.
func (e *env) tellJob(s batch.JobState) {
	if e.json {
		emit(e.stdout, "job-state", s)
		return
	}
	why := ""
	if s.Why != "" {
		why = text{ZH: "：", EN: ": "}.In(e.lang) + whyWords[s.Why].In(e.lang)
	}
	fmt.Fprintf(e.stdout, "%s  %s  %s%s\n", e.now().Format(time.TimeOnly), s.Case, phaseWords[s.Phase].In(e.lang), why)
}

// statusAtServers says where the jobs are that the servers know of.
func statusAtServers(ctx context.Context, e *env, s batch.Server) error {
	if err := checkServer(s); err != nil {
		return err
	}
	q, err := dial(ctx, e, s)
	if err != nil {
		return err
	}
	defer q.Close()
	all, err := q.States(ctx)
	if err != nil {
		return err
	}
	counts := map[batch.Phase]int{}
	var dead [][]string
	for _, j := range all {
		counts[j.Phase]++
		if e.json {
			if err := emit(e.stdout, "job-state", j); err != nil {
				return err
			}
		} else if j.Phase == batch.Dead {
			dead = append(dead, []string{j.Case, phaseWords[j.Phase].In(e.lang), whyWords[j.Why].In(e.lang)})
		}
	}
	if e.json {
		err = emit(e.stdout, "summary", struct {
			Jobs   int                 `json:"jobs"`
			Phases map[batch.Phase]int `json:"phases"`
			Copies int                 `json:"copies"`
		}{len(all), counts, q.Copies})
	} else {
		rows := [][]string{heads(e.lang, text{ZH: "在哪一步", EN: "phase"}, text{ZH: "案件", EN: "cases"})}
		for _, p := range []batch.Phase{batch.Queued, batch.Working, batch.Ended, batch.Fetched, batch.Dead} {
			rows = append(rows, []string{phaseWords[p].In(e.lang), fmt.Sprint(counts[p])})
		}
		fmt.Fprint(e.stdout, columns(rows, e.width()))
		if len(dead) > 0 {
			fmt.Fprint(e.stdout, "\n", columns(append([][]string{heads(e.lang, text{ZH: "案件编号", EN: "case id"},
				text{ZH: "在哪一步", EN: "phase"}, text{ZH: "原因", EN: "reason"})}, dead...), e.width()))
		}
	}
	if err == nil && counts[batch.Dead] > 0 {
		err = silent(exitPartial)
	}
	return err
}
