package main

import "strings"

// splitCommandLine takes a command line of Windows apart as every program there does,
// but for one thing. A folder's name that ends in a backslash and stands in quotes,
// "C:\我的 案件\", is what Tab and the two shells make of a folder with a blank; by
// the rules its last quote is one of the name, and the rest of the line is too. No
// name holds a quote there: where a path comes to \" and a blank or the end, the
// quote ends it.
func splitCommandLine(line string) []string {
	var args []string
	for line = strings.TrimLeft(line, " \t"); line != ""; line = strings.TrimLeft(line, " \t") {
		var arg string
		arg, line = nextArgument(line, len(args) == 0)
		args = append(args, arg)
	}
	return args
}

// nextArgument reads one argument. In the first, the program's own name, no backslash
// means anything but itself.
func nextArgument(line string, program bool) (arg, rest string) {
	var b strings.Builder
	quoted, holdsQuote := false, false
	for n := 0; n < len(line); n++ {
		switch c := line[n]; {
		case (c == ' ' || c == '\t') && !quoted:
			return b.String(), line[n:]
		case c == '"' && quoted && !program && n+1 < len(line) && line[n+1] == '"':
			// "" in quotes is one, and ends them, as Go has it
			b.WriteByte('"')
			holdsQuote, quoted = true, false
			n++
		case c == '"':
			quoted = !quoted
		case c == '\\' && !program:
			slashes := 1
			for n+slashes < len(line) && line[n+slashes] == '\\' {
				slashes++
			}
			end := n + slashes
			if end == len(line) || line[end] != '"' {
				b.WriteString(line[n:end])
				n = end - 1
				continue
			}
			n = end // at the quote
			closes := end+1 == len(line) || line[end+1] == ' ' || line[end+1] == '\t'
			if slashes%2 == 1 && quoted && !holdsQuote && closes {
				b.WriteString(line[end-slashes : end])
				quoted = false
				continue
			}
			b.WriteString(strings.Repeat(`\`, slashes/2))
			if slashes%2 == 1 {
				b.WriteByte('"')
				holdsQuote = true
				continue
			}
			n-- // the quote is one that opens or closes
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), ""
}
