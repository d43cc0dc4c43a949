package web

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/record"
	"github.com/genproof/genproof/service/state"
)

type holdInput struct {
	Drop string `path:"drop" maxLength:"32"`
	Body struct {
		Hold bool `json:"hold"`
	}
}

// hold keeps what is hidden from being forgotten, or lets it be: an auditor's word.
func (s *Server) hold(ctx context.Context, in *holdInput) (*dropAnswer, error) {
	t := caller(ctx)
	p, release, err := s.take(t, in.Drop)
	if err != nil {
		return nil, err
	}
	defer release()
	if s.status(p.id) == statusProving {
		return nil, errBusy
	}
	text := map[bool]string{true: "what is hidden must not be forgotten", false: "what is hidden may be forgotten"}[in.Body.Hold]
	if _, err := s.book(p).Write(record.Action{Kind: "note", Text: text, By: actor(t)}); err != nil {
		return nil, err
	}
	p.meta.Hold = in.Body.Hold
	if err := p.write(); err != nil {
		return nil, err
	}
	return &dropAnswer{s.view(p)}, nil
}

type forgetInput struct {
	Drop string `path:"drop" maxLength:"32"`
	Body struct {
		Name   string `json:"name" maxLength:"100" doc:"the drop's, once more: nothing brings back what is forgotten"`
		People bool   `json:"people,omitempty" doc:"forget too who did what, and the reasons of decisions"`
	}
}

type forgetAnswer struct {
	Body struct {
		Erased     []string `json:"erased"`
		Verifiable []string `json:"verifiable" doc:"what everybody can still verify"`
		Impossible []string `json:"impossible" doc:"what nobody can do any more"`
		Remains    []string `json:"remains" doc:"what this server cannot erase"`
	}
}

// forget erases what a drop that is proven has hidden: its keys, salts and values.
func (s *Server) forget(ctx context.Context, in *forgetInput) (*forgetAnswer, error) {
	t := caller(ctx)
	p, release, err := s.take(t, in.Drop)
	if err != nil {
		return nil, err
	}
	defer release()
	description, err := s.forgettable(p, in.Body.Name)
	if err != nil {
		return nil, err
	}
	seen, err := s.workersOf(p)
	if err != nil {
		return nil, err
	}
	a := record.Action{Kind: "note", Digest: sha256.Sum256(description), Text: "what the drop has hidden is forgotten", By: actor(t)}
	if _, err := s.book(p).Write(a); err != nil {
		return nil, err
	}
	p.meta.Forgot = true
	if err := p.write(); err != nil {
		return nil, err
	}
	if err := p.forget(); err != nil {
		return nil, err
	}
	people := 0
	if in.Body.People {
		if people, err = s.book(p).Forget(); err != nil {
			return nil, err
		}
	}
	return told(s.o.Vault != nil, people, seen), nil
}

// forgettable sees that a drop may be forgotten, and returns its description.
func (s *Server) forgettable(p *place, name string) ([]byte, error) {
	switch {
	case s.status(p.id) == statusProving:
		return nil, errBusy
	case !p.meta.Done:
		return nil, errNotDone
	case p.meta.Hold:
		return nil, huma.Error409Conflict("an auditor holds it: what is hidden must not be forgotten")
	case name != p.meta.Name:
		return nil, faulty("name: that is not the drop's name")
	}
	folder, err := files.OpenFolder(p.path(outDir))
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	description, err := folder.Read(bundle.DescriptionFile, bundle.MaxBytes)
	if err != nil {
		return nil, err
	}
	d, err := bundle.UnmarshalDeck(description)
	if err == nil && d.Documents == bundle.Sealed && !p.meta.Reveal {
		err = errSealed
	}
	return description, err
}

// workersOf counts those that were given hidden values of a drop.
func (s *Server) workersOf(p *place) (int, error) {
	seen := map[string]bool{}
	err := s.o.Studio.State.Events(func(e state.Event) {
		if e.Event == state.Given && e.Drop == p.id.String() {
			seen[e.Worker] = true
		}
	})
	return len(seen), err
}

// told is what a person has to know of a drop that is forgotten.
func told(sealed bool, people, workers int) *forgetAnswer {
	out := new(forgetAnswer)
	b := &out.Body
	b.Erased = []string{"the secrets that commitments are salted with", "the values of hidden attributes and facts"}
	if people > 0 {
		b.Erased = append(b.Erased, fmt.Sprintf("who did what, and why, of %d entries of the log", people))
	}
	b.Verifiable = []string{
		"every proof, document and image that was published, by genproof verify", "that every card obeyed the rule", "the log, its heads and the evidence pack",
		"claims and disclosures that were shown before",
	}
	b.Impossible = []string{"a new claim about what a card hides, or a disclosure of it", "a proof of the same deck made again", "telling what a hidden value was"}
	b.Remains = []string{"what was published on IPFS or a chain is public for ever"}
	if workers > 0 {
		b.Remains = append(b.Remains, fmt.Sprintf("%d workers were given hidden values of batches that they proved", workers))
	}
	if sealed {
		b.Remains = append(b.Remains, "backups: nobody can open the drop in them who has no copy of the keys' file from before; replace that file by a new backup's")
	} else {
		b.Remains = append(b.Remains, "backups and the disk's old blocks: this server has no vault, so hidden files were in the clear: erase copies yourself")
	}
	return out
}
