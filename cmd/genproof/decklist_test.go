package main

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication/verdict"
)

// onSale is a proven deck, and the options of its author on a development chain.
func onSale(t *testing.T) (dir string, sender []string) {
	t.Helper()
	key, err := crypto.HexToECDSA(privateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir = importShape(t, "hashlips", "--home", "1337:"+crypto.PubkeyToAddress(key.PublicKey).Hex())
	succeed(t, "setup", "--drop", dir, "--keys", sharedKeys)
	succeed(t, "prove", "--drop", dir, "--keys", sharedKeys)
	file := filepath.Join(t.TempDir(), "key")
	write(t, file, privateKey)
	return dir, []string{"--drop", dir, "--rpc", serveNode(t, evm.DefaultID), "--key-file", file}
}

// clientOf is the author's.
func clientOf(t *testing.T, socket string) *chain.Client {
	t.Helper()
	account, err := chain.ParseAccount([]byte(privateKey), "")
	if err != nil {
		t.Fatal(err)
	}
	backend, err := chain.Dial(t.Context(), socket)
	if err != nil {
		t.Fatal(err)
	}
	c, err := chain.New(t.Context(), backend, account)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// contractURIAt is what a marketplace reads, unfolded.
func contractURIAt(t *testing.T, c *chain.Client, at common.Address) (document string) {
	t.Helper()
	out, err := c.Call(t.Context(), at, deckCalls.PackContractURI())
	if err != nil {
		t.Fatal(err)
	}
	uri, err := deckCalls.UnpackContractURI(out)
	if err != nil {
		t.Fatal(err)
	}
	escaped, ok := strings.CutPrefix(uri, "data:application/json,")
	if _, err := url.Parse(uri); !ok || err != nil || strings.ContainsAny(uri, "{}\" ") {
		t.Fatalf("contractURI %q: %v", uri, err)
	}
	document, err = url.PathUnescape(escaped)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func hasPointerWarning(r deckReport) bool {
	return slices.ContainsFunc(r.Reservations, func(x verdict.Reservation) bool { return strings.Contains(x.Text, "OTHER DESCRIPTION") })
}

// A deck's contract points to its publication, and tells what its circuit is; a pointer to something else
// is a warning, other metadata are a rejection.
func TestDeckOnChain_PointerAndMetadata(t *testing.T) {
	dir, sender := onSale(t)
	out := filepath.Join(dir, "out")
	deploy := with("deploy", sender, "--keys", sharedKeys, "--gap", "1h", "--json")
	r := decode[deckDeployReport](t, succeed(t, append(deploy, "--metadata")...))
	if r.Metadata == nil || r.Metadata.Gas == 0 {
		t.Fatalf("report %+v", r)
	}
	contract, metadata := common.HexToAddress(r.Contract.Address), r.Metadata.Address
	c := clientOf(t, sender[3])

	var told struct {
		Name     string
		Genproof struct{ Description, Publication string }
	}
	if err := json.Unmarshal([]byte(contractURIAt(t, c, contract)), &told); err != nil {
		t.Fatal(err)
	}
	archive, err := car.Open(filepath.Join(out, bundle.CARFile), car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	description := "ipfs://" + document.CID(read(t, out, bundle.DescriptionFile))
	if told.Name == "" || told.Genproof.Description != description || told.Genproof.Publication != "ipfs://"+archive.Root().String() {
		t.Errorf("the contract's URI says %+v, want %s", told, description)
	}

	verify := []string{"verify", out, "--keys", sharedKeys, "--rpc", sender[3], "--contract", r.Contract.Address, "--json"}
	v := decode[deckReport](t, succeed(t, append(verify, "--metadata", metadata)...))
	if len(v.Chain.Faults) != 0 || hasPointerWarning(v) {
		t.Errorf("faults %q, reservations %+v", v.Chain.Faults, v.Reservations)
	}
	again := decode[deckDeployReport](t, succeed(t, append(deploy, "--metadata")...))
	if !again.Contract.Reused || !again.Metadata.Reused || again.Metadata.Address != metadata {
		t.Errorf("again: %+v", again)
	}

	vk, err := (&program{}).trustedKey(filepath.Join(out, bundle.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	other, err := chain.MetadataOf("deck/large", common.HexToAddress(r.Verifier.Address), vk.Digest())
	if err != nil {
		t.Fatal(err)
	}
	lie, err := c.DeployMetadata(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	v = decode[deckReport](t, expect(t, console.ExitRejected, append(verify, "--metadata", lie.Address.Hex())...))
	if len(v.Chain.Faults) != 1 || !strings.Contains(v.Chain.Faults[0], "another circuit") {
		t.Errorf("metadata of another circuit: %q", v.Chain.Faults)
	}

	for uri, warned := range map[string]bool{
		"data:application/json,%7B%22genproof%22%3A%7B%22description%22%3A%22ipfs%3A%2F%2Fbafkother%22%7D%7D": true,
		"https://example.org/foxes.json":                       false,
		"data:application/json,%7B%22genproof%22%3A%22a%22%7D": false,
		"": false,
	} {
		if err := c.Send(t.Context(), contract, deckCalls.PackSetContractURI(uri)); err != nil {
			t.Fatal(err)
		}
		v := decode[deckReport](t, succeed(t, verify...))
		if hasPointerWarning(v) != warned {
			t.Errorf("%q: warned %t", uri, !warned)
		}
	}
}

// The author opens a sale with a list's file; its owner changes the list and lowers the prices.
func TestDeckOnChain_ListsAndPrices(t *testing.T) {
	dir, sender := onSale(t)
	succeed(t, with("deploy", sender, "--keys", sharedKeys, "--gap", "1h")...)
	succeed(t, with("admit", sender, "--keys", sharedKeys)...)
	list := listFile(t)
	complains(t, console.ExitTrouble, "genproof: error", with("sell", append([]string{"lower"}, sender...), "--price", "0.01")...)
	succeed(t, with("sell", append([]string{"open"}, sender...), "--price", "0.05", "--list-price", "0.04", "--list", list, "--list-from", "2h", "--public-from", "3h", "--end", "48h")...)
	c := clientOf(t, sender[3])
	at, ok, err := (&chain.Journal{Path: filepath.Join(dir, journalFile)}).Last(chain.EventContract, evm.DefaultID, nil)
	if err != nil || !ok {
		t.Fatal(err)
	}
	check := func(price, listPrice string, root [32]byte) {
		t.Helper()
		s, err := c.DeckStatus(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		if s.Sale.Price.String() != price || s.Sale.ListPrice.String() != listPrice || s.Sale.List != root {
			t.Errorf("the sale is %+v", s.Sale)
		}
	}
	known, err := chain.ParseAllowList(read(t, list))
	if err != nil {
		t.Fatal(err)
	}
	check("50000000000000000", "40000000000000000", known.Root())
	succeed(t, with("sell", append([]string{"lower"}, sender...), "--price", "0.03")...)
	check("30000000000000000", "40000000000000000", known.Root())
	complains(t, console.ExitTrouble, "genproof: error", with("sell", append([]string{"lower"}, sender...), "--list-price", "0.05")...)
	succeed(t, with("sell", append([]string{"lower"}, sender...), "--list-price", "0", "--price", "0.02")...)
	check("20000000000000000", "0", known.Root())
	root := "0x" + strings.Repeat("42", 32)
	succeed(t, with("sell", append([]string{"set-list"}, sender...), "--list", root)...)
	check("20000000000000000", "0", common.HexToHash(root))
}

// deploy --metadata of a drawn drop, and what verify says without anything published.
func TestDeploy_Metadata(t *testing.T) {
	dir, sender := chainDrop(t, serveNode(t, evm.DefaultID))
	deploy := with("deploy", sender, "--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--metadata", "--json")
	dry := decode[map[string]any](t, succeed(t, append(deploy, "--dry-run")...))
	estimated := 0.0
	for _, x := range dry["transactions"].([]any) {
		if e := x.(map[string]any); e["what"] == chain.EventMetadata {
			estimated = e["gas"].(float64)
		}
	}
	r := decode[deployReport](t, succeed(t, deploy...))
	if r.Metadata == nil || estimated < float64(r.Metadata.Gas) || estimated > 1.3*float64(r.Metadata.Gas) {
		t.Fatalf("estimated %g, report %+v", estimated, r.Metadata)
	}
	c := clientOf(t, sender[3])
	digest, _ := circuits.Digest("cid/small")
	out, err := c.Call(t.Context(), common.HexToAddress(r.Metadata.Address), crypto.Keccak256([]byte("circuitId()"))[:4])
	if err != nil || common.BytesToHash(out) != digest {
		t.Errorf("circuitId %x, %v", out, err)
	}
	if plain := decode[deployReport](t, succeed(t, with("deploy", sender, "--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--json")...)); plain.Metadata != nil {
		t.Error("metadata without --metadata")
	}
	complains(t, console.ExitTrouble, "--metadata is compared with published files", "verify", "--rpc", sender[3], "--contract", r.Contract.Address, "--metadata", r.Metadata.Address)
}
