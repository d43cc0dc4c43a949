// Package program builds cmd/verify-wasm as releases have it: for verifier.html and for npm.
package program

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Flags are those of go build for verify.wasm: nobody else writes them down. What is called often and is
// small is inlined where pairings and hashes are computed, and nowhere else: that makes the program a
// tenth smaller after compression, and costs no time.
var Flags = append([]string{"-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-gcflags=all=-l"}, inlined()...)

// inlined exempts packages from -l: without that pairings take five to seven times as long.
func inlined() (flags []string) {
	const curves = "github.com/consensys/gnark-crypto/ecc/"
	for _, name := range []string{
		curves + "bn254/fr", curves + "bn254/fp", curves + "bn254/internal/fptower", curves + "secp256k1/fp", curves + "secp256k1/fr", "crypto/internal/fips140/edwards25519/field",
		"math/bits", "encoding/binary", "internal/byteorder", "crypto/internal/fips140deps/byteorder",
	} {
		flags = append(flags, "-gcflags="+name+"=")
	}
	return flags
}

// Write builds verify.wasm at a path. from is a folder of the repository, env is added to this process's
// environment; tests add flags of go build, and get another program. The same commit and the same version
// of Go give the same bytes everywhere.
func Write(to, from string, env []string, flags ...string) error {
	if err := link(to, from, env, flags...); err != nil {
		return fmt.Errorf("building the verifier: %w", err)
	}
	module, err := os.ReadFile(to)
	if err != nil {
		return err
	}
	if module, err = rewriteData(module, withoutLines); err != nil {
		return fmt.Errorf("writing the verifier's data: %w", err)
	}
	return os.WriteFile(to, module, 0o644)
}

// link writes the program as Go's linker does.
func link(to, from string, env []string, flags ...string) error {
	compile := exec.Command("go", append(slices.Concat([]string{"build"}, Flags, []string{"-o", to}, flags), "github.com/genproof/genproof/cmd/verify-wasm")...)
	compile.Dir, compile.Env = from, append(append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS="), env...)
	if out, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// Build returns verify.wasm and the wasm_exec.js of the Go that built it, from anywhere in the
// repository; see Write.
func Build(flags ...string) (program, runtime []byte, err error) {
	dir, err := os.MkdirTemp("", "verifier-page")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	wasm := filepath.Join(dir, "verify.wasm")
	if err := Write(wasm, "", nil, flags...); err != nil {
		return nil, nil, err
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
