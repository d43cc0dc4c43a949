package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/setup/drand"
)

const buyerKey = "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"

// A saleWorld is a deck of 12 cards that is proven, and a chain whose clock begins a day and an
// hour before round 9337227 of drand's evmnet.
type saleWorld struct {
	*evm.Chain
	dir, out      string
	rpc           string
	author, buyer []string // options of who sends
	round         time.Time
}

// provenSale is a deck whose home is the author's account on a development chain, proven once.
var provenSale = sync.OnceValues(func() (string, string) {
	dir := filepath.Join(filepath.Dir(sharedKeys), "sold")
	account, err := chain.ParseAccount([]byte(privateKey), "")
	if err != nil {
		return "", err.Error()
	}
	for _, args := range [][]string{
		{"import", "../../engine/testdata/hashlips", "--out", dir, "--home", "1337:" + account.Address.Hex()},
		{"setup", "--drop", dir, "--keys", sharedKeys}, {"prove", "--drop", dir, "--keys", sharedKeys},
	} {
		if r := call("", args...); r.code != console.ExitOK {
			return "", r.stderr
		}
	}
	return dir, ""
})

func saleWorldOf(t *testing.T) *saleWorld {
	t.Helper()
	from, trouble := provenSale()
	if trouble != "" {
		t.Fatal(trouble)
	}
	folder := t.TempDir()
	w := &saleWorld{dir: filepath.Join(folder, "deck"), out: filepath.Join(folder, "deck", "out")}
	if err := os.CopyFS(w.dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(w.dir, "secrets.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	var rich []common.Address
	var senders [][]string
	for i, key := range []string{privateKey, buyerKey} {
		account, err := chain.ParseAccount([]byte(key), "")
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, []string{"author", "buyer"}[i])
		write(t, file, key+"\n")
		rich, senders = append(rich, account.Address), append(senders, []string{"--drop", w.dir, "--key-file", file})
	}
	var err error
	if w.round, err = drand.Time(drand.Evmnet, demoRound); err != nil {
		t.Fatal(err)
	}
	w.Chain = evm.StartAt(evm.DefaultID, w.round.Add(-25*time.Hour), rich...)
	w.rpc = listen(t, w.Chain)
	w.author, w.buyer = append(senders[0], "--rpc", w.rpc), append(senders[1], "--rpc", w.rpc)
	return w
}

// end is the sale's whose round is round.
func (w *saleWorld) end() time.Time { return w.round.Add(-time.Hour) }

// passTo lets the chain's clock go on.
func (w *saleWorld) passTo(t *testing.T, at time.Time) {
	t.Helper()
	head, err := w.HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Pass(at.Sub(time.Unix(int64(head.Time), 0))); err != nil {
		t.Fatal(err)
	}
}

// refuses runs a verb that the contract or the program refuses, in both forms: a sentence and
// perhaps a hint.
func refuses(t *testing.T, about, hint string, args ...string) {
	t.Helper()
	complains(t, console.ExitTrouble, about, args...)
	if r := troubled(t, args...); !strings.Contains(r.Error, about) || !strings.Contains(r.Hint, hint) {
		t.Errorf("genproof %v: %+v, want %q and the hint %q", args, r, about, hint)
	}
}

// listOfTwo is an allow list of two accounts: its root, and the path of the buyer, whom it
// grants two tokens.
func listOfTwo(t *testing.T, buyer, other common.Address) (root, path string) {
	t.Helper()
	list, err := chain.NewAllowList([]chain.Allowance{{Account: buyer, Tokens: 2}, {Account: other, Tokens: 1}})
	if err != nil {
		t.Fatal(err)
	}
	_, nodes, err := list.Path(buyer)
	if err != nil || len(nodes) != 1 {
		t.Fatalf("path %x, %v", nodes, err)
	}
	top := list.Root()
	return hexOf(top[:]), hexOf(nodes[0][:])
}

func addressOf(t *testing.T, key string) common.Address {
	t.Helper()
	a, err := chain.ParseAccount([]byte(key), "")
	if err != nil {
		t.Fatal(err)
	}
	return a.Address
}

// TestDeckSale_Reports goes through the whole life of a deck on a chain, every verb with --json,
// and what each refuses before its time.
func TestDeckSale_Reports(t *testing.T) {
	w := saleWorldOf(t)
	author, buyer := addressOf(t, privateKey), addressOf(t, buyerKey)
	store := []string{"--keys", sharedKeys}
	status := func(want chain.DeckState) deckStatusReport {
		t.Helper()
		s := decode[deckStatusReport](t, succeed(t, "status", "--drop", w.dir, "--rpc", w.rpc, "--json"))
		if s.State != want.String() || !s.Known || !s.KeyKnown || s.Author != author.Hex() || s.Cards != 12 {
			t.Fatalf("status %+v, want %s", s, want)
		}
		return s
	}
	refuses(t, "knows no mint contract", "genproof deploy", "status", "--drop", w.dir, "--rpc", w.rpc)
	deploy := append(slices.Clone(store), "--wallet-limit", "3", "--reserve", "2", "--placeholder", "ipfs://soon", "--symbol", "FOX", "--royalty", buyer.Hex()+":2.5", "--contract-uri", "ipfs://collection")
	estimate := decode[map[string]any](t, succeed(t, with("deploy", w.author, append(deploy, "--dry-run", "--json")...)...))
	if n := len(estimate["transactions"].([]any)); n != 3 || estimate["gas"].(float64) < 5e6 || estimate["dry_run"] != true {
		t.Errorf("estimate %v", estimate)
	}
	if _, err := os.Stat(filepath.Join(w.dir, journalFile)); err == nil {
		t.Error("a dry run wrote the journal")
	}
	first := decode[deckDeployReport](t, succeed(t, with("deploy", w.author, append(deploy, "--json")...)...))
	again := decode[deckDeployReport](t, succeed(t, with("deploy", w.author, append(deploy, "--json")...)...))
	if first.Contract.Reused || !again.Contract.Reused || !again.Verifier.Reused || !again.Beacon.Reused || again.Contract.Address != first.Contract.Address ||
		first.BeaconKind != "evmnet" || first.Gap != 3600 || first.Author != author.Hex() {
		t.Errorf("deployed %+v, then %+v", first, again)
	}
	contract := []string{"--contract", first.Contract.Address}
	status(chain.Admitting)
	sell := func(more ...string) []string {
		return append([]string{"sell", "open"}, append(append(slices.Clone(w.author), "--price", "0.05", "--end", w.end().Format(time.RFC3339)), more...)...)
	}
	refuses(t, "0 of 1 groups of the deck", "", sell()...)
	early := decode[deckReport](t, succeed(t, "verify", w.out, "--rpc", w.rpc, contract[0], contract[1], "--keys", sharedKeys, "--json"))
	if early.Verdict != "amber" || early.Chain.Committed == 0 || early.Chain.Opened != 0 || len(early.Chain.Unknown) != 1 || early.Chain.Contract.State != "admitting" {
		t.Errorf("verdict before anything is admitted: %+v", early.Chain)
	}

	estimate = decode[map[string]any](t, succeed(t, with("admit", w.buyer, append(store, "--dry-run", "--json")...)...))
	if estimate["gas"].(float64) < 300_000 {
		t.Errorf("estimate %v", estimate)
	}
	admitted := decode[admitReport](t, succeed(t, with("admit", w.buyer, append(store, "--json")...)...)) // anybody may
	present := decode[admitReport](t, succeed(t, with("admit", w.author, append(store, "--json")...)...))
	if !slices.Equal(admitted.Admitted, []uint64{0}) || len(admitted.Txs) != 1 || admitted.State != "complete" || len(present.Admitted) != 0 || !slices.Equal(present.Present, []uint64{0}) || present.Gas != 0 {
		t.Errorf("admitted %+v, then %+v", admitted, present)
	}
	status(chain.Complete)

	root, path := listOfTwo(t, buyer, author)
	listed := []string{"--list", root, "--list-price", "0.02", "--list-from", "1h", "--public-from", "20h"}
	refuses(t, "the deck is of "+author.Hex()+", who alone may do so", "", append([]string{"sell", "open"}, append(slices.Clone(w.buyer), "--price", "1", "--end", "23h")...)...)
	sold := decode[sentReport](t, succeed(t, append(sell(listed...), "--json")...))
	if s := sold.Contract; s.State != "selling" || s.Price != "50000000000000000" || s.ListPrice != "20000000000000000" || s.Round != demoRound || s.End != w.end().Format(time.RFC3339) || sold.Gas == 0 || len(sold.Tx) != 66 {
		t.Errorf("sold %+v", sold)
	}
	refuses(t, "it was opened before, and ends at "+w.end().Format(time.RFC3339), "", sell()...)
	buy := func(more ...string) []string { return with("mint", w.buyer, more...) }
	list := []string{"--allowance", "2", "--list-proof", path}
	refuses(t, "PhaseNotOpen", "", buy("--count", "1")...)
	refuses(t, "this phase of the sale begins at 2025-", "", buy(append(list, "--count", "1")...)...)
	w.passTo(t, w.end().Add(-22*time.Hour))
	refuses(t, "the list does not grant "+buyer.Hex()+" 3 tokens", "", buy("--count", "1", "--allowance", "3", "--list-proof", path)...)
	refuses(t, "is not 0x and 64 hex digits", "", buy("--count", "1", "--allowance", "2", "--list-proof", path+",0x12")...)
	if r := decode[sentReport](t, succeed(t, buy(append(list, "--count", "2", "--json")...)...)); r.Contract.Minted != 2 || r.Contract.Balance != "40000000000000000" {
		t.Errorf("by the list: %+v", r)
	}
	refuses(t, "the account would have 3 tokens, and may have 2", "", buy(append(list, "--count", "1")...)...)
	w.passTo(t, w.end().Add(-2*time.Hour))
	refuses(t, "the account would have 4 tokens, and may have 3", "", buy("--count", "4")...)
	for _, n := range []string{"0", "33"} {
		refuses(t, "a lot is 1 to 32 tokens, got "+n, "--count 1", buy("--count", n)...)
	}
	refuses(t, "a lot is 1 to 32 tokens, got 0", "--count 1", buy()...)
	refuses(t, "--to is of the reserve", "", buy("--count", "1", "--to", author.Hex())...)
	refuses(t, buyer.Hex()+" is not the contract's owner", "", buy("--count", "1", "--reserve")...)
	if r := decode[sentReport](t, succeed(t, buy("--count", "1", "--json")...)); r.Contract.Minted != 3 {
		t.Errorf("bought: %+v", r)
	}
	if r := decode[sentReport](t, succeed(t, with("mint", w.author, "--count", "2", "--reserve", "--to", buyer.Hex(), "--json")...)); r.Contract.Minted != 5 || r.Contract.Reserve != 0 {
		t.Errorf("the reserve: %+v", r)
	}
	refuses(t, "SoldOut(0)", "", with("mint", w.author, "--count", "1", "--reserve")...)
	refuses(t, "7 tokens are left, and only what is sold out is closed early", "", append([]string{"sell", "close"}, w.buyer...)...)
	refuses(t, "its sale has not ended", "", with("reveal", w.buyer, "--signature", demoSignature)...)

	w.passTo(t, w.end())
	status(chain.Ended)
	refuses(t, "nothing is on sale", "", with("mint", w.author, "--count", "1")...)
	refuses(t, "what was paid stays", "", with("withdraw", w.author)...)
	refuses(t, "it is too early: wait until "+w.round.Format(time.RFC3339), "", with("reveal", w.buyer, "--signature", demoSignature)...)
	w.passTo(t, w.round)
	refuses(t, "it takes the signature of round 9337227 of drand's evmnet", "public/9337227", with("reveal", w.buyer)...)
	refuses(t, "drand evmnet round 9337227", "", with("reveal", w.buyer, "--signature", otherRound)...)
	refuses(t, "NoFallback(): its terms do not let a block's hash", "", with("reveal", w.buyer, "--by-block-hash")...)
	refuses(t, "it is too early: wait until 2025-", "", with("reveal", w.buyer, "--give-up")...)
	if r := decode[sentReport](t, succeed(t, with("reveal", w.buyer, "--signature", "0x"+demoSignature, "--json")...)); r.Contract.State != "revealed" || len(r.Contract.Randomness) != 66 {
		t.Errorf("revealed: %+v", r)
	}
	refuses(t, "revealing: the deck is revealed", "", with("reveal", w.buyer, "--signature", demoSignature)...)
	refuses(t, buyer.Hex()+" is not the owner", "", with("withdraw", w.buyer)...)
	to := "0x000000000000000000000000000000000000bEEF"
	if r := decode[sentReport](t, succeed(t, with("withdraw", w.author, "--to", to, "--json")...)); r.Contract.Balance != "0" {
		t.Errorf("withdrawn: %+v", r)
	}
	if got, err := w.BalanceAt(t.Context(), common.HexToAddress(to), nil); err != nil || got.String() != "90000000000000000" {
		t.Errorf("%s came out, %v", got, err)
	}
	w.verified(t, first.Contract.Address)
}

// verified compares the sold deck with its publication: five of twelve tokens are minted.
func (w *saleWorld) verified(t *testing.T, contract string) {
	t.Helper()
	verify := func(more ...string) []string {
		return append([]string{"verify", w.out, "--rpc", w.rpc, "--contract", contract, "--keys", sharedKeys}, more...)
	}
	r := decode[deckReport](t, succeed(t, verify("--tokens", "1-6", "--also", contract, "--json")...))
	if r.Verdict != "amber" || len(r.Chain.Tokens) != 6 || len(r.Chain.Faults)+len(r.Chain.Warnings)+len(r.Chain.Unknown) != 0 || r.Chain.Opened <= r.Chain.Committed {
		t.Fatalf("verdict %s, %s: %+v", r.Verdict, r.Reason, r.Chain)
	}
	var cards []uint64
	for i, tk := range r.Chain.Tokens {
		if cards = append(cards, tk.Card); (tk.URI == "") != (i == 5) || (tk.Missing == "") != (i != 5) || tk.Fault != "" {
			t.Errorf("token %+v", tk)
		}
	}
	slices.Sort(cards)
	if len(r.Cards) != 6 || !slices.EqualFunc(r.Cards, cards, func(a verdict.Card, b uint64) bool { return a.Card == b }) {
		t.Errorf("cards %v, the tokens show %v", r.Cards, cards)
	}
	for _, x := range r.Reservations {
		if x.Name == "date" {
			t.Errorf("the chain dates the deck, and the verdict says %q", x.Text)
		}
	}
	if all := decode[deckReport](t, succeed(t, verify("--json")...)); len(all.Cards) != 12 || len(all.Chain.Tokens) != 0 || !all.Counts.Complete {
		t.Errorf("without tokens: %+v", all.Counts)
	}
	if all := decode[deckReport](t, succeed(t, verify("--tokens", "all", "--json")...)); len(all.Cards) != 12 || len(all.Chain.Tokens) != 12 {
		t.Errorf("all tokens: %+v", all.Counts)
	}
	expect(t, console.ExitOK, verify("--require", "date,contract")...)
	expect(t, console.ExitRejected, "verify", w.out, "--keys", sharedKeys, "--require", "date")
	refuses(t, "the deck has tokens 1 to 12", "", verify("--tokens", "0-3")...)
	refuses(t, "--cards and --tokens name the same things", "", verify("--tokens", "1", "--cards", "1")...)
	refuses(t, "names no contract", "--contract", "verify", w.out, "--rpc", w.rpc)
	refuses(t, "--also names contracts beside", "", "verify", w.out, "--also", contract)
	refuses(t, "drawn after the sale", "--rpc and --contract", "verify", w.out, "--tokens", "1")
	refuses(t, "is another kind of contract", "", "verify", w.out, "--rpc", w.rpc, "--contract", decode[deckStatusReport](t, succeed(t, "status", "--drop", w.dir, "--rpc", w.rpc, "--json")).Verifier)
}

// What is rejected on the chain is rejected, whatever the proofs say.
func TestDeckSale_AnotherDecksContractIsRejected(t *testing.T) {
	w := saleWorldOf(t)
	first := decode[deckDeployReport](t, succeed(t, with("deploy", w.author, "--keys", sharedKeys, "--json")...))
	second := decode[deckDeployReport](t, succeed(t, with("deploy", w.author, "--keys", sharedKeys, "--again", "--json")...))
	if first.Contract.Address == second.Contract.Address || second.Contract.Reused {
		t.Fatalf("deployed %+v, then %+v", first, second)
	}
	args := []string{"verify", w.out, "--rpc", w.rpc, "--contract", first.Contract.Address, "--keys", sharedKeys}
	r := decode[deckReport](t, succeed(t, append(args, "--also", second.Contract.Address, "--json")...))
	if len(r.Chain.Warnings) != 1 || !strings.Contains(r.Chain.Warnings[0], "SOLD TWICE: "+second.Contract.Address) || r.Reservations[len(r.Reservations)-1].Name != "contract" {
		t.Errorf("two contracts of one deck: %+v", r.Chain)
	}
	expect(t, console.ExitRejected, append(args, "--also", second.Contract.Address, "--require", "contract")...)

	dir := importShape(t, "hashlips", "--home", "1337:"+addressOf(t, privateKey).Hex(), "--name", "Other Foxes")
	succeed(t, "prove", "--drop", dir, "--keys", sharedKeys)
	other := []string{"verify", filepath.Join(dir, "out"), "--rpc", w.rpc, "--contract", first.Contract.Address, "--keys", sharedKeys}
	rejected := decode[deckReport](t, expect(t, console.ExitRejected, append(other, "--json")...))
	if rejected.Verdict != "rejected" || !strings.Contains(rejected.Reason, "on the chain: ") || !strings.Contains(rejected.Reason, "another deck's or policy's") || len(rejected.Chain.Faults) == 0 {
		t.Errorf("another deck's contract: %s, %+v", rejected.Reason, rejected.Chain)
	}
	if text := expect(t, console.ExitRejected, other...).stdout; !strings.Contains(text, "rejected: on the chain: ") || strings.Contains(text, "Fixed for each card") {
		t.Errorf("people are told %s", text)
	}
	complains(t, console.ExitTrouble, "another deck's or policy's", "admit", "--drop", dir, "--rpc", w.rpc, "--key-file", w.author[3], "--contract", first.Contract.Address)
}

// What an author types wrongly is refused before anything is sent.
func TestDeckSale_RefusesMistypedTerms(t *testing.T) {
	w := saleWorldOf(t)
	deploy := func(more ...string) []string { return with("deploy", w.author, append(more, "--keys", sharedKeys)...) }
	for _, row := range []struct {
		about, hint string
		args        []string
	}{
		{"a gap of 59m59s: want whole seconds, 1h0m0s to 720h0m0s", "", deploy("--gap", "59m59s")},
		{"a gap of 721h0m0s", "", deploy("--gap", "721h")},
		{"a gap of -1h0m0s", "", deploy("--gap=-1h")},
		{"a gap of 1193047h28m16s", "", deploy("--gap", "1193047h28m16s")}, // 2^32 seconds and an hour
		{"is more than the deck of 12 cards has", "", deploy("--reserve", "13")},
		{"is more than the deck of 12 cards has", "", deploy("--wallet-limit", "4294967296")},
		{"is not a royalty", "at most 10", deploy("--royalty", addressOf(t, buyerKey).Hex()+":10.01")},
		{"is not a royalty", "", deploy("--royalty", addressOf(t, buyerKey).Hex()+":NaN")},
		{"is no beacon of a deck", "evmnet or quicknet", deploy("--beacon", "blockhash")},
		{"--beacon-delay is for drawn drops", "", deploy("--beacon-delay", "3")},
		{"--template-notice is for drawn drops", "", deploy("--template-notice", "3")},
		{"--key is for drawn drops", "", deploy("--key", filepath.Join(w.out, "verifying.key"))},
	} {
		refuses(t, row.about, row.hint, row.args...)
	}
	first := decode[deckDeployReport](t, succeed(t, deploy("--json", "--owner", addressOf(t, buyerKey).Hex())...))
	succeed(t, with("admit", w.author, "--keys", sharedKeys)...)
	before := string(read(t, w.dir, journalFile))
	for _, row := range []struct {
		about, hint string
		args        []string
	}{
		{"is no time", "48h for two days", []string{"--price", "1", "--end", "tomorrow"}},
		{"is no time", "", []string{"--price", "1", "--end", "2025-08-01"}},
		{"is no time", "", []string{"--price", "1", "--end=-3h"}},
		{"--public-from", "", []string{"--price", "1", "--end", "3h", "--public-from", "x"}},
		{"the times are out of order", "", []string{"--price", "1", "--end", "3h", "--public-from", "4h"}},
		{"name its root with --list", "", []string{"--price", "1", "--end", "3h", "--list-from", "1h"}},
		{"name its root with --list", "", []string{"--price", "1", "--end", "3h", "--list-price", "1"}},
		{"the times are out of order", "", []string{"--price", "1", "--end", "3h", "--list", "0x" + strings.Repeat("12", 32), "--list-from", "2h", "--public-from", "1h"}},
		{"the times are out of order", "", []string{"--price", "1", "--end", "0s"}},
		{"within 366 days", "", []string{"--price", "1", "--end", "8808h"}},
		{"want 1970 to 2106", "", []string{"--price", "1", "--end", "2161-09-13T00:00:00Z"}},
		{"is no amount of ether", "0.05", []string{"--price", "1e3", "--end", "3h"}},
		{"is no amount of ether", "", []string{"--price=-1", "--end", "3h"}},
		{"is no amount of ether", "", []string{"--price", "1/3", "--end", "3h"}},
		{"is no amount of ether", "", []string{"--price", "", "--end", "3h"}},
		{"is no amount of ether", "", []string{"--price", "1", "--list-price", "free", "--end", "3h"}},
		{"more than nine digits behind the point", "", []string{"--price", "0.0000000001", "--end", "3h"}},
		{"below 2^64 gwei", "", []string{"--price", "18446744074", "--end", "3h"}},
		{"is neither a root nor a file", "0x and 64 hex digits", []string{"--price", "1", "--end", "3h", "--list", "0x12"}},
		{"--end is missing", "genproof sell open --help", []string{"--price", "1"}},
	} {
		refuses(t, row.about, row.hint, append([]string{"sell", "open"}, append(slices.Clone(w.author), row.args...)...)...)
	}
	if string(read(t, w.dir, journalFile)) != before {
		t.Error("something was sent")
	}
	refuses(t, "the deck's home is chain 1337, and this is chain 31337", "node of chain 1337", "admit", "--drop", w.dir, "--rpc", serveNode(t, 31337), "--key-file", w.author[3], "--contract", first.Contract.Address)
	homeless := importShape(t, "hashlips")
	succeed(t, "prove", "--drop", homeless, "--keys", sharedKeys)
	refuses(t, "the deck is for no contract", "home: CHAIN:ADDRESS", "deploy", "--drop", homeless, "--rpc", w.rpc, "--key-file", w.author[3])
	refuses(t, "the deck is fixed", "", "deploy", "--drop", homeless, "--rpc", w.rpc, "--key-file", w.author[3], "--gap", "2h")
	drawn := newDrop(t)
	for _, f := range [][]string{{"--gap", "2h"}, {"--reserve", "1"}, {"--placeholder", "x"}} {
		refuses(t, f[0]+" is for decks, and this is a drawn drop", "", append([]string{"deploy", "--drop", drawn, "--rpc", w.rpc, "--key-file", w.author[3]}, f...)...)
	}
}

// Nothing is sent of a deck that does not verify, and what is not published is told.
func TestDeckSale_SendsNothingThatDoesNotVerify(t *testing.T) {
	w := saleWorldOf(t)
	succeed(t, with("deploy", w.author, "--keys", sharedKeys)...)
	part := filepath.Join(t.TempDir(), "part")
	if err := os.CopyFS(part, os.DirFS(w.out)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(part, bundle.BatchPath(1))); err != nil {
		t.Fatal(err)
	}
	r := decode[admitReport](t, succeed(t, with("admit", w.author, part, "--keys", sharedKeys, "--json")...))
	if !slices.Equal(r.Missing, []uint64{0}) || len(r.Admitted) != 0 || r.State != "admitting" {
		t.Errorf("a part: %+v", r)
	}
	if text := succeed(t, with("admit", w.author, part, "--keys", sharedKeys)...).stdout; !strings.Contains(text, "1 group: batches of theirs are not published yet") || !strings.Contains(text, "Next: genproof prove") {
		t.Errorf("people are told %s", text)
	}
	replace(t, filepath.Join(w.out, bundle.BatchPath(1)), `"proof": "0x`, `"proof": "0xff`)
	before := string(read(t, w.dir, journalFile))
	for _, verb := range []string{"admit", "deploy"} {
		complains(t, console.ExitRejected, "nothing is sent: "+w.out+" does not verify", with(verb, w.author, "--keys", sharedKeys)...)
	}
	if string(read(t, w.dir, journalFile)) != before {
		t.Error("something was sent")
	}
	refuses(t, "there is no file or folder", "genproof prove", with("admit", w.author, filepath.Join(t.TempDir(), "none"))...)
	refuses(t, "holds a drawn drop, and not a deck", "", with("admit", w.author, filepath.Join(provenDrop(t), "out"))...)
}

// people runs verbs in people's form, and holds what they are told.
func people(t *testing.T, want []string, args ...string) string {
	t.Helper()
	text := succeed(t, args...).stdout
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("genproof %s does not say %q: %s", strings.Join(args, " "), w, text)
		}
	}
	return text
}

