package strictjson_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/strictjson"
)

type item struct {
	Name string `json:"name"`
	On   bool   `json:"on"`
}

type note struct {
	Text string `json:"text"`
}

type sample struct {
	Count   uint64     `json:"count"`
	Hash    [4]byte    `json:"hash"`
	Element fr.Element `json:"element"`
	Items   []item     `json:"items"`
	Note    *note      `json:"note,omitempty"`
}

const maxBytes = 1 << 16

func read(s string) (sample, error) {
	var v sample
	b := []byte(s)
	err := strictjson.Unmarshal(b[:len(b):len(b)], &v, maxBytes) // no room to read beyond the end
	return v, err
}

func hexOf(x *big.Int) string { return fmt.Sprintf("0x%064x", x) }

// with returns a document whose member key has the raw value.
func with(key, value string) string {
	members := []string{}
	for _, m := range [][2]string{
		{"count", "7"}, {"hash", `"0x01020304"`}, {"element", `"` + hexOf(big.NewInt(5)) + `"`}, {"items", "[]"},
	} {
		if m[0] == key {
			m[1] = value
		}
		members = append(members, `"`+m[0]+`":`+m[1])
	}
	if key == "note" {
		members = append(members, `"note":`+value)
	}
	return "{" + strings.Join(members, ",") + "}"
}

