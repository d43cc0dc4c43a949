package drop

import (
	"errors"
	"strings"
	"testing"
)

// faults has for each way to be wrong an edit of the foxes, where the error
// points, and a part of what it says.
var faults = []struct {
	name, file, before, after, place, says string
}{
	{"unknown key", DefinitionFile, "supply: 10000", "suply: 10000", "drop.yaml:3:1", `does not belong to drop.yaml: did you mean supply? it has "name", "supply"`},
	{"unlike any key", DefinitionFile, "supply: 10000", "wildly: 10000", "drop.yaml:3:1", `does not belong to drop.yaml: it has "name"`},
	{"supply with a separator", DefinitionFile, "supply: 10000", "supply: 10,000", "drop.yaml:3:9", "this is no supply: write digits alone: 10,000 is 10000; write a whole number from 1 to"},
	{"supply with an underscore", DefinitionFile, "supply: 10000", "supply: 10_000", "drop.yaml:3:9", "10,000 is 10000"},
	{"supply with an exponent", DefinitionFile, "supply: 10000", "supply: 1e4", "drop.yaml:3:9", "write it out: 1e3 is 1000"},
	{"supply in quotes", DefinitionFile, "supply: 10000", "supply: '10000'", "drop.yaml:3:9", "write it without quotes"},
	{"duplicate key", DefinitionFile, "supply: 10000", "supply: 10000\nsupply: 5", "drop.yaml:4:1", "a second time"},
	{"no supply", DefinitionFile, "supply: 10000", "", "drop.yaml:2:1", "has no supply"},
	{"supply of zero", DefinitionFile, "supply: 10000", "supply: 0", "drop.yaml:3:9", "from 1 to 9999999999"},
	{"supply too large", DefinitionFile, "supply: 10000", "supply: 10000000000", "drop.yaml:3:9", "from 1 to 9999999999"},
	{"supply of 2^64+1", DefinitionFile, "supply: 10000", "supply: 18446744073709551617", "drop.yaml:3:9", "from 1 to 9999999999"},
	{"negative supply", DefinitionFile, "supply: 10000", "supply: -1", "drop.yaml:3:9", "from 1 to 9999999999"},
	{"supply in hex", DefinitionFile, "supply: 10000", "supply: 0x10", "drop.yaml:3:9", "from 1 to 9999999999"},
	{"unknown circuit", DefinitionFile, "cid/small", "cid/tiny", "drop.yaml:4:10", `"cid/small"`},
	{"unknown backend", DefinitionFile, "cid/small", "cid/small\nbackend: stark", "drop.yaml:5:10", "write groth16"},
	{"backend without this circuit", DefinitionFile, "cid/small", "cid/standard\nbackend: plonk", "drop.yaml:5:10", "plonk with a root circuit or cid/small"},
	{"backend that is not a text", DefinitionFile, "cid/small", "cid/small\nbackend: [plonk]", "drop.yaml:5:10", "backend"},
	{"circuit with its backend", DefinitionFile, "cid/small", "cid/small/plonk", "drop.yaml:4:10", "backend: plonk"},
	{"unknown field of the document", DefinitionFile, "  description:", "  desciption:", "drop.yaml:8:3", "does not belong to document"},
	{"two ids", DefinitionFile, "Foxes #{id}", "Foxes #{id}{id}", "drop.yaml:7:9", "{id} at most once"},
	{"other brackets", DefinitionFile, "Foxes #{id}", "Foxes #{token}", "drop.yaml:7:9", "{id} at most once"},
	{"trait twice", DefinitionFile, "  - name: Eyes", "  - name: Background", "drop.yaml:13:5", "second trait"},
	{"claim shown as none", DefinitionFile, "{name: consent, type: bool}", "{name: consent, type: bool, visibility: shown, display_type: date}", "drop.yaml:20:6", "display_type"},
	{"ids beyond ten digits", DefinitionFile, "supply: 10000", "supply: 10000\nfirst_id: 9999999999", "drop.yaml:3:9", "supply and first_id do not fit"},
	{"another width", DefinitionFile, "supply: 10000", "supply: 10000\nid_width: 6", "drop.yaml:8:3", "want {id:06}"},
	{"unknown visibility", DefinitionFile, "visibility: hidden", "visibility: secret", "drop.yaml:15:17", `write "shown" or "hidden"`},
	{"too many traits", DefinitionFile, "  - name: Eyes", "  - name: Eyes\n  - name: Hat", "drop.yaml:12:3", "4 traits"},
	{"claim twice", DefinitionFile, "name: safety", "name: license", "drop.yaml:19:6", "second time"},
	{"claim named like a word of CEL", DefinitionFile, "name: safety", "name: in", "drop.yaml:19:12", "cannot be written in a policy"},
	{"unknown type", DefinitionFile, "type: bool", "type: boolean", "drop.yaml:20:27", "there is no such type"},
	{"too many claims", DefinitionFile, "type: bool}", "type: bool}\n  - {name: age, type: uint}", "drop.yaml:21:6", "too many"},
	{"authority that is none", DefinitionFile, "authority: self", "authority: 00ff", "drop.yaml:22:12", "64 hex digits"},
	{"documents of too many blocks", DefinitionFile, "{name: license, type: text}", "{name: license, type: text, visibility: shown}", "drop.yaml:7:3", "takes 6 blocks, the small circuits have room for 5"},
	{"another width than ids have", DefinitionFile, "Foxes #{id}", "Foxes #{id:05}", "drop.yaml:7:3", "want {id}"},
	{"a width that ids do not fit", DefinitionFile, "supply: 10000", "supply: 10000\nid_width: 4", "drop.yaml:4:11", "from 5 to 10"},
	{"a pattern where none can be", DefinitionFile, "Foxes drawn", "Fox {id} drawn", "drop.yaml:7:3", "holds a pattern"},
	{"an order that leaves one out", DefinitionFile, "  description:", "  order: [trait.Eyes]\n  description:", "drop.yaml:8:11", "the order leaves it out"},
	{"an order with one twice", DefinitionFile, "  description:", "  order: [trait.Eyes, trait.Eyes]\n  description:", "drop.yaml:8:23", "twice"},
	{"an order with a hidden one", DefinitionFile, "  description:", "  order: [trait.Lineage]\n  description:", "drop.yaml:8:11", "is not shown"},
	{"an order of nothing", DefinitionFile, "  description:", "  order: [Eyes]\n  description:", "drop.yaml:8:11", "no such attribute"},
	{"a digest that is shown without a codec", DefinitionFile, "{name: license, type: text}", "{name: license, type: digest, visibility: shown}", "drop.yaml:18:6", "digest(raw)"},
	{"a number as an extra field", DefinitionFile, "  description:", "  extra: {edition: 5}\n  description:", "drop.yaml:8:20", "an extra field is a number"},
	{"a number with an exponent as one", DefinitionFile, "  description:", "  extra: {edition: 1.5e3}\n  description:", "drop.yaml:8:20", "an extra field is a number"},
	{"true as an extra field", DefinitionFile, "  description:", "  extra: {minted: true}\n  description:", "drop.yaml:8:19", "an extra field is true or false"},
	{"nothing as an extra field", DefinitionFile, "  description:", "  extra: {minted: }\n  description:", "drop.yaml:8:18", "an extra field is nothing"},
	{"anchor", DefinitionFile, "name: Nebula Foxes", "name: &a Nebula Foxes", "drop.yaml:2:7", "anchors"},
	{"alias", DefinitionFile, "supply: 10000", "supply: *a", "drop.yaml:3:9", "aliases"},
	{"tag", DefinitionFile, "supply: 10000", "supply: !!int 10000", "drop.yaml:3:9", "tags"},
	{"merge key", DefinitionFile, "supply: 10000", "supply: 10000\n<<: {}", "drop.yaml:4:1", "merge keys"},
	{"second document", DefinitionFile, "supply: 10000", "supply: 10000\n---\nname: x", "drop.yaml:", "second document"},
	{"no YAML", DefinitionFile, "supply: 10000", "supply: [10000", "drop.yaml:", "not YAML"},
	{"control character", DefinitionFile, "Nebula Foxes\nsupply", "Nebula\x1b Foxes\nsupply", "drop.yaml:2:13", "control character"},
	{"beacon with short entropy", DefinitionFile, "authority: self", "authority: self\nbeacon: {chain_id: 1, contract: '" + strings.Repeat("00", 20) + "', entropy: '00'}", "drop.yaml:23:", "64 hex digits"},

	{"layer without trait", ModelFile, "  Eyes: {", "  Eyess: {", "model.yaml:6:3", "no trait of this name"},
	{"trait without layer", ModelFile, "  Eyes: {Round: 80, Laser: 15, Closed: 5}\n", "", "model.yaml:2:1", `"Eyes"`},
	{"layer twice", ModelFile, "  Eyes: {", "  Eyes: {a: 1}\n  Eyes: {", "model.yaml:7:3", "a second time"},
	{"text twice", ModelFile, "Laser: 15", "Round: 15", "model.yaml:6:21", "a second time"},
	{"weight of zero", ModelFile, "Laser: 15", "Laser: 0", "model.yaml:6:28", "a weight is from 1"},
	{"negative weight", ModelFile, "Laser: 15", "Laser: -1", "model.yaml:6:28", "a weight is from 1"},
	{"weight of 2^28", ModelFile, "Laser: 15", "Laser: 268435456", "model.yaml:6:28", "a weight is from 1"},
	{"weight with a point", ModelFile, "Laser: 15", "Laser: 0.25", "model.yaml:6:28", "to 134217727: multiply all weights of the layer by the same number: for 0.15 and 0.85 write 15 and 85"},
	{"weight with a comma", ModelFile, "  Eyes: {Round: 80, Laser: 15, Closed: 5}", "  Eyes:\n    Round: 80\n    Laser: 0,25", "model.yaml:8:12", "multiply all weights"},
	{"weight in percent", ModelFile, "Laser: 15", "Laser: 25%", "model.yaml:6:28", "without %: for 15% and 85% write 15 and 85; or multiply"},
	{"weight with an exponent", ModelFile, "Laser: 15", "Laser: 2e3", "model.yaml:6:28", "write it out: 1e3 is 1000"},
	{"weight with a separator", ModelFile, "Laser: 15", "Laser: 25,000", "model.yaml:6:32", "10,000 is 10000"},
	{"weight with a separator, in a line", ModelFile, "  Eyes: {Round: 80, Laser: 15, Closed: 5}", "  Eyes:\n    Laser: 25,000", "model.yaml:7:12", "10,000 is 10000"},
	{"weight in quotes", ModelFile, "Laser: 15", `Laser: "25"`, "model.yaml:6:28", "write it without quotes"},
	{"empty layer", ModelFile, "{Round: 80, Laser: 15, Closed: 5}", "{}", "model.yaml:6:9", "map of texts and weights"},
	{"text too long for its block", ModelFile, "Midnight: 60", strings.Repeat("M", 60) + ": 60", "model.yaml:5:16", "cannot be a trait"},
	{"text with a quote", ModelFile, "Laser: 15", `"La\"ser": 15`, "model.yaml:6:21", "cannot be a trait"},
	{"rule of one trait", ModelFile, "{Eyes: Laser, Background: Void}", "{Eyes: Laser}", "model.yaml:10:5", "different traits"},
	{"rule about an unknown trait", ModelFile, "Background: Void}", "Hat: Void}", "model.yaml:10:28", "not there"},
	{"rule about an unknown text", ModelFile, "Background: Void}", "Background: Voidd}", "model.yaml:10:40", "no such text"},
	{"rule of both kinds", ModelFile, "  - require: {", "  - exclude: {Eyes: Laser, Background: Aurora}\n    require: {", "model.yaml:11:5", "either an exclusion or a requirement"},
	{"exclusions that leave no row", ModelFile, "rules:\n", "rules:\n  - exclude: {Background: [Midnight, Aurora, Void], Eyes: [Round, Laser, Closed]}\n", "model.yaml:2:1", "model.yaml:10:5, model.yaml:11:5"},
	{"fact twice", ModelFile, "name: dp_epsilon", "name: training_license", "model.yaml:15:6", "second time"},
	{"fact without value", ModelFile, ", value: 3.5", "", "model.yaml:15:6", "has no value"},
	{"fact of another type", ModelFile, "value: 3.5", "value: CC0", "model.yaml:15:49", "decimal(1)"},
	{"fact with too many digits", ModelFile, "value: 3.5", "value: 3.55", "model.yaml:15:49", "digits after the point"},
	{"unknown key of the model", ModelFile, "facts:", "fact:", "model.yaml:13:1", "does not belong to model.yaml: did you mean facts?"},
	{"artifact that is missing", ModelFile, "artifact: weights", "artifact: wights", "model.yaml:2:11", "cannot be found"},

	{"text with a blank at its end", ModelFile, "Laser: 15", "\"Laser \": 15", "model.yaml:6:", "has a blank at an end"},
	{"text that nobody sees", ModelFile, "Ghost: 1", "\"Gho\\u200bst\": 1", "model.yaml:7:", "a character that nobody sees"},
	{"traits that look alike", DefinitionFile, "- name: Eyes", "- name: B\u0430ckground", "drop.yaml:13:", "looks like \"Background\""},
	{"claims that look alike", DefinitionFile, "name: consent", "name: Safety", "drop.yaml:20:", "looks like \"safety\""},
	{"fact with a blank at its end", ModelFile, "value: CC0-1.0", "value: \"CC0-1.0 \"", "model.yaml:14:", "has a blank at an end"},
	{"claim with a blank at its end", ClaimsFile, "license: CC-BY-4.0", "license: \"CC-BY-4.0 \"", "claims.yaml:5:", "has a blank at an end"},
	{"text that no attribute holds", PolicyFile, `"Arctic"`, `"Arctic "`, "policy.cel:13:23", "they hold normal forms"},

	{"unknown claim", PolicyFile, "claim.safety", "claim.safty", "policy.cel:7:4", `"license", "safety" or "consent"`},
	{"unknown room", PolicyFile, "claim.safety", "claims.safety", "policy.cel:7:4", `"trait", "claim" or "fact"`},
	{"text with a number", PolicyFile, `"Arctic"`, "5", "policy.cel:13:23", "the attribute is a text"},
	{"number with a text", PolicyFile, "0.80", `"0.80"`, "policy.cel:7:20", "the attribute is a decimal(2)"},
	{"order of texts", PolicyFile, `fact.training_license == "CC0-1.0"`, `fact.training_license < "CC0-1.0"`, "policy.cel:10:4", "no order"},
	{"attribute against attribute", PolicyFile, "0.80", "fact.dp_epsilon", "policy.cel:7:20", "another attribute"},
	{"arithmetic", PolicyFile, "0.80", "0.4 + 0.4", "policy.cel:7:20", "arithmetic"},
	{"function of a text", PolicyFile, `fact.training_license == "CC0-1.0"`, `fact.training_license.startsWith("CC")`, "policy.cel:10:4", "startsWith()"},
	{"loop", PolicyFile, "claim.consent)", "[1].all(x, x > 0))", "policy.cel:13:43", "all()"},
	{"syntax", PolicyFile, "|| claim.consent)", "|| )", "policy.cel:13:", "see https://cel.dev"},
	{"too many literals", PolicyFile, `"CC-BY-4.0"]`, `"CC-BY-4.0", "ODbL", "MIT"]`, "policy.cel", "needs 9 literals, the size small holds 8"},
	{"empty policy", PolicyFile, "claim.license in", "false && claim.license in", "policy.cel:4:1", "never true"},

	{"unknown claim of a token", ClaimsFile, "safety: 0.91", "safty: 0.91", "claims.yaml:5:27", "does not belong"},
	{"claim in percent", ClaimsFile, "safety: 0.91", "safety: 91%", "claims.yaml:5:", "not a digit: 97% is written 0.97"},
	{"claim of another type", ClaimsFile, "consent: true", "consent: yes", "claims.yaml:2:52", "neither true nor false"},
	{"token beyond the supply", ClaimsFile, "  7:", "  10001:", "claims.yaml:5:3", "from 1 to 10000"},
	{"token twice", ClaimsFile, "  7:", "  7: {}\n  7:", "claims.yaml:6:3", "a second time"},
}

func TestLoad_NamesThePlaceOfAFault(t *testing.T) {
	for _, c := range faults {
		dir := sample(t, "foxes")
		edit(t, dir, c.file, c.before, c.after)
		_, err := Load(dir)
		var f *Fault
		if !errors.As(err, &f) {
			t.Errorf("%s: got %v", c.name, err)
			continue
		}
		if place := f.Place.String(); !strings.HasPrefix(place, c.place) || !strings.HasSuffix(c.place, ":") && place != c.place {
			t.Errorf("%s: is placed at %s, want %s (%v)", c.name, place, c.place, err)
		}
		if f.Remedy == "" {
			t.Errorf("%s: %q does not say what to do", c.name, err)
		}
		if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q does not say %q", c.name, err, c.says)
		}
	}
}