// TestDeckSale_PeopleAreTold goes through the same life as people see it: each verb says what comes next.
func TestDeckSale_PeopleAreTold(t *testing.T) {
	w := saleWorldOf(t)
	author := addressOf(t, privateKey).Hex()
	people(t, []string{"Nothing was sent. 3 transactions would take about"}, with("deploy", w.author, "--keys", sharedKeys, "--dry-run")...)
	people(t, []string{"beacon evmnet", author + " alone can open the sale", "drawn 1h0m0s after the sale's end", "Next: genproof admit"}, with("deploy", w.author, "--keys", sharedKeys)...)
	people(t, []string{"there already"}, with("deploy", w.author, "--keys", sharedKeys)...)
	status := func(want ...string) { t.Helper(); people(t, want, "status", "--drop", w.dir, "--rpc", w.rpc) }
	status("admitting: 0 of 12 tokens minted", "(DeckDrop)", "groups admitted", "0 of 1", "Next: genproof admit")
	people(t, []string{"1 group admitted, 0 there already", "All 12 cards are proven", "by " + strings.ToLower(author)}, with("admit", w.author, "--keys", sharedKeys)...)
	status("complete", "Next: genproof sell open, by "+author)
	people(t, []string{"selling", "0.05 ether", "round 9337227 of drand's evmnet, of " + w.round.Format(time.RFC3339), "Next: genproof mint"},
		append([]string{"sell", "open"}, append(slices.Clone(w.author), "--price", "0.05", "--end", w.end().Format(time.RFC3339))...)...)
	people(t, []string{"12 of 12 tokens minted", "0.6 ether"}, with("mint", w.buyer, "--count", "12")...)
	people(t, []string{"selling, 1 of 1 groups admitted, 12 of 12 tokens minted", "the deck is committed since block", "the sale was opened in block"}, "verify", w.out, "--rpc", w.rpc, "--contract", w.contract(t), "--keys", sharedKeys)
	w.passTo(t, w.end())
	status("ended", "Next: genproof reveal --drand "+drandServer+", from "+w.round.Format(time.RFC3339))
	w.passTo(t, w.round)
	people(t, []string{"revealed", "randomness", "Next: genproof withdraw"}, with("reveal", w.buyer, "--signature", demoSignature)...)
	people(t, []string{"paid and here", "0 ether"}, with("withdraw", w.author)...)
	text := people(t, []string{"the assignment was drawn by round 9337227 of drand's evmnet, 3600 seconds after the sale's end", "token 3 shows card ", "ipfs://bafybei", "author " + author}, "verify", w.out, "--rpc", w.rpc, "--contract", w.contract(t), "--tokens", "3", "--keys", sharedKeys)
	if !strings.Contains(text, "1 of 12 cards checked") {
		t.Errorf("verify --tokens 3: %s", text)
	}
}

