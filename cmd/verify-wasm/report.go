//go:build js

package main

import (
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// A report is a verdict as a page gets it.
type report struct {
	Verdict    string   `json:"verdict"` // accepted or rejected
	Reason     string   `json:"reason"`  // why all tokens are rejected
	Name       string   `json:"name"`
	Circuit    string   `json:"circuit"`
	Root       string   `json:"car_root"`
	Key        key      `json:"key"`
	Tokens     []token  `json:"tokens"`
	NotChecked []string `json:"not_checked"`
}

type key struct {
	Digest     string `json:"digest"`
	Provenance string `json:"provenance"`
	Claimed    bool   `json:"claimed"` // the publisher's word
}

type token struct {
	ID      uint64 `json:"id"`
	Verdict string `json:"verdict"`
	Reason  string `json:"reason"`
	CID     string `json:"cid"`
	File    string `json:"file"`
}

func reportOf(p *publication.Publication, r *verifier.Report) report {
	out := report{
		Verdict: verdict(r.Accepted), Reason: r.Reason, Name: p.Description.Name, Circuit: p.Description.Circuit, Root: p.Root,
		Key:    key{r.Key.Digest, r.Key.Provenance, r.Key.Claimed},
		Tokens: make([]token, 0, len(r.Tokens)), NotChecked: append([]string{}, r.NotChecked...),
	}
	for _, t := range r.Tokens {
		out.Tokens = append(out.Tokens, token{t.ID, verdict(t.Accepted), t.Reason, t.CID, t.Name})
	}
	return out
}

func verdict(accepted bool) string {
	if accepted {
		return "accepted"
	}
	return "rejected"
}
