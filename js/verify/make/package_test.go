package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/genproof/genproof/page/program"
)

// dirs of this run are removed at its end.
var dirs []string

func TestMain(m *testing.M) {
	code := m.Run()
	for _, dir := range dirs {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// packageOf returns the package's folder without what git does not have, and dist made of a program.
func packageOf(flags ...string) (string, error) {
	dir, err := os.MkdirTemp("", "genproof-verify-")
	if err != nil {
		return "", err
	}
	dirs = append(dirs, dir)
	for _, name := range []string{"package.json", "README.md"} {
		data, err := os.ReadFile(filepath.Join("..", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o644)
		}
		if err != nil {
			return "", err
		}
	}
	if err := os.CopyFS(filepath.Join(dir, "src"), os.DirFS("../src")); err != nil {
		return "", err
	}
	wasm, runtime, err := program.Build(flags...)
	if err != nil {
		return "", err
	}
	return dir, write(dir, wasm, string(runtime))
}

var ownPackage = sync.OnceValues(func() (string, error) { return packageOf() })

func npm(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("npm is not installed: the package was not packed")
	}
	c := exec.Command(path, args...)
	var stderr bytes.Buffer
	c.Dir, c.Stderr = dir, &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("npm %s: %v\n%s%s", strings.Join(args, " "), err, out, stderr.Bytes())
	}
	return out
}

// packed is what npm pack says of a package's folder, and its tarball.
type packed struct {
	Name, Version, Filename string
	Size, UnpackedSize      int64
	Files                   []struct {
		Path string
		Size int64
	}
	Bundled []string
}

func tarballOf(t *testing.T, dir string) (packed, string) {
	t.Helper()
	to := t.TempDir()
	var list []packed
	if err := json.Unmarshal(npm(t, dir, "pack", "--json", "--ignore-scripts", "--pack-destination", to), &list); err != nil || len(list) != 1 {
		t.Fatalf("%v, %+v", err, list)
	}
	return list[0], filepath.Join(to, list[0].Filename)
}

// installed is a scratch project that has the tarball and nothing else.
func installed(t *testing.T, dir string) string {
	t.Helper()
	_, tarball := tarballOf(t, dir)
	project := t.TempDir()
	if err := os.WriteFile(filepath.Join(project, "package.json"), []byte(`{"name": "scratch", "private": true, "type": "module"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	npm(t, project, "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball)
	return project
}

func ownProject(t *testing.T) string {
	t.Helper()
	dir, err := ownPackage()
	if err != nil {
		t.Fatal(err)
	}
	return installed(t, dir)
}

// most are the bytes that each file may have; those that are not named may have 8 KiB.
var most = map[string]int64{
	"package.json": 2 << 10, "README.md": 8 << 10, "dist/verify.wasm": 8_320_000, "dist/packed.js": 2_250_000, "dist/worker.js": 20_000, "dist/node-worker.js": 20_000,
}

// The tarball holds these files and no others, none of them larger than it was meant to be.
func TestPackage_HasItsFiles(t *testing.T) {
	dir, err := ownPackage()
	if err != nil {
		t.Fatal(err)
	}
	p, _ := tarballOf(t, dir)
	want := []string{"README.md", "package.json"}
	for _, name := range append([]string{"digest.js", "node-worker.js", "packed.js", "verify.wasm", "worker.js"}, copied...) {
		want = append(want, "dist/"+name)
	}
	var got []string
	for _, f := range p.Files {
		got = append(got, f.Path)
		limit := most[f.Path]
		if limit == 0 {
			limit = 8 << 10
		}
		if f.Size > limit {
			t.Errorf("%s has %d bytes, at most %d are meant", f.Path, f.Size, limit)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) || p.Name != "@genproof/verify" || len(p.Bundled) != 0 {
		t.Errorf("%s has %q, want %q", p.Name, got, want)
	}
	if p.Size > 4_500_000 {
		t.Errorf("the tarball has %d bytes", p.Size)
	}
	t.Logf("%s: %d bytes, unpacked %d", p.Filename, p.Size, p.UnpackedSize)
}

// Nothing to install, no script that npm runs, and nothing in the files that opens a connection or
// runs text.
func TestPackage_DoesNothingBehindAnybodysBack(t *testing.T) {
	dir, err := ownPackage()
	if err != nil {
		t.Fatal(err)
	}
	var p map[string]any
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"scripts", "dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "bundleDependencies", "bin", "gypfile"} {
		if p[name] != nil {
			t.Errorf("package.json has %s", name)
		}
	}
	if p["type"] != "module" || p["sideEffects"] != false {
		t.Errorf("package.json: %v", p)
	}
	conditions := regexp.MustCompile(`"\.": \{\s+"types": .*\s+"node": .*\s+"browser": .*\s+"default": `)
	if !conditions.Match(data) {
		t.Error("the conditions of exports are not types, node, browser, default")
	}
	forbidden := regexp.MustCompile(`\b(eval|fetch|require|importScripts|XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection)\b|new Function|\bFunction\(|\bimport\(|localStorage|document\.|SharedArrayBuffer`)
	topLevel := regexp.MustCompile(`(?m)^(const .* = )?await `)
	list, err := filepath.Glob(filepath.Join(dir, "dist", "*.js"))
	if err != nil || len(list) < 10 {
		t.Fatalf("%d files, %v", len(list), err)
	}
	for _, file := range list {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if filepath.Base(file) == "packed.js" {
			text, _, _ = strings.Cut(text, "export const program")
		}
		text = strings.ReplaceAll(text, "'wasm-unsafe-eval'", "")                         // what a page's policy needs
		text = regexp.MustCompile(`(?m)(^|\s)//.*$|"[^"\n]*"`).ReplaceAllString(text, "") // comments and texts may say so
		if found := forbidden.FindString(text); found != "" {
			t.Errorf("%s has %q", filepath.Base(file), found)
		}
		if topLevel.MatchString(text) {
			t.Errorf("%s waits while it is loaded", filepath.Base(file))
		}
	}
}

// README's ten lines, as somebody runs them who has installed the tarball.
func TestPackage_TenLines(t *testing.T) {
	project := ownProject(t)
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(readme), "```js ten\n")
	script, _, found := strings.Cut(after, "```")
	if !found || strings.Count(strings.TrimSpace(script), "\n") > 10 {
		t.Fatalf("README's script:\n%s", script)
	}
	if err := os.WriteFile(filepath.Join(project, "ten.js"), []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ car, token, want string }{
		{"published", "2", "amber bafkrei"}, {"published", "4", "not checked: there is no bundle of token 4"},
		{"deck", "3", "amber 0x"}, {"deck", "13", "not checked: token 13: the deck has tokens 1 to 12"},
	} {
		car, err := filepath.Abs(filepath.Join("../../../testdata", row.car, "drop.car"))
		if err != nil {
			t.Fatal(err)
		}
		c := exec.Command("node", "ten.js", car, row.token)
		c.Dir = project
		out, err := c.CombinedOutput()
		if err != nil || !strings.HasPrefix(string(out), row.want) {
			t.Errorf("token %s of %s: %v\n%s", row.token, row.car, err, out)
		}
	}
}
