// Make builds the folder of the npm package @genproof/contracts from solidity/src and the artifacts:
//
//	go run ./js/contracts/make dist/contracts
//
// from the root of the repository. The same commit makes the same files everywhere.
package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/genproof/genproof/solidity"
)

func main() { os.Exit(run(".", os.Args[1:], os.Stderr)) }

func run(root string, args []string, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: go run ./js/contracts/make FOLDER")
		return 2
	}
	if err := write(root, args[0]); err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 2
	}
	return 0
}

// write makes the package's folder anew. A folder that is no such package is left alone.
func write(root, dir string) error {
	if _, err := os.Stat(dir); err == nil {
		if _, err := os.Stat(filepath.Join(dir, "digests.json")); err != nil {
			return fmt.Errorf("%s is there, and not made by this program", dir)
		}
	}
	err := errors.Join(os.RemoveAll(dir), os.MkdirAll(filepath.Join(dir, "abi"), 0o755))
	if err == nil {
		err = os.CopyFS(dir, os.DirFS(filepath.Join(root, "solidity", "src")))
	}
	if err != nil {
		return err
	}
	for _, name := range []string{"package.json", "README.md", "remappings.txt"} {
		data, err := os.ReadFile(filepath.Join(root, "js", "contracts", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return writeABIs(dir)
}

// digests are what the bytecode of a contract can be compared with.
type digests struct {
	Creation string `json:"creation_sha256"` // without constructor arguments
	Runtime  string `json:"runtime_sha256"`  // with zeros for immutables
	Source   string `json:"source_digest"`
	Compiler string `json:"compiler"`
	EVM      string `json:"evm"`
	Runs     int    `json:"optimizer_runs"`
}

func writeABIs(dir string) error {
	list := map[string]digests{}
	var script, types strings.Builder
	artifacts := slices.Clone(solidity.Artifacts())
	slices.SortFunc(artifacts, func(a, b *solidity.Artifact) int { return strings.Compare(a.Contract, b.Contract) })
	for _, a := range artifacts {
		list[a.Contract] = digests{digest(a.Creation), digest(a.Runtime), fmt.Sprintf("%#x", []byte(a.SourceDigest)), a.Compiler, a.EVM, a.OptimizerRuns}
		typed, err := literalType(a.ABI)
		if err != nil {
			return fmt.Errorf("%s: %w", a.Contract, err)
		}
		name := constantOf(a.Contract)
		fmt.Fprintf(&script, "export const %s = %s;\n", name, a.ABI)
		fmt.Fprintf(&types, "export declare const %s: %s;\n", name, typed)
		if err := os.WriteFile(filepath.Join(dir, "abi", a.Contract+".json"), append(a.ABI, '\n'), 0o644); err != nil {
			return err
		}
	}
	data, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	for name, text := range map[string]string{"digests.json": string(data) + "\n", "index.js": script.String(), "index.d.ts": types.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func digest(code []byte) string { return fmt.Sprintf("%#x", sha256.Sum256(code)) }

// constantOf is the name of a contract's ABI: deckDropAbi.
func constantOf(contract string) string {
	return strings.ToLower(contract[:1]) + contract[1:] + "Abi"
}

// literalType writes JSON as the type of TypeScript that only this value has, with its keys in
// their order.
func literalType(data []byte) (string, error) {
	d := json.NewDecoder(strings.NewReader(string(data)))
	var b strings.Builder
	err := writeType(&b, d)
	return b.String(), err
}

func writeType(b *strings.Builder, d *json.Decoder) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('['):
		b.WriteString("readonly [")
		for first := true; d.More(); first = false {
			if !first {
				b.WriteString(", ")
			}
			if err := writeType(b, d); err != nil {
				return err
			}
		}
		b.WriteString("]")
	case json.Delim('{'):
		b.WriteString("{")
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return err
			}
			fmt.Fprintf(b, " readonly %s: ", key)
			if err := writeType(b, d); err != nil {
				return err
			}
			b.WriteString(";")
		}
		b.WriteString(" }")
	default:
		text, err := json.Marshal(token)
		b.Write(text)
		return err
	}
	_, err = d.Token() // the end
	return err
}
