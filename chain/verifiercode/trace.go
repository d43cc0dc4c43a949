package verifiercode

import (
	"bytes"
	"errors"

	"github.com/genproof/genproof/verifier/groth16/anykey"
)

// A sum is what a point is made of: points as they stood in the code, once each, and some
// times a public input or another scalar.
type sum []term

type term struct {
	point  string // 64 bytes
	scalar string // 32 bytes; empty for one
}

// What a trace can be refused for.
var (
	errPairing = errors.New("it does not end with the pairing of four pairs that Groth16 has")
	errShape   = errors.New("it does not add up a key's points times public inputs")
	errPairs   = errors.New("its pairs are not those of A and B, of C, of the public inputs and of a fourth")
)

// wordsOf finds the key in what a verifier gave to the precompiles.
//
//	e(±A, B) · e(±alpha, beta) · e(±X, gamma) · e(±C, delta) = 1, X = K0 + x1·K1 + …
//
// Signs are not looked at: a verifier with a wrong one accepts no honest proof.
func (c *call) wordsOf(trace []step) (*anykey.Words, error) {
	sums, w := map[string]sum{}, new(anykey.Words)
	var last []byte
	for i, s := range trace {
		switch s.precompile {
		case ecMul:
			if _, made := sums[string(s.in[:64])]; made {
				return nil, errShape
			}
			sums[string(s.out)] = sum{{string(s.in[:64]), string(s.in[64:])}}
		case ecAdd:
			sums[string(s.out)] = append(operand(sums, s.in[:64]), operand(sums, s.in[64:])...)
			if len(sums[string(s.out)]) > maxSteps {
				return nil, errShape
			}
		case ecPairing:
			if i < len(trace)-1 {
				p, err := c.pedersen(s.in)
				if err != nil {
					return nil, err
				}
				w.Pedersen = append(w.Pedersen, p)
			}
			last = s.in
		}
	}
	if len(trace) == 0 || trace[len(trace)-1].precompile != ecPairing || len(last) != 4*pairingBytes || len(w.Pedersen) != c.commitments {
		return nil, errPairing
	}
	x, err := c.roles(w, last, sums)
	if err != nil {
		return nil, err
	}
	return w, c.points(w, x)
}

// operand is what an addend is made of.
func operand(sums map[string]sum, b []byte) sum {
	if s, made := sums[string(b)]; made {
		return s[:len(s):len(s)]
	}
	return sum{{point: string(b)}}
}

// roles finds out which of the four pairs is whose, and what X is made of.
func (c *call) roles(w *anykey.Words, pairs []byte, sums map[string]sum) (x sum, err error) {
	p := proof(c.commitments)
	byX := map[string]sum{} // of either sign
	for out, s := range sums {
		byX[out[:32]] = s
	}
	var seen struct{ ab, c, x, alpha int }
	for ; len(pairs) > 0; pairs = pairs[pairingBytes:] {
		g1, g2 := pairs[:64], pairs[64:pairingBytes]
		made, isX := byX[string(g1[:32])]
		switch {
		case bytes.Equal(g1[:32], p[:32]) && bytes.Equal(g2, p[64:192]):
			seen.ab++
		case bytes.Equal(g1[:32], p[192:224]):
			seen.c++
			copy(w.Delta[:], g2)
		case isX:
			seen.x++
			x = made
			copy(w.Gamma[:], g2)
		default:
			seen.alpha++
			copy(w.Alpha[:], g1)
			copy(w.Beta[:], g2)
		}
	}
	if seen.ab != 1 || seen.c != 1 || seen.x != 1 || seen.alpha != 1 {
		return nil, errPairs
	}
	return x, nil
}

// points sorts X's terms into K points. An input without one is bound to nothing, as one whose
// point is at infinity is: zeros stand for both.
func (c *call) points(w *anykey.Words, x sum) error {
	w.K = make([][64]byte, 1+c.n, 1+c.n+c.commitments)
	input := map[string]int{}
	for i := range c.n {
		m := marker(markInput, i)
		input[string(m[:])] = i + 1
	}
	committed, added := proof(1)[256:320], 0
	taken := make([]bool, 1+c.n)
	for _, t := range x {
		i, isInput := input[t.scalar]
		switch {
		case t.point == string(make([]byte, 64)):
		case t.scalar == "" && c.commitments > 0 && t.point == string(committed):
			added++
		case t.scalar == "" || isInput:
			if taken[i] {
				return errShape
			}
			taken[i] = true
			copy(w.K[i][:], t.point)
		default:
			w.K = append(w.K, [64]byte([]byte(t.point)))
		}
	}
	if len(w.K) != 1+c.n+c.commitments || added != c.commitments {
		return errShape
	}
	return nil
}

// pedersen finds the key of a commitment in the pairing that checks its proof of knowledge.
func (c *call) pedersen(pairs []byte) (p anykey.Pedersen, err error) {
	if c.commitments == 0 || len(pairs) != 2*pairingBytes {
		return p, errPairing
	}
	commitment, knowledge := proof(1)[256:320], proof(1)[320:]
	if !bytes.Equal(pairs[:64], commitment) || !bytes.Equal(pairs[pairingBytes:pairingBytes+64], knowledge) {
		return p, errPairs
	}
	copy(p.SigmaNeg[:], pairs[64:pairingBytes])
	copy(p.G[:], pairs[pairingBytes+64:])
	return p, nil
}
