//go:build prover_checks

package document

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
)

// A reading is what a parser has of a document: its members but attributes, and those, each with
// a letter for its type in front.
type reading struct {
	Members    map[string]string   `json:"m"`
	Attributes []map[string]string `json:"a"`
}

// The other parsers read documents in base64, a line each, and write readings. Python's also refuses a key twice.
var parsers = map[string][]string{
	"python3": {"-c", `
import base64, json, sys
def once(pairs):
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)
def say(v):
    return "b" + str(v).lower() if isinstance(v, bool) else "s" + v if isinstance(v, str) else "n" + repr(v)
for line in sys.stdin:
    d = json.loads(base64.b64decode(line).decode("utf-8"), object_pairs_hook=once)
    a = [{k: say(v) for k, v in o.items()} for o in d.pop("attributes")]
    print(json.dumps({"m": {k: say(v) for k, v in d.items()}, "a": a}))
`},
	"node": {"-e", `
const say = v => ({string: "s", number: "n", boolean: "b"})[typeof v] + String(v)
const all = o => Object.fromEntries(Object.entries(o).map(([k, v]) => [k, say(v)]))
const strict = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true})
for (const line of require("fs").readFileSync(0, "utf8").trim().split("\n")) {
  const {attributes, ...rest} = JSON.parse(strict.decode(Buffer.from(line, "base64")))
  console.log(JSON.stringify({m: all(rest), a: attributes.map(all)}))
}
`},
	"jq": {"-R", "-c", `
def say: if type == "string" then "s" + . elif type == "number" then "n" + tostring else "b" + tostring end;
@base64d | fromjson | {m: (del(.attributes) | map_values(say)), a: [.attributes[] | map_values(say)]}
`},
}

// TestSlow_ParsersAgree: ten thousand random documents of random templates say to Go, Python, Node and jq, where they
// are installed, what the values say.
func TestSlow_ParsersAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 8))
	var lines bytes.Buffer
	var want []reading
	for len(want) < 10000 {
		c := randomConfig(rng)
		tpl, err := New(testSize, c)
		if err != nil {
			continue // too long
		}
		for range 20 {
			v := randomValues(rng, c)
			id := c.First + rng.Uint64N(c.Supply)
			doc, err := tpl.Render(id, someRoot(rng.Uint64()), v)
			if err != nil {
				continue // a text without room
			}
			if p, err := tpl.Parse(doc); err != nil || p.HasID && p.ID != id {
				t.Fatalf("%s: %v", doc, err)
			}
			w := readingOf(c, id, v)
			var got map[string]any
			if err := json.Unmarshal(doc, &got); err != nil {
				t.Fatalf("%s: %v", doc, err)
			}
			w.Members["root"] = "s" + got["root"].(string)
			want = append(want, w)
			fmt.Fprintln(&lines, base64.StdEncoding.EncodeToString(doc))
		}
	}
	for name, arguments := range parsers {
		if _, err := exec.LookPath(name); err != nil {
			if name != "jq" {
				t.Errorf("%s is not installed", name)
			}
			continue
		}
		t.Run(name, func(t *testing.T) { assertRead(t, name, arguments, lines.Bytes(), want) })
	}
}

func assertRead(t *testing.T, name string, arguments []string, lines []byte, want []reading) {
	command := exec.Command(name, arguments...)
	command.Stdin = bytes.NewReader(lines)
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
	}
	scanner := bufio.NewScanner(bytes.NewReader(out))
	scanner.Buffer(nil, 1<<22)
	n := 0
	for ; scanner.Scan(); n++ {
		var got reading
		if err := json.Unmarshal(scanner.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if n < len(want) && !same(got, want[n]) {
			t.Fatalf("document %d: read as %v, want %v", n, got, want[n])
		}
	}
	if n != len(want) {
		t.Errorf("%d documents, want %d", n, len(want))
	}
}

func same(a, b reading) bool {
	if !sameMembers(a.Members, b.Members) || len(a.Attributes) != len(b.Attributes) {
		return false
	}
	for i := range a.Attributes {
		if !sameMembers(a.Attributes[i], b.Attributes[i]) {
			return false
		}
	}
	return true
}

// sameMembers compares numbers as rationals: 0.50 is 0.5.
func sameMembers(a, b map[string]string) bool {
	for key, x := range a {
		y, there := b[key]
		if !there || x[0] != y[0] {
			return false
		}
		if x[0] != 'n' && x != y {
			return false
		}
		if x[0] == 'n' {
			p, okP := new(big.Rat).SetString(x[1:])
			q, okQ := new(big.Rat).SetString(y[1:])
			if !okP || !okQ || p.Cmp(q) != 0 {
				return false
			}
		}
	}
	return len(a) == len(b)
}

// alphabet has what JSON escapes, what needs more than a byte, and what texts that stand as they were published have:
// blanks of several kinds, marks alone, and characters that nobody sees.
var alphabet = []rune("abcXYZ 0189-_.:,{}[]/\\\"\n\té\u00df\u4e2d\U0001f98a\u2028\x7f'<>&\u0301\u00a0\u3000\u00ad\u200b\u200d\ufe0f\ufeff\u202e")

