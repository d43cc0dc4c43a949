package log_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
)

var start = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

func key(t *testing.T, n byte) *attest.Key {
	t.Helper()
	k, err := attest.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// fill appends entries from first on, a minute apart.
func fill(t *testing.T, dir string, first, n int, what string) {
	t.Helper()
	l, err := log.Open(dir, key(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for i := first; i < first+n; i++ {
		if _, err := l.Append(log.Addition{Kind: "note", Digest: [32]byte{byte(i)}, Text: fmt.Sprint(what, " ", i)}, start.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
}

func readLog(t *testing.T, dir string) (*log.State, error) {
	t.Helper()
	folder, err := files.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	return log.Read(folder)
}

// copyOf copies a log's folder.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "log")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// lines changes the lines of a file.
func lines(t *testing.T, dir, name string, change func([]string) []string) {
	t.Helper()
	path := filepath.Join(dir, name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	list := change(strings.Split(strings.TrimSuffix(string(data), "\n"), "\n"))
	if err := os.WriteFile(path, []byte(strings.Join(list, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The chain is what anybody computes with a SHA-256 of the lines.
func TestAppend_ChainsByLines(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 3, "entry")
	fill(t, dir, 3, 2, "entry")
	s, err := readLog(t, dir)
	if err != nil || len(s.Entries) != 5 || len(s.Heads) != 5 || s.Unsigned() != 0 {
		t.Fatalf("%d entries, %d heads: %v", len(s.Entries), len(s.Heads), err)
	}
	data, err := os.ReadFile(filepath.Join(dir, log.EntriesFile))
	if err != nil {
		t.Fatal(err)
	}
	previous := strings.Repeat("0", 64)
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var e struct {
			Sequence int
			Previous string
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Sequence != i || e.Previous != "0x"+previous {
			t.Errorf("line %d: %+v, %v", i, e, err)
		}
		sum := sha256.Sum256(append([]byte("genproof/log/entry\x00"), line...))
		if previous = hex.EncodeToString(sum[:]); s.Heads[i].String() != fmt.Sprint(i, ":", previous) {
			t.Errorf("head %d is %s, want %s", i, s.Heads[i].String(), previous)
		}
	}
}

// Whatever is done to a log's files is named, by what it is and where.
func TestRead_NamesWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 6, "entry")
	without := func(from, to int) func([]string) []string {
		return func(l []string) []string { return append(append([]string{}, l[:from]...), l[to:]...) }
	}
	for name, row := range map[string]struct {
		change func(dir string)
		want   error
		about  string
	}{
		"the tail is cut":         {func(d string) { lines(t, d, log.EntriesFile, without(4, 6)) }, log.ErrRollback, "head 4 was signed, and the log ends with entry 3"},
		"the middle is cut":       {func(d string) { lines(t, d, log.EntriesFile, without(2, 3)) }, log.ErrGap, "entry 3 follows entry 1"},
		"the beginning is cut":    {func(d string) { lines(t, d, log.EntriesFile, without(0, 1)) }, log.ErrGap, "entry 1"},
		"all is cut":              {func(d string) { os.Remove(filepath.Join(d, log.EntriesFile)) }, log.ErrRollback, "the log is empty"},
		"an entry stands twice":   {func(d string) { lines(t, d, log.EntriesFile, func(l []string) []string { return append(l, l[5]) }) }, log.ErrFork, "entry 5 is here twice"},
		"the middle is rewritten": {func(d string) { rewrite(t, d, 2, "entry 2", "Entry 2") }, log.ErrChanged, "entry 2 is not the one that entry 3 was written behind"},
		"the last is rewritten":   {func(d string) { rewrite(t, d, 5, "entry 5", "Entry 5") }, log.ErrFork, "entry 5 was"},
		"a time in the past":      {func(d string) { rewrite(t, d, 5, "12:05", "11:05") }, log.ErrClock, "entry 5 is of"},
		"a line of something":     {func(d string) { lines(t, d, log.EntriesFile, func(l []string) []string { l[1] = "x"; return l }) }, log.ErrForm, "line 2"},
		"a line in another form":  {func(d string) { rewrite(t, d, 1, `"kind"`, ` "kind"`) }, log.ErrForm, "line 2"},
		"a head is changed": {func(d string) {
			lines(t, d, log.HeadsFile, func(l []string) []string { l[3] = strings.Replace(l[3], "12:03", "12:04", 1); return l })
		}, log.ErrForm, "head 3"},
		"a head of another log": {func(d string) { strangersHead(t, d) }, log.ErrSigner, "the head is of"},
	} {
		d := copyOf(t, dir)
		row.change(d)
		if _, err := readLog(t, d); !errors.Is(err, row.want) || !strings.Contains(err.Error(), row.about) {
			t.Errorf("%s: %v, want %v: %q", name, err, row.want, row.about)
		}
		if _, err := log.Open(d, key(t, 1)); err == nil {
			t.Errorf("%s: it is written on", name)
		}
	}
}

func rewrite(t *testing.T, dir string, n int, from, to string) {
	t.Helper()
	lines(t, dir, log.EntriesFile, func(l []string) []string {
		if !strings.Contains(l[n], from) {
			t.Fatalf("no %q in %s", from, l[n])
		}
		l[n] = strings.Replace(l[n], from, to, 1)
		return l
	})
}

func strangersHead(t *testing.T, dir string) {
	t.Helper()
	other := t.TempDir()
	l, err := log.Open(other, key(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	h, err := l.Append(log.Addition{Kind: "note", Text: "x"}, start)
	if err != nil {
		t.Fatal(err)
	}
	lines(t, dir, log.HeadsFile, func(list []string) []string { return append(list, strings.TrimSpace(string(h.Line()))) })
}

// A log that is whole in itself is caught by a head that somebody else has: a restored backup as a rollback,
// one written anew, or on from a backup, as a fork.
func TestFollows_CatchesWholeLogs(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 3, "entry")
	backup := copyOf(t, dir)
	fill(t, dir, 3, 3, "entry")
	s, err := readLog(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	anchored := s.Heads[4]
	follows := func(dir string) error {
		s, err := readLog(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		return s.Follows(&anchored)
	}
	if err := follows(dir); err != nil {
		t.Errorf("the log itself: %v", err)
	}
	if err := follows(backup); !errors.Is(err, log.ErrRollback) || !strings.Contains(err.Error(), "ends with entry 2") {
		t.Errorf("a restored backup: %v", err)
	}
	fill(t, backup, 3, 4, "other")
	if err := follows(backup); !errors.Is(err, log.ErrFork) || !strings.Contains(err.Error(), "entry 4 was") {
		t.Errorf("a backup that was written on: %v", err)
	}
	anew := t.TempDir()
	fill(t, anew, 0, 8, "anew")
	if err := follows(anew); !errors.Is(err, log.ErrFork) {
		t.Errorf("a log that was written anew: %v", err)
	}
	mixed := copyOf(t, dir) // two heads for one place
	other, err := readLog(t, backup)
	if err != nil {
		t.Fatal(err)
	}
	lines(t, mixed, log.HeadsFile, func(l []string) []string { return append(l, strings.TrimSpace(string(other.Heads[4].Line()))) })
	if _, err := readLog(t, mixed); !errors.Is(err, log.ErrFork) {
		t.Errorf("two heads for one entry: %v", err)
	}
}

// One writer at a time, with the log's key, whose clock does not go back.
func TestOpen_OneWriter(t *testing.T) {
	dir := t.TempDir()
	l, err := log.Open(dir, key(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := log.Open(dir, key(t, 1)); !errors.Is(err, files.ErrBusy) {
		t.Errorf("a second writer: %v", err)
	}
	if _, err := l.Append(log.Addition{Kind: "note", Text: "x"}, start); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(log.Addition{Kind: "note", Text: "x"}, start.Add(-time.Second)); !errors.Is(err, log.ErrClock) {
		t.Errorf("a clock that goes back: %v", err)
	}
	if _, err := l.Append(log.Addition{Kind: "gossip", Text: "x"}, start); err == nil {
		t.Error("a kind that is none is taken")
	}
	l.Close()
	if _, err := log.Open(dir, key(t, 2)); !errors.Is(err, log.ErrKey) {
		t.Errorf("another key: %v", err)
	}
}

// What a process that died left is mended: half a line goes, an entry without a head gets it.
func TestOpen_MendsWhatAProcessThatDiedLeft(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 3, "entry")
	path := filepath.Join(dir, log.EntriesFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(bytes.Clone(whole), `{"version": 1,"sequence": 3`...), 0o600); err != nil {
		t.Fatal(err)
	}
	lines(t, dir, log.HeadsFile, func(l []string) []string { return l[:2] })
	if s, err := readLog(t, dir); err != nil || s.Unsigned() != 1 {
		t.Errorf("before: %v", err)
	}
	fill(t, dir, 3, 1, "entry")
	s, err := readLog(t, dir)
	if err != nil || len(s.Entries) != 4 || len(s.Heads) != 4 || s.Unsigned() != 0 {
		t.Errorf("after: %d entries, %d heads, %v", len(s.Entries), len(s.Heads), err)
	}
}

// What is personal stands in no public file, and its commitment holds only with its salt.
func TestAppend_KeepsWhatIsPrivate(t *testing.T) {
	dir := t.TempDir()
	l, err := log.Open(dir, key(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(log.Addition{Kind: "looked", Text: "card 3", Private: []byte("CANARY Ada Lovelace")}, start); err != nil {
		t.Fatal(err)
	}
	l.Close()
	for _, name := range []string{log.EntriesFile, log.HeadsFile} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		plain := sha256.Sum256([]byte("CANARY Ada Lovelace"))
		if err != nil || strings.Contains(string(data), "CANARY") || strings.Contains(string(data), hex.EncodeToString([]byte("CANARY"))) || strings.Contains(string(data), hex.EncodeToString(plain[:])) {
			t.Errorf("%s: %s", name, data)
		}
	}
	private := filepath.Join(dir, log.PrivateDir, "0.json")
	info, err := os.Stat(private)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	var kept struct{ Salt, Data string }
	data, err := os.ReadFile(private)
	if err != nil || json.Unmarshal(data, &kept) != nil {
		t.Fatal(err)
	}
	raw, err := hex.DecodeString(kept.Salt[2:] + kept.Data[2:])
	if err != nil {
		t.Fatal(err)
	}
	s, err := readLog(t, dir)
	if err != nil || s.Entries[0].Private != sha256.Sum256(raw) {
		t.Errorf("the commitment is another: %v", err)
	}
	if err := os.Remove(private); err != nil {
		t.Fatal(err)
	}
	if _, err := readLog(t, dir); err != nil {
		t.Errorf("after the person was erased: %v", err)
	}
}
