//go:build prover_checks

package main

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/genproof/genproof/bench/record"
)

// TestSlowBench_FiguresAreRight runs the quick benchmark and compares what is exact with
// figures from elsewhere: README's constraints, the sizes of the files in the key store, and
// the gas that Foundry found.
func TestSlowBench_FiguresAreRight(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "genproof-bench")
	if text, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	out, store := filepath.Join(dir, "run.json"), filepath.Join(dir, "keys")
	cmd := exec.Command(path, "run", "--quick", "root/small", "cid/small", "--batches", "1,10", "--repetitions", "1", "--warmup", "0", "--out", out, "--keys", store)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	r, err := record.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	value := func(subject, name, unit string, batch int) float64 {
		m := r.Find(record.Key{Subject: subject, Backend: "groth16", Name: name, Unit: unit, Batch: batch})
		if m == nil {
			t.Fatalf("%s has no %s", subject, name)
		}
		return m.Median
	}
	for subject, constraints := range map[string]float64{"root/small": 18780, "cid/small": 118117} { // README
		if got := value(subject, "constraints", "constraints", 0); got != constraints {
			t.Errorf("%s: %v constraints, want %v", subject, got, constraints)
		}
		if got := value(subject, "proof", "bytes", 0); got != 256 {
			t.Errorf("%s: a proof of %v bytes", subject, got)
		}
		for name, file := range map[string]string{"proving key": "pk", "verifying key": "vk"} {
			info, err := os.Stat(filepath.Join(store, digestOf(t, r, subject), file))
			if err != nil {
				t.Fatal(err)
			}
			if got := value(subject, name, "bytes", 0); got != float64(info.Size()) {
				t.Errorf("%s: a %s of %v bytes, the file has %d", subject, name, got, info.Size())
			}
		}
	}
	checkSlowProfiles(t, r)
	gas := foundryGas(t)
	// The bench's is the contract's first mint: it fills the slot of totalSupply, which is 20,000 gas
	// instead of 2,900 (EIP-2200, EIP-2929). Foundry's has minted before.
	const firstMint = 17_100
	for _, c := range []struct {
		name    string
		batch   int
		foundry string
		more    float64
	}{{"verify execution", 1, "verify", 0}, {"verify execution", 10, "verifyBatch of 10", 0}, {"mint execution", 1, "mint", firstMint}, {"mint execution", 10, "mintBatch of 10", 0}} {
		// Foundry counts the caller's CALL too, and other recipients and digests.
		if got, want := value("cid/small", c.name, "gas", c.batch), gas[c.foundry]+c.more; math.Abs(got-want) > 0.005*want {
			t.Errorf("%s of %d: %v gas, Foundry found %v", c.name, c.batch, got, want)
		}
	}
}

// digestOf returns the digest of a circuit, which is the name of its keys' folder.
func digestOf(t *testing.T, r *record.Run, subject string) string {
	t.Helper()
	for _, c := range r.Circuits {
		if c.Subject == subject {
			return c.Digest
		}
	}
	t.Fatalf("no circuit %s", subject)
	return ""
}

func checkSlowProfiles(t *testing.T, r *record.Run) {
	t.Helper()
	for _, p := range r.Profiles {
		sum := 0
		for _, c := range p.Tree.Children {
			sum += c.Constraints
		}
		if want := map[string]int{"root/small": 18780, "cid/small": 118117}[p.Subject]; p.Tree.Constraints != want || sum != want {
			t.Errorf("%s: a profile of %d constraints, whose clauses have %d", p.Subject, p.Tree.Constraints, sum)
		}
	}
	if len(r.Profiles) != 2 {
		t.Errorf("%d profiles", len(r.Profiles))
	}
}

func foundryGas(t *testing.T) map[string]float64 {
	t.Helper()
	var texts map[string]string
	if err := json.Unmarshal(read(t, "..", "..", "solidity", "snapshots", "gas.json"), &texts); err != nil {
		t.Fatal(err)
	}
	gas := map[string]float64{}
	for name, text := range texts {
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			t.Fatal(err)
		}
		gas[name] = n
	}
	return gas
}
