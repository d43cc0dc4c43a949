//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/page/program"
)

// inPage builds the program and hands the calls to one instance of it, in order.
func inPage(t *testing.T, calls []call, bases map[string]map[string][]byte) (results []result, brotli int) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the program was not run")
	}
	wasm := build(t, ".")
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	input, err := json.Marshal(map[string]any{"calls": calls, "bases": bases})
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	page := exec.Command(node, "testdata/page.mjs", filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec.js"), wasm)
	page.Stdin, page.Stderr = bytes.NewReader(input), &stderr
	out, err := page.Output()
	if err != nil {
		t.Fatalf("running: %v\n%s%s", err, out, stderr.Bytes())
	}
	var answer struct {
		Results []result
		Brotli  int
	}
	if err := json.Unmarshal(out, &answer); err != nil || len(answer.Results) != len(calls) {
		t.Fatalf("got %d results of %d: %v\n%.500s", len(answer.Results), len(calls), err, out)
	}
	return answer.Results, answer.Brotli
}

// build builds the program as releases have it, from a folder of the repository.
func build(t *testing.T, where string, env ...string) string {
	t.Helper()
	wasm := filepath.Join(t.TempDir(), "verify.wasm")
	if err := program.Write(wasm, where, env); err != nil {
		t.Fatal(err)
	}
	return wasm
}
