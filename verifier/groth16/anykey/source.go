package anykey

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/genproof/genproof/verifier/internal/point"
)

// A template is how a tool names a key's constants in the Solidity that it writes.
type template struct {
	form                      string
	alpha, beta, gamma, delta []string // in the order of the words
	k0                        []string
	k                         func(i int) []string // of public input i, from 0
	inputs                    *regexp.Regexp       // the number of public inputs
	pedersen                  [2][]string
}

// The templates of snarkjs 0.7 (templates/verifier_groth16.sol.ejs) and of gnark 0.14 to 0.16
// (backend/groth16/bn254/solidity.go), whose β, γ and δ are negated.
var templates = []template{
	{
		form:  "a verifier of snarkjs, in Solidity",
		alpha: []string{"alphax", "alphay"}, k0: []string{"IC0x", "IC0y"},
		beta: snarkjsG2("beta"), gamma: snarkjsG2("gamma"), delta: snarkjsG2("delta"),
		k: func(i int) []string {
			return []string{fmt.Sprintf("IC%dx", i+1), fmt.Sprintf("IC%dy", i+1)}
		},
		inputs: regexp.MustCompile(`function\s+verifyProof\s*\([^)]*uint(?:256)?\[([0-9]{1,4})\]\s+calldata\s+_pubSignals\s*\)`),
	},
	{
		form:  "a verifier of gnark, in Solidity",
		alpha: []string{"ALPHA_X", "ALPHA_Y"}, k0: []string{"CONSTANT_X", "CONSTANT_Y"},
		beta: gnarkG2("BETA_NEG"), gamma: gnarkG2("GAMMA_NEG"), delta: gnarkG2("DELTA_NEG"),
		k: func(i int) []string {
			return []string{fmt.Sprintf("PUB_%d_X", i), fmt.Sprintf("PUB_%d_Y", i)}
		},
		inputs:   regexp.MustCompile(`function\s+verifyProof\s*\([^)]*uint256\[([0-9]{1,4})\]\s+calldata\s+input\s*\)`),
		pedersen: [2][]string{gnarkG2("PEDERSEN_G"), gnarkG2("PEDERSEN_GSIGMANEG")},
	},
}

func snarkjsG2(name string) []string {
	return []string{name + "x1", name + "x2", name + "y1", name + "y2"}
}

func gnarkG2(name string) []string {
	return []string{name + "_X_1", name + "_X_0", name + "_Y_1", name + "_Y_0"}
}

var (
	comments  = regexp.MustCompile(`(?s)/\*.*?\*/|//[^\n]*`)
	constants = regexp.MustCompile(`uint256\s+constant\s+([A-Za-z0-9_]{1,40})\s*=\s*(0[xX][0-9a-fA-F]+|[0-9]+)\s*;`)
	contracts = regexp.MustCompile(`(?m)^\s*contract\s`)
)

// readSource reads the constants of a verifier's Solidity by the names that a template gives
// them; false if they are no template's. What the code does with them it does not look at.
func readSource(text []byte) (*Key, bool, error) {
	text = comments.ReplaceAll(text, []byte(" "))
	c, err := constantsOf(text)
	for _, t := range templates {
		if _, there := c[t.alpha[0]]; !there {
			continue
		}
		if n := len(contracts.FindAllIndex(text, 2)); err == nil && n != 1 {
			err = errors.New("it has another number of contracts than one")
		}
		var k *Key
		if err == nil {
			k, err = t.read(c, text)
		}
		if err != nil {
			return nil, true, fmt.Errorf("%s: %w", t.form, err)
		}
		return k, true, nil
	}
	return nil, false, nil
}

func constantsOf(text []byte) (map[string]string, error) {
	c, err := map[string]string{}, error(nil)
	for _, m := range constants.FindAllSubmatch(text, -1) {
		name := string(m[1])
		if _, twice := c[name]; twice && err == nil {
			err = fmt.Errorf("the constant %s is there twice", name)
		}
		c[name] = string(m[2])
	}
	return c, err
}

func (t *template) read(c map[string]string, text []byte) (*Key, error) {
	w, s := new(Words), source{constants: c}
	s.set(w.Alpha[:], t.alpha)
	s.set(w.Beta[:], t.beta)
	s.set(w.Gamma[:], t.gamma)
	s.set(w.Delta[:], t.delta)
	w.K = make([][point.G1Bytes]byte, 1, 16)
	s.set(w.K[0][:], t.k0)
	for i := 0; i < MaxPoints && s.has(t.k(i)); i++ {
		w.K = append(w.K, [point.G1Bytes]byte{})
		s.set(w.K[i+1][:], t.k(i))
	}
	found, commitments := t.inputs.FindAllSubmatch(text, 2), 0
	if len(found) != 1 {
		return nil, errors.New("the function verifyProof is not the template's")
	}
	inputs, _ := strconv.Atoi(string(found[0][1])) // of at most four digits
	if t.pedersen[0] != nil && s.has(t.pedersen[0]) {
		w.Pedersen = make([]Pedersen, 1)
		s.set(w.Pedersen[0].G[:], t.pedersen[0])
		s.set(w.Pedersen[0].SigmaNeg[:], t.pedersen[1])
		commitments = max(len(w.K)-1-inputs, 1)
	}
	if s.err != nil {
		return nil, s.err
	}
	k, err := New(t.form, inputs, commitments, w)
	if err == nil {
		k.Unseen = "what the contract does with its constants: they were read from its source by their names, and nothing was run"
	}
	return k, err
}

// A source has constants by name; it keeps the first error.
type source struct {
	constants map[string]string
	err       error
}

// has reports whether one of the names is a constant's.
func (s *source) has(names []string) bool {
	for _, n := range names {
		if _, there := s.constants[n]; there {
			return true
		}
	}
	return false
}

func (s *source) set(words []byte, names []string) {
	for i, n := range names {
		number, there := s.constants[n]
		err := errMissing
		if there {
			err = setWord(words[i*fp.Bytes:(i+1)*fp.Bytes], number)
		}
		if err != nil && s.err == nil {
			s.err = point.Named("the constant "+n, err)
		}
	}
}
