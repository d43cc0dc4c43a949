// Make builds cmd/verify-wasm as releases have it, and verifier.html of it:
//
//	go run ./page/make verifier.html
//
// from anywhere in the repository. It prints the SHA-256 of the file. The same commit and the
// same version of Go make the same file everywhere.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"

	"github.com/genproof/genproof/page"
	"github.com/genproof/genproof/page/program"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: go run ./page/make FILE")
		return 2
	}
	html, err := build()
	if err == nil {
		err = os.WriteFile(args[0], html, 0o644)
	}
	if err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 2
	}
	fmt.Fprintf(stdout, "%x  %s\n", sha256.Sum256(html), args[0])
	return 0
}

// build returns the file.
func build() ([]byte, error) {
	wasm, runtime, err := program.Build()
	if err != nil {
		return nil, err
	}
	return page.Verifier(wasm, runtime)
}
