package document

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// standardQuote is encoding/json's.
func standardQuote(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestQuote_IsTheStandardLibrarysForEveryCharacter(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if s := "a" + string(r) + "b"; quote(s) != standardQuote(t, s) {
			t.Fatalf("%U: got %s, want %s", r, quote(s), standardQuote(t, s))
		}
	}
}

func FuzzQuote_IsTheStandardLibrarys(f *testing.F) {
	f.Add("")
	f.Add("plain <b>&</b> \"\\\b\f\n\r\t\x00\x1f\x7f ü \u2028\u2029 \U0001f98a")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("refused before it is quoted")
		}
		if got, want := quote(s), standardQuote(t, s); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// plain reports whether encoding/json reads b and finds in it objects, arrays, strings, booleans and
// numbers without exponents alone, at most maxDepth levels deep.
func plain(b []byte) bool {
	if !json.Valid(b) {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	for depth := 0; ; {
		token, err := d.Token()
		if err != nil {
			return true // the end of a valid text
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		default:
			number, isNumber := token.(json.Number)
			if token == nil || depth == maxDepth || isNumber && strings.ContainsAny(number.String(), "eE") {
				return false
			}
		}
		if depth > maxDepth {
			return false
		}
	}
}

var jsonTexts = []string{
	`{}`, `[]`, `""`, ` { "a" : [ { "b" : "c" } , {} ] , "d" : "" } `, "\t\r\n[]\n",
	`"\"\\\/\b\f\n\r\t\u00aF\ud800"`, "\"\xff\"", "\"\x7f\"",
	``, ` `, `{`, `}`, `[`, `{"a"}`, `{"a":}`, `{"a":"b",}`, `{,}`, `[,]`, `["a",]`, `["a" "b"]`, `{a:"b"}`,
	`"`, `"\`, `"\"`, `"\x"`, `"\u12"`, `"\u12g4"`, "\"\n\"", "\"\x00\"", `""""`, `{}{}`, "{}\x00", "\x00", `'a'`,
	`1`, `true`, `null`, `{"a":1}`, `[-0.50, 0, false]`, `01`, `-`, `1.`, `.5`, `+1`, `1e5`, `[tru]`, `truefalse`, `1 2`, `{1:2}`, `[1,]`, `[[[[]]]]`, `[[["a"]]]`, `[[[["a"]]]]`, `[[[[[]]]]]`, `[{"a":["b"]}]`, `{"a":[{"b":["c"]}]}`,
}

func TestIsJSON_AgreesWithTheStandardLibrary(t *testing.T) {
	for _, s := range jsonTexts {
		if got, want := isJSON([]byte(s)), plain([]byte(s)); got != want {
			t.Errorf("%q: got %v, want %v", s, got, want)
		}
	}
}

func FuzzIsJSON_AgreesWithTheStandardLibrary(f *testing.F) {
	for _, s := range jsonTexts {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, want := isJSON(b), plain(b); got != want {
			t.Errorf("%q: got %v, want %v", b, got, want)
		}
	})
}
