package verifier_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

var artFrame = statement.ArtSmall.Frame

// artWorld is a drop whose simulated proofs are about pictures: whoever holds it can prove the digest
// of any file, as an author can whose file has a head that the circuit never sees.
func artWorld(t testing.TB) *world {
	t.Helper()
	w := &world{Simulator: simulator.New(44, statement.NbInputs)}
	beacon := bundle.Beacon{ChainID: 31337, Contract: [20]byte{1}, Entropy: [32]byte{2}, Source: "a test"}
	beacon.Value = beacon.Derive()
	w.desc = &bundle.Description{
		Version: bundle.Version, Name: "Tiny Foxes", FirstID: 1, Supply: 9, IDWidth: 0, Circuit: "art/small",
		Authority: bundle.Authority{Key: authority(t, 7).Bytes(), SelfAsserted: true},
		Traits:    []bundle.Attribute{bundle.ShownTrait("Fur"), bundle.HiddenAttribute("Mood", "text")},
		Template: bundle.Template{
			Constants: []bundle.Member{}, Name: "Fox #{id}",
			Order: []bundle.Placed{{Slot: uint64(statement.ArtSmall.ImageSlot())}, {Slot: 0}},
		},
		Policy: "true",
		Commitments: bundle.Commitments{
			Model: w.Scalar(), Seeds: w.Scalar(), Authority: claim.AuthorityCommitment(authority(t, 7)),
		},
		Beacon: beacon,
		Key:    bundle.Key{Digest: w.Key.Digest(), Provenance: provenance.UnsafeDevelopment},
	}
	w.program = &policy.Program{Schema: w.desc.Schema(), Numeric: make([]bool, statement.ArtSmall.Slots())}
	commitment, err := w.program.Drawn(statement.ArtSmall, w.desc.IDs())
	if err != nil {
		t.Fatal(err)
	}
	w.desc.Commitments.Policy, w.desc.Commitments.Template = commitment, w.artTemplate(t).Commitment()
	if w.desc.Program, err = bundle.ProgramOf(w.program, w.desc.Infos(), nil); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) artTemplate(t testing.TB) *document.Template {
	t.Helper()
	template, err := document.New(statement.ArtSmall, w.desc.DocumentConfig())
	if err != nil {
		t.Fatal(err)
	}
	return template
}

// paint adds a token whose document shows the digest of a file.
func (w *world) paint(t testing.TB, id uint64, file []byte) {
	t.Helper()
	b := &bundle.Bundle{Circuit: w.desc.Circuit, Statement: w.statement(id), Key: w.desc.Key, Root: fr.NewElement(id)}
	values := make([]document.Value, statement.ArtSmall.Slots())
	values[0], values[statement.ArtSmall.ImageSlot()] = document.OfText("Arctic"), document.OfDigest(sha256.Sum256(file))
	doc, err := w.artTemplate(t).Render(id, b.Root, values)
	if err != nil {
		t.Fatal(err)
	}
	w.seal(t, b, string(doc))
	w.bundles = append(w.bundles, b)
}

