package message

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

func newKey(t *testing.T) (ed25519.PrivateKey, PublicKey) {
	t.Helper()
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key, PublicKey(public)
}

func newIdentity(t *testing.T) *Identity {
	t.Helper()
	id, err := NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func random(t testing.TB) (e fr.Element) {
	t.Helper()
	if _, err := e.SetRandom(); err != nil {
		t.Fatal(err)
	}
	return e
}

// newBatch is a batch of a size, full of random values.
func newBatch(t testing.TB, size statement.Size) *deck.Batch {
	t.Helper()
	b := &deck.Batch{Size: size, Home: fr.NewElement(7), N: uint64(size.Cards) * 3, First: uint64(size.Cards), Path: make([]deck.Siblings, size.Depth)}
	b.Program = &policy.Program{Schema: random(t), Numeric: make([]bool, size.Slots())}
	for i := range size.Literals {
		b.Program.Clauses = append(b.Program.Clauses, []policy.Literal{{Slot: i % size.Slots(), Op: policy.Equals, Negate: i%2 == 0, Operand: random(t)}})
	}
	slot := func() deck.Sealed {
		return deck.Sealed{Slot: attribute.Slot{Value: random(t), Present: true}, Salt: random(t)}
	}
	for range size.Cards {
		p := deck.Place{Digest: [32]byte{1}, Size: deck.MaxSize}
		for range size.CardSlots() {
			p.Slots = append(p.Slots, slot())
		}
		b.Places = append(b.Places, p)
	}
	for range size.Facts {
		b.Facts = append(b.Facts, slot())
	}
	for i := range b.Path {
		for j := range b.Path[i] {
			b.Path[i][j] = random(t)
		}
	}
	return b
}

// A batch arrives as it was, of every size, within a message.
func TestSealed_CarriesABatch(t *testing.T) {
	key, public := newKey(t)
	id := newIdentity(t)
	for _, size := range []statement.Size{statement.DeckSmall, statement.DeckStandard, statement.DeckLarge} {
		b, ask := newBatch(t, size), &Ask{Job: JobID{1}, Nonce: Nonce{2}}
		data, err := Seal(key, id.Worker(), ask, b)
		if err != nil {
			t.Fatal(err)
		}
		got, err := id.Open(public, ask, size, data)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, b) {
			t.Errorf("%s: another batch arrives", size.Name)
		}
	}
}

// Sealed values are for one worker, one question and one job, by one coordinator.
func TestSealed_IsForOneQuestion(t *testing.T) {
	key, public := newKey(t)
	stranger, _ := newKey(t)
	id, other := newIdentity(t), newIdentity(t)
	size := statement.DeckSmall
	b, ask := newBatch(t, size), &Ask{Job: JobID{1}, Nonce: Nonce{2}}
	data, err := Seal(key, id.Worker(), ask, b)
	if err != nil {
		t.Fatal(err)
	}
	forged, err := Seal(stranger, id.Worker(), ask, b) // anybody can encrypt to a worker
	if err != nil {
		t.Fatal(err)
	}
	redirected, err := Seal(key, Worker{Age: other.Worker().Age, Key: id.Worker().Key}, ask, b)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		id   *Identity
		ask  Ask
		data []byte
		want error
	}{
		{"by a stranger", id, *ask, forged, ErrSignature},
		{"to another worker", other, *ask, data, ErrSealed},
		{"to another recipient", id, *ask, redirected, ErrSealed},
		{"about another job", id, Ask{JobID{9}, ask.Nonce}, data, ErrSealed},
		{"to another question", id, Ask{ask.Job, Nonce{9}}, data, ErrSealed},
	} {
		if _, err := tc.id.Open(public, &tc.ask, size, tc.data); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if _, err := id.Open(public, ask, statement.DeckStandard, data); !errors.Is(err, errWitness) {
		t.Errorf("of another size: %v", err)
	}
	if strings.Contains(fmt.Sprintf("%s %v %+v %#v", id, id, id, id), "SECRET") {
		t.Error("an identity prints its secret")
	}
}

