package groth16_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

// batch returns n different statements, each with its proof.
func batch(s *simulator.Simulator, n int) ([][]fr.Element, []*groth16.Proof) {
	inputs := make([][]fr.Element, n)
	proofs := make([]*groth16.Proof, n)
	for i := range inputs {
		inputs[i] = []fr.Element{s.Scalar(), s.Scalar(), s.Scalar()}
		proofs[i] = s.Prove(inputs[i]...)
	}
	return inputs, proofs
}

func TestVerifyBatch_AgreesWithVerify(t *testing.T) {
	s := simulator.New(1, 3)
	for _, n := range []int{0, 1, 2, 7} {
		inputs, proofs := batch(s, n)
		if err := s.Key.VerifyBatch(inputs, proofs); err != nil {
			t.Errorf("%d proofs: %v", n, err)
		}
		for i := range proofs {
			if err := s.Key.Verify(inputs[i], proofs[i]); err != nil {
				t.Errorf("proof %d of %d alone: %v", i, n, err)
			}
		}
	}
}

// TestVerifyBatch_RejectsLie breaks one of six proofs at a time, and pairs of
// them so that a sum without challenges would not notice.
func TestVerifyBatch_RejectsLie(t *testing.T) {
	s := simulator.New(2, 3)
	rows := map[string]func([][]fr.Element, []*groth16.Proof){
		"an input":          func(x [][]fr.Element, _ []*groth16.Proof) { x[4][2] = fr.One() },
		"inputs swapped":    func(x [][]fr.Element, _ []*groth16.Proof) { x[0], x[1] = x[1], x[0] },
		"proofs swapped":    func(_ [][]fr.Element, p []*groth16.Proof) { p[2], p[3] = p[3], p[2] },
		"C's swapped":       func(_ [][]fr.Element, p []*groth16.Proof) { p[2].Krs, p[3].Krs = p[3].Krs, p[2].Krs },
		"A negated":         func(_ [][]fr.Element, p []*groth16.Proof) { p[5].Ar = negG1(p[5].Ar) },
		"opposite C errors": shiftC,
	}
	for name, lie := range rows {
		inputs, proofs := batch(s, 6)
		lie(inputs, proofs)
		if err := s.Key.VerifyBatch(inputs, proofs); !errors.Is(err, groth16.ErrInvalidProof) {
			t.Errorf("%s: got %v, want ErrInvalidProof", name, err)
		}
	}
}

// shiftC adds a point to one proof's C and takes it off another's.
func shiftC(_ [][]fr.Element, p []*groth16.Proof) {
	g := simulator.G1(fr.One())
	p[0].Krs = addG1(p[0].Krs, g)
	p[1].Krs = addG1(p[1].Krs, negG1(g))
}

func TestVerifyBatch_RefusesWhatItCannotCheck(t *testing.T) {
	rows := []struct {
		want string
		lie  func(*simulator.Simulator, [][]fr.Element, []*groth16.Proof) [][]fr.Element
	}{
		{"2 statements for 3 proofs", func(_ *simulator.Simulator, x [][]fr.Element, _ []*groth16.Proof) [][]fr.Element { return x[:2] }},
		{"statement 1: got 2 public inputs", func(_ *simulator.Simulator, x [][]fr.Element, _ []*groth16.Proof) [][]fr.Element {
			x[1] = x[1][:2]
			return x
		}},
		{"statement 2: got 4 public inputs", func(_ *simulator.Simulator, x [][]fr.Element, _ []*groth16.Proof) [][]fr.Element {
			x[2] = append(x[2], fr.One())
			return x
		}},
		{"proof 1: the proof does not verify: there is none", func(_ *simulator.Simulator, x [][]fr.Element, p []*groth16.Proof) [][]fr.Element {
			p[1] = nil
			return x
		}},
		{"verifying key: gamma equals delta", func(s *simulator.Simulator, x [][]fr.Element, _ []*groth16.Proof) [][]fr.Element {
			s.Key.Delta = s.Key.Gamma
			return x
		}},
	}
	for _, row := range rows {
		s := simulator.New(3, 3)
		inputs, proofs := batch(s, 3)
		inputs = row.lie(s, inputs, proofs)
		if err := s.Key.VerifyBatch(inputs, proofs); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want %s", err, row.want)
		}
	}
}

func TestFindInvalid_NamesTheBadOnes(t *testing.T) {
	s := simulator.New(4, 3)
	all := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	for _, bad := range [][]int{nil, {0}, {12}, {6}, {5, 6}, {0, 3, 9, 12}, all[1:], all} {
		inputs, proofs := batch(s, len(all))
		for _, i := range bad {
			proofs[i].Krs = proofs[i].Ar
		}
		if got := s.Key.FindInvalid(inputs, proofs); !slices.Equal(got, bad) {
			t.Errorf("got %v, want %v", got, bad)
		}
	}
}

func TestFindInvalid_CountsUnusableOnes(t *testing.T) {
	s := simulator.New(5, 3)
	inputs, proofs := batch(s, 5)
	proofs[1] = nil
	inputs[3] = inputs[3][:1]
	proofs[4].Ar.SetInfinity()
	if got := s.Key.FindInvalid(inputs, proofs); !slices.Equal(got, []int{1, 3, 4}) {
		t.Errorf("got %v, want 1, 3 and 4", got)
	}
	s.Key.Delta = s.Key.Gamma
	if got := s.Key.FindInvalid(inputs, proofs); len(got) != 5 {
		t.Errorf("degenerate key: got %v, want all", got)
	}
}

func TestFindInvalid_PanicsOnWrongLengths(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	s := simulator.New(5, 3)
	inputs, proofs := batch(s, 2)
	s.Key.FindInvalid(inputs[:1], proofs)
}

// TestFindInvalid_BoundsItsWork counts pairings: few when few proofs are bad, and
// never many more than twice those of checking one by one.
func TestFindInvalid_BoundsItsWork(t *testing.T) {
	const n = 64
	for _, row := range []struct{ bad, most int }{{0, n + 3}, {1, 4 * n}, {n / 2, 2*4*n + n}, {n, 2*4*n + n}} {
		s := simulator.New(11, 3)
		inputs, proofs := batch(s, n)
		for i := range row.bad {
			proofs[i*n/row.bad].Krs = proofs[i*n/row.bad].Ar
		}
		list, pairs := s.Key.FindInvalidPairs(inputs, proofs)
		if len(list) != row.bad || pairs > row.most {
			t.Errorf("%d bad ones: found %d with %d pairings, want at most %d", row.bad, len(list), pairs, row.most)
		}
	}
}

func BenchmarkVerifyBatch_100(b *testing.B) {
	s := simulator.New(6, 9)
	inputs := make([][]fr.Element, 100)
	proofs := make([]*groth16.Proof, 100)
	for i := range inputs {
		for range 9 {
			inputs[i] = append(inputs[i], s.Scalar())
		}
		proofs[i] = s.Prove(inputs[i]...)
	}
	for b.Loop() {
		if err := s.Key.VerifyBatch(inputs, proofs); err != nil {
			b.Fatal(err)
		}
	}
}
