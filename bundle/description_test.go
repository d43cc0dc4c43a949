package bundle_test

import (
	"encoding/hex"
	"reflect"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
)

func description() *bundle.Description {
	beacon := bundle.Beacon{ChainID: 1, Contract: [20]byte{2}, Entropy: [32]byte{3}, Source: "a block's randomness"}
	beacon.Value = beacon.Derive()
	return &bundle.Description{
		Version: bundle.Version, Name: "Nebula Foxes", FirstID: 1, Supply: 10000, IDWidth: 5, Circuit: "cid/small",
		Authority: bundle.Authority{Key: [32]byte{4}, SelfAsserted: true},
		Traits:    []bundle.Attribute{bundle.ShownTrait("Eyes"), bundle.HiddenAttribute("Lineage", "text")},
		Claims:    []bundle.Attribute{bundle.HiddenAttribute("license", "text"), bundle.HiddenAttribute("safety", "decimal(2)")},
		Facts:     []bundle.Attribute{bundle.HiddenAttribute("license", "text")},
		Template: bundle.Template{
			Constants: []bundle.Member{{Key: "description", Value: "Foxes"}},
			Image:     "ipfs://bafy/{id:05}.png", Name: "Nebula Foxes #{id:05}",
			Order: []bundle.Placed{{Slot: 0, Wide: true}},
		},
		Policy: "claim.safety >= 0.80",
		Beacon: beacon,
		Key:    bundle.Key{Digest: [32]byte{5}, Provenance: provenance.UnsafeDevelopment},
	}
}

func TestDescription_RoundTrips(t *testing.T) {
	want := description()
	data, err := want.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	got, err := bundle.UnmarshalDescription(data)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := bundle.UnmarshalDescription([]byte(strings.ReplaceAll(string(data), "\n", " "))); err != nil {
		t.Errorf("another format: %v", err)
	}
}

func TestUnmarshalDescription_RefusesHostileInput(t *testing.T) {
	b, err := description().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	data := string(b)
	rows := []struct{ doc, want string }{
		{strings.Replace(data, `"version": 2`, `"version": 1`, 1), "$.version: the file is of version 1"},
		{strings.Replace(data, `"version": 2`, `"version": 3`, 1), "$.version: got 3"},
		{strings.Replace(data, `"type": "text"`, `"type": "enum"`, 1), "$.traits[0].type: a trait is a text"},
		{strings.Replace(data, `"type": "decimal(2)"`, `"type": "enum"`, 1), "$.claims[1].words: an enum has 1"},
		{strings.Replace(data, `"place": "attribute"`, `"place": "somewhere"`, 1), "$.traits[0].place"},
		{strings.Replace(data, `"quoted": false,`, ``, 1), "$.traits[0].quoted"},
		{strings.Replace(data, `"first_id": 1`, `"first_id": 9999990001`, 1), "$.supply: ids 9999990001"},
		{strings.Replace(data, `"supply": 10000`, `"supply": -1`, 1), "$.supply"},
		{strings.Replace(data, `"supply": 10000`, `"supply": 0`, 1), "$.supply: supply is 0"},
		{strings.Replace(data, `"supply": 10000`, `"supply": 18446744073709551616`, 1), "$.supply"},
		{strings.Replace(data, `"supply": 10000`, `"supply": 1, "supply": 1`, 1), "$.supply: key given twice"},
		{strings.Replace(data, `"cid/small"`, `"cid/none"`, 1), "$.circuit"},
		{strings.Replace(data, `"hidden"`, `"Hidden"`, 1), "$.traits[1].visibility"},
		{strings.Replace(data, `"Lineage"`, `"Eyes"`, 1), "$.traits[1].name"},
		{strings.Replace(data, `"chain_id"`, `"seed": 1, "chain_id"`, 1), `$.beacon: unknown key "seed"`},
		{data[:len(data)/2], "$."},
		{data + "{}", "data after the end"},
		{data + strings.Repeat(" ", bundle.MaxBytes), "at most 1048576"},
		{strings.Repeat("[", 1<<20), "$: got '['"},
	}
	for _, row := range rows {
		if _, err := bundle.UnmarshalDescription([]byte(row.doc)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want %s", err, row.want)
		}
	}
}

func TestDescriptionMarshal_RefusesWhatCannotBeRead(t *testing.T) {
	large, text := description(), description()
	large.Template.Image = strings.Repeat("x", bundle.MaxBytes)
	text.Template.Image = "\xff"
	for _, d := range []*bundle.Description{large, text} {
		if _, err := d.Marshal(); err == nil {
			t.Errorf("wrote an image of %d bytes", len(d.Template.Image))
		}
	}
}

