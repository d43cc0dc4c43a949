package evidence

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// A Place is where a block stands: its chain and its number.
type Place struct{ Chain, Number uint64 }

// Checkpoints are blocks that a reader knows, by their hashes.
type Checkpoints map[Place][32]byte

// maxCheckpoints bounds what one reader names.
const maxCheckpoints = 1 << 12

// ParseCheckpoints reads blocks, each as CHAIN:NUMBER:HASH, the hash as 64 hex digits with 0x or without. Two
// hashes for one place are an error.
func ParseCheckpoints(texts []string) (Checkpoints, error) {
	if len(texts) > maxCheckpoints {
		return nil, fmt.Errorf("%d blocks, at most %d are taken", len(texts), maxCheckpoints)
	}
	list := Checkpoints{}
	for _, text := range texts {
		at, hash, ok := parseCheckpoint(text)
		if !ok {
			return nil, fmt.Errorf("want CHAIN:NUMBER:HASH, got %.120q", text)
		}
		if known, twice := list[at]; twice && known != hash {
			return nil, fmt.Errorf("block %d of chain %d is named with two hashes", at.Number, at.Chain)
		}
		list[at] = hash
	}
	return list, nil
}

func parseCheckpoint(text string) (at Place, hash [32]byte, ok bool) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return at, hash, false
	}
	var err, bad error
	at.Chain, err = strconv.ParseUint(parts[0], 10, 64)
	at.Number, bad = strconv.ParseUint(parts[1], 10, 64)
	digits, _ := strings.CutPrefix(parts[2], "0x")
	raw, worse := hex.DecodeString(digits)
	if err != nil || bad != nil || worse != nil || len(raw) != len(hash) {
		return at, hash, false
	}
	return at, [32]byte(raw), true
}

// Blocks are these and no others; nil if there are none.
func (c Checkpoints) Blocks() Blocks {
	if len(c) == 0 {
		return nil
	}
	return func(chainID, number uint64, hash [32]byte) bool {
		known, there := c[Place{chainID, number}]
		return there && known == hash
	}
}
