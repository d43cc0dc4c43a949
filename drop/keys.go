package drop

import (
	"fmt"
	"slices"

	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/policy"
)

// A key is one key of a map in a drop's YAML: the decoder knows its name from here alone, and
// REFERENCE.md is made of the rest.
type key struct {
	name   string
	needed string // must, or when; empty if it may be left out
	form   string // how its value is written
	says   string // what it says, and what holds without it
}

// must is of keys that cannot be left out.
const must = "yes"

// namesOf returns what a map's keys are called, in their order.
func namesOf(tables ...[]key) []string {
	var list []string
	for _, k := range slices.Concat(tables...) {
		list = append(list, k.name)
	}
	return list
}

// wholeForm is the form of what [fields.needUint] reads.
func wholeForm(low, high uint64) string { return fmt.Sprintf("whole number, %d to %d", low, high) }

// labelForm is the form of what [fields.printable] reads.
var labelForm = fmt.Sprintf("text of 1 to %d bytes", maxLabel)

// The largest numbers of a beacon.
const (
	maxChainID = 1 << 63
	maxRound   = 1 << 35
)

// dropKeys are those of a drawn drop's drop.yaml.
var dropKeys = []key{
	{"name", must, labelForm, "what the drop is called"},
	{"supply", must, wholeForm(1, policy.MaxID), "how many tokens there can be"},
	{"first_id", "", wholeForm(0, policy.MaxID), fmt.Sprintf("the first token's id; 1 if nothing is said. The last id is at most %d", uint64(policy.MaxID))},
	{"id_width", "if ids are padded", fmt.Sprintf("whole number, at most %d", document.MaxWidth), "to how many digits documents pad ids, at least as many as the last id has; ids are plain if nothing is said"},
	{"circuit", must, "`cid/…`, `root/…` or `art/…` and a size", "which circuit proves it: see [sizes](#sizes)"},
	{"backend", "", "`groth16` or `plonk`", "the proof system; groth16 if nothing is said"},
	{"spelling", "", "`strict` or `as published`", "names, labels and texts are spelled plainly and no two names look alike, or they may stand as a published collection has them, and every report says so; strict if nothing is said"},
	{"document", must, "map", "what documents say besides traits, claims and facts"},
	{"traits", must, "list of maps", "what is drawn, in the order of documents"},
	{"claims", "", "list of maps", "what the authority signs about each token"},
	{"authority", must, "`self`, or a public key of 64 hex digits", "who signs claims: the drop's own key, or that of `genproof receipt new-key`"},
	{"beacon", "", "map", "where public randomness comes from; self-chosen if nothing is said"},
}

// scoresKeys are those of drop.yaml that a circuit with a network has beside.
var scoresKeys = []key{
	{"scores", "", "list of maps", "of art/network: what the network's outputs behind the pixels are called, in order; numbers from 0.00 to 2.55"},
}

// The members of documents that are the same for all tokens, or hold the token's id.
var (
	patternKeys = []key{
		{"name", must, "text with `{id}` or `{id:05}` once", "the token's name"},
		{"image", "", "text with `{id}` or `{id:05}` once", "its image's address"},
		{"animation_url", "", "text with `{id}` or `{id:05}` once", "its animation's address"},
		{"external_url", "", "text with `{id}` or `{id:05}` once", "its page's address"},
	}
	constantKeys = []key{
		{"description", "", "text", "the same for all tokens"},
		{"youtube_url", "", "text", "the same for all tokens"},
		{"background_color", "", "text", "the same for all tokens"},
	}
	layoutKeys = []key{
		{"extra", "", "map of texts", "members of the author's own, the same for all tokens. What YAML reads as a number or as true or false is refused: in quotes it is a text, as a shown fact a number"},
		{"order", "", "list of `trait.NAME`, `claim.NAME`, `fact.NAME`", "the order of what is shown, each once; that of the file if nothing is said"},
		{"narrow", "", "list of `claim.NAME`", "shown texts that stay short, and so take one block instead of two"},
	}
)

// shownKeys are those that say how documents show an attribute.
var (
	visibilityKey = key{"visibility", "", "`shown` or `hidden`", "whether documents show it; traits are shown, claims and facts hidden if nothing is said"}
	shownKeys     = []key{
		visibilityKey,
		{"label", "", labelForm, "what documents call it: its `trait_type`, or the member's key; its name if nothing is said"},
		{"place", "", "`attribute` or `member`", "an object in the array `attributes`, or a member of the document itself; attribute if nothing is said"},
	}
	shownNumberKeys = []key{
		{"quoted", "", "`true` or `false`", "of uint and int: documents show a string of digits; false if nothing is said"},
		{"display_type", "", "`number`, `boost_number`, `boost_percentage` or `date`", "for marketplaces, of numbers that are attributes and not quoted; date of time and uint"},
		{"max_value", "", "number", "for marketplaces, of uint, int and decimal that are attributes and not quoted"},
	}
)

