package groth_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bench/peers/groth"
)

// square: the prover knows a root of the square.
type square struct {
	Square frontend.Variable `gnark:",public"`
	Root   frontend.Variable
}

func (c *square) Define(api frontend.API) error {
	api.AssertIsEqual(c.Square, api.Mul(c.Root, c.Root))
	return nil
}

// unbound has a public input that no constraint holds: any value verifies.
type unbound struct {
	Square, Free frontend.Variable `gnark:",public"`
	Root         frontend.Variable
}

func (c *unbound) Define(api frontend.API) error {
	api.AssertIsEqual(c.Square, api.Mul(c.Root, c.Root))
	return nil
}

func made(t *testing.T, c *groth.Case) string {
	t.Helper()
	logger.Disable()
	dir := t.TempDir()
	s, err := c.Setup(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s.Constraints < 1 || s.ProvingKeyBytes == 0 {
		t.Errorf("%+v", s)
	}
	return dir
}

func TestProve_SamplesAfterWarmup(t *testing.T) {
	c := &groth.Case{Circuit: &square{}, Assignment: &square{Square: 9, Root: 3}}
	dir := made(t, c)
	p, err := c.Prove(dir, 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.ProveSeconds) != 3 || len(p.ProveCPU) != 3 || len(p.VerifySeconds) != 3 || p.ProofBytes != 256 {
		t.Errorf("%+v", p)
	}
}

func TestProve_RefusesWhatProvesNothing(t *testing.T) {
	for about, c := range map[string]*groth.Case{
		"accepted for other public inputs":            {Circuit: &unbound{}, Assignment: &unbound{Square: 9, Free: 1, Root: 3}},
		"the assignment does not satisfy the circuit": {Circuit: &square{}, Assignment: &square{Square: 9, Root: 4}},
	} {
		dir := made(t, c)
		if _, err := c.Prove(dir, 0, 1); err == nil || !strings.Contains(err.Error(), about) {
			t.Errorf("want %q, got %v", about, err)
		}
	}
}

func TestProve_NeedsItsSetup(t *testing.T) {
	c := &groth.Case{Circuit: &square{}, Assignment: &square{Square: 9, Root: 3}}
	dir := made(t, c)
	if err := os.Remove(filepath.Join(dir, "system")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Prove(dir, 0, 1); err == nil || !strings.Contains(err.Error(), "reading the setup") {
		t.Errorf("got %v", err)
	}
}

// TestOwnGas_TakesTokenCircuits: genproof's contract has nine inputs.
func TestOwnGas_TakesTokenCircuits(t *testing.T) {
	c := &groth.Case{Circuit: &square{}, Assignment: &square{Square: 9, Root: 3}}
	dir := made(t, c)
	if _, err := c.Prove(dir, 0, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := groth.OwnGas(dir); err == nil || !strings.Contains(err.Error(), "nine inputs") {
		t.Errorf("got %v", err)
	}
	source, err := groth.Source(dir)
	if err != nil || !strings.Contains(string(source), "uint256[1] calldata input") {
		t.Errorf("the exported contract: %v", err)
	}
}
