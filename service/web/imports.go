package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/record"
)

type importInput struct {
	Drop string `path:"drop" maxLength:"32"`
	Body struct {
		Home         string `json:"home" maxLength:"80" doc:"the account that will sell the deck, CHAIN:ADDRESS, or none" default:"none"`
		RandomMember string `json:"random_member,omitempty" maxLength:"60" doc:"a member with 128 random bits for every document"`
	}
}

func (s *Server) importDrop(ctx context.Context, in *importInput) (*none, error) {
	p, release, err := s.take(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	defer release()
	if s.status(p.id) == statusProving || p.meta.Done {
		return nil, errBusy
	}
	if _, err := drop.ParseHome(in.Body.Home); err != nil {
		return nil, faulty("home: want CHAIN:ADDRESS, or none")
	}
	o := engine.Options{From: p.path(sourceDir), To: p.path(deckDir), Name: p.meta.Name, Home: in.Body.Home, RandomMember: in.Body.RandomMember,
		ReplaceHidden: true} // nobody edits a table here: it is uploaded anew
	s.forgetDigests(p.id)
	if err := s.inTheClear(p, func() error { return s.importInto(ctx, p, o) }); err != nil {
		return nil, err
	}
	d, err := s.load(ctx, p)
	if err != nil {
		return nil, err
	}
	_, err = s.book(p).Write(record.Action{Kind: "committed", Digest: d.Model.Bytes(), Text: fmt.Sprintf("%d cards were imported", d.Cards()), By: actor(caller(ctx))})
	return nil, err
}

// importInto makes a deck of what was uploaded, with secrets of its own and a rule that allows everything.
func (s *Server) importInto(ctx context.Context, p *place, o engine.Options) error {
	if _, err := os.Lstat(filepath.Join(o.From, claimsFile)); err == nil {
		o.Hidden = filepath.Join(o.From, claimsFile)
	}
	if _, err := engine.Import(ctx, o); err != nil {
		s.metrics.failures.WithLabelValues(failedRequest).Inc()
		s.o.Log.Warn().Err(err).Stringer("drop", p.id).Msg("an import was refused")
		return faulty("what was uploaded is no collection, or no longer the one that was imported: want documents N.json without a gap, JSON objects with attributes")
	}
	if err := drop.CreateSecrets(o.To, false, rand.Reader); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	err := files.Create(filepath.Join(o.To, drop.PolicyFile), []byte("// name: everything\ntrue\n"), files.Public)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

type policyInput struct {
	Drop string `path:"drop" maxLength:"32"`
	Body struct {
		Policy string `json:"policy" maxLength:"60000" doc:"in CEL"`
	}
}

func (s *Server) setPolicy(ctx context.Context, in *policyInput) (*none, error) {
	p, release, err := s.take(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	defer release()
	if s.status(p.id) == statusProving || p.meta.Done {
		return nil, errBusy
	}
	if !drop.IsDeck(p.path(deckDir)) {
		return nil, errNotImported
	}
	if err := files.Write(filepath.Join(p.path(deckDir), drop.PolicyFile), []byte(in.Body.Policy), files.Public); err != nil {
		return nil, err
	}
	_, err = s.book(p).Write(record.Action{Kind: "note", Digest: sha256.Sum256([]byte(in.Body.Policy)), Text: "the rule was set", By: actor(caller(ctx))})
	return nil, err
}

var errNotImported = huma.Error409Conflict("the collection is not imported yet")

type checkAnswer struct {
	Body struct {
		Cards    int       `json:"cards"`
		Batches  int       `json:"batches"`
		Provable bool      `json:"provable"`
		Rules    []broken  `json:"rules" doc:"rules that cards break"`
		Odd      []oddCard `json:"odd" doc:"cards that their documents contradict"`
		Warnings []string  `json:"warnings"`
	}
}

type broken struct {
	Rule  string `json:"rule"`
	Cards []int  `json:"cards"`
}

type oddCard struct {
	Card int      `json:"card"`
	Why  []string `json:"why"`
}

func (s *Server) check(ctx context.Context, in *dropInput) (*checkAnswer, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	d, err := s.load(ctx, p)
	if err != nil {
		return nil, err
	}
	c, out := d.Check(), new(checkAnswer)
	out.Body.Cards, out.Body.Batches, out.Body.Provable, out.Body.Warnings = c.Cards, c.Batches, d.Provable() == nil, append([]string{}, c.Warnings...)
	out.Body.Rules, out.Body.Odd = []broken{}, []oddCard{}
	for _, r := range c.Refusals {
		out.Body.Rules = append(out.Body.Rules, broken{r.Rule, r.Cards})
	}
	for _, o := range c.Odd {
		out.Body.Odd = append(out.Body.Odd, oddCard{o.Card, o.Why})
	}
	return out, nil
}
