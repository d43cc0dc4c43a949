//go:build prover_checks

package prover

import (
	"context"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/setup"
)

// TestSlowDreams_AreProven: a token of the sample dreams with real keys of art/network. Its document names
// the picture that decodes to what the network says.
func TestSlowDreams_AreProven(t *testing.T) {
	d := dreams(t)
	image := assertDream(t, d, 7).Image
	proveOne(t, d, 7, document.CID(image))
}

// proveOne makes keys, proves a token and verifies what was written as a stranger would. Its document must
// name the image.
func proveOne(t *testing.T, d *drop.Drop, id uint64, image string) {
	t.Helper()
	store, err := setup.OpenStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := setup.Compile(d.Circuit)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.Groth16Keys(context.Background(), circuit, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(d, keys)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{id}}); err != nil {
		t.Fatal(err)
	}
	published, err := publication.Open(dir, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	defer published.Close()
	r, err := published.Judge(context.Background())
	if err != nil || !r.Verdict.Holds() || len(r.Tokens) != 1 || *r.Tokens[0].ID != id {
		t.Fatalf("the verdict is %+v, %v", r, err)
	}
	b, err := published.Bundles[0].Bundle()
	if err != nil || !strings.Contains(b.Document, `"image":"ipfs://`+image+`"`) {
		t.Errorf("the document does not name the picture: %v", err)
	}
}
