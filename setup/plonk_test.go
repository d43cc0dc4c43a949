package setup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup/keycar"
	"github.com/genproof/genproof/setup/ptau"
	vplonk "github.com/genproof/genproof/verifier/plonk"
)

// plonkPower has a domain of 8: as many powers as the sample file has.
func plonkPower(t testing.TB, id string) *Circuit {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &power{n: 4})
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCircuit(id, compiled.(*cs.SparseR1CS))
	if err != nil {
		t.Fatal(err)
	}
	if c.Backend != statement.Plonk || c.PublicInputs != 2 || c.Domain != 8 {
		t.Fatalf("the toy circuit is %+v", c)
	}
	return c
}

func samplePowers(t testing.TB) *Powers {
	t.Helper()
	srs, err := ptau.Read(t.Context(), "ptau/testdata/small.ptau", ptau.Options{Power: 3})
	if err != nil {
		t.Fatal(err)
	}
	return PowersOf(srs)
}

func plonkKeysOf(t testing.TB, s *Store, c *Circuit) (*PlonkKeys, tape) {
	t.Helper()
	var phases tape
	keys, err := s.PlonkKeys(t.Context(), c, phases.record)
	if err != nil {
		t.Fatal(err)
	}
	return keys, phases
}

func assertProvesPlonk(t *testing.T, k *PlonkKeys) {
	t.Helper()
	w, err := frontend.NewWitness(&power{X: 3, Y: 81, Z: 4}, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := plonk.Prove(k.Circuit.CS.(*cs.SparseR1CS), k.Proving, w)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Verifying.Check([]fr.Element{fr.NewElement(81), fr.NewElement(4)}, proof.MarshalSolidity()); err != nil {
		t.Error(err)
	}
	if err := k.Verifying.Check([]fr.Element{fr.NewElement(81), fr.NewElement(5)}, proof.MarshalSolidity()); !errors.Is(err, vplonk.ErrInvalidProof) {
		t.Errorf("another statement: %v", err)
	}
}

func TestCompile_KnowsPlonk(t *testing.T) {
	c, err := Compile(statement.CircuitID{Binding: statement.Root, Size: statement.Small, Backend: statement.Plonk})
	if err != nil {
		t.Fatal(err)
	}
	if c.Backend != statement.Plonk || c.PublicInputs != statement.NbInputs || c.Domain != 1<<17 || c.Commitments != 0 {
		t.Errorf("got %d inputs, domain %d, %d commitments", c.PublicInputs, c.Domain, c.Commitments)
	}
	again, err := Compile(statement.CircuitID{Binding: statement.Root, Size: statement.Small, Backend: statement.Plonk})
	if err != nil || again.Digest != c.Digest {
		t.Errorf("compiled twice: %x and %x, %v", c.Digest, again.Digest, err)
	}
}

func TestPlonkKeys_MakesOnceAndLoads(t *testing.T) {
	s, c := openStore(t), plonkPower(t, "toy/plonk")
	made, phases := plonkKeysOf(t, s, c)
	if !phases.has(PhasePowers) || !phases.has(PhaseSetup) || made.Provenance != provenance.UnsafeDevelopment {
		t.Errorf("made %s, phases %v", made.Provenance, phases)
	}
	assertProvesPlonk(t, made)
	loaded, phases := plonkKeysOf(t, s, c)
	if phases.has(PhaseSetup) || loaded.Verifying.Digest() != made.Verifying.Digest() {
		t.Errorf("the second call has phases %v", phases)
	}
	assertProvesPlonk(t, loaded)
	vk, from, err := s.VerifyingKey(t.Context(), c)
	if err != nil || vk.Digest() != made.Verifying.Digest() || vk.Backend() != statement.Plonk.String() || from != provenance.UnsafeDevelopment {
		t.Errorf("the verifying key alone: %v, %s, %v", vk, from, err)
	}
	any, err := s.Keys(t.Context(), c, nil)
	if err != nil || any.Info().Circuit != c || any.Info().Verifying.Digest() != made.Verifying.Digest() {
		t.Errorf("of either proof system: %v, %v", any, err)
	}
	replaced, err := s.Replace(t.Context(), c, nil)
	if err != nil || replaced.Info().Verifying.Digest() == made.Verifying.Digest() {
		t.Errorf("replaced: %v", err)
	}
	assertTidy(t, s.Dir())
}

// Two machines make the same keys of one file: nothing in them is random.
func TestInstallPlonk_IsDeterminedByThePowers(t *testing.T) {
	c, powers := plonkPower(t, "toy/plonk"), samplePowers(t)
	var digests [][32]byte
	for range 2 {
		s := openStore(t)
		keys, err := s.InstallPlonk(t.Context(), c, powers, false, nil)
		if err != nil {
			t.Fatal(err)
		}
		assertProvesPlonk(t, keys)
		if p, err := provenance.Parse(keys.Provenance); err != nil || *p != powers.Provenance || p.Kind != provenance.Universal || p.Contributors != 2 {
			t.Errorf("provenance %s, %v", keys.Provenance, err)
		}
		loaded, _ := plonkKeysOf(t, s, c)
		assertProvesPlonk(t, loaded)
		if loaded.Provenance != keys.Provenance {
			t.Errorf("loaded as %s", loaded.Provenance)
		}
		digests = append(digests, keys.Verifying.Digest())
	}
	if digests[0] != digests[1] {
		t.Error("two keys of the same powers")
	}
}

func TestInstallPlonk_ReplacesOnlyWhenTold(t *testing.T) {
	s, c := openStore(t), plonkPower(t, "toy/plonk")
	made, _ := plonkKeysOf(t, s, c)
	if _, err := s.InstallPlonk(t.Context(), c, samplePowers(t), false, nil); !errors.Is(err, ErrHasKeys) {
		t.Fatalf("got %v", err)
	}
	if kept, _ := plonkKeysOf(t, s, c); kept.Verifying.Digest() != made.Verifying.Digest() {
		t.Error("the keys are others now")
	}
	if _, err := s.InstallPlonk(t.Context(), c, samplePowers(t), true, nil); err != nil {
		t.Fatal(err)
	}
	if now, _ := plonkKeysOf(t, s, c); now.Provenance == provenance.UnsafeDevelopment {
		t.Error("the keys are still the old ones")
	}
}

func TestInstallPlonk_RefusesOtherPowers(t *testing.T) {
	c := plonkPower(t, "toy/plonk")
	_, _, g1, g2 := bn254.Generators()
	r1cs := compilePower(t, "toy/power", 4)
	for _, row := range []struct {
		name, want string
		c          *Circuit
		spoil      func(p *Powers)
	}{
		{"too few", "there are 10, want 11", c, func(p *Powers) { p.G1 = p.G1[:10] }},
		{"none", "there are 0, want 11", c, func(p *Powers) { p.G1 = nil }},
		{"another generator", "do not begin with the generator", c, func(p *Powers) { p.G1[0] = p.G1[1] }},
		{"another tau", "different secrets", c, func(p *Powers) { p.G1[1] = p.G1[2] }},
		{"another tau in G2", "different secrets", c, func(p *Powers) { p.Tau.Add(&p.Tau, &g2) }},
		{"a tau of one", "tau is the generator", c, func(p *Powers) {
			p.Tau = g2
			for i := range p.G1 {
				p.G1[i] = g1
			}
		}},
		{"a ceremony's provenance", "which no PLONK key has", c, func(p *Powers) { p.Provenance = *ceremony }},
		{"a provenance of no form", "provenance", c, func(p *Powers) { p.Provenance.Contributors = 0 }},
		{"a Groth16 circuit", "not a PLONK circuit", r1cs, func(*Powers) {}},
	} {
		s, p := openStore(t), samplePowers(t)
		row.spoil(p)
		if _, err := s.InstallPlonk(t.Context(), row.c, p, false, nil); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", row.name, err, row.want)
		}
		assertTidy(t, s.Dir())
	}
	if _, err := openStore(t).Groth16Keys(t.Context(), c, nil); err == nil || !strings.Contains(err.Error(), "not an R1CS") {
		t.Errorf("Groth16 keys of a PLONK circuit: %v", err)
	}
}

