//go:build js

package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"syscall/js"

	"github.com/genproof/genproof/chain/deckcall"
	"github.com/genproof/genproof/ipfs/car"
)

// block checks that bytes are the block of a CID, and returns an object of the page's: section,
// the block as it stands in a CAR, and links, the texts of the CIDs that it names. Without bytes
// the object has header: how a CAR with this root begins.
func block(in js.Value) (js.Value, error) {
	text, err := textIn(in, "cid")
	if err != nil {
		return js.Value{}, err
	}
	c, err := car.DecodeCID(text)
	if err != nil {
		return js.Value{}, fmt.Errorf("CID %.80q: %w", text, err)
	}
	out := js.Global().Get("Object").New()
	v := member(in, "bytes")
	if v.IsUndefined() {
		if c.IsRaw() {
			return js.Value{}, errors.New("this is the CID of one file: want that of a published folder")
		}
		out.Set("header", ownBytes(car.Header(c)))
		return out, nil
	}
	data, err := wholeOf("block "+text, v, car.MaxBlockBytes)
	if err == nil {
		err = c.Check(data)
	}
	if err != nil {
		return js.Value{}, err
	}
	links := []any{}
	if !c.IsRaw() {
		list, err := car.Links(data)
		if err != nil {
			return js.Value{}, fmt.Errorf("block %s: %w", c, err)
		}
		for _, link := range list {
			links = append(links, link.CID.String())
		}
	}
	out.Set("links", js.ValueOf(links))
	out.Set("section", ownBytes(car.Section(c, data)))
	return out, nil
}

// chain compares the contract at the text contract, on the chain with the number in the text
// chain, with what is published in car or files, by what the functions of node answer: call(to,
// data) and code(at) take text in hex and return a promise of a Uint8Array, call of null if the
// contract refuses. tokens are ids in text, with commas between them.
func chain(in js.Value) (string, error) {
	t, err := trust(in)
	if err != nil {
		return "", err
	}
	p, err := open(in, t)
	if err != nil {
		return "", err
	}
	defer p.Close()
	if p.Deck == nil {
		return "", errors.New("only decks are compared with their contracts here: for a drawn drop there is genproof verify --rpc")
	}
	at, err := contractIn(in)
	if err != nil {
		return "", err
	}
	number, err := textIn(in, "chain")
	if err != nil {
		return "", err
	}
	chainID, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		return "", fmt.Errorf("the chain's number is %.80q: want at most 64 bits", number)
	}
	o := deckcall.Options{Deck: p.Deck, Key: p.Key, Directory: p.Directory}
	if o.Tokens, err = tokensIn(in); err != nil {
		return "", err
	}
	r, err := deckcall.Check(node{member(in, "node")}, chainID, at, o)
	if err != nil {
		return "", err
	}
	return textOf(r), nil
}

func contractIn(in js.Value) (at deckcall.Address, err error) {
	text, err := textIn(in, "contract")
	if err != nil {
		return at, err
	}
	b, err := hex.DecodeString(strings.TrimPrefix(text, "0x"))
	if err != nil || len(b) != len(at) {
		return at, errors.New("the contract's address is no 0x and 40 hex digits")
	}
	return deckcall.Address(b), nil
}

func tokensIn(in js.Value) (ids []uint64, err error) {
	text, err := textIn(in, "tokens")
	if err != nil || strings.TrimSpace(text) == "" {
		return nil, err
	}
	for part := range strings.SplitSeq(text, ",") {
		id, err := strconv.ParseUint(strings.TrimSpace(part), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%.40q is no number of a token: want 1,2,7", part)
		}
		if ids = append(ids, id); len(ids) > deckcall.MaxTokens {
			return nil, fmt.Errorf("at most %d tokens at once", deckcall.MaxTokens)
		}
	}
	return ids, nil
}

// A node is the page's functions call and code.
type node struct{ functions js.Value }

func (n node) Call(to deckcall.Address, data []byte) ([]byte, error) {
	v, err := n.ask("call", to.String(), "0x"+hex.EncodeToString(data))
	if err == nil && v.IsNull() {
		err = deckcall.ErrReverted
	}
	if err != nil {
		return nil, err
	}
	return bytesOf("the node's answer", v)
}

func (n node) Code(at deckcall.Address) ([]byte, error) {
	v, err := n.ask("code", at.String())
	if err != nil {
		return nil, err
	}
	return bytesOf("the node's answer", v)
}

// ask calls a function of the page and waits for what it promises. The goroutine of the call
// waits: the page goes on.
func (n node) ask(name string, args ...any) (js.Value, error) {
	type settled struct {
		v   js.Value
		err error
	}
	done := make(chan settled, 1)
	good := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{v: args[0]}
		return nil
	})
	bad := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{err: errors.New(js.Global().Get("String").Invoke(member(args[0], "message")).String())}
		return nil
	})
	defer good.Release()
	defer bad.Release()
	js.Global().Get("Promise").Call("resolve", n.functions.Call(name, args...)).Call("then", good, bad)
	x := <-done
	return x.v, x.err
}
