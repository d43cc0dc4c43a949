// Package spelling is how names and texts are written: what may stand in them, their normal
// form, and when two of them look alike. It is a public rule: whoever makes a deck and whoever
// verifies it use the same. FORMAT.md, section 11.
//
// Normalisation is golang.org/x/text's. Which characters look alike is
// confusables.txt, the table of Unicode 15.0 for UTS 39 (as ICU 72.1 has it); gen.go makes it.
package spelling

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normal returns the normal form of a text: NFC, without blanks at either end. Nothing else
// changes.
func Normal(s string) string {
	return norm.NFC.String(strings.TrimFunc(norm.NFC.String(s), unicode.IsSpace))
}

// Unaccented returns a text without accents and other combining marks, decomposed (NFD).
func Unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

const (
	zwnj            = '\u200c'           // zero width non-joiner
	zwj             = '\u200d'           // zero width joiner
	asText, asEmoji = '\ufe0e', '\ufe0f' // variation selectors
)

// Check reports what a name or a text must not have, by its place: invalid UTF-8, another form
// than [Normal], and characters that nobody sees or that change how others are shown. Joiners
// and the two variation selectors of emoji are allowed where Unicode's emoji or a joining
// script needs them.
func Check(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("it is not valid UTF-8")
	}
	runes := []rune(s)
	at := 0
	for i, r := range runes {
		if !allowed(runes, i) {
			return fmt.Errorf("byte %d: %U is a character that nobody sees, or that changes how others are shown", at, r)
		}
		at += utf8.RuneLen(r)
	}
	if Normal(s) != s {
		return fmt.Errorf("it has a blank at an end, or is not in Unicode's form NFC")
	}
	return nil
}

// Clean returns a text's normal form without the characters that [Check] refuses.
func Clean(s string) string {
	s = Normal(strings.ToValidUTF8(s, ""))
	for Check(s) != nil { // what is left out may have needed, or allowed, what stands beside it
		var kept []rune
		runes := []rune(s)
		for i, r := range runes {
			if allowed(runes, i) {
				kept = append(kept, r)
			}
		}
		s = Normal(string(kept))
	}
	return s
}

// CheckPublished reports what a text must not have where texts stand as they were found, too, by
// its place: invalid UTF-8, control characters, ends of lines, and what turns the direction of
// writing, since a report that quotes the text would say something else. Blanks at either end, other forms than
// [Normal] and characters that nobody sees are allowed.
func CheckPublished(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("it is not valid UTF-8")
	}
	for at, r := range s {
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar {
			return fmt.Errorf("byte %d: %U is a control character, or one that changes how others are shown", at, r)
		}
	}
	return nil
}

func allowed(s []rune, i int) bool {
	switch r := s[i]; {
	case r == zwj:
		return joinsEmoji(s, i) || joinsScript(s, i)
	case r == zwnj:
		return joinsScript(s, i)
	case r == asText || r == asEmoji:
		return i > 0 && (isPictograph(s[i-1]) || strings.ContainsRune("0123456789#*", s[i-1]))
	case r == unicode.ReplacementChar || ignorable(r):
		return false
	default:
		return unicode.IsGraphic(r)
	}
}

// ignorable is Unicode's Default_Ignorable_Code_Point, and controls of direction.
func ignorable(r rune) bool {
	return unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Bidi_Control, unicode.Cf)
}

// joinsEmoji reports whether the joiner at i stands between two emoji: the first may have a
// skin tone or a variation selector.
func joinsEmoji(s []rune, i int) bool {
	before := i - 1
	for before > 0 && (s[before] == asEmoji || s[before] >= 0x1f3fb && s[before] <= 0x1f3ff) {
		before--
	}
	return before >= 0 && isPictograph(s[before]) && i+1 < len(s) && isPictograph(s[i+1])
}

// joining are the scripts in which joiners change how a word is spelled.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi,
	unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer,
	unicode.Myanmar, unicode.Tibetan,
}

// joinsScript reports whether the joiner at i stands behind a letter or mark of a joining
// script, and before one or at the end of a word.
func joinsScript(s []rune, i int) bool {
	return i > 0 && i+1 < len(s) && unicode.In(s[i-1], joining...) && unicode.In(s[i+1], joining...)
}

func isPictograph(r rune) bool {
	for _, p := range pictographs {
		if r >= p[0] && r <= p[1] {
			return true
		}
	}
	return false
}
