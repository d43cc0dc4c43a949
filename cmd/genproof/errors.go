package main

import (
	"errors"
	"strings"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

// explain splits an error of the rooms into what is wrong and what to do.
func explain(err error) (text, remedy string) {
	text = err.Error()
	var f *drop.Fault
	var rule *prover.RuleError
	switch {
	case errors.As(err, &f) && f.Remedy != "":
		return strings.TrimSuffix(text, ": "+f.Remedy), f.Remedy
	case errors.As(err, &rule):
		return text, "no proof of this token exists: change its claims, or leave it out of --tokens; nothing was proven"
	case errors.Is(err, setup.ErrNoKeys):
		return text, "genproof setup makes them"
	}
	return text, ""
}
