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

// Command returns the call of go that writes verify.wasm to a path, from anywhere in the repository. Tests
// add flags, and get another program.
func Command(to string, flags ...string) *exec.Cmd {
	arguments := append(append([]string{"build"}, Flags...), "-o", to)
	compile := exec.Command("go", append(append(arguments, flags...), "github.com/genproof/genproof/cmd/verify-wasm")...)
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	return compile
}

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
	if out, err := Command(wasm, flags...).CombinedOutput(); err != nil {
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
