package plonk

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/internal/point"
)

// ProofBytes is the length of a proof: nine points and six scalars.
const ProofBytes = 9*point.G1Bytes + 6*fr.Bytes

// keyTag begins a key's bytes.
const keyTag = "plnk"

// KeyBytes is the length of a key: tag, log₂ of the size (2 bytes), inputs (2 bytes), eight
// points and [τ]₂.
const KeyBytes = len(keyTag) + 4 + 8*point.G1Bytes + point.G2Bytes

func (p *Proof) points() (wires, openings []namedG1) {
	return []namedG1{{"L", &p.L}, {"R", &p.R}, {"O", &p.O}, {"H0", &p.H[0]}, {"H1", &p.H[1]}, {"H2", &p.H[2]}},
		[]namedG1{{"the opening at zeta", &p.AtZeta}, {"the opening at zeta omega", &p.AtZetaOmega}}
}

// A namedG1 is a point of a proof or a key.
type namedG1 struct {
	name string
	at   *bn254.G1Affine
}

func (p *Proof) scalars() []*fr.Element {
	return []*fr.Element{&p.AtL, &p.AtR, &p.AtO, &p.AtS1, &p.AtS2}
}

// Bytes returns L R O H0 H1 H2, the values of l r o s1 s2 at ζ, Z, the value of z at ζω, and
// the openings at ζ and ζω: what gnark's exported contract reads.
func (p *Proof) Bytes() []byte {
	wires, openings := p.points()
	var b []byte
	for _, n := range wires {
		b = point.AppendG1(b, n.at)
	}
	for _, e := range p.scalars() {
		b = append(b, e.Marshal()...)
	}
	b = point.AppendG1(b, &p.Z)
	b = append(b, p.AtZ.Marshal()...)
	for _, n := range openings {
		b = point.AppendG1(b, n.at)
	}
	return b
}

// ParseProof reads what [Proof.Bytes] writes: exactly that length, every number below its
// modulus, every point on the curve and not at infinity.
func ParseProof(b []byte) (*Proof, error) {
	if len(b) != ProofBytes {
		return nil, fmt.Errorf("proof: got %d bytes, want %d", len(b), ProofBytes)
	}
	p := new(Proof)
	r := point.Reader{B: b}
	wires, openings := p.points()
	for _, n := range wires {
		r.G1(n.name, n.at)
	}
	for i, e := range p.scalars() {
		r.Scalar(fmt.Sprintf("value %d", i), e)
	}
	r.G1("Z", &p.Z)
	r.Scalar("value 5", &p.AtZ)
	for _, n := range openings {
		r.G1(n.name, n.at)
	}
	if r.Err != nil {
		return nil, fmt.Errorf("proof: %w", r.Err)
	}
	return p, nil
}

// check tells what is wrong with the points of a proof that was not parsed.
func (p *Proof) check() error {
	if p == nil {
		return errors.New("there is none")
	}
	wires, openings := p.points()
	for _, n := range append(append(wires, namedG1{"Z", &p.Z}), openings...) {
		if err := point.CheckG1(n.at); err != nil {
			return point.Named(n.name, err)
		}
	}
	return nil
}

func (vk *VerifyingKey) points() []namedG1 {
	return []namedG1{
		{"S1", &vk.S[0]}, {"S2", &vk.S[1]}, {"S3", &vk.S[2]},
		{"Ql", &vk.Ql}, {"Qr", &vk.Qr}, {"Qm", &vk.Qm}, {"Qo", &vk.Qo}, {"Qk", &vk.Qk},
	}
}

// Bytes returns "plnk", log₂ of the size and the number of inputs (2 bytes each, big-endian),
// S1 S2 S3 Ql Qr Qm Qo Qk and [τ]₂. All else that a verifier uses follows from these.
func (vk *VerifyingKey) Bytes() []byte {
	b := []byte(keyTag)
	b = binary.BigEndian.AppendUint16(b, uint16(log2(vk.Size)))
	b = binary.BigEndian.AppendUint16(b, uint16(vk.Inputs))
	for _, n := range vk.points() {
		b = point.AppendG1(b, n.at)
	}
	return point.AppendG2(b, &vk.Tau)
}

// Digest is the SHA-256 of the key's bytes: the key's name everywhere.
func (vk *VerifyingKey) Digest() [32]byte { return sha256.Sum256(vk.Bytes()) }

// IsKey reports whether bytes begin as a key's do.
func IsKey(b []byte) bool { return bytes.HasPrefix(b, []byte(keyTag)) }

// ParseVerifyingKey reads what [VerifyingKey.Bytes] writes and lints the key.
func ParseVerifyingKey(b []byte) (*VerifyingKey, error) {
	if len(b) != KeyBytes || !IsKey(b) {
		return nil, fmt.Errorf("verifying key: got %d bytes, want %d that begin with %q", len(b), KeyBytes, keyTag)
	}
	log := binary.BigEndian.Uint16(b[len(keyTag):]) // a shift too far is 0, which no domain is
	vk := &VerifyingKey{Size: 1 << log, Inputs: int(binary.BigEndian.Uint16(b[len(keyTag)+2:]))}
	r := point.Reader{B: b[len(keyTag)+4:]}
	for _, n := range vk.points() {
		r.G1(n.name, n.at)
	}
	r.G2("tau", &vk.Tau)
	if r.Err == nil {
		r.Err = vk.lint()
	}
	if r.Err != nil {
		return nil, fmt.Errorf("verifying key: %w", r.Err)
	}
	return vk, nil
}
