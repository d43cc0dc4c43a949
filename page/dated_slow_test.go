//go:build prover_checks

package page

import (
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/fact/gather"
	"github.com/genproof/genproof/bundle"
)

// factNaming is the fact of a transaction whose data is an attestation's id, and its block as a reader types it.
func factNaming(t *testing.T, attestation []byte) (file []byte, block string) {
	t.Helper()
	a, err := attest.Parse(attestation)
	if err != nil {
		t.Fatal(err)
	}
	tx := types.NewTx(&types.LegacyTx{Data: a.ID[:], V: big.NewInt(27), R: big.NewInt(1), S: big.NewInt(1)})
	header := &types.Header{Number: big.NewInt(7), Time: 1767323045, Difficulty: new(big.Int)} // 2026-01-02T03:04:05Z
	b := types.NewBlock(header, &types.Body{Transactions: types.Transactions{tx}}, nil, trie.NewStackTrie(nil))
	f, err := gather.Transaction(1, b.Header(), b.Transactions(), 0)
	if err == nil {
		file, err = f.Marshal()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file, "1:7:" + b.Hash().Hex()
}

// Facts date attestations by the blocks that a reader types, and by no others: those of a pack, and those that
// a reader gives with a deck.
func TestSlowPage_DatesByKnownBlocks(t *testing.T) {
	const dated = "not later than 2026-01-02T03:04:05Z"
	dir, attestations, trust := signedFiles(t, "All cards were looked at.")
	data, block := factNaming(t, read(t, attestations[0]))
	put(t, dir, "anchor.json", data)
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	says := func(what, id string, want bool) {
		t.Helper()
		text := strings.ReplaceAll(eval[string](t, p, `document.getElementById("`+id+`").textContent`), "\u00a0", " ")
		if strings.Contains(text, dated) != want {
			t.Errorf("%s: dated is not %v: %s", what, want, text)
		}
	}
	p.judged(t, "files", append([]string{filepath.Join(deck, bundle.CARFile), trust, filepath.Join(dir, "anchor.json")}, attestations...)...)
	says("a block that nobody named", "attested", false)
	if line := eval[string](t, p, `document.getElementById("own-facts-line").textContent`); !strings.Contains(line, "Facts that you gave: 1.") {
		t.Errorf("the fact is not told of: %s", line)
	}
	for _, row := range []struct {
		typed string
		want  bool
	}{{block, true}, {"1:8:" + block[4:], false}, {"5:5:0x" + strings.Repeat("5a", 32) + " " + block, true}} {
		p.enter(t, "own-checkpoints", row.typed)
		p.verdict(t)
		says("typed "+row.typed, "attested", row.want)
	}
	p.enter(t, "own-checkpoints", "17")
	if got := p.verdict(t); got.Level != "not checked" || !strings.Contains(got.Line, "want CHAIN:NUMBER:HASH") {
		t.Errorf("no block: %+v", got)
	}
	p.enter(t, "own-checkpoints", "")
	p.verdict(t)
	says("no block again", "attested", false)

	pack := zipped(t, packFiles(t, dir, map[string][]byte{"chain/anchor.json": data}))
	p.judged(t, "files", pack)
	says("a pack, with no block", "attested", false)
	p.enter(t, "own-checkpoints", block)
	if got := p.verdict(t); got.Level != "amber" {
		t.Errorf("a pack and its block: %+v", got)
	}
	says("a pack and its block", "attested", true)
	eval[any](t, p, `document.getElementById("own-clear").click()`)
	p.verdict(t)
	says("the published ones again", "attested", false)
	p.quiet(t)
}
