package folder

import (
	"reflect"
	"time"

	"juzheng/evidence"
)

// nearestKey is the key of case.toml that differs least from a mistyped one;
// empty if none is near enough to be meant.
func nearestKey(key string) string {
	best, least := "", 3 // at most two letters apart
	for _, k := range caseKeys(reflect.TypeFor[evidence.Case](), "") {
		if d := distance(key, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// caseKeys lists the dotted keys of a TOML record, in the order of its fields.
func caseKeys(t reflect.Type, prefix string) []string {
	var out []string
	for i := range t.NumField() {
		key := prefix + t.Field(i).Tag.Get("toml")
		out = append(out, key)
		inner := t.Field(i).Type
		if inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]() {
			out = append(out, caseKeys(inner, key+".")...)
		}
	}
	return out
}

// distance counts the letters to insert, delete, change or swap with their
// neighbour to make a from b. A word that is far too long is not counted out.
func distance(a, b string) int {
	const far = 100
	if len(a) > far || len(b) > far {
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
