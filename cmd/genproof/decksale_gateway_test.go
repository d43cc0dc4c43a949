package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/blockstore"
	"github.com/ipfs/boxo/exchange/offline"
	"github.com/ipfs/boxo/gateway"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	gocar "github.com/ipld/go-car/v2"

	"github.com/genproof/genproof/bundle"
)

// gatewayOf is boxo's gateway over the blocks of CARs, as a node has them that has imported them.
func gatewayOf(t *testing.T, paths ...string) string {
	t.Helper()
	store := blockstore.NewBlockstore(dssync.MutexWrap(datastore.NewMapDatastore()))
	for _, path := range paths {
		fill(t, store, path)
	}
	backend, err := gateway.NewBlocksBackend(blockservice.New(store, offline.Exchange(store)))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gateway.NewHandler(gateway.Config{DeserializedResponses: true}, backend))
	t.Cleanup(server.Close)
	return server.URL
}

func fill(t *testing.T, store blockstore.Blockstore, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gocar.NewBlockReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for {
		block, err := r.Next()
		if err == io.EOF {
			return
		}
		if err == nil {
			err = store.Put(context.Background(), block)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What a marketplace gets: a gateway over the publication's CAR serves each minted token's document
// at the address that the contract's tokenURI gives, byte for byte.
func TestDeckSale_AGatewayServesTokenURIs(t *testing.T) {
	w := saleWorldOf(t)
	succeed(t, with("deploy", w.author, "--keys", sharedKeys)...)
	succeed(t, with("admit", w.author, "--keys", sharedKeys)...)
	succeed(t, append([]string{"sell", "open"}, append(w.author, "--price", "0", "--end", w.end().Format(time.RFC3339))...)...)
	succeed(t, with("mint", w.buyer, "--count", "12")...)
	w.passTo(t, w.round)
	succeed(t, with("reveal", w.buyer, "--signature", demoSignature)...)
	at := gatewayOf(t, filepath.Join(w.out, bundle.CARFile))
	r := decode[deckReport](t, succeed(t, "verify", w.out, "--rpc", w.rpc, "--contract", w.contract(t), "--tokens", "all", "--keys", sharedKeys, "--json"))
	if len(r.Chain.Tokens) != 12 {
		t.Fatalf("tokens %+v", r.Chain.Tokens)
	}
	for _, tk := range r.Chain.Tokens {
		path, ok := strings.CutPrefix(tk.URI, "ipfs://")
		answer, err := http.Get(at + "/ipfs/" + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		want := read(t, w.out, bundle.CardDocumentPath(tk.Card, 12, 4))
		if !ok || err != nil || answer.StatusCode != http.StatusOK || !bytes.Equal(body, want) || !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
			t.Errorf("token %d, card %d: %s, %s, %v", tk.Token, tk.Card, answer.Status, answer.Header.Get("Content-Type"), err)
		}
	}
}
