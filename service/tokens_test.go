package service_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/state"
	"github.com/genproof/genproof/setup"
)

var makeDrawnKeys = sync.OnceValues(func() (*setup.Groth16Keys, error) { return keysOf("root/small") })

// newDrop copies the sample of a drawn drop, of root/small, into a folder.
func newDrop(t testing.TB) (d *drop.Drop, dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../drop/templates/foxes")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, drop.DefinitionFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, strings.Replace(string(text), "cid/small", "root/small", 1))
	if err := drop.CreateSecrets(dir, true, rand.Reader); err != nil {
		t.Fatal(err)
	}
	d, err = drop.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if d.Circuit.String() != "root/small" {
		t.Fatal(d.Circuit)
	}
	return d, dir
}

// drawn are the first tokens of a drop, the first of them for somebody.
func drawn(t testing.TB, d *drop.Drop, n int, share bool) service.Tokens {
	t.Helper()
	k, err := makeDrawnKeys()
	if err != nil {
		t.Fatal(err)
	}
	store, err := setup.OpenStore(sharedKeys)
	if err != nil {
		t.Fatal(err)
	}
	out := service.Tokens{Drop: d, Out: t.TempDir(), Share: share, Store: store, Keys: k}
	for i := range n {
		out.List = append(out.List, prover.Token{ID: d.IDs.First + uint64(i)})
	}
	out.List[0].Recipient = [20]byte{0xab}
	return out
}

// provingTokens has tokens proven in the background.
func provingTokens(t *testing.T, s *service.Studio, work service.Tokens) chan error {
	t.Helper()
	id, err := s.IDOf()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	done := make(chan error, 1)
	go func() { _, err := s.ProveTokens(ctx, id, work); done <- err }()
	return done
}

// holdsTokens judges what was published, as everybody can.
func holdsTokens(t testing.TB, work service.Tokens) {
	t.Helper()
	p, err := publication.Open(work.Out, publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	r, err := p.Judge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !r.Verdict.Holds() || len(r.Tokens) != len(work.List) {
		t.Errorf("the publication: %s, %d tokens", r.Verdict, len(r.Tokens))
	}
	for i, token := range work.List {
		data, err := os.ReadFile(filepath.Join(work.Out, bundle.BundlePath(token.ID)))
		if err != nil {
			t.Fatal(err)
		}
		if b, err := bundle.Unmarshal(data); err != nil || b.Statement.Recipient != work.List[i].Recipient {
			t.Errorf("token %d: %v", token.ID, err)
		}
	}
}

func TestStudio_ProvesTokensOfADrawnDrop(t *testing.T) {
	d, _ := newDrop(t)
	work := drawn(t, d, 4, false)
	o := service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()}
	s := open(t, o)
	if err := s.Work(2, work.Keys); err != nil {
		t.Fatal(err)
	}
	if err := <-provingTokens(t, s, work); err != nil {
		t.Fatal(err)
	}
	holdsTokens(t, work)
	if n := events(t, s); n[state.Proven] != 4 || n[state.Given] < 4 {
		t.Errorf("the journal: %v", n)
	}
	s.Close()

	if err := os.Remove(filepath.Join(work.Out, bundle.BundlePath(work.List[1].ID))); err != nil {
		t.Fatal(err)
	}
	s = open(t, o)
	defer s.Close()
	if err := s.Work(1, work.Keys); err != nil {
		t.Fatal(err)
	}
	id, err := s.IDOf()
	if err != nil {
		t.Fatal(err)
	}
	if reused, err := s.ProveTokens(t.Context(), id, work); err != nil || reused != 3 {
		t.Errorf("%d tokens were there, want 3: %v", reused, err)
	}
	holdsTokens(t, work)
	work.List = append(work.List, work.List[0])
	if _, err := s.ProveTokens(t.Context(), id, work); err == nil || !strings.Contains(err.Error(), "is named twice") {
		t.Errorf("a token twice: %v", err)
	}
}

// values are those of a token as a worker gets them.
func (l *liar) values(job *message.Job) (inputs, hidden []fr.Element, outcome string) {
	l.t.Helper()
	ask, data, reply := l.request(job.Work.ID(), l.id.Key())
	if message.IsVerdict(reply) {
		outcome, err := message.OpenVerdict(l.public, data, reply)
		if err != nil {
			l.t.Fatal(err)
		}
		return nil, nil, outcome
	}
	inputs, hidden, err := l.id.OpenVector(l.public, ask, job.Work, reply)
	if err != nil {
		l.t.Fatal(err)
	}
	return inputs, hidden, ""
}

// A worker elsewhere gets nothing of a drawn drop unless its owner shares the secrets, and then it
// proves tokens, and only these: a proof of another token, or for another recipient, is bad.
func TestCoordinator_SharesADrawnDropsSecretsIfTold(t *testing.T) {
	d, _ := newDrop(t)
	s := open(t, service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	l := newLiar(t, s, enrolled(t, s))

	provingTokens(t, s, drawn(t, d, 2, false))
	_, first := l.next()
	if _, _, outcome := l.values(first); outcome != message.Stranger {
		t.Errorf("an enrolled worker elsewhere: %q", outcome)
	}
	if n := events(t, s)[state.Given]; n != 0 {
		t.Errorf("%d tokens were given out", n)
	}

	s = open(t, service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	l = newLiar(t, s, enrolled(t, s))
	work := drawn(t, d, 2, true)
	done := provingTokens(t, s, work)
	held, first := l.next()
	other, second := l.next()
	inputs, hidden, outcome := l.values(first)
	if outcome != "" || !first.Work.IsToken() || !second.Work.IsToken() || first.Work.Token == second.Work.Token {
		t.Fatalf("%q, %+v, %+v", outcome, first.Work, second.Work)
	}
	p, err := prover.NewCircuit(work.Keys)
	if err != nil {
		t.Fatal(err)
	}
	good, err := p.ProveVector(t.Context(), inputs, hidden)
	if err != nil {
		t.Fatal(err)
	}
	if outcome := l.answer(message.Answer{Job: second.Work.ID(), Proof: good}); outcome != message.Bad {
		t.Errorf("a proof of another token is %s", outcome)
	}
	if outcome := l.answer(message.Answer{Job: first.Work.ID(), Proof: good}); outcome != message.Accepted {
		t.Errorf("a proof is %s", outcome)
	}
	if outcome := l.answer(message.Answer{Job: first.Work.ID(), Proof: good}); outcome != message.Known {
		t.Errorf("once more it is %s", outcome)
	}
	if err := other.Again(0); err != nil {
		t.Fatal(err)
	}
	_ = held.Done()
	remote(t, s, enrolled(t, s), t.TempDir())
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	holdsTokens(t, work)
}
