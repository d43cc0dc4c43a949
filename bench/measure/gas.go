package measure

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/solidity/bindings"
)

// dropInputs is how many of the public inputs are the drop's: the contract has folded them.
const dropInputs = 6

var verifierABI = bindings.NewGroth16Verifier()

// A mintChain is an Ethereum of the benchmark's own, with the drop's contract on it.
type mintChain struct {
	*work
	evm                *evm.Chain
	client             *chain.Client
	caller             *ecdsa.PrivateKey // calls the verifier; a rich account
	verifier, contract common.Address
	folded             [2]*big.Int
	beacon             *bundle.Beacon
}

// newMintChain deploys the drop's contracts and draws its beacon.
func newMintChain(ctx context.Context, w *work, d *subject.Drop, keys *setup.Groth16Keys) (*mintChain, error) {
	author, err := chain.NewAccount()
	if err != nil {
		return nil, err
	}
	c := &mintChain{work: w}
	if c.caller, err = crypto.GenerateKey(); err != nil {
		return nil, err
	}
	c.evm = evm.Start(evm.DefaultID, author.Address, crypto.PubkeyToAddress(c.caller.PublicKey))
	if err := c.deploy(ctx, author, d, keys); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *mintChain) close() {
	if c != nil {
		c.evm.Close() // nothing of it is kept
	}
}

func (c *mintChain) deploy(ctx context.Context, author *chain.Account, d *subject.Drop, keys *setup.Groth16Keys) (err error) {
	if c.client, err = chain.New(ctx, c.evm, author); err != nil {
		return err
	}
	v, err := c.client.DeployVerifier(ctx, keys.Verifying)
	if err != nil {
		return err
	}
	terms := chain.Terms{Name: d.Name, Symbol: "BENCH", FirstID: d.IDs.First, Supply: d.IDs.Supply, Commitments: d.Commitments, BeaconDelay: 1, Owner: author.Address}
	contract, err := c.client.DeployDrop(ctx, terms, v.Address, true)
	if err != nil {
		return err
	}
	c.verifier, c.contract = v.Address, contract.Address
	c.exact("deploy verifier", "gas", int(v.Gas))
	c.exact("deploy contract", "gas", int(contract.Gas))
	for name, at := range map[string]common.Address{"verifier size": c.verifier, "contract size": c.contract} {
		code, err := c.evm.CodeAt(ctx, at, nil)
		if err != nil {
			return err
		}
		c.exact(name, "bytes", len(code))
	}
	c.evm.Mine(int(terms.BeaconDelay) + 1)
	if c.beacon, err = c.client.Open(ctx, c.contract); err != nil {
		return err
	}
	if c.beacon == nil {
		return errors.New("the contract was not opened")
	}
	_, err = c.client.SetTemplate(ctx, c.contract, d.Commitments, c.beacon.Value)
	return err
}

// batch takes the gas of verifying tokens and of minting them: of the whole transaction,
// and of execution alone.
func (c *mintChain) batch(ctx context.Context, tokens []chain.Token) error {
	data, err := c.verification(ctx, tokens)
	if err != nil {
		return err
	}
	if err := c.call(ctx, "verify", c.verifier, data); err != nil {
		return err
	}
	r, err := c.client.Mint(ctx, tokens, chain.MintOptions{Contract: c.contract, Batch: len(tokens)})
	if err != nil {
		return err
	}
	if len(r.Txs) != 1 {
		return fmt.Errorf("%d transactions minted one batch", len(r.Txs))
	}
	tx, _, err := c.evm.TransactionByHash(ctx, r.Txs[0])
	if err != nil {
		return err
	}
	c.gas("mint", r.Gas, tx.Data())
	return nil
}

// verification is the call that verifies one token, or several together.
func (c *mintChain) verification(ctx context.Context, tokens []chain.Token) ([]byte, error) {
	var proofs []byte
	inputs := make([][3]*big.Int, len(tokens))
	for i, t := range tokens {
		v := t.Bundle.Statement.Vector()
		for j := range inputs[i] {
			inputs[i][j] = v[dropInputs+j].BigInt(new(big.Int))
		}
		proofs = append(proofs, t.Bundle.Proof[:]...)
		if i == 0 && c.folded[0] == nil {
			if err := c.fold(ctx, v[:dropInputs]); err != nil {
				return nil, err
			}
		}
	}
	if len(tokens) == 1 {
		return verifierABI.PackVerify(c.folded, inputs[0], proofs), nil
	}
	return verifierABI.PackVerifyBatch(c.folded, inputs, proofs), nil
}

// fold asks the verifier for the point of the drop's inputs, as the contract did.
func (c *mintChain) fold(ctx context.Context, head []fr.Element) error {
	in := make([]*big.Int, dropInputs)
	for i := range in {
		in[i] = head[i].BigInt(new(big.Int))
	}
	out, err := c.evm.CallContract(ctx, ethereum.CallMsg{To: &c.verifier, Data: verifierABI.PackFold(in)}, nil)
	if err != nil {
		return err
	}
	c.folded, err = verifierABI.UnpackFold(out)
	return err
}

// call sends a transaction and takes its gas.
func (c *mintChain) call(ctx context.Context, name string, to common.Address, data []byte) error {
	from := crypto.PubkeyToAddress(c.caller.PublicKey)
	nonce, err := c.evm.PendingNonceAt(ctx, from)
	if err != nil {
		return err
	}
	price, err := c.evm.SuggestGasPrice(ctx)
	if err != nil {
		return err
	}
	gas, err := c.evm.EstimateGas(ctx, ethereum.CallMsg{From: from, To: &to, Data: data})
	if err != nil {
		return err
	}
	tx, err := types.SignNewTx(c.caller, types.LatestSignerForChainID(new(big.Int).SetUint64(evm.DefaultID)),
		&types.LegacyTx{Nonce: nonce, GasPrice: new(big.Int).Mul(price, big.NewInt(2)), Gas: 2 * gas, To: &to, Data: data})
	if err != nil {
		return err
	}
	if err := c.evm.SendTransaction(ctx, tx); err != nil {
		return err
	}
	receipt, err := c.evm.TransactionReceipt(ctx, tx.Hash())
	if err != nil {
		return err
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return fmt.Errorf("the transaction that is to %s reverted", name)
	}
	c.gas(name, receipt.GasUsed, data)
	return nil
}

// gas takes a transaction's gas, and what is left of it for execution.
func (c *mintChain) gas(name string, used uint64, data []byte) {
	c.exact(name+" gas", "gas", int(used))
	c.exact(name+" execution", "gas", int(used-intrinsic(data)))
}

// intrinsic is what a transaction costs before anything is executed (EIP-2028): 21,000, and
// 4 a zero byte, 16 another.
func intrinsic(data []byte) uint64 {
	gas := uint64(21_000)
	for _, b := range data {
		if gas += 4; b != 0 {
			gas += 12
		}
	}
	return gas
}
