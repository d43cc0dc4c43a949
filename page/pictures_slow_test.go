//go:build prover_checks

package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/publication"
)

// pictured is a drop of art/small: three tokens, whose pictures are proven.
const pictured = "../testdata/art"

// pictureOf is where a token's picture is in a published folder, by its document.
func pictureOf(t *testing.T, dir string, id uint64) string {
	t.Helper()
	b, err := bundle.Unmarshal(read(t, dir, bundle.BundlePath(id)))
	if err != nil {
		t.Fatal(err)
	}
	var shown struct{ Image string }
	if err := json.Unmarshal([]byte(b.Document), &shown); err != nil {
		t.Fatal(err)
	}
	return bundle.PicturePath(strings.TrimPrefix(shown.Image, "ipfs://"))
}

// onePixelOff is a whole file of the frame that has another colour at one place.
func onePixelOff(t *testing.T, file []byte) []byte {
	t.Helper()
	f, palette, pixels, err := picture.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	pixels[37] = (pixels[37] + 1) % byte(f.Colours())
	other, err := picture.Encode(f, palette, pixels)
	if err != nil {
		t.Fatal(err)
	}
	return other
}

// colours are those of a picture's pixels, row by row, by Go's decoder.
func colours(t *testing.T, file []byte) string {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for i := range img.Bounds().Dx() * img.Bounds().Dy() {
		r, g, b, a := img.At(i%img.Bounds().Dx(), i/img.Bounds().Dx()).RGBA()
		all = append(all, fmt.Sprint(r>>8, g>>8, b>>8, a>>8))
	}
	return strings.Join(all, " ")
}

// drawn are the colours of the image that the page has drawn in a box.
func (p *tab) drawn(t *testing.T, box string) string {
	t.Helper()
	return eval[string](t, p, fmt.Sprintf(`(async () => {
		const img = document.querySelector(%q);
		if (!img) return "no image";
		await img.decode();
		const canvas = document.createElement("canvas");
		[canvas.width, canvas.height] = [img.naturalWidth, img.naturalHeight];
		const c = canvas.getContext("2d");
		c.drawImage(img, 0, 0);
		return [...c.getImageData(0, 0, canvas.width, canvas.height).data].join(" ");
	})()`, box+" img"))
}

// badge is what stands in sight of what was proven of a token page's picture.
func (p *tab) badge(t *testing.T) string {
	t.Helper()
	return eval[string](t, p, `[...document.querySelectorAll(".left .badge, .left .unhashed")].filter((e) => e.checkVisibility()).map((e) => e.textContent).join("|")`)
}

const notHashed = "Picture: not hashed here, its digest is proven."

