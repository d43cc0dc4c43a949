package peers

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
)

//go:embed snarkjs/*.json snarkjs/*.mjs snarkjs/*.circom noir/*.json noir/*.mjs noir/*.nr
var packages embed.FS

// An npmPackage is a folder of scripts with pinned tools, unpacked into the cache.
type npmPackage struct {
	name   string // of the embedded folder
	folder string
}

// toolPackages lists what can be installed.
func toolPackages(cache string) []*npmPackage {
	return []*npmPackage{snarkjsPackage(cache), noirPackage(cache)}
}

func snarkjsPackage(cache string) *npmPackage { return newPackage(cache, "snarkjs") }

func noirPackage(cache string) *npmPackage { return newPackage(cache, "noir") }

// newPackage names the folder by what is in it, so that a new version is installed anew.
func newPackage(cache, name string) *npmPackage {
	return &npmPackage{name, filepath.Join(cache, "npm-"+name+"-"+digestOf(name)[:12])}
}

// digestOf is the SHA-256 of the embedded files of a package.
func digestOf(name string) string {
	h := sha256.New()
	err := fs.WalkDir(packages, name, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := packages.ReadFile(file)
		fmt.Fprintf(h, "%s %d\n", file, len(data))
		h.Write(data)
		return err
	})
	if err != nil {
		panic("peers: the program lacks a part of itself: " + err.Error())
	}
	return hex.EncodeToString(h.Sum(nil))
}

// installed is written when npm is done.
const installed = "installed"

// missing tells why the tool cannot run, "" if it can.
func (n *npmPackage) missing() string {
	if _, err := exec.LookPath("node"); err != nil {
		return "node is not installed"
	}
	if _, err := os.Stat(filepath.Join(n.folder, installed)); err != nil {
		return "not installed: genproof-peers run --install"
	}
	return ""
}

// install fetches the pinned packages with npm.
func (n *npmPackage) install(ctx context.Context, log io.Writer) error {
	if n.missing() == "" {
		return nil
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%s is not installed", tool)
		}
	}
	if err := removeAll(filepath.Join(filepath.Dir(n.folder), "npm-"+n.name+"-*")); err != nil { // other versions
		return fmt.Errorf("installing %s: %w", n.name, err)
	}
	if err := n.unpack(); err != nil {
		return fmt.Errorf("installing %s: %w", n.name, err)
	}
	c := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	c.Dir, c.Stdout, c.Stderr = n.folder, log, log
	if err := c.Run(); err != nil {
		return fmt.Errorf("installing %s: npm ci: %w", n.name, err)
	}
	return os.WriteFile(filepath.Join(n.folder, installed), nil, 0o600)
}

// removeAll removes what fits a pattern.
func removeAll(pattern string) error {
	old, err := filepath.Glob(pattern)
	for _, path := range old {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}

func (n *npmPackage) unpack() error {
	if err := os.MkdirAll(n.folder, 0o700); err != nil {
		return err
	}
	entries, err := packages.ReadDir(n.name)
	if err != nil {
		return err
	}
	for _, e := range entries {
		data, err := packages.ReadFile(path.Join(n.name, e.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(n.folder, e.Name()), data, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// node runs a script of the package and returns what it writes to stdout.
func (n *npmPackage) node(ctx context.Context, stdin io.Reader, script string, args ...string) ([]byte, error) {
	// The heap's default limit is too small for a circuit of 12 blocks.
	c := exec.CommandContext(ctx, "node", append([]string{"--max-old-space-size=8192", filepath.Join(n.folder, script)}, args...)...)
	c.Stdin = stdin
	return output(c)
}

// output runs a command and returns its stdout. An error holds the end of its stderr.
func output(c *exec.Cmd) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &tail{b: &stderr}
	err := c.Run()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		err = fmt.Errorf("%s: %w: %s", filepath.Base(c.Path), err, bytes.TrimSpace(stderr.Bytes()))
	}
	return stdout.Bytes(), err
}

// A tail keeps the last bytes of what is written.
type tail struct{ b *bytes.Buffer }

const tailBytes = 2000

func (t *tail) Write(p []byte) (int, error) {
	t.b.Write(p)
	if n := t.b.Len() - tailBytes; n > 0 {
		t.b.Next(n)
	}
	return len(p), nil
}
