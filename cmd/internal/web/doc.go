// Package web is the page: the jobs of package desk for people without a
// console, served on this computer alone.
//
//	err := web.Serve(ctx, web.Options{Desk: makeDesk, Lang: "zh", Path: "my-case"})
//
// # How a screen is made
//
// A screen is two files: NAME.go holds its words, its view and its acts, and
// NAME.html how it looks. It stands in the table screens (screens.go), which is
// the order of the steps in the bar.
//
//	var callersScreen = screen{
//		path:  "callers",                    // /c/KEY/callers
//		title: evidence.Text{ZH: "谁打来的", EN: "Who called"},
//		words: words{"lead": {ZH: "…", EN: "…"}},
//		view:  func(v *visit) (any, error) { … },
//		acts:  map[string]act{"side": func(v *visit) (string, error) { … }},
//	}
//
// The view reads the case through v.asked (kept while nothing in the folder
// changes) and makes a plain value of it: a type of the screen's own, with all
// counting, sorting and choosing done. That value is what its test looks at.
// The template gets it as .V, words by {{t "lead"}}, and never calls the case.
// {{t "n" 3}} fills a word's verbs; the words of the frame are in frame.go.
//
// An act is what a form does: POST /c/KEY/callers/side. It reads the form
// (v.form), calls one function of desk, and returns where to go next, empty for
// the screen itself. The answer is a redirect, so that Back and reload do
// nothing twice. An error shows what happened, what was kept and what to do,
// with all that was typed behind one button (fault.go); errors of desk need
// nothing done, a mistake in a field is a &mistake{field, text}: the screen is
// shown again with the words beside the field.
//
// A form is a form: <form method="post" action="{{.Case}}/callers/side">, with
// every choice it needs inside. What is quicker with scripts is told to htmx in
// attributes; the usual one keeps each answer at once and swaps the main part:
//
//	<form method="post" action="…" hx-post="…" hx-trigger="change"
//	      hx-target="#main" hx-select="#main" hx-swap="outerHTML">
//
// hx-on and filters in hx-trigger are code in attributes, which the policy
// forbids. Own script is static/page.js, styles static/page.css; a style or a
// handler in a template is refused by the browser, and the tests then fail. What
// one screen alone needs is in static/NAME.js and static/NAME.css, which its
// template brings in with a block "head".
// Links and forms begin with {{.Root}} or {{.Case}}.
//
// Work that takes long is v.work (work.go): it goes on in the server, one at a
// time for a case, and the screen is told of it by events: whatever has
// hx-trigger="work from:body" is fetched again while it lasts.
//
// Exhibits are at {{.Case}}/exhibit/E001 and are only shown by <img>, <audio>
// and <video>; what else they are is offered as a download (exhibit.go).
//
// # How it is tested
//
// TestViews of a screen are table tests of its value. In a browser:
//
//	p := newPage(t, caseDir)      // a server in this process and a Chromium
//	p.open("callers")             // signed in
//	p.tab.Click(`[value=collector]`)
//	p.look("callers")             // three widths, both languages, light and dark: no sideways
//	                              // scrolling, no complaint in the console, no request elsewhere
//
// With JUZHENG_PICTURES=DIR set look leaves its pictures there; with JUZHENG_AXE=FILE it
// runs axe-core on each screen.
//
// # What is safe by construction
//
// guard.go lets a request through only with the cookie that the one-time token
// was changed for, from this very origin; see SECURITY.md for who is kept out,
// and guard_test.go for each promise. A handler never opens a path that came
// with a request, unless the person chose it in the list of folders.
package web
