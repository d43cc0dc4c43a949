package setup

import (
	"context"
	"errors"
	"math/big"
	"reflect"
	"slices"
	"testing"
	"testing/cryptotest"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	"github.com/consensys/gnark/backend/groth16"
	bn254groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/statement"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// lost has wires without points in A, in B and in K: Idle is in no constraint.
type lost struct {
	X, Idle frontend.Variable
	Y, Z    frontend.Variable `gnark:",public"`
}

func (c *lost) Define(api frontend.API) error {
	w := api.Mul(c.X, c.X, c.Z)
	api.AssertIsEqual(c.Y, api.Add(api.Mul(w, 5), api.Neg(c.X), 3))
	return nil
}

// asGnark are keys as gnark's Setup makes them of the random bytes of a seed.
func asGnark(t *testing.T, c *Circuit, seed uint64) (*bn254groth16.ProvingKey, *bn254groth16.VerifyingKey) {
	t.Helper()
	cryptotest.SetGlobalRandom(t, seed)
	pk, vk := new(bn254groth16.ProvingKey), new(bn254groth16.VerifyingKey)
	if err := bn254groth16.Setup(r1csOf(c), pk, vk); err != nil {
		t.Fatal(err)
	}
	return pk, vk
}

// ours are keys of the same secrets: both draw τ, α, β, γ and δ in this order.
func ours(t *testing.T, c *Circuit, seed uint64) *Groth16Keys {
	t.Helper()
	cryptotest.SetGlobalRandom(t, seed)
	keys, err := run(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// TestDevelop_EqualsGnarksSetup compares every point, flag and root of unity, for the same secrets.
func TestDevelop_EqualsGnarksSetup(t *testing.T) {
	for name, c := range map[string]*Circuit{
		"power": compilePower(t, "toy/power", 4), "longer power": compilePower(t, "toy/power", 70),
		"turned": compileToy(t, new(turned)), "mixed": compileToy(t, new(mixed)), "lost": compileToy(t, new(lost)),
	} {
		for seed := range uint64(3) {
			pk, vk := asGnark(t, c, seed)
			keys := ours(t, c, seed)
			assertSame(t, name, keys, pk, vk)
			if k := keys.Proving; name == "lost" && (k.NbInfinityA == 0 || k.NbInfinityB == 0 || !k.G1.K[1].IsInfinity()) {
				t.Error("no wire is lost")
			}
		}
		if pk, _ := asGnark(t, c, 7); reflect.DeepEqual(pk.G1.A, ours(t, c, 8).Proving.G1.A) {
			t.Errorf("%s: other secrets, the same key", name)
		}
	}
}

// assertSame compares our keys with gnark's.
func assertSame(t *testing.T, name string, keys *Groth16Keys, pk *bn254groth16.ProvingKey, vk *bn254groth16.VerifyingKey) {
	t.Helper()
	got := keys.Proving
	for what, pair := range map[string][2]any{
		"A": {got.G1.A, pk.G1.A}, "B": {got.G1.B, pk.G1.B}, "B in G2": {got.G2.B, pk.G2.B}, "K": {got.G1.K, pk.G1.K}, "Z": {got.G1.Z, pk.G1.Z},
		"A's infinity": {got.InfinityA, pk.InfinityA}, "B's infinity": {got.InfinityB, pk.InfinityB}, "the domain": {got.Domain, pk.Domain},
		"the proving key": {*got, *pk}, "the verifying key": {keys.Verifying, convertGnark(vk)},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s: %s is not gnark's", name, what)
		}
	}
}

func convertGnark(vk *bn254groth16.VerifyingKey) *vgroth16.VerifyingKey {
	return &vgroth16.VerifyingKey{Alpha: vk.G1.Alpha, Beta: vk.G2.Beta, Gamma: vk.G2.Gamma, Delta: vk.G2.Delta, K: append(vk.G1.K[:0:0], vk.G1.K...)}
}

// TestDevelop_PassesGnarksProverAndVerifier, and the audit of keys from elsewhere.
func TestDevelop_PassesGnarksProverAndVerifier(t *testing.T) {
	c := compilePower(t, "toy/power", 4)
	keys, err := run(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := keys.audit(t.Context(), nil); err != nil {
		t.Error(err)
	}
	full, err := frontend.NewWitness(&power{X: 3, Y: 81, Z: 4}, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.Prove(c.CS, keys.Proving, full)
	if err != nil {
		t.Fatal(err)
	}
	vk := gnarkKey(t, keys.Verifying)
	for y, right := range map[int]bool{81: true, 82: false} {
		public, err := frontend.NewWitness(&power{Y: y, Z: 4}, ecc.BN254.ScalarField(), frontend.PublicOnly())
		if err != nil {
			t.Fatal(err)
		}
		if err := groth16.Verify(proof, vk, public); (err == nil) != right {
			t.Errorf("Y = %d: %v", y, err)
		}
	}
}

// gnarkKey makes gnark's form of a verifying key.
func gnarkKey(t *testing.T, k *vgroth16.VerifyingKey) *bn254groth16.VerifyingKey {
	vk := new(bn254groth16.VerifyingKey)
	vk.G1.Alpha, vk.G1.K = k.Alpha, k.K
	vk.G2.Beta, vk.G2.Gamma, vk.G2.Delta = k.Beta, k.Gamma, k.Delta
	vk.PublicAndCommitmentCommitted = [][]int{}
	if err := vk.Precompute(); err != nil {
		t.Fatal(err)
	}
	return vk
}

// TestDevelop_PassesTheAuditOfRootSmall: every relation between the points of a key of the product.
func TestDevelop_PassesTheAuditOfRootSmall(t *testing.T) {
	keys, err := run(t.Context(), compileProduct(t, statement.Small, statement.Root), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := keys.audit(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

func compileProduct(t testing.TB, size statement.Size, binding statement.Binding) *Circuit {
	t.Helper()
	c, err := Compile(statement.CircuitID{Binding: binding, Size: size})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// BenchmarkDevelop runs gnark's Setup and ours in turn at cid/standard, for the ratio of their medians:
//
//	go test ./setup -run - -bench Develop -benchtime 3x
func BenchmarkDevelop(b *testing.B) {
	c := compileProduct(b, statement.Standard, statement.CID)
	var gnark, here []float64
	for b.Loop() {
		start := time.Now()
		if err := bn254groth16.Setup(r1csOf(c), new(bn254groth16.ProvingKey), new(bn254groth16.VerifyingKey)); err != nil {
			b.Fatal(err)
		}
		gnark, start = append(gnark, time.Since(start).Seconds()), time.Now()
		if _, err := run(b.Context(), c, nil); err != nil {
			b.Fatal(err)
		}
		here = append(here, time.Since(start).Seconds())
	}
	slices.Sort(gnark)
	slices.Sort(here)
	b.ReportMetric(gnark[len(gnark)/2], "gnark-s")
	b.ReportMetric(here[len(here)/2], "ours-s")
	b.ReportMetric(gnark[len(gnark)/2]/here[len(here)/2], "ratio")
}

// TestRun_ReportsPoints from none to all, and stops soon when its context does.
func TestRun_ReportsPoints(t *testing.T) {
	c := compilePower(t, "toy/power", 1500)
	last, steps := int64(-1), 0
	keys, err := run(t.Context(), c, func(phase Phase, done, total int64) {
		if phase != PhaseSetup || done <= last || done > total || steps == 0 && done != 0 {
			t.Errorf("%s: %d of %d after %d", phase, done, total, last)
		}
		last = done
		steps++
	})
	if err != nil {
		t.Fatal(err)
	}
	pk := keys.Proving
	g1 := 3 + len(pk.G1.A) + len(pk.G1.B) + len(pk.G1.Z) + len(pk.G1.K) + len(keys.Verifying.K)
	if want := int64(g1 + 3*(3+len(pk.G2.B))); last != want || steps < 4 {
		t.Errorf("%d points in %d steps, want %d", last, steps, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	reports := 0
	_, err = run(ctx, c, func(Phase, int64, int64) { reports++; cancel() })
	if !errors.Is(err, context.Canceled) || reports != 1 {
		t.Errorf("cancelled: got %v after %d reports", err, reports)
	}
}

// TestDrawSecrets_ForgetsThem: nothing of them is left where they were.
func TestDrawSecrets_ForgetsThem(t *testing.T) {
	s, err := drawSecrets(8)
	if err != nil {
		t.Fatal(err)
	}
	v, err := evaluate(r1csOf(compilePower(t, "toy/power", 6)), s, 8)
	if err != nil {
		t.Fatal(err)
	}
	s.forget()
	v.forget()
	for _, list := range [][]fr.Element{v.a, v.b, v.k, v.z, {s.tau, s.alpha, s.beta, s.gamma, s.delta}} {
		for _, e := range list {
			if !e.IsZero() {
				t.Fatal("a secret is left")
			}
		}
	}
}

// TestPowersFrom_EqualsGnarkCrypto, for fixed secrets.
func TestPowersFrom_EqualsGnarkCrypto(t *testing.T) {
	for _, tau := range []fr.Element{fr.NewElement(2), fr.NewElement(1 << 60), *new(fr.Element).SetInt64(-5)} {
		p, err := powersFrom(t.Context(), tau, 16, nil)
		if err != nil {
			t.Fatal(err)
		}
		want, err := kzg.NewSRS(19, tau.BigInt(new(big.Int)))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(p.G1, want.Pk.G1) || p.Tau != want.Vk.G2[1] {
			t.Errorf("other powers of %s", tau.String())
		}
	}
}
