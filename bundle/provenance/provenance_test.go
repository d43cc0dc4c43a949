package provenance_test

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle/provenance"
)

var digest = strings.Repeat("0a", 32)

func TestParse_RoundTrips(t *testing.T) {
	for _, s := range []string{
		"unsafe-development",
		"ceremony:" + digest + ":3:drand:" + digest + ":1000",
		"ceremony:" + digest + ":1000000:ethereum:1:22000000",
		"universal:" + digest + ":71",
	} {
		p, err := provenance.Parse(s)
		if err != nil || p.String() != s {
			t.Errorf("%s: got %v, %v", s, p, err)
		}
		if p != nil && p.Safe() != (s != provenance.UnsafeDevelopment) {
			t.Errorf("%s: Safe() = %v", s, p.Safe())
		}
	}
}

func TestParse_RefusesOtherForms(t *testing.T) {
	for _, s := range []string{
		"", "ceremony", "trusted", "Unsafe-development", "unsafe-development:",
		"ceremony:" + digest + ":3", "ceremony:" + digest + ":3:", "ceremony:" + digest + ":3:lottery:1:2",
		"ceremony:" + digest + ":0:ethereum:1:2", "ceremony:" + digest + ":03:ethereum:1:2", "ceremony:" + digest + ":1000001:ethereum:1:2",
		"ceremony:" + digest + ":-1:ethereum:1:2", "ceremony:" + digest[2:] + ":3:ethereum:1:2",
		"ceremony:" + strings.ToUpper(digest) + ":3:ethereum:1:2", "ceremony:" + digest + ":3:ethereum:1:02",
		"ceremony:" + digest + ":3:ethereum:1:2:3", "ceremony:" + digest + ":3:drand:1:2", "ceremony:" + digest + ":3:drand:" + strings.ToUpper(digest) + ":2",
		"ceremony:" + digest + ":3:ethereum:1:18446744073709551616",
		"universal:" + digest + ":3:ethereum:1:2", "universal:" + digest + ":3:", "universal:" + digest + ":0", "universal::3",
	} {
		if p, err := provenance.Parse(s); err == nil {
			t.Errorf("%q: accepted as %v", s, p)
		}
	}
}
