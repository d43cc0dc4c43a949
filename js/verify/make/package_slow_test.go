//go:build prover_checks

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
)

// Changed publications, one after the other in one instance: the verdicts and reasons of Go.
func TestSlowPackage_TwoHundredChanges(t *testing.T) { compareMutations(t, ownProject(t), 200) }

// A thousand of them, in `just slow`.
func TestLongPackage_AThousandChanges(t *testing.T) { compareMutations(t, ownProject(t), 1000) }

// Only a key that the program itself knows makes a verdict proven: here one that this test put into
// the list of another build. The same publication is amber for everybody else.
func TestSlowPackage_ProvenByAPinnedKey(t *testing.T) {
	all := bases(t)
	d, err := bundle.UnmarshalDescription(all["published"]["drop.json"])
	if err != nil {
		t.Fatal(err)
	}
	system, ok := circuits.Digest(d.Circuit)
	if !ok {
		t.Fatal("no such circuit")
	}
	keys, err := filepath.Abs("../../../circuits/KEYS")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	pinned, overlay := filepath.Join(dir, "KEYS"), filepath.Join(dir, "overlay.json")
	list := fmt.Sprintf("%s %x %x ceremony:test bafytest\n", d.Circuit, system, d.Key.Digest)
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{keys: pinned}})
	if err != nil {
		t.Fatal(err)
	}
	for path, data := range map[string]string{pinned: list, overlay: string(replace)} {
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	other, err := packageOf("-overlay", overlay)
	if err != nil {
		t.Fatal(err)
	}
	cases := []judgement{{Base: "published", Token: "2"}, {Base: "deck", Token: "2"}}
	for project, want := range map[string][2]string{installed(t, other): {"proven", "amber"}, ownProject(t): {"amber", "amber"}} {
		o := judgeAll(t, project, all, cases)
		if got := [2]string{o.Results[0].Level, o.Results[1].Level}; got != want {
			t.Errorf("got %v, want %v: %+v", got, want, o.Results)
		}
		if want[0] == "proven" && !strings.HasPrefix(o.Results[0].Words, "proven (") {
			t.Errorf("says %s", o.Results[0].Words)
		}
	}
}

// The types compile strictly as Node and as bundlers find them, and refuse what is wrong.
func TestSlowPackage_TypesAreStrict(t *testing.T) {
	project := ownProject(t)
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join("../test/types", name))
		if err == nil {
			err = os.MkdirAll(filepath.Join(project, "tools"), 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(project, "tools", name), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	npm(t, filepath.Join(project, "tools"), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	use, err := os.ReadFile("../test/types/use.ts")
	if err == nil {
		err = os.WriteFile(filepath.Join(project, "use.ts"), use, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	tsc := filepath.Join("tools", "node_modules", "typescript", "bin", "tsc")
	for resolution, module := range map[string]string{"nodenext": "nodenext", "bundler": "esnext"} {
		npm(t, project, "exec", "--offline", "-c", fmt.Sprintf("node %s --noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2022 --lib es2022,dom --module %s --moduleResolution %s use.ts", tsc, module, resolution))
	}
}
