package circuits_test

import (
	"go/ast"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
)

// domains are all uses of genproof's tags: TAG/INPUTS/OUTPUTS, n for any number, and the
// package whose formula it is. A formula may have a native form and a gadget; two formulas
// never share a domain.
var domains = map[string]string{
	"text/n/1":      "attribute",
	"slot/3/1":      "attribute",
	"digest/2/1":    "attribute",
	"root/n/1":      "attribute", // of a token's slots, and of a card's: SPEC 3.2 for both
	"salts/3/n":     "attribute",
	"salts/5/1":     "deck",
	"seeds/2/1":     "generation",
	"draws/3/n":     "model",
	"rows/9/1":      "model",
	"leaves/9/1":    "model",
	"trait/n/1":     "model",
	"art/n/1":       "model",
	"sprites/n/1":   "art",
	"network/n/1":   "art",
	"latents/3/1":   "network",
	"quarter/9/1":   "model",
	"table/5/1":     "model",
	"half/8/1":      "model",
	"layer/2/1":     "model",
	"model/n/1":     "model",
	"artifact/2/1":  "model",
	"receipt/n/1":   "claim",
	"authority/2/1": "claim",
	"eddsa/5/1":     "eddsa",
	"policy/n/1":    "policy",
	"drawn/n/1":     "policy",
	"schema/n/1":    "bundle",
	"template/1/1":  "document",
	"body/n/1":      "document",
	"card/3/1":      "deck",
	"batch/n/1":     "deck",
	"node/8/1":      "deck",
	"facts/n/1":     "deck",
	"list/n/1":      "deck",

	"deck-small/5/1": "deck", "deck-standard/5/1": "deck", "deck-large/5/1": "deck",
}

// entry returns the use that a domain belongs to, in a package; "" if there is none.
func entry(tag, in, out, pkg string) string {
	for domain, owner := range domains {
		parts := strings.Split(domain, "/")
		if owner == pkg && parts[0] == tag && agree(parts[1], in) && agree(parts[2], out) {
			return domain
		}
	}
	return ""
}

// agree reports whether two counts may be the same: n is any number.
func agree(a, b string) bool { return a == b || a == "n" || b == "n" }

// Two uses of one tag differ in how much they hash, whatever n is, and every tag has a use.
func TestDomains_AreApart(t *testing.T) {
	used := map[string]bool{}
	for a := range domains {
		x := strings.Split(a, "/")
		used[x[0]] = true
		for b := range domains {
			y := strings.Split(b, "/")
			if a != b && x[0] == y[0] && agree(x[1], y[1]) && agree(x[2], y[2]) {
				t.Errorf("%s and %s share a hash", a, b)
			}
		}
	}
	for _, call := range callsOf(t, "poseidon/tag.go", "ours") {
		name, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
		if err != nil || !used[name] {
			t.Errorf("tag %q has no use", name)
		}
		delete(used, name)
	}
	for name := range used {
		t.Errorf("a use of %q, which is no tag", name)
	}
}

// TestDomains_AreThoseOfTheCircuits runs circuits and looks at their hashes: the small ones and the
// one with a network here, all in a slow test.
func TestDomains_AreThoseOfTheCircuits(t *testing.T) {
	var small []statement.CircuitID
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		if id.Size.Name == "small" || id.Size.HasNetwork() {
			small = append(small, id)
		}
	}
	assertDomains(t, small)
}

// native are what only plain Go hashes.
var native = []string{"schema/n/1", "salts/5/1", "artifact/2/1"}

func assertDomains(t *testing.T, ids []statement.CircuitID) {
	t.Helper()
	seen, missing := map[string]string{}, maps.Clone(domains)
	for _, id := range ids {
		if _, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, spyOn(id, seen)); err != nil {
			t.Fatal(err)
		}
	}
	for domain, pkg := range seen {
		parts := strings.Split(domain, "/")
		use := entry(parts[0], parts[1], parts[2], pkg)
		if use == "" {
			t.Errorf("package %s hashes %s, which is no use of its own", pkg, domain)
		}
		delete(missing, use)
	}
	for domain := range missing {
		size, isDeck := strings.CutPrefix(strings.TrimSuffix(domain, "/5/1"), "deck-")
		isRun := slices.ContainsFunc(ids, func(id statement.CircuitID) bool { return id.Size.Name == size })
		if !slices.Contains(native, domain) && (!isDeck || isRun) {
			t.Errorf("no circuit hashes %s", domain)
		}
	}
}

// spyOn returns a circuit's placeholder, its hashes looked at.
func spyOn(id statement.CircuitID, seen map[string]string) frontend.Circuit {
	switch {
	case id.Binding == statement.Deck:
		return &spied[deck.Circuit]{*deck.Placeholder(id.Size), seen}
	case id.Binding == statement.Rule:
		return &spied[rule.Circuit]{*rule.Placeholder(id.Size), seen}
	case id.Binding == statement.Art:
		return &spied[generation.ArtCircuit]{*generation.Placeholder(id).(*generation.ArtCircuit), seen}
	case id.Binding == statement.CID:
		return &spied[generation.CIDCircuit]{*generation.Placeholder(id).(*generation.CIDCircuit), seen}
	}
	return &spied[generation.RootCircuit]{*generation.Placeholder(id).(*generation.RootCircuit), seen}
}

// spied is a circuit whose hashes are looked at.
type spied[C any] struct {
	Circuit C
	seen    map[string]string // the package of each domain
}

func (c *spied[C]) Define(api frontend.API) error {
	return any(&c.Circuit).(frontend.Circuit).Define(spy{api, c.seen})
}

// A spy notes the domains of hashes: a permutation begins with the tag's element, which is
// a constant of ASCII bytes, and adds to it.
type spy struct {
	frontend.API
	seen map[string]string
}

func (s spy) Add(a, b frontend.Variable, more ...frontend.Variable) frontend.Variable {
	if e, ok := a.(fr.Element); ok {
		bytes := e.Bytes()
		if domain, ours := strings.CutPrefix(strings.TrimLeft(string(bytes[:]), "\x00"), "genproof/2/"); ours {
			pkg := caller()
			if other, known := s.seen[domain]; known && other != pkg {
				pkg = other + " and " + pkg
			}
			s.seen[domain] = pkg
		}
	}
	return s.API.Add(a, b, more...)
}

// caller is the package that asked poseidon for a hash.
func caller() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		frame, more := frames.Next()
		name := frame.Function[strings.LastIndex(frame.Function, "/")+1:]
		if pkg, _, _ := strings.Cut(name, "."); pkg != "poseidon" || !more {
			return pkg
		}
	}
}
