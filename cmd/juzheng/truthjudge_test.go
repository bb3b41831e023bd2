package main

import (
	"slices"
	"strings"
)

// sayings are what words of a kind are: a letter may name any of them.
var sayings = map[string][]string{
	"threat": {"V06a"}, "family": {"V06a"}, "insult": {"V06b"}, "expose": {"V06"}, "impersonation": {"V07"},
	"false_consequence": {"V19"}, "disclosure": {"V01", "V02", "V06"},
}

// judge finds what truly breaks a rule, from what happened and from nothing
// else: the hours, the numbers of a day, other people, and words.
func (w *world) judge() {
	connected, tries := map[string][]int{}, map[string][]int{}
	var bombed []int
	for _, a := range w.Acts {
		if a.Bulk != "" {
			bombed = append(bombed, a.ID)
		}
		if a.Says != "" {
			w.Violations = append(w.Violations, violation{Kinds: sayings[a.Says], Acts: []int{a.ID}})
		}
		if !a.collecting() {
			continue
		}
		if a.Reached == "self" && a.night() {
			w.Violations = append(w.Violations, violation{Kinds: []string{"V05"}, Acts: []int{a.ID}})
		}
		if a.Kind != "call" {
			continue
		}
		switch {
		case a.Reached != "self" && a.Disclose == "yes":
			w.Violations = append(w.Violations, violation{Kinds: []string{"V01"}, Acts: []int{a.ID},
				Told: a.Phone == ""})
		case a.Reached != "self" && a.Talk > 0 && a.Reach == "yes":
			w.Violations = append(w.Violations, violation{Kinds: []string{"V02"}, Acts: []int{a.ID}})
		case a.Reached == "self" && a.Talk > 0:
			connected[a.day()] = append(connected[a.day()], a.ID)
		case a.Reached == "self":
			tries[a.day()] = append(tries[a.day()], a.ID)
		}
	}
	for _, days := range []struct {
		of    map[string][]int
		limit int
		from  string // the first day of the text that sets the number
	}{{connected, 3, "2025-02-28"}, {tries, 6, "2026-01-30"}} {
		for _, day := range sortedKeys(days.of) {
			if len(days.of[day]) > days.limit && day >= days.from {
				w.Violations = append(w.Violations, violation{Kinds: []string{"V04"}, Acts: days.of[day]})
			}
		}
	}
	w.Violations = append(w.Violations, violation{Kinds: []string{"V10"}, Acts: bombed})
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// may says whether it is true to name an act a breach of this kind. A kind
// holds for a part of it, a part for itself alone.
func (w *world) may(a *act, kind string) bool {
	for _, v := range w.Violations {
		if !slices.Contains(v.Acts, a.ID) {
			continue
		}
		for _, k := range v.Kinds {
			if k == kind || strings.HasPrefix(k, kind) {
				return true
			}
		}
	}
	switch {
	case !a.collecting():
		return false
	case kind == "V18" || kind == "V18a":
		return a.Kind == "message" // by a private chat account
	case kind == "V02":
		return a.Reached != "self" && a.Reach == "yes" // beside what weighs more
	case kind == "V03":
		return a.Reached != "self" && a.Refused == "yes"
	case kind == "V19":
		return a.Says == "impersonation" // police who are none, and what they announce
	}
	return false
}
