package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"github.com/genproof/genproof/circuits/attribute"
)

// read is how a strict reader has a document: numbers by their digits.
func read(t testing.TB, doc []byte) (members map[string]any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	if err := d.Decode(&members); err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	return members
}

// attributesOf lists them, each as its members in the order of their keys.
func attributesOf(t testing.TB, members map[string]any) (all []string) {
	t.Helper()
	for _, a := range members["attributes"].([]any) {
		m := a.(map[string]any)
		s := ""
		for _, key := range slices.Sorted(maps.Keys(m)) {
			s += fmt.Sprintf("%s=%v;", key, m[key])
		}
		all = append(all, s)
	}
	return all
}

func cidOfDigest(t testing.TB, codec uint64, digest [32]byte) string {
	t.Helper()
	mh, err := multihash.Encode(digest[:], multihash.SHA2_256)
	if err != nil {
		t.Fatal(err)
	}
	return cid.NewCidV1(codec, mh).String()
}

func TestRender_IsTheMetadataAMarketplaceReads(t *testing.T) {
	doc := render(t, template(t, config()), 42, values())
	m := read(t, doc)
	root := someRoot(43)
	rootBytes := root.Bytes()
	for key, want := range map[string]string{
		"name": "Nebula Foxes #42", "description": config().Constants[0].Value, "external_url": "https://foxes.example",
		"image": strings.Replace(config().Image, "{id}", "42", 1), "seed": "18446744073709551615", "root": base64.RawURLEncoding.EncodeToString(rootBytes[:]),
	} {
		if m[key] != want {
			t.Errorf("%s is %v, want %s", key, m[key], want)
		}
	}
	if len(m) != 7 {
		t.Errorf("%d members, want 7", len(m))
	}
	want := []string{
		"trait_type=Background;value=Aurora;", "trait_type=Eyes;value=Laser éx;", "display_type=number;max_value=100;trait_type=Level;value=12;",
		"trait_type=Karma;value=-7;", "trait_type=Luck;value=0.50;", "trait_type=Alpha;value=true;",
		"trait_type=Prompt;value=ipfs://" + cidOfDigest(t, cid.Raw, [32]byte{0xff, 1, 31: 7}) + ";",
	}
	if got := attributesOf(t, m); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if bytes.Contains(doc, []byte("Ghost")) {
		t.Error("the document shows a hidden trait")
	}
}

// TestRender_LeavesOutWhatIsAbsent takes every set of absent slots: what is left reads as it did.
func TestRender_LeavesOutWhatIsAbsent(t *testing.T) {
	tpl := template(t, config())
	slots := []int{0, 1, 3, 4, 5, 6, 11}
	all := attributesOf(t, read(t, render(t, tpl, 1, values())))
	for mask := range 1 << (len(slots) + 1) {
		var gone []int
		var want []string
		for i, slot := range slots {
			if mask>>i&1 == 1 {
				gone = append(gone, slot)
			} else {
				want = append(want, all[i])
			}
		}
		hasSeed := mask>>len(slots) == 0
		if !hasSeed {
			gone = append(gone, 7)
		}
		v := absent(values(), gone...)
		doc := render(t, tpl, 1, v)
		m := read(t, doc)
		if got := attributesOf(t, m); !slices.Equal(got, want) {
			t.Fatalf("without %v: %q", gone, got)
		}
		if _, ok := m["seed"]; ok != hasSeed {
			t.Fatalf("without %v: seed is there: %v", gone, ok)
		}
		p, err := tpl.Parse(doc)
		if err != nil {
			t.Fatalf("without %v: %v", gone, err)
		}
		v[2] = Value{}
		if !slices.Equal(p.Values, v) {
			t.Fatalf("without %v: other values", gone)
		}
	}
}

// TestRender_ShowsIDs: plain ones and padded ones, in every member that can, with what follows them.
func TestRender_ShowsIDs(t *testing.T) {
	for _, c := range []struct {
		first, supply uint64
		width         int
		id            uint64
		want          string
	}{
		{0, 1, 0, 0, "0"}, {0, 10000, 0, 7, "7"}, {5, 1, 0, 5, "5"}, {1, 9_999_999_999, 0, 9_999_999_999, "9999999999"}, {1, 9_999_999_999, 0, 1_000_000_000, "1000000000"},
		{0, 10000, 5, 0, "00000"}, {0, 100000, 5, 99999, "99999"}, {3, 10, 10, 9, "0000000009"}, {0, 10, 1, 9, "9"},
	} {
		pattern := "{id}"
		if c.width > 0 {
			pattern = fmt.Sprintf("{id:0%d}", c.width)
		}
		for _, after := range []string{"", "2", ".json", "01234567890123456789"} {
			s := config()
			s.First, s.Supply, s.Width = c.first, c.supply, c.width
			s.Image, s.Animation, s.External, s.Name = "i"+pattern+after, "a/"+pattern+after, "e"+long(70)+pattern+after, pattern+after
			s.Fields = s.Fields[:2]
			tpl := template(t, s)
			doc := render(t, tpl, c.id, values())
			m := read(t, doc)
			for key, before := range map[string]string{"image": "i", "animation_url": "a/", "external_url": "e" + long(70), "name": ""} {
				if want := before + c.want + after; m[key] != want {
					t.Errorf("%s is %v, want %s", key, m[key], want)
				}
			}
			if p, err := tpl.Parse(doc); err != nil || p.ID != c.id || !p.HasID {
				t.Errorf("id %d, %q after: parsed %d, %v", c.id, after, p.ID, err)
			}
		}
	}
}

