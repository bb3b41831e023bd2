package main

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// A bill is what is in the programs, as CycloneDX 1.6 has it (a "software bill of
// materials"): https://cyclonedx.org/docs/1.6/json/
type bill struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Meta       meta        `json:"metadata"`
	Components []component `json:"components"`
}

type meta struct {
	Timestamp string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	PURL       string     `json:"purl,omitempty"`
	Licenses   []licensed `json:"licenses,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type licensed struct {
	License struct {
		ID   string `json:"id,omitempty"`
		Name string `json:"name,omitempty"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// billOf lists the modules that the linker put into the programs, from what it wrote
// there itself, and what lies in them as files: the notices name all of these. What
// one list has and the other lacks is an error.
func billOf(version string, made time.Time, programs []string, notices string) ([]byte, error) {
	terms := termsOf(notices)
	parts := map[string]component{}
	toolchain := ""
	for _, p := range programs {
		info, err := buildinfo.ReadFile(p)
		if err != nil {
			return nil, err
		}
		toolchain = strings.TrimPrefix(info.GoVersion, "go")
		for _, m := range info.Deps {
			if m.Replace != nil {
				return nil, fmt.Errorf("%s is replaced", m.Path)
			}
			purl := "pkg:golang/" + m.Path + "@" + m.Version
			parts[m.Path] = component{Type: "library", Ref: purl, Name: m.Path, Version: m.Version, PURL: purl,
				Properties: []property{{"go:sum", m.Sum}}}
		}
	}
	const standard = "the Go standard library"
	parts[standard] = component{Type: "library", Ref: "pkg:golang/std@" + toolchain, Name: "std", Version: toolchain,
		PURL: "pkg:golang/std@" + toolchain}
	for _, file := range []struct{ name, kind string }{{"htmx.org", "library"}, {"PDFium", "library"}, {"Noto", "data"}} {
		parts[file.name] = component{Type: file.kind, Ref: file.name, Name: file.name}
	}
	out := bill{Format: "CycloneDX", Spec: "1.6", Version: 1, Components: []component{}}
	out.Meta.Timestamp = made.Format(time.RFC3339)
	out.Meta.Component = component{Type: "application", Ref: "juzheng", Name: "juzheng", Version: version,
		Licenses: licensesOf("MIT")}
	for _, name := range slices.Sorted(keys(parts)) {
		c := parts[name]
		text, ok := terms[name]
		if !ok {
			return nil, fmt.Errorf("%s is in a program, and no notice is", name)
		}
		if c.Licenses = licensesOf(spdx(text)...); c.Licenses == nil {
			return nil, fmt.Errorf("the licence of %s is none that is known", name)
		}
		out.Components = append(out.Components, c)
	}
	data, err := json.MarshalIndent(out, "", " ")
	return append(data, '\n'), err
}

// termsOf parts the notices by their headings, "=== MODULE". Several that stand
// together have the text below them in common.
func termsOf(notices string) map[string]string {
	terms := map[string]string{}
	var waiting []string
	for part := range strings.SplitSeq("\n"+notices, "\n=== ") {
		name, text, _ := strings.Cut(part, "\n")
		waiting = append(waiting, strings.TrimSpace(name))
		if strings.TrimSpace(text) == "" {
			continue
		}
		for _, name := range waiting {
			terms[name] = text
		}
		waiting = nil
	}
	return terms
}

// spdx are the ids of the licences of which a text has the words.
func spdx(text string) []string {
	text = strings.Join(strings.Fields(text), " ")
	has := func(words string) bool { return strings.Contains(text, words) }
	var ids []string
	if has("Permission is hereby granted, free of charge, to any person obtaining a copy of this software") {
		ids = append(ids, "MIT")
	}
	if has("Apache License Version 2.0") || has("apache.org/licenses/LICENSE-2.0") {
		ids = append(ids, "Apache-2.0")
	}
	switch {
	case has("Redistribution and use in source and binary forms") && has("Neither the name"):
		ids = append(ids, "BSD-3-Clause")
	case has("Redistribution and use in source and binary forms"):
		ids = append(ids, "BSD-2-Clause")
	}
	if has("SIL OPEN FONT LICENSE Version 1.1") {
		ids = append(ids, "OFL-1.1")
	}
	if has("Permission to use, copy, modify, and/or distribute this software") {
		ids = append(ids, map[bool]string{true: "ISC", false: "0BSD"}[has("provided that the above copyright notice")])
	}
	return ids
}

func licensesOf(ids ...string) []licensed {
	var all []licensed
	for _, id := range ids {
		var l licensed
		l.License.ID = id
		all = append(all, l)
	}
	return all
}

func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
