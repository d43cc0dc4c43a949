package poseidon

import (
	"strconv"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Tag separates domains: hashes under different tags, or of different lengths, are
// unrelated functions. The tags below are all of genproof's (SPEC §3.1); other programs
// make theirs with [NewTag]. The zero Tag is not one.
type Tag struct{ domain string }

var (
	Text      = ours("text")      // the value of a text attribute
	Slot      = ours("slot")      // a leaf of the root
	Salts     = ours("salts")     // the salts of a token's slots
	Root      = ours("root")      // the commitment to all slots
	Seeds     = ours("seeds")     // the commitment to the drop's two secrets
	Draws     = ours("draws")     // the randomness of a token's traits
	Rows      = ours("rows")      // eight rows of a trait table
	Leaves    = ours("leaves")    // eight rows of a trait table that paint
	Trait     = ours("trait")     // a row that paints: its value and its payload
	Art       = ours("art")       // the commitment to a model that paints
	Sprites   = ours("sprites")   // what a drop fixes of pictures made of sprites
	Network   = ours("network")   // what a drop fixes of pictures made by a network
	Latents   = ours("latents")   // the randomness of a token's latents
	Quarter   = ours("quarter")   // eight groups of rows
	Table     = ours("table")     // a trait table: four quarters
	Half      = ours("half")      // the tables of eight states
	Layer     = ours("layer")     // the tables of a layer: two halves
	Model     = ours("model")     // the commitment to a model
	Artifact  = ours("artifact")  // the digest of the model's artifact
	Receipt   = ours("receipt")   // the message an authority signs
	Eddsa     = ours("eddsa")     // the challenge of a signature
	Authority = ours("authority") // the commitment to an authority's key
	Policy    = ours("policy")    // the commitment to a deck's policy
	Drawn     = ours("drawn")     // the commitment to the policy of a drawn drop
	Schema    = ours("schema")    // the digest of a drop's attribute names and types
	Template  = ours("template")  // the commitment to a document template
	Body      = ours("body")      // the digest of a template's text

	Digest       = ours("digest")     // the value of a digest attribute
	Card         = ours("card")       // a card of a deck: its root and document
	Batch        = ours("batch")      // the cards of a batch
	Node         = ours("node")       // eight children in a deck's tree
	Facts        = ours("facts")      // the facts of a deck
	List         = ours("list")       // what a deck proof says of its cards
	DeckSmall    = ours("deck-small") // the commitment to a deck of this size
	DeckStandard = ours("deck-standard")
	DeckLarge    = ours("deck-large")
)

const (
	app     = "genproof"
	version = "2" // the protocol's, part of every tag of ours
)

func ours(name string) Tag { return Tag{app + "/" + version + "/" + name} }

// maxName leaves 8 of an element's 31 bytes for the two counts and 3 for slashes.
const maxName = 20

// NewTag returns the tag of a domain of another program: app names the program, and its
// version if there may be another, name says what is hashed. Both are one or more of
// a-z, 0-9 and -, together at most 20 bytes, and app is not genproof; else it panics, as
// tags are constants of a program.
//
// The tag element is that of the ASCII string APP/NAME/INPUTS/OUTPUTS, where genproof's
// have another APP and one slash more. So no two domains or lengths share an element, and
// no tag of another program is one of genproof's.
func NewTag(program, name string) Tag {
	if !isName(program) || !isName(name) || len(program)+len(name) > maxName {
		panic("poseidon: a tag of " + strconv.Quote(program) + " and " + strconv.Quote(name))
	}
	if program == app {
		panic("poseidon: tags of genproof are its own")
	}
	return Tag{program + "/" + name}
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// element returns the tag as a field element: the big-endian integer of the ASCII string
// DOMAIN/INPUTS/OUTPUTS, at most 31 bytes. It panics if the counts make the string longer.
func (t Tag) element(nbIn, nbOut int) fr.Element {
	s := t.domain + "/" + strconv.Itoa(nbIn) + "/" + strconv.Itoa(nbOut)
	if t.domain == "" {
		panic("poseidon: the zero Tag names no domain")
	}
	if len(s) > 31 {
		panic("poseidon: tag longer than 31 bytes: " + s)
	}
	var e fr.Element
	e.SetBytes([]byte(s))
	return e
}