func TestRender_ShowsTextsOfEveryLength(t *testing.T) {
	for n := 1; n <= MaxText; n++ {
		for _, wide := range []bool{false, true} {
			c := config()
			c.Fields = []Field{{Slot: 0, Type: textType, Label: "A", Wide: wide}, {Slot: 1, Type: textType, Label: "A", Wide: wide}}
			tpl := template(t, c)
			v := values()
			v[0], v[1] = OfText(long(n)), OfText(long(n-1)+"!")
			if n > tpl.MaxText(0) {
				if _, err := tpl.Render(1, someRoot(1), v); wide || !errors.Is(err, ErrText) {
					t.Errorf("%d bytes: %v", n, err)
				}
				continue
			}
			if got := attributesOf(t, read(t, render(t, tpl, 1, v))); got[0] != "trait_type=A;value="+long(n)+";" {
				t.Errorf("%d bytes: %q", n, got)
			}
		}
	}
}

func TestShown_WritesNumbersInOneForm(t *testing.T) {
	number := func(typ attribute.Type, quoted bool) *Field { return &Field{Type: typ, Quoted: quoted} }
	scale := func(k uint8) attribute.Type { return attribute.Type{Kind: attribute.Decimal, Scale: k} }
	for _, c := range []struct {
		field *Field
		slot  attribute.Slot
		want  string // empty: it cannot be shown
	}{
		{number(uintType, false), attribute.OfUint(0), "0"}, {number(uintType, false), attribute.OfUint(999_999_999_999_999), "999999999999999"},
		{number(uintType, false), attribute.OfUint(1_000_000_000_000_000), ""}, {number(uintType, false), attribute.OfUint(1<<53 - 1), ""}, {number(uintType, false), attribute.OfUint(1<<53 + 1), ""},
		{number(uintType, true), attribute.OfUint(1<<53 + 1), "9007199254740993"}, {number(uintType, true), attribute.OfUint(1<<64 - 1), "18446744073709551615"},
		{number(intType, false), attribute.OfInt(0), "0"}, {number(intType, false), attribute.OfInt(-1), "-1"}, {number(intType, false), attribute.OfInt(-1_000_000_000_000_000), ""},
		{number(intType, true), attribute.OfInt(-1 << 63), "-9223372036854775808"}, {number(intType, true), attribute.OfInt(1<<63 - 1), "9223372036854775807"},
		{number(scale(2), false), attribute.OfUint(0), "0.00"}, {number(scale(2), false), attribute.OfUint(1), "0.01"}, {number(scale(2), false), attribute.OfUint(12345), "123.45"},
		{number(scale(14), false), attribute.OfUint(999_999_999_999_999), "9.99999999999999"}, {number(scale(14), false), attribute.OfUint(1_000_000_000_000_000), ""},
		{number(scale(0), false), attribute.OfUint(7), "7"}, {number(timeType, false), attribute.OfUint(253402300799), "253402300799"},
	} {
		got, err := c.field.Shown(OfSlot(c.slot))
		if (err == nil) != (c.want != "") || c.want != "" && got != c.want || err != nil && !errors.Is(err, ErrNumber) {
			t.Errorf("%v: %q, %v, want %q", c.field.Type, got, err, c.want)
		}
		if err == nil {
			if back, err := c.field.parse(got); err != nil || back != OfSlot(c.slot) {
				t.Errorf("%s parses as another value: %v", got, err)
			}
		}
	}
	for _, s := range []string{"-0", "-0.01", "-0.00", "00", "01", "+1", "1.", ".5", "1e3", "", "-", " 1", "0x1", "1_0", "18446744073709551616"} {
		for _, f := range []*Field{number(uintType, true), number(intType, true), number(scale(1), false), number(scale(2), false)} {
			if _, err := f.parse(s); err == nil {
				t.Errorf("%q is a %v", s, f.Type)
			}
		}
	}
}

