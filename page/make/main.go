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
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/genproof/genproof/page"
	"github.com/genproof/genproof/page/program"
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
	wasm, runtime, err := program.Build()
	if err != nil {
		return err
	}
	for _, file := range []struct {
		name string
		make func(program, runtime []byte) ([]byte, error)
	}{{page.File, page.Verifier}, {page.OnlineFile, page.OnlineVerifier}} {
		html, err := file.make(wasm, runtime)
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
