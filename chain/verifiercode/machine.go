package verifiercode

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/triedb"
	"github.com/holiman/uint256"

	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/verifier/groth16"
)

// Gas of one run, and of all. gnark's verifier of 150 inputs takes 0.2 million here, where the
// precompiles are cheap, and 32 million for all its runs.
const (
	maxRunGas = 3_000_000
	maxGas    = 100_000_000
)

// A machine runs code; gas is what is left for all its runs.
type machine struct{ gas uint64 }

// The precompiles' addresses and the bytes that they take.
const (
	ecAdd, addBytes         = 6, 128
	ecMul, mulBytes         = 7, 96
	ecPairing, pairingBytes = 8, 192 // a pair
)

// A step is what a precompile was given, and what it answered.
type step struct {
	precompile int
	in, out    []byte
}

// maxSteps is more than any verifier makes.
const maxSteps = 4 * groth16.MaxInputs

// yes and no are what the pairing answers.
const yes, no = 1, 0

// run calls code with data. It returns what the precompiles for the curve were given, none of
// more than maxSteps, and whether the call is answered as verifiers do that accept: with
// nothing, or with one.
func (m *machine) run(code, data []byte, pairing byte) (trace []step, accepted bool) {
	machine, db := m.boot(&trace, pairing)
	if machine == nil {
		return nil, false
	}
	defer machine.Release()
	at := common.Address{0xc0}
	db.CreateAccount(at)
	db.SetCode(at, code, tracing.CodeChangeUnspecified)
	gas := vm.NewGasBudget(min(m.gas, maxRunGas), 0)
	out, left, err := machine.StaticCall(common.Address{0xca}, at, data, gas)
	m.gas -= min(m.gas, left.Used(gas))
	if len(trace) > maxSteps {
		return nil, false
	}
	return trace, err == nil && (len(out) == 0 || bytes.Equal(out, word(1)))
}

// create runs code as that of a creation and returns the contract's.
func (m *machine) create(code []byte) (runtime []byte, ok bool) {
	machine, _ := m.boot(new([]step), yes)
	if machine == nil {
		return nil, false
	}
	defer machine.Release()
	gas := vm.NewGasBudget(min(m.gas, 4*maxRunGas), 4*maxRunGas)
	runtime, _, left, err := machine.Create(common.Address{0xca}, code, gas, new(uint256.Int))
	m.gas -= min(m.gas, left.Used(gas))
	return runtime, err == nil && len(runtime) > 0
}

// boot returns an EVM of today's rules without any contract, nil if there is no gas left.
func (m *machine) boot(trace *[]step, pairing byte) (*vm.EVM, *state.StateDB) {
	if m.gas == 0 {
		return nil, nil
	}
	disk := rawdb.NewMemoryDatabase()
	db, err := state.New(types.EmptyRootHash, state.NewDatabase(triedb.NewDatabase(disk, nil), state.NewCodeDB(disk)))
	if err != nil {
		panic("verifiercode: an empty state cannot be made: " + err.Error())
	}
	rules := evm.Rules(evm.DefaultID)
	block := vm.BlockContext{
		CanTransfer: core.CanTransfer, Transfer: core.Transfer, GetHash: func(uint64) common.Hash { return common.Hash{} },
		BlockNumber: new(big.Int), Difficulty: new(big.Int), BaseFee: new(big.Int), BlobBaseFee: new(big.Int), Random: new(common.Hash), GasLimit: maxGas,
	}
	machine := vm.NewEVM(block, db, rules, vm.Config{})
	machine.SetTxContext(vm.TxContext{GasPrice: new(uint256.Int)})
	active := vm.ActivePrecompiledContracts(rules.Rules(block.BlockNumber, true, block.Time))
	answers := 0
	for _, p := range []int{ecAdd, ecMul, ecPairing} {
		active[common.BytesToAddress([]byte{byte(p)})] = &witness{p, pairing, trace, &answers}
	}
	machine.SetPrecompiles(active)
	return machine, db
}

// A witness takes a precompile's place: it writes down what it is given and answers with a
// point of its own making, or about a pairing what it was told to.
type witness struct {
	precompile int
	pairing    byte
	trace      *[]step
	answers    *int
}

// witnessGas is more than a precompile's least, so that steps are few.
const witnessGas = 500

var errSteps = errors.New("too many steps")

func (w *witness) Name() string              { return "witness" }
func (w *witness) RequiredGas([]byte) uint64 { return witnessGas }

// Run reads its input as the precompile does: zeros stand behind a short one, and what is
// behind a long one is not looked at.
func (w *witness) Run(in []byte) ([]byte, error) {
	if len(*w.trace) > maxSteps {
		return nil, errSteps
	}
	s := step{precompile: w.precompile}
	switch w.precompile {
	case ecPairing:
		s.in, s.out = common.CopyBytes(in[:min(len(in), 8*pairingBytes)]), word(int(w.pairing))
		*w.trace = append(*w.trace, s)
		return s.out, nil
	case ecAdd:
		s.in = fitted(in, addBytes)
	case ecMul:
		s.in = fitted(in, mulBytes)
	}
	x, y := marker(markAnswer, 2**w.answers), marker(markAnswer, 2**w.answers+1)
	*w.answers++
	s.out = append(x[:], y[:]...)
	*w.trace = append(*w.trace, s)
	return s.out, nil
}

func fitted(in []byte, size int) []byte {
	b := make([]byte, size)
	copy(b, in)
	return b
}