// The page of a token shows its picture, pixel by pixel, with a badge of what was proven of it, once its bytes were
// hashed there: from a server at once, from a disk when the reader has chosen the folder.
func TestSlowSite_ShowsProvenPictures(t *testing.T) {
	b := startBrowser(t)
	name := pictureOf(t, pictured, 1)
	want := colours(t, read(t, pictured, name))
	for badge, trust := range map[string]publication.Trust{"picture proven": pinnedTrust(t, pictured, "art/small"), "picture amber": {}} {
		s, pub := siteOf(t, pictured, trust)
		dir := writeSite(t, s, pub.Source(), nil)
		for i, base := range both(t, dir) {
			p := b.open(t, base+"tokens/1.html", "")
			p.wait(t, `document.querySelector(".picture img")?.complete`)
			if i == 0 { // a disk
				if got := p.badge(t); got != notHashed {
					t.Errorf("%s: before the folder is chosen it says %q", badge, got)
				}
				p.give(t, "choose", dir)
			}
			if marks := p.marks(t, "not checked yet"); !all(marks, "image: hashed here") {
				t.Errorf("%s: %q", base, marks)
			}
			if got := p.badge(t); got != badge {
				t.Errorf("%s: the badge is %q, want %q", base, got, badge)
			}
			if got := p.drawn(t, ".picture"); got != want {
				t.Errorf("%s: it draws %s, want %s", base, got, want)
			}
			p.within(t, base)
			// Without script nobody hashes it, and nothing is said of its pixels.
			p.do(t, "Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
			p.do(t, "Page.reload", map[string]any{}, nil)
			p.wait(t, `document.readyState === "complete" && document.querySelector(".left noscript img")?.complete`)
			if got := p.badge(t); got != notHashed {
				t.Errorf("%s: without script it says %q", base, got)
			}
		}
	}
}

// A picture that somebody has put into a site's folder in place of the proven one has no badge, whether it is one pixel
// off or another PNG: it is not shown from a server, nor from a folder that was chosen.
func TestSlowSite_VouchesForNoOtherPicture(t *testing.T) {
	b := startBrowser(t)
	own := read(t, pictured, pictureOf(t, pictured, 1))
	for what, file := range map[string][]byte{
		"one pixel off": onePixelOff(t, own), "another PNG": read(t, deck, "images/5.png"), "a byte more": append(bytes.Clone(own), 0),
	} {
		s, pub := siteOf(t, pictured, pinnedTrust(t, pictured, "art/small"))
		dir := writeSite(t, s, pub.Source(), nil)
		put(t, dir, fmt.Sprintf("images/%x.png", sha256.Sum256(own)), file)
		for i, base := range both(t, dir) {
			p := b.open(t, base+"tokens/1.html", "")
			if i == 0 {
				p.wait(t, `document.querySelector(".picture img")?.complete`)
				if got := p.badge(t); got != notHashed {
					t.Errorf("%s, on a disk: it says %q", what, got)
				}
				p.give(t, "choose", dir)
			}
			if marks := p.marks(t, "not checked yet"); !all(marks, "image: not shown") {
				t.Errorf("%s: %q", what, marks)
			}
			if got, img := p.badge(t), p.drawn(t, ".picture"); got != notHashed || img != "no image" {
				t.Errorf("%s: it says %q of %s", what, got, img)
			}
		}
		// Of a publication with that file the token is rejected, and nothing of it is shown.
		out := copied(t, pictured, pictureOf(t, pictured, 1), func([]byte) []byte { return file })
		s, pub = siteOf(t, out, pinnedTrust(t, pictured, "art/small"))
		p := b.open(t, "file://"+writeSite(t, s, pub.Source(), nil)+"/tokens/1.html", "")
		if text := eval[string](t, p, `document.querySelector("main").innerText`); !strings.Contains(text, "Rejected. picture: ") || strings.Contains(text, "picture proven") {
			t.Errorf("%s, published: the page says %s", what, text)
		}
	}
}

// pictures are what the page says of the picture of each card.
func (p *tab) pictures(t *testing.T) []string {
	t.Helper()
	return eval[[]string](t, p, `[...document.querySelectorAll(".card")].map((c) => c.querySelector(".reason")?.textContent ?? [...c.querySelectorAll("p")].find((e) => /^picture/i.test(e.textContent))?.textContent ?? "")`)
}

// verifier.html judges pictures in a folder, in a CAR, and those that are given beside an open folder whatever they
// are called; another file under a picture's name is as one that stands in the folder.
func TestSlowPage_JudgesPictures(t *testing.T) {
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	name := pictureOf(t, pictured, 1)
	own, beside := read(t, pictured, name), t.TempDir()
	for file, data := range map[string][]byte{
		"a copy.png": own, filepath.Base(name): onePixelOff(t, own), "off.png": onePixelOff(t, own), "longer.png": append(bytes.Clone(own), 0), "other.png": read(t, deck, "images/5.png"),
	} {
		put(t, beside, file, data)
	}
	const holds, not = "picture amber", "Picture: not here, its digest is proven."
	missing := copied(t, pictured, "", nil)
	if err := os.Remove(filepath.Join(missing, name)); err != nil {
		t.Fatal(err)
	}
	alike := 0 // tokens that have the picture
	for id := uint64(1); id <= 3; id++ {
		if pictureOf(t, pictured, id) == name {
			alike++
		}
	}
	const refused = "picture: its SHA-256 is not the one that the document shows"
	for _, row := range []struct {
		what, id, path string
		level, said    string
		count          int
	}{
		{"a folder", "folder", pictured, "amber", holds, 3},
		{"a CAR", "files", filepath.Join(pictured, bundle.CARFile), "amber", holds, 3},
		{"without a picture", "folder", missing, "amber", not, alike},
		{"one pixel off, beside it", "files", filepath.Join(beside, "off.png"), "amber", not, alike},
		{"a byte more, beside it", "files", filepath.Join(beside, "longer.png"), "amber", not, alike},
		{"another PNG, beside it", "files", filepath.Join(beside, "other.png"), "amber", not, alike},
		{"the picture under another name, beside it", "files", filepath.Join(beside, "a copy.png"), "amber", holds, 3},
		{"without it once more", "folder", missing, "amber", not, alike},
		{"one pixel off under its name, beside it", "files", filepath.Join(beside, filepath.Base(name)), "rejected", refused, alike},
		{"and then the picture itself", "files", filepath.Join(pictured, name), "amber", holds, 3},
		{"one pixel off in the folder", "folder", copied(t, pictured, name, func(b []byte) []byte { return onePixelOff(t, b) }), "rejected", refused, alike},
		{"and the picture beside it", "files", filepath.Join(beside, "a copy.png"), "amber", holds, 3},
	} {
		got := p.judged(t, row.id, row.path)
		said := p.pictures(t)
		n := 0
		for _, s := range said {
			if s == row.said {
				n++
			}
		}
		if got.Level != row.level || n != row.count {
			t.Errorf("%s: %s, %q; want %d of %q", row.what, got.Level, said, row.count, row.said)
		}
		if strings.Contains(strings.Join(said, " "), "proven") && row.said != not {
			t.Errorf("%s: %q under a key that nobody pins", row.what, said)
		}
	}
	p.wait(t, `document.querySelectorAll(".card .picture img").length === 3`)
	if got, want := p.drawn(t, ".card .picture"), colours(t, read(t, pictured, pictureOf(t, pictured, 1))); got != want {
		t.Errorf("it draws %s, want %s", got, want)
	}
	p.quiet(t)
}

// A drop whose maker has its key's secrets proves the digest of any file. The page refuses what is no picture of the
// circuit, though viewers show it.
func TestSlowPage_RefusesForgedPictures(t *testing.T) {
	own := read(t, pictured, pictureOf(t, pictured, 1))
	end := len(own) - 12 // of IEND
	comment := []byte("tEXta\x00b")
	comment = binary.BigEndian.AppendUint32(append([]byte{0, 0, 0, 3}, comment...), crc32.ChecksumIEEE(comment))
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	for what, row := range map[string]struct {
		file        []byte
		level, said string
	}{
		"the picture":                 {own, "amber", "picture amber"},
		"a chunk in front of the end": {slices.Concat(own[:end], comment, own[end:]), "rejected", "picture: "},
		"bytes behind the end":        {append(bytes.Clone(own), "more"...), "rejected", "picture: "},
		"a compressed stream":         {recompressed(t, own), "rejected", "picture: "},
	} {
		if _, err := png.Decode(bytes.NewReader(row.file)); err != nil {
			t.Errorf("%s: no viewer shows it: %v", what, err)
		}
		got := p.judged(t, "folder", forgedPicture(t, row.file))
		if said := p.pictures(t); got.Level != row.level || len(said) != 1 || !strings.HasPrefix(said[0], row.said) {
			t.Errorf("%s: %s, %q", what, got.Level, said)
		}
	}
	p.quiet(t)
}

// recompressed is the same picture as Go's encoder writes it.
func recompressed(t *testing.T, file []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// forgedPicture is the drop with one token, whose document shows any file, under the key of a forger.
func forgedPicture(t *testing.T, file []byte) string {
	t.Helper()
	f := newForger()
	d, err := bundle.UnmarshalDescription(read(t, pictured, bundle.DescriptionFile))
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Unmarshal(read(t, pictured, bundle.BundlePath(1)))
	if err != nil {
		t.Fatal(err)
	}
	cid := document.DigestCID(sha256.Sum256(file))
	was := strings.TrimSuffix(filepath.Base(pictureOf(t, pictured, 1)), ".png")
	d.Key.Digest = f.key.Digest()
	b.Key, b.Document = d.Key, strings.Replace(b.Document, was, cid, 1)
	b.CID, b.Statement.Metadata = document.CID([]byte(b.Document)), sha256.Sum256([]byte(b.Document))
	inputs := b.Statement.Vector()
	if len(inputs) != statement.NbInputs {
		t.Fatal("the statement has another length")
	}
	b.Proof = f.prove(inputs[:])
	dir := t.TempDir()
	for name, write := range map[string]func() ([]byte, error){bundle.DescriptionFile: d.Marshal, bundle.BundlePath(1): b.Marshal} {
		data, err := write()
		if err != nil {
			t.Fatal(err)
		}
		put(t, dir, name, data)
	}
	put(t, dir, bundle.KeyFile, f.key.Bytes())
	put(t, dir, bundle.DocumentPath(b.CID), []byte(b.Document))
	put(t, dir, bundle.PicturePath(cid), file)
	return dir
}
