package verifier_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash/adler32"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/verifier"
)

// A part is one chunk of a file.
type part struct {
	kind string
	data []byte
}

// partsOf takes a file apart.
func partsOf(file []byte) map[string][]byte {
	parts := map[string][]byte{}
	for at := 8; at < len(file); {
		n := int(binary.BigEndian.Uint32(file[at:]))
		parts[string(file[at+4:at+8])] = file[at+8 : at+8+n]
		at += 12 + n
	}
	return parts
}

// assembled writes chunks into a file of the frame's length: a comment named fill has what is left of it.
func assembled(t testing.TB, parts ...part) []byte {
	t.Helper()
	left := artFrame.FileBytes() - 8
	for _, p := range parts {
		if p.kind != "fill" {
			left -= 12 + len(p.data)
		}
	}
	file := []byte("\x89PNG\r\n\x1a\n")
	for _, p := range parts {
		if p.kind == "fill" {
			file = append(file, filled(left)...)
		} else {
			file = append(file, chunkOf(p.kind, p.data)...)
		}
	}
	if len(file) != artFrame.FileBytes() {
		t.Fatalf("%d bytes, want %d", len(file), artFrame.FileBytes())
	}
	return file
}

// stored is a zlib stream of one stored block for each piece.
func stored(pieces ...[]byte) []byte {
	out := []byte{0x78, 0x01}
	for i, p := range pieces {
		last := byte(0)
		if i == len(pieces)-1 {
			last = 1
		}
		out = binary.LittleEndian.AppendUint16(append(out, last), uint16(len(p)))
		out = append(binary.LittleEndian.AppendUint16(out, ^uint16(len(p))), p...)
	}
	return binary.BigEndian.AppendUint32(out, adler32.Checksum(slices.Concat(pieces...)))
}

func compressed(t testing.TB, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// lookalikes are files of the frame's very length, each right by the standard, that say what the circuit's file says in
// another way, or another thing: viewers show them all.
func lookalikes(t testing.TB) map[string][]byte {
	t.Helper()
	own := partsOf(fox(t, artFrame, 0, 3))
	head, colours, alphas, stream, end := part{"IHDR", own["IHDR"]}, part{"PLTE", own["PLTE"]}, part{"tRNS", own["tRNS"]}, part{"IDAT", own["IDAT"]}, part{"IEND", nil}
	fill := part{kind: "fill"}
	rows := stream.data[7 : len(stream.data)-4]
	filtered, interlaced, blocked := bytes.Clone(rows), bytes.Clone(head.data), [][]byte{rows[:45], rows[45:]}
	filtered[9] = 2 // the second row says how it differs from the first
	interlaced[12] = 1
	fast := bytes.Clone(stream.data)
	copy(fast, "\x78\x9c") // another level of compression, which nobody looks at
	opaque := bytes.Repeat([]byte{255}, artFrame.Colours())
	return map[string][]byte{
		"a comment in front of the colours": assembled(t, head, fill, colours, alphas, stream, end),
		"a comment behind the pixels":       assembled(t, head, colours, alphas, stream, fill, end),
		"two comments":                      assembled(t, head, fill, colours, part{"tEXt", []byte("Author\x00me")}, alphas, stream, end),
		"two chunks of pixels":              assembled(t, head, colours, alphas, fill, part{"IDAT", stream.data[:40]}, part{"IDAT", stream.data[40:]}, end),
		"an empty chunk of pixels":          assembled(t, head, colours, alphas, fill, part{"IDAT", nil}, stream, end),
		"compressed pixels":                 assembled(t, head, colours, alphas, fill, part{"IDAT", compressed(t, rows)}, end),
		"two stored blocks":                 assembled(t, head, colours, alphas, fill, part{"IDAT", stored(blocked...)}, end),
		"another level":                     assembled(t, head, colours, alphas, fill, part{"IDAT", fast}, end),
		"a filter":                          assembled(t, head, colours, alphas, fill, part{"IDAT", stored(filtered)}, end),
		"interlaced":                        assembled(t, part{"IHDR", interlaced}, colours, alphas, fill, part{"IDAT", compressed(t, make([]byte, 158))}, end),
		"fewer colours":                     assembled(t, head, part{"PLTE", colours.data[:9]}, part{"tRNS", alphas.data[:1]}, fill, stream, end),
		"fewer alphas":                      assembled(t, head, colours, part{"tRNS", alphas.data[:1]}, fill, stream, end),
		"alphas of opaque colours":          assembled(t, head, colours, part{"tRNS", opaque}, fill, stream, end),
		"a private chunk":                   assembled(t, head, colours, alphas, part{"prVt", []byte("hidden")}, fill, stream, end),
	}
}

// A file of the right length, right by the standard, with the digest that the document shows, under a proof that
// holds: and no other way of writing the same picture is the circuit's.
func TestVerify_RefusesOtherWaysOfWriting(t *testing.T) {
	list := lookalikes(t)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		file := list[name]
		if img, err := png.Decode(bytes.NewReader(file)); err != nil || img.Bounds().Dx() != artFrame.Side {
			t.Errorf("%s: no viewer shows it: %v", name, err)
		}
		w := artWorld(t)
		w.paint(t, 1, file)
		if r := w.judge(t, file); r.Verdict != verifier.Rejected || r.Tokens[0].Picture.Verdict != verifier.Rejected || !strings.HasPrefix(r.Tokens[0].Reason, "picture: not a file that a picture's circuit makes") {
			t.Errorf("%s: %+v", name, r.Tokens[0])
		}
	}
}

