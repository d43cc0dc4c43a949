package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

// TestReadme_VerbsAndOptionsExist holds the lines of the READMEs' shell blocks that call
// genproof to be ones that it takes.
func TestReadme_VerbsAndOptionsExist(t *testing.T) {
	lines := 0
	for _, file := range []string{"../../README.md", "../../solidity/README.md"} {
		for _, block := range regexp.MustCompile("(?s)```(?:sh[^\n]*)?\n(.*?)```").FindAllStringSubmatch(string(read(t, file)), -1) {
			for line := range strings.Lines(block[1]) {
				line, _, _ = strings.Cut(line, "#")
				if words := strings.Fields(line); len(words) > 1 && words[0] == "genproof" {
					lines++
					takes(t, file, words[1:])
				}
			}
		}
	}
	if lines < 12 {
		t.Errorf("found %d lines: the READMEs have another form", lines)
	}
}

// TestReference_VerbsAndOptionsExist: what the authors' reference calls in a sentence.
func TestReference_VerbsAndOptionsExist(t *testing.T) {
	const file = "../../drop/REFERENCE.md"
	calls := regexp.MustCompile("`genproof ([^`]+)`").FindAllStringSubmatch(string(read(t, file)), -1)
	for _, call := range calls {
		takes(t, file, strings.Fields(call[1]))
	}
	if len(calls) < 6 {
		t.Errorf("found %d calls: the reference has another form", len(calls))
	}
}

func takes(t *testing.T, file string, words []string) {
	t.Helper()
	commands, flags, verbs := (&program{}).app().Commands, []cli.Flag{}, 0
	for len(words) > 0 {
		next := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(words[0]) })
		if next < 0 {
			break
		}
		commands, flags, words, verbs = commands[next].Subcommands, commands[next].Flags, words[1:], verbs+1
	}
	if verbs == 0 {
		t.Errorf("%s: there is no verb %s", file, words[0])
	}
	for _, w := range words {
		if name, _, _ := strings.Cut(strings.TrimLeft(w, "-"), "="); strings.HasPrefix(w, "--") && console.Named(flags, name) == nil {
			t.Errorf("%s: there is no option %s", file, w)
		}
	}
}
