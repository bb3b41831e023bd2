package web

import (
	"errors"

	"golang.org/x/sys/windows"
)

// readOnly reports a place where nothing can be written, such as a disc.
func readOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
