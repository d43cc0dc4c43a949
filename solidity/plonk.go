package solidity

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	plonkbn254 "github.com/consensys/gnark/backend/plonk/bn254"
	gnark "github.com/consensys/gnark/backend/solidity"

	"github.com/genproof/genproof/verifier/plonk"
)

// statementInputs is what the exported contract is for: a statement.
const statementInputs = 9

// StandardPlonkVerifier returns the Solidity source of gnark's own PLONK verifier for a key:
// a contract with the key in its text, whose Verify takes all nine public inputs and
// returns whether the proof shows them. It returns false where a Groth16 verifier reverts.
func StandardPlonkVerifier(vk *plonk.VerifyingKey) ([]byte, error) {
	if err := vk.Lint(statementInputs); err != nil {
		return nil, fmt.Errorf("exporting the standard verifier: %w", err)
	}
	omega, err := fr.Generator(vk.Size)
	if err != nil {
		return nil, fmt.Errorf("exporting the standard verifier: %w", err)
	}
	size := fr.NewElement(vk.Size)
	var inverse fr.Element
	inverse.Inverse(&size)
	return exportPlonk(vk, omega, inverse, "^0.8.20")
}

func exportPlonk(vk *plonk.VerifyingKey, omega, inverse fr.Element, pragma string) ([]byte, error) {
	_, _, g1, g2 := bn254.Generators()
	key := plonkbn254.VerifyingKey{
		Size: vk.Size, SizeInv: inverse, Generator: omega, NbPublicVariables: uint64(vk.Inputs),
		S: vk.S, Ql: vk.Ql, Qr: vk.Qr, Qm: vk.Qm, Qo: vk.Qo, Qk: vk.Qk,
	}
	key.CosetShift.SetUint64(5)
	key.Kzg.G1, key.Kzg.G2 = g1, [2]bn254.G2Affine{g2, vk.Tau}
	var source bytes.Buffer
	if err := key.ExportSolidity(&source, gnark.WithPragmaVersion(pragma)); err != nil {
		return nil, fmt.Errorf("exporting the standard verifier: %w", err)
	}
	return source.Bytes(), nil
}

// The artifact PlonkVerifier is gnark's contract for a key of placeholders: numbers that
// stand, each of full length, wherever the compiler put one of the key's. [PlonkCode] puts
// a key's numbers in their places. The compiler makes the same of the key's own export, to
// the byte, but that it writes small numbers shorter.

// A literal is the instruction that pushes a number.
type literal []byte

func push32(e interface{ Marshal() []byte }) literal { return append(literal{0x7f}, e.Marshal()...) }

func push8(n uint64) literal { return binary.BigEndian.AppendUint64(literal{0x67}, n) }

// literals are a key's numbers in one order.
func literals(vk *plonk.VerifyingKey, omega, inverse fr.Element) []literal {
	list := []literal{push8(vk.Size), push32(&inverse), push32(&omega)}
	tau := &vk.Tau
	for _, e := range []*fp.Element{&tau.X.A1, &tau.X.A0, &tau.Y.A1, &tau.Y.A0} {
		list = append(list, push32(e))
	}
	for _, p := range keyPoints(vk) {
		list = append(list, push32(&p.X), push32(&p.Y))
	}
	return list
}

func keyPoints(vk *plonk.VerifyingKey) []*bn254.G1Affine {
	return []*bn254.G1Affine{&vk.S[0], &vk.S[1], &vk.S[2], &vk.Ql, &vk.Qr, &vk.Qm, &vk.Qo, &vk.Qk}
}

// placeholders is a key that is none: its numbers are hashes.
func placeholders() (vk *plonk.VerifyingKey, omega, inverse fr.Element) {
	n := 0
	next := func() []byte {
		h := sha256.Sum256(fmt.Appendf(nil, "genproof: placeholder %d", n))
		n++
		h[0] = 0x10 | h[0]&0x0f // below both moduli, and of full length
		return h[:]
	}
	vk = &plonk.VerifyingKey{Inputs: statementInputs, Size: binary.BigEndian.Uint64(next())}
	omega.SetBytes(next())
	inverse.SetBytes(next())
	tau := &vk.Tau
	for _, e := range []*fp.Element{&tau.X.A1, &tau.X.A0, &tau.Y.A1, &tau.Y.A0} {
		e.SetBytes(next())
	}
	for _, p := range keyPoints(vk) {
		p.X.SetBytes(next())
		p.Y.SetBytes(next())
	}
	return vk, omega, inverse
}

