//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const published = "../../testdata/published"

// maxBrotli bounds what a page loads: bytes of the program after brotli at quality 11 with a
// window of 2^24. It was 1,220,133 when the bound was set; a program that prints
// JSON and does no more has 687,658.
const maxBrotli = 1_250_000

// A call is one use of the program by a page.
type call struct {
	Form  string            `json:"form"`
	Files map[string][]byte `json:"files"`
}

type result struct {
	Report *struct {
		Verdict, Reason, Name, Circuit string
		Root                           string `json:"car_root"`
		Key                            struct {
			Digest, Provenance string
			Claimed            bool
		}
		Tokens []struct {
			ID                         uint64
			Verdict, Reason, CID, File string
		}
		NotChecked []string `json:"not_checked"`
	}
	Error string
}

// inPage builds the program and hands the calls to one instance of it, in order.
func inPage(t *testing.T, calls []call) (results []result, brotli int) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the program was not run")
	}
	wasm := filepath.Join(t.TempDir(), "verify.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", wasm, ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	input, err := json.Marshal(calls)
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

// publishedFiles reads the published folder and its CAR.
func publishedFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(published), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[path], err = os.ReadFile(filepath.Join(published, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// flipped returns the files with the lowest bit flipped at a place of one of them.
func flipped(files map[string][]byte, path string, place int) map[string][]byte {
	changed := map[string][]byte{}
	for name, data := range files {
		changed[name] = data
	}
	changed[path] = bytes.Clone(files[path])
	changed[path][place] ^= 1
	return changed
}

// folder is what a page gets that loads the folder: the CAR is another form of it.
func folder(files map[string][]byte) map[string][]byte {
	list := map[string][]byte{}
	for name, data := range files {
		if name != "drop.car" {
			list[name] = data
		}
	}
	return list
}

// accepted checks the report on the published drop.
func accepted(t *testing.T, what string, r result) {
	t.Helper()
	if r.Report == nil {
		t.Errorf("%s: %s", what, r.Error)
		return
	}
	if r.Report.Verdict != "amber" || r.Report.Reason != "" || len(r.Report.Tokens) != 3 || len(r.Report.Key.Digest) != len("0x")+64 || len(r.Report.NotChecked) == 0 {
		t.Errorf("%s: got %+v", what, *r.Report)
	}
	for i, token := range r.Report.Tokens {
		if token.ID != uint64(i+1) || token.Verdict != "amber" || token.CID == "" || token.File == "" {
			t.Errorf("%s: token %d: got %+v", what, i+1, token)
		}
	}
}

// refused checks that a call was rejected by report or by error.
func refused(t *testing.T, what string, r result) {
	t.Helper()
	if r.Report != nil && r.Report.Verdict != "rejected" || r.Report == nil && r.Error == "" {
		t.Errorf("%s: got %+v", what, r.Report)
	}
}

// TestPage_JudgesAsAPageCalls runs the program under node: what was published is accepted, with
// one bit changed it is not, and after whatever a page hands over the instance goes on. The
// hostile calls stand between good ones, for that.
func TestPage_JudgesAsAPageCalls(t *testing.T) {
	files := publishedFiles(t)
	list, car := folder(files), map[string][]byte{"drop.car": files["drop.car"]}
	var calls []call
	var checks []func(result)
	add := func(what string, c call, check func(*testing.T, string, result)) {
		calls = append(calls, c)
		checks = append(checks, func(r result) { check(t, what, r) })
	}
	add("folder", call{"files", list}, accepted)
	add("CAR", call{"car", car}, accepted)

	for path, data := range list {
		add(path+" with a bit flipped", call{"files", flipped(list, path, len(data)/2)}, refused)
	}
	proof := bytes.Index(list["bundles/2.json"], []byte(`"proof": "0x`)) + len(`"proof": "0x`)
	add("a digit of a proof changed", call{"files", flipped(list, "bundles/2.json", proof+3)}, refused)
	for _, place := range []int{1, 40, len(files["drop.car"]) / 2, len(files["drop.car"]) - 1} {
		add("CAR with a bit flipped", call{"car", flipped(car, "drop.car", place)}, refused)
	}
	for _, form := range []string{
		"another key", "null for a key", "null for a description", "undefined", "null", "number", "text",
		"empty object", "car of text", "car of null", "car of words", "empty car", "car of a lying length",
		"no files", "files of null", "files of numbers", "files of a proxy", "throwing getter",
	} {
		add(form, call{form, list}, failed)
	}
	addClaim(t, add)
	add("folder, after all that", call{"files", list}, accepted)

	results, brotli := inPage(t, calls)
	for i, r := range results {
		checks[i](r)
	}
	t.Logf("%d bytes with brotli, built by %s", brotli, runtime.Version())
	if brotli > maxBrotli {
		t.Errorf("the program has %d bytes with brotli, at most %d are for pages", brotli, maxBrotli)
	}
}

// failed checks that the promise was rejected, with an Error.
func failed(t *testing.T, what string, r result) {
	t.Helper()
	if r.Report != nil || r.Error == "" || strings.HasPrefix(r.Error, "not an Error") {
		t.Errorf("%s: got %+v, %q", what, r.Report, r.Error)
	}
}
