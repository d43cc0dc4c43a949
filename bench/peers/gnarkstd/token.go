package gnarkstd

import (
	"errors"
	"reflect"
	"runtime"
	"strings"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/uints"
	"github.com/consensys/gnark/std/permutation/sha2"

	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"

	"github.com/genproof/genproof/bench/peers/groth"
	"github.com/genproof/genproof/bench/peers/ours"
)

// tokenCircuit is genproof's cid circuit whose SHA-256 is gnark's gadget. All the rest is
// the original's own Define, run until it reaches its first SHA-256 row, which is behind
// everything else: a copy of the statement here would in time be another statement.
type tokenCircuit struct {
	generation.CIDCircuit
}

// Token is the statement of cid/standard.
func Token(dir string) (*groth.Case, error) {
	c, err := ours.Token(dir, statement.CID)
	if err != nil {
		return nil, err
	}
	return &groth.Case{
		Circuit:    &tokenCircuit{*c.Circuit.(*generation.CIDCircuit)},
		Assignment: &tokenCircuit{*c.Assignment.(*generation.CIDCircuit)},
	}, nil
}

// Define is the original's statement with the other digest.
func (c *tokenCircuit) Define(api frontend.API) error {
	body, midstate, err := untilSHA(api, &c.CIDCircuit)
	if err != nil {
		return err
	}
	words, err := uints.New[uints.U32](api)
	if err != nil {
		return err
	}
	var state [8]uints.U32
	for i := range state {
		state[i] = words.PackMSB(bytesOf(api, words.Bytes, midstate[32*i:32*i+32])...)
	}
	for ; len(body) > 0; body = body[512:] {
		state = sha2.Permute(words, state, [64]uints.U8(bytesOf(api, words.Bytes, body[:512])))
	}
	var digest []uints.U8
	for _, word := range state {
		digest = append(digest, words.UnpackMSB(word)...)
	}
	api.AssertIsEqual(c.MetadataHigh, number(api, words.Bytes, digest[:16]))
	api.AssertIsEqual(c.MetadataLow, number(api, words.Bytes, digest[16:]))
	return nil
}

// bytesOf packs bits, the most significant of each byte first.
func bytesOf(api frontend.API, bytes *uints.Bytes, b []frontend.Variable) []uints.U8 {
	out := make([]uints.U8, len(b)/8)
	for i := range out {
		var v frontend.Variable = 0
		for _, bit := range b[8*i : 8*i+8] {
			v = api.Add(api.Mul(2, v), bit)
		}
		out[i] = bytes.ValueOf(v)
	}
	return out
}

// errOriginal: the original has changed in a way that this package does not follow.
var errOriginal = errors.New("gnarkstd: the cid circuit does not end with SHA-256 over its body")

// untilSHA defines all rows of the circuit before the first of SHA-256 and returns the bits
// that SHA-256 would read, the most significant first: the body's blocks and the midstate.
func untilSHA(api frontend.API, c *generation.CIDCircuit) (body, midstate []frontend.Variable, err error) {
	cut := &cutter{Compiler: api.Compiler()}
	defer func() {
		if cause := recover(); cause != nil {
			if cause != cut {
				panic(cause)
			}
			body, midstate, err = cut.inputs(api, c.Size, c.Document.Template.Length)
		}
	}()
	if err := c.Define(cutAPI{api, cut}); err != nil {
		return nil, nil, err
	}
	return nil, nil, errOriginal
}

// cutAPI is a builder whose hints go through the cutter.
type cutAPI struct {
	frontend.API
	cut *cutter
}

func (a cutAPI) Compiler() frontend.Compiler { return a.cut }

// A cutter collects what values are split into, and panics with itself at the first hint
// of SHA-256.
type cutter struct {
	frontend.Compiler
	splits [][]frontend.Variable // the most significant bit first
}

// NewHint watches for gnark's bit splits, which the document's bytes come from.
func (c *cutter) NewHint(f solver.Hint, n int, in ...frontend.Variable) ([]frontend.Variable, error) {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	if strings.Contains(name, "/circuits/sha256.") {
		panic(c)
	}
	out, err := c.Compiler.NewHint(f, n, in...)
	if err == nil && strings.Contains(name, "/std/math/bits.") {
		split := make([]frontend.Variable, n)
		for i := range out {
			split[n-1-i] = out[i]
		}
		c.splits = append(c.splits, split)
	}
	return out, err
}

// SetKeyValue and GetKeyValue are what gadgets expect of a builder besides its interface.
func (c *cutter) SetKeyValue(key, value any) { c.store().SetKeyValue(key, value) }

func (c *cutter) GetKeyValue(key any) any { return c.store().GetKeyValue(key) }

type keyValueStore interface {
	SetKeyValue(key, value any)
	GetKeyValue(key any) any
}

func (c *cutter) store() keyValueStore { return c.Compiler.(keyValueStore) }

// The end block: constant texts of FORMAT around the root's 43 characters, SHA-256's first padding byte
// and 8 bytes of the length in bits.
const (
	rootKey         = `],"root":"`
	afterRoot       = "\"}\x80"
	rootChars       = 43
	lengthBits      = 32
	lengthAndWidths = lengthBits + 9 // the element holds the widths of ids, too
)

// inputs finds the blocks, each split in chunks of 16, 248 and 248 bits, the characters of the root, 8
// bits each, and the midstate, which is split last. The length is not split by gnark's gadget: its bits
// are taken anew, which adds no more rows than they are.
func (c *cutter) inputs(api frontend.API, size statement.Size, length frontend.Variable) (body, midstate []frontend.Variable, err error) {
	n := len(c.splits)
	if n < 2 || len(c.splits[n-1]) != 128 || len(c.splits[n-2]) != 128 {
		return nil, nil, errOriginal
	}
	midstate = append(append(midstate, c.splits[n-2]...), c.splits[n-1]...)
	for _, split := range c.splits[:n-2] {
		if len(body) == 512*size.Blocks {
			body = append(body, constantBits(rootKey)...)
		}
		body = append(body, split...)
	}
	body = append(body, constantBits(afterRoot)...)
	for range 64 - lengthBits {
		body = append(body, 0)
	}
	low := api.ToBinary(length, lengthAndWidths)
	for i := lengthBits - 1; i >= 0; i-- {
		body = append(body, low[i])
	}
	if len(body) != 512*(size.Blocks+1) || n-2 != 3*size.Blocks+rootChars {
		return nil, nil, errOriginal
	}
	return body, midstate, nil
}

// constantBits are a text's bits, the most significant of each byte first.
func constantBits(text string) (out []frontend.Variable) {
	for _, b := range []byte(text) {
		for i := 7; i >= 0; i-- {
			out = append(out, int(b>>i&1))
		}
	}
	return out
}
