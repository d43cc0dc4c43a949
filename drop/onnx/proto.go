package onnx

import (
	"errors"
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// A message is one of protocol buffers, field by field: numbers and strings as they stand on
// the wire.
type message struct {
	data []byte
}

// errWire says that bytes are no message.
var errWire = errors.New("not a protocol buffer")

// A value is a field's: a number, or bytes.
type value struct {
	number uint64
	bytes  []byte
	wire   protowire.Type
}

// each calls visit for every field in order. It stops at the first error.
func (m message) each(visit func(field int, v value) error) error {
	for at := m.data; len(at) > 0; {
		field, wire, n := protowire.ConsumeTag(at)
		if n < 0 {
			return errWire
		}
		at = at[n:]
		v := value{wire: wire}
		switch wire {
		case protowire.VarintType:
			v.number, n = protowire.ConsumeVarint(at)
		case protowire.BytesType:
			v.bytes, n = protowire.ConsumeBytes(at)
		default: // floats, groups: skipped, or refused by whoever reads the field
			n = protowire.ConsumeFieldValue(field, wire, at)
		}
		if n < 0 {
			return errWire
		}
		at = at[n:]
		if err := visit(int(field), v); err != nil {
			return err
		}
	}
	return nil
}

// text returns a string field's, of at most 256 bytes.
func (v value) text() (string, error) {
	if v.wire != protowire.BytesType || len(v.bytes) > 256 {
		return "", errors.New("a name is too long, or not one")
	}
	return string(v.bytes), nil
}

// whole returns a number field's.
func (v value) whole() (int64, error) {
	if v.wire != protowire.VarintType {
		return 0, errors.New("a number is none")
	}
	return int64(v.number), nil
}

// message returns an embedded message.
func (v value) message() (message, error) {
	if v.wire != protowire.BytesType {
		return message{}, errWire
	}
	return message{v.bytes}, nil
}

// numbers appends a repeated number field's: packed, or one alone.
func (v value) numbers(to []int64, most int) ([]int64, error) {
	if v.wire == protowire.VarintType {
		to = append(to, int64(v.number))
	} else {
		for at := v.bytes; len(at) > 0; {
			x, n := protowire.ConsumeVarint(at)
			if n < 0 || v.wire != protowire.BytesType {
				return nil, errWire
			}
			to, at = append(to, int64(x)), at[n:]
			if len(to) > most {
				break
			}
		}
	}
	if len(to) > most {
		return nil, fmt.Errorf("more than %d numbers", most)
	}
	return to, nil
}
