package site

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"github.com/genproof/genproof/publication"
)

func replaced(from, to string) func([]byte) []byte {
	return func(b []byte) []byte { return bytes.Replace(b, []byte(from), []byte(to), 1) }
}

func is(text string) func([]byte) []byte { return func([]byte) []byte { return []byte(text) } }

// Whatever a publisher changes in the program, or adds to it, is named.
func TestCheck_NamesWhatDiffers(t *testing.T) {
	from := sourceOf(t, deck, nil)
	good := written(t, judged(t, from, publication.Trust{}, nil), from, []byte("the verifier"))
	image := ""
	for name := range good {
		if strings.HasPrefix(name, "images/") {
			image = name
		}
	}
	for _, row := range []struct {
		name   string
		change func([]byte) []byte // nil removes the file
		why    string
	}{
		{"site.js", flip, "it differs"}, {"site.js", func(b []byte) []byte { return append(b, ' ') }, "it differs"}, {"site.css", flip, "it differs"}, {"_headers", flip, "it differs"}, {"site.json", flip, "it differs"},
		{"site.js", nil, "it is missing"}, {"index.html", nil, "it is missing"}, {"data/0.js", nil, "it is missing"}, {"tokens/7.html", nil, "it is missing"},
		{"verifier.html", flip, "it differs"}, {"verifier.html", nil, "it is missing"},
		{"index.html", replaced("</main>", "<script>alert(1)</script></main>"), "script of its own"},
		{"index.html", replaced("</main>", `<script src="data/0.js" defer>alert(1)</script></main>`), "script of its own"},
		{"index.html", replaced("</main>", `<script src="https://example.org/x.js" defer></script></main>`), "its script has the src"},
		{"index.html", replaced("</main>", `<p onclick="alert(1)">x</p></main>`), `attribute "onclick"`},
		{"index.html", replaced("</main>", `<p style="color:red">x</p></main>`), `attribute "style"`},
		{"index.html", replaced("</main>", `<iframe src="x"></iframe></main>`), `an element "iframe"`},
		{"index.html", replaced("</main>", `<IMG src=x></main>`), "it has <IMG"},
		{"index.html", replaced("</main>", `<a href="javascript:alert(1)">x</a></main>`), "its a has the href"},
		{"index.html", replaced("</main>", `<a href="index.html" href="https://x">x</a></main>`), `attribute "href"`},
		{"index.html", replaced("</main>", `<!-- x --></main>`), "it has <!--"},
		{"index.html", replaced("</main>", `<p title="a>b">x</p></main>`), "it has <p title"},
		{"index.html", replaced("</main>", `<p title='a'>x</p></main>`), "it has <p title"},
		{"index.html", replaced("script-src 'self'", "script-src *"), "does not begin with the policy"},
		{"index.html", replaced("<!DOCTYPE html>", ""), "does not begin with the policy"},
		{"index.html", replaced("</head>", `<meta http-equiv="refresh" content="0;url=https://example.org"></head>`), `an element "meta"`},
		{"index.html", replaced("</head>", `<base href="https://example.org/"></head>`), `an element "base"`},
		{"index.html", replaced("it cannot vouch for its publisher", "it vouches for its publisher"), "does not say who wrote it"},
		{"proof.html", replaced("</main>", `<form></form></main>`), `an element "form"`},
		{"tokens/3.html", replaced("</main>", `<object></object></main>`), `an element "object"`},
		{"tokens/3.html", replaced("<img src=\"../images/", "<img src=\"https://example.org/images/"), "its img has the src"},
		{"tokens/3.html", replaced("</html>", "</html"), "an element has no end"},
		{"data/0.js", is("alert(1);\n"), "could run as a script"}, {"data/0.js", is("genproofEntries(alert(1));\n"), "could run as a script"}, {"data/0.js", is(`genproofEntries([{"__proto__":1}]);` + "\n"), "could run as a script"},
		{"data/0.js", is("genproofEntries([]);alert(1);genproofEntries([]);\n"), "could run as a script"}, {"data/words.js", is("genproofEntries([]);\n"), "could run as a script"},
		{image, flip, "it has other bytes"}, {strings.Replace(image, ".png", ".svg", 1), func([]byte) []byte { return good[image] }, "no image that a site shows"},
		{"more.js", is("alert(1)"), "it was added"}, {"more.html", is("<p>"), "it was added"}, {"images/x.svg", is("<svg>"), "it was added"}, {"publication/x.html", is("<p>"), "it was added"},
		{"sw.js", is("x"), "it was added"}, {"tokens/index.html", is("x"), "it was added"}, {"pages/7.html", is("<p>"), "does not begin with the policy"}, {".htaccess", is("x"), "it was added"},
	} {
		m := maps.Clone(good)
		if row.change == nil {
			delete(m, row.name)
		} else if m[row.name] = row.change(bytes.Clone(good[row.name])); bytes.Equal(m[row.name], good[row.name]) {
			t.Fatalf("%s is not changed", row.name)
		}
		r, err := Check(m, []byte("the verifier"))
		if err != nil || len(r.Faults) != 1 || r.Faults[0].File != row.name || !strings.Contains(r.Faults[0].Why, row.why) {
			t.Errorf("%s, want %q: got %+v (%v)", row.name, row.why, r, err)
		}
	}
	r, err := Check(good, nil)
	if err != nil || len(r.Faults) != 1 || r.Faults[0].File != VerifierFile {
		t.Errorf("without a verifier to compare with: %+v (%v)", r, err)
	}
}

// unlisted is a site on a server, which lists nothing.
type unlisted struct{ memory }

func (unlisted) Names() ([]string, error) { return nil, nil }

// On a server what pages lead to is looked at.
func TestCheck_FollowsWhatPagesLeadTo(t *testing.T) {
	from := sourceOf(t, deck, nil)
	good := written(t, judged(t, from, publication.Trust{}, nil), from, []byte("the verifier"))
	r, err := Check(unlisted{good}, []byte("the verifier"))
	if err != nil || len(r.Faults) > 0 || r.Files < 12+12+7 {
		t.Errorf("a good site: %+v (%v)", r, err)
	}
	bad := maps.Clone(good)
	bad["tokens/11.html"] = replaced("</main>", "<script>1</script></main>")(good["tokens/11.html"])
	if r, err := Check(unlisted{bad}, []byte("the verifier")); err != nil || len(r.Faults) != 1 || r.Faults[0].File != "tokens/11.html" {
		t.Errorf("the last card's page: %+v (%v)", r, err)
	}
}

func TestCheckContact_TakesAddressesAlone(t *testing.T) {
	for text, ok := range map[string]bool{
		"a@example.org": true, "https://example.org/x?y=1": true, "http://example.org": false, "javascript:alert(1)": false, "https://": false, "https://u:p@example.org": false, "a@b": false, "a@b@c.d": false,
		"a b@example.org": false, "a@ex\u0430mple.org": false, `a"@example.org`: false, "a?cc=x@example.org": false, "": false,
	} {
		if err := CheckContact(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
