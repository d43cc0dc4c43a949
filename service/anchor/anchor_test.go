package anchor

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/service/record"
)

// A world is a folder of drops with logs, and a file of anchors elsewhere.
type world struct {
	t         *testing.T
	dir, file string
	key       *attest.Key
}

const (
	first  = "00000000000000000000000000000001"
	second = "00000000000000000000000000000002"
)

func newWorld(t *testing.T) *world {
	t.Helper()
	key, err := attest.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &world{t, t.TempDir(), filepath.Join(t.TempDir(), "anchors"), key}
}

// act writes an action into a drop's log.
func (w *world) act(id, text string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Join(w.dir, id), 0o700); err != nil {
		w.t.Fatal(err)
	}
	b := record.Open(filepath.Join(w.dir, id), w.key)
	defer b.Close()
	if _, err := b.Write(record.Action{Kind: "note", Text: text}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) state(id string) *log.State {
	w.t.Helper()
	s, err := record.Open(filepath.Join(w.dir, id), nil).Log()
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// anchor opens the file anew and adds the heads of drops; it reports whether something was written.
func (w *world) anchor(ids ...string) bool {
	w.t.Helper()
	f, err := Open(w.file)
	if err != nil {
		w.t.Fatal(err)
	}
	var list []Drop
	for _, id := range ids {
		list = append(list, Drop{id, w.state(id).Last().String()})
	}
	wrote, err := f.Add(w.dir, "foxes", w.key, list)
	if err != nil {
		w.t.Fatal(err)
	}
	return wrote
}

func (w *world) check() error {
	w.t.Helper()
	f, err := Open(w.file)
	if err != nil {
		return err
	}
	return f.Check(w.dir)
}

// grown has two drops, of which one has come further between two anchors and after the last one.
func grown(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.act(first, "begun")
	w.act(second, "begun")
	if !w.anchor(second, first) {
		t.Fatal("nothing was anchored")
	}
	w.act(first, "approved")
	w.act(first, "proven")
	if !w.anchor(first, second) {
		t.Fatal("nothing was anchored")
	}
	w.act(first, "forgotten")
	return w
}

func TestAnchor_HoldsWhatHasGrown(t *testing.T) {
	w := grown(t)
	if err := w.check(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(w.file)
	if err != nil || strings.Count(string(data), "\n") != 2 || strings.Count(string(data), second) != 1 {
		t.Errorf("a head that is not new is written again: %s, %v", data, err)
	}
	if !w.anchor(first, second) || w.anchor(first, second) {
		t.Error("the third anchor, or one of nothing new")
	}
	if n := len(tenant(t, w).Entries); n != 3 {
		t.Errorf("%d entries of the tenant's log", n)
	}
}

func tenant(t *testing.T, w *world) *log.State {
	t.Helper()
	s, err := record.Open(filepath.Join(w.dir, tenantsDir, "foxes"), nil).Log()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// cut leaves the first n lines of a file.
func cut(t *testing.T, path string, n int) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	if err := os.WriteFile(path, []byte(strings.Join(lines[:n], "")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// What the holder of folder and key can do to the past is named.
func TestAnchor_NoticesAnotherPast(t *testing.T) {
	logs := func(w *world, id string) string { return filepath.Join(w.dir, id, record.LogDir) }
	tail := func(t *testing.T, folder string, n int) {
		cut(t, filepath.Join(folder, log.EntriesFile), n)
		cut(t, filepath.Join(folder, log.HeadsFile), n)
	}
	rewrite := func(w *world, id string, texts ...string) {
		if err := os.RemoveAll(logs(w, id)); err != nil {
			w.t.Fatal(err)
		}
		for _, text := range texts {
			w.act(id, text)
		}
	}
	for name, tc := range map[string]struct {
		do   func(t *testing.T, w *world)
		want error
		says string
	}{
		"the tail is cut":            {func(t *testing.T, w *world) { tail(t, logs(w, first), 2) }, log.ErrRollback, first},
		"only what was not anchored": {func(t *testing.T, w *world) { tail(t, logs(w, first), 3) }, nil, ""},
		"the middle is written anew": {func(t *testing.T, w *world) { rewrite(w, first, "begun", "rejected", "proven", "forgotten") }, log.ErrFork, first},
		"a drop is gone":             {func(t *testing.T, w *world) { os.RemoveAll(filepath.Join(w.dir, second)) }, log.ErrRollback, second},
		"a drop's log is emptied":    {func(t *testing.T, w *world) { tail(t, logs(w, second), 0) }, log.ErrRollback, second},
		"the tenant's log is gone":   {func(t *testing.T, w *world) { os.RemoveAll(filepath.Join(w.dir, tenantsDir)) }, log.ErrRollback, "foxes"},
		"the tenant's log is cut":    {func(t *testing.T, w *world) { tail(t, logs(w, tenantsDir+"/foxes"), 1) }, log.ErrRollback, "foxes"},
		"the key is another":         {func(t *testing.T, w *world) { rewriteTenant(t, w) }, log.ErrSigner, "foxes"},
		"an anchor leaves a drop out": {func(t *testing.T, w *world) {
			edit(t, w.file, `{"drop": "`+second+`"`, `{"drop": "`+strings.Repeat("3", 32)+`"`)
		}, log.ErrChanged, "foxes"},
		"an anchor names the way out":  {func(t *testing.T, w *world) { edit(t, w.file, `"tenant": "foxes"`, `"tenant": "../foxes"`) }, errNamed, "is no tenant"},
		"a line of anchors is damaged": {func(t *testing.T, w *world) { edit(t, w.file, `"tenant": "foxes"`, `"tenant": 'foxes'`) }, errNamed, "reading anchors: line 1: "},
		"a line of anchors is cut off": {func(t *testing.T, w *world) { os.WriteFile(w.file, append(read(t, w.file), `{"tenant":"fo`...), 0o600) }, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := grown(t)
			tc.do(t, w)
			err := w.check()
			if tc.want == nil && err != nil || tc.want == errNamed && err == nil || tc.want != errNamed && !errors.Is(err, tc.want) {
				t.Errorf("%v, want %v", err, tc.want)
			}
			if err != nil && !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v does not name %s", err, tc.says)
			}
		})
	}
}

// errNamed stands for an error without a kind.
var errNamed = errors.New("named")

// rewriteTenant makes the tenant's log anew, under another key.
func rewriteTenant(t *testing.T, w *world) {
	t.Helper()
	dir := filepath.Join(w.dir, tenantsDir, "foxes")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	own := w.key
	w.key, _ = attest.NewKey(rand.Reader)
	w.act(tenantsDir+"/foxes", "one")
	w.act(tenantsDir+"/foxes", "two")
	w.key = own
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func edit(t *testing.T, path, from, to string) {
	t.Helper()
	text := string(read(t, path))
	if !strings.Contains(text, from) {
		t.Fatalf("no %s in %s", from, text)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, from, to)), 0o600); err != nil {
		t.Fatal(err)
	}
}
