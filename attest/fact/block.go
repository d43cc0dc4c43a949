package fact

import (
	"errors"
	"math/big"
)

// A header is what a fact needs of a block's header.
type header struct {
	state, transactions, receipts [32]byte // roots of trees
	number, time                  uint64   // time in seconds since 1970
}

// headerForm are the members of a header: those from the base fee on came one after the other.
var headerForm = []int{32, 32, 20, 32, 32, 32, 256, anyNumber, anyNumber, anyWord, anyWord, anyWord, anyBytes, 32, 8, anyNumber, 32, anyWord, anyWord, 32, 32, 32, anyWord}

const oldestHeader = 15 // members

func parseHeader(b []byte) (h header, err error) {
	list, err := items(b, oldestHeader, len(headerForm))
	if err != nil {
		return h, err
	}
	if !have(list, headerForm) || len(list[8].data) > 8 {
		return h, errors.New("its members are not those of a header")
	}
	h = header{state: [32]byte(list[3].data), transactions: [32]byte(list[4].data), receipts: [32]byte(list[5].data), number: uintOf(list[8].data), time: uintOf(list[11].data)}
	return h, nil
}

// A shape is how a kind of transaction is written. chain is -1 where only the signature tells of it.
type shape struct {
	form        []int
	data, chain int // places of members
}

// shapes are those of transactions, by their first byte, 0 for the oldest: EIP-2718, 2930, 1559, 4844, 7702.
var shapes = map[byte]shape{
	0: {[]int{anyWord, anyNumber, anyWord, anyMaker, anyNumber, anyBytes, anyNumber, anyNumber, anyNumber}, 5, -1},
	1: {[]int{anyNumber, anyWord, anyNumber, anyWord, anyMaker, anyNumber, anyBytes, anyList, anyNumber, anyNumber, anyNumber}, 6, 0},
	2: {[]int{anyNumber, anyWord, anyNumber, anyNumber, anyWord, anyMaker, anyNumber, anyBytes, anyList, anyNumber, anyNumber, anyNumber}, 7, 0},
	3: {[]int{anyNumber, anyWord, anyNumber, anyNumber, anyWord, 20, anyNumber, anyBytes, anyList, anyNumber, anyList, anyNumber, anyNumber, anyNumber}, 7, 0},
	4: {[]int{anyNumber, anyWord, anyNumber, anyNumber, anyWord, 20, anyNumber, anyBytes, anyList, anyList, anyNumber, anyNumber, anyNumber}, 7, 0},
}

var errKind = errors.New("its kind is none that this version reads")

// opened takes the byte that names the kind off a transaction or receipt.
func opened(b []byte) (kind byte, rest []byte, err error) {
	switch {
	case len(b) == 0 || b[0] == 0:
		return 0, nil, errKind
	case b[0] >= 0xc0:
		return 0, b, nil // the oldest are a list
	}
	if _, known := shapes[b[0]]; !known {
		return 0, nil, errKind
	}
	return b[0], b[1:], nil
}

// parseTransaction returns a transaction's data, and the chain that it says it is of: nil if its signature
// holds on all chains.
func parseTransaction(b []byte) (data []byte, chain *big.Int, err error) {
	kind, rest, err := opened(b)
	if err != nil {
		return nil, nil, err
	}
	s := shapes[kind]
	list, err := items(rest, len(s.form), len(s.form))
	if err != nil {
		return nil, nil, err
	}
	if !have(list, s.form) {
		return nil, nil, errors.New("its members are not those of its kind")
	}
	if data = list[s.data].data; s.chain >= 0 {
		return data, list[s.chain].number(), nil
	}
	chain, err = chainOf(list[6].number())
	return data, chain, err
}

// chainOf is the chain in the v of an old transaction's signature, EIP-155.
func chainOf(v *big.Int) (*big.Int, error) {
	switch {
	case v.Cmp(big.NewInt(27)) == 0 || v.Cmp(big.NewInt(28)) == 0 || v.Cmp(big.NewInt(1)) <= 0:
		return nil, nil
	case v.Cmp(big.NewInt(35)) < 0:
		return nil, errors.New("its signature has a v that is none")
	}
	v.Sub(v, big.NewInt(35))
	return v.Rsh(v, 1), nil
}

var (
	receiptForm = []int{anyStatus, anyWord, 256, anyList}
	logForm     = []int{20, anyList, anyBytes}
)

// maxLogs bounds the events of a receipt: a block's gas is enough for fewer.
const maxLogs = 1 << 17

func parseReceipt(b []byte) (succeeded bool, logs []Log, err error) {
	_, rest, err := opened(b)
	if err != nil {
		return false, nil, err
	}
	list, err := items(rest, len(receiptForm), len(receiptForm))
	if err != nil {
		return false, nil, err
	}
	if !have(list, receiptForm) {
		return false, nil, errors.New("its members are not those of a receipt")
	}
	told, err := list[3].items(0, maxLogs)
	if err != nil {
		return false, nil, err
	}
	for _, x := range told {
		l, err := parseLog(x)
		if err != nil {
			return false, nil, err
		}
		logs = append(logs, l)
	}
	return len(list[0].data) == 1, logs, nil
}

func parseLog(x item) (l Log, err error) {
	list, err := x.items(len(logForm), len(logForm))
	if err != nil {
		return l, err
	}
	if !have(list, logForm) {
		return l, errors.New("its events are none")
	}
	topics, err := list[1].items(0, 4)
	if err != nil {
		return l, err
	}
	l = Log{Address: [20]byte(list[0].data), Data: list[2].data}
	for _, t := range topics {
		if !t.is(32) {
			return l, errors.New("its events are none")
		}
		l.Topics = append(l.Topics, [32]byte(t.data))
	}
	return l, nil
}

// codeOf returns the hash of an account's code.
func codeOf(account []byte) (hash [32]byte, err error) {
	list, err := items(account, 4, 4)
	if err != nil {
		return hash, err
	}
	if !have(list, []int{anyWord, anyNumber, 32, 32}) {
		return hash, errors.New("its members are not those of an account")
	}
	return [32]byte(list[3].data), nil
}
