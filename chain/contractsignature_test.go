package chain_test

import (
	"bytes"
	"crypto/ecdsa"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
)

// ask1271 is the call as go-ethereum's ABI coder writes it.
func ask1271(t *testing.T, digest [32]byte, sig []byte) []byte {
	t.Helper()
	parsed, err := abi.JSON(bytes.NewReader([]byte(`[{"type":"function","name":"isValidSignature","inputs":[{"type":"bytes32"},{"type":"bytes"}],"outputs":[{"type":"bytes4"}]}]`)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := parsed.Pack("isValidSignature", digest, sig)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A contract is asked with the call that ERC-1271 says, and believed if it answers with that function's selector.
func TestIsValidSignature_AsksTheContract(t *testing.T) {
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	e := evm.Start(evm.DefaultID, crypto.PubkeyToAddress(key.PublicKey))
	defer e.Close()
	client, err := chain.New(t.Context(), e, nil)
	if err != nil {
		t.Fatal(err)
	}
	digest, sig := [32]byte{1, 2, 3}, []byte("the owners' signatures, of 34 bytes")
	call := ask1271(t, digest, sig)
	// Each answers only the call above: it compares keccak256 of its calldata. PUSH0 … RETURN of 32 bytes.
	answering := func(answer []byte) common.Address {
		code := append([]byte{0x36, 0x5f, 0x5f, 0x37, 0x36, 0x5f, 0x20, 0x7f}, crypto.Keccak256(call)...) // keccak256(calldata)
		code = append(code, 0x14, 0x60, 47, 0x57, 0x5f, 0x5f, 0xfd, 0x5b)                                 // equal: go to 47, or revert
		code = append(append(append(code, 0x7f), common.RightPadBytes(answer, 32)...), 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3)
		n := byte(len(code))
		return created(t, e, key, append([]byte{0x60, n, 0x60, 0x0b, 0x5f, 0x39, 0x60, n, 0x5f, 0xf3, 0x00}, code...))
	}
	yes, no, loose := answering([]byte{0x16, 0x26, 0xba, 0x7e}), answering([]byte{0xff, 0xff, 0xff, 0xff}), answering([]byte{0x16, 0x26, 0xba, 0x7e, 1})
	for name, row := range map[string]struct {
		at     common.Address
		digest [32]byte
		sig    []byte
		want   bool
	}{
		"signed":                   {yes, digest, sig, true},
		"another digest":           {yes, [32]byte{9}, sig, false},
		"another signature":        {yes, digest, sig[1:], false},
		"a contract that says no":  {no, digest, sig, false},
		"an answer with more bits": {loose, digest, sig, false},
		"no contract at all":       {common.Address{7}, digest, sig, false},
	} {
		got, err := client.IsValidSignature(t.Context(), bundle.Identity{Chain: evm.DefaultID, Account: row.at}, row.digest, row.sig)
		if err != nil || got != row.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if _, err := client.IsValidSignature(t.Context(), bundle.Identity{Chain: 1, Account: yes}, digest, sig); err == nil {
		t.Error("a contract of another chain was asked")
	}
}

// created is the address of a contract that an init code makes.
func created(t *testing.T, e *evm.Chain, key *ecdsa.PrivateKey, init []byte) common.Address {
	t.Helper()
	from := crypto.PubkeyToAddress(key.PublicKey)
	nonce, err := e.PendingNonceAt(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	id, err := e.ChainID(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tx, err := types.SignNewTx(key, types.LatestSignerForChainID(id), &types.DynamicFeeTx{ChainID: id, Nonce: nonce, GasTipCap: big.NewInt(1), GasFeeCap: big.NewInt(1e10), Gas: 1_000_000, Data: init})
	if err == nil {
		err = e.SendTransaction(t.Context(), tx)
	}
	if err != nil {
		t.Fatal(err)
	}
	return crypto.CreateAddress(from, nonce)
}
