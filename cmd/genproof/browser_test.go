package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	forPages "github.com/genproof/genproof/page/program"
)

// verifierForPages is the program, built once for all tests.
var verifierForPages = sync.OnceValues(func() (string, error) {
	wasm := filepath.Join(filepath.Dir(sharedKeys), "verify.wasm")
	return wasm, forPages.Write(wasm, "", nil)
})

// inBrowser hands files to the verifier for pages, in the forms of cmd/verify-wasm's own test, under Node.
func inBrowser(t *testing.T, form string, files map[string][]byte) map[string]any {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the verifier for pages was not run")
	}
	wasm, err := verifierForPages()
	if err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	input, err := json.Marshal(map[string]any{"calls": []any{map[string]any{"form": form, "files": files}}, "bases": map[string]any{}})
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(node, "../verify-wasm/testdata/page.mjs", filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec.js"), wasm)
	c.Stdin = bytes.NewReader(input)
	out, err := c.Output()
	var said struct {
		Results []struct {
			Answer map[string]any
			Error  string
		}
	}
	if err == nil {
		err = json.Unmarshal(out, &said)
	}
	if err != nil || len(said.Results) != 1 || said.Results[0].Error != "" {
		t.Fatalf("%v: %+v", err, said)
	}
	return said.Results[0].Answer
}

// object reads a report as JSON.
func object(t *testing.T, text string) (v map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// sameAttested sees that pages find of attestations and promised approvals what genproof verify does, in the same JSON.
func sameAttested(t *testing.T, out, trust string, attestations ...string) {
	t.Helper()
	files := map[string][]byte{}
	for name, data := range publicIn(t, out) {
		files["out/"+name] = data
	}
	args := []string{"verify", out, "--keys", sharedKeys, "--json"}
	if trust != "" {
		files["trust"], args = read(t, trust), append(args, "--trust", trust)
	}
	for _, a := range attestations {
		files["given/"+a], args = read(t, a), append(args, "--attestation", a)
	}
	here := object(t, succeed(t, args...).stdout)
	there := inBrowser(t, "attested", files)["verdict"].(map[string]any)
	for _, key := range []string{"attestations", "approvals", "verdict"} {
		if !reflect.DeepEqual(here[key], there[key]) {
			t.Errorf("%s: pages find %v, genproof verify %v", key, there[key], here[key])
		}
	}
}

// samePack sees that pages find of a pack what genproof evidence verify does, in the same JSON.
func samePack(t *testing.T, pack string) {
	t.Helper()
	data, err := os.ReadFile(pack)
	if err != nil {
		t.Fatal(err)
	}
	here := object(t, succeed(t, "evidence", "verify", pack, "--json").stdout)
	if there := inBrowser(t, "a pack", map[string][]byte{"pack": data})["report"]; !reflect.DeepEqual(there, any(here)) {
		t.Errorf("pages find %v, genproof evidence verify %v", there, here)
	}
}
