package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/intake/ocr"
	"juzheng/evidence/intake/transcript"
)

var readCommand = command{
	name:  "read",
	args:  "CASE [E001...]",
	brief: text{ZH: "用本机程序读截图、听录音，找值得看的字句", EN: "find words in pictures and recordings"},
	least: 1,
	most:  -1,
	help: text{
		ZH: `用本机装好的识别程序读截图和照片（tesseract，中文模型 chi_sim），或用语音识别程序听录音。
结果只是帮您查找的线索：标明机器识别、未核对，不进证据包；在您对照原件核对并接受之前，
任何信里都不会出现。
什么也不会发到网上，除非您用 --asr-cmd 指定的命令自己联网。

用法：juzheng read 案件夹 [证据编号...]
      juzheng read 案件夹 --accept E003 [--text 文件]

选项：
      --asr              听录音：自己找这台电脑上的语音识别程序（whisper-cli、
                         sherpa-onnx-offline、funasr、whisper）和它的模型。模型放在设置文件夹的
                         models 里（juzheng version 显示在哪里），或者用环境变量
                         JUZHENG_ASR_MODEL 指明；按停顿分段听，记下每句在录音里的位置
      --asr-cmd 命令     用这个命令听录音，例如 "whisper-cli -l zh -osrt {}"；{} 处放录音的路径，
                         文字（纯文本、SRT 或 VTT）写到标准输出
      --again            读过的也重读一遍
      --accept 编号      您已对照原件核对：截图的文字填进时间线里引用它的行（“材料显示的内容”
                         还空着的）；录音的文字成为一份新证据；已加入的文字稿记为已核对
      --text 文件        和 --accept 一起用：用您改正过的文字代替机器识别的文字（UTF-8 文本）

退出码：0 完成，1 没有可用的识别程序，3 有些没能识别（已列出）。`,
		EN: `Has programs on this machine read screenshots and photos (tesseract with its model
chi_sim), or hear recordings by a speech program. The results only help
you to find places: they are marked machine-read and unchecked, stay out of the bundle,
and no letter says any of it until you have compared it with the original and accepted it.
Nothing goes to the network, unless the command you name with --asr-cmd does so itself.

Use: juzheng read CASE [E001...]
     juzheng read CASE --accept E003 [--text FILE]

Options:
      --asr              hear recordings: finds a speech program of this machine (whisper-cli,
                         sherpa-onnx-offline, funasr, whisper) and its model, which lies in
                         models in the settings folder (juzheng version says where) or is
                         named by JUZHENG_ASR_MODEL; hears between pauses, and keeps where
                         each sentence stands in the recording
      --asr-cmd CMD      hear recordings with it, such as "whisper-cli -l zh -osrt {}"; {} is
                         the recording's path; text, SRT or VTT is read from its output
      --again            read again what was read before
      --accept E001      you compared it with the original: words of a screenshot go into the
                         rows that name it and have nothing under what the file shows; words of
                         a recording become a new exhibit; a transcript is marked as checked
      --text FILE        with --accept: your corrected words in place of the program's (UTF-8)

Exit codes: 0 done, 1 no program to read with, 3 some could not be read (listed).`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		listen := fs.Bool("asr", false, "")
		speech := fs.String("asr-cmd", "", "")
		again := fs.Bool("again", false, "")
		accept := fs.String("accept", "", "")
		words := fs.String("text", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			if *accept != "" {
				if *speech != "" || *listen || *again || len(args) > 1 {
					return usage(text{ZH: "--accept 后面只跟一个证据编号，不能和别的编号、--asr、--asr-cmd、--again 同时用",
						EN: "--accept takes one exhibit, and goes with no other exhibit, --asr, --asr-cmd or --again"})
				}
				return acceptReading(ctx, e, args[0], strings.ToUpper(*accept), *words)
			}
			if *words != "" {
				return usage(text{ZH: "--text 要和 --accept 一起用", EN: "--text goes with --accept"})
			}
			command, err := splitCommand(*speech)
			if err != nil {
				return err
			}
			if *listen && command != nil {
				return usage(text{ZH: "--asr 和 --asr-cmd 只能用一个", EN: "one of --asr and --asr-cmd"})
			}
			o := desk.ReadOptions{Only: args[1:], Again: *again, Speech: command, Listen: *listen}
			if model := e.getenv("JUZHENG_ASR_MODEL"); model != "" {
				o.Models = []string{model}
			}
			return readExhibits(ctx, e, args[0], o)
		}
	},
}

