package bundle_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/statement"
)

// sample is a bundle of the right form; nothing in it is true.
func sample(circuit string) *bundle.Bundle {
	b := &bundle.Bundle{
		Circuit: circuit,
		Statement: statement.Statement{
			Model: fr.NewElement(1), Policy: fr.NewElement(2), Template: fr.NewElement(3), Authority: fr.NewElement(4),
			Seeds: fr.NewElement(5), Beacon: fr.NewElement(6), Recipient: [20]byte{7}, ID: 8, Metadata: [32]byte{9},
		},
		Key:  bundle.Key{Digest: [32]byte{10}, Provenance: provenance.UnsafeDevelopment},
		Root: fr.NewElement(11), CID: "bafkrei", Document: `{"name":"Füchse #8"}`, Proof: make([]byte, 256),
	}
	if strings.HasSuffix(circuit, "/plonk") {
		b.Proof = make([]byte, 768)
	}
	b.Proof[0] = 12
	if strings.HasPrefix(circuit, "root/") {
		b.Openings = &bundle.Openings{
			Leaves: make([]fr.Element, statement.Small.Slots()),
			Salts:  []bundle.Salt{{Slot: 0, Salt: fr.NewElement(13)}, {Slot: 2, Salt: fr.NewElement(14)}},
		}
	}
	return b
}

