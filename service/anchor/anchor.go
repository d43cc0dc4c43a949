// Package anchor gives away the heads of drops' logs, so that a server's folder that was written anew, or
// put back from an old copy, is noticed.
//
// Every tenant has a log of its own. An entry of it holds the digest of the heads that drops have come to
//
//	SHA-256(ID ‖ " " ‖ SEQUENCE:HASH ‖ "\n", for every drop with a new head, by ID)
//
// and a line of the file of anchors, which is kept elsewhere, has these heads and the signed head of the
// tenant's log. Whoever dates that one head, in a block say, dates all of them.
package anchor

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/record"
)

// tenantsDir is where tenants' logs are, below the folder of drops.
const tenantsDir = "tenants"

// Bounds, in bytes.
const (
	maxBytes = 1 << 30
	maxLine  = 16 << 20
)

// A Drop is how far a drop's log has come.
type Drop struct {
	ID   string `json:"drop"`
	Head string `json:"head"` // SEQUENCE:HASH
}

// A Line is one of a file of anchors.
type Line struct {
	Tenant string   `json:"tenant"`
	Drops  []Drop   `json:"drops"` // those with another head than in any line before
	Head   log.Head `json:"head"`  // of the tenant's log
}

// digest is what the tenant's log has of drops.
func digest(drops []Drop) [32]byte {
	var text strings.Builder
	for _, d := range drops {
		fmt.Fprintf(&text, "%s %s\n", d.ID, d.Head)
	}
	return sha256.Sum256([]byte(text.String()))
}

// A File is one of anchors. One process writes it.
type File struct {
	path  string
	lines []Line
	last  map[string]string // drops' heads
}

// Open reads a file of anchors, which may not be there yet. A line that a crash cut short is left out, and
// one that is otherwise no line is an error.
func Open(path string) (*File, error) {
	f := &File{path: path, last: map[string]string{}}
	data, err := files.Read(path, maxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading anchors: %w", err)
	}
	for text := range bytes.Lines(data) {
		if err := json.NewDecoder(bytes.NewReader(text)).Decode(new(json.RawMessage)); errors.Is(err, io.ErrUnexpectedEOF) {
			continue
		}
		var l Line
		if err := strictjson.Unmarshal(bytes.TrimSpace(text), &l, maxLine); err != nil {
			return nil, fmt.Errorf("reading anchors: line %d: %w", len(f.lines)+1, err)
		}
		f.add(l)
	}
	return f, nil
}

func (f *File) add(l Line) {
	f.lines = append(f.lines, l)
	for _, d := range l.Drops {
		f.last[d.ID] = d.Head
	}
}

// Lines is how many there are.
func (f *File) Lines() int { return len(f.lines) }

// Add writes the heads of a tenant's drops into the tenant's log below dir, the folder of drops, and its head
// into the file. Without a head that is new it does nothing. It reports whether it did.
func (f *File) Add(dir, tenant string, key *attest.Key, drops []Drop) (bool, error) {
	fresh := slices.DeleteFunc(slices.Clone(drops), func(d Drop) bool { return f.last[d.ID] == d.Head })
	if len(fresh) == 0 {
		return false, nil
	}
	slices.SortFunc(fresh, func(a, b Drop) int { return strings.Compare(a.ID, b.ID) })
	l, err := log.Open(logOf(dir, tenant), key)
	if err != nil {
		return false, err
	}
	defer l.Close()
	h, err := l.Append(log.Addition{Kind: "note", Digest: digest(fresh), Text: fmt.Sprintf("%d logs of drops have come further", len(fresh))}, time.Now())
	if err != nil {
		return false, err
	}
	line := Line{Tenant: tenant, Drops: fresh, Head: *h}
	data, err := strictjson.Line(&line)
	if err != nil {
		return false, err
	}
	if err := files.Append(f.path, append(data, '\n'), files.Secret); err != nil {
		return false, fmt.Errorf("writing anchors: %w", err)
	}
	f.add(line)
	return true, nil
}

func logOf(dir, tenant string) string {
	return filepath.Join(dir, tenantsDir, tenant, record.LogDir)
}

var (
	tenantName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	dropName   = regexp.MustCompile(`^[0-9a-f]{32}$`)
)

// Check sees that the logs below dir, the folder of drops, lead to every head in the file. The error says
// which does not, and how: see [log.ErrRollback] and [log.ErrFork].
func (f *File) Check(dir string) error {
	logs := map[string]*log.State{}
	read := func(folder string) (*log.State, error) {
		if s := logs[folder]; s != nil {
			return s, nil
		}
		s, err := readLog(folder)
		logs[folder] = s
		return s, err
	}
	for i, l := range f.lines {
		if err := l.check(dir, read); err != nil {
			return fmt.Errorf("anchor %d: %w", i+1, err)
		}
	}
	return nil
}

func readLog(folder string) (*log.State, error) {
	f, err := files.OpenFolder(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: there is no log", log.ErrRollback)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	s, err := log.Read(f)
	if err == nil && len(s.Entries) == 0 {
		err = fmt.Errorf("%w: the log is empty", log.ErrRollback)
	}
	return s, err
}

func (l *Line) check(dir string, read func(string) (*log.State, error)) error {
	h, err := log.ParseHead(l.Head.Line())
	if err != nil {
		return err
	}
	if !tenantName.MatchString(l.Tenant) {
		return fmt.Errorf("%.60q is no tenant", l.Tenant)
	}
	s, err := read(logOf(dir, l.Tenant))
	if err == nil {
		err = s.Follows(h)
	}
	if err == nil && s.Entries[h.Sequence].Digest != digest(l.Drops) {
		err = fmt.Errorf("%w: entry %d is about other heads of drops than the anchor", log.ErrChanged, h.Sequence)
	}
	if err != nil {
		return fmt.Errorf("the log of tenant %s: %w", l.Tenant, err)
	}
	for _, d := range l.Drops {
		if err := d.check(dir, read); err != nil {
			return fmt.Errorf("the log of drop %.40q: %w", d.ID, err)
		}
	}
	return nil
}

func (d *Drop) check(dir string, read func(string) (*log.State, error)) error {
	var sequence uint64
	var text string
	if n, err := fmt.Sscanf(d.Head, "%d:%s", &sequence, &text); n != 2 || err != nil {
		return fmt.Errorf("%.100q is no head", d.Head)
	}
	hash, err := hex.DecodeString(text)
	if err != nil || len(hash) != 32 || !dropName.MatchString(d.ID) {
		return fmt.Errorf("%.100q is no head of a drop", d.Head)
	}
	s, err := read(filepath.Join(dir, d.ID, record.LogDir))
	if err != nil {
		return err
	}
	return s.Holds(sequence, [32]byte(hash))
}
