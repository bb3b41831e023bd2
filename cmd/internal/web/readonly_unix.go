//go:build !windows

package web

import (
	"errors"
	"syscall"
)

// readOnly reports a place where nothing can be written, such as a disc.
func readOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
