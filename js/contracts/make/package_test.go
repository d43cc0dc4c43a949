package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

const root = "../../.."

func made(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "package")
	var stderr bytes.Buffer
	if code := run(root, []string{dir}, &stderr); code != 0 {
		t.Fatalf("%d: %s", code, stderr.Bytes())
	}
	return dir
}

func npm(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("npm is not installed: the package was not packed")
	}
	var stderr bytes.Buffer
	c := exec.Command(path, args...)
	c.Dir, c.Stderr = dir, &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("npm %s: %v\n%s%s", strings.Join(args, " "), err, out, stderr.Bytes())
	}
	return out
}

// tarball packs the package, and tells its files.
func tarball(t *testing.T, dir string) (path string, list []string) {
	t.Helper()
	to := t.TempDir()
	var packed []struct {
		Filename string
		Size     int64
		Files    []struct{ Path string }
	}
	if err := json.Unmarshal(npm(t, dir, "pack", "--json", "--ignore-scripts", "--pack-destination", to), &packed); err != nil || len(packed) != 1 || packed[0].Size > 120_000 {
		t.Fatalf("%v, %+v", err, packed)
	}
	for _, f := range packed[0].Files {
		list = append(list, f.Path)
	}
	slices.Sort(list)
	return filepath.Join(to, packed[0].Filename), list
}

// The tarball has every source, an ABI of every contract that is deployed, and nothing else.
func TestPackage_HasItsFiles(t *testing.T) {
	want := []string{"README.md", "digests.json", "index.d.ts", "index.js", "package.json", "remappings.txt"}
	err := fs.WalkDir(os.DirFS(filepath.Join(root, "solidity", "src")), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			want = append(want, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	artifacts, err := filepath.Glob(filepath.Join(root, "solidity", "artifacts", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range artifacts {
		if name := filepath.Base(path); name != "imports.json" {
			want = append(want, "abi/"+name)
		}
	}
	slices.Sort(want)
	dir := made(t)
	if _, got := tarball(t, dir); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	var p map[string]any
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil || p["scripts"] != nil || p["dependencies"] != nil || p["bin"] != nil {
		t.Errorf("package.json: %v, %v", p, err)
	}
	var stderr bytes.Buffer
	if code := run(root, []string{dir}, &stderr); code != 0 {
		t.Errorf("a second run: %s", stderr.Bytes())
	}
	if code := run(root, []string{t.TempDir()}, &stderr); code != 2 {
		t.Error("another's folder was replaced")
	}
}

// Digests are those of the bytecode in the artifacts, which no file of the package holds; ABIs are
// what an ABI's reader takes, in all three forms; every source says its licence.
func TestPackage_SaysWhatWasCompiled(t *testing.T) {
	dir := made(t)
	read := func(path string) []byte {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var list map[string]digests
	if err := json.Unmarshal(read(filepath.Join(dir, "digests.json")), &list); err != nil || len(list) != 11 {
		t.Fatalf("%d digests, %v", len(list), err)
	}
	script, types := string(read(filepath.Join(dir, "index.js"))), string(read(filepath.Join(dir, "index.d.ts")))
	for name, d := range list {
		var a struct {
			ABI               json.RawMessage
			Creation, Runtime hexutil.Bytes
			Compiler          string
		}
		if err := json.Unmarshal(read(filepath.Join(root, "solidity", "artifacts", name+".json")), &a); err != nil {
			t.Fatal(err)
		}
		if d.Creation != fmt.Sprintf("0x%x", sha256.Sum256(a.Creation)) || d.Runtime != fmt.Sprintf("0x%x", sha256.Sum256(a.Runtime)) || d.Compiler != a.Compiler || len(d.Source) != 66 {
			t.Errorf("%s: %+v", name, d)
		}
		if _, err := abi.JSON(bytes.NewReader(read(filepath.Join(dir, "abi", name+".json")))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		constant := strings.ToLower(name[:1]) + name[1:] + "Abi"
		if !strings.Contains(script, "export const "+constant+" = "+string(a.ABI)+";\n") || !strings.Contains(types, "export declare const "+constant+": readonly [") {
			t.Errorf("%s is not among the constants", constant)
		}
	}
	if found := regexp.MustCompile(`[0-9a-fA-F]{65,}`).FindString(script + types); found != "" {
		t.Errorf("bytecode in a script: %.80s", found)
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".sol") && !bytes.HasPrefix(read(path), []byte("// SPDX-License-Identifier: ")) && !bytes.Contains(read(path), []byte("\n// SPDX-License-Identifier: ")) {
			t.Errorf("%s names no licence", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
