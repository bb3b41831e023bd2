package main

import (
	"time"

	"juzheng/evidence/folder"
)

// lockCase opens a case for a run that writes to it.
func lockCase(dir string, now time.Time) (f *folder.Folder, unlock func(), err error) {
	if f, err = folder.Open(dir, tool()); err != nil {
		return nil, nil, err
	}
	unlock, err = f.Lock(now)
	return f, unlock, err
}
