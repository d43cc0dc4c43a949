//go:build prover_checks

package page

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

// put writes a file and the folders above it.
func put(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A counter is a server that nobody has a reason to ask.
type counter struct {
	*httptest.Server
	asked atomic.Int64
}

func newCounter(t *testing.T) *counter {
	c := new(counter)
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.asked.Add(1)
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	t.Cleanup(c.Close)
	return c
}

// injections are texts that would run or load something, were they read as anything but text.
func injections(server string) []string {
	return []string{
		`<img src="` + server + `/a" onerror="fetch('` + server + `/b')">`,
		`<svg onload="fetch('` + server + `/c')"></svg>`,
		`</script><script>fetch("` + server + `/d")</script>`,
		`<style>@import "` + server + `/e"; body{display:none}</style>`,
		`<link rel=stylesheet href="` + server + `/f"><meta http-equiv=refresh content="0;url=` + server + `/g">`,
		`<iframe srcdoc="<script src=` + server + `/h></script>"></iframe>`,
		`javascript:fetch("` + server + `/i")`,
		`"><object data="` + server + `/j"></object>`,
		`{{policy}}{{script}}${fetch("` + server + `/k")}`,
		`<base href="` + server + `/l/"><form action="` + server + `/m"><button autofocus>proven</button></form>`,
	}
}

// spoofs are names that pretend, and what the page must show of them.
var spoofs = map[string]string{
	"\u2714 proven":                     "⟨no⟩",
	"Fox \u202egnp.xof":                 "⟨U+202E⟩",
	"Fox\u200b\u2066 1":                 "⟨U+200B⟩⟨U+2066⟩",
	"tag \U000e0041":                    "⟨U+E0041⟩",
	"pr\u043even":                       "⟨no⟩",
	"bell \x07":                         "⟨U+0007⟩",
	"sep\u2028\u2029":                   "⟨U+2028⟩⟨U+2029⟩",
	"wide\u3000blank":                   "⟨U+3000⟩",
	"za" + strings.Repeat("\u0301", 60): "…",
}

// chunkPNG is a chunk of a PNG.
func chunkPNG(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// bombPNG says that it is this large.
func bombPNG(width, height uint32) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	b := append([]byte("\x89PNG\r\n\x1a\n"), chunkPNG("IHDR", append(header, 1, 0, 0, 0, 0))...)
	return append(append(b, chunkPNG("IDAT", bytes.Repeat([]byte{0}, 30000))...), chunkPNG("IEND", nil)...)
}

// An exhibit is an image, and what the page says of it: nothing if it shows the image.
type exhibit struct {
	data []byte
	says string
}

// exhibits are images, most of which want to hurt. The last ones are fine.
func exhibits(t *testing.T, server string) []exhibit {
	t.Helper()
	jpeg := append([]byte{0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xdc, 0xff, 0xdc, 3}, make([]byte, 180)...)
	var many bytes.Buffer
	frames := &gif.GIF{}
	for range 10000 {
		frames.Image = append(frames.Image, image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Black, color.White}))
		frames.Delay = append(frames.Delay, 1)
	}
	if err := gif.EncodeAll(&many, frames); err != nil {
		t.Fatal(err)
	}
	var fine bytes.Buffer
	if err := png.Encode(&fine, image.NewRGBA(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	polyglot := append(bytes.Clone(fine.Bytes()), injections(server)[2]...)
	return []exhibit{
		{bombPNG(16000, 16000), "16000 × 16000 pixels"},
		{bombPNG(65535, 65535), "65535 × 65535 pixels"},
		{bombPNG(8000, 8000), "8000 × 8000 pixels"},
		{bombPNG(0, 1), "its header says that it is empty"},
		{jpeg, "65500 × 65500 pixels"},
		{many.Bytes(), "It moves."},
		{[]byte("<html>" + injections(server)[2]), "it is no PNG, JPEG, GIF, WebP or SVG"},
		{append([]byte("<svg>"), make([]byte, 1<<20)...), "an SVG of more than 1 MiB"},
		{[]byte(`<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>`), "it is no PNG, JPEG, GIF, WebP or SVG"},
		{[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), "it is no PNG, JPEG, GIF, WebP or SVG"},
		{[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><script>fetch("` + server + `/n")</script><image href="` + server + `/o" width="9" height="9"/><rect width="40" height="40" fill="teal"/></svg>`), ""},
		{polyglot, ""},
		{fine.Bytes(), ""},
	}
}

// hostileDeck publishes a deck whose author is hostile: every proof holds.
func hostileDeck(t *testing.T, server string) (dir string, list []exhibit) {
	t.Helper()
	list = exhibits(t, server)
	texts := injections(server)
	var names []string
	for name := range spoofs {
		names = append(names, name)
	}
	from := t.TempDir()
	put(t, from, "drop.yaml", []byte(`name: "Foxes <img src=x onerror=alert(1)>"
circuit: deck/small
deck: {home: none, first_id: 1, assignment: fixed, spelling: as published}
attributes:
  - {trait: "<b>Eyes</b>"}
`))
	put(t, from, "policy.cel", []byte("true"))
	for i, x := range list {
		entry, _, err := car.MakeFile("", bytes.NewReader(x.data))
		if err != nil {
			t.Fatal(err)
		}
		address := "ipfs://" + entry.CID.String()
		if i == len(list)-1 {
			address = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
		}
		data, err := json.Marshal(map[string]any{
			"name": names[i%len(names)] + " " + texts[i%len(texts)], "image": address, "animation_url": "data:text/html," + texts[2], "external_url": texts[6],
			"__proto__": texts[0], "constructor": texts[1], texts[(i+1)%len(texts)]: "word",
			"attributes": []map[string]any{{"trait_type": "<b>Eyes</b>", "value": texts[i%len(texts)]}, {"trait_type": texts[(i+2)%len(texts)], "value": "x"}, {"trait_type": "__proto__", "value": "y"}, {"trait_type": strings.Repeat("long ", 20000), "value": "z"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		put(t, from, fmt.Sprintf("documents/%d.json", i), data)
	}
	if err := drop.CreateSecrets(from, false, bytes.NewReader(bytes.Repeat([]byte{0x5a, 0xa5, 7, 9}, 64))); err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "out")
	publish(t, from, dir)
	for i, x := range list {
		put(t, dir, fmt.Sprintf("images/%d", i), x.data)
	}
	return dir, list
}

// publish proves a deck and writes what is published of it.
func publish(t *testing.T, from, to string) {
	t.Helper()
	d, err := drop.LoadDeck(t.Context(), from, nil)
	if err != nil {
		t.Fatal(err)
	}
	store, err := setup.OpenStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := setup.Compile(statement.CircuitID{Binding: statement.Deck, Size: statement.DeckSmall})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.Groth16Keys(context.Background(), circuit, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prover.NewDeck(d, keys)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		put(t, to, name, data)
	}
	key := keys.Info()
	write(bundle.KeyFile, key.Verifying.Bytes(), nil)
	description, err := d.Description(bundle.Key{Digest: key.Verifying.Digest(), Provenance: key.Provenance}).Marshal()
	write(bundle.DescriptionFile, description, err)
	for n := range d.Batches() {
		b, err := p.Prove(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		data, err := b.Marshal()
		write(bundle.BatchPath(uint64(n)), data, err)
	}
	for n := range d.Cards() {
		data, err := d.OpenCard(n).Marshal()
		write(bundle.CardPath(uint64(n)), data, err)
		data, err = d.Document(n)
		write(bundle.CardDocumentPath(uint64(n), uint64(d.Cards()), d.Circuit.Size.Cards), data, err)
	}
}

// packed is a CAR of a whole folder, images too.
func packed(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "whole.car")
	files, err := ipfs.FilesOf(os.DirFS(dir), ".")
	if err == nil {
		_, err = ipfs.WriteCAR(t.Context(), file, files)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestSlowPage_RunsAndLoadsNothingOfAHostileDeck(t *testing.T) {
	server := newCounter(t)
	dir, list := hostileDeck(t, server.URL)
	b := startBrowser(t)
	for id, path := range map[string]string{"folder": dir, "files": packed(t, dir)} {
		t.Run(id, func(t *testing.T) { bearsHostility(t, b, server, id, path, list) })
	}
}

// bearsHostility gives the page a hostile deck and looks at what comes of it.
func bearsHostility(t *testing.T, b *browser, server *counter, id, path string, list []exhibit) {
	p := b.open(t, "file://"+verifierFile(t), `let ticks = 0; setInterval(() => ticks++, 50);`)
	got := p.judged(t, id, path)
	if got.Level != "amber" || len(got.Badges) != len(list) {
		t.Fatalf("got %+v", got)
	}
	p.wait(t, `![...document.querySelectorAll(".picture")].some((e) => e.textContent.includes("Add the folder"))`)
	boxes := eval[[]struct {
		Text  string
		Image int
	}](t, p, `[...document.querySelectorAll(".picture")].map((e) => ({ Text: e.textContent, Image: e.querySelector("img")?.naturalWidth ?? -1 }))`)
	for i, x := range list {
		if b := boxes[i]; !strings.Contains(b.Text, x.says) || (b.Image > 0) != (x.says == "") {
			t.Errorf("image %d: got %+v, want %q", i, b, x.says)
		}
	}
	for _, row := range []struct{ what, expression string }{
		{"elements of a text", `document.querySelectorAll("#result iframe, #result style, #result link, #result object, #result form, #result a, #result script, #result base, #result b").length === 0`},
		{"frames", `frames.length === 0`},
		{"a prototype", `({}).onerror === undefined && Object.keys(Object.prototype).length === 0`},
		{"the timer", `ticks > 10`},
		{"all buttons of long texts", `[...document.querySelectorAll("#result .more")].length > 0 && ([...document.querySelectorAll("#result .more")].forEach((b) => b.click()), true)`},
		{"the animation's button", `[...document.querySelectorAll(".picture button")].length === 1 && ([...document.querySelectorAll(".picture button")].forEach((b) => b.click()), true)`},
		{"all details", `[...document.querySelectorAll("details")].every((d) => (d.open = true))`},
	} {
		if !eval[bool](t, p, row.expression) {
			t.Errorf("%s: %s", row.what, eval[string](t, p, `document.getElementById("result").innerHTML.slice(0, 20000)`))
		}
	}
	p.wait(t, `document.querySelectorAll(".picture button").length === 0`)
	text := eval[string](t, p, `document.getElementById("result").textContent`)
	for name, want := range spoofs {
		if want != "⟨no⟩" && !strings.Contains(text, want) {
			t.Errorf("of %q the page does not show %s", name, want)
		}
	}
	if strings.ContainsAny(text, "\u202e\u200b\u2066\U000e0041\x07\u2028\u3000") || strings.Contains(text, strings.Repeat("\u0301", 10)) {
		t.Error("signs that nobody sees stand in the page")
	}
	if n := eval[int](t, p, `[...document.querySelectorAll(".name .boxed")].length`); n < 2 {
		t.Errorf("%d names that look like verdicts are boxed", n)
	}
	if n := server.asked.Load(); n > 0 {
		t.Errorf("the page asked a server %d times", n)
	}
	p.quiet(t)
	// The watching watches: something refused and something asked for would show.
	eval[any](t, p, `new Promise((go) => { const i = document.createElement("img"); i.onerror = go; i.src = "`+server.URL+`/p"; document.body.append(i); })`)
	if v := eval[[]string](t, p, "violations"); len(v) != 1 || !strings.HasPrefix(v[0], "img-src") || server.asked.Load() != 0 {
		t.Errorf("an image of another server: violations %q, %d requests", v, server.asked.Load())
	}
}
