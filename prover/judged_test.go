package prover

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
)

// spoil puts receipts into a drop's folder that nothing can be made of. Whoever gathers a token's values
// again finds them.
func spoil(t *testing.T, dir string, ids ...uint64) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, drop.ReceiptsDir), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if err := files.Write(filepath.Join(dir, drop.ReceiptsDir, fmt.Sprintf("%d.json", id)), []byte("no receipt"), files.Secret); err != nil {
			t.Fatal(err)
		}
	}
}

// A token is judged once: it is proven as it was checked, whatever becomes of its files meanwhile.
func TestRun_JudgesEachTokenOnce(t *testing.T) {
	dir := t.TempDir()
	p := newProver(t, sampleIn(t, dir, nil))
	checked := map[uint64]int{}
	job := Job{Dir: t.TempDir(), IDs: []uint64{1, 2, 3}, Progress: func(e Event) {
		if e.Phase != PhaseCheck {
			return
		}
		if checked[e.ID]++; e.Done == e.Total {
			spoil(t, dir, 1, 2, 3)
		}
	}}
	s, err := p.Run(context.Background(), job)
	if err != nil || s.Proven != 3 {
		t.Fatalf("%+v, %v", s, err)
	}
	for id := range uint64(3) {
		if n := checked[id+1]; n != 1 {
			t.Errorf("token %d was checked %d times", id+1, n)
		}
	}
	if _, err := p.Prove(context.Background(), 1, [20]byte{}); err == nil {
		t.Error("the receipts were not spoiled: this test sees nothing")
	}
}

// What is beyond the bound is judged again, and not left out.
func TestRun_JudgesAgainBeyondItsBound(t *testing.T) {
	dir := t.TempDir()
	p := newProver(t, sampleIn(t, dir, nil))
	r := &run{prover: p, judged: map[uint64]*judged{}}
	for id := range uint64(maxJudged) {
		r.judged[id+100] = nil
	}
	kept, err := judge(p.drop, 1, [20]byte{})
	if err != nil {
		t.Fatal(err)
	}
	if r.keep(kept); len(r.judged) != maxJudged {
		t.Errorf("%d tokens are kept, want %d", len(r.judged), maxJudged)
	}
	if b, err := r.proveOne(context.Background(), 1); err != nil || b.Statement.ID != 1 {
		t.Errorf("%v", err)
	}
	spoil(t, dir, 1)
	if _, err := r.proveOne(context.Background(), 1); err == nil || !strings.Contains(err.Error(), "receipts/1.json") {
		t.Errorf("got %v", err)
	}
}
