package worker

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/keycar"
)

// Given are keys that the worker's program has: in the process of the coordinator.
type Given struct {
	prover *prover.CircuitProver
	info   setup.Info
}

// Give returns keys for one worker. Several share the keys and prove beside each other.
func Give(keys setup.Keys) (*Given, error) {
	p, err := prover.NewCircuit(keys)
	if err != nil {
		return nil, err
	}
	return &Given{p, keys.Info()}, nil
}

// For is [Keys].
func (g *Given) For(_ context.Context, job *message.Job) (*prover.CircuitProver, error) {
	switch {
	case job.Work.System != g.info.Circuit.Digest:
		return nil, ErrCircuit
	case job.Work.Key != g.info.Verifying.Digest():
		return nil, ErrKey
	}
	return g.prover, nil
}

// Stored are keys out of a key store of this machine. The keys of the last job stay in memory.
type Stored struct {
	Store *setup.Store
	last  *Given
}

// For is [Keys].
func (s *Stored) For(ctx context.Context, job *message.Job) (*prover.CircuitProver, error) {
	if s.last != nil {
		if p, err := s.last.For(ctx, job); err == nil {
			return p, nil
		}
	}
	s.last = nil // two sets of keys may not fit into memory
	circuit, err := circuitOf(ctx, s.Store, job.Work)
	if err != nil {
		return nil, err
	}
	if there, err := s.Store.Has(circuit); err != nil || !there { // none are made here
		return nil, errors.Join(ErrKey, err)
	}
	keys, err := s.Store.Groth16Keys(ctx, circuit, nil)
	if err != nil {
		return nil, err
	}
	if s.last, err = Give(keys); err != nil {
		return nil, err
	}
	return s.last.For(ctx, job)
}

// Fetched are keys out of the queue's bucket. They are kept in a folder under their SHA-256, and
// hashed each time they are read: neither bucket nor folder is trusted. The keys of the last job
// stay in memory.
type Fetched struct {
	Dir   string
	Store *setup.Store // remembers what circuits compile to
	Open  func(ctx context.Context, digest [32]byte) (io.ReadCloser, error)

	last   message.Job
	prover *prover.CircuitProver
}

// For is [Keys].
func (f *Fetched) For(ctx context.Context, job *message.Job) (*prover.CircuitProver, error) {
	if f.prover != nil && f.last.Work.System == job.Work.System && f.last.Proving == job.Proving && f.last.Verifying == job.Verifying {
		return f.prover, nil
	}
	f.prover = nil // two sets of keys may not fit into memory
	circuit, err := circuitOf(ctx, f.Store, job.Work)
	if err != nil {
		return nil, err
	}
	keys, err := f.read(ctx, circuit, job)
	if err != nil {
		return nil, err
	}
	if f.prover, err = prover.NewCircuit(keys); err != nil {
		return nil, err
	}
	f.last = *job
	return f.prover, nil
}

func circuitOf(ctx context.Context, store *setup.Store, w message.Work) (*setup.Circuit, error) {
	id, err := statement.ParseCircuitID(w.Circuit)
	if err != nil {
		return nil, ErrCircuit
	}
	circuit, err := store.Circuit(ctx, id, nil)
	if err == nil && circuit.Digest != w.System {
		err = ErrCircuit
	}
	return circuit, err
}

// read reads both keys of a job, fetching what the folder does not have.
func (f *Fetched) read(ctx context.Context, circuit *setup.Circuit, job *message.Job) (keys *setup.Groth16Keys, err error) {
	if job.Verifying.SHA256 != job.Work.Key {
		return nil, ErrKey
	}
	m := &keycar.Manifest{
		Circuit: circuit.ID, Provenance: provenance.UnsafeDevelopment, // nothing of it is published
		Files: keycar.Files{CS: keycar.File{SHA256: circuit.Digest}, PK: keycar.File(job.Proving), VK: keycar.File(job.Verifying)},
	}
	var opened []io.Closer
	defer func() {
		for _, c := range opened {
			err = errors.Join(err, c.Close())
		}
	}()
	keys, err = setup.ReadPair(ctx, circuit, m, func(name string) (io.Reader, error) {
		r, err := f.open(ctx, m.Named()[name])
		if err == nil {
			opened = append(opened, r)
		}
		return r, err
	}, nil)
	if err != nil {
		for _, file := range []message.File{job.Proving, job.Verifying} {
			_ = os.Remove(f.path(file.SHA256)) // what is there may be damaged: it is fetched again
		}
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return keys, nil
}

func (f *Fetched) path(digest [32]byte) string {
	return filepath.Join(f.Dir, hex.EncodeToString(digest[:]))
}

// open opens a file of the folder, fetched before if it is not there. Its size was found to be the
// circuit's.
func (f *Fetched) open(ctx context.Context, file keycar.File) (io.ReadCloser, error) {
	path := f.path(file.SHA256)
	if _, err := os.Lstat(path); err != nil {
		if err := f.fetch(ctx, file, path); err != nil {
			return nil, err
		}
	}
	r, _, err := files.Open(path)
	return r, err
}

var errContent = errors.New("what the queue has under the key's name is another file")

func (f *Fetched) fetch(ctx context.Context, file keycar.File, path string) error {
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	from, err := f.Open(ctx, file.SHA256)
	if err != nil {
		return err
	}
	defer from.Close() // only read
	return files.Stream(path, files.Secret, func(to *os.File) error {
		h := sha256.New()
		n, err := io.Copy(io.MultiWriter(to, h), io.LimitReader(from, int64(file.Size)+1))
		if err == nil && (uint64(n) != file.Size || !bytes.Equal(h.Sum(nil), file.SHA256[:])) {
			err = errContent
		}
		return err
	})
}
