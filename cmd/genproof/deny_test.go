package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// What a reader's own list names is rejected, whatever the proofs say.
func TestDeny_RejectsWhatTheReaderKnows(t *testing.T) {
	const deck, drawn = "../../testdata/deck", "../../testdata/published"
	var report struct {
		Model       string
		Key         struct{ Digest string }
		Commitments struct{ Model string }
		Authority   struct{ Key string }
		Verdict     string
		Reason      string
	}
	ask := func(code int, args ...string) {
		t.Helper()
		if err := json.Unmarshal([]byte(expect(t, code, append(args, "--json")...).stdout), &report); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "bad.txt")
	ask(console.ExitOK, "verify", deck)
	deckModel, deckKey := report.Model, report.Key.Digest
	ask(console.ExitOK, "verify", drawn)
	drawnModel, authority := report.Commitments.Model, report.Authority.Key
	for _, row := range []struct{ where, line, what string }{
		{deck, "model " + deckModel, "model"}, {deck, "key " + strings.ToUpper(deckKey[2:]), ""}, {deck, "key 0x" + strings.ToUpper(deckKey[2:]) + " # made by a thief", "key"},
		{deck, "model " + drawnModel, ""}, {drawn, "model " + drawnModel, "model"}, {drawn, "authority " + authority, "authority"},
	} {
		write(t, file, "\uFEFF# what I know to be bad\n\n"+row.line+"\n")
		switch {
		case row.what != "":
			ask(console.ExitRejected, "verify", row.where, "--deny", file)
			if !strings.HasPrefix(report.Reason, "your list denies its "+row.what) || !strings.HasSuffix(report.Reason, "in line 3") || report.Verdict != "rejected" {
				t.Errorf("%s: %+v", row.line, report)
			}
		case strings.HasPrefix(row.line, "key"):
			refuses(t, "bad.txt:3: ", "", "verify", row.where, "--deny", file)
		default:
			ask(console.ExitOK, "verify", row.where, "--deny", file)
		}
	}
	write(t, file, "drop 0x12\n")
	refuses(t, "bad.txt:1: ", "key, model, author", "verify", deck, "--deny", file)
}
