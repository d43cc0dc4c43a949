// Package keycar holds the manifest that keys travel with.
//
// A key CAR is a CAR (package ipfs) of four files:
//
//	keys.json   what they are, and the SHA-256 of each; signed
//	cs          the constraint system
//	pk          the proving key, as gnark dumps it
//	vk          the verifying key, as verifier/groth16 writes it
//
// Whoever made a proving key can make its proofs fail as it pleases, and whoever made a
// verifying key may forge proofs. A manifest's signature says who stands for both; that it
// is one's own author or ceremony is for the reader to know, who pins the public key.
package keycar

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/statement"
)

const (
	// ManifestFile is the manifest's name in the CAR.
	ManifestFile = "keys.json"
	// MaxManifestBytes bounds a manifest.
	MaxManifestBytes = 1 << 14
	// MaxBytes bounds a key CAR, well above the largest circuit's.
	MaxBytes = 1 << 30

	version = 1
)

// FileNames are the names of the other files.
var FileNames = []string{"cs", "pk", "vk"}

// A Manifest says what keys are. It has one form as JSON.
type Manifest struct {
	Version    uint64   `json:"version"`
	Circuit    string   `json:"circuit"`    // a statement.CircuitID of Groth16
	Provenance string   `json:"provenance"` // a provenance.Provenance as text
	Files      Files    `json:"files"`
	Signer     [32]byte `json:"signer"`    // Ed25519 public key; zeros: nobody
	Signature  [64]byte `json:"signature"` // over a prefix and this JSON with a signature of zeros
}

// Files are the exact contents. CS.SHA256 is the constraint system's digest, VK.SHA256 is
// the verifying key's.
type Files struct {
	CS File `json:"cs"`
	PK File `json:"pk"`
	VK File `json:"vk"`
}

// A File is a file's exact content.
type File struct {
	Size   uint64   `json:"size"`
	SHA256 [32]byte `json:"sha256"`
}

// Named returns the files by name.
func (m *Manifest) Named() map[string]File {
	return map[string]File{"cs": m.Files.CS, "pk": m.Files.PK, "vk": m.Files.VK}
}

// message is what is signed.
func (m *Manifest) message() ([]byte, error) {
	unsigned := *m
	unsigned.Signature = [64]byte{}
	b, err := strictjson.Marshal(&unsigned)
	return append([]byte("genproof keys 1\n"), b...), err
}

// Marshal checks the manifest, signs it if there is a key, and writes it.
func (m *Manifest) Marshal(key ed25519.PrivateKey) ([]byte, error) {
	m.Version, m.Signer, m.Signature = version, [32]byte{}, [64]byte{}
	if key != nil {
		m.Signer = [32]byte(key.Public().(ed25519.PublicKey))
		message, err := m.message()
		if err != nil {
			return nil, fmt.Errorf("key manifest: %w", err)
		}
		m.Signature = [64]byte(ed25519.Sign(key, message))
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("key manifest: %w", err)
	}
	return strictjson.Marshal(m)
}

// Parse reads the one form that Marshal writes. A signature that is there is right.
func Parse(b []byte) (*Manifest, error) {
	m := new(Manifest)
	err := strictjson.Unmarshal(b, m, MaxManifestBytes)
	if err == nil {
		err = m.check()
	}
	if err != nil {
		return nil, fmt.Errorf("key manifest: %w", err)
	}
	again, err := strictjson.Marshal(m)
	if err != nil || !bytes.Equal(again, b) {
		return nil, errors.New("key manifest: not in its one form (order of keys, white space or escapes)")
	}
	return m, nil
}

// check holds what the types don't.
func (m *Manifest) check() error {
	if m.Version != version {
		return fmt.Errorf("version %d, this program reads %d", m.Version, version)
	}
	id, err := statement.ParseCircuitID(m.Circuit)
	if err != nil {
		return err
	}
	if id.Backend == statement.Plonk {
		return fmt.Errorf("circuit %s: its keys do not travel: everybody makes them from the powers of tau", m.Circuit)
	}
	if _, err := provenance.Parse(m.Provenance); err != nil {
		return err
	}
	for _, f := range []File{m.Files.CS, m.Files.PK, m.Files.VK} {
		if f.Size == 0 || f.Size > MaxBytes {
			return fmt.Errorf("a file of %d bytes, want 1 to %d", f.Size, MaxBytes)
		}
	}
	return m.checkSignature()
}

func (m *Manifest) checkSignature() error {
	if !m.Signed() {
		if m.Signature != [64]byte{} {
			return errors.New("a signature of nobody")
		}
		return nil
	}
	message, err := m.message()
	if err != nil {
		return err
	}
	if !ed25519.Verify(m.Signer[:], message, m.Signature[:]) {
		return errors.New("its signature is not by its signer")
	}
	return nil
}

// Signed reports whether somebody stands for the keys.
func (m *Manifest) Signed() bool { return m.Signer != [32]byte{} }

// ParseSigner reads a public key: 64 hex digits, with or without 0x.
func ParseSigner(s string) (key [32]byte, err error) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(b) != len(key) || [32]byte(b) == key {
		return key, fmt.Errorf("%.80q is not a signer's public key, want 64 hex digits", s)
	}
	return [32]byte(b), nil
}