func TestDevelopmentPowers_AreAPairOfBases(t *testing.T) {
	const n = 16
	p, err := developmentPowers(t.Context(), n, nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := kzg.ToLagrangeG1(p.G1[:n])
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if p.lagrange[i] != want[i] {
			t.Fatalf("point %d of the Lagrange basis is another", i)
		}
	}
	other, err := developmentPowers(t.Context(), n, nil)
	if err != nil || other.Tau == p.Tau {
		t.Errorf("two secrets are the same: %v", err)
	}
}

func TestPlonkKeys_RefusesDamage(t *testing.T) {
	for _, name := range []string{"cs", "pk", "vk", manifestFile} {
		s, c := openStore(t), plonkPower(t, "toy/plonk")
		plonkKeysOf(t, s, c)
		path := filepath.Join(s.Path(c.Digest), name)
		b := readFile(t, path)
		b[len(b)/2] ^= 1
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.PlonkKeys(context.Background(), c, nil); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: got %v, want ErrDamaged", name, err)
		}
	}
}

// Keys that a manifest agrees with and that do not belong together.
func TestPlonkKeys_ChecksWhatBelongsTogether(t *testing.T) {
	c := plonkPower(t, "toy/plonk")
	other, _ := plonkKeysOf(t, openStore(t), c)
	for _, row := range []struct {
		want  string
		spoil func(k *PlonkKeys)
	}{
		{"another verifying key", func(k *PlonkKeys) { k.Proving = other.Proving }},
		{"number of points", func(k *PlonkKeys) { k.Proving.Kzg.G1 = k.Proving.Kzg.G1[:10] }},
		{"number of points", func(k *PlonkKeys) { k.Proving.KzgLagrange.G1 = k.Proving.KzgLagrange.G1[:7] }},
		{"different secrets", func(k *PlonkKeys) { k.Proving.Kzg.G1[1] = other.Proving.Kzg.G1[1] }},
		{"gnark commitments", func(k *PlonkKeys) { k.Proving.Vk.Qcp = k.Proving.Kzg.G1[:1] }},
		{"gnark commitments", func(k *PlonkKeys) { k.Proving.Vk.CommitmentConstraintIndexes = []uint64{1} }},
		{"its domain is 16, want 8", func(k *PlonkKeys) { k.Verifying.Size = 16 }},
		{"public inputs, want 2", func(k *PlonkKeys) { k.Verifying.Inputs = 3 }},
		{"S1 equals S2", func(k *PlonkKeys) { k.Verifying.S[1] = k.Verifying.S[0] }},
		{"which no PLONK key has", func(k *PlonkKeys) { k.Provenance = ceremony.String() }},
		{"provenance", func(k *PlonkKeys) { k.Provenance = "trusted" }},
	} {
		k, err := openStore(t).InstallPlonk(t.Context(), c, samplePowers(t), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := k.check(); err != nil {
			t.Fatal(err)
		}
		row.spoil(k)
		if err := k.check(); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want %q", err, row.want)
		}
	}
}

func TestPlonkKeys_DoNotTravel(t *testing.T) {
	s, c := openStore(t), plonkPower(t, "toy/plonk")
	plonkKeysOf(t, s, c)
	if err := s.Export(t.Context(), c, nil, nil); !errors.Is(err, errPlonkStays) {
		t.Errorf("export: %v", err)
	}
	m := &keycar.Manifest{Circuit: c.ID}
	m.Files.CS.SHA256 = c.Digest
	if _, _, err := ReadKeys(t.Context(), c, m, nil, nil); !errors.Is(err, errPlonkStays) {
		t.Errorf("import: %v", err)
	}
}
