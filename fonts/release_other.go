//go:build !linux

package fonts

// Release gives back the memory that the system holds the fonts in, where a program can
// ask for that.
func Release() {}
