package main

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/internal/console"
)

// A token's disclosure says token and card, and only once the deck's contract has drawn which
// token shows which.
func TestDisclose_OpensTheCardOfAToken(t *testing.T) {
	w := saleWorldOf(t)
	description := filepath.Join(w.out, "drop.json")
	file := filepath.Join(t.TempDir(), "d.json")
	attribute := anAttribute(t, description)
	ask := func(more ...string) []string {
		return append([]string{"disclose", "--drop", w.dir, "--show", attribute, "--out", file, "--rpc", w.rpc}, more...)
	}
	succeed(t, with("deploy", w.author, "--keys", sharedKeys)...)
	succeed(t, with("admit", w.author, "--keys", sharedKeys)...)
	refuses(t, "token 3: which token shows which card is not drawn yet", "genproof reveal", ask("--token", "3")...)
	succeed(t, append([]string{"sell", "open"}, append(w.author, "--price", "0", "--end", w.end().Format(time.RFC3339))...)...)
	succeed(t, with("mint", w.buyer, "--count", "11")...)
	refuses(t, "not drawn yet", "genproof reveal", ask("--token", "3")...)
	w.passTo(t, w.round)
	succeed(t, with("reveal", w.buyer, "--signature", demoSignature)...)
	contract := w.contract(t)

	shown := decode[deckReport](t, succeed(t, "verify", w.out, "--rpc", w.rpc, "--contract", contract, "--tokens", "3,4", "--keys", sharedKeys, "--json")).Chain.Tokens
	r := decode[disclosedReport](t, succeed(t, ask("--token", "3", "--json")...))
	if r.Token == nil || *r.Token != 3 || r.Card == nil || *r.Card != shown[0].Card || shown[0].Token != 3 {
		t.Fatalf("report %+v, the contract says %+v", r, shown)
	}
	v := decode[disclosureVerdict](t, succeed(t, "verify", file, "--drop", description, "--json"))
	if v.Token == nil || v.Token.ID != 3 || v.Token.ChainID != 1337 || !strings.EqualFold(v.Token.Contract, contract) || *v.Card != shown[0].Card || !left(v, "token") {
		t.Errorf("without a node: %+v", v)
	}
	expect(t, console.ExitRejected, "verify", file, "--drop", description, "--require", "token")
	v = decode[disclosureVerdict](t, succeed(t, "verify", file, "--drop", description, "--rpc", w.rpc, "--require", "token", "--json"))
	if left(v, "token") {
		t.Errorf("with a node: %+v", v)
	}
	if text := succeed(t, "verify", file, "--drop", description).stdout; !strings.Contains(text, "3 of contract "+strings.ToLower(contract)) {
		t.Errorf("says %s", text)
	}
	text := readText(t, file)
	for reason, lie := range map[string]string{
		"on the chain: token 4 shows card " + strconv.FormatUint(shown[1].Card, 10) + ", not card": strings.Replace(text, `"id": 3`, `"id": 4`, 1),
		"on the chain: token 12: it is not minted yet":                                             strings.Replace(text, `"id": 3`, `"id": 12`, 1),
		"on the chain: token 99: the deck has tokens 1 to 12":                                      strings.Replace(text, `"id": 3`, `"id": 99`, 1),
	} {
		write(t, file, lie)
		v := decode[disclosureVerdict](t, expect(t, console.ExitRejected, "verify", file, "--drop", description, "--rpc", w.rpc, "--json"))
		if !strings.HasPrefix(v.Reason, reason) {
			t.Errorf("got %q, want %q", v.Reason, reason)
		}
	}
	write(t, file, strings.Replace(text, `"chain_id": 1337`, `"chain_id": 1`, 1))
	refuses(t, "is on chain 1, and the node", "", "verify", file, "--drop", description, "--rpc", w.rpc)
	card := strconv.FormatUint(shown[0].Card, 10)
	succeed(t, "disclose", "--drop", w.dir, "--show", attribute, "--out", file, "--card", card)
	refuses(t, "this one names none", "", "verify", file, "--drop", description, "--rpc", w.rpc)
	for about, more := range map[string][]string{
		"--card and --token both": {"--token", "3", "--card", "1"}, "no --token is named": nil,
		"token 99: the deck has tokens 1 to 12": {"--token", "99"},
	} {
		refuses(t, about, "", ask(more...)...)
	}
	refuses(t, "the deck's contract draws, and none is named", "--rpc", "disclose", "--drop", w.dir, "--show", attribute, "--token", "3", "--out", file)
	other, _ := claimDeck(t)
	refuses(t, "is another deck's or policy's", "", "disclose", "--drop", other, "--show", "licence", "--token", "3", "--rpc", w.rpc, "--contract", contract)
}

