package web

import (
	"context"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
)

// Gas of a deck's steps on chain, as solidity/snapshots measures it: a test holds them to that.
const (
	gasVerifier  = 1_133_268
	gasDeckDrop  = 4_639_245
	gasGroup     = 2_550_282 // 512 cards in 32 proofs
	gasFourSmall = 464_300   // 16 cards in 4 proofs
	gasOpenSale  = 67_072
	gasReveal    = 59_141
	gasBeacon    = 140_074 // a round of drand's quicknet, which takes more than evmnet's
	gasMint      = 77_606
)

// A step is what a deck takes on a chain.
type step struct {
	What  string `json:"what"`
	Gas   int    `json:"gas" doc:"of one"`
	Times int    `json:"times"`
	Payer string `json:"payer" enum:"author,buyer"`
}

type costAnswer struct {
	Body struct {
		Steps []step `json:"steps"`
		Gas   int    `json:"gas" doc:"that the author pays altogether, about; multiply by the chain's price of gas"`
		Exact string `json:"exact" doc:"the command that asks a node"`
	}
}

// cost tells about how much gas the deck takes. No node is asked: figures are those of the contracts' own
// measurements.
func (s *Server) cost(ctx context.Context, in *dropInput) (*costAnswer, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	folder, total, err := p.documents()
	if err != nil {
		return nil, err
	}
	folder.Close()
	circuit, err := drop.CircuitOf(p.path(deckDir))
	if err != nil {
		return nil, err
	}
	out := new(costAnswer)
	out.Body.Steps = stepsOf(total, circuit.Size)
	for _, x := range out.Body.Steps {
		if x.Payer == "author" {
			out.Body.Gas += x.Gas * x.Times
		}
	}
	out.Body.Exact = "genproof deploy --dry-run"
	return out, nil
}

func stepsOf(cards int, size statement.Size) []step {
	steps := []step{{"deploy the verifier", gasVerifier, 1, "author"}, {"deploy the deck's contract", gasDeckDrop, 1, "author"}}
	batches := (cards + size.Cards - 1) / size.Cards
	group := 512 / size.Cards // proofs
	if full := batches / group; full > 0 && size.Cards == 16 {
		steps = append(steps, step{"admit 512 cards", gasGroup, full, "author"})
		batches -= full * group
	}
	if batches > 0 {
		steps = append(steps, step{"admit the cards of one proof, about", gasFourSmall / 4, batches, "author"})
	}
	return append(steps, step{"open the sale", gasOpenSale, 1, "author"}, step{"reveal, with a round of drand checked, at most about", gasReveal + gasBeacon, 1, "author"}, step{"mint one token", gasMint, 1, "buyer"})
}
