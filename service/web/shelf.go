package web

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/message"
)

// Limits of what is uploaded.
const (
	maxFiles = 20_000 // of a drop
	maxDrop  = 2 << 30
	maxDrops = 1000 // of a tenant
)

// indexFile has a line for every upload: what was stored, by its digest. Only the last line of a name
// counts, and only while the file has its size.
const indexFile = "source.jsonl"

// A stored file is one that was uploaded.
type stored struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256" doc:"empty if the server does not know it: upload the file again"`
}

// A shelf knows what was uploaded of one drop, and what is being uploaded now.
type shelf struct {
	mu     sync.Mutex
	tenant string
	files  map[string]stored
	coming map[string]int64 // bytes that have room already
	bytes  int64            // of both
}

// shelves are those of all drops that were asked for.
type shelves struct {
	mu    sync.Mutex
	drops map[message.DropID]*shelf
	known map[string]bool // tenants all of whose drops are among them
}

// of returns a drop's shelf, and how many bytes its tenant has altogether.
func (s *Server) shelfOf(p *place) (*shelf, int64, error) {
	s.shelves.mu.Lock()
	defer s.shelves.mu.Unlock()
	if err := s.knowTenant(p.meta.Tenant); err != nil {
		return nil, 0, err
	}
	own := s.shelves.drops[p.id]
	if own == nil {
		var err error
		if own, err = loadShelf(p); err != nil {
			return nil, 0, err
		}
		s.shelves.drops[p.id] = own
	}
	total := int64(0)
	for _, other := range s.shelves.drops {
		if other.tenant == p.meta.Tenant {
			other.mu.Lock()
			total += other.bytes
			other.mu.Unlock()
		}
	}
	return own, total, nil
}

// knowTenant loads the shelves of a tenant's drops, once.
func (s *Server) knowTenant(tenant string) error {
	if s.shelves.known[tenant] {
		return nil
	}
	drops, err := s.list(tenant)
	if err != nil {
		return err
	}
	for _, p := range drops {
		if s.shelves.drops[p.id] != nil {
			continue
		}
		if s.shelves.drops[p.id], err = loadShelf(p); err != nil {
			return err
		}
	}
	s.shelves.known[tenant] = true
	return nil
}

// dropsOf counts a tenant's drops.
func (s *Server) dropsOf(tenant string) (n int, err error) {
	s.shelves.mu.Lock()
	defer s.shelves.mu.Unlock()
	if err := s.knowTenant(tenant); err != nil {
		return 0, err
	}
	for _, x := range s.shelves.drops {
		if x.tenant == tenant {
			n++
		}
	}
	return n, nil
}

// loadShelf looks at the files of a drop, and removes what an upload that was cut short has left.
func loadShelf(p *place) (*shelf, error) {
	x := &shelf{tenant: p.meta.Tenant, files: map[string]stored{}, coming: map[string]int64{}}
	entries, err := os.ReadDir(p.path(sourceDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		if left, _ := filepath.Match(files.Temporary, e.Name()); left {
			if err := os.Remove(filepath.Join(p.path(sourceDir), e.Name())); err != nil {
				return nil, err
			}
			continue
		}
		x.files[e.Name()] = stored{Name: e.Name(), Size: info.Size()}
		x.bytes += info.Size()
	}
	return x, x.readIndex(p.path(indexFile))
}

func (x *shelf) readIndex(path string) error {
	f, _, err := files.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close() // only read
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var e stored
		if json.Unmarshal(bytes.TrimSpace(lines.Bytes()), &e) != nil {
			continue // a crash cut it short
		}
		if there, ok := x.files[e.Name]; ok && there.Size == e.Size {
			x.files[e.Name] = e
		}
	}
	return lines.Err()
}

var (
	errNoRoom = huma.NewError(413, "the drop has more files or bytes than there is room for")
	errTwice  = huma.Error409Conflict("the same file is being uploaded already")
)

// reserve makes room for a file of so many bytes. others is what the tenant has altogether, of quota.
func (x *shelf) reserve(name string, size, others, quota int64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, busy := x.coming[name]; busy {
		return errTwice
	}
	count, bytes := len(x.files)+len(x.coming)+1, x.bytes+size
	if old, there := x.files[name]; there {
		count, bytes = count-1, bytes-old.Size
	}
	if count > maxFiles || bytes > maxDrop || others+size > quota {
		return errNoRoom
	}
	x.coming[name], x.bytes = size, x.bytes+size
	return nil
}

// settle ends what reserve began: with the file that is there now, or nil if it is not.
func (x *shelf) settle(name string, now *stored) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.bytes -= x.coming[name]
	delete(x.coming, name)
	if now != nil {
		x.bytes += now.Size - x.files[name].Size
		x.files[name] = *now
	}
}

func (x *shelf) has(want stored) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.files[want.Name] == want
}

func (x *shelf) list() (out []stored) {
	x.mu.Lock()
	defer x.mu.Unlock()
	out = []stored{}
	for _, f := range x.files {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b stored) int { return strings.Compare(a.Name, b.Name) })
	return out
}
