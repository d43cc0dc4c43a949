//go:build js

// Verify-wasm is the verifier for pages: what package publication reads and judges, and
// nothing of gnark's frontend, of boxo or of the network. Built with
//
//	GOOS=js GOARCH=wasm go build -trimpath -buildvcs=false -ldflags="-s -w -buildid=" -o verify.wasm ./cmd/verify-wasm
//
// it is the same to the byte wherever it is built. Run by the wasm_exec.js of the same Go, it sets
//
//	genproofVerify({car: FILE})                       a CAR
//	genproofVerify({files: {"drop.json": FILE, …}})   a folder: paths and files
//	genproofVerify({bundle: FILE, document: FILE})    a token's or a card's bundle, and perhaps its document
//	genproofImages({files: {…}, addresses: ["ipfs://…"]})
//
// A FILE is a Uint8Array, or an object with size and read(offset, length), which returns a
// Uint8Array at once: so a worker reads files as large as they like from its disk.
//
// genproofVerify returns a promise of an [answer] in JSON, or rejects with an Error if nothing
// could be judged: the instance goes on after either. With description and key, both
// Uint8Array, the caller says what it trusts instead of what is published along; anything else
// there but undefined is an error, so that a failed download does not lower what is asked.
// With progress, a function, it is told how many files have been read.
//
// genproofImages returns a promise of JSON: by address, path and CID of the file with the bytes
// that the address names, of what is in the files' folder images.
package main

import (
	"context"
	"errors"
	"fmt"
	"syscall/js"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

func main() {
	js.Global().Set("genproofVerify", promised(judge))
	js.Global().Set("genproofImages", promised(images))
	select {} // the page calls when it likes
}

// promised makes a function of the page, of one object, of work that returns a text.
func promised(work func(js.Value) (string, error)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		executor := js.FuncOf(func(_ js.Value, settle []js.Value) any {
			go func() {
				text, err := guarded(work, args)
				if err != nil {
					settle[1].Invoke(js.Global().Get("Error").New(err.Error()))
					return
				}
				settle[0].Invoke(text)
			}()
			return nil
		})
		defer executor.Release() // the constructor calls it at once
		return js.Global().Get("Promise").New(executor)
	})
}

// guarded turns a panic into an error: getters of the page's objects throw what they like, and
// an instance that has ended answers no other call.
func guarded(work func(js.Value) (string, error), args []js.Value) (text string, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			text, err = "", fmt.Errorf("judging: %v", fault)
		}
	}()
	if len(args) != 1 || args[0].Type() != js.TypeObject {
		return "", errForm
	}
	return work(args[0])
}

var errForm = errors.New("want one object with car, files or bundle")

func judge(in js.Value) (string, error) {
	t, err := trust(in)
	if err != nil {
		return "", err
	}
	p, err := open(in, t)
	var damage *publication.Damage
	if errors.As(err, &damage) || errors.Is(err, publication.ErrOtherDeck) {
		return rejected(err)
	}
	if err != nil {
		return "", err
	}
	defer p.Close()
	source := verdict.KeyAlong
	if t.Key != nil {
		source = verdict.KeyGiven
	}
	if p.Deck != nil {
		r, err := p.JudgeDeck(context.Background(), nil)
		if err != nil {
			return "", err
		}
		return answerOfDeck(p, verdict.OfDeck(p, r, source))
	}
	r, err := p.Judge(context.Background())
	if err != nil {
		return "", err
	}
	return answerOfDrop(p, verdict.OfDrop(p, r, source))
}

func open(in js.Value, t publication.Trust) (*publication.Publication, error) {
	progress, err := progressOf(in)
	if err != nil {
		return nil, err
	}
	if v := member(in, "car"); !v.IsUndefined() {
		f, err := fileOf("car", v)
		if err != nil {
			return nil, err
		}
		return publication.ReadCAR(progress.reader(f), f.size, t)
	}
	if v := member(in, "bundle"); !v.IsUndefined() {
		return openBundle(in, v, t)
	}
	list, err := filesOf(in)
	if err != nil {
		return nil, err
	}
	return publication.Read(folder{list, progress}, t)
}

func openBundle(in, v js.Value, t publication.Trust) (*publication.Publication, error) {
	data, err := wholeOf("bundle", v, bundle.MaxCardBundle)
	if err != nil {
		return nil, err
	}
	p, err := publication.One("bundle", data, t)
	if err != nil {
		return nil, err
	}
	if v := member(in, "document"); !v.IsUndefined() {
		data, err := wholeOf("document", v, bundle.MaxDocumentOfDeck)
		if err == nil {
			err = p.SetDocument(data)
		}
		if err != nil {
			return nil, err
		}
	}
	return p, nil
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

func images(in js.Value) (string, error) {
	progress, err := progressOf(in)
	if err != nil {
		return "", err
	}
	list, err := filesOf(in)
	if err != nil {
		return "", err
	}
	v := member(in, "addresses")
	if !js.Global().Get("Array").Call("isArray", v).Bool() {
		return "", errors.New("want an array of addresses")
	}
	addresses := make([]string, v.Length())
	for i := range addresses {
		if v.Index(i).Type() != js.TypeString {
			return "", errors.New("want an array of addresses")
		}
		addresses[i] = v.Index(i).String()
	}
	found, err := publication.FindImages(folder{list, progress}, addresses)
	if err != nil {
		return "", err
	}
	return textOf(found), nil
}
