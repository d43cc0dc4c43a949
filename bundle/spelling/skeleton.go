package spelling

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// table has a line for each source, in their order: how far its code point is from that of the line
// before, and the code points of its prototype, in hex. Written so, it is half as large in a page.
//
//go:embed confusables.txt
var table string

// prototypes maps a character to what it looks like, by UTS 39.
var prototypes = sync.OnceValue(func() map[rune]string {
	m := make(map[rune]string, 8192)
	var source rune
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		var to strings.Builder
		for _, f := range fields[1:] {
			to.WriteRune(codePoint(f))
		}
		source += codePoint(fields[0])
		m[source] = to.String()
	}
	return m
})

func codePoint(hex string) rune {
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		panic("spelling: confusables.txt: " + hex)
	}
	return rune(n)
}

// Skeleton returns a form that texts share which look alike, after case folding: the skeleton
// of UTS 39, without characters that nobody sees. It is for comparing, not for showing.
func Skeleton(s string) string {
	folded := norm.NFD.String(fold(Normal(s)))
	var b strings.Builder
	for _, r := range folded {
		if ignorable(r) {
			continue
		}
		if to, ok := prototypes()[r]; ok {
			b.WriteString(to)
		} else {
			b.WriteRune(r)
		}
	}
	// A prototype may be a capital letter: fold once more, so that what it stands for is one form.
	return norm.NFD.String(fold(b.String()))
}

// Alike reports whether two texts look alike, or are equal.
func Alike(a, b string) bool { return a == b || Skeleton(a) == Skeleton(b) }

// Foreign reports whether a text is not of ASCII and all of it looks as if it were, and its
// first character that is not.
func Foreign(s string) (r rune, ok bool) {
	for _, c := range s {
		if c > unicode.MaxASCII {
			r, ok = c, true
			break
		}
	}
	if !ok {
		return 0, false
	}
	for _, c := range Skeleton(s) {
		if c > unicode.MaxASCII {
			return 0, false
		}
	}
	return r, true
}

// fold takes the case out of a text: every letter becomes the lower case of its upper case, and
// a sharp s two letters. Unicode's full folding differs in letters that no upper case has; the
// forms NFD on both sides of it and the table cover what of them can be seen.
func fold(s string) string {
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, strings.NewReplacer("\u00df", "ss", "\u1e9e", "ss").Replace(s))
}
