package web

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/record"
	"github.com/genproof/genproof/service/state"
)

// Names in a drop's folder of the server.
const (
	metaFile  = "drop.json"
	sourceDir = "source" // what was uploaded
	deckDir   = "deck"   // what was made of it
	outDir    = "out"    // what is to be published
)

// A meta is what the server keeps of a drop.
type meta struct {
	Tenant  string    `json:"tenant"`
	Name    string    `json:"name"`
	Created time.Time `json:"created"`
	Proving bool      `json:"proving"` // it was asked for, and is not done
	Reveal  bool      `json:"reveal"`
	Review  string    `json:"review"` // who clears cards: reviewRule or reviewPeople
	Hold    bool      `json:"hold"`   // what is hidden must not be forgotten
	Done    bool      `json:"done"`   // it is proven, and its CAR is there
	Forgot  bool      `json:"forgot"` // what was hidden is gone
}

// Who clears a card before it is proven. A card that a person has rejected is cleared by nobody.
const (
	reviewRule   = "rule"   // the policy, unless a person says something
	reviewPeople = "people" // a person, every one of them
)

// A place is a drop's folder.
type place struct {
	id   message.DropID
	dir  string
	meta meta
}

func (p *place) path(name string) string { return filepath.Join(p.dir, name) }

var errNoDrop = huma.Error404NotFound("there is no such drop")

// find returns a drop that the caller's token reaches. One of another tenant is none, and so is one that a
// token which names drops does not name.
func (s *Server) find(t state.Token, name string) (*place, error) {
	raw, err := hex.DecodeString(name)
	if err != nil || len(raw) != len(message.DropID{}) || hex.EncodeToString(raw) != name {
		return nil, errNoDrop
	}
	p, err := s.read(message.DropID(raw))
	if err != nil || p.meta.Tenant != t.Tenant || !t.Reaches(name) {
		return nil, errNoDrop
	}
	return p, nil
}

// HasDrop sees that a tenant has a drop in a server's folder of drops.
func HasDrop(dir, tenant, id string) error {
	s := &Server{o: Options{Dir: dir}}
	if _, err := s.find(state.Token{Tenant: tenant}, id); err != nil {
		return fmt.Errorf("%s has no drop %.40q", tenant, id)
	}
	return nil
}

// take is find for who changes the drop: one at a time, until release is called.
func (s *Server) take(t state.Token, name string) (p *place, release func(), err error) {
	release = s.changing.hold(name)
	if p, err = s.find(t, name); err != nil {
		release()
	}
	return p, release, err
}

func (s *Server) read(id message.DropID) (*place, error) {
	p := &place{id: id, dir: filepath.Join(s.o.Dir, id.String())}
	data, err := files.Read(p.path(metaFile), 1<<16)
	if err != nil {
		return nil, err
	}
	return p, json.Unmarshal(data, &p.meta)
}

func (p *place) write() error {
	data, err := json.Marshal(&p.meta)
	if err != nil {
		return err
	}
	return files.Write(p.path(metaFile), data, files.Secret)
}

// create makes an empty drop, or returns the one that was made of the same seed.
func (s *Server) create(t state.Token, seed [16]byte, name, review string) (*place, error) {
	id := message.DropID(seed)
	if p, err := s.read(id); err == nil {
		return p, nil
	}
	if n, err := s.dropsOf(t.Tenant); err != nil {
		return nil, err
	} else if n >= maxDrops {
		return nil, huma.NewError(413, "the tenant has more drops than there is room for")
	}
	p := &place{id: id, dir: filepath.Join(s.o.Dir, id.String())}
	p.meta = meta{Tenant: t.Tenant, Name: name, Review: review, Created: time.Now().UTC().Truncate(time.Second)}
	if err := os.MkdirAll(p.path(sourceDir), 0o700); err != nil {
		return nil, err
	}
	if _, err := s.book(p).Write(record.Action{Kind: "note", Text: "the drop was begun", By: actor(t)}); err != nil {
		return nil, err
	}
	if err := p.write(); err != nil {
		return nil, err
	}
	_, _, err := s.shelfOf(p)
	return p, err
}

// maxOpen bounds the logs that are open at one time.
const maxOpen = 64

// book is the record of a drop. There is one for each, and the logs of those that were asked for last are open.
func (s *Server) book(p *place) *record.Book {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open[p.id] {
		if len(s.open) >= maxOpen {
			s.closeBooks()
		}
		s.open[p.id] = true
	}
	if s.books[p.id] == nil {
		s.books[p.id] = record.Open(p.dir, s.key)
	}
	return s.books[p.id]
}

// closeBooks lets all logs go: whoever needs one opens it again.
func (s *Server) closeBooks() {
	for id := range s.open {
		s.books[id].Close()
	}
	clear(s.open)
}

func actor(t state.Token) record.Actor {
	return record.Actor{Token: t.ID, Scope: string(t.Scope), Label: t.Label}
}

// list returns the drops of a tenant, or of all if it is empty.
func (s *Server) list(tenant string) (drops []*place, err error) {
	entries, err := os.ReadDir(s.o.Dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		raw, err := hex.DecodeString(e.Name())
		if err != nil || len(raw) != len(message.DropID{}) {
			continue
		}
		p, err := s.read(message.DropID(raw))
		if errors.Is(err, fs.ErrNotExist) {
			continue // it is being made
		}
		if err != nil {
			return nil, err
		}
		if tenant == "" || p.meta.Tenant == tenant {
			drops = append(drops, p)
		}
	}
	return drops, nil
}

// trouble is an error as a client may hear it: what is wrong with its own files, and of everything
// else that there is something, which the log names.
func (s *Server) trouble(err error) error {
	var status huma.StatusError
	var fault *drop.Fault
	switch {
	case errors.As(err, &status):
		return err
	case errors.As(err, &fault):
		return huma.Error422UnprocessableEntity(fault.Error())
	case errors.Is(err, drop.ErrDeck):
		return huma.Error422UnprocessableEntity(err.Error())
	}
	s.o.Log.Error().Err(err).Msg("a request failed")
	return huma.Error500InternalServerError("the server could not do it: its log says why")
}

var errBusy = huma.Error409Conflict("the drop is being proven")

func faulty(format string, args ...any) error {
	return huma.Error422UnprocessableEntity(fmt.Sprintf(format, args...))
}
