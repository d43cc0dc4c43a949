package chain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/genproof/genproof/bundle"
)

// MaxAllowListBytes bounds the file of an allow list.
const MaxAllowListBytes = 64 << 20

const (
	listFormat   = "standard-v1"
	listEncoding = `["address","uint256"]`
	maxElement   = 512 // bytes of one node or one value
)

// A listFile is what the library's dump writes and its load reads.
type listFile struct {
	Format   string          `json:"format"`
	Encoding json.RawMessage `json:"leafEncoding"`
	Tree     json.RawMessage `json:"tree"`
	Values   json.RawMessage `json:"values"`
}

type listValue struct {
	Value [2]string `json:"value"` // account and tokens
	Node  int       `json:"treeIndex"`
}

// Marshal writes the list as the library's dump does, so that StandardMerkleTree.load reads it.
func (l *AllowList) Marshal() ([]byte, error) {
	nodes, values := make([]hexutil.Bytes, len(l.tree)), make([]listValue, len(l.allowances))
	for i := range l.tree {
		nodes[i] = l.tree[i][:]
	}
	for i, a := range l.allowances {
		values[i] = listValue{[2]string{a.Account.Hex(), strconv.FormatUint(a.Tokens, 10)}, l.leaves[i]}
	}
	tree, err := json.Marshal(nodes)
	if err != nil {
		return nil, err
	}
	list, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	return json.Marshal(listFile{listFormat, json.RawMessage(listEncoding), tree, list})
}

// ParseAllowList reads what the library's dump or [AllowList.Marshal] writes. The tree is computed
// again: a file whose nodes are not those of its values is refused, and so is a tree whose leaves are
// in another order than the library's own.
func ParseAllowList(data []byte) (*AllowList, error) {
	l, err := parseAllowList(data)
	if err != nil {
		return nil, fmt.Errorf("reading the allow list: %w", err)
	}
	return l, nil
}

func parseAllowList(data []byte) (*AllowList, error) {
	var f listFile
	if err := readStrictly(data, &f); err != nil {
		return nil, errors.New("it is not a dump of OpenZeppelin's merkle-tree")
	}
	var encoding bytes.Buffer
	if f.Format != listFormat || len(f.Encoding) > maxElement || json.Compact(&encoding, f.Encoding) != nil || encoding.String() != listEncoding {
		return nil, fmt.Errorf("want the format %s over %s", listFormat, listEncoding)
	}
	var allowances []Allowance
	var leaves []int
	err := eachElement(f.Values, MaxAllowances, func(i int, raw json.RawMessage) error {
		a, node, err := readAllowance(raw)
		if err != nil {
			return fmt.Errorf("value %d: %w", i, err)
		}
		allowances, leaves = append(allowances, a), append(leaves, node)
		return nil
	})
	if err != nil {
		return nil, err
	}
	l, err := NewAllowList(allowances)
	if err != nil {
		return nil, err
	}
	return l, l.matches(leaves, f.Tree)
}

var errOtherTree = errors.New("its tree is not the one of its accounts, as OpenZeppelin's merkle-tree makes it")

// matches compares the tree with the one of a file.
func (l *AllowList) matches(leaves []int, tree json.RawMessage) error {
	for i, node := range leaves {
		if l.leaves[i] != node {
			return errOtherTree
		}
	}
	n := 0
	err := eachElement(tree, len(l.tree), func(i int, raw json.RawMessage) error {
		var node hexutil.Bytes
		if json.Unmarshal(raw, &node) != nil || !bytes.Equal(node, l.tree[i][:]) {
			return errOtherTree
		}
		n++
		return nil
	})
	if err == nil && n < len(l.tree) {
		err = errOtherTree
	}
	return err
}

// readAllowance reads a value. The number of tokens can be a text or a number.
func readAllowance(raw json.RawMessage) (a Allowance, node int, err error) {
	var v struct {
		Value []json.RawMessage `json:"value"`
		Node  int               `json:"treeIndex"`
	}
	if readStrictly(raw, &v) != nil || len(v.Value) != 2 {
		return a, 0, errors.New("want an account, a number of tokens and its treeIndex")
	}
	var account string
	if err := json.Unmarshal(v.Value[0], &account); err != nil {
		return a, 0, errors.New("want an account's address")
	}
	if a.Account, err = bundle.ParseAddress(account); err != nil {
		return a, 0, err
	}
	tokens := string(bytes.Trim(v.Value[1], `"`))
	if a.Tokens, err = strconv.ParseUint(tokens, 10, 64); err != nil {
		return a, 0, errors.New("the number of tokens is none of 64 bits in decimal")
	}
	return a, v.Node, nil
}

// readStrictly reads one JSON value that knows no other members.
func readStrictly(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("there is more behind it")
	}
	return nil
}

// eachElement hands the elements of an array to take, at most a number of them, each of at most
// maxElement bytes: none is unfolded before it is known to be short.
func eachElement(array json.RawMessage, most int, take func(i int, raw json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(array))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return errors.New("tree and values are arrays")
	}
	for i := 0; d.More(); i++ {
		var raw json.RawMessage
		switch err := d.Decode(&raw); {
		case err != nil:
			return err
		case i == most:
			return fmt.Errorf("an array has more than %d elements", most)
		case len(raw) > maxElement:
			return fmt.Errorf("an element of %d bytes", len(raw))
		}
		if err := take(i, raw); err != nil {
			return err
		}
	}
	return nil
}
