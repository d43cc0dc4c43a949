package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
)

// The canary drop as one whose pictures are proven: a shown background, and on it a hidden lineage.
var (
	artCanaryDrop = strings.NewReplacer("root/small", "art/small", `, image: "ipfs://canaries/{id}.png"`, "").Replace(canaryDrop)
	// Both are squares, the lineage's in the middle.
	artBackgrounds = map[string]color.NRGBA{"Midnight": {R: 10, G: 10, B: 80, A: 255}, "Aurora": {R: 90, G: 220, B: 170, A: 255}}
	artLineage     = color.NRGBA{R: 200, G: 80, B: 30, A: 255}
)

const artCanarySprites = "sprites: {folder: sprites, order: [Background, Lineage], pictured: true}\n"

// writeArtDrop makes the drop without secrets.
func writeArtDrop(dir string) error {
	errs := []error{}
	put := func(name string, data []byte) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		errs = append(errs, os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, data, 0o600))
	}
	put("drop.yaml", []byte(artCanaryDrop))
	put("model.yaml", []byte(strings.Replace(canaryModel, "7340039", "22020099", 1)+artCanarySprites)) // token 1 has another one than 2 and 3
	put("policy.cel", []byte(canaryPolicy))
	put("claims.yaml", []byte(canaryClaims))
	put(canaryFile, []byte(canaryArtifact))
	put("secrets.yaml", fmt.Appendf(nil, "seed: %q\nblind: %q\nsalt: %q\nauthority_key: %q\n", canarySeed, canaryBlind, canarySalt, canaryKey))
	for name, c := range artBackgrounds {
		put("sprites/Background/"+name+".png", square(0, 16, c))
	}
	put("sprites/Lineage/"+canaryLineage+".png", square(4, 12, artLineage))
	return errors.Join(errs...)
}

// square is a sprite of one colour from pixel from to pixel to, both ways.
func square(from, to int, c color.NRGBA) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	for i := range 16 * 16 {
		if x, y := i%16, i/16; min(x, y) >= from && max(x, y) < to {
			m.SetNRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		panic(err) // no image of this size fails
	}
	return out.Bytes()
}

// provenArt is the drop with tokens 1 to 3 proven, once for all tests, and all that was said about it.
var provenArt = sync.OnceValues(func() (string, result) {
	dir := filepath.Join(filepath.Dir(sharedKeys), "art")
	said := result{}
	if err := writeArtDrop(dir); err != nil {
		return "", result{stderr: err.Error(), code: console.ExitTrouble}
	}
	for _, args := range [][]string{{"setup"}, {"prove", "--tokens", "1-3"}} {
		r := call("", append(args, "--drop", dir, "--keys", sharedKeys, "--log-level", "trace")...)
		said = result{r.code, said.stdout + r.stdout, said.stderr + r.stderr}
		if r.code != console.ExitOK {
			break
		}
	}
	return dir, said
})

func artDrop(t *testing.T) string {
	t.Helper()
	dir, r := provenArt()
	if r.code != console.ExitOK {
		t.Fatalf("proving: %s", r.stderr)
	}
	return dir
}

// artCopy is a copy of its output folder, to change at will.
func artCopy(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if err := os.CopyFS(out, os.DirFS(filepath.Join(artDrop(t), "out"))); err != nil {
		t.Fatal(err)
	}
	return out
}

// pictureFile is where the picture of a token is in an output folder, as its document says.
func pictureFile(t *testing.T, out string, id uint64) (file string, b *bundle.Bundle) {
	t.Helper()
	b, err := bundle.Unmarshal(read(t, out, filepath.FromSlash(bundle.BundlePath(id))))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(b.Document, `"ipfs://`)
	cid, _, _ := strings.Cut(rest, `"`)
	if !found {
		t.Fatal("the document names no image")
	}
	return filepath.Join(out, "images", cid+".png"), b
}

