package main

import (
	"errors"
	"strings"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

// explain splits an error of the rooms into what is wrong and what to do.
func explain(err error) (text, remedy string) {
	text = err.Error()
	var f *drop.Fault
	var refused *prover.Refusals
	var stuck *chain.StuckError
	var unclear *chain.UnclearError
	var fee *chain.FeeError
	switch {
	case errors.As(err, &f) && f.Remedy != "":
		return strings.TrimSuffix(text, ": "+f.Remedy), f.Remedy
	case errors.As(err, &refused):
		return text, "there is no proof of a token that breaks a rule; nothing was proven. What is drawn stays; claims are changed where they are wrong. --skip-refused proves the others"
	case errors.As(err, &stuck):
		return text, "run the same again to wait on, or with --speed-up --max-fee GWEI to pay more for it"
	case errors.As(err, &unclear):
		return text, "look at the account's transactions: if none of them has done it, run the same with --again"
	case errors.As(err, &fee):
		return text, "wait, or raise --max-fee or --max-gas"
	case errors.Is(err, setup.ErrNoKeys):
		return text, "genproof setup makes them"
	}
	return text, ""
}
