package solidity

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestCompilerInput_HasTheSourcesOfEachContract(t *testing.T) {
	used := map[string]bool{}
	for _, a := range Artifacts() {
		data, err := a.CompilerInput()
		if err != nil {
			t.Fatal(err)
		}
		var input struct {
			Language string
			Sources  map[string]struct{ Content string }
			Settings struct{ EVMVersion string }
		}
		if err := json.Unmarshal(data, &input); err != nil || input.Language != "Solidity" || input.Settings.EVMVersion != a.EVM || len(input.Sources) != len(a.Sources) {
			t.Errorf("%s: %v, %d sources", a.Contract, err, len(input.Sources))
		}
		path, name, _ := strings.Cut(a.Source(), ":")
		if name != a.Contract || !strings.Contains(input.Sources[path].Content, "contract "+a.Contract+" ") {
			t.Errorf("%s is not in %s", a.Contract, path)
		}
		for path := range input.Sources {
			used[path] = true
		}
	}
	for path := range imports() {
		if !used[path] {
			t.Errorf("no contract needs %s", path)
		}
	}
}
