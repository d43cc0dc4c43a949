package genproof

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// maxPagePackages bounds the verifier for pages, the standard library's packages among them.
const maxPagePackages = 190

// heavy are packages, with all below them, that the verifier for pages does without.
var heavy = []string{
	"github.com/consensys/gnark/frontend", "github.com/consensys/gnark/constraint",
	"github.com/consensys/gnark/profile", "github.com/ipfs/boxo", "github.com/ethereum/go-ethereum", "net/http",
}

// TestPages_VerifierIsSmall holds what the verifier for pages links.
func TestPages_VerifierIsSmall(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "./cmd/verify-wasm")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Fields(string(out))
	if n := len(packages); n > maxPagePackages || n < 2 {
		t.Errorf("%d packages, at most %d are for pages", n, maxPagePackages)
	}
	for _, p := range packages {
		for _, h := range heavy {
			if p == h || strings.HasPrefix(p, h+"/") {
				t.Errorf("%s is linked", p)
			}
		}
	}
}
