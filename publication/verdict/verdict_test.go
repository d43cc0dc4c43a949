package verdict

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/verifier"
)

const ceremony = "ceremony:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a:3:ethereum:1:20000000"

func TestReservationsOf_SaysHowToCheckAKey(t *testing.T) {
	universal := "universal:" + strings.Repeat("0a", 32) + ":71"
	list := []verifier.Reservation{{Name: "key", Text: "K."}, {Name: "home", Text: "H."}}
	for _, row := range []struct {
		key  Key
		want string
	}{
		{Key{Provenance: universal, Claimed: true, Source: KeyGiven}, "K. genproof setup CIRCUIT --backend plonk --ptau FILE makes the key from the file."},
		{Key{Provenance: ceremony, Claimed: true, Source: KeyGiven}, "K. genproof ceremony verify checks a ceremony and tells its key."},
		{Key{Provenance: ceremony, Source: KeyGiven}, "K."},
		{Key{Provenance: "unsafe-development", Claimed: true, Source: KeyAlong}, "K. It was published with the proofs: get it from somebody you trust and name it, on the command line with --key."},
	} {
		got := ReservationsOf(list, row.key)
		if got[0].Text != row.want || got[1].Text != "H." {
			t.Errorf("%+v: got %+v", row.key, got)
		}
	}
}

func TestLine_SaysEveryLevel(t *testing.T) {
	one := []Reservation{{Name: "home"}}
	for want, v := range map[string]interface{ Line() string }{
		"proven (1 reservation): 2 cards":                                          &Deck{Verdict: verifier.Proven, Counts: Counts{Holding: 2}, Reservations: one},
		"proven under a key that you verified (0 reservations): 1 card":            &Deck{Verdict: verifier.Proven, Key: Key{Verified: true}, Counts: Counts{Holding: 1}},
		"holds only if the maker of this key was honest (0 reservations): 3 cards": &Deck{Verdict: verifier.Amber, Counts: Counts{Holding: 3}},
		"rejected: forged":           &Deck{Verdict: verifier.Rejected, Reason: "forged"},
		"rejected: 1 of 2 cards are": &Deck{Verdict: verifier.Rejected, Counts: Counts{Rejected: 1}, Cards: make([]Card, 2)},
		"sealed: the proofs of 4 cards hold (1 reservation); nothing that they show was checked": &Deck{Verdict: verifier.NotChecked, Counts: Counts{Sealed: 4}, Reservations: one},
		"not checked": &Deck{Verdict: verifier.NotChecked},
		"holds only if the maker of this key was honest (1 reservation): 1 token": &Drawn{Verdict: verifier.Amber, Reservations: one, Tokens: []Token{{Verdict: verifier.Amber}}},
		"rejected: 1 of 2 tokens are":  &Drawn{Verdict: verifier.Rejected, Tokens: []Token{{Verdict: verifier.Amber}, {Verdict: verifier.Rejected}}},
		"rejected: the CAR is damaged": Reject("the CAR is damaged"),
	} {
		if got := v.Line(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
