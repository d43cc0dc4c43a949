package measure

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	gnarkplonk "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/verifier/groth16"
)

func init() { logger.Disable() }

func task(t *testing.T, kind, name string) Task {
	t.Helper()
	return Task{Kind: kind, Subject: name, Backend: "groth16", Cores: 1, Repetitions: 2, Budget: 60, Seed: "s", Work: t.TempDir()}
}

func do(t *testing.T, task Task) *Result {
	t.Helper()
	r, err := Do(t.Context(), task)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *Result) find(name string) *record.Measurement {
	for i := range r.Measurements {
		if r.Measurements[i].Name == name {
			return &r.Measurements[i]
		}
	}
	return nil
}

// exactly asks for figures that are known from elsewhere.
func exactly(t *testing.T, r *Result, want map[string]float64) {
	t.Helper()
	for name, value := range want {
		if m := r.find(name); m == nil || !m.Exact || m.Median != value || m.Cores != 0 {
			t.Errorf("%s: %+v, want %v", name, m, value)
		}
	}
}

// samples asks for times, each on the task's cores.
func samples(t *testing.T, r *Result, n int, names ...string) {
	t.Helper()
	for _, name := range names {
		m := r.find(name)
		if m == nil || m.Exact || m.Unit != "s" || len(m.Samples) != n || m.Median <= 0 || m.Cores != 1 || m.Backend != "groth16" {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// TestDo_GadgetFromCompilingToProving: 264 constraints are SPEC §3.1's, and one binds the
// public input; 3 inputs, their hash and the constant are the other wires.
func TestDo_GadgetFromCompilingToProving(t *testing.T) {
	compiling := task(t, Compile, "poseidon/4")
	r := do(t, compiling)
	exactly(t, r, map[string]float64{"constraints": 265, "public inputs": 1, "domain": 512, "wires": 264 + 3 + 2})
	samples(t, r, 2, "compile")
	if len(r.Profiles) != 1 || r.Profiles[0].Tree.Constraints != 265 || len(r.Circuits) != 1 {
		t.Errorf("%+v", r)
	}
	making := compiling
	making.Kind = Setup
	r = do(t, making)
	samples(t, r, 2, "setup")
	proving := compiling
	proving.Kind = Prove
	r = do(t, proving)
	samples(t, r, 2, "prove", "verify")
	exactly(t, r, map[string]float64{"proof": 256})
	taking := compiling
	taking.Kind = Parts
	r = do(t, taking)
	samples(t, r, 2, "solve", "fft", "msm A", "msm B in G1", "msm B in G2", "msm K", "msm H")
}

// TestDigest_IsThatOfTheSerialisedSystem compares with crypto/sha256 over gnark's bytes.
func TestDigest_IsThatOfTheSerialisedSystem(t *testing.T) {
	r := do(t, task(t, Compile, "poseidon/4"))
	found, _ := subject.Find("poseidon/4")
	system, err := found[0].Compile(groth16Backend{}.builder())
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	if _, err := system.WriteTo(h); err != nil {
		t.Fatal(err)
	}
	if want := hex.EncodeToString(h.Sum(nil)); r.Circuits[0].Digest != want {
		t.Errorf("%s, want %s", r.Circuits[0].Digest, want)
	}
}

// TestUnit_IsWhatPackageModelSays: a layer has 2,529 constraints, its hash 264, the next state
// 7 to choose and 4 to split, and a trait's presence 2; an element of draws, for four, 353 to
// split; and with four more the model's hash grows from 555 to 918, and the order of the traits
// from 20 to 80. The subject binds each value by one more.
func TestUnit_IsWhatPackageModelSays(t *testing.T) {
	r := do(t, Task{Kind: Unit, Subject: "draw", Cores: 1})
	exactly(t, r, map[string]float64{"constraints a layer": 2529 + 264 + 7 + 4 + 2 + (353+918-555+80-20)/4.0 + 1})
}

func TestProve_NeedsTheSetup(t *testing.T) {
	if _, err := Do(t.Context(), task(t, Prove, "poseidon/4")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// madeKeys are those of a gadget, with a witness.
func madeKeys(t *testing.T) (*groth16Keys, *work) {
	t.Helper()
	found, err := subject.Find("poseidon/4")
	if err != nil {
		t.Fatal(err)
	}
	w := &work{Task: task(t, Prove, "poseidon/4"), subject: found[0], backend: groth16Backend{}}
	system, err := w.subject.Compile(groth16Backend{}.builder())
	if err != nil {
		t.Fatal(err)
	}
	k, err := freshGroth16(system)
	if err != nil {
		t.Fatal(err)
	}
	if k, err = k.ready(); err != nil {
		t.Fatal(err)
	}
	return k, w
}

// TestParts_AreAProof puts the pieces together, without the randomness that hides the
// witness. A pairing holds of them, so they are what proving is made of.
func TestParts_AreAProof(t *testing.T) {
	k, w := madeKeys(t)
	full, err := w.fullWitness()
	if err != nil {
		t.Fatal(err)
	}
	list, sums, err := k.takenApart(full)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a part can be done again
		for _, p := range list {
			if err := p.do(); err != nil {
				t.Fatalf("%s: %v", p.name, err)
			}
		}
	}
	var p groth16.Proof
	p.Ar.FromJacobian(sums.A.AddMixed(&k.proving.G1.Alpha))
	p.Bs.FromJacobian(sums.B2.AddMixed(&k.proving.G2.Beta))
	p.Krs.FromJacobian(sums.K.AddAssign(sums.H))
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	inputs := public.Vector().(fr.Vector)
	if err := k.verify(inputs, groth16Proof{&p}); err != nil {
		t.Errorf("the parts are not a proof: %v", err)
	}
	// B in G1 has the same scalars: both stand for one field element.
	sums.B1.AddMixed(&k.proving.G1.Beta)
	if sums.B1.Z.IsZero() {
		t.Error("no B in G1")
	}
	inputs[0].SetUint64(1)
	if k.verify(inputs, groth16Proof{&p}) == nil {
		t.Error("it verifies whatever the input")
	}
}

func TestKeys_ComeBackFromTheirFiles(t *testing.T) {
	k, w := madeKeys(t)
	if err := k.write(w.file()); err != nil {
		t.Fatal(err)
	}
	again, err := groth16Backend{}.read(w.file())
	if err != nil {
		t.Fatal(err)
	}
	full, err := w.fullWitness()
	if err != nil {
		t.Fatal(err)
	}
	p, err := again.prove(full)
	if err != nil {
		t.Fatal(err)
	}
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	if err := k.verify(public.Vector().(fr.Vector), p); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(w.file()+".vk", []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (groth16Backend{}).read(w.file()); err == nil {
		t.Error("a damaged key is read")
	}
}

func TestProve_ErrorsHideTheWitness(t *testing.T) {
	k, w := madeKeys(t)
	assignment, err := w.assignment()
	if err != nil {
		t.Fatal(err)
	}
	full, err := frontend.NewWitness(assignment, field)
	if err != nil {
		t.Fatal(err)
	}
	full.Vector().(fr.Vector)[0].SetUint64(123456789)
	_, err = k.prove(full)
	if err == nil || strings.ContainsAny(err.Error(), "0123456789") {
		t.Errorf("%v", err)
	}
	if _, err := k.parts(full); err == nil || strings.ContainsAny(err.Error(), "0123456789") {
		t.Errorf("%v", err)
	}
}

func TestTimed_WarmsUpAndRepeats(t *testing.T) {
	long, calls := 25*time.Millisecond, 0
	f := func() error { calls++; time.Sleep(long); return nil }
	for name, c := range map[string]struct {
		warmup, repetitions int
		budget              float64
		samples, calls      int
	}{
		"all":                  {0, 3, 60, 3, 3},
		"warm":                 {2, 3, 60, 3, 2 + 1 + 3}, // and one to see how long it takes
		"no time for a second": {0, 5, 0, 1, 1},
		"no time, but warm":    {1, 5, 0, 1, 3},
	} {
		calls = 0
		w := &work{Task: Task{Warmup: c.warmup, Repetitions: c.repetitions, Budget: c.budget}}
		if err := w.timed(t.Context(), "nap", "", true, f); err != nil {
			t.Fatal(err)
		}
		m := w.find("nap")
		if len(m.Samples) != c.samples || calls != c.calls || m.Median < long.Seconds() || w.find("nap cpu") == nil {
			t.Errorf("%s: %d calls, %+v", name, calls, m)
		}
	}
}

func TestTimed_StopsWhenItsTimeIsUp(t *testing.T) {
	w := &work{Task: Task{Repetitions: 1000, Budget: 0.5}}
	if err := w.timed(t.Context(), "nap", "", false, func() error { time.Sleep(25 * time.Millisecond); return nil }); err != nil {
		t.Fatal(err)
	}
	if n := len(w.find("nap").Samples); n < 1 || n > 20 {
		t.Errorf("%d samples of 25 ms in half a second", n)
	}
}

func TestTimed_ShortOnesAreMeans(t *testing.T) {
	calls := 0
	w := &work{Task: Task{Repetitions: 3, Budget: 60}}
	if err := w.timed(t.Context(), "nap", "a note", false, func() error { calls++; time.Sleep(2 * time.Millisecond); return nil }); err != nil {
		t.Fatal(err)
	}
	m := w.find("nap")
	if len(m.Samples) != 3 || calls < 4 || m.Median > 0.2 || !strings.HasPrefix(m.Note, "a note; each sample the mean of ") || w.find("nap cpu") != nil {
		t.Errorf("%d calls, %+v", calls, m)
	}
}

func TestTimed_StopsAtAnError(t *testing.T) {
	for _, bad := range []int{1, 2, 3} { // the warm-up, the first look, a sample
		calls := 0
		w := &work{Task: Task{Warmup: 1, Repetitions: 3, Budget: 60}}
		err := w.timed(t.Context(), "x", "", false, func() error {
			time.Sleep(shortest)
			if calls++; calls == bad {
				return io.EOF
			}
			return nil
		})
		if !errors.Is(err, io.EOF) || len(w.Measurements) != 0 {
			t.Errorf("%d: %v, %+v", bad, err, w.Measurements)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	w := &work{Task: Task{Warmup: 1, Repetitions: 3, Budget: 60}}
	if err := w.timed(stopped, "x", "", false, func() error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestPlonk_CompilesGadgets: its rows are gates; the tree holds all of them. Two more rows
// of the domain are the public inputs', of which there is one: the constant is none.
func TestPlonk_CompilesGadgets(t *testing.T) {
	compiling := task(t, Compile, "poseidon/4")
	compiling.Backend = "plonk"
	r := do(t, compiling)
	gates := r.find("constraints")
	if gates == nil || gates.Median <= 265 || r.Profiles[0].Tree.Constraints != int(gates.Median) || gates.Backend != "plonk" {
		t.Errorf("%+v", gates)
	}
	exactly(t, r, map[string]float64{"public inputs": 1})
	for name, want := range map[string]bool{"poseidon/4": false, "cid/small": true, "cid/standard": false, "root/large": true} {
		found, err := subject.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		if Proves("plonk", &found[0]) != want || !Proves("groth16", &found[0]) {
			t.Errorf("%s: PLONK proves it: %v", name, !want)
		}
	}
}

// TestPlonk_SetupIsTheCircuits proves with fresh keys, and gnark's own verifier takes it.
func TestPlonk_SetupIsTheCircuits(t *testing.T) {
	found, err := subject.Find("poseidon/4")
	if err != nil {
		t.Fatal(err)
	}
	system, err := found[0].Compile(plonkBackend{}.builder())
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := plonkBackend{}.setup(system)
	if err != nil {
		t.Fatal(err)
	}
	k, err := fresh()
	if err != nil {
		t.Fatal(err)
	}
	assignment, err := found[0].Assignment()
	if err != nil {
		t.Fatal(err)
	}
	full, err := frontend.NewWitness(assignment, field)
	if err != nil {
		t.Fatal(err)
	}
	own := k.(*plonkKeys)
	proof, err := gnarkplonk.Prove(own.sparse, own.proving, full)
	if err != nil {
		t.Fatal(err)
	}
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	if err := gnarkplonk.Verify(proof, own.proving.VerifyingKey().(*gnarkplonk.VerifyingKey), public.Vector().(fr.Vector)); err != nil {
		t.Error(err)
	}
	p, err := k.prove(full)
	if err != nil || len(p.bytes()) != 768 { // 9 points of 64 bytes and 6 scalars of 32
		t.Errorf("%v, %v", p, err)
	}
	list, err := k.parts(full)
	if err != nil || len(list) != 1 || list[0].do() != nil {
		t.Errorf("%v", err)
	}
}

// TestIntrinsic_IsEIP2028s: 21,000 and 4 a zero byte, 16 another.
func TestIntrinsic_IsEIP2028s(t *testing.T) {
	if got := intrinsic([]byte{0, 0, 1, 255}); got != 21_000+4+4+16+16 {
		t.Errorf("%d", got)
	}
}
