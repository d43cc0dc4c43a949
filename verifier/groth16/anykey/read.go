package anykey

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Read reads a key in the first form that fits: genproof's file, snarkjs's JSON, a verifier
// of snarkjs or gnark in Solidity, gnark's file. Other bytes are [ErrUnknown]. What is read
// of a hostile file costs time and memory in proportion to its length, at most [MaxBytes].
func Read(data []byte) (*Key, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: it has more than %d bytes", ErrUnknown, MaxBytes)
	}
	if k, fits, err := readOwn(data); fits {
		return k, err
	}
	if text := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))); utf8.Valid(text) {
		if bytes.HasPrefix(text, []byte("{")) {
			return readSnarkjs(text)
		}
		if k, fits, err := readSource(text); fits {
			return k, err
		}
	}
	k, err := readGnark(data)
	if err != nil {
		return nil, fmt.Errorf("%w (as %w)", ErrUnknown, err)
	}
	return k, nil
}
