package site

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

// injections are texts that would run or load something, were they read as anything but text.
var injections = []string{
	`<img src="https://example.org/a" onerror="alert(1)">`, `</script><script>alert(2)</script>`, `</title><script>alert(3)</script>`, `</noscript><img src=x onerror=alert(4)>`,
	`"><svg onload=alert(5)>`, `' onmouseover='alert(6)`, `javascript:alert(7)`, `{{.Up}}{{template "head"}}`, `</bdi></td><td data-level="proven">proven`, `<!-- -->`, "]]>\u2028);alert(8);(", `__proto__`, `constructor`,
	`<style>body{display:none}</style>`, `data:text/html,<script>alert(9)</script>`, `\"); alert(10); //`, "\x00\x01", "\xff\xfe", strings.Repeat("long ", 30000), strings.Repeat("<", 5000),
}

// hostile is a real deck's site in which every foreign text is another one.
func hostile(t *testing.T, text string) *Site {
	t.Helper()
	s := judged(t, sourceOf(t, deck, nil), publication.Trust{}, nil)
	s.Name, s.Rule, s.AuthorsText, s.Hidden, s.HiddenFacts = text, text, text, []string{text}, []string{text}
	s.NotChecked, s.Reservations = []string{text}, []verdict.Reservation{{Name: "key", Text: text}}
	s.Key.Provenance = text
	for i := range s.Entries {
		e := &s.Entries[i]
		e.Name, e.Reason, e.Unread, e.Words, e.Differs = text, text, text, []string{text}, []string{text}
		e.Shown = []verdict.Attribute{{Label: text, Value: text}}
		e.Addresses = []verdict.Address{{Member: "image", Address: text}, {Member: "animation_url", Address: text}, {Member: "external_url", Address: text}}
	}
	s.Attested = Attested{
		Promised: []bundle.Attester{{Role: text, Threshold: 1, Identities: []string{text}}}, Approvals: []verdict.Approval{{Role: text, Threshold: 1, Of: 1, By: []string{text}, Met: true}}, Trust: true,
		Attestations: []verdict.Attestation{
			{File: text, ID: strings.Repeat("0", 64), Standing: result.Holds, Reason: text, Signer: text, Known: text, Predicate: text, Subject: text, Role: text, Decision: text, Basis: text, Statement: text, IssuedAt: text, Expires: text, NotLater: text},
			{File: text, Standing: result.Refused, Reason: text},
		},
	}
	s.Steps = append(s.Steps, s.Attested.ofDeck(), promised(&bundle.Deck{Attesters: s.Attested.Promised}))
	s.documentOf = func(*Entry) ([]byte, error) { return []byte(text), nil }
	return s
}

// Pages of hostile texts are still in the small part of HTML that pages are written in, in which
// neither scripts nor addresses of others can stand.
func TestSite_ReadsStrangersTextsAsText(t *testing.T) {
	for _, text := range injections {
		m := written(t, hostile(t, text), nil, []byte("the verifier"))
		r, err := Check(m, []byte("the verifier"))
		if err != nil || len(r.Faults) > 0 {
			t.Errorf("%.60q: %+v (%v)", text, r, err)
		}
		for name, data := range m {
			if strings.HasSuffix(name, ".html") && name != VerifierFile && (bytes.Contains(data, []byte("<script>")) || bytes.Contains(data, []byte("onerror=alert(4)>"))) {
				t.Errorf("%.60q: %s has it as it is", text, name)
			}
			if len(data) > 4<<20 {
				t.Errorf("%.60q: %s has %d bytes", text, name, len(data))
			}
		}
	}
}

