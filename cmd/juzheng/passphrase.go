package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/term"

	"juzheng/cmd/internal/desk"
)

// secret asks for the passphrase of a key or file.
func (e *env) secret(ctx context.Context, of desk.Secret) ([]byte, error) {
	prompt := text{ZH: "密码：", EN: "passphrase: "}
	switch of.Kind {
	case desk.SigningKey:
		prompt = text{ZH: "私钥的密码：", EN: "passphrase of the key: "}
	case desk.IdentityKey:
		prompt = fill(text{ZH: "私钥 %s 的密码：", EN: "passphrase of the key %s: "}, of.File)
	}
	return e.passphrase(ctx, prompt)
}

// passphrase asks for one without showing it. An interrupt ends the asking
// and gives the terminal back its echo.
func (e *env) passphrase(ctx context.Context, prompt text) ([]byte, error) {
	if !e.interactive() {
		return nil, desk.ErrUnasked
	}
	e.release(ctx)
	terminal := int(e.stdin.(*os.File).Fd())
	before, err := term.GetState(terminal)
	if err != nil {
		return nil, err
	}
	fmt.Fprint(e.stderr, prompt.In(e.lang))
	defer fmt.Fprintln(e.stderr)
	type answer struct {
		phrase []byte
		err    error
	}
	typed := make(chan answer, 1)
	go func() { // it waits for the Enter key, whatever happens
		phrase, err := term.ReadPassword(terminal)
		typed <- answer{phrase, err}
	}()
	select {
	case a := <-typed:
		return a.phrase, a.err
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), term.Restore(terminal, before))
	}
}

// newPassphrase asks for one twice. A short one can be found by trying.
func (e *env) newPassphrase(ctx context.Context) ([]byte, error) {
	const least = 10
	first, err := e.passphrase(ctx, text{ZH: "密码（至少 10 个字符，四个以上不相干的词更好）：",
		EN: "passphrase (10 characters at least; four words or more are better): "})
	if err != nil {
		return nil, err
	}
	if len([]rune(string(first))) < least {
		return nil, usage(text{ZH: "密码太短：%d 个字符，至少要 %d 个",
			EN: "the passphrase is too short: %d characters, wanted %d at least"}, len([]rune(string(first))), least)
	}
	again, err := e.passphrase(ctx, text{ZH: "再输入一次：", EN: "again: "})
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(first, again) {
		return nil, usage(text{ZH: "两次输入的密码不一样", EN: "the two passphrases differ"})
	}
	return first, nil
}

func passphraseError(err error) error {
	if !errors.Is(err, desk.ErrUnasked) {
		return err
	}
	return fail(exitUsage, err, text{ZH: "要在终端里输入密码，现在没法询问",
		EN: "the passphrase is asked for on a terminal, and there is none"},
		text{ZH: "不在终端里运行时，用公钥和私钥文件（--to、--identity）", EN: "without a terminal use keys: --to and --identity"})
}