// traitKeys, claimKeys and factKeys are those of an entry.
var (
	traitKeys = slices.Concat([]key{{"name", must, labelForm, "what rules call it, and model.yaml"}}, shownKeys)
	claimKeys = slices.Concat([]key{
		{"name", must, fmt.Sprintf("letters, digits and `_`, at most %d, no digit first", maxLabel), "what rules call it"},
		{"type", must, "a [type](#types)", "what sort of value it has"},
		wordsKey(fmt.Sprintf(" of at most %d bytes", maxLabel)),
	}, shownKeys, shownNumberKeys)
	scoreKeys = slices.Concat([]key{claimKeys[0]}, shownKeys, shownNumberKeys)
	factKeys  = slices.Concat(claimKeys, []key{{"value", must, "a value of the type", "the fact; hidden, as all of model.yaml is, unless it is shown"}})
)

func wordsKey(long string) key {
	return key{"words", "of an enum", fmt.Sprintf("list of 1 to %d texts%s", strictjson.MaxItems, long), "its vocabulary, public"}
}

// contractKeys and drandKeys are the two forms of a beacon.
var (
	contractKeys = []key{
		{"chain_id", "of a contract", wholeForm(1, maxChainID), "the contract's chain"},
		{"contract", "of a contract", "0x and 40 hex digits", "its address; `genproof open --write` writes it"},
		{"entropy", "of a contract", "64 hex digits", "what the contract drew"},
	}
	drandKeys = []key{
		{"drand", "of drand", "`evmnet`", "the network"},
		{"round", "of drand", wholeForm(1, maxRound), "the round; `genproof beacon --write` writes it"},
		{"signature", "of drand", "128 hex digits", "the round's, which every verifier checks"},
	}
)

// modelKeys and ruleKeys are those of model.yaml.
var (
	modelKeys = []key{
		{"artifact", "", "a file's name", "a file in the folder of which the SHA-256 is committed to, such as a model's weights"},
		{"layers", must, "map: trait to map of texts and weights", fmt.Sprintf("each trait's texts, of 1 to %d bytes, and how often each is drawn: whole numbers, 1 to %d. `null` is for tokens without the trait", document.MaxText, maxWeight)},
		{"rules", "", "list of maps", "what is never drawn together"},
		{"facts", "", "list of maps", "what is true of the model itself"},
	}
	pictureKeys = []key{
		{"sprites", "of art/small and art/sprites", "map", "the bitmaps of rows, of which pictures are composed"},
		{"network", "of art/network", "map", "the network that makes pictures"},
	}
	spriteKeys = []key{
		{"folder", must, "a folder's name", "where the bitmaps are: FOLDER/TRAIT/TEXT.png, one of each row but that of `null`, as large as the circuit's pictures"},
		{"order", must, "list of traits", "what is painted, the lowest first; a trait that is left out paints nothing"},
		{"background", "", "`'#rrggbb'`", "the colour that nothing covers; transparent if nothing is said"},
		picturedKey,
	}
	networkKeys = []key{
		{"file", must, "a file's name", "an ONNX file in integer operators. Its inputs are the rows of each trait, of which one is 1, in the order of its property `genproof.rows`, then latents of 0 to 15; its outputs pixels, row by row, then two of each score, the lower four bits first"},
		{"palette", must, "list of `'#rrggbb'`", "the colour of each value of a pixel, 16 of them"},
		picturedKey,
	}
	picturedKey = key{"pictured", "", "`true` or `false`", "whether hidden traits may be seen in pictures; false if nothing is said, and then such a drop is refused"}
	ruleKeys    = []key{
		{"exclude", "or require", "map: trait to a text, or a list", "these are never drawn together; `null` is to be without the trait"},
		{"require", "or exclude", "map: trait to a text, or a list", "with the first, each other one is as it says"},
	}
)

// claimsKeys are those of claims.yaml.
var claimsKeys = []key{
	{"default", "", "map: claim to value", "the claims of tokens that are not listed"},
	{"tokens", "", "map: id to map of claim to value", "what differs from the default; an empty value takes a claim away"},
}

// secretsKeys are those of secrets.yaml.
var secretsKeys = []key{
	{"seed", must, "62 hex digits", "what draws"},
	{"blind", must, "62 hex digits", "what salts"},
	{"salt", must, "62 hex digits", "what hides the model"},
	{"authority_key", "with `authority: self`", "64 hex digits", "what signs claims"},
}
