// Package verifiercode finds the verifying key in the code of a Groth16 verifier, by running it:
// it is called with a proof made up for this, in an EVM whose precompiles for BN254 write down
// what they are given and say yes. So the key is what the code gives to the pairing, wherever
// a compiler has put it and however bad its points are.
//
// The calls are those of the verifiers that snarkjs and gnark write. Of other code it says
// that it is not recognised, and so of code that asks other contracts or its storage: there is
// nothing else in this EVM. A contract that was made to deceive can use another key for
// another proof.
package verifiercode

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/anykey"
)

// MaxBytes bounds code: twice what a chain takes of creation code.
const MaxBytes = 2 * 2 * 24576

// ErrUnknown says that code is that of no verifier that is known here.
var ErrUnknown = errors.New("the code is not recognised as a Groth16 verifier of snarkjs, gnark or genproof")

// A Verifier is what was found.
type Verifier struct {
	Key *anykey.Key
	// Faults are the code's own, whatever its key is: it does not heed the pairing, or takes
	// public inputs that are not below the scalar field's modulus.
	Faults []groth16.Fault
}

// Read finds the key in a verifier's code, as it stands on a chain or as a compiler wrote it
// for creation without arguments. Other code is [ErrUnknown]. It takes bounded time and memory.
func Read(code []byte) (*Verifier, error) {
	if len(code) > MaxBytes {
		return nil, fmt.Errorf("%w: it has more than %d bytes", ErrUnknown, MaxBytes)
	}
	if bytes.HasPrefix(code, solidity.Groth16Verifier.Runtime) {
		return readOwn(code)
	}
	m := &machine{gas: maxGas}
	v, err := m.find(code)
	if !errors.Is(err, errSilent) {
		return v, err
	}
	runtime, created := m.create(code)
	if !created {
		return nil, ErrUnknown
	}
	if v, err = m.find(runtime); errors.Is(err, errSilent) {
		return nil, ErrUnknown
	}
	return v, err
}

func readOwn(code []byte) (*Verifier, error) {
	own := solidity.KeyOf(code)
	if own == nil || !bytes.Equal(code, solidity.VerifierCode(own)) {
		return nil, fmt.Errorf("%w: behind genproof's code stands no key", ErrUnknown)
	}
	k, err := anykey.Read(own)
	if err != nil {
		return nil, err
	}
	k.Form = "genproof's verifier"
	return &Verifier{Key: k}, nil
}

// errSilent says that no call of a verifier has led to a precompile.
var errSilent = errors.New("no call leads to the curve")

// find tries the calls whose selectors are in the code.
func (m *machine) find(code []byte) (*Verifier, error) {
	err := errSilent
	for _, c := range callsIn(code) {
		trace, accepted := m.run(code, c.data(c.inputs()), yes)
		if len(trace) == 0 {
			continue
		}
		if !accepted {
			err = fmt.Errorf("%w: %s refuses a proof whose pairing holds", ErrUnknown, c.name)
			continue
		}
		words, fault := c.wordsOf(trace)
		if fault != nil {
			err = fmt.Errorf("%w: %s: %w", ErrUnknown, c.name, fault)
			continue
		}
		k, fault := anykey.New(c.form, c.n, len(words.K)-1-c.n, words)
		if fault != nil {
			return nil, fault
		}
		k.Unseen = "what the contract does with other proofs: its code was run with one that was made up for this"
		return &Verifier{k, m.faults(code, c)}, nil
	}
	return nil, err
}

// faults calls a verifier that was recognised with what it must refuse.
func (m *machine) faults(code []byte, c *call) (faults []groth16.Fault) {
	if _, accepted := m.run(code, c.data(c.inputs()), no); accepted {
		faults = append(faults, groth16.Fault{Text: "the contract accepts a proof whose pairing does not hold"})
	}
	for i := range c.n {
		inputs := c.inputs()
		inputs[i].Add(inputs[i], fr.Modulus())
		if _, accepted := m.run(code, c.data(inputs), yes); accepted {
			text := fmt.Sprintf("the contract takes public input %d that is not below the scalar field's modulus: a proof shows several statements", i)
			return append(faults, groth16.Fault{Text: text})
		}
	}
	if m.gas == 0 {
		faults = append(faults, groth16.Fault{Text: "the contract takes more gas than a verifier does: it was not run to the end"})
	}
	return faults
}

// inputs are public inputs, each another number.
func (c *call) inputs() []*big.Int {
	list := make([]*big.Int, c.n)
	for i := range list {
		w := marker(markInput, i)
		list[i] = new(big.Int).SetBytes(w[:])
	}
	return list
}
