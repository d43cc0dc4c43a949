// Package program builds cmd/verify-wasm as releases have it: for verifier.html and for npm.
package program

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Build returns verify.wasm and the wasm_exec.js of the Go that built it, from anywhere in the
// repository. The same commit and the same version of Go give the same bytes everywhere; tests add
// flags of go build, and get another program.
func Build(flags ...string) (program, runtime []byte, err error) {
	dir, err := os.MkdirTemp("", "verifier-page")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	wasm := filepath.Join(dir, "verify.wasm")
	arguments := append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", wasm}, flags...)
	compile := exec.Command("go", append(arguments, "github.com/genproof/genproof/cmd/verify-wasm")...)
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
