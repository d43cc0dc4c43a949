//go:build js

package main

import (
	"context"
	"encoding/hex"
	"strconv"
	"syscall/js"
	"time"

	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// judgeClaim judges a claim against the description that the caller trusts. The page compares
// audience and challenge with its own.
func judgeClaim(in, v js.Value) (string, error) {
	data, err := bytesOf("claim", v)
	if err != nil {
		return "", err
	}
	t, err := trust(in)
	if err != nil {
		return "", err
	}
	r, err := publication.JudgeClaim(context.Background(), data, t, verifier.ClaimOptions{Now: uint64(time.Now().Unix())})
	if err != nil {
		return "", err
	}
	return reportOfClaim(r), nil
}

// reportOfClaim returns a claim's verdict in JSON: FORMAT.md of package bundle, section 16, but
// for drop, whose members are name and circuit of the whole, and for the audience's numbers: they
// are decimal texts, as they can be larger than what a page's numbers hold.
func reportOfClaim(r *verifier.ClaimReport) string {
	a := &r.Audience
	audience := object("name", a.Name, "challenge", hexOf(a.Challenge[:]), "expiry", decimal(a.Expiry),
		"chain_id", decimal(a.ChainID), "contract", hexOf(a.Contract[:]), "token", decimal(a.Token))
	return text(object("version", r.Version, "kind", "claim", "verdict", string(r.Verdict), "reason", r.Reason,
		"name", r.Name, "circuit", r.Circuit, "card", r.Card, "model", r.Model, "rule", r.Rule, "audience", audience,
		"key", keyReport(r.Key), "reservations", reservationsOf(r.Reservations), "not_checked", list(r.NotChecked)))
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

func hexOf(b []byte) string { return "0x" + hex.EncodeToString(b) }
