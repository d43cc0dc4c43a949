package main

import (
	"slices"
	"testing"
	"time"
)

// A purchase that is run again is found in the journal: a second one has to be asked for.
func TestDeckSale_BuysOnceUnlessAskedAgain(t *testing.T) {
	w := saleWorldOf(t)
	succeed(t, with("deploy", w.author, "--keys", sharedKeys)...)
	succeed(t, with("admit", w.author, "--keys", sharedKeys)...)
	succeed(t, append([]string{"sell", "open"}, append(slices.Clone(w.author), "--price", "0.05", "--end", w.end().Format(time.RFC3339))...)...)
	buy := func(more ...string) sentReport {
		return decode[sentReport](t, succeed(t, append(with("mint", w.buyer, "--count", "2", "--json"), more...)...))
	}
	first, second := buy(), buy()
	if first.Reused || !second.Reused || first.Tx != second.Tx || second.Contract.Minted != 2 {
		t.Errorf("bought %+v, then %+v", first, second)
	}
	people(t, []string{"nothing was sent. --again buys it once more", first.Tx}, with("mint", w.buyer, "--count", "2")...)
	if r := buy("--again"); r.Reused || r.Tx == first.Tx || r.Contract.Minted != 4 {
		t.Errorf("again: %+v", r)
	}
	if r := decode[sentReport](t, succeed(t, with("mint", w.author, "--count", "2", "--json")...)); r.Reused || r.Contract.Minted != 6 {
		t.Errorf("another account's: %+v", r)
	}
}
