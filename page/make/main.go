// Make builds cmd/verify-wasm as releases have it, and verifier.html of it:
//
//	go run ./page/make verifier.html
//
// from anywhere in the repository. It prints the SHA-256 of the file. The same commit and the
// same version of Go make the same file everywhere. Where the name ends with .gz the file is
// written compressed, as package page/built takes it.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/genproof/genproof/page"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: go run ./page/make FILE")
		return 2
	}
	html, err := build()
	if err == nil {
		err = write(args[0], html)
	}
	if err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 2
	}
	fmt.Fprintf(stdout, "%x  %s\n", sha256.Sum256(html), args[0])
	return 0
}

// write writes the file, compressed if its name says so.
func write(name string, html []byte) error {
	if !strings.HasSuffix(name, ".gz") {
		return os.WriteFile(name, html, 0o644)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(html); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, packed.Bytes(), 0o644)
}

// build returns the file.
func build() (html []byte, err error) {
	dir, err := os.MkdirTemp("", "verifier-page")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	wasm := filepath.Join(dir, "verify.wasm")
	compile := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", wasm, "github.com/genproof/genproof/cmd/verify-wasm")
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if out, err := compile.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the verifier: %w\n%s", err, out)
	}
	program, err := os.ReadFile(wasm)
	if err != nil {
		return nil, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("asking for Go's folder: %w", err)
	}
	runtime, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	return page.Verifier(program, runtime)
}