func TestDescription_ValidateRefuses(t *testing.T) {
	rows := []struct {
		want string
		lie  func(*bundle.Description)
	}{
		{"$.version", func(d *bundle.Description) { d.Version = 0 }},
		{"$.name", func(d *bundle.Description) { d.Name = "" }},
		{"$.name", func(d *bundle.Description) { d.Name = strings.Repeat("x", 65) }},
		{"$.name: byte 1: U+001B", func(d *bundle.Description) { d.Name = "a\x1b[2J" }},
		{"$.name: byte 1: U+202E", func(d *bundle.Description) { d.Name = "a\u202eb" }},
		{"$.supply", func(d *bundle.Description) { d.Supply = 0 }},
		{"$.supply", func(d *bundle.Description) { d.Supply = 1e10 }},
		{"$.circuit", func(d *bundle.Description) { d.Circuit = "cid/tiny" }},
		{"$.policy", func(d *bundle.Description) { d.Policy = "" }},
		{"$.policy", func(d *bundle.Description) { d.Policy = strings.Repeat("x", 1<<16+1) }},
		{"$.key.provenance", func(d *bundle.Description) { d.Key.Provenance = "" }},
		{"$.key.provenance", func(d *bundle.Description) { d.Key.Provenance = "ceremony" }},
		{"$.beacon.source", func(d *bundle.Description) { d.Beacon.Source = "" }},
		{"$.traits: 4", func(d *bundle.Description) { d.Traits = make([]bundle.Attribute, 4) }},
		{"$.traits[1].name", func(d *bundle.Description) { d.Traits[1] = bundle.HiddenAttribute(d.Traits[0].Name, "text") }},
		{"$.traits[1].name", func(d *bundle.Description) { d.Traits[1].Name = strings.ToUpper(d.Traits[0].Name) }},
		{"$.traits[1].name: it has a blank", func(d *bundle.Description) { d.Traits[1].Name = "Fur " }},
		{"$.traits[1].name: byte 1: U+200D", func(d *bundle.Description) { d.Traits[1].Name = "a\u200db" }},
		{"$.claims[1].name", func(d *bundle.Description) { d.Claims[1].Name = strings.ToUpper(d.Claims[0].Name) }},
		{"$.traits[1].visibility", func(d *bundle.Description) { d.Traits[1].Visibility = "secret" }},
		{"$.claims: 4", func(d *bundle.Description) { d.Claims = make([]bundle.Attribute, 4) }},
		{"$.claims[0].name", func(d *bundle.Description) { d.Claims[0].Name = "" }},
		{"$.claims[1].type", func(d *bundle.Description) { d.Claims[1].Type = "decimal(19)" }},
		{"$.facts: 3", func(d *bundle.Description) { d.Facts = make([]bundle.Attribute, 3) }},
		{"$.facts[0].type", func(d *bundle.Description) { d.Facts[0].Type = "" }},
	}
	for _, row := range rows {
		d := description()
		row.lie(d)
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want %s", err, row.want)
		}
		if _, err := d.Marshal(); err == nil {
			t.Errorf("%s: written", row.want)
		}
	}
}

// TestDeriveBeacon_MatchesSolidity pins keccak256(abi.encode(1, address(0), bytes32(0)))
// to a value computed with another implementation.
func TestDeriveBeacon_MatchesSolidity(t *testing.T) {
	value := bundle.DeriveBeacon(1, [20]byte{}, [32]byte{})
	b := value.Bytes()
	if got := hex.EncodeToString(b[:]); got != beaconVector {
		t.Errorf("got %s, want %s", got, beaconVector)
	}
	if bundle.DeriveBeacon(2, [20]byte{}, [32]byte{}) == value || bundle.DeriveBeacon(1, [20]byte{19: 1}, [32]byte{}) == value ||
		bundle.DeriveBeacon(1, [20]byte{}, [32]byte{31: 1}) == value {
		t.Error("a part does not matter")
	}
}

const beaconVector = "00255ace0592d6d0057743ec81f2494d71fe5466986a2fd6f28c632dc1ef83d4"

func FuzzUnmarshalDescription(f *testing.F) {
	data, err := description().Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:100])
	f.Add([]byte(strings.Replace(string(data), "10000", "-1", 1)))
	f.Fuzz(func(t *testing.T, in []byte) {
		d, err := bundle.UnmarshalDescription(in)
		if err != nil {
			return
		}
		out, err := d.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		again, err := bundle.UnmarshalDescription(out)
		if err != nil || !reflect.DeepEqual(d, again) {
			t.Fatalf("read again: %v", err)
		}
	})
}

// Joiners stay where a script or an emoji needs them.
func TestDescription_TakesNamesWithJoiners(t *testing.T) {
	d := description()
	d.Name = "\U0001f3f4\u200d\u2620\ufe0f Crew"
	d.Traits = []bundle.Attribute{bundle.ShownTrait("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"), bundle.HiddenAttribute("\U0001f3f4\u200d\u2620\ufe0f", "text")}
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
}
