package drop

import (
	"strings"
	"testing"
)

func TestParseYAML_KeepsTheSourceTextOfValues(t *testing.T) {
	for _, text := range []string{
		"0.80", "1e5", "18446744073709551615", "184467440737095516150000", "007", "0x" + strings.Repeat("0b", 20), strings.Repeat("00", 32),
		strings.Repeat("12", 20) + "e5" + strings.Repeat("34", 11), "1_000", "+5", "-0", ".5", "5.", "0o17", "0b11", "true", "True", "yes", "NO",
		".inf", ".nan", "2026-03-01", "2026-01-31T23:59:59Z", "12:30:45", "CC-BY-4.0", "a b  c", "ipfs://x/{id}.png", "é😀", "1.0.0", "0.1e", "-", "- a",
	} {
		for _, form := range []string{"v: %", "{v: %}", "w: 1\nv: %   # comment", "v:\n  %\n"} {
			if strings.HasPrefix(form, "{") && strings.ContainsAny(text, "{}") || strings.HasPrefix(text, "-") && len(text) < 4 && text != "-0" {
				continue
			}
			n, err := parseYAML("x.yaml", []byte(strings.Replace(form, "%", text, 1)))
			if err != nil {
				t.Errorf("%q: %v", text, err)
				continue
			}
			v := n.values[len(n.values)-1]
			if v.kind != scalarNode || v.text != text || v.quoted {
				t.Errorf("%q as %q is read as %q (%v)", text, form, v.text, v.kind)
			}
		}
	}
}

func TestParseYAML_ReadsQuotesAndBlocks(t *testing.T) {
	for text, want := range map[string]string{
		`v: "a\n\u00e9\"b"`: "a\né\"b", `v: 'it''s'`: "it's", "v: |\n  a\n  b\n": "a\nb\n", "v: >-\n  a\n  b\n": "a b",
		`v: "5"`: "5", `v: "null"`: "null", `v: ""`: "", "v: 'a\n  b'": "a b", `v: "#x"`: "#x",
	} {
		n, err := parseYAML("x.yaml", []byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if v := n.values[0]; v.kind != scalarNode || v.text != want || !v.quoted {
			t.Errorf("%q is read as %q (%v, quoted %v)", text, v.text, v.kind, v.quoted)
		}
	}
}

func TestParseYAML_KnowsNothing(t *testing.T) {
	for _, text := range []string{"v:", "v: null", "v: ~", "v: # comment", "{v: }", "v:\n\n"} {
		n, err := parseYAML("x.yaml", []byte(text))
		if err != nil || n.values[0].kind != nullNode {
			t.Errorf("%q: %v", text, err)
		}
	}
}