// contract is the last one in the journal.
func (w *saleWorld) contract(t *testing.T) string {
	t.Helper()
	return decode[deckStatusReport](t, succeed(t, "status", "--drop", w.dir, "--rpc", w.rpc, "--json")).Contract
}

// Fixed decks show their cards from the first mint on; a sold-out sale is closed by anybody.
func TestDeckSale_OfAFixedDeck(t *testing.T) {
	w := saleWorldOf(t)
	dir := importShape(t, "hashlips", "--home", "1337:"+addressOf(t, privateKey).Hex())
	replace(t, filepath.Join(dir, "drop.yaml"), "assignment: permuted", "assignment: fixed")
	succeed(t, "prove", "--drop", dir, "--keys", sharedKeys)
	sender := append([]string{"--drop", dir}, w.author[2:]...)
	r := decode[deckDeployReport](t, succeed(t, with("deploy", sender, "--keys", sharedKeys, "--json")...))
	if r.Beacon != nil || r.Gap != 0 || r.BeaconKind != "" {
		t.Errorf("deployed %+v", r)
	}
	succeed(t, with("admit", sender, "--keys", sharedKeys)...)
	succeed(t, append([]string{"sell", "open"}, append(slices.Clone(sender), "--price", "0", "--end", "2h")...)...)
	succeed(t, with("mint", sender, "--count", "12")...)
	refuses(t, "the deck is fixed", "", with("reveal", sender, "--signature", demoSignature)...)
	if r := decode[sentReport](t, succeed(t, append([]string{"sell", "close"}, append(slices.Clone(sender), "--json")...)...)); r.Contract.State != "ended" || r.Contract.Round != 0 {
		t.Errorf("closed %+v", r)
	}
	v := decode[deckReport](t, succeed(t, "verify", filepath.Join(dir, "out"), "--rpc", w.rpc, "--contract", r.Contract.Address, "--tokens", "1,12", "--keys", sharedKeys, "--json"))
	if len(v.Chain.Tokens) != 2 || v.Chain.Tokens[0].Card != 0 || v.Chain.Tokens[1].Card != 11 || !strings.HasSuffix(v.Chain.Tokens[1].URI, "/11.json") {
		t.Errorf("tokens %+v", v.Chain.Tokens)
	}
}

// Who runs the same again after a node that has begun anew is not told of contracts that are gone.
func TestDeckSale_JournalOfAnotherChain(t *testing.T) {
	w := saleWorldOf(t)
	first := decode[deckDeployReport](t, succeed(t, with("deploy", w.author, "--keys", sharedKeys, "--json")...))
	anew := saleWorldOf(t)
	if err := os.WriteFile(filepath.Join(anew.dir, journalFile), read(t, w.dir, journalFile), 0o600); err != nil {
		t.Fatal(err)
	}
	second := decode[deckDeployReport](t, succeed(t, with("deploy", anew.author, "--keys", sharedKeys, "--json")...))
	if second.Contract.Reused || second.Verifier.Reused || second.Beacon.Reused {
		t.Errorf("deployed %+v, then %+v", first, second)
	}
	var entry chain.Entry
	lines := strings.Split(strings.TrimSpace(string(read(t, w.dir, journalFile))), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &entry); err != nil || entry.State != chain.StateMined || entry.Contract.Hex() != first.Contract.Address {
		t.Errorf("the journal ends with %s, %v", lines[len(lines)-1], err)
	}
}
