//go:build js

package main

import (
	"errors"
	"fmt"
	"syscall/js"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

// maxGiven bounds the attestations that a caller gives. The first [result.MaxFiles] are looked at.
const maxGiven = 1 << 12

// attested adds the attestations that the caller has, and whose word the caller knows.
func attested(in js.Value, t *publication.Trust) error {
	o := attest.Options{}
	if v := member(in, "trust"); !v.IsUndefined() {
		data, err := wholeOf("trust", v, attest.MaxBytes)
		if err == nil {
			o.Trust, err = attest.ParseTrust(data)
		}
		if err != nil {
			return err
		}
	}
	if err := dated(in, &o); err != nil {
		return err
	}
	t.Attest = o
	v := member(in, "attestations")
	if v.IsUndefined() {
		return nil
	}
	if v.Type() != js.TypeObject {
		return errors.New("want an object of files for attestations")
	}
	names := js.Global().Get("Object").Call("keys", v)
	if n := names.Length(); n > maxGiven {
		return fmt.Errorf("%d attestations, at most %d are taken", n, maxGiven)
	}
	for i := range names.Length() {
		f := result.File{Name: names.Index(i).String()}
		if i < result.MaxFiles {
			f.Data, f.Err = wholeOf(f.Name, member(v, f.Name), attest.MaxBytes)
		}
		t.Attestations = append(t.Attestations, f)
	}
	return nil
}

// An attestedLine is what the command line says of an attestation, besides its texts.
type attestedLine struct {
	Line  string `json:"line"`
	Basis string `json:"basis"` // how its signer knows the commitment, in words
}

func linesOf(list []verdict.Attestation) []attestedLine {
	out := []attestedLine{}
	for i := range list {
		out = append(out, attestedLine{list[i].Line(), verdict.BasisInWords(list[i].Basis)})
	}
	return out
}

func approvalsOf(list []verdict.Approval) []string {
	out := []string{}
	for i := range list {
		out = append(out, list[i].Line())
	}
	return out
}
