// Package state is a coordinator's folder: who it is, who may work for it, which jobs are parked,
// and the journal of what was given out.
//
//	coordinator.key  the Ed25519 seed that jobs and verdicts are signed with; secret
//	workers.json     who is enrolled, parked or was removed
//	parked.json      jobs that are given to nobody, and why
//	tokens.json      who may ask over HTTP, by the SHA-256 of tokens
//	used.json        when each token was used last
//	journal          a line an event, forced to disk before its effect
//	queue/           files of the queue in this process
//
// What is proven is not in it: that is the drop's folder of proofs. Workers and parked jobs may be
// changed by another process while a coordinator runs, which looks at the files anew each time.
package state

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/message"
)

// Names in the folder.
const (
	keyFile     = "coordinator.key"
	workersFile = "workers.json"
	parkedFile  = "parked.json"
	journalFile = "journal"
	queueDir    = "queue"
	lockFile    = ".lock"
	changeFile  = ".change" // held while a file is changed
)

const maxBytes = 16 << 20

// A Folder is a coordinator's folder.
type Folder struct {
	dir  string
	uses uses
}

// Open makes the folder if need be.
func Open(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the studio's folder: %w", err)
	}
	ignore := filepath.Join(dir, ".gitignore") // it holds a secret
	if err := files.Create(ignore, []byte("*\n"), files.Public); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("making the studio's folder: %w", err)
	}
	return &Folder{dir: dir}, nil
}

// Exists reports whether a coordinator has worked with this folder.
func Exists(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, keyFile))
	return err == nil
}

// QueueDir is where the queue in this process has its files.
func (f *Folder) QueueDir() string { return filepath.Join(f.dir, queueDir) }

// Lock keeps other coordinators out. A folder that has one is [files.ErrBusy].
func (f *Folder) Lock() (*files.Lock, error) {
	lock, err := files.TryLock(filepath.Join(f.dir, lockFile))
	if err != nil {
		return nil, fmt.Errorf("locking the studio's folder %s: %w", f.dir, err)
	}
	return lock, nil
}

// Key returns the coordinator's signing key, which it draws the first time.
func (f *Folder) Key() (ed25519.PrivateKey, error) {
	path := filepath.Join(f.dir, keyFile)
	text, err := files.ReadSecret(path, 200)
	if errors.Is(err, fs.ErrNotExist) {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return nil, fmt.Errorf("drawing the coordinator's key: %w", err)
		}
		err = files.Create(path, []byte(hex.EncodeToString(key.Seed())+"\n"), files.Secret)
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return key, err
		}
		text, err = files.ReadSecret(path, 200) // another process was first
		if err != nil {
			return nil, fmt.Errorf("reading the coordinator's key: %w", err)
		}
	} else if err != nil {
		return nil, fmt.Errorf("reading the coordinator's key: %w", err)
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("reading the coordinator's key: %s is not one", path)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// Public returns the coordinator's public key.
func (f *Folder) Public() (message.PublicKey, error) {
	key, err := f.Key()
	if err != nil {
		return message.PublicKey{}, err
	}
	return message.PublicKey(key.Public().(ed25519.PublicKey)), nil
}

// read reads a file of JSON into v, which stays as it is without the file.
func (f *Folder) read(name string, v any) error {
	data, err := files.Read(filepath.Join(f.dir, name), maxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the studio's folder: %w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("reading the studio's folder: %s: %w", filepath.Join(f.dir, name), err)
	}
	return nil
}

// change reads a file, has it changed and writes it whole. Others that change it wait.
func change[T any](ctx context.Context, f *Folder, name string, change func(*T) error) error {
	lock, err := files.WaitLock(ctx, filepath.Join(f.dir, changeFile), true, nil)
	if err != nil {
		return fmt.Errorf("changing the studio's folder: %w", err)
	}
	defer lock.Unlock()
	var v T
	if err := f.read(name, &v); err != nil {
		return err
	}
	if err := change(&v); err != nil {
		return err
	}
	data, err := json.MarshalIndent(&v, "", "  ")
	if err != nil {
		return fmt.Errorf("changing the studio's folder: %w", err)
	}
	return files.Write(filepath.Join(f.dir, name), append(data, '\n'), files.Secret)
}
