package main

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/groth16"
)

// cheatContract tries to mint what is not proven. At the end the honest mint of the token
// that all of it was about shows that each refusal was about the lie.
func (d *demo) cheatContract() error {
	d.tell("\n8. Cheat the contract.")
	last, err := d.bundle(lastToken)
	if err != nil {
		return err
	}
	first, err := d.bundle(demoTokens[0])
	if err != nil {
		return err
	}
	if err := d.attempt("contract: ", d.contractCheats(first, last)); err != nil {
		return err
	}
	tokens := []chain.Token{{File: "the last token", Bundle: last}}
	if _, err := d.chain.client.Mint(d.ctx.Context, tokens, chain.MintOptions{Contract: d.chain.contract, Batch: 1}); err != nil {
		return err
	}
	d.tell("   Token %d, with its own proof and to its own recipient, is minted:", lastToken)
	return d.readBack(tokens[0])
}

func (d *demo) contractCheats(first, last *bundle.Bundle) []attempt {
	collector, stranger := d.chain.collector.Address, common.Address{19: 0xfe}
	name := func(format string) string { return fmt.Sprintf(format, lastToken) }
	at := func(to common.Address, digest [32]byte, proof []byte) func() (string, error) {
		return func() (string, error) {
			return d.tryMint(d.chain.client, d.chain.contract, to, last.Statement.ID, digest, proof)
		}
	}
	changed := []byte(last.Document)
	changed[len(changed)/2] ^= 1
	return []attempt{
		{name("mint token %d without a proof"), at(collector, last.Statement.Metadata, nil)},
		{name("mint token %d with token 1's proof"), at(collector, last.Statement.Metadata, first.Proof[:])},
		{name("mint token %d to another recipient"), at(stranger, last.Statement.Metadata, last.Proof[:])},
		{"mint it for a document with one byte changed", at(collector, sha256.Sum256(changed), last.Proof[:])},
		{"mint it in another contract of the same drop", func() (string, error) { return d.otherContract(last) }},
		{"mint it on another chain, in a contract at the same address", func() (string, error) { return d.otherChain(last) }},
		{"mint token 1 again, with a fresh proof made from its own", func() (string, error) { return d.mintAgain(first) }},
	}
}

// tryMint returns the contract's reason; anything else that goes wrong is an error.
func (d *demo) tryMint(client *chain.Client, contract, to common.Address, id uint64, digest [32]byte, proof []byte) (string, error) {
	m := bindings.Mint{To: to, TokenId: new(big.Int).SetUint64(id), Digest: digest, Bound: true}
	err := client.TryMint(d.ctx.Context, client.Address(), contract, m, proof)
	var no *chain.Revert
	if errors.As(err, &no) {
		return no.Error(), nil
	}
	return "", err
}

// opened is another contract with the same terms.
func (d *demo) opened(client *chain.Client, e *evm.Chain) (common.Address, error) {
	_, contract, err := d.deployOn(client)
	if err != nil {
		return common.Address{}, err
	}
	e.Mine(int(d.chain.terms.BeaconDelay) + 1)
	b, err := client.Open(d.ctx.Context, contract.Address)
	if err != nil {
		return common.Address{}, err
	}
	_, err = client.SetTemplate(d.ctx.Context, contract.Address, d.drop.Commitments, b.Value)
	return contract.Address, err
}

func (d *demo) otherContract(b *bundle.Bundle) (string, error) {
	other, err := d.opened(d.chain.client, d.chain.Chain)
	if err != nil {
		return "", err
	}
	return d.tryMint(d.chain.client, other, b.Statement.Recipient, b.Statement.ID, b.Statement.Metadata, b.Proof[:])
}

// otherChain makes the same transactions on a chain with another id: same addresses.
func (d *demo) otherChain(b *bundle.Bundle) (string, error) {
	other := evm.Start(31337, d.chain.author.Address)
	defer other.Close()
	client, err := chain.New(d.ctx.Context, other, d.chain.author)
	if err != nil {
		return "", err
	}
	contract, err := d.opened(client, other)
	if err != nil {
		return "", err
	}
	if contract != d.chain.contract {
		return "", errors.New("the contract of the other chain has another address")
	}
	return d.tryMint(client, contract, b.Statement.Recipient, b.Statement.ID, b.Statement.Metadata, b.Proof[:])
}

// mintAgain uses a proof that nobody has seen before, and that verifies.
func (d *demo) mintAgain(b *bundle.Bundle) (string, error) {
	old, err := groth16.ParseProof(b.Proof[:])
	if err != nil {
		return "", err
	}
	fresh, err := rerandomized(d.keys.Verifying, old)
	if err != nil {
		return "", err
	}
	inputs := b.Statement.Vector()
	if err := d.keys.Verifying.Verify(inputs[:], fresh); err != nil {
		return "", err
	}
	proof := fresh.Bytes()
	return d.tryMint(d.chain.client, d.chain.contract, b.Statement.Recipient, b.Statement.ID, b.Statement.Metadata, proof[:])
}

// rerandomized makes another proof of the same statement, as anybody can who sees one:
// A/r, r·B + r·s·δ, C + s·A.
func rerandomized(vk *groth16.VerifyingKey, p *groth16.Proof) (*groth16.Proof, error) {
	r, err := rand.Int(rand.Reader, fr.Modulus())
	if err != nil {
		return nil, err
	}
	s, err := rand.Int(rand.Reader, fr.Modulus())
	if err != nil {
		return nil, err
	}
	out := new(groth16.Proof)
	out.Ar.ScalarMultiplication(&p.Ar, new(big.Int).ModInverse(r, fr.Modulus()))
	var shiftB bn254.G2Affine
	shiftB.ScalarMultiplication(&vk.Delta, new(big.Int).Mul(r, s))
	out.Bs.ScalarMultiplication(&p.Bs, r)
	out.Bs.Add(&out.Bs, &shiftB)
	var shiftC bn254.G1Affine
	shiftC.ScalarMultiplication(&p.Ar, s)
	out.Krs.Add(&p.Krs, &shiftC)
	return out, nil
}
