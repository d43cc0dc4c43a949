package drop

import (
	"slices"
)

// The largest numbers of a deck.
const (
	maxFirstID   = 1<<53 - 1
	maxThreshold = 1024
)

// deckKeys are those of a deck's drop.yaml.
var deckKeys = []key{
	{"name", must, labelForm, "what the deck is called"},
	{"circuit", must, "`deck/…` and a size", "which circuit proves it: see [sizes](#sizes)"},
	{"deck", must, "map", "what is decided once for the whole deck"},
	{"attesters", "", "list of maps", "whose approval is promised"},
	{"attributes", "", "list of maps", "the slots of a card in order, traits first"},
	{"facts", "", "list of maps", "what is true of the whole deck"},
	{"words", "", "list of labels", "what documents show and nothing is proven about: the author's words"},
	{"random_member", "", labelForm, "the member of every document that `import --random-member` fills with 128 random bits"},
}

// onceKeys are those of deck in it.
var onceKeys = []key{
	{"home", must, "`none`, or CHAIN:ADDRESS", "the account that may sell the deck, and on which chain"},
	{"first_id", "", wholeForm(0, maxFirstID), "the first token's id; 0 if nothing is said"},
	{"assignment", "", "`fixed` or `permuted`", "token `first_id` + i shows card i, or one that is drawn after the sale; permuted if there is a home and nothing is said"},
	{"documents", "", "`open` or `sealed`", "published before the sale, or after the reveal; open if nothing is said"},
	{"spelling", "", "`strict` or `as published`", "no two names look alike, or they may, and every report says so; strict if nothing is said"},
}

// attesterKeys are those of an entry of attesters.
var attesterKeys = []key{
	{"role", must, labelForm, "what it approves as"},
	{"threshold", "", wholeForm(1, maxThreshold), "how many of them have to; 1 if nothing is said"},
	{"identities", "", "list of `ed25519:…` and `eip155:CHAIN:ADDRESS`", "who they are, as `genproof attest new-key` prints them"},
}

// cardKeys and deckFactKeys are those of entries.
var (
	cardKeys = slices.Concat([]key{
		{"trait", "or claim", labelForm, "what rules call a trait: documents show it"},
		{"claim", "or trait", labelForm, "what rules call a claim: its values are in claims.csv"},
		{"label", "", "text of at most 256 bytes", "of a trait: what documents call it, its `trait_type`. Several traits may have one; its name if nothing is said"},
	}, valueKeys)
	deckFactKeys = slices.Concat([]key{{"fact", must, labelForm, "what rules call it"}}, valueKeys, []key{
		{"value", "if it is shown", "a value of the type", "the fact; one that is hidden has its value in facts.yaml"},
	})
	valueKeys = []key{
		{"type", "", "a [type](#types)", "what sort of value it has; text if nothing is said"},
		wordsKey(""),
		visibilityKey,
	}
)
