package peers

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"

	"github.com/genproof/genproof/bench/peers/gnarkstd"
	"github.com/genproof/genproof/bench/peers/groth"
	"github.com/genproof/genproof/bench/peers/ours"
	"github.com/genproof/genproof/circuits/statement"
)

// A gnarkWorker proves in this very process: genproof's gadgets or those of gnark's std.
type gnarkWorker struct{ *Job }

func (w *gnarkWorker) circuit() (*groth.Case, error) {
	std := w.Peer.Tool == Gnark
	switch {
	case w.Peer.Statement == Document && std:
		return gnarkstd.Document(w.Blocks), nil
	case w.Peer.Statement == Document:
		return ours.Document(w.Blocks), nil
	case w.Peer.Statement == Opening && std:
		return gnarkstd.Opening()
	case w.Peer.Statement == Opening:
		return ours.Opening()
	case w.Peer.Statement == Receipt && std:
		return gnarkstd.Receipt()
	case w.Peer.Statement == Receipt:
		return ours.Receipt()
	case w.Peer.Statement == CID && std:
		return gnarkstd.Token(w.Folder)
	case w.Peer.Statement == CID:
		return ours.Token(w.Folder, statement.CID)
	case w.Peer.Statement == Root && !std:
		return ours.Token(w.Folder, statement.Root)
	}
	return nil, fmt.Errorf("there is no peer %.60q", w.Peer.Name())
}

func (w *gnarkWorker) setup(context.Context) (*Outcome, error) {
	c, err := w.circuit()
	if err != nil {
		return nil, err
	}
	s, err := c.Setup(w.Folder)
	if err != nil {
		return nil, err
	}
	return &Outcome{
		Constraints: s.Constraints, CompileSeconds: s.CompileSeconds, SetupSeconds: s.SetupSeconds, ProvingKeyBytes: s.ProvingKeyBytes,
	}, nil
}

func (w *gnarkWorker) prove(context.Context) (*Outcome, error) {
	c, err := w.circuit()
	if err != nil {
		return nil, err
	}
	p, err := c.Prove(w.Folder, w.Warmup, w.Runs)
	if err != nil {
		return nil, err
	}
	return &Outcome{ProveSeconds: p.ProveSeconds, ProveCPU: p.ProveCPU, VerifySeconds: p.VerifySeconds, ProofBytes: p.ProofBytes}, nil
}

// gas is that of genproof's contract for its token circuits, whose key it takes, and of
// gnark's exported contract for all others.
func (w *gnarkWorker) gas(ctx context.Context) (*Outcome, error) {
	var gas uint64
	var err error
	if w.Peer.Tool == Genproof && (w.Peer.Statement == CID || w.Peer.Statement == Root) {
		gas, err = groth.OwnGas(w.Folder)
	} else {
		var source, creation []byte
		if source, err = groth.Source(w.Folder); err != nil {
			return nil, err
		}
		if creation, err = w.solc(ctx, source); err != nil || creation == nil {
			return &Outcome{}, err
		}
		gas, err = groth.Gas(w.Folder, creation)
	}
	return &Outcome{Gas: gas}, err
}

// solc compiles a verifier; nil where the compiler is not installed.
func (j *Job) solc(ctx context.Context, source []byte) ([]byte, error) {
	n := snarkjsPackage(j.Cache)
	if n.missing() != "" {
		return nil, nil
	}
	out, err := n.node(ctx, bytes.NewReader(source), "solc.mjs")
	if err != nil {
		return nil, fmt.Errorf("compiling the verifier: %w", err)
	}
	return hex.DecodeString(string(out))
}