// TestShown_DigestsAreTheCIDsOfOthers: go-cid's, in both codecs.
func TestShown_DigestsAreTheCIDsOfOthers(t *testing.T) {
	for i := range 64 {
		digest := sha256.Sum256([]byte{byte(i)})
		for codec, typ := range map[uint64]attribute.Type{cid.Raw: digestType, cid.DagProtobuf: dagPBType} {
			f := Field{Type: typ}
			got, err := f.Shown(OfDigest(digest))
			if want := cidOfDigest(t, codec, digest); err != nil || got != want {
				t.Errorf("%s, want %s: %v", got, want, err)
			}
			if c, err := cid.Decode(got); err != nil || c.Prefix().Codec != codec || !bytes.HasSuffix(c.Hash(), digest[:]) {
				t.Errorf("multiformats read %s as %v: %v", got, c, err)
			}
			back, err := f.parse(got)
			if err != nil || back != OfDigest(digest) {
				t.Errorf("%s parses as another digest: %v", got, err)
			}
		}
	}
	good := cidOfDigest(t, cid.Raw, sha256.Sum256(nil))
	f := Field{Type: digestType}
	for i, c := range "abcdefghijklmnopqrstuvwxyz234567" { // the last character has two bits of padding
		other := good[:58] + string(c)
		if _, err := f.parse(other); err == nil && i%4 != 0 {
			t.Errorf("%s is a CID", other)
		}
	}
	for i, c := range "abcdefghijklmnopqrstuvwxyz234567" { // the digest's first has three bits of it, behind two of the prefix
		other := good[:7] + string(c) + good[8:]
		if _, err := f.parse(other); (err == nil) != (i < 8) {
			t.Errorf("%s: %v", other, err)
		}
	}
	for _, other := range []string{"", "b", strings.ToUpper(good), good + "a", good[:58], "bafybei" + good[7:], "c" + good[1:], good[:7] + "z" + good[8:]} {
		if _, err := f.parse(other); err == nil {
			t.Errorf("%q is a CID", other)
		}
	}
}

func TestRender_RefusesWhatDoesNotFit(t *testing.T) {
	tpl := template(t, config())
	for _, c := range []struct {
		id   uint64
		slot int
		v    Value
	}{
		{10000, 0, OfText("x")}, {1, 0, OfText("")}, {1, 0, OfText(strings.Repeat("x", tpl.MaxText(0)+1))}, {1, 1, OfText(long(60))},
		{1, 0, OfText(`a"b`)}, {1, 0, OfText(`a\b`)}, {1, 0, OfText("a\nb")}, {1, 0, OfText("\xff")}, {1, 0, Value{Slot: OfText("one").Slot, Text: "two"}},
		{1, 6, OfSlot(attribute.OfUint(2))}, {1, 3, OfSlot(attribute.OfUint(1 << 53))}, {1, 11, Value{Slot: OfDigest([32]byte{1}).Slot}},
	} {
		v := values()
		v[c.slot] = c.v
		if _, err := tpl.Render(c.id, someRoot(1), v); err == nil {
			t.Errorf("id %d, %q: rendered", c.id, c.v.Text)
		} else if len(c.v.Text) > 2 && strings.Contains(err.Error(), c.v.Text) {
			t.Errorf("the error quotes the text: %v", err)
		}
	}
	first := config()
	first.First = 5
	if _, err := template(t, first).Render(4, someRoot(1), values()); err == nil {
		t.Error("id 4 of ids from 5 is rendered")
	}
}

// TestParse_RefusesEveryOtherByte changes each byte of a document. What is still a
// document of the template must be another token's: another id, root or value.
func TestParse_RefusesEveryOtherByte(t *testing.T) {
	tpl := template(t, config())
	doc := render(t, tpl, 4242, values())
	honest, err := tpl.Parse(doc)
	if err != nil {
		t.Fatal(err)
	}
	for i := range doc {
		for _, x := range []byte{'"', ' ', 'A', '0', 'b', '-', ',', 0, 0xff} {
			other := bytes.Clone(doc)
			if other[i] == x {
				continue
			}
			other[i] = x
			if p, err := tpl.Parse(other); err == nil && fmt.Sprint(p) == fmt.Sprint(honest) {
				t.Fatalf("byte %d as %q parses as the same token", i, x)
			}
		}
	}
	for _, other := range [][]byte{nil, doc[:len(doc)-1], append(bytes.Clone(doc), ' ')} {
		if _, err := tpl.Parse(other); !errors.Is(err, ErrDocument) {
			t.Errorf("%d bytes: %v", len(other), err)
		}
	}
}

func FuzzParse_AcceptsOnlyRendered(f *testing.F) {
	tpl := template(f, config())
	f.Add(render(f, tpl, 1, values()))
	f.Add(render(f, tpl, 0, absent(values(), 0, 3, 7, 11)))
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		p, err := tpl.Parse(doc)
		if err != nil {
			return
		}
		again, err := tpl.Render(p.ID, p.Root, p.Values)
		if err != nil || !bytes.Equal(again, doc) || !utf8.Valid(doc) {
			t.Errorf("parsed what is not rendered: %v", err)
		}
	})
}

func TestCID_IsTheOneOfIPFS(t *testing.T) {
	doc := []byte(`{"name":"x"}`)
	if want := cidOfDigest(t, cid.Raw, sha256.Sum256(doc)); CID(doc) != want {
		t.Errorf("%s, want %s", CID(doc), want)
	}
}
