// Make builds cmd/verify-wasm as releases have it, and of it verifier.html and
// verifier-online.html:
//
//	go run ./page/make FOLDER
//
// from anywhere in the repository. It prints the SHA-256 of both. The same commit and the same
// version of Go make the same files everywhere.
package main

import (
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
		fmt.Fprintln(stderr, "usage: go run ./page/make FOLDER")
		return 2
	}
	if err := write(args[0], stdout); err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 2
	}
	return 0
}

func write(folder string, stdout io.Writer) error {
	program, runtime, err := build()
	if err != nil {
		return err
	}
	for _, file := range []struct {
		name string
		make func(program, runtime []byte) ([]byte, error)
	}{{page.File, page.Verifier}, {page.OnlineFile, page.OnlineVerifier}} {
		html, err := file.make(program, runtime)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, file.name), html, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%x  %s\n", sha256.Sum256(html), file.name)
	}
	return nil
}

// build returns the verifier's program, and the runtime of the Go that built it.
func build() (program, runtime []byte, err error) {
	dir, err := os.MkdirTemp("", "verifier-page")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	wasm := filepath.Join(dir, "verify.wasm")
	compile := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", wasm, "github.com/genproof/genproof/cmd/verify-wasm")
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if out, err := compile.CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("building the verifier: %w\n%s", err, out)
	}
	if program, err = os.ReadFile(wasm); err != nil {
		return nil, nil, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, nil, fmt.Errorf("asking for Go's folder: %w", err)
	}
	runtime, err = os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	return program, runtime, err
}
