package chain

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// MaxAllowances bounds an allow list.
const MaxAllowances = 1 << 18

// An Allowance is how many tokens, at least 1, an account may mint by a list.
type Allowance struct {
	Account common.Address
	Tokens  uint64
}

// leaf is keccak256(keccak256(abi.encode(account, tokens))): hashed twice, so that no node of a tree
// is a leaf.
func (a Allowance) leaf() [32]byte {
	words := append(common.LeftPadBytes(a.Account[:], 32), new(big.Int).SetUint64(a.Tokens).FillBytes(make([]byte, 32))...)
	return crypto.Keccak256Hash(crypto.Keccak256(words))
}

// An AllowList is a Merkle tree of allowances, node for node the StandardMerkleTree over
// (address, uint256) of OpenZeppelin's JavaScript library merkle-tree 1.0.8. It is an array: the
// root first, the children of node i at 2i+1 and 2i+2, the leaves last, in falling order of their hashes. A
// node is keccak256 of its children, the smaller one first.
type AllowList struct {
	allowances []Allowance // as they were given
	leaves     []int       // of each, its node
	tree       [][32]byte  // 2n−1 nodes
}

// NewAllowList returns the tree of 1 to MaxAllowances allowances, each account once. Their order
// changes nothing but the file's.
func NewAllowList(allowances []Allowance) (*AllowList, error) {
	n := len(allowances)
	if n < 1 || n > MaxAllowances {
		return nil, fmt.Errorf("an allow list of %d accounts, want 1 to %d", n, MaxAllowances)
	}
	l := &AllowList{slices.Clone(allowances), make([]int, n), make([][32]byte, 2*n-1)}
	seen := make(map[common.Address]bool, n)
	order, hashes := make([]int, n), make([][32]byte, n)
	for i, a := range allowances {
		if a.Tokens == 0 {
			return nil, fmt.Errorf("the allow list grants %s nothing", a.Account)
		}
		if seen[a.Account] {
			return nil, fmt.Errorf("the allow list has %s twice", a.Account)
		}
		seen[a.Account], order[i], hashes[i] = true, i, a.leaf()
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(hashes[a][:], hashes[b][:]) })
	for i, which := range order {
		node := len(l.tree) - 1 - i
		l.leaves[which], l.tree[node] = node, hashes[which]
	}
	for i := n - 2; i >= 0; i-- {
		l.tree[i] = nodeOver(l.tree[2*i+1], l.tree[2*i+2])
	}
	return l, nil
}

func nodeOver(a, b [32]byte) [32]byte {
	if bytes.Compare(a[:], b[:]) > 0 {
		a, b = b, a
	}
	return crypto.Keccak256Hash(a[:], b[:])
}

// Root is what a sale is opened with: see [Sale].
func (l *AllowList) Root() [32]byte { return l.tree[0] }

// ErrNotListed says that an allow list does not have an account.
var ErrNotListed = errors.New("the account is not on the allow list")

// Path returns what the list grants an account, and the path that [Client.BuyListed] takes: the
// siblings from the leaf to the root, none in a list of one.
func (l *AllowList) Path(account common.Address) (tokens uint64, path [][32]byte, err error) {
	i := slices.IndexFunc(l.allowances, func(a Allowance) bool { return a.Account == account })
	if i < 0 {
		return 0, nil, fmt.Errorf("%s: %w", account, ErrNotListed)
	}
	for node := l.leaves[i]; node > 0; node = (node - 1) / 2 {
		sibling := node + 1
		if node%2 == 0 {
			sibling = node - 1
		}
		path = append(path, l.tree[sibling])
	}
	return l.allowances[i].Tokens, path, nil
}
