package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// drawnPack is a pack of the tests' drawn drop, as a program that compiles policies makes it.
func drawnPack(t *testing.T) evidence.Items {
	t.Helper()
	w := &world{head: newWorld(t).head}
	w.addTree(t, "../../testdata/published")
	return w.packBy(t, nil, drop.Compiler{})
}

// reportChanged is a pack whose maker wrote another report into it.
func reportChanged(t *testing.T, pack evidence.Items, old, replaced string) evidence.Items {
	t.Helper()
	out := maps.Clone(pack)
	report := bytes.Replace(pack[evidence.ReportFile], []byte(old), []byte(replaced), 1)
	if bytes.Equal(report, pack[evidence.ReportFile]) {
		t.Fatalf("the report has no %s", old)
	}
	m, err := evidence.ParseManifest(pack[evidence.ManifestFile])
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Files {
		if m.Files[i].Path == evidence.ReportFile {
			m.Files[i].Size, m.Files[i].SHA256 = uint64(len(report)), sha256.Sum256(report)
		}
	}
	out[evidence.ReportFile] = report
	if out[evidence.ManifestFile], err = m.Marshal(); err != nil {
		t.Fatal(err)
	}
	return out
}

// A program that compiles no policies compares all of a drawn drop's report but the one sentence that
// only a compiler could say.
func TestVerify_ComparesADrawnDropsReportWithoutACompiler(t *testing.T) {
	pack := drawnPack(t)
	if bytes.Contains(pack[evidence.ReportFile], []byte(verifier.NotCheckedPolicy)) {
		t.Fatal("the pack's maker compared no texts")
	}
	for name, row := range map[string]struct {
		pack     evidence.Items
		compiler publication.Compiler
		maker    string // the reader's version, where it is another's
		same     bool
		fault    string
		said     string
	}{
		"with a compiler":                        {pack: pack, compiler: drop.Compiler{}, same: true},
		"without":                                {pack: pack, same: true, said: "this program compares no texts"},
		"another rule, with a compiler":          {pack: reportChanged(t, pack, `"rule": "`, `"rule": "!`), compiler: drop.Compiler{}, fault: "is another than the one"},
		"another rule":                           {pack: reportChanged(t, pack, `"rule": "`, `"rule": "!`), fault: "is another than the one"},
		"another verdict":                        {pack: reportChanged(t, pack, `"amber"`, `"proven"`), fault: "is another than the one"},
		"another verdict, by another version":    {pack: reportChanged(t, pack, `"amber"`, `"proven"`), maker: "v1", said: "it differs from the one that is found here"},
		"one sentence more of what is unchecked": {pack: reportChanged(t, pack, `"not_checked": [`, `"not_checked": ["the moon"`), fault: "is another than the one"},
	} {
		by := evidence.Verifier{Version: "v0", Go: "go1"}
		if row.maker != "" {
			by.Version = row.maker
		}
		v, err := evidence.Verify(context.Background(), row.pack, evidence.Reader{Compiler: row.compiler, Verifier: by})
		if err != nil {
			t.Fatal(err)
		}
		faults, said := strings.Join(v.Faults, "\n"), fmt.Sprint(v.NotChecked)
		if v.Same != row.same || (row.fault == "") != (len(v.Faults) == 0) || !strings.Contains(faults, row.fault) || !strings.Contains(said, row.said) {
			t.Errorf("%s: the same %v, faults %q, not checked %s", name, v.Same, faults, said)
		}
		if row.compiler != nil && strings.Contains(said, "compares no texts") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// addTree adds what is published in a folder, images and CARs apart.
func (w *world) addTree(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".car") || strings.Contains(path, "images") {
			return err
		}
		name, err := filepath.Rel(dir, path)
		w.inputs = append(w.inputs, evidence.Input{Path: "publication/" + filepath.ToSlash(name), Role: "publication", Source: "the author", Open: func() (io.ReadCloser, error) { return os.Open(path) }})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
