package metadata

import (
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestParse_RefusesWhatReadersReadInTwoWays(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":              "",
		"blanks":               "  \n",
		"a list":               `[]`,
		"a text":               `"name"`,
		"a byte order mark":    "\ufeff{}",
		"something behind":     `{} x`,
		"two documents":        `{}{}`,
		"a zero byte behind":   "{}\x00",
		"a key twice":          `{"name":"a","name":"b"}`,
		"a key twice, escaped": `{"name":"a","n\u0061me":"b"}`,
		"a key twice, deep":    `{"attributes":[{"value":{"a":1,"a":2}}]}`,
		"a key twice, deeper":  `{"x":[[[[{"a":1,"a":2}]]]]}`,
		"half a pair":          `{"name":"\ud83e"}`,
		"the other half":       `{"name":"\udd8a"}`,
		"halves in disorder":   `{"name":"\udd8a\ud83e"}`,
		"half and a letter":    `{"name":"\ud83ea"}`,
		"invalid UTF-8":        "{\"name\":\"\xff\"}",
		"a control character":  "{\"name\":\"a\nb\"}",
		"an unknown escape":    `{"name":"\x41"}`,
		"a short escape":       `{"name":"\u12"}`,
		"a sign":               `{"x":+1}`,
		"a zero in front":      `{"x":01}`,
		"a bare point":         `{"x":1.}`,
		"a bare exponent":      `{"x":1e}`,
		"a minus alone":        `{"x":-}`,
		"NaN":                  `{"x":NaN}`,
		"a comma too many":     `{"x":1,}`,
		"a comma in a list":    `{"x":[1,]}`,
		"no comma":             `{"x":1 "y":2}`,
		"no colon":             `{"x" 1}`,
		"a key without quotes": `{x:1}`,
		"single quotes":        `{'x':1}`,
		"a comment":            `{"x":1} // end`,
		"no end":               `{"x":[1,2`,
		"half a word":          `{"x":tru}`,
		"65 levels":            `{"x":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`,
		"a million levels":     `{"x":` + strings.Repeat("[", 200_000),
	} {
		if _, err := Parse([]byte(text)); err == nil {
			t.Errorf("%s: read", name)
		} else if len(err.Error()) > 200 {
			t.Errorf("%s: an error of %d bytes", name, len(err.Error()))
		}
	}
	if _, err := Parse([]byte(`{"x":` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + `}`)); err != nil {
		t.Errorf("64 levels: %v", err)
	}
	if _, err := Parse(make([]byte, MaxBytes+1)); err == nil {
		t.Error("a document of 2^18 bytes")
	}
}

