package main

import "testing"

// A name with quotation marks of its own is quoted once.
func TestWithinQuotes(t *testing.T) {
	for name, want := range map[string]string{"“示例信用卡”平台": "‘示例信用卡’平台", "示例协会": "示例协会", `"a"`: "'a'"} {
		if got := withinQuotes(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
