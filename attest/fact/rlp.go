package fact

import (
	"encoding/binary"
	"errors"
	"math/big"
)

// An item is a value of RLP, appendix B of the yellow paper: bytes, or a list of items one after the other.
type item struct {
	list bool
	data []byte
	all  []byte // with what stands before the data
}

var errRLP = errors.New("it is not in the one form of RLP")

// split returns the first item of b.
func split(b []byte) (x item, rest []byte, err error) {
	if len(b) == 0 {
		return x, nil, errRLP
	}
	head := b[0]
	if head < 0x80 {
		return item{data: b[:1], all: b[:1]}, b[1:], nil
	}
	base := byte(0x80)
	if x.list = head >= 0xc0; x.list {
		base = 0xc0
	}
	start, length := 1, uint64(head-base)
	if length > 55 { // the length follows, in 1 to 8 bytes
		start += int(length - 55)
		if len(b) < start || b[1] == 0 {
			return x, nil, errRLP
		}
		if length = uintOf(b[1:start]); length < 56 {
			return x, nil, errRLP
		}
	}
	if length > uint64(len(b)-start) {
		return x, nil, errRLP
	}
	x.all = b[:start+int(length)]
	x.data = x.all[start:]
	if !x.list && length == 1 && x.data[0] < 0x80 {
		return x, nil, errRLP // one byte stands for itself
	}
	return x, b[len(x.all):], nil
}

// uintOf reads a number of at most 8 bytes, big-endian.
func uintOf(b []byte) uint64 {
	var word [8]byte
	copy(word[8-len(b):], b)
	return binary.BigEndian.Uint64(word[:])
}

// items returns those of a list that is all of b, of which there are least to most.
func items(b []byte, least, most int) ([]item, error) {
	x, rest, err := split(b)
	if err != nil || len(rest) > 0 {
		return nil, errRLP
	}
	return x.items(least, most)
}

func (x item) items(least, most int) (list []item, err error) {
	if !x.list {
		return nil, errRLP
	}
	for rest := x.data; len(rest) > 0; {
		if len(list) == most {
			return nil, errRLP
		}
		var next item
		if next, rest, err = split(rest); err != nil {
			return nil, err
		}
		list = append(list, next)
	}
	if len(list) < least {
		return nil, errRLP
	}
	return list, nil
}

// The forms of an item that are no number of bytes.
const (
	anyBytes = -1 - iota
	anyNumber
	anyWord   // a number of 64 bits
	anyMaker  // an address, or nothing: a contract is made
	anyList   // whose items nobody looks at
	anyStatus // of a receipt: 1, nothing, or a root of the state
)

// is reports whether an item has a form, or so many bytes.
func (x item) is(form int) bool {
	n := len(x.data)
	whole := n == 0 || x.data[0] != 0 // a number has no zeros before it
	switch {
	case x.list:
		return form == anyList
	case form == anyBytes:
		return true
	case form == anyNumber:
		return whole
	case form == anyWord:
		return whole && n <= 8
	case form == anyMaker:
		return n == 0 || n == 20
	case form == anyStatus:
		return n == 0 || n == 1 && x.data[0] == 1 || n == 32
	}
	return n == form
}

// have reports whether items have the forms, those at the end as far as they are there.
func have(list []item, forms []int) bool {
	for i, x := range list {
		if !x.is(forms[i]) {
			return false
		}
	}
	return true
}

func (x item) number() *big.Int { return new(big.Int).SetBytes(x.data) }

// number writes n as RLP does.
func number(n uint64) []byte {
	b := new(big.Int).SetUint64(n).Bytes()
	if len(b) == 1 && b[0] < 0x80 {
		return b
	}
	return append([]byte{0x80 + byte(len(b))}, b...)
}
