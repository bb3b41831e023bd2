package folder

import (
	"reflect"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/spelling"
)

// nearestKey is the key of case.toml that differs least from a mistyped one;
// empty if none is near enough to be meant.
func nearestKey(key string) string {
	near := spelling.Near(key, caseKeys(reflect.TypeFor[evidence.Case](), ""))
	if len(near) == 0 {
		return ""
	}
	return near[0]
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
