package main

import (
	"fmt"
	"strings"
)

// The scripts hold words alone, so that completing costs no start of the program.
// What each asks: is this the value of an option, an option, the command itself, or
// a word behind it. Where nothing of that fits, names of files are left to the shell.

// bashScript leaves files to readline (-o default), which quotes blanks in names.
func bashScript(all []completed) string {
	var values, options, words strings.Builder
	var names []string
	for _, t := range all {
		names = append(names, t.name)
		var flags []string
		for _, o := range t.options {
			flags = append(flags, o.written()...)
			switch {
			case o.value == "":
			case o.words != nil:
				fmt.Fprintf(&values, "\t%s) words=%s ;;\n", strings.Join(casesOf(t.name, o), "|"), shellQuote(o.words))
			default:
				fmt.Fprintf(&values, "\t%s) return ;;\n", strings.Join(casesOf(t.name, o), "|"))
			}
		}
		fmt.Fprintf(&options, "\t\t%s) words=%s ;;\n", t.name, shellQuote(flags))
		if t.words != nil {
			fmt.Fprintf(&words, "\t\t%s) words=%s ;;\n", t.name, shellQuote(t.words))
		}
	}
	return `# bash completion of juzheng, made by: juzheng completion bash
_juzheng() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words=
	COMPREPLY=()
	# bash takes --lang=zh for three words
	[[ $cur == = ]] && cur=
	[[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD-2]}
	if ((COMP_CWORD == 1)); then
		words=` + shellQuote(names) + `
	else
		case "$command $prev" in
` + values.String() + `		*)
			if [[ $cur == -* ]]; then
				case $command in
` + options.String() + `				esac
			else
				case $command in
` + words.String() + `				esac
			fi ;;
		esac
	fi
	COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _juzheng juzheng
`
}

// zshScript works as a file of $fpath and when it is sourced.
func zshScript(all []completed) string {
	var names, cases strings.Builder
	colon := strings.NewReplacer(`\`, `\\`, `:`, `\:`)
	inSpec := strings.NewReplacer(`\`, `\\`, `:`, `\:`, `[`, `\[`, `]`, `\]`)
	for _, t := range all {
		fmt.Fprintf(&names, "\t\t\t%s\n", single(t.name+":"+colon.Replace(t.brief)))
		fmt.Fprintf(&cases, "\t%s)\n\t\t_arguments -s \\\n", t.name)
		for _, o := range t.options {
			spec := fmt.Sprintf("*--%s[%s]", o.long, inSpec.Replace(o.brief()))
			if o.short != "" {
				spec = fmt.Sprintf("[%s]", inSpec.Replace(o.brief()))
			}
			switch {
			case o.value == "":
			case o.words != nil:
				spec += ":" + inSpec.Replace(o.value) + ":(" + strings.Join(o.words, " ") + ")"
			case o.path:
				spec += ":" + inSpec.Replace(o.value) + ":_files"
			default:
				spec += ":" + inSpec.Replace(o.value) + ": "
			}
			if o.short != "" {
				fmt.Fprintf(&cases, "\t\t\t'*'{-%s,--%s}%s \\\n", o.short, o.long, single(spec))
				continue
			}
			fmt.Fprintf(&cases, "\t\t\t%s \\\n", single(spec))
		}
		if t.words != nil {
			fmt.Fprintf(&cases, "\t\t\t'*: :_alternative %s \"files\\:file\\:_files\"' ;;\n",
				fmt.Sprintf(`"words\:word\:(%s)"`, strings.Join(t.words, " ")))
			continue
		}
		cases.WriteString("\t\t\t'*:file:_files' ;;\n")
	}
	return `#compdef juzheng
# zsh completion of juzheng, made by: juzheng completion zsh
_juzheng() {
	if ((CURRENT == 2)); then
		local -a commands=(
` + names.String() + `		)
		_describe -t commands command commands
		_files -/
		return
	fi
	local command=$words[2]
	shift words
	((CURRENT--))
	case $command in
` + cases.String() + `	*) _files ;;
	esac
}
if [[ $funcstack[1] == _juzheng ]]; then _juzheng "$@"; else compdef _juzheng juzheng; fi
`
}

// fishScript names files only where one may stand.
func fishScript(all []completed) string {
	var b strings.Builder
	b.WriteString("# fish completion of juzheng, made by: juzheng completion fish\n")
	inQuotes := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	quoted := func(s string) string { return "'" + inQuotes.Replace(s) + "'" }
	for _, t := range all {
		fmt.Fprintf(&b, "complete -c juzheng -n __fish_use_subcommand -a %s -d %s\n", t.name, quoted(t.brief))
		behind := quoted("__fish_seen_subcommand_from " + t.name)
		if t.words != nil {
			fmt.Fprintf(&b, "complete -c juzheng -n %s -a %s\n", behind, quoted(strings.Join(t.words, " ")))
		}
		for _, o := range t.options {
			line := "complete -c juzheng -n " + behind
			if o.short != "" {
				line += " -s " + o.short
			}
			line += " -l " + o.long
			switch {
			case o.value == "":
			case o.words != nil:
				line += " -x -a " + quoted(strings.Join(o.words, " "))
			case o.path:
				line += " -r -F"
			default:
				line += " -x"
			}
			fmt.Fprintf(&b, "%s -d %s\n", line, quoted(o.brief()))
		}
	}
	return b.String()
}

// powershellScript gives no word where a file may stand: PowerShell then completes
// names of files by itself, and quotes them.
func powershellScript(all []completed) string {
	var b strings.Builder
	quoted := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	listed := func(words []string) string {
		var out []string
		for _, w := range words {
			out = append(out, quoted(w))
		}
		return "@(" + strings.Join(out, ", ") + ")"
	}
	b.WriteString("# PowerShell completion of juzheng, made by: juzheng completion powershell\n$juzhengCommands = @{\n")
	for _, t := range all {
		fmt.Fprintf(&b, "  %s = @{ about = %s; words = %s; options = [ordered]@{\n", quoted(t.name), quoted(t.brief),
			listed(t.words))
		for _, o := range t.options {
			for _, w := range o.written() {
				fmt.Fprintf(&b, "    %s = @{ about = %s; value = $%t; words = %s }\n", quoted(w), quoted(o.brief()),
					o.value != "", listed(o.words))
			}
		}
		b.WriteString("  } }\n")
	}
	b.WriteString(`}