func TestForeign_HidesNothing(t *testing.T) {
	for text, want := range map[string]string{
		"Fox \u202egnp.xof":                 "Fox ⟨U+202E⟩gnp.xof",
		"Fox\u200b\u2066 1":                 "Fox⟨U+200B⟩⟨U+2066⟩ 1",
		"tag \U000e0041":                    "tag ⟨U+E0041⟩",
		"bell \x07":                         "bell ⟨U+0007⟩",
		"sep\u2028\u2029":                   "sep⟨U+2028⟩⟨U+2029⟩",
		"wide\u3000blank":                   "wide⟨U+3000⟩blank",
		"soft\u00adhyphen":                  "soft⟨U+00AD⟩hyphen",
		"two\nlines":                        "two⟨U+000A⟩lines",
		"za" + strings.Repeat("\u0301", 60): "za" + strings.Repeat("\u0301", 8) + "…",
		"\U0001f469\u200d\U0001f680 family": "\U0001f469\u200d\U0001f680 family",
		"\xff":                              "⟨U+FFFD⟩",
		"plain Fox #1":                      "plain Fox #1",
	} {
		if got := flat(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for text, boxed := range map[string]string{
		"✔ proven": "✔|proven", "PROVEN!": "PROVEN!", "pr\u043even": "pr\u043even", "ｐｒｏｖｅｎ": "ｐｒｏｖｅｎ", "safe": "safe", "Ver1fied": "", "Unsafe": "", "Safety": "",
		"\u0413\u0440\u0443\u0448\u0430": "", "Trusted": "Trusted", "p.r.o.v.e.n": "p.r.o.v.e.n", "\U0001d42croven": "\U0001d42croven", "🟢": "🟢", "amber": "amber",
	} {
		var got []string
		for _, p := range foreign(text).Pieces {
			if p.Class == "boxed" {
				got = append(got, p.Text)
			}
		}
		if strings.Join(got, "|") != boxed {
			t.Errorf("%q: boxed is %q, want %q", text, got, boxed)
		}
	}
	if f := said("rejected: amber"); len(f.Pieces) != 1 || f.Pieces[0].Class != "" {
		t.Errorf("the verifier's own words are boxed: %+v", f)
	}
	if f := foreign(strings.Repeat("a", 1<<21)); len(f.Pieces[0].Text) != maxShown || len(f.Rest[0].Text) != maxRest {
		t.Error("a long text is not cut")
	}
}

// bombPNG says that it is this large.
func bombPNG(width, height uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, width), height)
	return append(b, make([]byte, 32)...)
}

// Images are measured by their headers, as Go's decoders would, before anything decodes them.
func TestMeasure_ByHeadersAlone(t *testing.T) {
	var asPNG, asJPEG, asGIF, moving bytes.Buffer
	picture := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.Black, color.White})
	for _, err := range []error{
		png.Encode(&asPNG, picture), jpeg.Encode(&asJPEG, picture, nil), gif.Encode(&asGIF, picture, nil),
		gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{picture, picture}, Delay: []int{1, 1}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for kind, data := range map[string][]byte{"png": asPNG.Bytes(), "jpg": asJPEG.Bytes(), "gif": asGIF.Bytes()} {
		config, _, err := image.DecodeConfig(bytes.NewReader(data))
		if p, refused := measure(data); err != nil || refused != "" || p.kind != kind || p.width != config.Width || p.height != config.Height || p.moves {
			t.Errorf("%s: got %+v %q, Go's decoder says %+v (%v)", kind, p, refused, config, err)
		}
	}
	if p, _ := measure(moving.Bytes()); !p.moves {
		t.Error("a GIF of two frames does not move")
	}
	apng := append(bytes.Clone(asPNG.Bytes()[:33]), append([]byte("\x00\x00\x00\x08acTL\x00\x00\x00\x02\x00\x00\x00\x00abcd"), asPNG.Bytes()[33:]...)...)
	if p, refused := measure(apng); !p.moves || refused != "" {
		t.Errorf("an APNG does not move: %+v %q", p, refused)
	}
	huge := append([]byte{0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xdc, 0xff, 0xdc, 3}, make([]byte, 180)...)
	webp := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x27\x00\x00\x1d\x00\x00"), 0, 0)
	if p, refused := measure(webp); refused != "" || p.width != 40 || p.height != 30 || !p.moves || p.kind != "webp" {
		t.Errorf("a moving WebP: %+v %q", p, refused)
	}
	for _, row := range []struct {
		data []byte
		says string
	}{
		{bombPNG(16000, 16000), "16000 × 16000 pixels"}, {bombPNG(65535, 65535), "65535 × 65535 pixels"}, {bombPNG(8000, 8000), "8000 × 8000 pixels"}, {bombPNG(0, 1), "its header says that it is empty"},
		{bombPNG(1<<31, 1<<31), "pixels"}, {huge, "65500 × 65500 pixels"}, {[]byte("<html><script>alert(1)</script>"), "it is no PNG"}, {append([]byte("<svg>"), make([]byte, 1<<20)...), "an SVG of more than 1 MiB"},
		{[]byte(`<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>`), "it is no PNG"}, {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00"), "it is no PNG"}, {nil, "it is no PNG"}, {make([]byte, MaxImage+1), "bytes, more than are shown"}, {[]byte("GIF89a"), "it is no PNG"},
	} {
		if p, refused := measure(row.data); !strings.Contains(refused, row.says) {
			t.Errorf("%.40q: got %+v %q, want %q", row.data, p, refused, row.says)
		}
	}
	if p, refused := measure([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`)); refused != "" || p.kind != "svg" {
		t.Errorf("an SVG: %+v %q", p, refused) // it runs nothing as an image
	}
}

func FuzzMeasure(f *testing.F) {
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Add(bombPNG(1, 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, refused := measure(data); refused == "" && p.kind != "svg" && (p.width <= 0 || p.height <= 0 || p.width > maxSide || p.height > maxSide) {
			t.Errorf("%+v is shown", p)
		}
	})
}
