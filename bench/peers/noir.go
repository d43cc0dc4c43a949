package peers

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/genproof/genproof/bench/peers/contract"
	"github.com/genproof/genproof/bench/peers/insecureptau"
	"github.com/genproof/genproof/bench/peers/sample"
)

// A noirWorker compiles and solves in node, and proves with Barretenberg's own program. Its
// proofs are for EVM verifiers, with zero knowledge.
type noirWorker struct{ *Job }

// crsPower is log2 of the largest circuit the made reference string is for.
const crsPower = 19

// sample is what the circuit's inputs are made of.
func (w *noirWorker) sample() (any, error) {
	numbers, siblings, right := []string{}, []string{}, []int{}
	for _, v := range sample.Numbers() {
		numbers = append(numbers, strconv.FormatUint(v, 10))
	}
	for i, s := range sample.Siblings() {
		siblings, right = append(siblings, strconv.FormatUint(s, 10)), append(right, sample.Index>>i&1)
	}
	switch w.Peer.Statement {
	case Document:
		message := sample.Message(w.Blocks)
		digest := sha256.Sum256(message)
		ints := make([]int, len(message))
		for i, b := range message {
			ints[i] = int(b)
		}
		return map[string]any{
			"blocks": w.Blocks, "message": ints, "digest": []string{"0x" + hex.EncodeToString(digest[:16]), "0x" + hex.EncodeToString(digest[16:])},
		}, nil
	case Opening:
		return map[string]any{"bound": strconv.FormatUint(sample.Bound, 10), "values": numbers, "siblings": siblings, "right": right}, nil
	case Receipt:
		return map[string]any{"message": "20260401"}, nil
	}
	return nil, fmt.Errorf("there is no peer %.60q", w.Peer.Name())
}

func (w *noirWorker) setup(ctx context.Context) (*Outcome, error) {
	inputs, err := w.sample()
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(inputs)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(w.at("sample.json"), data, 0o600); err != nil {
		return nil, err
	}
	if err := w.provision(); err != nil {
		return nil, err
	}
	o := new(Outcome)
	if err := w.script(ctx, o, phaseSetup); err != nil {
		return nil, err
	}
	gates, err := output(w.command(ctx, "gates", "-b", w.at("main.json")))
	if err != nil {
		return nil, err
	}
	if o.Constraints, err = gatesOf(gates); err != nil {
		return nil, err
	}
	u, err := w.timed(ctx, "write_vk", "-b", w.at("main.json"), "-o", w.Folder)
	if err != nil {
		return nil, err
	}
	o.SetupSeconds, o.Peak = u.seconds, u.peak
	_, err = w.timed(ctx, "write_solidity_verifier", "--optimized", "-k", w.at("vk"), "-o", w.at("verifier.sol"))
	return o, err
}

func (w *noirWorker) prove(ctx context.Context) (*Outcome, error) {
	o := new(Outcome)
	if err := w.script(ctx, o, "witness", strconv.Itoa(w.Warmup), strconv.Itoa(w.Runs)); err != nil {
		return nil, err
	}
	check := func(inputs string) (*usage, error) {
		return w.timed(ctx, "verify", "-p", w.at("proof"), "-k", w.at("vk"), "-i", w.at(inputs))
	}
	for i := range w.Warmup + w.Runs {
		made, err := w.timed(ctx, "prove", "-b", w.at("main.json"), "-w", w.at("witness.gz"), "-k", w.at("vk"), "-o", w.Folder)
		if err != nil {
			return nil, err
		}
		checked, err := check("public_inputs")
		if err != nil {
			return nil, fmt.Errorf("the proof is refused: %w", err)
		}
		o.Peak = max(o.Peak, made.peak)
		if i := i - w.Warmup; i >= 0 {
			o.ProveSeconds[i] += made.seconds
			o.ProveCPU[i] += made.cpu
			o.VerifySeconds = append(o.VerifySeconds, checked.seconds)
		}
	}
	proof, inputs, err := w.proof()
	if err != nil {
		return nil, err
	}
	o.ProofBytes = len(proof)
	if err := os.WriteFile(w.at("wrong_inputs"), flipped(inputs), 0o600); err != nil {
		return nil, err
	}
	if _, err := check("wrong_inputs"); err == nil {
		return nil, errors.New("the proof is accepted for other public inputs")
	}
	return o, ctx.Err()
}

// flipped returns b with its last bit the other one.
func flipped(b []byte) []byte {
	out := bytes.Clone(b)
	out[len(out)-1] ^= 1
	return out
}

func (w *noirWorker) proof() (proof, inputs []byte, err error) {
	if proof, err = os.ReadFile(w.at("proof")); err != nil {
		return nil, nil, err
	}
	if inputs, err = os.ReadFile(w.at("public_inputs")); err == nil && (len(inputs) == 0 || len(inputs)%32 != 0) {
		err = fmt.Errorf("bb writes %d bytes of public inputs", len(inputs))
	}
	return proof, inputs, err
}