func TestProve_WritesPicturesBesideDocuments(t *testing.T) {
	out := artCopy(t)
	archive, err := car.Open(filepath.Join(out, "drop.car"), car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	shared := map[string]bool{}
	for id := uint64(1); id <= 3; id++ {
		file, b := pictureFile(t, out, id)
		shared[file] = true
		data := read(t, file)
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		background := artBackgrounds["Midnight"]
		if strings.Contains(b.Document, `"Aurora"`) {
			background = artBackgrounds["Aurora"]
		}
		for i := range 16 * 16 {
			x, y, want := i%16, i/16, background
			if min(x, y) >= 4 && max(x, y) < 12 {
				want = artLineage
			}
			if got := color.NRGBAModel.Convert(img.At(x, y)); got != want {
				t.Fatalf("token %d, pixel %d of row %d: %v, want %v", id, x, y, got, want)
			}
		}
		// A node that has the CAR has the block that ipfs://CID asks for.
		name := "images/" + filepath.Base(file)
		cid, err := archive.CID(name)
		if err != nil {
			t.Fatal(err)
		}
		if packed, err := archive.ReadFile(name); err != nil || cid.String()+".png" != filepath.Base(file) || !cid.IsRaw() || !bytes.Equal(packed, data) {
			t.Errorf("token %d: the CAR has %s under %s (%v)", id, cid, name, err)
		}
	}
	files, err := os.ReadDir(filepath.Join(out, "images"))
	if err != nil || len(files) != len(shared) {
		t.Errorf("%d files of pictures, %d are shown (%v)", len(files), len(shared), err)
	}
	if more, err := filepath.Glob(filepath.Join(out, "images-*.car")); err != nil || len(more) != 0 {
		t.Errorf("pictures stand in CARs of their own: %v", more)
	}
}

// A picture that is gone is written again without a new proof; another one under its name is an error.
func TestProve_PutsPicturesBack(t *testing.T) {
	dir, out := artDrop(t), artCopy(t)
	prove := []string{"prove", "--drop", dir, "--out", out, "--tokens", "1-3", "--keys", sharedKeys}
	file, _ := pictureFile(t, out, 2)
	want := read(t, file)
	if err := os.RemoveAll(filepath.Dir(file)); err != nil {
		t.Fatal(err)
	}
	if r := decode[proveReport](t, succeed(t, append(prove, "--json")...)); r.Proven != 0 || r.Reused != 3 || !bytes.Equal(read(t, file), want) {
		t.Errorf("%+v", r)
	}
	// What was killed between picture and bundle has a picture and no bundle.
	if err := os.Remove(filepath.Join(out, "bundles", "2.json")); err != nil {
		t.Fatal(err)
	}
	if r := decode[proveReport](t, succeed(t, append(prove, "--json")...)); r.Proven != 1 || r.Reused != 2 {
		t.Errorf("%+v", r)
	}
	write(t, file, string(want)+"x")
	complains(t, console.ExitTrouble, "its bytes are not those its name stands for", prove...)
	if !bytes.Equal(read(t, file), append(want, 'x')) {
		t.Error("a file that is not its was written over")
	}
}

// repainted is a file of the same frame with one pixel of another colour of its palette.
func repainted(t *testing.T, file string) []byte {
	t.Helper()
	frame, palette, pixels, err := picture.Decode(read(t, file))
	if err != nil {
		t.Fatal(err)
	}
	pixels[37]++
	data, err := picture.Encode(frame, palette, pixels)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// otherPicture is the file of a token whose picture is another than token 1's.
func otherPicture(t *testing.T, out string) string {
	t.Helper()
	own, _ := pictureFile(t, out, 1)
	for id := uint64(2); id <= 3; id++ {
		if file, _ := pictureFile(t, out, id); file != own {
			return file
		}
	}
	t.Fatal("all tokens have one picture")
	return ""
}

func TestVerify_PicturesProven(t *testing.T) {
	out := artCopy(t)
	for _, where := range []string{out, filepath.Join(out, "drop.car")} {
		r := decode[verifyReport](t, succeed(t, "verify", where, "--json"))
		if r.Pictures == nil || r.Pictures.Holding != 3 || r.Pictures.NotHere+r.Pictures.Rejected != 0 || fmt.Sprint(r.Pictures.Visible) != "[Lineage]" {
			t.Errorf("%s: %+v", where, r.Pictures)
		}
		for _, token := range r.Tokens {
			if p := token.Picture; p == nil || p.Verdict != "amber" || p.Reason != "" || len(p.Digest) != 66 || !strings.HasPrefix(p.CID, "bafkrei") {
				t.Errorf("%s: %+v", where, p)
			}
		}
		for _, want := range []string{"  picture amber\n", "  pictures         3 amber\n", "Lineage: hidden in the document, may be visible in the picture\n", "byte for byte, composed of the bitmaps", ": 3 tokens, 3 of 3 pictures\n"} {
			if text := succeed(t, "verify", where).stdout; !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %s", where, want, text)
			}
		}
		succeed(t, "verify", where, "--require", "picture")
	}
	for _, name := range []string{"", "drop.json"} {
		if text := succeed(t, "inspect", filepath.Join(out, name)).stdout; !strings.Contains(text, "Lineage (hidden in the document, may be visible in the picture)") || !strings.Contains(text, "proven, 16×16 pixels of 16 colours") {
			t.Errorf("inspect %s: %s", name, text)
		}
	}
}

// A missing picture is told, and rejects nothing but for who asks for it.
func TestVerify_PicturesThatAreNotHere(t *testing.T) {
	out := artCopy(t)
	file, _ := pictureFile(t, out, 1)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	text := succeed(t, "verify", out).stdout
	for _, want := range []string{"  picture: not here, its digest is proven\n", " not here, their digests are proven\n", "- picture: Of 3 pictures "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	r := decode[verifyReport](t, succeed(t, "verify", out, "--json"))
	if p := r.Tokens[0].Picture; p == nil || p.Verdict != "not checked" || r.Verdict != "amber" || r.Pictures.NotHere == 0 || r.Pictures.Holding+r.Pictures.NotHere != 3 {
		t.Errorf("%+v", r.Pictures)
	}
	if r := expect(t, console.ExitRejected, "verify", out, "--require", "picture"); !strings.Contains(r.stdout, "required and not met: picture") {
		t.Errorf("with --require: %s", r.stdout)
	}
	alone := []string{"verify", filepath.Join(out, "bundles", "2.json"), "--drop", out, "--json"}
	if r := decode[verifyReport](t, succeed(t, alone...)); r.Pictures.NotHere != 1 || r.Pictures.Holding != 0 {
		t.Errorf("a bundle alone: %+v", r.Pictures)
	}
}

func TestVerify_RefusesOtherPictures(t *testing.T) {
	for name, row := range map[string]struct {
		why  string
		make func(t *testing.T, out, file string)
	}{
		"one pixel changed": {"its SHA-256 is not the one that the document shows", func(t *testing.T, _, file string) { write(t, file, string(repainted(t, file))) }},
		"another token's": {"its SHA-256 is not the one that the document shows", func(t *testing.T, out, file string) {
			write(t, file, string(read(t, otherPicture(t, out))))
		}},
		"a chunk more": {"has more than", func(t *testing.T, _, file string) { write(t, file, string(withChunk(read(t, file)))) }},
		"a byte changed": {"its own pixels make it", func(t *testing.T, _, file string) {
			write(t, file, strings.Replace(string(read(t, file)), "Comment", "Commenu", 1))
		}},
		"one of 24 × 24": {"it has 24×24 pixels of 2 bits, those of the circuit 16×16 of 4", func(t *testing.T, _, file string) { write(t, file, string(blank(t, 24))) }},
		"of 2 bits":      {"those of the circuit 16×16 of 4", func(t *testing.T, _, file string) { write(t, file, string(blank(t, 16))) }},
		"nothing in it":  {"no PNG", func(t *testing.T, _, file string) { write(t, file, "") }},
		"a folder":       {"not a regular file", func(t *testing.T, _, file string) { swap(t, file, func() error { return os.Mkdir(file, 0o755) }) }},
		"a link to it": {"", func(t *testing.T, out, file string) {
			swap(t, file, func() error { return os.Symlink(filepath.Join(out, "drop.json"), file) })
		}},
		"a large one": {"has more than", func(t *testing.T, _, file string) { write(t, file, strings.Repeat("x", 1<<22)) }},
	} {
		t.Run(name, func(t *testing.T) {
			out := artCopy(t)
			file, _ := pictureFile(t, out, 1)
			row.make(t, out, file)
			r := decode[verifyReport](t, expect(t, console.ExitRejected, "verify", out, "--json"))
			v := r.Tokens[0]
			if v.Verdict != "rejected" || !strings.HasPrefix(v.Reason, "picture: ") || !strings.Contains(v.Reason, row.why) || v.Picture == nil || v.Picture.Verdict != "rejected" {
				t.Errorf("%+v, %+v", v, v.Picture)
			}
			if r.Pictures.Rejected == 0 || strings.Contains(expect(t, console.ExitRejected, "verify", out).stdout, "3 amber") {
				t.Errorf("%+v", r.Pictures)
			}
		})
	}
	// In a CAR it is the same, though its blocks are as their CIDs say.
	out := artCopy(t)
	file, _ := pictureFile(t, out, 1)
	write(t, file, string(repainted(t, file)))
	complains(t, 1, "it does not verify", "publish", out)
	if r := decode[verifyReport](t, expect(t, console.ExitRejected, "verify", packed(t, out), "--json")); !strings.HasPrefix(r.Tokens[0].Reason, "picture: its SHA-256") {
		t.Errorf("in a CAR: %+v", r.Tokens[0])
	}
}

// packed is a CAR of all that is in an output folder.
func packed(t *testing.T, out string) string {
	t.Helper()
	list, err := ipfs.FilesOf(os.DirFS(out), "drop.json", "verifying.key", "bundles", "documents", "images")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "packed.car")
	if _, err := ipfs.WriteCAR(t.Context(), file, list); err != nil {
		t.Fatal(err)
	}
	return file
}

func swap(t *testing.T, file string, with func() error) {
	t.Helper()
	if err := errors.Join(os.Remove(file), with()); err != nil {
		t.Fatal(err)
	}
}

// withChunk adds a comment in front of IEND, which viewers leave out.
func withChunk(file []byte) []byte {
	end := len(file) - 12
	comment, sum := []byte("tEXta\x00b"), crc32.NewIEEE()
	sum.Write(comment) // which does not fail
	return slices.Concat(file[:end], sum.Sum(append([]byte{0, 0, 0, 3}, comment...)), file[end:])
}

// blank is a picture of another frame.
func blank(t *testing.T, side int) []byte {
	t.Helper()
	f := picture.Frame{Side: side, Depth: 2}
	data, err := picture.Encode(f, make(picture.Palette, f.Colours()), make([]byte, f.Pixels()))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What is written and said of a drop whose pictures are proven shows what is hidden in its pictures alone.
func TestCanary_PicturesBringNothingElseOut(t *testing.T) {
	dir := artDrop(t)
	hidden := canarySpellings(t, dir)
	_, said := provenArt()
	hidden.absent(t, "what setup and prove say", said.stdout+said.stderr)
	out := artCopy(t)
	for _, args := range [][]string{{"verify", out}, {"verify", filepath.Join(out, "drop.car")}, {"inspect", dir}, {"inspect", out}, {"inspect", filepath.Join(out, "drop.car")}, {"publish", out}} {
		for _, more := range [][]string{{"--log-level", "trace"}, {"--log-level", "trace", "--log-json", "--json"}} {
			r := succeed(t, append(args, more...)...)
			hidden.absent(t, "genproof "+args[0], r.stdout+r.stderr)
		}
	}
	site := filepath.Join(t.TempDir(), "site")
	succeed(t, "page", out, "--out", site)
	for _, folder := range []string{out, site} {
		for name, data := range filesOf(t, folder) {
			hidden.absent(t, name, name+string(data))
		}
	}
	broken := t.TempDir()
	if err := os.CopyFS(filepath.Join(broken, "drop"), os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	broken = filepath.Join(broken, "drop")
	write(t, filepath.Join(broken, "sprites", "Lineage", canaryLineage+".png"), "no picture")
	r := expect(t, console.ExitTrouble, "prove", "--drop", broken, "--tokens", "1", "--keys", sharedKeys, "--log-level", "trace")
	hidden.absent(t, "a sprite that is none", r.stdout+r.stderr)
}
