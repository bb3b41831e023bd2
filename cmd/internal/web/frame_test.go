package web

import "testing"

// Templates are read when a screen is first shown: each can be, in each language.
func TestEveryScreenCanBeRead(t *testing.T) {
	for _, lang := range languages {
		set := pagesIn(lang)
		for _, sc := range append(screens(), faultScreen) {
			if _, err := set.screens[sc.path](); err != nil {
				t.Errorf("%s, %s: %v", lang, sc.path, err)
			}
		}
	}
}
