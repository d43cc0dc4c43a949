package report

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/genproof/genproof/bench/record"
)

func TestWriteCSV_HasEveryFigure(t *testing.T) {
	r := poisoned(t)
	var b bytes.Buffer
	if err := WriteCSV(&b, r); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != len(r.Measurements)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, m := range r.Measurements {
		row := rows[i+1]
		median, err := strconv.ParseFloat(row[7], 64)
		if err != nil || median != m.Median || row[0] != m.Subject || row[1] != m.Backend || row[4] != m.Name || row[14] != m.Note || len(strings.Fields(row[12])) != len(m.Samples) {
			t.Errorf("%q of %+v, %v", row, m, err)
		}
	}
}

func texOf(t *testing.T, r *record.Run) string {
	t.Helper()
	var b strings.Builder
	if err := WriteTeX(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteTeX_HasTheMainFigures(t *testing.T) {
	r := sampleRun(t)
	tex := texOf(t, r)
	if !strings.Contains(tex, "\ncid/small & groth16 & 112240 & ") || strings.Count(tex, `\\`) != len(r.Circuits)+1 || !strings.Contains(tex, `\begin{tabular}{llrrrrrr}`) {
		t.Error(tex)
	}
	for line := range strings.Lines(tex) {
		if strings.HasSuffix(line, "\\\\\n") && strings.Count(line, "&") != 7 {
			t.Errorf("another number of columns: %s", line)
		}
	}
	if strings.ContainsAny(tex, "µ") {
		t.Error("a letter that plain LaTeX does not know")
	}
}

// TestWriteTeX_EscapesEverything: no name out of a file is a command or ends a cell.
func TestWriteTeX_EscapesEverything(t *testing.T) {
	r := poisoned(t)
	const bad = "\\input{x} & 50% $x$ #1 ~ ^2 a_b\nnext"
	r.Machine.CPU, r.Circuits[0].Backend = bad, bad
	comment, rest, _ := strings.Cut(texOf(t, r), "\n")
	if strings.Contains(rest, `\input`) || strings.HasPrefix(rest, "next") || !strings.HasPrefix(comment, "% ") {
		t.Error(rest)
	}
	for line := range strings.Lines(rest) {
		if n := len(regexp.MustCompile(`(^|[^\\])&`).FindAllString(line, -1)); n != 0 && n != 7 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestOrigin_IsLoudWithoutACommit(t *testing.T) {
	for want, s := range map[string]record.Software{"NO COMMIT KNOWN": {}, "commit abc MODIFIED": {Commit: "abc", Modified: true}, "commit abc": {Commit: "abc"}} {
		if got := Origin(s); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
		page := pageOf(t, &record.Run{Software: s, Busy: record.Busy{Known: true}})
		if loud := strings.Contains(page, `class="warning"`); loud != (want != "commit abc") || !strings.Contains(page, want) {
			t.Errorf("%+v: a warning %v", s, loud)
		}
	}
	if got := Machine(record.Machine{CPU: "a processor", Cores: 2, Memory: 1 << 33, MHz: 2100}); got != "a processor, 2100 MHz, 2 cores, 8.0 GiB" {
		t.Error(got)
	}
	if got := Machine(record.Machine{Cores: 2}); got != "unknown processor, 2 cores, 0 B" {
		t.Error(got)
	}
}
