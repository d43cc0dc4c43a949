package bundle_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
)

// The examples of EIP-55.
var checksummed = []string{
	"0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
	"0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
	"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
	"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
}

func TestParseAddress_ChecksCapitalLetters(t *testing.T) {
	for _, s := range checksummed {
		for _, good := range []string{s, s[2:], strings.ToLower(s), "0x" + strings.ToUpper(s[2:])} {
			if a, err := bundle.ParseAddress(good); err != nil || !strings.EqualFold(bundle.FormatAddress(a), s) {
				t.Errorf("%s: %x, %v", good, a, err)
			}
		}
	}
	for _, s := range checksummed[4:] {
		a, err := bundle.ParseAddress(s)
		if err != nil || bundle.FormatAddress(a) != s {
			t.Errorf("%s is written %s", s, bundle.FormatAddress(a))
		}
		at := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 'a' && r <= 'f' }) + 2
		flipped := s[:at] + strings.ToUpper(s[at:at+1]) + s[at+1:]
		if _, err := bundle.ParseAddress(flipped); !errors.Is(err, bundle.ErrMistyped) || !strings.Contains(err.Error(), s) {
			t.Errorf("%s: %v", flipped, err)
		}
		if _, err := bundle.ParseAddress(flipped[2:]); !errors.Is(err, bundle.ErrMistyped) {
			t.Errorf("%s: %v", flipped[2:], err)
		}
	}
	for _, s := range []string{"", "0x", "0x00", checksummed[0] + "00", "0X" + checksummed[0][2:], "vitalik.eth"} {
		if _, err := bundle.ParseAddress(s); err == nil || errors.Is(err, bundle.ErrMistyped) {
			t.Errorf("%q: %v", s, err)
		}
	}
}
