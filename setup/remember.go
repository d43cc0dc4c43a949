package setup

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/files"
)

// Circuit returns a circuit of the product, like [Compile] but faster the second time. The
// store remembers which constraint system this very program, by the SHA-256 of its
// executable, compiled a circuit to: circuits know no environment, time or chance, so the
// program's bytes say it all. Versions and build settings would not, in a development
// build. The constraint system comes from the folder of its keys and is checked against
// its digest; whatever is amiss, the circuit is compiled.
//
// On systems that cannot tell which bytes are running it is always compiled.
func (s *Store) Circuit(ctx context.Context, id statement.CircuitID, progress Progress) (*Circuit, error) {
	return s.circuit(ctx, id.String(), func() (*Circuit, error) { return Compile(id) }, progress)
}

func (s *Store) circuit(ctx context.Context, id string, compile func() (*Circuit, error), progress Progress) (*Circuit, error) {
	program, err := programDigest()
	known := err == nil
	if known {
		if c, err := s.recall(ctx, id, program); err == nil {
			return c, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	progress.report(PhaseCompile, 0, 0)
	c, err := compile()
	if err != nil {
		return nil, err
	}
	progress.report(PhaseCompile, 1, 1)
	if known {
		s.remember(c, program)
	}
	return c, nil
}

// A memory is what one program compiled a circuit to.
type memory struct {
	Version int    `json:"version"`
	Circuit string `json:"circuit"`
	Program string `json:"program"` // SHA-256 of the executable, hex
	Digest  string `json:"digest"`  // of the constraint system, hex
}

func (m memory) encode() []byte {
	b, err := json.Marshal(m)
	if err != nil {
		panic("setup: " + err.Error()) // numbers and text
	}
	return append(b, '\n')
}

// memoryPath is the file of the last program that compiled a circuit.
func (s *Store) memoryPath(id string) string {
	return filepath.Join(s.dir, strings.ReplaceAll(id, "/", "-")+".compiled.json")
}

// remember is best effort: without it the next run compiles.
func (s *Store) remember(c *Circuit, program string) {
	m := memory{manifestVersion, c.ID, program, hex.EncodeToString(c.Digest[:])}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return
	}
	_ = files.Write(s.memoryPath(c.ID), m.encode(), files.Secret)
}

// recall reads the constraint system that this program compiled a circuit to.
func (s *Store) recall(ctx context.Context, id, program string) (*Circuit, error) {
	digest, err := s.recallDigest(id, program)
	if err != nil {
		return nil, err
	}
	unlock, err := s.lock(ctx, &Circuit{ID: id, Digest: digest}, false, nil)
	if err != nil {
		return nil, err
	}
	defer unlock()
	m, err := openManifest(s.Path(digest))
	if err != nil {
		return nil, err
	}
	want := File{Size: m.Files["cs"].Size, SHA256: hex.EncodeToString(digest[:])}
	f, err := openChecked(ctx, filepath.Join(s.Path(digest), "cs"), want, nil)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	system := new(cs.R1CS)
	if _, err := system.ReadFrom(f); err != nil {
		return nil, err
	}
	c, err := describe(id, system)
	if err != nil {
		return nil, err
	}
	c.Digest = digest // the file's, whose SHA-256 is checked
	return c, m.describes(c)
}

func (s *Store) recallDigest(id, program string) (digest [32]byte, err error) {
	b, err := files.Read(s.memoryPath(id), maxManifestBytes)
	if err != nil {
		return digest, err
	}
	var m memory
	if err := json.Unmarshal(b, &m); err != nil {
		return digest, err
	}
	raw, err := hex.DecodeString(m.Digest)
	if err != nil || len(raw) != len(digest) || m.Version != manifestVersion || m.Circuit != id || m.Program != program || !bytes.Equal(m.encode(), b) {
		return digest, fmt.Errorf("%s was compiled by another program", id)
	}
	copy(digest[:], raw)
	return digest, nil
}
