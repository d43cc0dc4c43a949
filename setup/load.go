package setup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/genproof/genproof/files"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/key"
)

const (
	chunk      = 1 << 20 // bytes read and written at a time
	maxVKBytes = 1 << 20 // a verifying key has hundreds of bytes
)

// load reads the keys of c. Every file is checked before any is decoded: gnark's decoders
// allocate what a length field says. The caller holds the lock.
func (s *Store) load(ctx context.Context, c *Circuit, progress Progress) (*Groth16Keys, error) {
	vk, m, err := loadCommon(ctx, s, c, progress, vgroth16.ParseVerifyingKey)
	if err != nil {
		return nil, err
	}
	pk := new(groth16.ProvingKey)
	if err := loadProving(ctx, filepath.Join(s.Path(c.Digest), "pk"), m.Files["pk"], progress, pk.ReadDump); err != nil {
		return nil, err
	}
	keys := &Groth16Keys{Circuit: c, Proving: pk, Verifying: vk, Provenance: m.Provenance}
	if err := keys.check(); err != nil {
		return nil, damaged(fmt.Errorf("%s: %w", s.Path(c.Digest), err))
	}
	return keys, nil
}

// loadCommon reads the manifest and the verifying key, and checks the constraint system's
// file.
func loadCommon[K key.Verifying](ctx context.Context, s *Store, c *Circuit, progress Progress, parse func([]byte) (K, error)) (vk K, m *Manifest, err error) {
	folder := s.Path(c.Digest)
	if m, err = readManifest(folder, c); err != nil {
		return vk, nil, err
	}
	if err := checkFile(ctx, filepath.Join(folder, "cs"), m.Files["cs"], progress); err != nil {
		return vk, nil, err
	}
	vk, err = loadVerifying(ctx, s, c, m, parse)
	return vk, m, err
}

// loadVerifying checks and reads the verifying key.
func loadVerifying[K key.Verifying](ctx context.Context, s *Store, c *Circuit, m *Manifest, parse func([]byte) (K, error)) (none K, err error) {
	path := filepath.Join(s.Path(c.Digest), "vk")
	f, err := openChecked(ctx, path, m.Files["vk"], nil)
	if err != nil {
		return none, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxVKBytes))
	if err != nil {
		return none, fmt.Errorf("read verifying key: %w", err)
	}
	vk, err := parse(b)
	if err == nil {
		err = vk.Lint(c.PublicInputs)
	}
	if err != nil {
		return none, damaged(fmt.Errorf("%s: %w", path, err))
	}
	return vk, nil
}

// loadProving checks the proving key, then reads it by gnark's fast path: points as they
// lie in memory, straight into their slices, not checked one by one. The dump begins with
// a mark that another byte order refuses, and another version of gnark has another digest.
func loadProving(ctx context.Context, path string, want File, progress Progress, read func(io.Reader) error) error {
	f, err := openChecked(ctx, path, want, progress)
	if err != nil {
		return err
	}
	defer f.Close()
	m := &meter{ctx: ctx, progress: progress, phase: PhaseLoad, total: want.Size}
	m.progress.report(PhaseLoad, 0, want.Size)
	r := bufio.NewReaderSize(m.reader(f), chunk)
	err = read(r)
	if _, after := r.ReadByte(); err == nil && after != io.EOF {
		err = errors.New("bytes after the key")
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return damaged(fmt.Errorf("%s: %w", path, err))
	}
	return nil
}

func checkFile(ctx context.Context, path string, want File, progress Progress) error {
	f, err := openChecked(ctx, path, want, progress)
	if err != nil {
		return err
	}
	return f.Close()
}

// openChecked opens a file that has the size and SHA-256 of the manifest, at its start.
func openChecked(ctx context.Context, path string, want File, progress Progress) (*os.File, error) {
	f, info, err := files.Open(path)
	if err != nil {
		return nil, damaged(err)
	}
	if err := check(ctx, f, info.Size(), want, progress); err != nil {
		f.Close()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, damaged(fmt.Errorf("%s: %w", path, err))
	}
	return f, nil
}

func check(ctx context.Context, f *os.File, size int64, want File, progress Progress) error {
	if size != want.Size {
		return fmt.Errorf("it has %d bytes, its manifest says %d", size, want.Size)
	}
	m := &meter{ctx: ctx, progress: progress, phase: PhaseCheck, total: want.Size}
	m.progress.report(PhaseCheck, 0, want.Size)
	h := sha256.New()
	if _, err := io.CopyBuffer(h, m.reader(f), make([]byte, chunk)); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != want.SHA256 {
		return errors.New("its SHA-256 is not the one in its manifest")
	}
	_, err := f.Seek(0, io.SeekStart)
	return err
}
