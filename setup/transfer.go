package setup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup/keycar"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// Export gives use the keys of c as they lie in the store, and the manifest they can travel
// with, not yet signed. open returns a file by its name, once it has been checked. The keys
// stay as they are until use returns. Without keys it is [ErrNoKeys].
func (s *Store) Export(ctx context.Context, c *Circuit, progress Progress, use func(m *keycar.Manifest, open func(name string) (io.ReadCloser, error)) error) error {
	if c.Backend == statement.Plonk {
		return errPlonkStays
	}
	unlock, err := s.lock(ctx, c, false, progress)
	if err != nil {
		return err
	}
	defer unlock()
	if there, err := s.Has(c); err != nil {
		return err
	} else if !there {
		return fmt.Errorf("exporting keys of %s from %s: %w", c.ID, s.dir, ErrNoKeys)
	}
	folder := s.Path(c.Digest)
	stored, err := readManifest(folder, c)
	if err != nil {
		return err
	}
	if _, err := loadVerifying(ctx, s, c, stored, vgroth16.ParseVerifyingKey); err != nil { // it is linted before it is passed on
		return err
	}
	m := &keycar.Manifest{Circuit: c.ID, Provenance: stored.Provenance}
	for name, to := range map[string]*keycar.File{"cs": &m.Files.CS, "pk": &m.Files.PK, "vk": &m.Files.VK} {
		file := stored.Files[name]
		sum, err := hex.DecodeString(file.SHA256)
		if err != nil || len(sum) != sha256.Size {
			return damaged(fmt.Errorf("%s: no SHA-256 of %s", folder, name))
		}
		*to = keycar.File{Size: uint64(file.Size), SHA256: [32]byte(sum)}
	}
	return use(m, func(name string) (io.ReadCloser, error) {
		return openChecked(ctx, filepath.Join(folder, name), stored.Files[name], progress)
	})
}

// ReadKeys reads keys that travelled: of the constraint system of c, exactly what the manifest
// says, and of the form that c settles, which is checked before anything is decoded. open
// returns a file by its name. Who stands for the manifest is the caller's to check, and what
// can be told from the points is [Store.InstallGroth16]'s.
func ReadKeys(ctx context.Context, c *Circuit, m *keycar.Manifest, open func(name string) (io.Reader, error), progress Progress) (*groth16.ProvingKey, *vgroth16.VerifyingKey, error) {
	if m.Circuit != c.ID || m.Files.CS.SHA256 != c.Digest {
		return nil, nil, fmt.Errorf("the keys are of circuit %s with constraint system %x, want %s with %x: they were made with another version of the circuits", m.Circuit, m.Files.CS.SHA256, c.ID, c.Digest)
	}
	switch {
	case c.Backend == statement.Plonk:
		return nil, nil, errPlonkStays
	case c.Commitments != 0:
		return nil, nil, errCommitments
	}
	r := &arrival{ctx: ctx, m: m, open: open, progress: progress}
	if err := r.file("cs", int64(m.Files.CS.Size), func(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }); err != nil {
		return nil, nil, err
	}
	return r.both(c)
}

// ReadPair is [ReadKeys] for whoever compiled c: the constraint system is not read. A size that is not
// the circuit's is refused before the file is opened.
func ReadPair(ctx context.Context, c *Circuit, m *keycar.Manifest, open func(name string) (io.Reader, error), progress Progress) (*Groth16Keys, error) {
	switch {
	case c.Backend == statement.Plonk:
		return nil, errPlonkStays
	case c.Commitments != 0:
		return nil, errCommitments
	}
	pk, vk, err := (&arrival{ctx: ctx, m: m, open: open, progress: progress}).both(c)
	if err != nil {
		return nil, err
	}
	return &Groth16Keys{Circuit: c, Proving: pk, Verifying: vk, Provenance: m.Provenance}, nil
}

func (a *arrival) both(c *Circuit) (*groth16.ProvingKey, *vgroth16.VerifyingKey, error) {
	vk, err := a.verifying(c)
	if err != nil {
		return nil, nil, err
	}
	pk, err := a.proving(c)
	return pk, vk, err
}

// An arrival reads files that a manifest describes.
type arrival struct {
	ctx      context.Context
	m        *keycar.Manifest
	open     func(name string) (io.Reader, error)
	progress Progress
}

// file gives read a file, and then checks that it was the manifest's and had size bytes.
func (a *arrival) file(name string, size int64, read func(io.Reader) error) error {
	want := a.m.Named()[name]
	if int64(want.Size) != size {
		return fmt.Errorf("%s: its manifest says %d bytes, want %d", name, want.Size, size)
	}
	from, err := a.open(name)
	if err != nil {
		return err
	}
	m := &meter{ctx: a.ctx, progress: a.progress, phase: PhaseLoad, total: size}
	a.progress.report(PhaseLoad, 0, size)
	hashed := &hashing{r: bufio.NewReaderSize(m.reader(from), chunk), h: sha256.New()}
	if err := read(io.LimitReader(hashed, size)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if _, err := io.Copy(io.Discard, io.LimitReader(hashed, 1)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if [32]byte(hashed.h.Sum(nil)) != want.SHA256 { // of a byte too many, too
		return fmt.Errorf("%s: it is not the file that its manifest describes", name)
	}
	return nil
}

type hashing struct {
	r io.Reader
	h hash.Hash
}

func (h *hashing) Read(b []byte) (int, error) {
	n, err := h.r.Read(b)
	h.h.Write(b[:n])
	return n, err
}

func (a *arrival) verifying(c *Circuit) (vk *vgroth16.VerifyingKey, err error) {
	size := vgroth16.KeyBytes(c.PublicInputs)
	err = a.file("vk", int64(size), func(r io.Reader) error {
		b := make([]byte, size)
		if _, err := io.ReadFull(r, b); err != nil {
			return err
		}
		if vk, err = vgroth16.ParseVerifyingKey(b); err != nil {
			return err
		}
		return vk.Lint(c.PublicInputs)
	})
	return vk, err
}

func (a *arrival) proving(c *Circuit) (*groth16.ProvingKey, error) {
	form, err := formOf(c)
	if err != nil {
		return nil, err
	}
	pk := new(groth16.ProvingKey)
	err = a.file("pk", form.size, func(r io.Reader) error {
		err := pk.ReadDump(&formReader{r: r, form: form})
		if err != nil && errors.Is(err, errForm) {
			return errForm
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return pk, nil
}
