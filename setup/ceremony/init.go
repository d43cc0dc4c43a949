package ceremony

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/setup"
)

// InitPowers begins a phase 1 for domains of up to 2^power in a new folder.
func InitPowers(dir string, power uint64, beacon string) (*Folder, error) {
	d := &Definition{Format: format, Beacon: beacon, Powers: &Powers{power}}
	if err := d.announce(); err != nil {
		return nil, err
	}
	return create(dir, d, "phase1", func(digest []byte) ([]files.Named, error) {
		raw, err := newPowers(power, digest)
		return []files.Named{{Name: "phase1", Data: raw}}, err
	})
}

// newPowers is the initial accumulator of a phase 1: all secrets are 1.
func newPowers(power uint64, challenge []byte) ([]byte, error) {
	p := mpcsetup.NewPhase1(1 << power)
	p.Challenge = challenge
	var b bytes.Buffer
	_, err := p.WriteTo(&b)
	return b.Bytes(), err
}

// InitCircuit begins a phase 2 for a circuit in a new folder.
func InitCircuit(ctx context.Context, dir string, c *setup.Circuit, srs *SRS, beacon string, progress Progress) (*Folder, error) {
	d := &Definition{Format: format, Beacon: beacon, Circuit: &Circuit{ID: c.ID, ConstraintSystem: c.Digest, Source: srs.Source}}
	if err := errors.Join(d.announce(), d.describes(c), srs.fits(c)); err != nil {
		return nil, err
	}
	k, err := kindPhase2(c)
	if err != nil {
		return nil, err
	}
	p, e, err := initialize(ctx, c.CS.(*cs.R1CS), srs, progress)
	if err != nil {
		return nil, err
	}
	progress.report("checking", 0, 0)
	if err := checkInitial(ctx, c.CS.(*cs.R1CS), srs.Commons, p, e); err != nil {
		return nil, err
	}
	evaluations, err := encodeEvaluations(e)
	if err != nil {
		return nil, err
	}
	d.Circuit.Evaluations = sha256.Sum256(evaluations)
	return create(dir, d, k.file, func(digest []byte) ([]files.Named, error) {
		p.Challenge = digest
		var b bytes.Buffer
		if _, err := p.WriteTo(&b); err != nil {
			return nil, err
		}
		return []files.Named{{Name: k.file, Data: b.Bytes()}, {Name: filepath.Base(evaluationsFile), Data: evaluations}}, k.layout.scan(b.Bytes(), nil)
	})
}

// announce checks a definition that is about to be published.
func (d *Definition) announce() error {
	if err := d.check(); err != nil {
		return err
	}
	return checkStillSecret(d.Beacon, time.Now())
}

// fits checks that the powers are for c's domain.
func (s *SRS) fits(c *setup.Circuit) error {
	if n := len(s.Commons.G1.AlphaTau); uint64(n) != c.Domain || len(s.Commons.G1.BetaTau) != n ||
		len(s.Commons.G2.Tau) != n || len(s.Commons.G1.Tau) != 2*n-1 || s.Source.Power != powerOf(c.Domain) {
		return fmt.Errorf("the powers of tau are for another domain than %s's, 2^%d", c.ID, powerOf(c.Domain))
	}
	if l := s.Lagrange; l != nil && (uint64(len(l.G1.Tau)) != c.Domain || len(l.G1.AlphaTau) != len(l.G1.Tau) ||
		len(l.G1.BetaTau) != len(l.G1.Tau) || len(l.G2.Tau) != len(l.G1.Tau)) {
		return fmt.Errorf("the Lagrange basis is for another domain than %s's, 2^%d", c.ID, powerOf(c.Domain))
	}
	return nil
}

// create writes a new ceremony, whole or not at all. dir must not exist, or be empty.
func create(dir string, d *Definition, name string, initial func(digest []byte) ([]files.Named, error)) (*Folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if entries, err := os.ReadDir(dir); err != nil && !errors.Is(err, fs.ErrNotExist) || len(entries) > 0 {
		return nil, fmt.Errorf("beginning a ceremony in %s: %w", dir, errors.Join(err, os.ErrExist))
	}
	definition, digest, err := encode(d)
	if err != nil {
		return nil, err
	}
	list, err := initial(digest[:])
	if err != nil {
		return nil, fmt.Errorf("beginning a ceremony: %w", err)
	}
	scratch, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-*")
	if err != nil {
		return nil, fmt.Errorf("beginning a ceremony: %w", err)
	}
	defer os.RemoveAll(scratch)
	tmp := filepath.Join(scratch, "new") // renamed away when all is well
	ignored := []byte(lockFile + "\n" + partialFile + "\n")
	if err := files.WriteFolder(tmp, files.Public, files.Named{Name: definitionFile, Data: definition}, files.Named{Name: ".gitignore", Data: ignored}); err != nil {
		return nil, fmt.Errorf("beginning a ceremony: %w", err)
	}
	if err := files.WriteFolder(filepath.Join(tmp, numberName(0)), files.Public, list...); err != nil {
		return nil, fmt.Errorf("beginning a ceremony: %w", err)
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) { // empty, or it fails
		return nil, fmt.Errorf("beginning a ceremony: %w", err)
	}
	if err := errors.Join(files.SyncFolder(tmp), files.Rename(tmp, dir)); err != nil {
		return nil, fmt.Errorf("beginning a ceremony: %w", err)
	}
	return Open(dir)
}
