package ceremony

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/genproof/genproof/files"
)

// The files of a ceremony's folder.
const (
	definitionFile  = "ceremony.json"
	evaluationsFile = "0000/evaluations"
	attestationFile = "attestation.json"
	beaconFile      = "beacon.json"
	transcriptFile  = "transcript.json"
	keyFile         = "vk"

	lockFile    = ".lock"
	partialFile = ".partial" // what is being written
)

// MaxContributions bounds a ceremony.
const MaxContributions = 1000

// A Folder is a ceremony on disk.
type Folder struct {
	Definition *Definition
	Digest     [32]byte // SHA-256 of ceremony.json

	dir string
}

// Progress is told what goes on, by one goroutine at a time. done and total are 0 where nobody knows how long it takes.
type Progress func(what string, done, total int64)

// A counter reports what several goroutines do, from one at a time.
type counter struct {
	mu          sync.Mutex
	progress    Progress
	what        string
	done, total int64
}

func (c *counter) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done += int64(n)
	c.progress.report(c.what, c.done, c.total)
}

func (p Progress) report(what string, done, total int64) {
	if p != nil {
		p(what, done, total)
	}
}

// Open reads a ceremony's definition, and nothing else.
func Open(dir string) (*Folder, error) {
	f := &Folder{dir: dir}
	b, err := f.read(definitionFile, maxJSONBytes)
	if err != nil {
		return nil, fault(stepDefinition, definitionFile, err)
	}
	if f.Definition, err = parseDefinition(b); err != nil {
		return nil, fault(stepDefinition, definitionFile, err)
	}
	f.Digest = sha256.Sum256(b)
	return f, nil
}

// Dir returns the ceremony's folder.
func (f *Folder) Dir() string { return f.dir }

func (f *Folder) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *Folder) has(name string) (bool, error) {
	_, err := os.Lstat(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// numberName is the folder of a contribution.
func numberName(n int) string { return fmt.Sprintf("%04d", n) }

// count returns the number of contributions. Every folder with a number for a name counts;
// one that is missing in between is found when it is read.
func (f *Folder) count() (int, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return 0, err
	}
	found := 0
	for _, e := range entries {
		if strings.Trim(e.Name(), "0123456789") == "" {
			found++
		}
	}
	if found == 0 {
		return 0, fault(stepInitial, numberName(0), fs.ErrNotExist)
	}
	if found > MaxContributions+1 {
		return 0, fault(stepDefinition, ".", fmt.Errorf("there are more than %d contributions", MaxContributions))
	}
	return found - 1, nil
}

// readExactly reads a file that must have exactly this many bytes.
func (f *Folder) readExactly(name string, bytes int64) ([]byte, error) {
	file, size, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() // only read
	if size != bytes {
		return nil, fmt.Errorf("it has %d bytes, want %d", size, bytes)
	}
	return files.ReadFrom(file, name, bytes)
}

// read reads a file of at most limit bytes.
func (f *Folder) read(name string, limit int64) ([]byte, error) {
	file, size, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() // only read
	if size > limit {
		return nil, fmt.Errorf("it has more than %d bytes", limit)
	}
	return files.ReadFrom(file, name, limit)
}

// open opens a file of the folder, which may be a stranger's.
func (f *Folder) open(name string) (*os.File, int64, error) {
	folder, err := files.OpenFolder(f.dir)
	if err != nil {
		return nil, 0, err
	}
	defer folder.Close()
	file, info, err := folder.Open(name)
	if err != nil {
		return nil, 0, err
	}
	return file, info.Size(), nil
}