// random returns a text of at most n bytes, plain if it is to be shown.
func random(rng *rand.Rand, n int, plain bool) string {
	s := ""
	for range rng.IntN(n) + 1 {
		r := alphabet[rng.IntN(len(alphabet))]
		if plain && (r == '"' || r == '\\' || r < ' ') {
			continue
		}
		if len(s)+len(string(r)) > n {
			break
		}
		s += string(r)
	}
	if s == "" {
		return "a"
	}
	return s
}

func randomConfig(rng *rand.Rand) Config {
	c := Config{First: rng.Uint64N(3), Supply: 1 + rng.Uint64N(100000)}
	id := "{id}"
	if rng.IntN(2) == 0 {
		c.Width = 6 + rng.IntN(5)
		id = fmt.Sprintf("{id:0%d}", c.Width)
	}
	for i := range rng.IntN(4) {
		c.Constants = append(c.Constants, Member{fmt.Sprint("c", i, random(rng, 9, false)), random(rng, 80, false)})
	}
	for _, to := range []*string{&c.Image, &c.Animation, &c.External, &c.Name} {
		switch rng.IntN(3) {
		case 0:
			*to = random(rng, 90, false)
		case 1:
			*to = random(rng, 90, false) + id + random(rng, 5, true)
		}
	}
	types := []attribute.Type{textType, uintType, intType, timeType, boolType, digestType, dagPBType, decimalType, {Kind: attribute.Decimal, Scale: 14}, {Kind: attribute.Decimal}}
	for _, slot := range rng.Perm(testSize.Slots())[:rng.IntN(9)] {
		f := Field{Slot: slot, Type: types[rng.IntN(len(types))]}
		f.Quoted = (f.Type == uintType || f.Type == intType) && rng.IntN(2) == 0
		f.Wide = f.Type == textType && rng.IntN(2) == 0
		if rng.IntN(4) == 0 {
			f.Member = fmt.Sprint("m", slot, random(rng, 20, false))
		} else {
			f.Label = random(rng, 30, false)
			if rng.IntN(3) == 0 {
				f.DisplayType, f.MaxValue = "number", "-0.50"
			}
		}
		c.Fields = append(c.Fields, f)
	}
	return c
}

func randomValues(rng *rand.Rand, c Config) []Value {
	v := make([]Value, testSize.Slots())
	for i := range c.Fields {
		f := &c.Fields[i]
		if rng.IntN(4) == 0 {
			continue
		}
		switch f.Type.Kind {
		case attribute.Text:
			v[f.Slot] = OfText(random(rng, 1+rng.IntN(MaxText), true))
		case attribute.Digest:
			var digest [32]byte
			for j := range digest {
				digest[j] = byte(rng.Uint32())
			}
			v[f.Slot] = OfDigest(digest)
		case attribute.Bool:
			v[f.Slot] = OfSlot(attribute.OfBool(rng.IntN(2) == 0))
		default:
			n := rng.Uint64() >> rng.IntN(64)
			if f.Type.Kind == attribute.Time {
				n %= 253402300800
			}
			if f.Type.Kind == attribute.Int {
				v[f.Slot] = OfSlot(attribute.OfInt(int64(n) * int64(1-2*rng.IntN(2))))
			} else {
				v[f.Slot] = OfSlot(attribute.OfUint(n))
			}
		}
	}
	return v
}

// readingOf says what a document should, without rendering it.
func readingOf(c Config, id uint64, v []Value) reading {
	r := reading{Members: map[string]string{}}
	for _, m := range c.Constants {
		r.Members[m.Key] = "s" + m.Value
	}
	digits := fmt.Sprint(id)
	digits = strings.Repeat("0", max(0, c.Width-len(digits))) + digits
	for key, pattern := range map[string]string{"image": c.Image, "animation_url": c.Animation, "external_url": c.External, "name": c.Name} {
		if pattern != "" {
			r.Members[key] = "s" + strings.NewReplacer("{id}", digits, fmt.Sprintf("{id:0%d}", c.Width), digits).Replace(pattern)
		}
	}
	for i := range c.Fields {
		f := &c.Fields[i]
		if !v[f.Slot].Present {
			continue
		}
		if shown := said(f, v[f.Slot]); f.Member != "" {
			r.Members[f.Member] = shown
		} else {
			a := map[string]string{"trait_type": "s" + f.Label, "value": shown}
			if f.DisplayType != "" {
				a["display_type"] = "s" + f.DisplayType
				a["max_value"] = "n" + f.MaxValue
			}
			r.Attributes = append(r.Attributes, a)
		}
	}
	return r
}

// said is the value as a reader has it, by the standard library's big numbers.
func said(f *Field, v Value) string {
	number := new(big.Rat).SetInt(new(big.Int).SetUint64(v.Slot.Value.Uint64()))
	switch f.Type.Kind {
	case attribute.Text:
		return "s" + v.Text
	case attribute.Digest:
		return "sipfs://" + cidOf(f.codec(), v.Digest)
	case attribute.Bool:
		return "b" + fmt.Sprint(!v.Slot.Value.IsZero())
	case attribute.Int:
		number.Sub(number, new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 63)))
	case attribute.Decimal:
		number.Quo(number, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(f.Type.Scale)), nil)))
	}
	if f.Quoted {
		return "s" + number.RatString()
	}
	return "n" + number.RatString()
}
