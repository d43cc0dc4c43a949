package circuits_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/consensys/gnark/frontend"
)

// TestReadme_CountsAreMeasured holds the table's columns of rows: genproof's and gnark's.
func TestReadme_CountsAreMeasured(t *testing.T) {
	table := tableRows(t)
	whole := frontend.WithCompressThreshold(0)
	for _, c := range cases {
		ours, commitments := rowsOf(t, c.inputs, c.ours, whole)
		std, stdCommitments := rowsOf(t, c.inputs, c.std, whole)
		if commitments != 0 {
			t.Errorf("%s: %d commitments", c.name, commitments)
		}
		if isHash := strings.Contains(c.name, "bytes"); isHash != (stdCommitments == 1) {
			t.Errorf("%s: gnark's makes %d commitments", c.name, stdCommitments)
		}
		table.check(t, c.name, ours, std)
		if c.name == oneBlock { // 64 bytes more leave the padding where it is
			two, _ := rowsOf(t, c.inputs+64, c.ours, whole)
			stdTwo, _ := rowsOf(t, c.inputs+64, c.std, whole)
			table.check(t, "each further block", two-ours, stdTwo-std)
		}
	}
	for name := range table {
		t.Errorf("%s: a row that no test measures", name)
	}
}

// counts are the table's rows: the first cell, and the two counts that follow.
type counts map[string][2]int

func tableRows(t *testing.T) counts {
	t.Helper()
	found := counts{}
	section, _, _ := strings.Cut(readme(t), "## A batch of a deck")
	for _, row := range regexp.MustCompile(`(?m)^\| (.+?) \| ([0-9,]+) \| ([0-9,]+) \| [0-9,]*`).FindAllStringSubmatch(section, -1) {
		found[row[1]] = [2]int{number(t, row[2]), number(t, row[3])}
	}
	return found
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// check compares a row and takes it from the table.
func (c counts) check(t *testing.T, name string, ours, std int) {
	t.Helper()
	if got := c[name]; got != [2]int{ours, std} {
		t.Errorf("%s: README.md has %v, measured %d and %d", name, got, ours, std)
	}
	delete(c, name)
}

func TestReadme_ThresholdIsMeasured(t *testing.T) {
	_, section, _ := strings.Cut(readme(t), "## The threshold")
	section, _, _ = strings.Cut(section, "##")
	for _, c := range []struct {
		inputs int
		run    gadget
		says   *regexp.Regexp
	}{
		{512 + 2, compresses(1), regexp.MustCompile(`digest is ([0-9,]+) rows instead of ([0-9,]+)`)},
		{1024 + 2, compresses(2), regexp.MustCompile(`two are ([0-9,]+)\s+instead of ([0-9,]+)`)},
		{56, hashes(false, false), regexp.MustCompile(`55 bytes ([0-9,]+) instead of ([0-9,]+)`)},
	} {
		byDefault, _ := rowsOf(t, c.inputs, c.run)
		whole, _ := rowsOf(t, c.inputs, c.run, frontend.WithCompressThreshold(0))
		said := c.says.FindStringSubmatch(section)
		if said == nil || number(t, said[1]) != byDefault || number(t, said[2]) != whole {
			t.Errorf("README.md says %q, measured %d and %d", said, byDefault, whole)
		}
	}
}

// TestReadme_ProgramIsTheConsumers: what readers copy is what a test runs.
func TestReadme_ProgramIsTheConsumers(t *testing.T) {
	program, err := os.ReadFile(consumer + "/main.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range []string{"```go\n" + string(program) + "```\n", "```text\n" + output + "```\n"} {
		if !strings.Contains(readme(t), block) {
			t.Errorf("README.md has no block\n%s", block)
		}
	}
}

func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