func readExhibits(ctx context.Context, e *env, dir string, o desk.ReadOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	found, err := desk.Read(ctx, d, dir, o)
	if err != nil {
		return readError(err)
	}
	if err := tellRead(e, dir, found); err != nil {
		return err
	}
	if len(found.Failed) > 0 {
		return silent(exitPartial)
	}
	return nil
}

// readError says why nothing was read or accepted.
func readError(err error) error {
	var unknown *desk.NoExhibitError
	var fixed *desk.FixedError
	var notText *desk.NotTextError
	var noWords *desk.NoWordsError
	var noRow *desk.NoRowError
	var reader *desk.NoReaderError
	var engine *desk.NoEngineError
	switch {
	case errors.As(err, &unknown):
		return usage(text{ZH: "没有证据 %s（juzheng list 列出全部编号）", EN: "no exhibit %s (juzheng list shows them)"},
			unknown.Number)
	case errors.As(err, &reader):
		return noTesseract(reader.Err)
	case errors.As(err, &engine):
		return noEngine(engine)
	case errors.As(err, &fixed):
		return usage(text{ZH: "%s 是已加入的文字稿，内容不能改；改正过的文字稿请作为新文件加入",
			EN: "%s is an exhibit and cannot be changed; add a corrected transcript as a new file"}, fixed.Number)
	case errors.As(err, &notText):
		return usage(text{ZH: "%s 不是 1 MB 以内的文本文件", EN: "%s is no text file of at most 1 MB"}, notText.Path)
	case errors.As(err, &noWords):
		return fail(exitFailed, nil, fill(text{ZH: "%s 没有识别出文字", EN: "nothing was read off %s"}, noWords.Number),
			text{ZH: "先运行 juzheng read，或用 --text 给出您自己看到的文字",
				EN: "run juzheng read first, or give your own words with --text"})
	case errors.As(err, &noRow):
		return fail(exitFailed, err, fill(text{
			ZH: "时间线里没有等着填的行：引用 %s 的行都已写了“材料显示的内容”，或者还没有行引用它",
			EN: "no row waits for it: the rows that name %s have their words, or none names it"}, noRow.Number),
			text{ZH: "打开 timeline.csv，加一行，在“证据”一栏写上这个编号，再运行一次",
				EN: "open timeline.csv, add a row with this number under exhibits, and run it again"})
	}
	return err
}

func noTesseract(err error) error {
	how := text{
		ZH: "Debian/Ubuntu：apt install tesseract-ocr-chi-sim；macOS：brew install tesseract-lang；Windows：安装 tesseract " +
			"时勾选简体中文。没有它，其他功能都照常可用",
		EN: "Debian/Ubuntu: apt install tesseract-ocr-chi-sim; macOS: brew install tesseract-lang; Windows: tick " +
			"Simplified Chinese in its installer. All else works without it"}
	if errors.Is(err, ocr.ErrNoChinese) {
		return &failure{code: exitFailed, err: err, what: text{ZH: "tesseract 没有简体中文模型（chi_sim）",
			EN: "tesseract has no model for Simplified Chinese (chi_sim)"}, hints: []text{how}}
	}
	return &failure{code: exitFailed, err: err, what: text{ZH: "这台电脑上没有识别文字的程序 tesseract",
		EN: "there is no tesseract on this machine to read pictures with"}, hints: []text{how}}
}

// noEngine says what is missing to hear recordings with.
func noEngine(err *desk.NoEngineError) error {
	where := text{
		ZH: "模型文件要自己下载（whisper-cli 的 ggml-*.bin；sherpa-onnx 的 sense-voice 或 paraformer 文件夹；funasr 的模型文件夹），" +
			"放进设置文件夹的 models 里，或者用环境变量 JUZHENG_ASR_MODEL 指明；juzheng version 显示设置文件夹在哪里",
		EN: "download a model yourself (ggml-*.bin for whisper-cli, a sense-voice or paraformer folder for " +
			"sherpa-onnx, " +
			"a model folder for funasr) and put it into models in the settings folder, which juzheng version shows, or " +
			"name it by JUZHENG_ASR_MODEL"}
	other := text{ZH: "也可以不装：自己听，把原话写进时间线的“材料显示的内容”",
		EN: "or do without: listen, and write the words into the timeline under what the file shows"}
	if errors.Is(err, transcript.ErrNoModel) {
		return &failure{code: exitFailed, err: err, what: text{ZH: "找到了语音识别程序，没有找到它的模型",
			EN: "there is a speech program on this machine, and no model of it"}, hints: []text{where, other}}
	}
	names := strings.Join(err.Names, "、")
	return &failure{code: exitFailed, err: err, what: text{ZH: "这台电脑上没有语音识别程序（找过 " + names + "）",
		EN: "there is no speech program on this machine (looked for " + strings.ReplaceAll(names, "、", ", ") + ")"},
		hints: []text{where, other}}
}

