// Make builds cmd/verify-wasm as releases have it, and of it verifier.html and
// verifier-online.html:
//
//	go run ./page/make FOLDER [FILE]
//
// from anywhere in the repository. It prints the SHA-256 of both. FILE gets verifier.html as package
// page/built has it in a program. The same commit and the same version of Go make the same files everywhere.
package main

import (
	"bytes"
	"compress/gzip"
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
	if len(args) < 1 || len(args) > 2 {
		fmt.Fprintln(stderr, "usage: go run ./page/make FOLDER [FILE]")
		return 2
	}
	err := write(args[0], stdout)
	if err == nil && len(args) == 2 {
		err = packed(filepath.Join(args[0], page.File), args[1])
	}
	if err != nil {
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

// packed writes a file as a program holds it.
func packed(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}
