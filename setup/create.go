package setup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/files"
)

// create makes keys of c and puts them in the store.
func (s *Store) create(ctx context.Context, c *Circuit, progress Progress) (*Groth16Keys, error) {
	return keep(ctx, s, c, progress, func() (*Groth16Keys, error) { return run(ctx, c, progress) })
}

// material is what the store writes of the keys of either proof system.
type material interface {
	Info() Info
	writeProving(w io.Writer) error
	provingBytes() int64 // about
}

// keep puts the keys that get returns in the store whole or not at all. The caller holds
// the exclusive lock.
func keep[K material](ctx context.Context, s *Store, c *Circuit, progress Progress, get func() (K, error)) (none K, err error) {
	tmp := s.Path(c.Digest) + ".tmp"
	if err := os.RemoveAll(tmp); err != nil { // of a process that died
		return none, fmt.Errorf("keeping keys of %s: %w", c.ID, err)
	}
	// Made before the long work, so that a folder that cannot be written fails at once.
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return none, fmt.Errorf("keeping keys of %s: %w; name a writable folder with --keys", c.ID, err)
	}
	defer os.RemoveAll(tmp) // renamed away when all is well
	keys, err := get()
	if err != nil {
		return none, err
	}
	if err := writeKeys(ctx, tmp, keys, progress); err != nil {
		return none, fmt.Errorf("writing keys of %s: %w", c.ID, err)
	}
	if err := s.install(tmp, s.Path(c.Digest)); err != nil {
		return none, fmt.Errorf("keeping keys of %s: %w", c.ID, err)
	}
	return keys, nil
}

// run draws secrets and makes the keys.
func run(ctx context.Context, c *Circuit, progress Progress) (*Groth16Keys, error) {
	system, ok := c.CS.(*cs.R1CS)
	if !ok || c.Backend == statement.Plonk {
		return nil, fmt.Errorf("setting up %s: it is not an R1CS over BN254", c.ID)
	}
	if c.Commitments != 0 {
		return nil, fmt.Errorf("setting up %s: %w", c.ID, errCommitments)
	}
	keys, err := developmentKeys(ctx, c, system, progress)
	if err == nil {
		err = keys.check()
	}
	if err != nil {
		return nil, fmt.Errorf("setting up %s: %w", c.ID, err)
	}
	return keys, nil
}

// developmentKeys makes keys of secrets that it forgets.
func developmentKeys(ctx context.Context, c *Circuit, system *cs.R1CS, progress Progress) (*Groth16Keys, error) {
	s, err := drawSecrets(c.Domain)
	if err != nil {
		return nil, err
	}
	defer s.forget()
	pk, vk, err := develop(ctx, system, s, progress)
	if err != nil {
		return nil, err
	}
	return &Groth16Keys{Circuit: c, Proving: pk, Verifying: vk, Provenance: provenance.UnsafeDevelopment}, nil
}

// writeKeys writes the files and then the manifest into folder, all on disk when it returns.
func writeKeys(ctx context.Context, folder string, keys material, progress Progress) error {
	info := keys.Info()
	m := &meter{ctx: ctx, progress: progress, phase: PhaseWrite, total: keys.provingBytes()}
	progress.report(PhaseWrite, 0, m.total)
	write := map[string]func(io.Writer) error{
		"cs": func(w io.Writer) error { _, err := info.Circuit.write(w); return err },
		"pk": keys.writeProving,
		"vk": func(w io.Writer) error { _, err := w.Write(info.Verifying.Bytes()); return err },
	}
	written := make(map[string]File)
	for _, name := range fileNames {
		file, err := writeFile(filepath.Join(folder, name), m, write[name])
		if err != nil {
			return err
		}
		written[name] = file
	}
	manifest, err := newManifest(info.Circuit, info.Provenance, written).encode()
	if err != nil {
		return err
	}
	whole := func(w io.Writer) error { _, err := w.Write(manifest); return err }
	if _, err := writeFile(filepath.Join(folder, manifestFile), m, whole); err != nil {
		return err
	}
	progress.report(PhaseWrite, m.done, m.done)
	return files.SyncFolder(folder)
}

// writeFile writes a file, forces it to disk, and says what was written.
func writeFile(path string, m *meter, write func(io.Writer) error) (file File, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return File{}, err
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	h := sha256.New()
	before := m.done
	buffered := bufio.NewWriterSize(m.writer(io.MultiWriter(f, h)), chunk)
	if err := write(buffered); err != nil {
		return File{}, err
	}
	if err := buffered.Flush(); err != nil {
		return File{}, err
	}
	return File{Size: m.done - before, SHA256: hex.EncodeToString(h.Sum(nil))}, f.Sync()
}

// install moves whole keys to their place and the old ones, if any, away.
func (s *Store) install(tmp, path string) error {
	old := path + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(path, old); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return errors.Join(err, restore(path))
	}
	if err := files.SyncFolder(s.dir); err != nil {
		return err
	}
	return os.RemoveAll(old)
}

// restore moves the old keys back to path if there are none: whoever was replacing them has
// died, or failed. The caller holds the exclusive lock.
func restore(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(path+".old", path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Info is what the keys of both proof systems have.
func (k *Groth16Keys) Info() Info { return Info{k.Circuit, k.Verifying, k.Provenance} }

func (k *Groth16Keys) writeProving(w io.Writer) error { return k.Proving.WriteDump(w) }

// provingBytes is the size of the points of a proving key, which is nearly all of its dump.
func (k *Groth16Keys) provingBytes() int64 {
	pk := k.Proving
	g1 := len(pk.G1.A) + len(pk.G1.B) + len(pk.G1.Z) + len(pk.G1.K)
	return int64(64*g1 + 128*len(pk.G2.B))
}
