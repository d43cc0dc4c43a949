package main

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/verifier"
)

// A drawn drop's contract names each token's document: a file is that of the tokens that have its
// CID, and what the contract's check found decides along with it.
func TestLookup_OfADrawnDrop(t *testing.T) {
	document, other := []byte(`{"name":"Fox 3"}`), []byte(`{"name":"Fox 4"}`)
	uri := func(data []byte) string { return ipfsScheme + car.Raw(data).String() }
	check := func() *chain.CheckReport {
		return &chain.CheckReport{
			Status: &chain.Status{ChainID: 1, Contract: common.Address{1}, Name: "Foxes"}, Warnings: []string{"OTHER CONTRACT"},
			Tokens: []chain.TokenCheck{
				{ID: 3, Minted: true, URI: uri(document)}, {ID: 4, Minted: true, URI: uri(other), Fault: "the proof in the contract's event does not verify"}, {ID: 5}, // burned
			},
		}
	}
	for name, row := range map[string]struct {
		data   []byte
		change func(*chain.CheckReport)
		tokens int
		level  verifier.Level
		reason string
	}{
		"its document":         {document, nil, 1, verifier.Amber, ""},
		"a token with a fault": {other, nil, 1, verifier.Rejected, "on the chain: token 4: the proof in the contract's event does not verify"},
		"none":                 {[]byte(`{}`), nil, 0, verifier.Rejected, "it is the document of no card or token that was looked at"},
		"a bad contract":       {document, func(r *chain.CheckReport) { r.Faults = []string{"the contract's beacon is not fixed"} }, 1, verifier.Rejected, "on the chain: the contract's beacon is not fixed"},
	} {
		found := check()
		if row.change != nil {
			row.change(found)
		}
		r := &lookup{File: lookupFile{Kind: kindDocument}}
		candidates, err := r.ofDrop(nil, found)
		if err != nil || len(candidates) != 2 {
			t.Fatalf("%s: %+v, %v", name, candidates, err)
		}
		r.findDocument(candidates, row.data)
		r.decide()
		if len(r.Matches) != row.tokens || r.Verdict != row.level || r.Reason != row.reason || r.Contract.Deck {
			t.Errorf("%s: %+v", name, r)
		}
		if len(r.Reservations) != 2 || r.Reservations[0].Name != "key" || r.Reservations[1].Name != "contract" || !strings.Contains(strings.Join(r.NotChecked, " "), "before an update") {
			t.Errorf("%s: %+v, %q", name, r.Reservations, r.NotChecked)
		}
	}
}
