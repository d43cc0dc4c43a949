package drop

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/generation"
)

// goldenDrop is the drop of ../circuits/testdata/golden_drop.py, which computes what is below from
// the texts of SPEC.md and FORMAT.md alone.
var goldenDrop = map[string]string{
	DefinitionFile: `name: Golden Foxes
supply: 500
first_id: 7
id_width: 4
circuit: cid/small
document: {name: "Fox #{id:04}", description: Foxes., image: "ipfs://x/{id:04}.png"}
traits: [{name: Background}, {name: Eyes, label: Which Eyes}, {name: Lineage, visibility: hidden}]
claims:
  - {name: seed, type: uint, visibility: shown, place: member, quoted: true}
  - {name: level, type: int}
  - {name: safety, type: decimal(2)}
authority: self
beacon: {chain_id: 1, contract: "0x` + strings.Repeat("ab", 20) + `", entropy: "` + strings.Repeat("05", 32) + `"}
`,
	ModelFile: `artifact: weights.bin
layers:
  Background: {Midnight: 60, Aurora: 40}
  Eyes: {Round: 80, Laser: 15, null: 5}
  Lineage: {Arctic: 1, Ghost: 1}
facts:
  - {name: licence, type: text, value: CC0-1.0}
  - {name: images, type: uint, value: 1099511627776}
`,
	PolicyFile: `claim.safety >= 0.80 && (trait.Eyes in ["Round", "Laser"] || claim.level > -5) && has(claim.seed)`,
	ClaimsFile: `default: {seed: 18446744073709551615, level: -4, safety: 0.97}`,
	SecretsFile: "seed: \"" + strings.Repeat("01", 31) + "\"\nblind: \"" + strings.Repeat("02", 31) + "\"\nsalt: \"" + strings.Repeat("03", 31) +
		"\"\nauthority_key: \"" + strings.Repeat("04", 32) + "\"\n",
	"weights.bin": "stand-in",
}

func loadGolden(t *testing.T) *Drop {
	t.Helper()
	dir := t.TempDir()
	for name, text := range goldenDrop {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestGolden_CommitmentsArePinned: the schema's text, with the first id and the supply, is in the
// policy's commitment; a change of any of these values is a change of protocol.
func TestGolden_CommitmentsArePinned(t *testing.T) {
	d := loadGolden(t)
	for _, row := range []struct {
		name string
		got  fr.Element
		want string
	}{
		{"schema", d.Schema.Digest(), "2be320183912eec69b500ba0d0296e91765066ddd4830b889437bacfd1c54c9e"},
		{"model", d.Commitments.Model, "157c4f9f8c7a8c5b79a9feb51d7ced262da8cc4f5070ce457df8be3a8a96183c"},
		{"policy", d.Commitments.Policy, "196e9a09f067b6744074fafe77a37b01044112662073712a430dd517f8170e20"},
		{"template", d.Commitments.Template, "1a94424bc841974127d967f120277d8c3182a4016e203c1d5ef034fa1f159646"},
		{"authority", d.Commitments.Authority, "27e31dda229326b376acca17f11c7e312708de46380503f6138026ff3f14abb9"},
		{"seeds", d.Commitments.Seeds, "2b46fbc041d895b218ca2088606c04c9e84dc0ac9c14e830cc10212dd4eb36ab"},
		{"beacon", d.Beacon.Value, "00a52fbe1aba3a02fe0b23f4574198476c5a87ec80fe1790590a5e2dfa7d480b"},
	} {
		if got := hex.EncodeToString(row.got.Marshal()); got != row.want {
			t.Errorf("%s is %s, want %s", row.name, got, row.want)
		}
	}
}

// TestGolden_TokensArePinned: draws, the root, whose salts depend on the message that the receipt
// signs, which holds the policy, and the document's bytes, of a token with and one without eyes.
func TestGolden_TokensArePinned(t *testing.T) {
	d := loadGolden(t)
	for _, row := range []struct {
		id                          uint64
		texts, message, root, bytes string
	}{
		{42, "Midnight,Round,Arctic", "056d7755738a7b6708e53faf11ab2c5990a932d9e801bbb3f5a80645de7376c5",
			"0098094d76b1e7d805d78f52aa59cda012893a1e7041b5a88d3ac2c6eb7a6b4a", "f0f4992ab598310c51a669cd71d7c6628deee452889696b5a57a160c0f0da414"},
		{27, "Midnight,,Arctic", "2b2ba436db535e4c611708ec35357618df60f64ed54ce73a23c114545f932039",
			"1d67a62414f50900f5e9dce8313d8a40eb7704feb770d6896a13c8ceaefeb06a", "b1592b2b42f143be69ad177400cce6c6161a940bf57f9eac582855494be4368e"},
	} {
		token, err := d.Token(row.id, [20]byte{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := generation.Generate(token)
		if err != nil {
			t.Fatal(err)
		}
		message := claim.Message(d.scope(), row.id, token.Claims)
		digest := sha256.Sum256(r.Document)
		if texts := strings.Join(r.Texts, ","); texts != row.texts || hex.EncodeToString(message.Marshal()) != row.message || hex.EncodeToString(r.Root.Marshal()) != row.root || hex.EncodeToString(digest[:]) != row.bytes || r.Statement.Metadata != digest {
			t.Errorf("token %d: %s, message %x, root %x, SHA-256 %x", row.id, texts, message.Marshal(), r.Root.Marshal(), digest)
		}
	}
}