func TestMarshal_RoundTrips(t *testing.T) {
	var last fr.Element
	one := fr.One()
	last.Neg(&one)
	for _, v := range []sample{
		{},
		{Count: math.MaxUint64, Hash: [4]byte{0, 0xff, 1}, Element: last, Items: []item{{"é\"\\\n\x01\u2028𝔾", true}, {}}},
		{Note: &note{"text"}},
	} {
		b, err := strictjson.Marshal(&v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := read(string(b))
		if err != nil || !reflect.DeepEqual(got, v) {
			t.Errorf("%s: got %+v, %v", b, got, err)
		}
		if !json.Valid(b) {
			t.Errorf("encoding/json refuses %s", b)
		}
	}
}

func TestMarshal_HasOneForm(t *testing.T) {
	v := sample{Count: 1, Hash: [4]byte{0xab}, Items: []item{{"a\x1f\u007f/", true}}, Note: &note{}}
	want := `{
  "count": 1,
  "hash": "0xab000000",
  "element": "0x0000000000000000000000000000000000000000000000000000000000000000",
  "items": [
    {
      "name": "a\u001f` + "\x7f" + `/",
      "on": true
    }
  ],
  "note": {
    "text": ""
  }
}
`
	if got, err := strictjson.Marshal(v); err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestMarshal_RefusesWhatCannotBeRead(t *testing.T) {
	if _, err := strictjson.Marshal(note{"\xff"}); err == nil {
		t.Error("wrote text that is not UTF-8")
	}
	if _, err := strictjson.Marshal(sample{Items: make([]item, strictjson.MaxItems+1)}); err == nil {
		t.Error("wrote too many items")
	}
}

func TestUnmarshal_AcceptsEdges(t *testing.T) {
	last := new(big.Int).Sub(fr.Modulus(), big.NewInt(1))
	for _, s := range []string{
		with("count", "0"), with("count", "18446744073709551615"),
		with("element", `"`+hexOf(last)+`"`), with("element", `"`+hexOf(new(big.Int))+`"`),
		with("items", ` [ {"on" : false , "name":"\ud835\udd3e\/\u00e9"} ] `),
		"\n\t " + with("note", `{"text":""}`) + " \r\n",
	} {
		if _, err := read(s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	v, err := read(with("items", `[{"name":"\ud835\udd3e\b\f\n\r\t\"\\\/","on":true}]`))
	if err != nil || v.Items[0].Name != "𝔾\b\f\n\r\t\"\\/" {
		t.Errorf("got %+v, %v", v, err)
	}
}

// TestUnmarshal_RefusesHostileInput: every row is refused with an error that names
// the place and the cause.
func TestUnmarshal_RefusesHostileInput(t *testing.T) {
	r := fr.Modulus()
	hex := func(x *big.Int) string { return `"` + hexOf(x) + `"` }
	rows := []struct{ doc, want string }{
		{"", "$: got the end of the data, want '{'"},
		{"null", "$: got 'n' at byte 0, want '{'"},
		{"[]", "$: got '[' at byte 0"},
		{with("note", "null"), "$.note: got 'n'"},
		{with("count", "-1"), `$.count: "-1" is not a whole number`},
		{with("count", "18446744073709551616"), `$.count: "18446744073709551616" is not`},
		{with("count", "1e3"), `$.count: "1e3" is not`},
		{with("count", "1.0"), `$.count: "1.0" is not`},
		{with("count", "01"), `$.count: "01" is not`},
		{with("count", "+1"), `$.count: "+1" is not`},
		{with("count", "-0"), `$.count: "-0" is not`},
		{with("count", `"1"`), "$.count: got '\"'"},
		{with("count", "true"), "$.count: got 't'"},
		{with("count", strings.Repeat("9", 5000)), "$.count: \"9999"},
		{with("element", hex(r)), "$.element: not below the scalar field's modulus"},
		{with("element", hex(new(big.Int).Add(r, big.NewInt(5)))), "$.element: not below"},
		{with("element", `"0x`+strings.Repeat("f", 64)+`"`), "$.element: not below"},
		{with("element", `"-0x`+strings.Repeat("0", 63)+`"`), "$.element: want 0x and 64"},
		{with("element", "5"), "$.element: got '5'"},
		{with("hash", `"0x0102030"`), "$.hash: want 0x and 8"},
		{with("hash", `"0x010203040"`), "$.hash: want 0x and 8"},
		{with("hash", `"0x0102030405"`), "$.hash: want 0x and 8"},
		{with("hash", `"0x0A020304"`), "$.hash: want 0x and 8 lower-case"},
		{with("hash", `"0X01020304"`), "$.hash: want 0x"},
		{with("hash", `"01020304"`), "$.hash: want 0x"},
		{with("hash", `"0x0102 304"`), "$.hash: want 0x"},
		{with("hash", `""`), "$.hash: want 0x"},
		{with("items", "{}"), "$.items: got '{'"},
		{with("items", "[1]"), "$.items[0]: got '1'"},
		{with("items", `[{"name":"a","on":true},]`), "$.items[1]: got ']'"},
		{with("items", `[,{"name":"a","on":true}]`), "$.items[0]: got ','"},
		{with("items", `[{"name":"a","on":true}{"name":"a","on":true}]`), "$.items: got '{'"},
		{with("items", `[{"name":"a","on":true},{"name":"a"}]`), "$.items[1].on: missing"},
		{with("items", `[{"name":"a","on":1}]`), "$.items[0].on: got '1'"},
		{with("items", `[{"name":"a","on":tru}]`), "$.items[0].on: got 't'"},
		{with("items", `[{"name":"a","name":"b","on":true}]`), "$.items[0].name: key given twice"},
		{with("items", `[{"name":"a","n\u0061me":"b","on":true}]`), "$.items[0].name: key given twice"},
		{with("items", `[{"name":"a","on":true,"off":true}]`), `$.items[0]: unknown key "off"`},
		{with("items", `[{"Name":"a","on":true}]`), `$.items[0]: unknown key "Name"`},
		{with("items", `[{"name":"a",on:true}]`), "$.items[0]: got 'o'"},
		{with("items", `[{"name":"\ud800","on":true}]`), "bad escape"},
		{with("items", `[{"name":"\udc00\ud800","on":true}]`), "bad escape"},
		{with("items", `[{"name":"\ud800\u0041","on":true}]`), "bad escape"},
		{with("items", `[{"name":"\ud800xxdc00","on":true}]`), "bad escape"},
		{with("items", `[{"name":"\x41","on":true}]`), "bad escape"},
		{with("items", "["+strings.Repeat(`{"name":"","on":true},`, 1024)+`{"name":"","on":true}]`), "$.items: more than 1024"},
		{with("note", `{"text" "a"}`), "$.note.text: got '\"'"},
		{with("items", `[{"name":"\u00g0","on":true}]`), "bad escape"},
		{with("items", "[{\"name\":\"a\nb\",\"on\":true}]"), "control character"},
		{with("items", "[{\"name\":\"a\xffb\",\"on\":true}]"), "$: not valid UTF-8"},
		{with("items", "[{\"name\":\"\xed\xa0\x80\",\"on\":true}]"), "$: not valid UTF-8"},
		{with("note", `{"text":"a`), "$.note.text: a string has no end"},
		{with("note", `{"text":"a\`), "$.note.text: bad escape"},
		{with("note", `{}`), "$.note.text: missing"},
		{with("note", `{"text":"a","deep":[[[[]]]]}`), `$.note: unknown key "deep"`},
		{with("note", `{"text":"a"},"note":{"text":"b"}`), "$.note: key given twice"},
		{with("none", "") + "{}", "$: data after the end"},
		{with("none", "") + "\x00", "$: data after the end"},
		{"\ufeff" + with("none", ""), "$: got '\\ufeff'"},
		{"{}", "$.count: missing"},
		{`{"count":1`, "$: got the end of the data, want ','"},
		{"{" + strings.Repeat(" ", maxBytes), "at most 65536 are read"},
	}
	for _, row := range rows {
		_, err := read(row.doc)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%.200s:\n\tgot  %v\n\twant %s", row.doc, err, row.want)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("%.200s: an error of %d bytes", row.doc, len(err.Error()))
		}
	}
}

func TestUnmarshal_RefusesEveryPrefix(t *testing.T) {
	doc := with("items", `[{"name":"\ud835\udd3e\n","on":true}]`)
	if _, err := read(doc); err != nil {
		t.Fatal(err)
	}
	for n := range doc {
		if _, err := read(doc[:n]); err == nil {
			t.Errorf("read %s", doc[:n])
		}
	}
}

// TestMarshal_PanicsOnUntaggedTypes: a type without a form is a bug, not data.
func TestMarshal_PanicsOnUntaggedTypes(t *testing.T) {
	for _, v := range []any{
		struct{ Name string }{},
		struct {
			N int `json:"n"`
		}{},
		struct {
			S []string `json:"s,omitempty"`
		}{},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%T: no panic", v)
				}
			}()
			_, _ = strictjson.Marshal(v)
		}()
	}
}

func TestUnmarshal_AnswersAtOnce(t *testing.T) {
	deep := strings.Repeat(`[`, 1<<20)
	objects := strings.Repeat(`{"items":`, 1<<16)
	many := with("items", "["+strings.Repeat(`{"name":"","on":true},`, 1<<15))
	start := time.Now()
	for _, s := range []string{deep, with("items", deep), objects, with("count", strings.Repeat("1", 1<<20)), many, `"` + strings.Repeat(`\u`, 1<<19)} {
		var v sample
		if err := strictjson.Unmarshal([]byte(s), &v, 1<<24); err == nil {
			t.Errorf("%.40s…: read", s)
		}
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("took %v", d)
	}
}

// FuzzUnmarshal: what is read is JSON for encoding/json too, is written to a form
// that is read again to the same value, and that form does not change any more.
func FuzzUnmarshal(f *testing.F) {
	for _, s := range []string{
		"", "{}", with("count", "1"), with("items", `[{"name":"\ud835\udd3e","on":false}]`), with("note", `{"text":"a"}`),
		with("count", "-1"), with("element", `"`+hexOf(fr.Modulus())+`"`), strings.Repeat("[", 1000),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var v, again sample
		if strictjson.Unmarshal(in, &v, maxBytes) != nil {
			return
		}
		if !json.Valid(in) {
			t.Fatal("read what is not JSON")
		}
		b, err := strictjson.Marshal(&v)
		if err != nil {
			t.Fatal(err)
		}
		if err := strictjson.Unmarshal(b, &again, 16*maxBytes); err != nil || !reflect.DeepEqual(v, again) {
			t.Fatalf("read again: %+v, %v", again, err)
		}
		if b2, _ := strictjson.Marshal(&again); !bytes.Equal(b, b2) {
			t.Fatal("two forms of one value")
		}
	})
}