// judge verifies the only token, whose picture's file is what is found under any CID; nil: none.
func (w *world) judge(t testing.TB, found []byte) *verifier.Report {
	t.Helper()
	o := w.options()
	o.Pictures = func(cid string, limit int64) ([]byte, error) {
		switch {
		case limit != int64(artFrame.FileBytes()):
			return nil, fmt.Errorf("a picture of %d bytes is asked for", limit)
		case found == nil:
			return nil, fs.ErrNotExist
		}
		return found, nil
	}
	r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fox is an honest picture, each pixel of one colour but some.
func fox(t testing.TB, f picture.Frame, alpha byte, marks ...int) []byte {
	t.Helper()
	palette := make(picture.Palette, f.Colours())
	for i := range palette {
		palette[i] = [4]byte{byte(9 * i), byte(5 * i), 200, 255}
	}
	palette[0][3] = alpha
	pixels := bytes.Repeat([]byte{1}, f.Pixels())
	for _, m := range marks {
		pixels[m] = 0
	}
	file, err := picture.Encode(f, palette, pixels)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestVerify_PictureProvenNeedsTheFile(t *testing.T) {
	own := fox(t, artFrame, 0, 3)
	w := artWorld(t)
	w.paint(t, 1, own)
	digest := sha256.Sum256(own)

	r := w.judge(t, own)
	if p := r.Tokens[0].Picture; r.Verdict != verifier.Amber || p.Verdict != verifier.Amber || p.Reason != "" || p.Digest != fmt.Sprintf("%#x", digest[:]) || p.CID != document.CID(own) {
		t.Errorf("its own picture: %+v", r.Tokens[0])
	}
	if reserved(r, "picture") {
		t.Error("a picture that was seen is a reservation")
	}

	r = w.judge(t, nil)
	if p := r.Tokens[0].Picture; r.Verdict != verifier.Amber || p.Verdict != verifier.NotChecked || p.Reason != "not here, its digest is proven" {
		t.Errorf("no picture: %+v", r.Tokens[0])
	}
	if !reserved(r, "picture") {
		t.Error("no word about a picture that is not here")
	}

	none := w.options()
	none.Pinned = true
	r, err := verifier.Verify(t.Context(), w.desc, w.bundles, none)
	if err != nil || r.Verdict != verifier.Proven || r.Tokens[0].Picture.Verdict != verifier.NotChecked {
		t.Errorf("no place to look in: %+v, %v", r, err)
	}
}

func reserved(r *verifier.Report, name string) bool {
	return slices.ContainsFunc(r.Reservations, func(x verifier.Reservation) bool { return x.Name == name })
}

// Whoever makes a drop can prove the digest of any file that ends as the circuit's files do: its head
// is never seen by a circuit. None of these is ever called proven.
func TestVerify_RefusesForgedPictures(t *testing.T) {
	for name, forged := range forgeries(t) {
		t.Run(name, func(t *testing.T) {
			w := artWorld(t)
			w.paint(t, 1, forged.file)
			r := w.judge(t, forged.file)
			v := r.Tokens[0]
			if r.Verdict != verifier.Rejected || v.Verdict != verifier.Rejected || v.Picture.Verdict != verifier.Rejected {
				t.Fatalf("%+v", v)
			}
			if !strings.HasPrefix(v.Reason, "picture: ") || !strings.Contains(v.Reason, forged.why) {
				t.Errorf("the reason is %q, want %q in it", v.Reason, forged.why)
			}
		})
	}
}

type forgery struct {
	file []byte
	why  string
}

// forgeries are files that viewers show, of the frame's length where they can be.
func forgeries(t testing.TB) map[string]forgery {
	t.Helper()
	own := fox(t, artFrame, 0, 3)
	const strict = "its own pixels make it"
	list := map[string]forgery{
		"a picture in the prefix":  {inPrefix(t, own, 16, 4), strict},
		"a small one in it":        {inPrefix(t, own, 1, 8), "want 16, 24 or 32"},
		"APNG":                     {replaceComment(t, own, "acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0}), strict},
		"another comment":          {replaceComment(t, own, "tEXt", []byte("Comment\x00a bargain")), strict},
		"gamma":                    {replaceComment(t, own, "gAMA", []byte{0, 0, 0xb1, 0x8f}), strict},
		"a chunk behind":           {append(bytes.Clone(own[:len(own)-12]), append(chunkOf("tEXt", []byte("a\x00b")), own[len(own)-12:]...)...), "all of its frame have"},
		"bytes behind the end":     {append(bytes.Clone(own), 0), "all of its frame have"},
		"a byte less":              {own[:len(own)-1], "all of its frame have"},
		"another size":             {fox(t, picture.Frame{Side: 24, Depth: 4}, 0), "of the circuit 16×16"},
		"another depth":            {fox(t, picture.Frame{Side: 16, Depth: 2}, 0), "of the circuit 16×16"},
		"a size that has no frame": {withHeader(own, 17), "want 16, 24 or 32"},
		"a wrong checksum":         {changed(own, len(own)-13), strict},
		"another filter":           {changed(own, artFrame.PrefixBytes()), strict},
		"no PNG":                   {[]byte("GIF89a"), "no PNG"},
		"nothing":                  {[]byte{}, "no PNG"},
	}
	return list
}

// The forgeries are real: a viewer shows the picture that is hidden in a prefix, and not the pixels behind.
func TestForgeries_AreShownByViewers(t *testing.T) {
	own := fox(t, artFrame, 0, 3)
	forged := inPrefix(t, own, 16, 4)
	if len(forged) != len(own) || !bytes.Equal(forged[artFrame.PrefixBytes():], own[artFrame.PrefixBytes():]) {
		t.Fatal("it does not end as the circuit's file does")
	}
	img, err := png.Decode(bytes.NewReader(forged))
	if err != nil {
		t.Fatal(err)
	}
	for i := range artFrame.Pixels() {
		if r, g, b, _ := img.At(i%16, i/16).RGBA(); r>>8 != 7 || g>>8 != 8 || b>>8 != 9 {
			t.Fatalf("a viewer shows pixel %d as %d, %d, %d", i, r>>8, g>>8, b>>8)
		}
	}
	for _, name := range []string{"APNG", "another comment", "gamma"} {
		if _, err := png.Decode(bytes.NewReader(forgeries(t)[name].file)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file that somebody else has exchanged has another digest, however well it is made.
func TestVerify_RefusesAnotherPicture(t *testing.T) {
	own := fox(t, artFrame, 0, 3)
	w := artWorld(t)
	w.paint(t, 1, own)
	for name, other := range map[string][]byte{
		"one pixel changed":       fox(t, artFrame, 0, 4),
		"another colour":          fox(t, artFrame, 255, 3),
		"another token's picture": fox(t, artFrame, 0, 99, 100),
	} {
		r := w.judge(t, other)
		if v := r.Tokens[0]; v.Verdict != verifier.Rejected || v.Reason != "picture: its SHA-256 is not the one that the document shows" || v.Picture.Verdict != verifier.Rejected {
			t.Errorf("%s: %+v", name, v)
		}
	}
	for i := range own {
		if err := verifier.CheckPicture(artFrame, sha256.Sum256(own), changed(own, i)); err == nil {
			t.Errorf("byte %d may be changed", i)
		}
	}
}

// A picture says nothing about a token whose proof is not accepted, and a proof needs no picture.
func TestVerify_PicturesOfRejectedTokensAreNotLookedAt(t *testing.T) {
	own := fox(t, artFrame, 0, 3)
	w := artWorld(t)
	w.paint(t, 1, own)
	w.paint(t, 2, own)
	w.bundles[0].Proof = w.bundles[1].Proof
	r := w.judge(t, own)
	if v := r.Tokens[0]; v.Verdict != verifier.Rejected || v.Picture != (verifier.Picture{}) {
		t.Errorf("%+v", v)
	}
	if v := r.Tokens[1]; v.Verdict != verifier.Amber || v.Picture.Verdict != verifier.Amber {
		t.Errorf("two tokens may share a picture: %+v", v)
	}
	r.Reject(1, "a document")
	if r.Tokens[1].Picture != (verifier.Picture{}) {
		t.Error("a token that is rejected later keeps its picture")
	}
}

// A description whose template hides the image is none.
func TestVerify_EveryDocumentShowsTheImage(t *testing.T) {
	w := artWorld(t)
	w.desc.Template.Order = w.desc.Template.Order[1:]
	if err := w.desc.Validate(); err == nil {
		t.Error("a template without the image was taken")
	}
}

// Of two members of one name readers take one or the other: a template brings no second image.
func TestVerify_RefusesASecondImage(t *testing.T) {
	for name, change := range map[string]func(*bundle.Template){
		"with an id": func(x *bundle.Template) { x.Name, x.Image = "", "ipfs://bafy/{id}.png" },
		"without":    func(x *bundle.Template) { x.Image = "ipfs://bafy/1.png" },
		"a constant": func(x *bundle.Template) { x.Constants = []bundle.Member{{Key: "image", Value: "x"}} },
		"a capital":  func(x *bundle.Template) { x.Constants = []bundle.Member{{Key: "Image", Value: "x"}} },
	} {
		w := artWorld(t)
		w.paint(t, 1, fox(t, artFrame, 0))
		change(&w.desc.Template)
		if r := w.judge(t, nil); r.Verdict != verifier.Rejected || !strings.Contains(r.Reason, "is there already") {
			t.Errorf("%s: %s, %s", name, r.Verdict, r.Reason)
		}
	}
}

func TestMayBeVisible_NamesHiddenTraitsOfPictures(t *testing.T) {
	if got := verifier.MayBeVisible(artWorld(t).desc); !slices.Equal(got, []string{"Mood"}) {
		t.Errorf("got %q", got)
	}
	if got := verifier.MayBeVisible(newWorld(t, "cid/small", 0).desc); got != nil {
		t.Errorf("without pictures: %q", got)
	}
}

func chunkOf(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// filled is a comment of n bytes, its head and checksum included.
func filled(n int) []byte {
	return chunkOf("tEXt", append([]byte("Comment\x00"), bytes.Repeat([]byte{' '}, n-12-8)...))
}

// commentAt finds the comment that fills the prefix, and what follows it.
func commentAt(t testing.TB, file []byte) (from, to int) {
	t.Helper()
	from, to = bytes.Index(file, []byte("tEXtComment"))-4, bytes.Index(file, []byte("IDAT"))-4
	if from < 0 || to < from {
		t.Fatal("no comment in front of IDAT")
	}
	return from, to
}

// replaceComment puts another chunk into the place of some of the comment's spaces.
func replaceComment(t testing.TB, file []byte, kind string, data []byte) []byte {
	t.Helper()
	from, to := commentAt(t, file)
	other := chunkOf(kind, data)
	if rest := to - from - len(other); rest > 0 {
		other = append(other, filled(max(rest, 20))...)
	}
	return slices.Concat(file[:from], other, file[to:])
}

// inPrefix is a file that ends as another one, and begins with a whole picture in one colour, of as many
// pixels a side and bits.
func inPrefix(t testing.TB, file []byte, side uint32, depth byte) []byte {
	t.Helper()
	var stream bytes.Buffer
	z := zlib.NewWriter(&stream)
	if _, err := z.Write(make([]byte, int(side)*(1+(int(side)*int(depth)+7)/8))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, side), side)
	small := slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunkOf("IHDR", append(header, depth, 3, 0, 0, 0)), chunkOf("PLTE", []byte{7, 8, 9}),
		chunkOf("IDAT", stream.Bytes()), chunkOf("IEND", nil))
	idat := artFrame.PrefixBytes() - 15 // IDAT's head, and that of the stream
	return slices.Concat(small, filled(idat-len(small)), file[idat:])
}

// withHeader is a file with another width and height.
func withHeader(file []byte, side uint32) []byte {
	out := bytes.Clone(file)
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, side), side)
	copy(out[8:], chunkOf("IHDR", append(header, out[24:29]...)))
	return out
}

func changed(file []byte, at int) []byte {
	out := bytes.Clone(file)
	out[at] ^= 1
	return out
}
