package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"math/bits"
	"os"
	"path/filepath"
	"strconv"

	"github.com/genproof/genproof/bench/peers/contract"
	"github.com/genproof/genproof/bench/peers/insecureptau"
	"github.com/genproof/genproof/bench/peers/sample"
)

// A snarkjsWorker lets node do the work.
type snarkjsWorker struct{ *Job }

// circom returns the main component of a statement, and what genproof knows of its inputs.
// power is that of the domain its constraints fit in.
func (w *snarkjsWorker) circom() (main string, inputs any, power int, err error) {
	var numbers []string
	for _, v := range sample.Numbers() {
		numbers = append(numbers, strconv.FormatUint(v, 10))
	}
	switch w.Peer.Statement {
	case Document:
		message := sample.Message(w.Blocks)
		main = fmt.Sprintf("include \"document.circom\";\ncomponent main = Document(%d);\n", len(message))
		return main, map[string]any{"message": bitsOf(message)}, bits.Len(uint(31_000 * w.Blocks)), nil
	case Opening:
		var right [sample.Depth]int
		for i := range right {
			right[i] = sample.Index >> i & 1
		}
		main = fmt.Sprintf("include \"opening.circom\";\ncomponent main {public [bound, authority]} = Opening(%d);\n", sample.Depth)
		return main, map[string]any{
			"bound": strconv.FormatUint(sample.Bound, 10), "values": numbers, "siblings": sample.Siblings(), "right": right,
		}, 14, nil
	case Receipt:
		main = "include \"receipt.circom\";\ncomponent main {public [authority, message]} = Receipt();\n"
		return main, map[string]any{"message": "20260401"}, 13, nil
	}
	return "", nil, 0, fmt.Errorf("there is no peer %.60q", w.Peer.Name())
}

// bitsOf returns the bits of bytes, the most significant first.
func bitsOf(bytes []byte) (out []int) {
	for _, b := range bytes {
		for i := 7; i >= 0; i-- {
			out = append(out, int(b>>i&1))
		}
	}
	return out
}

func (w *snarkjsWorker) setup(ctx context.Context) (*Outcome, error) {
	main, inputs, power, err := w.circom()
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(inputs)
	if err != nil {
		return nil, err
	}
	ptau, err := powersOfTau(w.Cache, power)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(w.Folder, "main.circom"), []byte("pragma circom 2.0.0;\n"+main), 0o600); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(w.Folder, "sample.json"), data, 0o600); err != nil {
		return nil, err
	}
	return w.script(ctx, phaseSetup, ptau)
}

func (w *snarkjsWorker) prove(ctx context.Context) (*Outcome, error) {
	o, err := w.script(ctx, phaseProve, strconv.Itoa(w.Warmup), strconv.Itoa(w.Runs))
	if o != nil {
		o.ProofBytes = 256 // as contracts take it; snarkjs itself writes JSON
	}
	return o, err
}

func (w *snarkjsWorker) script(ctx context.Context, phase string, args ...string) (*Outcome, error) {
	out, err := snarkjsPackage(w.Cache).node(ctx, nil, "run.mjs", append([]string{phase, w.Peer.Statement, w.Folder}, args...)...)
	if err != nil {
		return nil, err
	}
	o := new(Outcome)
	if err := json.Unmarshal(out, o); err != nil {
		return nil, fmt.Errorf("run.mjs: %w", err)
	}
	return o, nil
}

// powersOfTau returns the file of a power, made if need be.
func powersOfTau(cache string, power int) (string, error) {
	return once(filepath.Join(cache, fmt.Sprintf("insecure-%d.ptau", power)), func(f *os.File) error {
		return insecureptau.Write(f, power, nil)
	})
}

// once returns the path of a file, written whole if it is not there.
func once(path string, write func(*os.File) error) (string, error) {
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".making-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name()) // renamed away when all is well
	err = write(f)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return path, err
}

// gas is that of the contract which snarkjs exports.
func (w *snarkjsWorker) gas(ctx context.Context) (*Outcome, error) {
	source, err := os.ReadFile(filepath.Join(w.Folder, "verifier.sol"))
	if err != nil {
		return nil, err
	}
	creation, err := w.solc(ctx, source)
	if err != nil || creation == nil {
		return &Outcome{}, err
	}
	call, wrong, err := snarkjsCall(w.Folder)
	if err != nil {
		return nil, err
	}
	chain := contract.New()
	at, err := chain.Deploy(creation)
	if err != nil {
		return nil, err
	}
	gas, err := chain.Accepts(at, call, wrong, contract.True())
	return &Outcome{Gas: gas}, err
}

// A snarkjsProof is proof.json: projective points with z = 1, an extension field element
// with its real part first.
type snarkjsProof struct {
	A [3]string    `json:"pi_a"`
	B [3][2]string `json:"pi_b"`
	C [3]string    `json:"pi_c"`
}

// words are the proof as contracts take it, imaginary parts first.
func (p *snarkjsProof) words() []string {
	return []string{p.A[0], p.A[1], p.B[0][1], p.B[0][0], p.B[1][1], p.B[1][0], p.C[0], p.C[1]}
}

// snarkjsCall returns the call that verifies the folder's proof, and one with another input.
func snarkjsCall(folder string) (call, wrong []byte, err error) {
	var proof snarkjsProof
	var public []string
	for name, v := range map[string]any{"proof.json": &proof, "public.json": &public} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil {
			err = json.Unmarshal(data, v)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	call = contract.Selector(fmt.Sprintf("verifyProof(uint256[2],uint256[2][2],uint256[2],uint256[%d])", len(public)))
	for _, word := range append(proof.words(), public...) {
		n, ok := new(big.Int).SetString(word, 10)
		if !ok || n.Sign() < 0 || n.BitLen() > 256 {
			return nil, nil, fmt.Errorf("snarkjs writes %.80q for a number", word)
		}
		call = append(call, n.FillBytes(make([]byte, 32))...)
	}
	wrong = bytes.Clone(call)
	wrong[len(wrong)-1] ^= 1
	return call, wrong, nil
}
