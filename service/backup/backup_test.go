package backup_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/genproof/genproof/service/backup"
	"github.com/genproof/genproof/service/record"
	"github.com/genproof/genproof/service/vault"
)

const canary = "CANARY-of-a-drop"

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// tree is what is below a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A world is a studio's folder with one drop, sealed in a vault, and who can open backups.
type world struct {
	dir     string
	vault   *vault.Vault
	book    *record.Book
	near    *age.X25519Identity
	offline *age.X25519Identity
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{dir: filepath.Join(t.TempDir(), "studio")}
	file, _, err := vault.NewIdentity("")
	if err != nil {
		t.Fatal(err)
	}
	if w.vault, err = vault.Open(file, ""); err != nil {
		t.Fatal(err)
	}
	for _, id := range []**age.X25519Identity{&w.near, &w.offline} {
		if *id, err = age.GenerateX25519Identity(); err != nil {
			t.Fatal(err)
		}
	}
	put(t, w.dir, ".studio/coordinator.key", "seed")
	put(t, w.dir, ".studio/queue/jetstream/1.blk", "made again")
	put(t, w.dir, ".studio/.lock", "")
	put(t, w.dir, ".studio/used.json", "{}")
	put(t, w.dir, "drops/ab/out/drop.json", "{}")
	put(t, w.dir, "drops/ab/source/.genproof-1.tmp", "half")
	put(t, w.dir, "drops/ab/large", strings.Repeat("large ", 1<<18))
	put(t, w.dir, "drops/ab/deck/secrets.yaml", canary)
	if err := w.vault.Seal(filepath.Join(w.dir, "drops/ab"), []string{"deck/secrets.yaml"}); err != nil {
		t.Fatal(err)
	}
	key, err := record.LoadKey(filepath.Join(w.dir, "drops", "log.key"))
	if err != nil {
		t.Fatal(err)
	}
	w.book = record.Open(filepath.Join(w.dir, "drops/ab"), key)
	w.note(t)
	return w
}

func (w *world) note(t *testing.T) string {
	t.Helper()
	h, err := w.book.Write(record.Action{Kind: "note", Text: "done"})
	if err != nil {
		t.Fatal(err)
	}
	return h.String()
}

func (w *world) backup(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "studio.age")
	s, err := backup.Make(t.Context(), w.dir, file, []age.Recipient{w.near.Recipient(), w.offline.Recipient()})
	if err != nil || s.Logs != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	return file
}

func (w *world) restore(t *testing.T, file string, change func(*backup.Options)) (string, error) {
	t.Helper()
	o := backup.Options{File: file, Dir: filepath.Join(t.TempDir(), "new"), Identities: []age.Identity{w.offline}}
	if change != nil {
		change(&o)
	}
	_, err := backup.Restore(t.Context(), o)
	return o.Dir, err
}

// On an empty root everything comes back that is not made again, by either recipient, and a check leaves
// nothing.
func TestRestore_GivesBack(t *testing.T) {
	w := newWorld(t)
	file := w.backup(t)
	for name, text := range tree(t, filepath.Dir(file)) {
		if strings.Contains(text, canary) || strings.Contains(text, "coordinator.key") {
			t.Errorf("%s is readable", name)
		}
	}
	want := tree(t, w.dir)
	for _, name := range []string{".studio/queue/jetstream/1.blk", ".studio/.lock", ".studio/used.json", "drops/ab/source/.genproof-1.tmp", "drops/ab/log/.lock"} {
		delete(want, name)
	}
	for _, id := range []age.Identity{w.near, w.offline} {
		dir, err := w.restore(t, file, func(o *backup.Options) { o.Identities = []age.Identity{id} })
		if err != nil {
			t.Fatal(err)
		}
		if got := tree(t, dir); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%d files, want %d", len(got), len(want))
		}
		hidden, err := w.vault.Read(filepath.Join(dir, "drops/ab"))
		if err != nil || string(hidden["deck/secrets.yaml"]) != canary {
			t.Errorf("what is hidden: %v", err)
		}
	}
	dir, err := w.restore(t, file, func(o *backup.Options) { o.Check = true })
	if entries, _ := os.ReadDir(filepath.Dir(dir)); err != nil || len(entries) != 0 {
		t.Errorf("a check leaves %v: %v", entries, err)
	}
}

// Whatever is wrong is refused, and nothing is left where it was to go.
func TestRestore_Refuses(t *testing.T) {
	w := newWorld(t)
	file := w.backup(t)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	newer := w.note(t)
	broken := func(data []byte) func(*backup.Options) {
		return func(o *backup.Options) {
			o.File = filepath.Join(t.TempDir(), "broken.age")
			if err := os.WriteFile(o.File, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	flipped := append([]byte{}, data...)
	flipped[len(flipped)-100] ^= 1
	bad := errors.New("bad")
	for name, tc := range map[string]struct {
		change func(*backup.Options)
		want   error
	}{
		"a stranger's identity": {func(o *backup.Options) { o.Identities = []age.Identity{stranger} }, backup.ErrIdentity},
		"half a file":           {broken(data[:len(data)/2]), backup.ErrBroken},
		"a changed byte":        {broken(flipped), backup.ErrBroken},
		"the keys' file":        {func(o *backup.Options) { o.File += backup.KeysSuffix }, backup.ErrBroken},
		"a newer head":          {func(o *backup.Options) { o.Heads = []string{newer} }, backup.ErrOlder},
		"what is judged bad":    {func(o *backup.Options) { o.Judge = func(string) error { return bad } }, bad},
		"a full root":           {func(o *backup.Options) { o.Dir = w.dir }, backup.ErrNotEmpty},
	} {
		before := tree(t, w.dir)
		dir, err := w.restore(t, file, tc.change)
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: %v", name, err)
		}
		if entries, _ := os.ReadDir(filepath.Dir(dir)); dir != w.dir && len(entries) != 0 {
			t.Errorf("%s: left %v", name, entries)
		}
		if fmt.Sprint(tree(t, w.dir)) != fmt.Sprint(before) {
			t.Errorf("%s: the studio was changed", name)
		}
	}
	if _, err := w.restore(t, file, func(o *backup.Options) { o.Heads, o.Older = []string{newer}, true }); err != nil {
		t.Errorf("an older one that is asked for: %v", err)
	}
	if _, err := backup.Make(t.Context(), w.dir, filepath.Join(t.TempDir(), "x"), []age.Recipient{w.near.Recipient()}); !errors.Is(err, backup.ErrRecipients) {
		t.Errorf("one recipient: %v", err)
	}
}

// A drop that was forgotten is in no backup any more once the file of keys is a new one, although its
// encrypted files are in old ones.
func TestRestore_OfWhatWasForgotten(t *testing.T) {
	w := newWorld(t)
	old := w.backup(t)
	if err := vault.Forget(filepath.Join(w.dir, "drops/ab"), nil); err != nil {
		t.Fatal(err)
	}
	fresh := w.backup(t)
	if err := os.Rename(fresh+backup.KeysSuffix, old+backup.KeysSuffix); err != nil {
		t.Fatal(err)
	}
	dir, err := w.restore(t, old, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, "drops/ab", vault.HiddenFile)); err != nil {
		t.Errorf("the old backup has no hidden file to begin with: %v", err)
	}
	if _, err := w.vault.Read(filepath.Join(dir, "drops/ab")); err == nil {
		t.Error("what was forgotten can be read")
	}
}
