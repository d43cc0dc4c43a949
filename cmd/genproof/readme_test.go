package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

// guides are the texts for users that show how genproof is called.
func guides(t *testing.T) []string {
	t.Helper()
	docs, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append(docs, "../../README.md", "../../solidity/README.md")
}

// TestReadme_VerbsAndOptionsExist holds the lines of the guides' blocks that call genproof to
// be ones that it takes, and what they call in a sentence.
func TestReadme_VerbsAndOptionsExist(t *testing.T) {
	lines, sentences := 0, 0
	for _, file := range guides(t) {
		text := string(read(t, file))
		for _, block := range regexp.MustCompile("(?s)```(?:sh[^\n]*)?\n(.*?)```").FindAllStringSubmatch(text, -1) {
			for line := range strings.Lines(block[1]) {
				line, _, _ = strings.Cut(line, "#")
				if words := strings.Fields(line); len(words) > 1 && words[0] == "genproof" {
					lines++
					takes(t, file, words[1:])
				}
			}
		}
		for _, call := range regexp.MustCompile("`genproof ([^`]+)`").FindAllStringSubmatch(text, -1) {
			sentences++
			takes(t, file, strings.Fields(call[1]))
		}
	}
	if lines < 50 || sentences < 20 {
		t.Errorf("found %d lines and %d sentences: the guides have another form", lines, sentences)
	}
}

// TestGuide_ListsEveryVerb: docs/commands.md has each verb that the program shows, and no other.
func TestGuide_ListsEveryVerb(t *testing.T) {
	var listed, want []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]*`) \\|").FindAllStringSubmatch(string(read(t, "../../docs/commands.md")), -1) {
		listed = append(listed, strings.Split(strings.ReplaceAll(row[1], "`", ""), ", ")...)
	}
	for _, c := range (&program{}).app().Commands {
		if !c.Hidden && c.Name != "help" {
			want = append(want, c.Name)
		}
	}
	slices.Sort(listed)
	slices.Sort(want)
	if !slices.Equal(listed, want) {
		t.Errorf("docs/commands.md lists\n%v, the program has\n%v", listed, want)
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