func tellRead(e *env, dir string, s desk.Readings) error {
	if e.json {
		return emitRead(e, s)
	}
	for _, r := range s.Read {
		e.printf(text{ZH: "%s  机器识别，未核对（%s）\n", EN: "%s  machine-read, unchecked (%s)\n"}, r.Exhibit, r.Tool)
		for line := range strings.Lines(r.Text) {
			fmt.Fprintf(e.stdout, "      %s\n", visible(strings.TrimSpace(line)))
		}
		for _, h := range s.Hits {
			if h.Exhibit != r.Exhibit {
				continue
			}
			fmt.Fprintf(e.stdout, "   →  %s\n", visible(phraseText(h.Hit, e.lang)))
		}
	}
	for _, u := range s.Failed {
		e.printf(text{ZH: "%s  没能识别：%s\n", EN: "%s  could not be read: %s\n"}, u.Exhibit, visible(u.Why.In(e.lang)))
	}
	e.say(text{ZH: "识别了 %d 份，以前识别过 %d 份，没能识别 %d 份。机器会认错字，请对照原件。",
		EN: "%d read, %d read before, %d could not be read. Programs misread: compare with the original."},
		len(s.Read), s.Already, len(s.Failed))
	e.say(text{ZH: "下一步：juzheng timeline %s --phrases 集中查看；核对无误的，运行 juzheng read %[1]s --accept 编号",
		EN: "next: juzheng timeline %s --phrases lists the places; where the words are right, juzheng read %[1]s " +
			"--accept NUMBER"}, quote(dir))
	return nil
}

// emitRead writes the lines of a reading; why something could not be read is
// said in the person's language.
func emitRead(e *env, s desk.Readings) error {
	for _, l := range s.Lines() {
		value := l.Value
		if u, ok := value.(desk.UnreadLine); ok {
			value = struct {
				Detail  string `json:"detail"`
				Exhibit string `json:"exhibit"`
			}{u.Detail.In(e.lang), u.Exhibit}
		}
		if err := emit(e.stdout, l.Type, value); err != nil {
			return err
		}
	}
	return nil
}

// acceptReading takes words over, the person having compared them.
func acceptReading(ctx context.Context, e *env, dir, number, file string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	done, err := desk.Accept(ctx, d, dir, number, file)
	if err != nil {
		return readError(err)
	}
	if e.json {
		return e.emitLines(done.Lines(), dir)
	}
	switch {
	case done.Transcript != "":
		e.say(text{ZH: "%s 的文字成为证据 %s（机器转写，本人已核对）。",
			EN: "the words of %s became exhibit %s (machine-made, checked by you)."}, number, done.Transcript)
	case len(done.Rows) > 0:
		e.say(text{ZH: "%s 的文字已填进时间线 %s。", EN: "the words of %s stand in row %s now."}, number,
			strings.Join(done.Rows, " "))
	default:
		e.say(text{ZH: "文字稿 %s 已记为本人核对过。", EN: "transcript %s is marked as checked by you."}, number)
	}
	e.say(text{ZH: "下一步：juzheng check %s", EN: "next: juzheng check %s"}, quote(dir))
	return nil
}

// splitCommand cuts a command line at blanks; quotes keep blanks together. No
// shell reads it, so nothing in a file's name can be obeyed.
func splitCommand(s string) ([]string, error) {
	var out []string
	var word strings.Builder
	open, quoteMark := false, rune(0)
	for _, r := range s {
		switch {
		case quoteMark != 0 && r == quoteMark:
			quoteMark = 0
		case quoteMark == 0 && (r == '"' || r == '\''):
			quoteMark, open = r, true
		case quoteMark == 0 && (r == ' ' || r == '\t'):
			if open {
				out = append(out, word.String())
				word.Reset()
			}
			open = false
		default:
			word.WriteRune(r)
			open = true
		}
	}
	if quoteMark != 0 {
		return nil, usage(text{ZH: "--asr-cmd 里的引号不成对", EN: "an odd quote in --asr-cmd"})
	}
	if open {
		out = append(out, word.String())
	}
	return out, nil
}
