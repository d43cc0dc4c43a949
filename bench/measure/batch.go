package measure

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bench/host"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier/groth16"
)

// A batchWork proves each batch's tokens as the product does, verifies them together, and
// mints them if a contract takes them. Each batch has tokens and a recipient of its own.
type batchWork struct {
	*work
	drop   *subject.Drop
	keys   *setup.Groth16Keys
	prover *prover.Prover
	mint   *mintChain // nil for a circuit whose tokens no contract takes
	dir    string
	next   uint64 // token id
}

func (w *work) batch(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "genproof-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &batchWork{work: w, dir: dir, next: 1}
	if b.drop, err = subject.NewDrop(dir, *w.subject.Circuit, w.Seed); err != nil {
		return err
	}
	if err := b.open(ctx); err != nil {
		return err
	}
	defer b.mint.close()
	if b.prover, err = prover.New(b.drop.Drop, b.keys); err != nil {
		return err
	}
	for i, n := range w.Batches {
		if err := b.one(ctx, n, [20]byte{0xb0, byte(i + 1)}); err != nil {
			return fmt.Errorf("a batch of %d: %w", n, err)
		}
	}
	return nil
}

// open gets the keys and, for a circuit that is minted, the contract with its beacon.
func (b *batchWork) open(ctx context.Context) error {
	store, err := setup.OpenStore(b.Keys)
	if err != nil {
		return err
	}
	circuit, err := storedCircuit(ctx, store, b.Subject, statement.Groth16)
	if err != nil {
		return err
	}
	if b.keys, err = store.Groth16Keys(ctx, circuit, nil); err != nil || b.subject.Circuit.Binding != statement.CID {
		return err
	}
	if b.mint, err = newMintChain(ctx, b.work, b.drop, b.keys); err != nil {
		return err
	}
	return b.drop.SetBeacon(b.mint.beacon)
}

// one takes the figures of one batch.
func (b *batchWork) one(ctx context.Context, n int, recipient [20]byte) error {
	tokens, err := b.proveAll(ctx, n, recipient)
	if err != nil {
		return err
	}
	before := len(b.Measurements)
	inputs, proofs := make([][]fr.Element, n), make([]*groth16.Proof, n)
	for i, t := range tokens {
		v := t.Bundle.Statement.Vector()
		inputs[i] = v[:]
		if proofs[i], err = groth16.ParseProof(t.Bundle.Proof[:]); err != nil {
			return err
		}
	}
	if err := b.timed(ctx, "verify batch", "one pairing product; its cost does not depend on the circuit", false, func() error {
		return b.keys.Verifying.VerifyBatch(inputs, proofs)
	}); err != nil {
		return err
	}
	if b.mint != nil {
		if err := b.mint.batch(ctx, tokens); err != nil {
			return err
		}
	}
	for i := before; i < len(b.Measurements); i++ {
		b.Measurements[i].Batch = n
	}
	return nil
}

// proveAll proves the next n tokens by one job, and takes its time.
func (b *batchWork) proveAll(ctx context.Context, n int, recipient [20]byte) ([]chain.Token, error) {
	ids := make([]uint64, n)
	for i := range ids {
		ids[i] = b.next
		b.next++
	}
	out := filepath.Join(b.dir, fmt.Sprint("out", n))
	watch, start := host.StartWatch(), time.Now()
	if _, err := b.prover.Run(ctx, prover.Job{Dir: out, IDs: ids, Recipient: func(uint64) [20]byte { return recipient }}); err != nil {
		return nil, err
	}
	m := record.Timed("prove range", "s", []float64{time.Since(start).Seconds()})
	if others, known := watch.Others(0); known {
		m.Others = &others
	}
	m.Batch = n
	b.add(m, "one job with warm keys, bundles written")
	tokens := make([]chain.Token, n)
	for i, id := range ids {
		data, err := os.ReadFile(filepath.Join(out, bundle.BundlesDir, fmt.Sprintf("%d.json", id)))
		if err != nil {
			return nil, err
		}
		own, err := bundle.Unmarshal(data)
		if err != nil {
			return nil, err
		}
		tokens[i] = chain.Token{File: fmt.Sprintf("token %d", id), Bundle: own}
	}
	return tokens, nil
}