// No byte of a message can be changed.
func TestMessages_CannotBeChanged(t *testing.T) {
	key, public := newKey(t)
	now := time.Unix(1_000, 0)
	job := &Job{Work: Work{Drop: DropID{1}, Batch: 3, Circuit: "deck/small"}, Expires: 2_000}
	data, err := job.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenJob(public, data, now); err != nil || *got != *job {
		t.Fatalf("%+v, %v", got, err)
	}
	for i := range data {
		changed := append([]byte{}, data...)
		changed[i] ^= 1
		if _, err := OpenJob(public, changed, now); err == nil {
			t.Errorf("byte %d of %d is changed", i, len(data))
		}
	}
	for _, data := range [][]byte{nil, data[:50], data[:len(data)-1], append(data[:len(data):len(data)], ' ')} {
		if _, err := OpenJob(public, data, now); err == nil {
			t.Errorf("%d bytes are a job", len(data))
		}
	}
	if _, err := OpenJob(public, data, time.Unix(2_000, 0)); !errors.Is(err, ErrExpired) {
		t.Errorf("an old job: %v", err)
	}
	_, other := newKey(t)
	if _, err := OpenJob(other, data, now); !errors.Is(err, ErrSignature) {
		t.Errorf("a stranger's job: %v", err)
	}
}

// A signature of one kind is none of another, and a message in another form is none.
func TestMessages_AreOfTheirKind(t *testing.T) {
	key, public := newKey(t)
	ask, err := (&Ask{Job: JobID{1}}).Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := OpenAnswer(ask); err == nil {
		t.Error("a question is an answer")
	}
	ask[0] = byte(answerKind)
	if _, _, err := OpenAnswer(ask); !errors.Is(err, ErrSignature) {
		t.Errorf("a question that says it is an answer: %v", err)
	}
	text := []byte("{\"job\": \"0x" + strings.Repeat("00", 32) + "\", \"nonce\": \"0x" + strings.Repeat("00", 16) + "\"}\n")
	loose := append(append([]byte{byte(askKind)}, public[:]...), append(ed25519.Sign(key, askKind.signed(text)), text...)...)
	if _, _, err := OpenAsk(loose); err == nil {
		t.Error("a question in another form than its one")
	}
	for _, a := range []Answer{{}, {Proof: []byte{1}, Failure: FailedKey}, {Failure: "because CANARY"}, {Proof: make([]byte, maxProofBytes+1)}} {
		data, err := a.Sign(key)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := OpenAnswer(data); err == nil {
			t.Errorf("an answer with %d bytes of proof and failure %q", len(a.Proof), a.Failure)
		}
	}
	verdict, err := (&Verdict{Outcome: Accepted}).Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenVerdict(public, ask, verdict); err == nil {
		t.Error("a verdict on another message")
	}
}

// Work that differs in anything is another job.
func TestWork_HasAnIDOfItsOwn(t *testing.T) {
	seen := map[JobID]string{}
	for name, w := range map[string]Work{
		"nothing": {}, "drop": {Drop: DropID{1}}, "model": {Model: fr.One()}, "policy": {Policy: fr.One()}, "batch": {Batch: 1},
		"circuit": {Circuit: "deck/small"}, "system": {System: [32]byte{1}}, "key": {Key: [32]byte{1}},
	} {
		if other, ok := seen[w.ID()]; ok {
			t.Errorf("%s and %s are one job", name, other)
		}
		seen[w.ID()] = name
	}
}

func TestIdentity_IsReadFromItsFile(t *testing.T) {
	id := newIdentity(t)
	again, err := ParseIdentity(id.File())
	if err != nil || again.Worker() != id.Worker() {
		t.Fatalf("%v, %v", again, err)
	}
	if w, err := ParseWorker(id.Worker().String() + "\n"); err != nil || w != id.Worker() {
		t.Errorf("%v, %v", w, err)
	}
	for _, text := range []string{"", "AGE-SECRET-KEY-1CANARY", string(id.File()) + string(newIdentity(t).File())} {
		if _, err := ParseIdentity([]byte(text)); err == nil || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "age1abc", id.Worker().Age, id.Worker().Age + "+12", "age1abc+" + strings.Repeat("0", 64)} {
		if _, err := ParseWorker(text); err == nil {
			t.Errorf("%q is a worker", text)
		}
	}
}
