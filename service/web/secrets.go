package web

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/service/vault"
)

// hiddenNames are a drop's files that hold hidden values.
func hiddenNames() (list []string) {
	for _, name := range drop.HiddenNames() {
		list = append(list, deckDir+"/"+name)
	}
	return append(list, sourceDir+"/"+claimsFile)
}

// seal encrypts a drop's hidden files, where the server has a vault.
func (s *Server) seal(p *place) error {
	if s.o.Vault == nil {
		return nil
	}
	return s.o.Vault.Seal(p.dir, hiddenNames())
}

// sealAll seals what a server that died has left in the clear, and erases what it was about to.
func (s *Server) sealAll() error {
	drops, err := s.list("")
	if err != nil {
		return err
	}
	for _, p := range drops {
		end := s.seal
		if p.meta.Forgot {
			end = (*place).forget
		}
		if err := end(p); err != nil {
			return err
		}
	}
	return nil
}

// inTheClear runs work while a drop's hidden files are files, and seals them again.
func (s *Server) inTheClear(p *place, work func() error) error {
	if s.o.Vault == nil {
		return work()
	}
	if err := s.o.Vault.Unseal(p.dir); err != nil {
		return err
	}
	return errors.Join(work(), s.seal(p))
}

var errForgotten = huma.NewError(410, "what the drop has hidden was forgotten")

// load reads a drop's deck, its hidden files out of the vault if they are there.
func (s *Server) load(ctx context.Context, p *place) (*drop.Deck, error) {
	switch {
	case p.meta.Forgot:
		return nil, errForgotten
	case !drop.IsDeck(p.path(deckDir)):
		return nil, errNotImported
	case s.o.Vault == nil:
		return drop.LoadDeck(ctx, p.path(deckDir), nil)
	}
	sealed, err := s.o.Vault.Read(p.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	hidden := drop.HiddenFiles{}
	for _, name := range drop.HiddenNames() {
		if data, there := sealed[deckDir+"/"+name]; there {
			hidden[name] = data
		}
	}
	return drop.LoadSealedDeck(ctx, p.path(deckDir), hidden, nil)
}

// errSealed says that a sealed deck's documents are still to be published.
var errSealed = huma.Error409Conflict("the deck is sealed, and its documents are not published: have it proven with reveal before")

// forget erases what a drop has hidden.
func (p *place) forget() error { return vault.Forget(p.dir, hiddenNames()) }

// Rewrap encrypts the keys of all drops below a folder in which no server is at work to the vault's recipients,
// and returns how many there are.
func Rewrap(dir string, v *vault.Vault) (n int, err error) {
	s := &Server{o: Options{Dir: dir}}
	drops, err := s.list("")
	if err != nil {
		return 0, err
	}
	for _, p := range drops {
		had, err := v.Rewrap(p.dir)
		if err != nil {
			return n, fmt.Errorf("drop %s: %w", p.id, err)
		}
		if had {
			n++
		}
	}
	return n, nil
}
