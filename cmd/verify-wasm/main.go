//go:build js

// Verify-wasm is the verifier for pages: what package publication reads and judges, and
// nothing of gnark's frontend, of boxo or of the network. Built with the flags of package
// page/program, as by
//
//	go run ./js/verify/make js/verify
//
// it is the same to the byte wherever it is built. Run by the wasm_exec.js of the same Go, it sets
//
//	genproofVerify({car: FILE})                       a CAR
//	genproofVerify({files: {"drop.json": FILE, …}})   a folder: paths and files
//	genproofVerify({bundle: FILE, document: FILE})    a token's or a card's bundle, and perhaps its document
//	genproofVerify({shown: FILE, …})                  a claim or a disclosure, of the deck of car, files or description
//	genproofVerify({pack: FILE})                      a pack of evidence, a CAR or zip; or as car or files
//	genproofToken({…, token: "12"})                   one token of car, files or bundle, see token
//	genproofImages({files: {…}, addresses: ["ipfs://…"]})   or of a car
//	genproofFile({car: FILE, path: "images/7.png"})
//	genproofBlock({cid: "bafy…", bytes: FILE})              of a tree that the page fetches
//	genproofChain({car: FILE, contract: "0x…", chain: "1", tokens: "1,7", node: {call, code}})
//
// A FILE is a Uint8Array, or an object with size and read(offset, length), which returns a
// Uint8Array at once: so a worker reads files as large as they like from its disk.
//
// genproofVerify returns a promise of an [answer] in JSON, or rejects with an Error if nothing
// could be judged: the instance goes on after either. With description and key, both
// Uint8Array, the caller says what it trusts instead of what is published along; anything else
// there but undefined is an error, so that a failed download does not lower what is asked.
// With progress, a function, it is told how many files have been read. Of a claim the key is the
// claim's, and audience and challenge, both text, say whom it has to be for: the caller.
//
// With attestations, an object of names and FILEs, the caller has some beside those that are published, and
// trust, a Uint8Array, is the caller's trust file. What a contract has signed is not checked: nobody asks a node.
// With facts, an object of names and FILEs, log, the two FILEs of a log by their names, and checkpoints they are dated, as by --fact,
// --log and --checkpoint. checkpoints is a text of blocks that the caller knows, each as CHAIN:NUMBER:HASH with blanks between.
//
// Of a pack genproofVerify returns a promise of a [packAnswer]: what genproof evidence verify says without a network,
// of files of at most a gibibyte. It is judged with the trust file that is in it, and dated by the facts in it
// whose blocks checkpoints names.
//
// genproofImages returns a promise of JSON: by address, path and CID of the file with the bytes
// that the address names, of what is in the files' folder images, or anywhere in the car.
// genproofFile returns a promise of a file's bytes, a Uint8Array of at most 20 MiB.
//
// genproofToken returns a promise of a [tokenAnswer] in JSON. token is an id in decimal text; uri, chain
// and contract, all text, are what the token's contract says and where it is; document and image
// are files that the caller has of the token, and judged instead of the published ones.
//
// genproofBlock and genproofChain are for pages that ask others: see [block] and [chain]. This
// program opens no connection.
//
// With held, a text, a car is kept, and later calls with the same text take it as it was checked.
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
	js.Global().Set("genproofToken", promised(token))
	js.Global().Set("genproofImages", promised(images))
	js.Global().Set("genproofFile", promised(fileIn))
	js.Global().Set("genproofBlock", promised(block))
	js.Global().Set("genproofChain", promised(chain))
	select {} // the page calls when it likes
}

// promised makes a function of the page, of one object, of work that returns what the page takes.
func promised[T string | js.Value](work func(js.Value) (T, error)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		executor := js.FuncOf(func(_ js.Value, settle []js.Value) any {
			go func() {
				answer, err := guarded(work, args)
				if err != nil {
					settle[1].Invoke(js.Global().Get("Error").New(err.Error()))
					return
				}
				settle[0].Invoke(answer)
			}()
			return nil
		})
		defer executor.Release() // the constructor calls it at once
		return js.Global().Get("Promise").New(executor)
	})
}

// guarded turns a panic into an error: getters of the page's objects throw what they like, and
// an instance that has ended answers no other call.
func guarded[T string | js.Value](work func(js.Value) (T, error), args []js.Value) (answer T, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			var none T
			answer, err = none, fmt.Errorf("judging: %v", fault)
		}
	}()
	if len(args) != 1 || args[0].Type() != js.TypeObject {
		return answer, errForm
	}
	return work(args[0])
}

var errForm = errors.New("want one object with car, files, bundle, shown or pack")

func judge(in js.Value) (string, error) {
	t, err := trust(in)
	if err != nil {
		return "", err
	}
	if v := member(in, "pack"); !v.IsUndefined() {
		return judgeGivenPack(in, v)
	}
	if v := member(in, "shown"); !v.IsUndefined() {
		return judgeShown(in, v, t)
	}
	if v := member(in, "bundle"); !v.IsUndefined() {
		p, err := openBundle(in, v, t)
		return judgeOpened(p, err, t)
	}
	from, err := sourceOf(in)
	if err != nil {
		return refusal(err)
	}
	if pack, err := packOf(in, from); err != nil || pack != nil {
		return judgePack(in, pack, err)
	}
	p, err := publication.Read(from, t)
	return judgeOpened(p, err, t)
}

// refusal says why nothing was opened: that a CAR is damaged, or a file of another deck, is a verdict.
func refusal(err error) (string, error) {
	var damage *publication.Damage
	if errors.As(err, &damage) || errors.Is(err, publication.ErrOtherDeck) {
		return rejected(err)
	}
	return "", err
}

func judgeOpened(p *publication.Publication, err error, t publication.Trust) (string, error) {
	if err != nil {
		return refusal(err)
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
	if v := member(in, "bundle"); !v.IsUndefined() {
		return openBundle(in, v, t)
	}
	from, err := sourceOf(in)
	if err != nil {
		return nil, err
	}
	return publication.Read(from, t)
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
		if err = t.Describe(data); err != nil {
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
	return t, attested(in, &t)
}
