package chain_test

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
)

// standards is written from the texts of ERC-165, 721, 2981, 4906 and 7007, not from what
// the compiler says of our contracts.
var standards = func() abi.ABI {
	parsed, err := abi.JSON(strings.NewReader(`[
		{"type":"function","name":"supportsInterface","stateMutability":"view","inputs":[{"name":"interfaceID","type":"bytes4"}],"outputs":[{"name":"","type":"bool"}]},
		{"type":"function","name":"royaltyInfo","stateMutability":"view","inputs":[{"name":"_tokenId","type":"uint256"},{"name":"_salePrice","type":"uint256"}],
			"outputs":[{"name":"receiver","type":"address"},{"name":"royaltyAmount","type":"uint256"}]},
		{"type":"function","name":"verify","stateMutability":"view","inputs":[{"name":"prompt","type":"bytes"},{"name":"aigcData","type":"bytes"},{"name":"proof","type":"bytes"}],
			"outputs":[{"name":"success","type":"bool"}]},
		{"type":"function","name":"addAigcData","stateMutability":"nonpayable","outputs":[],
			"inputs":[{"name":"tokenId","type":"uint256"},{"name":"prompt","type":"bytes"},{"name":"aigcData","type":"bytes"},{"name":"proof","type":"bytes"}]},
		{"type":"event","name":"Transfer","inputs":[{"name":"_from","type":"address","indexed":true},{"name":"_to","type":"address","indexed":true},{"name":"_tokenId","type":"uint256","indexed":true}]},
		{"type":"event","name":"MetadataUpdate","inputs":[{"name":"_tokenId","type":"uint256"}]},
		{"type":"event","name":"AigcData","inputs":[{"name":"tokenId","type":"uint256","indexed":true},{"name":"prompt","type":"bytes","indexed":true},
			{"name":"aigcData","type":"bytes","indexed":true},{"name":"proof","type":"bytes"}]}]`))
	if err != nil {
		panic(err)
	}
	return parsed
}()