func TestParse_ReadsAttributes(t *testing.T) {
	d, err := Parse([]byte(`{"name":"Fox \ud83e\udd8a","image":"ipfs://x/1.png","attributes":[
		{"trait_type":"Eyes","value":"L\u0061ser"},{"value":7,"trait_type":"Level","display_type":"number","max_value":9},{"trait_type":"Nice","value":true},
		{"value":"x"},{"trait_type":"A","value":null},{"trait_type":"B","value":[1]},{"trait_type":"C"},{"trait_type":"D","value":1,"extra":2},7,
		{"trait_type":5,"value":1},{"Trait_type":"E","value":1},{"trait_type":"","value":""}
	],"Attributes":[{"trait_type":"Eyes","value":"Gold"}],"edition":1}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range d.Attributes {
		got = append(got, fmt.Sprintf("%s|%v|%c|%s|%v", a.Label, a.HasLabel, max(a.Value.Kind, '-'), a.Value.Text, a.Odd != ""))
	}
	want := []string{
		"Eyes|true|T|Laser|false", "Level|true|N|7|false", "Nice|true|B|true|false",
		"|false|T|x|true", "A|true|-||true", "B|true|-||true", "C|true|-||true", "D|true|N|1|true", "|false|-||true",
		"|false|N|1|true", "|false|N|1|true", "|true|T||false",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if d.Name != "Fox 🦊" || strings.Join(d.Others, " ") != "Attributes edition" {
		t.Errorf("name %q, others %q", d.Name, d.Others)
	}
}

// An address is replaced in the bytes that it stands in, and nowhere else.
func TestParse_TellsWhereAddressesStand(t *testing.T) {
	text := `{ "image" : "a\"b" , "x": "image", "animation_url":"c","properties":{"image":"d"}}`
	d, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range d.Addresses {
		got = append(got, a.Member+"="+a.Text+"="+text[a.Start:a.End])
	}
	if want := `image=a"b="a\"b" animation_url=c="c"`; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
}

func TestValue_RatIsExactAndBounded(t *testing.T) {
	for text, want := range map[string]string{
		"7": "7", "1.0": "1", "1e0": "1", "-0": "0", "0.50": "1/2", "1E2": "100", "9007199254740993": "9007199254740993", "12e-1": "6/5",
		"0.1": "1/10", "1e40": "1" + strings.Repeat("0", 40), "1e041": "", "1e41": "", "1e999": "", "1e-41": "", "1e+0000000040": "1" + strings.Repeat("0", 40),
		strings.Repeat("9", 81): "", "1e" + strings.Repeat("9", 60): "",
	} {
		r, ok := Value{Number, text}.Rat()
		if ok != (want != "") || ok && r.RatString() != want {
			t.Errorf("%.30s: %v, %v, want %q", text, r, ok, want)
		}
	}
	if _, ok := (Value{Text, "7"}).Rat(); ok {
		t.Error("a text is a number")
	}
}

func TestIsFixed_NeedsAnAddressOfContent(t *testing.T) {
	const v1, v0 = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi", "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG"
	key := "b" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(append([]byte{1, 0x72, 0, 36, 8, 1, 18, 32}, make([]byte, 32)...)))
	for address, want := range map[string]bool{
		"ipfs://" + v1: true, "ipfs://" + v1 + "/1.png": true, "ipfs://ipfs/" + v0 + "/a b.png": true, "ipfs://" + v0: true, "data:image/png;base64,AAAA": true,
		"ar://" + strings.Repeat("a", 43): true,
		"ipfs://" + v1 + "/../x":          false, "ipfs://" + v1 + "?x=1": false, "ipns://" + v1: false, "https://ipfs.io/ipfs/" + v1: false, "http://x/1.png": false,
		"ipfs://" + v1 + "/..a/b..png": true, "ipfs://" + v1 + "/100%.png": true, "ar://" + strings.Repeat("a", 43) + "/1.png": true,
		"ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy/%20.png": true,
		// who owns these points them elsewhere: an Arweave name, a libp2p key
		"ar://foxes/collections/2026/images/original/0001.png": false, "ar://" + strings.Repeat("a", 44): false, "ar://" + strings.Repeat("a", 42) + ".": false,
		"ipfs://" + key: false, "ipfs://" + v1 + "a": false, "ipfs://" + v1[:58]: false, "ipfs://" + v0[:45] + "0": false, "ipfs://b": false, "ipfs://" + v1 + "@x/1.png": false,
		// a gateway's address in front of these leads to a name
		"ipfs://" + v1 + "/%2e%2e/%2E%2E/ipns/example.com/1.png": false, "ipfs://" + v1 + "/.%2E/%2e./ipns/x": false, "ipfs://" + v1 + `/..\..\ipns\x`: false,
		"ipfs://" + v1 + "/a%2f..%2F..%2f..%2Fipns": false, "ipfs://" + v1 + "/a%5c..%5C..": false, "ipfs://" + v1 + "/.\t./.\n./ipns/x": false,
		"ar://" + strings.Repeat("a", 43) + "/%2e%2e/foxes": false, "ipfs://" + v1 + "/a\x7f": false,
		"ipfs://NewUriToReplace/1.png": false, "": false, "ar://x": false, "1.png": false, "IPFS://" + v1: false,
	} {
		if IsFixed(address) != want {
			t.Errorf("%q: %v, want %v", address, !want, want)
		}
	}
}

// A million attributes take time in proportion, and no more memory than their number.
func TestParse_IsLinear(t *testing.T) {
	entry := `{"trait_type":"a","value":1},`
	text := `{"attributes":[` + strings.Repeat(entry, (MaxBytes-20)/len(entry))
	text = text[:len(text)-1] + `]}`
	d, err := Parse([]byte(text))
	if err != nil || len(d.Attributes) < 9000 {
		t.Errorf("%v", err)
	}
}

// FuzzParse_AgreesWithEncodingJSON: what is read here, Go's reader reads too, with the same
// name and the same attributes.
func FuzzParse_AgreesWithEncodingJSON(f *testing.F) {
	for _, s := range []string{
		`{"name":"a","attributes":[{"trait_type":"Eyes","value":"Laser"},{"trait_type":"L","value":1.50}]}`, `{"name":"\u00e9\ud83e\udd8a"}`,
		`{"attributes":{}}`, `{"attributes":[7,null,{"value":true}]}`, "\ufeff{}", `{"a":1,"a":2}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if err != nil {
			return
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(data, &members); err != nil {
			t.Fatalf("encoding/json refuses it: %v", err)
		}
		var name string
		if json.Unmarshal(members["name"], &name) == nil && name != d.Name {
			t.Fatalf("name %q, encoding/json has %q", d.Name, name)
		}
		var entries []json.RawMessage
		if members["attributes"] == nil || json.Unmarshal(members["attributes"], &entries) != nil {
			return
		}
		if len(entries) != len(d.Attributes) {
			t.Fatalf("%d attributes, encoding/json has %d", len(d.Attributes), len(entries))
		}
		for i, entry := range entries {
			var fields map[string]json.RawMessage
			if json.Unmarshal(entry, &fields) != nil {
				continue
			}
			var label, value string
			if json.Unmarshal(fields["trait_type"], &label) == nil && label != d.Attributes[i].Label {
				t.Fatalf("label %q, encoding/json has %q", d.Attributes[i].Label, label)
			}
			if d.Attributes[i].Value.Kind == Text && (json.Unmarshal(fields["value"], &value) != nil || value != d.Attributes[i].Value.Text) {
				t.Fatalf("value %q, encoding/json has %q", d.Attributes[i].Value.Text, value)
			}
		}
	})
}

func TestMembers_SayWhereTheyStand(t *testing.T) {
	const text = ` {"n\u0061me": "a\"b" , "attributes":[{"value":"x"}],"edition" :1,"salt":"00"} `
	list, err := Members([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range list {
		got = append(got, m.Key+"|"+m.Text+"|"+text[m.Start:m.End])
		if first := text[m.Value]; m.Kind != first && !(m.Kind == '0' && first == '1') {
			t.Errorf("%s: a value of kind %c begins with %c", m.Key, m.Kind, first)
		}
	}
	want := []string{`name|a"b|"n\u0061me": "a\"b"`, `attributes||"attributes":[{"value":"x"}]`, `edition||"edition" :1`, `salt|00|"salt":"00"`}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("members\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, bad := range []string{`[]`, `{} x`, `{"a":1,"a":2}`, `{"a":{"b":1,"b":2}}`} {
		if _, err := Members([]byte(bad)); err == nil {
			t.Errorf("%s: read", bad)
		}
	}
}
