package console

import "testing"

func TestPrintable_DisarmsTerminals(t *testing.T) {
	for given, want := range map[string]string{
		"plain äöü 狐\n\t":      "plain äöü 狐\n\t",
		"\x1b[2Jgone\r\x07":    "\uFFFD[2Jgone\uFFFD\uFFFD",
		"a\u202eb\u0000\u200b": "a\uFFFDb\uFFFD\uFFFD",
	} {
		if got := Printable(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}
