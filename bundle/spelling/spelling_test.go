package spelling

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNormal_ChangesFormAndEndsOnly(t *testing.T) {
	for in, want := range map[string]string{
		"Ghost ": "Ghost", "\u00a0Ghost\u3000": "Ghost", "\tGhost\n": "Ghost", "e\u0301": "\u00e9", "\u00e9": "\u00e9",
		"Two  Words": "Two  Words", "Gho\u200bst": "Gho\u200bst", "": "", "   ": "", "GHOST": "GHOST",
	} {
		if got := Normal(in); got != want {
			t.Errorf("%+q: got %+q, want %+q", in, got, want)
		}
	}
}

func TestCheck_RefusesWhatNobodySees(t *testing.T) {
	for _, good := range []string{
		"Ghost", "Two Words", "\u00e9", "Лиса", "狐", "\U0001f98a", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd",
		"\u2764\ufe0f", "1\ufe0f\u20e3", "\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f469\U0001f3fd\u200d\U0001f680",
		"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200d\u0937", "100%", "a\u00a0b",
	} {
		if err := Check(good); err != nil {
			t.Errorf("%+q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"Ghost ", " Ghost", "Ghost\u00a0", "Gho\u200bst", "e\u0301", "Gh\u200cost", "Gh\u200dost", "Ghost\u200d", "\u200dGhost", "Ghost\ufe0f", "\ufe0f",
		"\u202eGhost", "Gho\u2066st", "Gho\u00adst", "a\x00b", "a\nb", "a\u2028b", "\ufeffGhost", "a\ufffdb", "\U000e0041", "\xff", "\U0001f98a\u200d", "\U0001f98a\u200dx",
		"\u0600\u200d", "\u3164", "\uffa0", "\u115f",
	} {
		if Check(bad) == nil {
			t.Errorf("%+q is allowed", bad)
		}
	}
}

func TestClean_LeavesOutWhatCheckRefusesAndNoMore(t *testing.T) {
	for text, want := range map[string]string{
		"Fox": "Fox", " Fox\u00a0": "Fox", "Cafe\u0301": "Caf\u00e9", "a\u200bb\ufeff": "ab", "a\u202eb": "ab", "a\xffb\ufffd": "ab", "a\nb": "ab",
		"\U0001f3f4\u200d\u2620\ufe0f Crew":                "\U0001f3f4\u200d\u2620\ufe0f Crew", // a pirates' flag
		"\U0001f468\u200d\U0001f469\u200d":                 "\U0001f468\u200d\U0001f469",
		"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian
		"a\u200d\u200cb":                                   "ab", "\u200d": "", "\u200d \u200d": "", "": "",
	} {
		if got := Clean(text); got != want || Check(got) != nil {
			t.Errorf("%+q: got %+q, want %+q", text, got, want)
		}
	}
}

func TestCheckPublished_RefusesWhatChangesAReport(t *testing.T) {
	for _, good := range []string{
		"", "Ghost", "Ghost ", " Ghost", "Ghost\u00a0", "Gho\u200bst", "e\u0301", "Gh\u200cost", "Ghost\u200d", "\ufe0f", "Gho\u00adst", "\ufeffGhost", "\u3164",
		"\U0001f98a\u200d", `"`, `\`, "\U000e0041",
	} {
		if err := CheckPublished(good); err != nil {
			t.Errorf("%+q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"a\x00b", "a\nb", "a\tb", "a\x7fb", "a\u0085b", "a\u009bb", "a\u2028b", "a\u2029b", "\u202eGhost", "\u200eGhost", "\u061cGhost", "Gho\u2066st", "a\ufffdb", "\xff", "a\xed\xa0\x80",
	} {
		if CheckPublished(bad) == nil {
			t.Errorf("%+q is allowed", bad)
		}
	}
}

func TestSkeleton_IsSharedByWhatLooksAlike(t *testing.T) {
	for _, pair := range [][2]string{
		{"Lineage", "Line\u0430ge"}, {"Lineage", "LINEAGE"}, {"Lineage", "lineage"}, {"Ghost", "Gho\u0455t"}, {"Ghost", "Gho\u200bst"},
		{"Ghost", " Ghost"}, {"\u00e9", "e\u0301"}, {"Stra\u00dfe", "STRASSE"}, {"\u0391", "A"}, {"m\u200dn", "mn"},
	} {
		if Skeleton(pair[0]) != Skeleton(pair[1]) {
			t.Errorf("%+q and %+q: %+q, %+q", pair[0], pair[1], Skeleton(pair[0]), Skeleton(pair[1]))
		}
	}
	for _, pair := range [][2]string{{"Eyes", "Eye"}, {"Hat", "Cat"}, {"1", "2"}, {"狐", "狸"}} {
		if Skeleton(pair[0]) == Skeleton(pair[1]) {
			t.Errorf("%q and %q share a skeleton", pair[0], pair[1])
		}
	}
}

// The digest is that of confusables.txt in the form in which Unicode's file was read first: by code
// point, each with its prototype, in hex.
func TestPrototypes_AreUnicodes(t *testing.T) {
	list := prototypes()
	var text strings.Builder
	for _, source := range slices.Sorted(maps.Keys(list)) {
		fmt.Fprintf(&text, "%X", source)
		for _, r := range list[source] {
			fmt.Fprintf(&text, " %X", r)
		}
		text.WriteByte('\n')
	}
	if got := sha256.Sum256([]byte(text.String())); len(list) != 6311 || hex.EncodeToString(got[:]) != "0316b8f11732dc1b946bf886cc6c217ffbce5cde139d304c8cbe41aa5aa6d672" {
		t.Errorf("%d characters look like others, %x", len(list), got)
	}
}

func FuzzSpelling_IsStable(f *testing.F) {
	for _, s := range []string{"Ghost ", "e\u0301", "\U0001f468\u200d\U0001f469", "\xff", "\u0130", "\u1e9e", "\u2160"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			if Check(s) == nil {
				t.Fatal("invalid UTF-8 is allowed")
			}
			return
		}
		if c := Clean(s); Check(c) != nil || Check(Normal(s)) == nil && c != Normal(s) {
			t.Fatalf("%+q: clean it is %+q", s, c)
		}
		n := Normal(s)
		if Normal(n) != n {
			t.Fatalf("%+q: the normal form of %+q is %+q", s, n, Normal(n))
		}
		if Skeleton(n) != Skeleton(s) {
			t.Fatalf("%+q: the normal form has another skeleton", s)
		}
	})
}

func TestAlike(t *testing.T) {
	for _, pair := range [][2]string{{"Lineage", "Line\u0430ge"}, {"a", "a"}, {"Eyes", "EYES"}} {
		if !Alike(pair[0], pair[1]) {
			t.Errorf("%q and %q do not look alike", pair[0], pair[1])
		}
	}
	if Alike("Eyes", "Ears") {
		t.Error("Eyes and Ears look alike")
	}
}

func TestForeign(t *testing.T) {
	for text, want := range map[string]rune{
		"\u0421C0-1.0": '\u0421', "Gh\u043est": '\u043e', "\uff21": '\uff21', "\u0421\u041e\u0420": '\u0421',
		"CC0-1.0": 0, "": 0, "caf\u00e9": 0, "\u041b\u0438\u0441\u0430": 0, "\u72d0": 0, "\U0001f98a": 0,
	} {
		if got, ok := Foreign(text); got != want || ok != (want != 0) {
			t.Errorf("%q: %U, %v", text, got, ok)
		}
	}
}

func TestUnaccented(t *testing.T) {
	for text, want := range map[string]string{"Pr\u00e9nom": "Prenom", "e\u0301\u0323": "e", "Stra\u00dfe": "Stra\u00dfe", "\u72d0": "\u72d0", "": ""} {
		if got := Unaccented(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