// ask calls a view of the standards.
func (w *world) ask(t *testing.T, contract common.Address, method string, args ...any) []any {
	t.Helper()
	data, err := standards.Pack(method, args...)
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.Call(t.Context(), contract, data)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	values, err := standards.Unpack(method, out)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func TestConformance_Interfaces(t *testing.T) {
	w := start(t, evm.DefaultID)
	for id, want := range map[[4]byte]bool{
		{0x01, 0xff, 0xc9, 0xa7}: true,  // ERC-165
		{0x80, 0xac, 0x58, 0xcd}: true,  // ERC-721
		{0x5b, 0x5e, 0x13, 0x9f}: true,  // ERC-721 Metadata
		{0x70, 0x2c, 0x55, 0xa6}: true,  // ERC-7007
		{0x2a, 0x55, 0x20, 0x5a}: true,  // ERC-2981
		{0x49, 0x06, 0x49, 0x06}: true,  // ERC-4906
		{0x78, 0x0e, 0x9d, 0x63}: false, // ERC-721 Enumerable, which it is not
		{0xff, 0xff, 0xff, 0xff}: false, // nobody's, says ERC-165
	} {
		if got := w.ask(t, w.contract, "supportsInterface", id)[0]; got != want {
			t.Errorf("supportsInterface(%#x) is %v, want %v", id, got, want)
		}
		data, err := standards.Pack("supportsInterface", id)
		if err != nil {
			t.Fatal(err)
		}
		gas, err := w.evm.EstimateGas(t.Context(), ethereum.CallMsg{To: &w.contract, Data: data})
		if err != nil || gas > 21_000+30_000 {
			t.Errorf("supportsInterface(%#x) takes %d gas, %v; ERC-165 allows 30,000", id, gas, err)
		}
	}
	var id [4]byte
	for _, method := range []string{"verify", "addAigcData"} {
		for i, b := range standards.Methods[method].ID {
			id[i] ^= b
		}
	}
	if id != [4]byte{0x70, 0x2c, 0x55, 0xa6} {
		t.Errorf("ERC-7007's two functions give the id %#x", id)
	}
}

// events returns a transaction's, all of them of the drop's contract.
func (w *world) events(t *testing.T, tx common.Hash) []*types.Log {
	t.Helper()
	receipt, err := w.evm.TransactionReceipt(t.Context(), tx)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range receipt.Logs {
		if l.Address != w.contract {
			t.Errorf("an event of %s", l.Address)
		}
	}
	return receipt.Logs
}

// isEvent holds an event to be the standard's: topics as they stand there, and its data.
func isEvent(t *testing.T, l *types.Log, name string, topics []common.Hash, data ...any) {
	t.Helper()
	e := standards.Events[name]
	packed, err := e.Inputs.NonIndexed().Pack(data...)
	if err != nil {
		t.Fatal(err)
	}
	if want := append([]common.Hash{e.ID}, topics...); !slices.Equal(l.Topics, want) || !bytes.Equal(l.Data, packed) {
		t.Errorf("%s: topics %v, data %x; want %v, %x", name, l.Topics, l.Data, want, packed)
	}
}

// isContent holds an event to be ERC-7007's about a bundle: the statement's nine words, and
// the document's digest.
func isContent(t *testing.T, l *types.Log, tk chain.Token) {
	t.Helper()
	var prompt []byte
	for _, x := range tk.Bundle.Statement.Vector() {
		word := x.Bytes()
		prompt = append(prompt, word[:]...)
	}
	digest := tk.Bundle.Statement.Metadata
	isEvent(t, l, "AigcData", []common.Hash{word(tk.Bundle.Statement.ID), crypto.Keccak256Hash(prompt), crypto.Keccak256Hash(digest[:])}, tk.Bundle.Proof[:])
}

func word(n uint64) common.Hash { return common.BigToHash(new(big.Int).SetUint64(n)) }

func address(a common.Address) common.Hash { return common.BytesToHash(a[:]) }

// TestConformance_Events holds every event of a mint, a batch, a transfer and an update to
// be a standard's, in this order and no other besides: ERC-4906's on update only.
func TestConformance_Events(t *testing.T) {
	for name, topic := range map[string]string{ // as explorers know them
		"Transfer":       "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
		"MetadataUpdate": "0xf8e1a15aba9398e019f0b49df1a4fde98ee17ae345cb5f6b5e2c27f5033e8ce7",
	} {
		if standards.Events[name].ID.Hex() != topic {
			t.Errorf("%s has the topic %s", name, standards.Events[name].ID)
		}
	}
	w := changing(t)
	alice := account(t, "2").Address
	minted := append(w.tokens([20]byte{}, 4), w.tokens(alice, 5)...)
	logs := w.events(t, w.mint(t, 2, minted...).Txs[0])
	if len(logs) != 4 {
		t.Fatalf("a batch of two has %d events, want 4", len(logs))
	}
	for i, to := range []common.Address{w.owner.Address, alice} {
		isContent(t, logs[2*i], minted[i])
		isEvent(t, logs[2*i+1], "Transfer", []common.Hash{{}, address(to), word(minted[i].Bundle.Statement.ID)})
	}
	one := w.tokens([20]byte{}, 6)[0]
	if logs = w.events(t, w.mint(t, 1, one).Txs[0]); len(logs) != 2 {
		t.Fatalf("a mint has %d events, want 2", len(logs))
	}
	isContent(t, logs[0], one)
	isEvent(t, logs[1], "Transfer", []common.Hash{{}, address(w.owner.Address), word(6)})
	w.force(t, 1)
	later := w.later(1, w.owner.Address, 6)[0]
	if logs = w.events(t, w.update(t, w.Client, later).Txs[0]); len(logs) != 2 {
		t.Fatalf("an update has %d events, want 2", len(logs))
	}
	isContent(t, logs[0], later)
	isEvent(t, logs[1], "MetadataUpdate", nil, big.NewInt(6))
}

// TestConformance_VerifyAnswers holds ERC-7007's view to answer, and never to revert.
func TestConformance_VerifyAnswers(t *testing.T) {
	w := changing(t)
	tk := w.tokens([20]byte{}, 1)[0]
	var prompt []byte
	for _, x := range tk.Bundle.Statement.Vector() {
		b := x.Bytes()
		prompt = append(prompt, b[:]...)
	}
	digest, proof := tk.Bundle.Statement.Metadata, tk.Bundle.Proof
	for _, row := range []struct {
		what                   string
		prompt, content, given []byte
		want                   bool
	}{
		{"what is proven", prompt, digest[:], proof[:], true},
		{"no proof", prompt, digest[:], nil, false},
		{"another content", prompt, make([]byte, 32), proof[:], false},
		{"no prompt", nil, digest[:], proof[:], false},
		{"a proof of zeros", prompt, digest[:], make([]byte, 256), false},
	} {
		if got := w.ask(t, w.contract, "verify", row.prompt, row.content, row.given)[0]; got != row.want {
			t.Errorf("%s: %v", row.what, got)
		}
	}
}

func TestConformance_RoyaltyStaysWithinThePrice(t *testing.T) {
	w := start(t, evm.DefaultID)
	verifier := mustStatus(t, w).Verifier
	w.terms.RoyaltyReceiver = account(t, "3").Address
	for _, fraction := range []uint16{0, 1, 250, 10_000} {
		w.terms.RoyaltyFraction = fraction
		d, err := w.DeployDrop(t.Context(), w.terms, verifier, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, price := range []*big.Int{new(big.Int), big.NewInt(1), big.NewInt(9_999), big.NewInt(1e18), new(big.Int).Lsh(big.NewInt(1), 200)} {
			out := w.ask(t, d.Address, "royaltyInfo", big.NewInt(1), price)
			want := new(big.Int).Mul(price, big.NewInt(int64(fraction)))
			want.Div(want, big.NewInt(10_000))
			if amount := out[1].(*big.Int); amount.Cmp(want) != 0 || amount.Cmp(price) > 0 || out[0] != w.terms.RoyaltyReceiver {
				t.Errorf("%d/10000 of %d: %v", fraction, price, out)
			}
		}
	}
	w.terms.RoyaltyFraction = 10_001
	var no *chain.Revert
	if _, err := w.DeployDrop(t.Context(), w.terms, verifier, true); !errors.As(err, &no) || no.Name != "ERC2981InvalidDefaultRoyalty" {
		t.Errorf("more than the price: %v", err)
	}
	w.terms.RoyaltyFraction, w.terms.RoyaltyReceiver = 250, common.Address{}
	d, err := w.DeployDrop(t.Context(), w.terms, verifier, true)
	if err != nil {
		t.Fatal(err)
	}
	if out := w.ask(t, d.Address, "royaltyInfo", big.NewInt(1), big.NewInt(1e18)); out[0] != (common.Address{}) || out[1].(*big.Int).Sign() != 0 {
		t.Errorf("without a receiver: %v", out)
	}
}
