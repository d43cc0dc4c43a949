package prover

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/files"
)

// A token is proven from its values alone, by whoever has no drop, and its folder is one that a job
// continues. Proofs of others are refused, and values of others have none.
func TestTokenFolder_TakesProofsOfItsTokens(t *testing.T) {
	d := sample(t, nil)
	keys, err := rootKeys()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	f, err := OpenTokenFolder(dir, d, keys.Verifying, keys.Provenance)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenTokenFolder(dir, d, keys.Verifying, keys.Provenance); !errors.Is(err, files.ErrBusy) {
		t.Errorf("the folder of another: %v", err)
	}
	p, err := NewCircuit(keys)
	if err != nil {
		t.Fatal(err)
	}
	one, bound := Token{ID: 1}, Token{ID: 1, Recipient: [20]byte{1}}
	inputs, hidden, err := f.Vector(one)
	if err != nil {
		t.Fatal(err)
	}
	s, there, err := f.Has(one)
	if want := s.Vector(); err != nil || there || !slices.Equal(inputs, want[:]) {
		t.Fatalf("%v, %v: the public inputs are not the statement's", there, err)
	}
	proof, err := p.ProveVector(t.Context(), inputs, hidden)
	if err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string]Token{"another token": {ID: 2}, "another recipient": bound} {
		if err := f.Add(other, proof); !errors.Is(err, ErrBadProof) {
			t.Errorf("a proof of %s: %v", name, err)
		}
	}
	if err := f.Add(one, proof); err != nil {
		t.Fatal(err)
	}
	if _, there, err := f.Has(one); err != nil || !there {
		t.Errorf("%v, %v", there, err)
	}
	if _, _, err := f.Has(bound); !errors.Is(err, ErrForeign) {
		t.Errorf("for another recipient: %v", err)
	}
	f.Close()
	if s, err := newProver(t, d).Run(context.Background(), Job{Dir: dir, IDs: []uint64{1}}); err != nil || s.Reused != 1 {
		t.Errorf("%+v, %v", s, err)
	}

	lie := slices.Clone(inputs)
	lie[6].SetUint64(2)
	for name, v := range map[string][2][]fr.Element{"another statement": {lie, hidden}, "a value too few": {inputs, hidden[1:]}, "nothing": {nil, nil}} {
		if _, err := p.ProveVector(t.Context(), v[0], v[1]); !errors.Is(err, ErrNoProof) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
