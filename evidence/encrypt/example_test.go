package encrypt_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"juzheng/evidence/encrypt"
)

// A file is locked for a reader who told their public key. It is read where
// it lies, a part at a time, and a changed part is noticed.
func Example() {
	key, err := age.GenerateX25519Identity() // what age-keygen does
	if err != nil {
		panic(err)
	}
	to, err := encrypt.ParseRecipients([]byte("# the clinic\n" + key.Recipient().String() + "\n"))
	if err != nil {
		panic(err)
	}
	var locked bytes.Buffer
	w, err := encrypt.NewWriter(&locked, to)
	if err != nil {
		panic(err)
	}
	io.WriteString(w, "09:14 missed call")
	if err := w.Close(); err != nil { // without it nobody can open the file
		panic(err)
	}

	secret, err := encrypt.ParseIdentities([]byte(key.String()), nil)
	if err != nil {
		panic(err)
	}
	plain, size, err := encrypt.Open(bytes.NewReader(locked.Bytes()), int64(locked.Len()), secret)
	if err != nil {
		panic(err)
	}
	text := make([]byte, size)
	if _, err := plain.ReadAt(text, 0); err != nil && err != io.EOF {
		panic(err)
	}
	fmt.Printf("%s\n", text)

	changed := bytes.Clone(locked.Bytes())
	changed[len(changed)-1] ^= 1
	_, _, err = encrypt.Open(bytes.NewReader(changed), int64(len(changed)), secret)
	var damaged *encrypt.DamagedError
	fmt.Println("noticed:", errors.As(err, &damaged))
	// Output:
	// 09:14 missed call
	// noticed: true
}
