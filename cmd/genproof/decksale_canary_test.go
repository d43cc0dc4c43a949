package main

import (
	"encoding/hex"
	"math/big"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/internal/console"
)

// The hidden values of the canaries' deck: of its first card.
const (
	deckCanaryLicence = "CANARY-deck-licence-7b1e"
	deckCanaryScore   = 7203914558120663
)

// deckCanaries lists what is hidden in the deck of dir, whose blind is in secrets.yaml.
func deckCanaries(t *testing.T, dir string) spellings {
	t.Helper()
	s := spellings{}
	s.text("licence", deckCanaryLicence)
	s.number("score", big.NewInt(deckCanaryScore))
	found := regexp.MustCompile(`(?m)^(\w+): "([0-9a-f]{62,64})"`).FindAllStringSubmatch(readText(t, filepath.Join(dir, "secrets.yaml")), -1)
	if len(found) == 0 {
		t.Fatal("the secrets were not found")
	}
	var blind fr.Element
	for _, line := range found {
		raw, err := hex.DecodeString(line[2])
		if err != nil {
			t.Fatal(err)
		}
		s.number(line[1], new(big.Int).SetBytes(raw))
		if s.bytes(line[1], raw); line[1] == "blind" {
			blind.SetBytes(raw)
		}
	}
	if blind.IsZero() {
		t.Fatal("the deck has no blind")
	}
	d, err := bundle.UnmarshalDeck(read(t, dir, "out", bundle.DescriptionFile))
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]fr.Element{"licence": attribute.TextHash(deckCanaryLicence), "score": fr.NewElement(deckCanaryScore)}
	for name, value := range values {
		i := slices.IndexFunc(d.Attributes, func(a bundle.DeckAttribute) bool { return a.Name == name && a.Visibility == bundle.Hidden })
		if i < 0 {
			t.Fatalf("%s is not hidden", name)
		}
		slot := attribute.Slot{Value: value, Present: true}
		salt := deck.Salt(blind, 0, d.Slots()[i], slot)
		s.element("salt of "+name, salt)
		// The leaf is public: that it is this value's under this salt shows that the salt is the right one.
		leaf := attribute.Leaf(slot, salt)
		if card := readText(t, filepath.Join(dir, "out", bundle.CardPath(0))); !strings.Contains(card, hexElement(leaf)) {
			t.Fatalf("the salt of %s is another", name)
		}
	}
	return s
}

// Nothing hidden of a deck gets onto a chain or into a verb's output or journal, in any spelling,
// and no private key does.
func TestDeckSale_NothingHiddenComesOut(t *testing.T) {
	w := saleWorldOf(t)
	hidden := filepath.Join(t.TempDir(), "hidden.csv")
	write(t, hidden, "card,licence,score\n0,"+deckCanaryLicence+",7203914558120663\n")
	w.dir = importShape(t, "hashlips", "--home", "1337:"+addressOf(t, privateKey).Hex(), "--hidden", hidden)
	w.out = filepath.Join(w.dir, "out")
	succeed(t, "prove", "--drop", w.dir, "--keys", sharedKeys)
	canaries := deckCanaries(t, w.dir)
	for _, key := range []string{privateKey, buyerKey} {
		raw, err := hex.DecodeString(key)
		if err != nil {
			t.Fatal(err)
		}
		canaries.bytes("private key", raw)
	}
	w.author[1], w.buyer[1] = w.dir, w.dir
	watch := func(code int, args ...string) {
		t.Helper()
		r := expect(t, code, append(args, "--log-level", "trace")...)
		canaries.absent(t, "genproof "+args[0]+"'s stdout", r.stdout)
		canaries.absent(t, "genproof "+args[0]+"'s stderr", r.stderr)
	}
	store := []string{"--keys", sharedKeys}
	watch(console.ExitOK, with("deploy", w.author, append(store, "--dry-run", "--json")...)...)
	watch(console.ExitOK, with("deploy", w.author, store...)...)
	watch(console.ExitTrouble, append([]string{"sell", "open"}, append(slices.Clone(w.author), "--price", "1", "--end", "2h")...)...)
	watch(console.ExitOK, with("admit", w.author, append(store, "--json")...)...)
	watch(console.ExitOK, append([]string{"sell", "open"}, append(slices.Clone(w.author), "--price", "1", "--end", w.end().Format(time.RFC3339))...)...)
	watch(console.ExitOK, with("mint", w.buyer, "--count", "2")...)
	w.passTo(t, w.round)
	watch(console.ExitTrouble, with("reveal", w.buyer)...)
	watch(console.ExitOK, with("reveal", w.buyer, "--signature", demoSignature)...)
	watch(console.ExitOK, with("withdraw", w.author, "--json")...)
	watch(console.ExitOK, "status", "--drop", w.dir, "--rpc", w.rpc)
	watch(console.ExitOK, "verify", w.out, "--rpc", w.rpc, "--contract", w.contract(t), "--tokens", "1-3", "--keys", sharedKeys, "--json")

	canaries.absent(t, "the journal", readText(t, filepath.Join(w.dir, journalFile)))
	sent := 0
	latest, err := w.BlockNumber(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := range latest + 1 {
		head, err := w.HeaderByNumber(t.Context(), new(big.Int).SetUint64(n))
		if err != nil {
			t.Fatal(err)
		}
		for i := uint(0); ; i++ {
			tx, err := w.TransactionInBlock(t.Context(), head.Hash(), i)
			if err != nil {
				break
			}
			sent++
			canaries.absent(t, "a transaction", string(tx.Data()))
			canaries.absent(t, "a transaction", hex.EncodeToString(tx.Data()))
		}
	}
	if sent != 8 { // three contracts, admit, sell, mint, reveal, withdraw
		t.Errorf("%d transactions", sent)
	}
	if len(canaries.in(readText(t, filepath.Join(w.dir, "claims.csv")))) < 2 || len(canaries.in(readText(t, filepath.Join(w.dir, "secrets.yaml")))) < 1 {
		t.Error("the search does not find what is there")
	}
}
