//go:build !js

package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/attest/fact/gather"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
)

// factOf is the fact of a transaction that holds data, and its block.
func factOf(t *testing.T, data []byte) (file []byte, block string) {
	t.Helper()
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	tx, err := types.SignNewTx(key, types.LatestSignerForChainID(big.NewInt(1337)), &types.LegacyTx{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	header := &types.Header{Number: big.NewInt(7), Time: uint64(signedAt.Unix()) - 60, Difficulty: new(big.Int)}
	b := types.NewBlock(header, &types.Body{Transactions: types.Transactions{tx}}, nil, trie.NewStackTrie(nil))
	f, err := gather.Transaction(1337, b.Header(), b.Transactions(), 0)
	if err == nil {
		file, err = f.Marshal()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file, fmt.Sprintf("1337:%d:%s", b.NumberU64(), b.Hash().Hex())
}

// datedHere is what dates attestations of the form dated, in this program.
func datedHere(list map[string][]byte) (func([32]byte) (time.Time, bool), error) {
	known, err := evidence.ParseCheckpoints(strings.Fields(string(list["checkpoints"])))
	if err != nil || known.Blocks() == nil {
		return nil, fmt.Errorf("no block is known: %w", err)
	}
	var facts []*fact.Seen
	logs := publication.Files{}
	for name, data := range list {
		if strings.HasPrefix(name, "facts/") {
			seen, err := fact.Parse(data)
			if err != nil {
				return nil, err
			}
			facts = append(facts, seen)
		} else if rest, ok := strings.CutPrefix(name, "log/"); ok {
			logs[rest] = data
		}
	}
	var l *log.State
	if len(logs) > 0 {
		if l, err = log.Read(logs); err != nil {
			return nil, err
		}
	}
	return evidence.Dated(facts, l, known.Blocks()), nil
}

// datedFiles are the attested deck with a fact that names one attestation and the head of a log.
func datedFiles(t *testing.T) map[string][]byte {
	t.Helper()
	list := attestedFiles(t)
	a, err := attest.Parse(list["given/0-holds.json"])
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range inputs(t) {
		if strings.HasPrefix(name, "log/") {
			list[name] = data
		}
	}
	entries := bytes.Split(bytes.TrimSpace(list["log/"+log.EntriesFile]), []byte("\n"))
	head := sha256.Sum256(append([]byte("genproof/log/entry\x00"), entries[len(entries)-1]...))
	var block string
	list["facts/anchor.json"], block = factOf(t, append(a.ID[:], head[:]...))
	list["checkpoints"] = []byte("  1:1:0x" + strings.Repeat("5a", 32) + "\n" + block + " ")
	return list
}

// addDated has attestations and packs dated by facts, as this program dates them.
func (s *session) addDated(t *testing.T) {
	list := datedFiles(t)
	s.add("dated", call{Form: "dated", Files: list}, func(t *testing.T, what string, r result) {
		a := r.answer(t, what)
		if a.deck.Attestations[0].NotLater == "" || a.deck.Attestations[2].NotLater != "" {
			t.Errorf("%s: %+v", what, a.deck.Attestations)
		}
		sameAttested(t, what, r, attestedHere(t, list))
	})
	another := with(list, "checkpoints", []byte("1337:1:"+strings.Repeat("00", 32)))
	s.add("dated by another block", call{Form: "dated", Files: another}, func(t *testing.T, what string, r result) {
		if a := r.answer(t, what); a.deck.Attestations[0].NotLater != "" {
			t.Errorf("%s: %+v", what, a.deck.Attestations[0])
		}
		sameAttested(t, what, r, attestedHere(t, another))
	})
	damaged := bytes.Clone(list["facts/anchor.json"])
	damaged[len(damaged)-20] ^= 1 // of the proof
	for what, row := range map[string]struct {
		form  string
		files map[string][]byte
		want  string
	}{
		"no block":              {"facts without blocks", list, "dates nothing unless its block is known"},
		"no text of blocks":     {"checkpoints of numbers", list, "want a text for checkpoints"},
		"blocks of words":       {"dated", with(list, "checkpoints", []byte("one two")), "want CHAIN:NUMBER:HASH"},
		"facts of numbers":      {"facts of numbers", list, "a.json"},
		"facts of text":         {"facts of text", list, "want an object of files for facts"},
		"a damaged fact":        {"dated", with(list, "facts/anchor.json", damaged), "anchor.json"},
		"a log that was cut":    {"dated", with(list, "log/"+log.EntriesFile, list["log/"+log.EntriesFile][:100]), "the log"},
		"a long text of blocks": {"dated", with(list, "checkpoints", bytes.Repeat([]byte("a"), 1<<20)), "at most 524288 are read"},
	} {
		s.add(what, call{Form: row.form, Files: row.files}, func(t *testing.T, what string, r result) {
			if failed(t, what, r); !strings.Contains(r.Error, row.want) {
				t.Errorf("%s: %q, want %q", what, r.Error, row.want)
			}
		})
	}
	s.addDatedPacks(t, list)
}

// addDatedPacks has a pack with facts judged with and without its block, and one of a drawn drop.
func (s *session) addDatedPacks(t *testing.T, list map[string][]byte) {
	in := inputs(t)
	in["chain/anchor.json"] = list["facts/anchor.json"]
	for name, data := range list {
		if strings.HasPrefix(name, "log/") {
			in[name] = data
		}
	}
	pack := packed(t, in)
	known, err := evidence.ParseCheckpoints(strings.Fields(string(list["checkpoints"])))
	if err != nil {
		t.Fatal(err)
	}
	report, trouble := packKnowing(t, evidence.Items(pack), nil, known.Blocks())
	if unknown, _ := packHere(t, evidence.Items(pack), nil); unknown == report || !strings.Contains(report, `"not_later_than":"20`) {
		t.Errorf("the block dates nothing: %s", report)
	}
	s.add("a pack and its block", call{Form: "a pack and blocks", Files: with(pack, "checkpoints", list["checkpoints"])}, func(t *testing.T, what string, r result) { samePack(t, what, r, report, trouble) })
	s.add("a pack and words", call{Form: "a pack and blocks", Files: with(pack, "checkpoints", []byte("block"))}, failed)
	drawn := map[string][]byte{}
	for name, data := range withoutCAR(filesBelow(t, published)) {
		if !strings.HasPrefix(name, "images/") {
			drawn["publication/"+name] = data
		}
	}
	compared := packedBy(t, drawn, drop.Compiler{})
	of, trouble := packHere(t, evidence.Items(compared), nil)
	if !strings.Contains(of, `"same_report":true`) || !strings.Contains(of, "this program compares no texts") {
		t.Errorf("a drawn drop's pack: %s %s", of, trouble)
	}
	s.add("a drawn drop's pack", call{Form: "a pack's folder", Files: compared}, func(t *testing.T, what string, r result) { samePack(t, what, r, of, trouble) })
}
