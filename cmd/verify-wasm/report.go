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
	tokens := array()
	for _, t := range r.Tokens {
		tokens.Call("push", object(
			"id", t.ID, "verdict", string(t.Verdict), "reason", t.Reason, "cid", t.CID, "file", t.Name))
	}
	return text(object(
		"version", r.Version, "verdict", string(r.Verdict), "reason", r.Reason,
		"name", p.Description.Name, "circuit", p.Description.Circuit, "rule", r.Rule, "car_root", p.Root,
		"key", keyReport(r.Key), "tokens", tokens, "reservations", reservationsOf(r.Reservations), "not_checked", list(r.NotChecked)))
}

func keyReport(k verifier.Key) js.Value {
	return object("digest", k.Digest, "provenance", k.Provenance, "claimed", k.Claimed)
}

func reservationsOf(all []verifier.Reservation) js.Value {
	out := array()
	for _, x := range all {
		out.Call("push", object("name", x.Name, "text", x.Text))
	}
	return out
}

func list(texts []string) js.Value {
	out := array()
	for _, s := range texts {
		out.Call("push", s)
	}
	return out
}

func text(report js.Value) string {
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
