package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/solidity"
)

func TestBindings_AreGenerated(t *testing.T) {
	for _, a := range solidity.Artifacts() {
		want, err := binding(a)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", fileName(a)))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is stale: run go generate ./solidity/...", fileName(a))
		}
	}
}