func anAttribute(t *testing.T, description string) string {
	t.Helper()
	d, err := bundle.UnmarshalDeck([]byte(readText(t, description)))
	if err != nil || len(d.Attributes) == 0 {
		t.Fatalf("%+v, %v", d, err)
	}
	return d.Attributes[0].Section + "." + d.Attributes[0].Name
}

func left(v disclosureVerdict, name string) bool {
	for _, r := range v.Reservations {
		if r.Name == name {
			return true
		}
	}
	return false
}

// Of a deck whose ids are fixed no contract is asked.
func TestDisclose_TokensOfFixedDecks(t *testing.T) {
	dir, _ := claimDeck(t)
	file := filepath.Join(t.TempDir(), "d.json")
	r := decode[disclosedReport](t, succeed(t, "disclose", "--drop", dir, "--show", "licence", "--token", "2", "--out", file, "--json"))
	if *r.Token != 2 || *r.Card != 1 {
		t.Errorf("report %+v", r)
	}
	for _, id := range []string{"0", "7"} {
		refuses(t, "the deck has tokens 1 to 6", "", "disclose", "--drop", dir, "--show", "licence", "--token", id, "--out", file)
	}
}

// Whoever has a disclosure and guesses what the other slots hold cannot tell whether a guess is
// right: no element of the file is the salt of another slot.
func TestDisclose_GuessesCannotBeChecked(t *testing.T) {
	dir, _ := claimDeck(t)
	file := filepath.Join(t.TempDir(), "d.json")
	succeed(t, "disclose", "--drop", dir, "--card", "0", "--show", "trait.Level", "--out", file)
	d, err := bundle.UnmarshalDisclosure([]byte(readText(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	known := []fr.Element{{}, d.Model, d.Card.Facts}
	known = append(known, d.Card.Beside...)
	for _, level := range d.Card.Path {
		known = append(known, level.Nodes...)
	}
	for _, o := range d.Shown {
		known = append(known, o.Salt)
	}
	for _, o := range d.Absent {
		known = append(known, o.Salt)
	}
	closed := map[fr.Element]bool{}
	for _, h := range d.Hidden {
		closed[h.Leaf] = true
	}
	if len(d.Shown) != 1 || len(closed) < 2 {
		t.Fatalf("opened %d, closed %d", len(d.Shown), len(closed))
	}
	guesses := []attribute.Slot{{}, {Present: true, Value: attribute.TextHash(hiddenLicence)}}
	for n := range uint64(1000) {
		guesses = append(guesses, attribute.Slot{Present: true, Value: fr.NewElement(314159000 + n)}) // the score is among them
	}
	for _, guess := range guesses {
		for _, salt := range append(known, guess.Value) {
			if closed[attribute.Leaf(guess, salt)] {
				t.Fatalf("a guess is confirmed by the salt %s", salt.String())
			}
		}
	}
	// The same search finds what another disclosure has opened: so it looks for the right thing.
	succeed(t, "disclose", "--drop", dir, "--card", "0", "--show", "licence", "--out", file)
	other, err := bundle.UnmarshalDisclosure([]byte(readText(t, file)))
	if err != nil || len(other.Shown) != 1 {
		t.Fatalf("%+v, %v", other, err)
	}
	if !closed[attribute.Leaf(guesses[1], other.Shown[0].Salt)] {
		t.Error("the licence's own salt does not confirm it")
	}
}