// PlonkTemplate returns the source of the artifact PlonkVerifier.
func PlonkTemplate() ([]byte, error) {
	vk, omega, inverse := placeholders()
	return exportPlonk(vk, omega, inverse, "0.8.37")
}

// PlonkCode returns creation and runtime code of gnark's verifier for a key.
func PlonkCode(vk *plonk.VerifyingKey) (creation, runtime []byte, err error) {
	if err := vk.Lint(statementInputs); err != nil {
		return nil, nil, fmt.Errorf("the PLONK verifier's code: %w", err)
	}
	omega, err := fr.Generator(vk.Size)
	if err != nil {
		return nil, nil, fmt.Errorf("the PLONK verifier's code: %w", err)
	}
	size := fr.NewElement(vk.Size)
	var inverse fr.Element
	inverse.Inverse(&size)
	own, from := literals(vk, omega, inverse), literals(placeholders())
	return fill(PlonkVerifier.Creation, from, own), fill(PlonkVerifier.Runtime, from, own), nil
}

func fill(code []byte, from, to []literal) []byte {
	for i := range from {
		code = bytes.ReplaceAll(code, from[i], to[i])
	}
	return code
}

var errNoPlonk = errors.New("it is not the code of gnark's PLONK verifier")

// PlonkKeyOf returns the key in the runtime code of gnark's verifier, if it is that code and
// a sound key.
func PlonkKeyOf(runtime []byte) (*plonk.VerifyingKey, error) {
	if len(runtime) != len(PlonkVerifier.Runtime) {
		return nil, errNoPlonk
	}
	vk := &plonk.VerifyingKey{Inputs: statementInputs}
	from := literals(placeholders())
	number := func(i int) []byte {
		at := bytes.Index(PlonkVerifier.Runtime, from[i])
		return runtime[at+1 : at+len(from[i])]
	}
	vk.Size = binary.BigEndian.Uint64(number(0))
	tau, i := &vk.Tau, 3
	elements := []*fp.Element{&tau.X.A1, &tau.X.A0, &tau.Y.A1, &tau.Y.A0}
	for _, p := range keyPoints(vk) {
		elements = append(elements, &p.X, &p.Y)
	}
	for _, e := range elements {
		if err := e.SetBytesCanonical(number(i)); err != nil {
			return nil, errNoPlonk
		}
		i++
	}
	_, again, err := PlonkCode(vk)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, runtime) {
		return nil, errNoPlonk
	}
	return vk, nil
}

// PlonkAdapterCode returns the runtime code of the adapter in front of gnark's verifier.
func PlonkAdapterCode(at [20]byte, keyDigest [32]byte) []byte {
	tail := make([]byte, tailBytes)
	copy(tail[12:32], at[:])
	copy(tail[32:64], keyDigest[:])
	return append(bytes.Clone(PlonkAdapter.Runtime), tail...)
}

// tailBytes is how much stands behind the code of a verifier with nine inputs: its key, or what
// stands for one, and two bytes for the number of the key's bytes.
const tailBytes = 1092 + 2

// AdaptedPlonk returns what a PLONK adapter's code says is behind it.
func AdaptedPlonk(code []byte) (at [20]byte, keyDigest [32]byte, ok bool) {
	n := len(PlonkAdapter.Runtime)
	if len(code) != n+tailBytes {
		return at, keyDigest, false
	}
	at, keyDigest = [20]byte(code[n+12:n+32]), [32]byte(code[n+32:n+64])
	return at, keyDigest, bytes.Equal(code, PlonkAdapterCode(at, keyDigest))
}
