//go:build js

// Verify-wasm is the verifier for pages: what package publication reads and judges, and
// nothing of gnark's frontend, of boxo or of the network. Built with
//
//	GOOS=js GOARCH=wasm go build -trimpath -ldflags=-s -o verify.wasm ./cmd/verify-wasm
//
// and run by the wasm_exec.js of the same Go, it sets
//
//	genproofVerify({car: Uint8Array})                     a CAR
//	genproofVerify({files: {"drop.json": Uint8Array, …}})  a folder: paths and bytes
//	genproofVerify({claim: Uint8Array, description})      a claim about a card of a deck
//
// which returns a promise of a report in JSON, or rejects with an Error if nothing could be
// judged: the instance goes on after either. With description and key, both Uint8Array, the
// caller says what it trusts instead of what is published along; anything else there but
// undefined is an error, so that a failed download does not lower what is asked.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"syscall/js"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

func main() {
	js.Global().Set("genproofVerify", js.FuncOf(verify))
	select {} // the page calls when it likes
}

// verify returns the promise of a report.
func verify(_ js.Value, args []js.Value) any {
	work := js.FuncOf(func(_ js.Value, settle []js.Value) any {
		go func() {
			report, err := judge(args)
			if err != nil {
				settle[1].Invoke(js.Global().Get("Error").New(err.Error()))
				return
			}
			settle[0].Invoke(report)
		}()
		return nil
	})
	defer work.Release() // the constructor calls it at once
	return js.Global().Get("Promise").New(work)
}

// judge turns a panic into an error: getters of the page's objects throw what they like, and
// an instance that has ended answers no other call.
func judge(args []js.Value) (report string, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			report, err = "", fmt.Errorf("judging: %v", fault)
		}
	}()
	if len(args) != 1 || args[0].Type() != js.TypeObject {
		return "", errForm
	}
	if v := member(args[0], "claim"); !v.IsUndefined() {
		return judgeClaim(args[0], v)
	}
	p, err := open(args[0])
	if err != nil {
		return "", err
	}
	defer p.Close()
	r, err := p.Judge(context.Background())
	if err != nil {
		return "", err
	}
	return reportOf(p, r), nil
}

var errForm = errors.New("want one object with car, files or claim")

func open(in js.Value) (*publication.Publication, error) {
	t, err := trust(in)
	if err != nil {
		return nil, err
	}
	if v := member(in, "car"); !v.IsUndefined() {
		data, err := bytesOf("car", v)
		if err != nil {
			return nil, err
		}
		return publication.ReadCAR(bytes.NewReader(data), int64(len(data)), t)
	}
	v := member(in, "files")
	if v.Type() != js.TypeObject {
		return nil, errForm
	}
	list := publication.Files{}
	names := js.Global().Get("Object").Call("keys", v)
	for i := range names.Length() {
		name := names.Index(i).String()
		if list[name], err = bytesOf(name, member(v, name)); err != nil {
			return nil, err
		}
	}
	return publication.Read(list, t)
}

// trust reads what the caller trusts.
func trust(in js.Value) (t publication.Trust, err error) {
	if v := member(in, "description"); !v.IsUndefined() {
		data, err := bytesOf("description", v)
		if err != nil {
			return t, err
		}
		if bundle.IsDeck(data) {
			t.Deck, err = bundle.UnmarshalDeck(data)
		} else {
			t.Description, err = bundle.UnmarshalDescription(data)
		}
		if err != nil {
			return t, err
		}
	}
	if v := member(in, "key"); !v.IsUndefined() {
		data, err := bytesOf("key", v)
		if err != nil {
			return t, err
		}
		if t.Key, err = verifier.ParseKey(data); err != nil {
			return t, err
		}
	}
	return t, nil
}

// member returns v[name]. What a getter throws becomes a panic of Go, which [judge] recovers:
// with v.Get it would tear the instance down.
func member(v js.Value, name string) js.Value {
	return js.Global().Get("Reflect").Call("get", v, name)
}

// bytesOf copies a Uint8Array. The constructor makes the first copy, as it asks no length of
// a class derived from it.
func bytesOf(name string, v js.Value) ([]byte, error) {
	class := js.Global().Get("Uint8Array")
	if !js.Global().Get("ArrayBuffer").Call("isView", v).Bool() || !v.InstanceOf(class) {
		return nil, fmt.Errorf("reading %q: want a Uint8Array", name)
	}
	own := class.New(v)
	data := make([]byte, own.Length())
	js.CopyBytesToGo(data, own)
	return data, nil
}
