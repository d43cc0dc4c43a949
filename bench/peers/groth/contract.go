package groth

import (
	"bytes"
	"fmt"
	"math/big"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/solidity"

	"github.com/genproof/genproof/bench/peers/contract"
	own "github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// Source returns gnark's exported verifier for the keys in dir.
func Source(dir string) ([]byte, error) {
	k, err := load(dir)
	if err != nil {
		return nil, err
	}
	var source bytes.Buffer
	if err := k.verifying.ExportSolidity(&source, solidity.WithPragmaVersion("^0.8.20")); err != nil {
		return nil, err
	}
	return source.Bytes(), nil
}

// Gas is what verifying the proof in dir costs in gnark's verifier, whose creation code
// is given.
func Gas(dir string, creation []byte) (uint64, error) {
	proof, inputs, err := readCall(dir)
	if err != nil {
		return 0, err
	}
	call := func(inputs []byte) []byte {
		// verifyProof(bytes, uint256[n]): where the bytes are, the inputs, the bytes.
		data := contract.Selector(fmt.Sprintf("verifyProof(bytes,uint256[%d])", len(inputs)/32))
		data = append(append(data, contract.Word(32+len(inputs))...), inputs...)
		return append(append(data, contract.Word(len(proof))...), proof...)
	}
	chain := contract.New()
	at, err := chain.Deploy(creation)
	if err != nil {
		return 0, err
	}
	return chain.Accepts(at, call(inputs), call(other(inputs)), nil)
}

// other returns inputs with the last one changed.
func other(inputs []byte) []byte {
	out := bytes.Clone(inputs)
	out[len(out)-1] ^= 1
	return out
}

// OwnGas is what verifying the proof of a token's circuit costs in genproof's verifier: a
// mint's part, the six inputs of the drop being folded already.
func OwnGas(dir string) (uint64, error) {
	k, err := load(dir)
	if err != nil {
		return 0, err
	}
	proof, inputs, err := readCall(dir)
	if err != nil {
		return 0, err
	}
	vk := &vgroth16.VerifyingKey{
		Alpha: k.verifying.G1.Alpha, K: k.verifying.G1.K,
		Beta: k.verifying.G2.Beta, Gamma: k.verifying.G2.Gamma, Delta: k.verifying.G2.Delta,
	}
	if len(inputs) != 9*fr.Bytes || len(vk.K) != 10 {
		return 0, fmt.Errorf("%d bytes of public inputs: genproof's contract takes nine inputs", len(inputs))
	}
	chain := contract.New()
	at := chain.Place(own.VerifierCode(vk.Bytes()))
	abi := bindings.NewGroth16Verifier()
	words := wordsOf(inputs)
	answer, _, err := chain.Call(at, abi.PackFold(words[:6]))
	if err != nil {
		return 0, fmt.Errorf("folding: %w", err)
	}
	folded, err := abi.UnpackFold(answer)
	if err != nil {
		return 0, err
	}
	call := func(inputs []byte) []byte {
		return abi.PackVerify(folded, [3]*big.Int(wordsOf(inputs)[6:]), proof)
	}
	return chain.Accepts(at, call(inputs), call(other(inputs)), nil)
}

func wordsOf(b []byte) (words []*big.Int) {
	for ; len(b) > 0; b = b[32:] {
		words = append(words, new(big.Int).SetBytes(b[:32]))
	}
	return words
}

func readCall(dir string) (proof, inputs []byte, err error) {
	if proof, err = os.ReadFile(filepath.Join(dir, proofFile)); err == nil {
		inputs, err = os.ReadFile(filepath.Join(dir, inputsFile))
	}
	return proof, inputs, err
}
