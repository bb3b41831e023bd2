package main

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// allRoles are whom --to knows.
var allRoles = idsOf(evidence.AllRoles())

func idsOf[T ~string](all []T) []string {
	out := make([]string, len(all))
	for n, r := range all {
		out[n] = string(r)
	}
	return out
}

// checkRole reports a recipient that --to does not know.
func checkRole(to string) error {
	if slices.Contains(allRoles, to) {
		return nil
	}
	return fail(exitUsage, nil, fill(text{ZH: "--to 里没有 %[1]s 这个对象（可用 %[2]s）",
		EN: "--to knows no %[1]s (there are %[3]s)"},
		to, strings.Join(allRoles, "、"), strings.Join(allRoles, ", ")), meant(to, allRoles, "")...)
}

// usualRoles are whom papers are made for unless --to says otherwise.
var usualRoles = idsOf(evidence.UsualRoles())
