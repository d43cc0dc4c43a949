package drop

import (
	"regexp"
	"strings"

	"github.com/genproof/genproof/circuits/attribute"
)

// A numeral is how a person wrote a number, where it is not how numbers are written here.
type numeral uint8

const (
	otherNumeral numeral = iota
	percentNumeral
	separatedNumeral // 10,000 or 10_000
	commaNumeral     // 0,15
	exponentNumeral
	fractionNumeral // 0.15
)

var numerals = []struct {
	form *regexp.Regexp
	is   numeral
}{
	{regexp.MustCompile(`^[0-9]+([.,][0-9]+)? ?%$`), percentNumeral},
	{regexp.MustCompile(`^[1-9][0-9]{0,2}([,_' ][0-9]{3})+$`), separatedNumeral},
	{regexp.MustCompile(`^[0-9]*,[0-9]+$`), commaNumeral},
	{regexp.MustCompile(`^[0-9]*(\.[0-9]*)?[eE]\+?[0-9]+$`), exponentNumeral},
	{regexp.MustCompile(`^[0-9]*\.[0-9]*$`), fractionNumeral},
}

// numeralOf tells the form of a number and nothing else of it: it may be hidden.
func numeralOf(s string) numeral {
	for _, n := range numerals {
		if len(s) < 64 && n.form.MatchString(s) {
			return n.is
		}
	}
	return otherNumeral
}

// The remedies show numbers of their own.
const (
	separatedRemedy = "write digits alone: 10,000 is 10000"
	exponentRemedy  = "write it out: 1e3 is 1000"
	scaleRemedy     = "multiply all weights of the layer by the same number: for 0.15 and 0.85 write 15 and 85"
)

// weightRemedy says what to write for a weight that is none.
func weightRemedy(key, value *node) string {
	if value.kind == nullNode && strings.Trim(key.text, "0123456789") == "" && len(key.text) == 3 {
		return separatedRemedy // {A: 10,000}
	}
	if value.quoted && plainDigits(value.text) {
		return "write it without quotes"
	}
	switch numeralOf(value.text) {
	case percentNumeral:
		return "write whole numbers without %: for 15% and 85% write 15 and 85; or " + scaleRemedy
	case separatedNumeral:
		return separatedRemedy
	case exponentNumeral:
		return exponentRemedy
	case commaNumeral, fractionNumeral:
		return scaleRemedy
	}
	return "remove the row, or write a whole number"
}

// wholeRemedy says what to write for a whole number, beside its bounds; empty if there is
// nothing to say.
func wholeRemedy(n *node) string {
	if n.quoted && plainDigits(n.text) {
		return "write it without quotes"
	}
	switch numeralOf(n.text) {
	case separatedNumeral:
		return separatedRemedy
	case exponentNumeral:
		return exponentRemedy
	}
	return ""
}

// oddNumber says how a value of a type is written that was written as elsewhere; empty if there
// is nothing to say.
func oddNumber(t attribute.Type, s string) string {
	switch form := numeralOf(strings.TrimPrefix(s, "-")); {
	case form == percentNumeral && t.Kind == attribute.Decimal:
		return "97% is written 0.97"
	case form == percentNumeral:
		return "97% is written 97"
	case form == separatedNumeral:
		return "10,000 is written 10000"
	case form == commaNumeral:
		return "0,97 is written 0.97"
	case form == exponentNumeral:
		return "1e3 is written 1000"
	}
	return ""
}
