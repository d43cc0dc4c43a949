package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/record"
	"github.com/genproof/genproof/service/state"
)

// digests returns the SHA-256 of every document of a deck, in hex. They are computed once an import.
func (s *Server) digests(p *place, folder *files.Folder, total int) ([]string, error) {
	s.mu.Lock()
	known := s.documents[p.id]
	s.mu.Unlock()
	if len(known) == total {
		return known, nil
	}
	list := make([]string, total)
	for n := range list {
		data, err := document(folder, n)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		list[n] = hex.EncodeToString(sum[:])
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.documents[p.id] = list
	return list, nil
}

// forgetDigests is for when documents are about to change.
func (s *Server) forgetDigests(id message.DropID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.documents, id)
}

// A tally is what people have said of the documents that are there now.
type tally struct {
	approved int
	rejected []int
}

func tallyOf(digests []string, words map[int]record.Word) (t tally) {
	for n, digest := range digests {
		w, said := words[n]
		switch {
		case !said || w.Digest != digest:
		case w.Verdict == record.Approved:
			t.approved++
		default:
			t.rejected = append(t.rejected, n)
		}
	}
	return t
}

// cleared sees that every card may be proven, and counts what people have approved. The word of whoever
// asks for the proofs is not among them: it takes two.
func (s *Server) cleared(p *place, asks state.Token) (people, rule int, err error) {
	folder, total, err := p.documents()
	if err != nil {
		return 0, 0, err
	}
	defer folder.Close()
	s.forgetDigests(p.id) // what counts is what is on disk now
	digests, err := s.digests(p, folder, total)
	if err != nil {
		return 0, 0, err
	}
	list, err := s.book(p).Decisions()
	if err != nil {
		return 0, 0, err
	}
	others, err := s.byOthers(list, asks)
	if err != nil {
		return 0, 0, err
	}
	t := tallyOf(digests, record.Words(others))
	switch {
	case len(t.rejected) > 0:
		return 0, 0, huma.Error409Conflict(fmt.Sprintf("%d cards are rejected: take them out, or change them, and import again", len(t.rejected)))
	case p.meta.Review == reviewPeople && t.approved < total:
		text := "%d cards are approved by nobody yet"
		if len(others) < len(list) {
			text = "%d cards are approved by nobody else yet: who approves and who has it proven are two people"
		}
		return 0, 0, huma.Error409Conflict(fmt.Sprintf(text, total-t.approved))
	}
	return t.approved, total - t.approved, nil
}

// byOthers leaves out approvals by the person who asks. A token that nobody is named for is a person of its own.
func (s *Server) byOthers(list []record.Decision, asks state.Token) (others []record.Decision, err error) {
	tokens, err := s.o.Studio.State.Tokens()
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, t := range tokens {
		own[t.ID] = t.Tenant == asks.Tenant && t.Holder() == asks.Holder()
	}
	for _, d := range list {
		if d.Verdict != record.Approved || !own[d.By] {
			others = append(others, d)
		}
	}
	return others, nil
}

type decisionInput struct {
	Drop string `path:"drop" maxLength:"32"`
	Key  string `header:"Idempotency-Key" maxLength:"200"`
	Body struct {
		Verdict string         `json:"verdict" enum:"approved,rejected"`
		Cards   []decidedInput `json:"cards" minItems:"1" maxItems:"500"`
		Reason  string         `json:"reason,omitempty" maxLength:"1000" doc:"needed for a rejection; it is kept in the drop's log, and not public"`
	}
}

type decidedInput struct {
	Card     int    `json:"card" minimum:"0"`
	Document string `json:"document_sha256" minLength:"64" maxLength:"64" doc:"of the document that the person has seen"`
}

type decisionAnswer struct {
	Body struct {
		At       time.Time `json:"at"`
		Approved int       `json:"approved"`
		Rejected int       `json:"rejected"`
	}
}

// decide takes the word of a person about cards. It is about what the person has seen: another document
// refuses it.
func (s *Server) decide(ctx context.Context, in *decisionInput) (*decisionAnswer, error) {
	t := caller(ctx)
	p, release, err := s.take(t, in.Drop)
	if err != nil {
		return nil, err
	}
	defer release()
	return do(s.once, t.ID, "approvals "+in.Drop, in.Key, in.Body, func([16]byte) (*decisionAnswer, error) { return s.decided(t, p, in) })
}

func (s *Server) decided(t state.Token, p *place, in *decisionInput) (*decisionAnswer, error) {
	folder, total, err := p.documents()
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	digests, err := s.digests(p, folder, total)
	switch {
	case err != nil:
		return nil, err
	case s.status(p.id) == statusProving || p.meta.Done:
		return nil, errBusy
	case in.Body.Verdict == record.Rejected && in.Body.Reason == "":
		return nil, faulty("a rejection has a reason")
	}
	var list []record.Card
	seen := map[int]bool{}
	for _, c := range in.Body.Cards {
		if c.Card >= total || digests[c.Card] != c.Document {
			return nil, huma.Error409Conflict(fmt.Sprintf("card %d is another one by now: look at it again", c.Card))
		}
		if seen[c.Card] {
			return nil, faulty("card %d is there twice", c.Card)
		}
		seen[c.Card] = true
		sum, _ := hex.DecodeString(c.Document) // it is one of ours
		list = append(list, record.Card{Number: c.Card, Document: [32]byte(sum)})
	}
	d, err := s.book(p).Decide(in.Body.Verdict, list, actor(t), in.Body.Reason)
	if err != nil {
		return nil, err
	}
	all, err := s.book(p).Decisions()
	if err != nil {
		return nil, err
	}
	now, out := tallyOf(digests, record.Words(all)), new(decisionAnswer)
	out.Body.At, out.Body.Approved, out.Body.Rejected = d.At, now.approved, len(now.rejected)
	return out, nil
}

type decisionsAnswer struct {
	Body struct {
		Decisions []record.Decision `json:"decisions"`
	}
}

// decisions lists what people have said. Auditors do not hear who, and why.
func (s *Server) decisions(ctx context.Context, in *dropInput) (*decisionsAnswer, error) {
	t := caller(ctx)
	p, err := s.find(t, in.Drop)
	if err != nil {
		return nil, err
	}
	list, err := s.book(p).Decisions()
	if err != nil {
		return nil, err
	}
	out := new(decisionsAnswer)
	out.Body.Decisions = append([]record.Decision{}, list...)
	if !slices.Contains(lookingAt, t.Scope) {
		for i := range out.Body.Decisions {
			out.Body.Decisions[i].By, out.Body.Decisions[i].Reason = "", ""
		}
	}
	return out, nil
}
