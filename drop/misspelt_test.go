package drop

import (
	"strings"
	"testing"
)

func TestNearest_FindsWhatWasMeant(t *testing.T) {
	known := []string{"name", "supply", "circuit", "document", "traits", "id_width", "to"}
	for word, want := range map[string]string{
		"suply": "supply", "suppply": "supply", "sulppy": "supply", "Supply": "supply", "circiut": "circuit", "nmae": "name", "idwidth": "id_width",
		"trait": "traits", "": "", "x": "", "ot": "", "wildly": "", "documentation": "", strings.Repeat("supply", 50): "", "größe": "",
	} {
		if got := nearest(word, known); got != want {
			t.Errorf("%q is taken for %q, want %q", word, got, want)
		}
	}
}

func TestSlips_CountsLetters(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "abc", 3}, {"abc", "acb", 1}, {"abcd", "badc", 2}, {"kitten", "sitting", 3}} {
		if got := slips(row.a, row.b); got != row.want || slips(row.b, row.a) != got {
			t.Errorf("%q and %q: %d, want %d", row.a, row.b, got, row.want)
		}
	}
}

// What a remedy says of a number is its form alone.
func TestNumeralOf_TellsForms(t *testing.T) {
	for text, want := range map[string]numeral{
		"15%": percentNumeral, "0.15 %": percentNumeral, "10,000": separatedNumeral, "1_000_000": separatedNumeral, "10'000": separatedNumeral,
		"0,15": commaNumeral, "99,85": commaNumeral, "1e3": exponentNumeral, "1.5E+6": exponentNumeral, "0.15": fractionNumeral, "60.5": fractionNumeral,
		"15": otherNumeral, "": otherNumeral, "x": otherNumeral, "1e-3": otherNumeral, strings.Repeat("9", 70) + "%": otherNumeral,
	} {
		if got := numeralOf(text); got != want {
			t.Errorf("%q is of form %d, want %d", text, got, want)
		}
	}
}
