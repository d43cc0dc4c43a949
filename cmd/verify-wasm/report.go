//go:build js

package main

import (
	"syscall/js"

	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// reportOf returns a verdict as a page gets it: JSON, which the page's own JSON.stringify
// writes.
//
//	version       1
//	verdict       "proven", "amber" or "rejected": FORMAT.md of package bundle, section 14
//	reason        why all tokens are rejected
//	name          the drop's
//	circuit       its circuit
//	rule          the rule that was proven
//	car_root      the CAR's CID, empty for a folder
//	key           digest, provenance, and whether that is the publisher's word (claimed)
//	tokens        of each: id, verdict, reason, cid of its document, file of its bundle
//	reservations  of each: name, text
//	not_checked   what the verdict does not say
func reportOf(p *publication.Publication, r *verifier.Report) string {
	tokens, reservations, notChecked := array(), array(), array()
	for _, t := range r.Tokens {
		tokens.Call("push", object(
			"id", t.ID, "verdict", string(t.Verdict), "reason", t.Reason, "cid", t.CID, "file", t.Name))
	}
	for _, x := range r.Reservations {
		reservations.Call("push", object("name", x.Name, "text", x.Text))
	}
	for _, what := range r.NotChecked {
		notChecked.Call("push", what)
	}
	report := object(
		"version", r.Version, "verdict", string(r.Verdict), "reason", r.Reason,
		"name", p.Description.Name, "circuit", p.Description.Circuit, "rule", r.Rule, "car_root", p.Root,
		"key", object("digest", r.Key.Digest, "provenance", r.Key.Provenance, "claimed", r.Key.Claimed),
		"tokens", tokens, "reservations", reservations, "not_checked", notChecked)
	return js.Global().Get("JSON").Call("stringify", report).String()
}

func array() js.Value { return js.Global().Get("Array").New() }

// object returns an object with these members: names and values in turn.
func object(members ...any) js.Value {
	o := js.Global().Get("Object").New()
	for i := 0; i < len(members); i += 2 {
		o.Set(members[i].(string), members[i+1])
	}
	return o
}