Register-ArgumentCompleter -Native -CommandName @('juzheng', 'juzheng.exe') -ScriptBlock {
  param($word, $ast, $position)
  $before = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } |
    ForEach-Object { $_.Extent.Text })
  $found = [ordered]@{}
  if ($before.Count -le 1) {
    foreach ($name in ($juzhengCommands.Keys | Sort-Object)) { $found[$name] = $juzhengCommands[$name].about }
  } elseif ($juzhengCommands.ContainsKey($before[1])) {
    $command = $juzhengCommands[$before[1]]
    $last = $before[-1]
    if ($command.options.Contains($last) -and $command.options[$last].value) {
      foreach ($w in $command.options[$last].words) { $found[$w] = $w }
    } elseif ($word -like '-*') {
      foreach ($o in $command.options.Keys) { $found[$o] = $command.options[$o].about }
    } else {
      foreach ($w in $command.words) { $found[$w] = $w }
    }
  }
  foreach ($text in $found.Keys) {
    if ($text -like "$word*") {
      $about = if ($found[$text]) { $found[$text] } else { $text }
      [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $about)
    }
  }
}
`)
	return b.String()
}

// written is the option as it is typed.
func (o option) written() []string {
	if o.short != "" {
		return []string{"-" + o.short, "--" + o.long}
	}
	return []string{"--" + o.long}
}

// casesOf are the patterns of bash's case for an option that wants a value.
func casesOf(command string, o completedOption) []string {
	var out []string
	for _, w := range o.written() {
		out = append(out, `"`+command+" "+w+`"`)
	}
	return out
}

// single puts a text in the quotes of a POSIX shell.
func single(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// shellQuote is a list of words as one of a POSIX shell; none of ours has a quote.
func shellQuote(words []string) string { return "'" + strings.Join(words, " ") + "'" }