func encoded(t testing.TB, b *bundle.Bundle) []byte {
	t.Helper()
	data, err := b.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestUnmarshal_InvertsMarshal(t *testing.T) {
	for _, circuit := range []string{"cid/small", "cid/large", "root/small"} {
		want := sample(circuit)
		got, err := bundle.Unmarshal(encoded(t, want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v", circuit, got, err)
		}
	}
}

// TestUnmarshal_RefusesOtherForms changes the text and keeps the meaning.
func TestUnmarshal_RefusesOtherForms(t *testing.T) {
	data := string(encoded(t, sample("cid/small")))
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(data)); err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{
		"compact":        compact.String(),
		"no newline":     strings.TrimSpace(data),
		"more newlines":  data + "\n",
		"carriage":       strings.ReplaceAll(data, "\n", "\r\n"),
		"escaped letter": strings.Replace(data, "Füchse", `F\u00fcchse`, 1),
		"escaped slash":  strings.Replace(data, "cid/small", `cid\/small`, 1),
		"swapped keys":   swapped(t, data, `  "root": `, `  "cid": `),
	}
	for name, other := range rows {
		if other == data {
			t.Fatalf("%s: the row changes nothing", name)
		}
		if _, err := bundle.Unmarshal([]byte(other)); err == nil || !strings.Contains(err.Error(), "not in canonical form") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// swapped exchanges the lines that start so.
func swapped(t *testing.T, data, a, b string) string {
	t.Helper()
	lines := strings.Split(data, "\n")
	i, j := -1, -1
	for k, line := range lines {
		if strings.HasPrefix(line, a) {
			i = k
		}
		if strings.HasPrefix(line, b) {
			j = k
		}
	}
	if i < 0 || j < 0 {
		t.Fatal("no such lines")
	}
	lines[i], lines[j] = lines[j], lines[i]
	return strings.Join(lines, "\n")
}

func TestUnmarshal_RefusesHostileInput(t *testing.T) {
	cid, root := string(encoded(t, sample("cid/small"))), string(encoded(t, sample("root/small")))
	plonk := string(encoded(t, sample("cid/small/plonk")))
	element := func(n int) string { return fmt.Sprintf("0x%064x", n) }
	modulus := fmt.Sprintf("0x%064x", fr.Modulus())
	edit := func(doc, old, now string) string {
		if !strings.Contains(doc, old) {
			t.Fatalf("the sample has no %q", old)
		}
		return strings.Replace(doc, old, now, 1)
	}
	rows := []struct{ doc, want string }{
		{edit(cid, `"unsafe-development"`, `"ceremony"`), "$.key.provenance"},
		{edit(cid, `"unsafe-development"`, `""`), "$.key.provenance"},
		{edit(cid, `"version": 2`, `"version": 3`), "$.version: got 3"},
		{edit(cid, `"version": 2`, `"version": 1`), "$.version: the file is of version 1"},
		{edit(cid, `"cid/small"`, `"cid/tiny"`), "$.circuit"},
		{edit(cid, `"cid/small"`, `"root/small"`), "$.openings"},
		{edit(root, `"root/small"`, `"cid/small"`), "$.openings"},
		{edit(root, `"root/small"`, `"root/standard"`), "$.openings.leaves: got 8, want 20"},
		{edit(root, `"slot": 2`, `"slot": 0`), "$.openings.salts[1].slot"},
		{edit(root, `"slot": 2`, `"slot": 8`), "$.openings.salts[1].slot"},
		{edit(cid, `"id": 8`, `"id": -1`), "$.statement.id"},
		{edit(cid, `"id": 8`, `"id": 18446744073709551616`), "$.statement.id"},
		{edit(cid, element(3), modulus), "$.statement.template: not below"},
		{edit(cid, element(11), modulus), "$.root: not below"},
		{edit(root, element(14), modulus), "$.openings.salts[1].salt: not below"},
		{edit(cid, `"id": 8`, `"id": 8, "seed": 1`), `$.statement: unknown key "seed"`},
		{edit(cid, `"id": 8`, `"id": 8, "id": 8`), "$.statement.id: key given twice"},
		{edit(cid, `  "cid": "bafkrei",`, ""), "$.cid: missing"},
		{edit(cid, `"proof": "0x0c`, `"proof": "0x`), "$.proof: 255 bytes, a proof of cid/small has 256"},
		{edit(cid, `"proof": "0x0c`, `"proof": "0x0`), "$.proof: want 0x and an even number"},
		{edit(cid, `"proof": "0x0c`, `"proof": "0x0C`), "$.proof: want 0x and an even number"},
		{edit(cid, `"proof": "0x0c`, `"proof": "0c`), "$.proof: want 0x and an even number"},
		{edit(cid, `"cid/small"`, `"cid/small/plonk"`), "$.proof: 256 bytes, a proof of cid/small/plonk has 768"},
		{edit(plonk, `"cid/small/plonk"`, `"cid/small"`), "$.proof: 768 bytes, a proof of cid/small has 256"},
		{edit(plonk, `"cid/small/plonk"`, `"cid/large/plonk"`), "$.circuit"},
		{cid[:len(cid)/2], "$."},
		{cid + cid, "data after the end"},
		{cid + strings.Repeat(" ", bundle.MaxBytes), "at most 1048576"},
	}
	for _, row := range rows {
		if _, err := bundle.Unmarshal([]byte(row.doc)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want %s", err, row.want)
		}
	}
}

func TestMarshal_RefusesWhatCannotBeRead(t *testing.T) {
	long, text, circuit, large := sample("cid/small"), sample("cid/small"), sample("cid/small"), sample("cid/small")
	long.Document = strings.Repeat("x", bundle.MaxDocument+1)
	text.Document = "\xff"
	circuit.Circuit = "cid"
	large.CID = strings.Repeat("b", bundle.MaxBytes)
	for _, b := range []*bundle.Bundle{long, text, circuit, large} {
		if _, err := b.Marshal(); err == nil {
			t.Errorf("wrote %.40q %.40q", b.Circuit, b.Document)
		}
	}
	control := sample("cid/small")
	control.Document = strings.Repeat("\x01", bundle.MaxDocument)
	if _, err := bundle.Unmarshal(encoded(t, control)); err != nil {
		t.Errorf("the longest document, every byte escaped: %v", err)
	}
}

// FuzzUnmarshal: a bundle that is read has one encoding.
func FuzzUnmarshal(f *testing.F) {
	for _, circuit := range []string{"cid/small", "root/small"} {
		data := encoded(f, sample(circuit))
		f.Add(data)
		f.Add(data[:len(data)-2])
		f.Add(bytes.Replace(data, []byte(`"id": 8`), []byte(`"id": -8`), 1))
	}
	f.Add(bytes.Repeat([]byte("["), 4096))
	f.Fuzz(func(t *testing.T, in []byte) {
		b, err := bundle.Unmarshal(in)
		if err != nil {
			return
		}
		if out, err := b.Marshal(); err != nil || !bytes.Equal(in, out) {
			t.Fatalf("written back to other bytes: %v", err)
		}
	})
}