// gas is that of the contract which Barretenberg exports, with the point of the reference
// string replaced.
func (w *noirWorker) gas(ctx context.Context) (*Outcome, error) {
	source, err := os.ReadFile(w.at("verifier.sol"))
	if err != nil {
		return nil, err
	}
	if source, err = insecureptau.ReplaceInSource(source); err != nil {
		return nil, err
	}
	creation, err := w.solc(ctx, source)
	if err != nil || creation == nil {
		return &Outcome{}, err
	}
	proof, inputs, err := w.proof()
	if err != nil {
		return nil, err
	}
	call := func(inputs []byte) []byte {
		// verify(bytes, bytes32[]): where both are; the bytes, filled to words; the words.
		filled := append(bytes.Clone(proof), make([]byte, -len(proof)&31)...)
		data := contract.Selector("verify(bytes,bytes32[])")
		data = append(append(data, contract.Word(64)...), contract.Word(96+len(filled))...)
		data = append(append(data, contract.Word(len(proof))...), filled...)
		return append(append(data, contract.Word(len(inputs)/32)...), inputs...)
	}
	chain := contract.New()
	at, err := chain.Deploy(creation)
	if err != nil {
		return nil, err
	}
	gas, err := chain.Accepts(at, call(inputs), call(flipped(inputs)), contract.True())
	return &Outcome{Gas: gas}, err
}

func (w *noirWorker) at(name string) string { return filepath.Join(w.Folder, name) }

func (w *noirWorker) script(ctx context.Context, o *Outcome, phase string, args ...string) error {
	out, err := noirPackage(w.Cache).node(ctx, nil, "run.mjs", append([]string{phase, w.Peer.Statement, w.Folder}, args...)...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(out, o); err != nil {
		return fmt.Errorf("run.mjs: %w", err)
	}
	return nil
}

// gatesOf reads what `bb gates` writes.
func gatesOf(report []byte) (int, error) {
	var r struct {
		Functions []struct {
			Size int `json:"circuit_size"`
		} `json:"functions"`
	}
	if err := json.Unmarshal(report, &r); err != nil || len(r.Functions) != 1 || r.Functions[0].Size <= 0 {
		return 0, fmt.Errorf("bb gates writes %.200q", report)
	}
	return r.Functions[0].Size, nil
}

// crs is the folder of the reference string.
func (w *noirWorker) crs() string {
	return filepath.Join(w.Cache, fmt.Sprintf("insecure-crs-%d", crsPower))
}

// bb is Barretenberg's program with the point of the reference string replaced.
func (w *noirWorker) bb() string { return filepath.Join(noirPackage(w.Cache).folder, "bb-insecure") }

// provision makes the reference string, which would come from the network, and the program
// that takes it: Barretenberg's verifier has τ·G2 of the real one in its code.
func (w *noirWorker) provision() error {
	if err := os.MkdirAll(w.crs(), 0o700); err != nil {
		return err
	}
	if _, err := once(filepath.Join(w.crs(), "bn254_g1.dat"), func(f *os.File) error { return insecureptau.WriteG1(f, 1<<crsPower+1) }); err != nil {
		return err
	}
	if _, err := once(filepath.Join(w.crs(), "bn254_g2.dat"), func(f *os.File) error { _, err := f.Write(insecureptau.G2()); return err }); err != nil {
		return err
	}
	_, err := once(w.bb(), func(f *os.File) error {
		program, err := os.ReadFile(bbOf(w.Cache))
		if err != nil {
			return err
		}
		if program, err = insecureptau.ReplaceInProgram(program); err != nil {
			return err
		}
		_, err = f.Write(program)
		return errors.Join(err, f.Chmod(0o700))
	})
	return err
}

// bbOf is where npm puts the program of this platform.
func bbOf(cache string) string {
	system := map[string]string{"darwin": "macos"}[runtime.GOOS]
	if system == "" {
		system = runtime.GOOS
	}
	return filepath.Join(noirPackage(cache).folder, "node_modules", "@aztec", "bb.js", "build", runtime.GOARCH+"-"+system, "bb")
}

func (w *noirWorker) command(ctx context.Context, verb string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, w.bb(), append([]string{verb}, args...)...)
	c.Env = append(os.Environ(), "CRS_PATH="+w.crs())
	return c
}

// usage is what one run of bb took.
type usage struct {
	seconds, cpu float64
	peak         uint64
}

// timed runs a verb of bb whose answer is for EVM verifiers.
func (w *noirWorker) timed(ctx context.Context, verb string, args ...string) (*usage, error) {
	c := w.command(ctx, verb, append([]string{"-t", "evm"}, args...)...)
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	start := time.Now()
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("bb %s: %w: %s", verb, err, last(said.String()))
	}
	u := &usage{seconds: time.Since(start).Seconds(), peak: saidPeak(said.String())}
	u.cpu = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	return u, nil
}

func last(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

var memory = regexp.MustCompile(`\(mem: ([0-9.]+) MiB\)`)

// saidPeak returns the largest resident size bb tells of itself, in bytes.
func saidPeak(log string) (peak uint64) {
	for _, m := range memory.FindAllStringSubmatch(log, -1) {
		if mib, err := strconv.ParseFloat(m[1], 64); err == nil {
			peak = max(peak, uint64(mib*(1<<20)))
		}
	}
	return peak
}