// A document names its picture in one way. In any other, which readers of addresses may take for the same, the token
// is rejected, and its picture is not asked for.
func TestVerify_RefusesOtherAddressesOfThePicture(t *testing.T) {
	own := fox(t, artFrame, 0, 3)
	digest := sha256.Sum256(own)
	right := "ipfs://" + document.DigestCID(digest)
	base := func(kind byte, codec ...byte) string {
		bytes := slices.Concat(codec, []byte{0x12, 0x20}, digest[:])
		return string(kind) + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(bytes))
	}
	if right != "ipfs://"+base('b', 1, 0x55) {
		t.Fatalf("the right address is %s", right)
	}
	for name, address := range map[string]string{
		"in capitals":        "ipfs://" + strings.ToUpper(base('b', 1, 0x55)),
		"a capital":          strings.Replace(right, "bafkrei", "bafkreI", 1),
		"of a node":          "ipfs://" + base('b', 1, 0x70),
		"of another version": "ipfs://" + base('b', 2, 0x55),
		"of version 0":       "ipfs://" + base('b'),
		"with a path":        right + "/",
		"with a query":       right + "?x",
		"with ipfs/":         strings.Replace(right, "ipfs://", "ipfs://ipfs/", 1),
		"by a gateway":       strings.Replace(right, "ipfs://", "https://ipfs.io/ipfs/", 1),
		"another picture's":  "ipfs://" + document.DigestCID(sha256.Sum256(fox(t, artFrame, 0, 4))),
	} {
		w := artWorld(t)
		w.paint(t, 1, own)
		b := w.bundles[0]
		doc := strings.Replace(b.Document, right, address, 1)
		if doc == b.Document {
			t.Fatal("the document does not show the address")
		}
		w.seal(t, b, doc)
		asked := ""
		o := w.options()
		o.Pictures = func(cid string, _ int64) ([]byte, error) { asked += cid; return own, nil }
		r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
		if err != nil {
			t.Fatal(err)
		}
		if v := r.Tokens[0]; v.Verdict != verifier.Rejected || asked != "" && name != "another picture's" {
			t.Errorf("%s: %+v, asked for %q", name, v, asked)
		}
	}
}

// A proof of another drop, whose picture it is, is none of this one's.
func TestVerify_RefusesAnotherDropsToken(t *testing.T) {
	own := fox(t, artFrame, 0, 3)
	theirs, w := artWorld(t), artWorld(t)
	theirs.desc.Commitments.Model = theirs.Scalar()
	theirs.paint(t, 1, own)
	w.bundles = []*bundle.Bundle{theirs.bundles[0]}
	if v := w.judge(t, own).Tokens[0]; v.Verdict != verifier.Rejected || v.Picture != (verifier.Picture{}) {
		t.Errorf("%+v", v)
	}
	w.bundles[0].Statement.Model = w.desc.Commitments.Model // and with the model of this one its proof holds no more
	if v := w.judge(t, own).Tokens[0]; v.Verdict != verifier.Rejected || v.Picture != (verifier.Picture{}) {
		t.Errorf("%+v", v)
	}
}
