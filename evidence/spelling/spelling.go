// Package spelling finds the word that was meant by a mistyped one.
//
// [Near] is all of it: give it the word and those that could stand there, and
// offer what it returns as a question. A guess is never taken for the answer:
// the package knows letters, and nothing of what the words mean.
package spelling

import (
	"slices"
	"strings"
)

// Near returns the known words that a mistyped one comes closest to, in their
// order: at most two letters wrong (one in a word of up to three), or if there
// is none, those of which it is the beginning. Upper and lower case are alike.
func Near(word string, known []string) []string {
	typed := []rune(strings.ToLower(word))
	if len(typed) == 0 {
		return nil
	}
	least := 2
	if len(typed) <= 3 {
		least = 1
	}
	var near []string
	for _, k := range known {
		switch d := distance(typed, []rune(strings.ToLower(k))); {
		case d > least || slices.Contains(near, k):
		case d < least:
			least, near = d, []string{k}
		default:
			near = append(near, k)
		}
	}
	if near != nil || len(typed) < 2 {
		return near
	}
	for _, k := range known {
		if strings.HasPrefix(strings.ToLower(k), string(typed)) && !slices.Contains(near, k) {
			near = append(near, k)
		}
	}
	return near
}

// distance counts the letters to insert, delete, change or swap with their
// neighbour to make b from a (Damerau). Words whose lengths alone lie far
// apart are not counted out.
func distance(a, b []rune) int {
	const far = 100
	if d := len(a) - len(b); d > 2 || d < -2 || len(a) > far {
		return far
	}
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		older := before
		before, row = row, make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(before[j]+1, row[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
