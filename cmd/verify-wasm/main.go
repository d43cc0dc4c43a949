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
//
// which returns a promise of a report in JSON, or rejects with an Error if nothing could be
// judged. With description and key, both Uint8Array, the caller says what it trusts instead
// of what is published along.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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

func judge(args []js.Value) (string, error) {
	if len(args) != 1 || args[0].Type() != js.TypeObject {
		return "", errors.New("want one object with car or files")
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
	data, err := json.Marshal(reportOf(p, r))
	return string(data), err
}

func open(in js.Value) (*publication.Publication, error) {
	t := publication.Trust{WithoutPolicy: true} // a compiler is larger than the rest
	var err error
	if v := in.Get("description"); v.Truthy() {
		if t.Description, err = bundle.UnmarshalDescription(bytesOf(v)); err != nil {
			return nil, err
		}
	}
	if v := in.Get("key"); v.Truthy() {
		if t.Key, err = verifier.ParseKey(bytesOf(v)); err != nil {
			return nil, err
		}
	}
	if v := in.Get("car"); v.Truthy() {
		data := bytesOf(v)
		return publication.ReadCAR(bytes.NewReader(data), int64(len(data)), t)
	}
	v := in.Get("files")
	if v.Type() != js.TypeObject {
		return nil, errors.New("want one object with car or files")
	}
	list := publication.Files{}
	names := js.Global().Get("Object").Call("keys", v)
	for i := range names.Length() {
		name := names.Index(i).String()
		list[name] = bytesOf(v.Get(name))
	}
	return publication.Read(list, t)
}

// bytesOf copies a Uint8Array. Anything else has no bytes.
func bytesOf(v js.Value) []byte {
	if !v.InstanceOf(js.Global().Get("Uint8Array")) {
		return nil
	}
	data := make([]byte, v.Length())
	js.CopyBytesToGo(data, v)
	return data
}
