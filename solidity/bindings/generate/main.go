// Command generate writes the bindings of the contracts with abigen. Run it by go generate.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi/abigen"

	"github.com/genproof/genproof/solidity"
)

func main() {
	if err := write("."); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	for _, a := range solidity.Artifacts() {
		code, err := binding(a)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, fileName(a)), []byte(code), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// fileName is where a contract's binding goes. Those of tokens have names in common, so a deck's
// have a package of their own.
func fileName(a *solidity.Artifact) string {
	return filepath.Join(folder(a), strings.ToLower(a.Contract)+".go")
}

func folder(a *solidity.Artifact) string {
	if a == solidity.DeckDrop {
		return "deck"
	}
	return "."
}

func packageName(a *solidity.Artifact) string {
	if a == solidity.DeckDrop {
		return "deck"
	}
	return "bindings"
}

// binding leaves the bytecode out: the artifact has it.
func binding(a *solidity.Artifact) (string, error) {
	code, err := abigen.BindV2([]string{a.Contract}, []string{string(a.ABI)}, []string{""}, packageName(a), nil, nil)
	if err != nil {
		return "", fmt.Errorf("binding %s: %w", a.Contract, err)
	}
	return strings.ReplaceAll(code, `errors.New("Unknown error")`, `errors.New("unknown error")`), nil // the house's style
}
