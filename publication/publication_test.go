package publication_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

const published = "../testdata/published"

var trust = publication.Trust{Compiler: drop.Compiler{}}

// copied returns a copy of the published folder, to change at will.
func copied(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(published)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t testing.TB, data []byte, path ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(path...), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// inMemory is the published folder as a page in a browser holds it.
func inMemory(t testing.TB) publication.Files {
	t.Helper()
	list := publication.Files{}
	err := filepath.WalkDir(published, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(published, path)
			list[filepath.ToSlash(name)] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func judge(t testing.TB, p *publication.Publication, err error) *verifier.Report {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Judge(context.Background())
	if err := errors.Join(err, p.Close()); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOpen_TakesFolderCARAndBundle(t *testing.T) {
	description, err := bundle.UnmarshalDescription(read(t, published, bundle.DescriptionFile))
	if err != nil {
		t.Fatal(err)
	}
	vk, err := verifier.ParseKey(read(t, published, bundle.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	known := publication.Trust{Description: description, Key: vk, Compiler: drop.Compiler{}}
	for name, tokens := range map[string]int{"": 3, bundle.CARFile: 3, bundle.BundlePath(2): 1} {
		p, err := publication.Open(filepath.Join(published, name), known)
		if r := judge(t, p, err); !r.Verdict.Holds() || len(r.Tokens) != tokens {
			t.Errorf("%q: %+v", name, r)
		}
	}
	p, err := publication.Read(inMemory(t), trust)
	if r := judge(t, p, err); !r.Verdict.Holds() || len(r.Tokens) != 3 {
		t.Errorf("in memory: %+v", r)
	}
	archive := read(t, published, bundle.CARFile)
	p, err = publication.ReadCAR(bytes.NewReader(archive), int64(len(archive)), trust)
	if r := judge(t, p, err); !r.Verdict.Holds() || len(r.Tokens) != 3 || !strings.HasPrefix(p.Root, "bafybei") {
		t.Errorf("a CAR in memory: %+v, root %s", r, p.Root)
	}
}

func TestOpen_SaysWhatIsMissing(t *testing.T) {
	without := func(name string) func(t *testing.T) string {
		return func(t *testing.T) string {
			dir := copied(t)
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			return dir
		}
	}
	file := func(data string) func(t *testing.T) string {
		return func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "file")
			write(t, []byte(data), path)
			return path
		}
	}
	whole := string(read(t, published, bundle.CARFile))
	lie := car.Section(car.Raw([]byte("another picture")), []byte("a picture"))
	document := bundle.DocumentPath("bafkreibez67mfehwuhe7yfy2rilloubeiyuny6zxnubhs6snbjagebjoza")
	for name, tc := range map[string]struct {
		where func(t *testing.T) string
		want  error
	}{
		"no description": {without(bundle.DescriptionFile), publication.ErrNoDescription},
		"no key":         {without(bundle.KeyFile), publication.ErrNoKey},
		"no bundles":     {without(bundle.BundlesDir), publication.ErrNoBundles},
		"nothing":        {without("."), fs.ErrNotExist},
		"a lone bundle":  {func(*testing.T) string { return filepath.Join(published, bundle.BundlePath(1)) }, publication.ErrLone},
		"a document":     {func(*testing.T) string { return filepath.Join(published, document) }, publication.ErrDocument},
		"text":           {file("hello"), publication.ErrUnknown},
		"empty file":     {file(""), publication.ErrUnknown},
		"a cut CAR":      {file(whole[:len(whole)-1]), &publication.Damage{}},
		"half a header":  {file(whole[:20]), &publication.Damage{}},
		"a lie added":    {file(whole + string(lie)), &publication.Damage{}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := publication.Open(tc.where(t), trust)
			var damage *publication.Damage
			if _, wanted := tc.want.(*publication.Damage); wanted != errors.As(err, &damage) || !wanted && !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %T", err, tc.want)
			}
		})
	}
}

// A CAR with blocks twice is judged as the CAR without. One with more in it than the drop is not
// judged, from a file or from memory, and is no damaged one.
func TestOpen_TellsCARsOfOtherToolsFromDamage(t *testing.T) {
	whole := read(t, published, bundle.CARFile)
	report := func(data []byte) *verifier.Report {
		t.Helper()
		p, err := publication.ReadCAR(bytes.NewReader(data), int64(len(data)), trust)
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Judge(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	twice := slices.Concat(whole, whole[len(car.Header(car.CID{})):])
	if got, want := report(twice), report(whole); !reflect.DeepEqual(got, want) {
		t.Errorf("with all blocks twice: %+v, want %+v", got, want)
	}
	more := slices.Concat(whole, car.Section(car.Raw([]byte("a picture")), []byte("a picture")))
	path := filepath.Join(t.TempDir(), "more.car")
	write(t, more, path)
	_, fromFile := publication.Open(path, trust)
	_, fromMemory := publication.ReadCAR(bytes.NewReader(more), int64(len(more)), trust)
	for _, err := range []error{fromFile, fromMemory} {
		var damage *publication.Damage
		var surplus *car.Surplus
		if errors.As(err, &damage) || !errors.As(err, &surplus) || surplus.First != car.Raw([]byte("a picture")) || !strings.Contains(err.Error(), "the CAR holds more than the drop: ") {
			t.Errorf("got %v", err)
		}
	}
}

// TestJudge_HidesNothingBehindOneBadFile: whatever a stranger put among the bundles, the
// others have their verdicts, soon.
func TestJudge_HidesNothingBehindOneBadFile(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string) error{
		"a link":   func(t *testing.T, path string) error { return os.Symlink("1.json", path) },
		"a folder": func(t *testing.T, path string) error { return os.Mkdir(path, 0o755) },
		"a pipe":   func(t *testing.T, path string) error { return pipe(path) },
		"a large file": func(t *testing.T, path string) error {
			return os.WriteFile(path, make([]byte, bundle.MaxBytes+1), 0o644)
		},
		"not a bundle":  func(t *testing.T, path string) error { return os.WriteFile(path, []byte("{}"), 0o644) },
		"a dead link":   func(t *testing.T, path string) error { return os.Symlink("nowhere", path) },
		"a link abroad": func(t *testing.T, path string) error { return os.Symlink("/etc/hostname", path) },
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" {
				t.Skip("Windows has neither pipes nor links for everybody")
			}
			dir := copied(t)
			bad := filepath.Join(dir, bundle.BundlePath(2))
			if err := errors.Join(os.Remove(bad), spoil(t, bad)); err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			p, err := publication.Open(dir, trust)
			r := judge(t, p, err)
			if r.Verdict.Holds() || len(r.Tokens) != 3 || !r.Tokens[0].Verdict.Holds() || r.Tokens[1].Verdict.Holds() || !r.Tokens[2].Verdict.Holds() || r.Tokens[1].Reason == "" || r.Tokens[1].ID != nil || *r.Tokens[2].ID != 3 {
				t.Errorf("%+v", r)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// The files of a drop itself must be plain files too.
func TestOpen_FollowsNoLinks(t *testing.T) {
	for _, name := range []string{bundle.DescriptionFile, bundle.KeyFile, bundle.PolicyFile, bundle.BundlesDir} {
		dir := copied(t)
		path := filepath.Join(dir, name)
		moved := filepath.Join(t.TempDir(), "moved")
		if err := errors.Join(os.Rename(path, moved), os.Symlink(moved, path)); err != nil {
			t.Fatal(err)
		}
		if _, err := publication.Open(dir, trust); err == nil {
			t.Errorf("%s: a link is followed", name)
		}
	}
}

func TestJudge_DocumentsAreTheProvenOnes(t *testing.T) {
	list := inMemory(t)
	var names []string
	for name := range list {
		if strings.HasPrefix(name, bundle.DocumentsDir+"/") {
			names = append(names, name)
		}
	}
	list[names[0]] = append(bytes.Clone(list[names[0]]), ' ')
	delete(list, names[1])
	p, err := publication.Read(list, trust)
	r := judge(t, p, err)
	rejected := 0
	for _, token := range r.Tokens {
		if !token.Verdict.Holds() && strings.HasPrefix(token.Reason, "documents: ") {
			rejected++
		}
	}
	if r.Verdict.Holds() || rejected != 2 {
		t.Errorf("%d rejected for their documents, want 2: %+v", rejected, r)
	}
}

func TestJudge_PolicyIsTheDescriptions(t *testing.T) {
	list := inMemory(t)
	list[bundle.PolicyFile] = append(list[bundle.PolicyFile], '\n')
	p, err := publication.Read(list, trust)
	if r := judge(t, p, err); r.Verdict.Holds() || !strings.Contains(r.Reason, bundle.PolicyFile) || r.Tokens[0].Verdict.Holds() {
		t.Errorf("%+v", r)
	}
	delete(list, bundle.PolicyFile) // nobody needs it
	p, err = publication.Read(list, trust)
	if r := judge(t, p, err); !r.Verdict.Holds() {
		t.Errorf("%+v", r)
	}
}

// Without a compiler, as in a browser, proofs are verified and the policy's text is not.
func TestJudge_WithoutPolicySaysSo(t *testing.T) {
	list := inMemory(t)
	p, err := publication.Read(list, publication.Trust{})
	if r := judge(t, p, err); !r.Verdict.Holds() || len(r.NotChecked) != 1 || !strings.Contains(r.NotChecked[0], "policy") {
		t.Errorf("%+v", r)
	}
	p, err = publication.Read(list, trust)
	if r := judge(t, p, err); !r.Verdict.Holds() || len(r.NotChecked) != 0 {
		t.Errorf("with a compiler: %+v", r)
	}
	weaker := bytes.Replace(list[bundle.DescriptionFile], []byte("0.80"), []byte("0.10"), 1)
	list[bundle.DescriptionFile] = weaker
	delete(list, bundle.PolicyFile)
	p, err = publication.Read(list, trust)
	if r := judge(t, p, err); r.Verdict.Holds() || bytes.Equal(weaker, read(t, published, bundle.DescriptionFile)) {
		t.Errorf("another text of the policy: %+v", r)
	}
}

// Nothing that a publication brings makes it proven: only the reader's pins do.
func TestJudge_IsProvenUnderAPinnedKeyOnly(t *testing.T) {
	key, err := verifier.ParseKey(read(t, published, bundle.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	digest := key.Digest()
	other := digest
	other[0]++
	system, _ := circuits.Digest("cid/small")
	for _, row := range []struct {
		pins []circuits.KeyPin
		want verifier.Level
	}{
		{[]circuits.KeyPin{{Circuit: "cid/small", System: system, Key: digest}}, verifier.Proven},
		{[]circuits.KeyPin{{Circuit: "root/small", System: system, Key: digest}}, verifier.Amber},
		{[]circuits.KeyPin{{Circuit: "cid/small", System: system, Key: other}}, verifier.Amber},
		{[]circuits.KeyPin{{Circuit: "cid/small", Key: digest}}, verifier.Amber},
		{[]circuits.KeyPin{}, verifier.Amber},
		{nil, verifier.Amber},
	} {
		p, err := publication.Open(published, publication.Trust{Compiler: drop.Compiler{}, Pinned: row.pins})
		r := judge(t, p, err)
		if r.Verdict != row.want || r.Tokens[2].Verdict != row.want {
			t.Errorf("pins %v: %s, token %s", row.pins, r.Verdict, r.Tokens[2].Verdict)
		}
		// A key that the reader has verified counts as one that is pinned, and is told apart.
		p, err = publication.Open(published, publication.Trust{Compiler: drop.Compiler{}, Verified: row.pins})
		r = judge(t, p, err)
		if r.Verdict != row.want || r.Key.Verified != (row.want == verifier.Proven) {
			t.Errorf("verified %v: %s, %+v", row.pins, r.Verdict, r.Key)
		}
		p, err = publication.Open(published, publication.Trust{Compiler: drop.Compiler{}, Verified: row.pins, Pinned: row.pins})
		if r = judge(t, p, err); r.Verdict != row.want || r.Key.Verified {
			t.Errorf("both %v: %s, %+v", row.pins, r.Verdict, r.Key)
		}
	}
}

// knows is a key store of one key.
type knows map[string]string

func (k knows) KeyProvenance(_ context.Context, circuit string, _ [32]byte) string { return k[circuit] }

func TestJudge_AsksWhoKnowsTheKey(t *testing.T) {
	ceremony := "ceremony:" + strings.Repeat("0a", 32) + ":3:ethereum:1:22000000"
	for known, accepted := range map[string]bool{"": true, "unsafe-development": true, ceremony: false} {
		p, err := publication.Open(published, publication.Trust{Compiler: drop.Compiler{}, Keys: knows{"cid/small": known}})
		if r := judge(t, p, err); r.Verdict.Holds() != accepted || r.Verdict.Holds() && r.Key.Claimed != (known == "") {
			t.Errorf("known as %q: %+v", known, r.Key)
		}
	}
}

func TestToken_FindsOne(t *testing.T) {
	p, err := publication.Open(published, trust)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if b, err := p.Token(3); err != nil || b.Statement.ID != 3 {
		t.Errorf("%v", err)
	}
	if _, err := p.Token(4); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a token that is not there: %v", err)
	}
	if _, err := p.Only(); err == nil {
		t.Error("one of three, and none is named")
	}
	p.Bundles = p.Bundles[1:2]
	if b, err := p.Only(); err != nil || b.Statement.ID != 2 {
		t.Errorf("the only one: %v", err)
	}
	if _, err := p.Token(0); !errors.Is(err, fs.ErrNotExist) { // 0 is an id, not any
		t.Errorf("token 0: %v", err)
	}
}
