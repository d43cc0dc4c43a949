package verifier

import (
	"fmt"
	"sort"
	"sync"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
)

// DeckReportVersion is the version of a report's form.
const DeckReportVersion = 1

// A DeckReport is the outcome for a deck, or for some of its cards.
type DeckReport struct {
	Version uint64
	Verdict Level
	Reason  string // why everything is rejected
	Name    string
	Circuit string
	Supply  uint64 // the deck's number of cards
	Cards   []CardVerdict
	Key     Key
	Rule    string // the policy that was proven, printed back from its program
	Counts  DeckCounts
	// Reservations are what a proof does not settle, one sentence each. NotChecked is what
	// nobody looked at.
	Reservations []Reservation
	NotChecked   []string
	// Attestations are what others say of the deck; nil if it was rejected before they were read.
	Attestations *result.Result

	pinned bool
	unread int // cards that hold and whose documents could not be read
	mu     sync.Mutex
}

// DeckCounts are numbers of cards by their verdicts, and of what is distinct among those that hold.
type DeckCounts struct {
	Holding, Rejected, NotChecked int
	Sealed                        int  // of those not checked: the proof holds, and nothing is shown yet
	Documents, Images, Attributes int  // distinct ones
	Complete                      bool // every card of the deck was opened and holds
}

// A CardVerdict is the outcome for one card.
type CardVerdict struct {
	Card    uint64
	Verdict Level
	Reason  string
	Digest  string // the document's SHA-256 in hex; empty if its batch was not read
	Name    string // what the document says, the author's words
	// NothingProven says why the document could not be read: then only its bytes are proven.
	NothingProven string
	Addresses     []Address
	Attributes    []AttributeVerdict // of the document, in its order
	Words         []string           // what else the document says: the author's words
	Differs       []string           // labels and values that differ from their normal form

	digest     [32]byte
	attributes []string
	sealed     bool
}

// An Address is where a document says that something is. Fixed reports whether the address says
// what the bytes are: if not, what it leads to can change at any time.
type Address struct {
	Member, Text string
	Fixed        bool
}

// An AttributeVerdict is an attribute that a document shows and its card holds.
type AttributeVerdict struct {
	Label, Value string
}

func newDeckReport(d *bundle.Deck, o DeckOptions) *DeckReport {
	digest := o.Key.Digest()
	r := &DeckReport{
		Version: DeckReportVersion, Name: d.Name, Circuit: d.Circuit, Supply: d.Cards, pinned: o.Pinned || o.Verified,
		Key: Key{Digest: hexOf(digest[:]), Provenance: o.KeyProvenance, Verified: o.Verified && !o.Pinned},
	}
	if r.Key.Provenance == "" {
		r.Key.Provenance, r.Key.Claimed = d.Key.Provenance, true
	}
	return r
}

func (r *DeckReport) reject(reason string) *DeckReport {
	r.Verdict, r.Reason = Rejected, reason
	return r
}

// add takes a card's verdict; an honest key's word is needed for what is not pinned.
func (r *DeckReport) add(c CardVerdict) {
	if c.Verdict == Proven && !r.pinned {
		c.Verdict = Amber
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Cards = append(r.Cards, c)
}

// finish puts the cards in order, counts them, and says what the whole comes to.
func (r *DeckReport) finish(v *deckVerifier) *DeckReport {
	sort.Slice(r.Cards, func(i, j int) bool { return r.Cards[i].Card < r.Cards[j].Card }) // package slices would be made once more for it
	documents, images, attributes := map[[32]byte]bool{}, map[string]bool{}, map[string]bool{}
	for i := range r.Cards {
		switch c := &r.Cards[i]; c.Verdict {
		case Rejected:
			r.Counts.Rejected++
		case NotChecked:
			r.Counts.NotChecked++
			if c.sealed {
				r.Counts.Sealed++
			}
		default:
			r.Counts.Holding++
			if c.NothingProven != "" {
				r.unread++
			}
			documents[c.digest], images[c.image()] = true, true
			attributes[fmt.Sprintf("%q", c.attributes)] = true
		}
	}
	r.Counts.Documents, r.Counts.Images, r.Counts.Attributes = len(documents), len(images), len(attributes)
	r.Counts.Complete = uint64(r.Counts.Holding) == v.desc.Cards
	switch {
	case r.Counts.Rejected > 0:
		r.Verdict = Rejected
	case r.Counts.Holding == 0:
		r.Verdict = NotChecked
	default:
		r.Verdict = holding(r.pinned)
	}
	r.Attestations = v.attest()
	r.reserve(v.desc)
	return r
}

// reserve lists what the reader has to know beside the verdict.
func (r *DeckReport) reserve(d *bundle.Deck) {
	list := (*reservations)(&r.Reservations)
	say := list.say
	if !r.pinned {
		list.sayKey(r.Key)
	}
	say("authority", "Every attribute is asserted by the author; %s.", vouchers(r.Attestations))
	if d.Assignment == bundle.Fixed {
		say("assignment", "Token ids were chosen by the author, and whoever knew the documents could choose.")
	}
	if d.Documents == bundle.Sealed {
		say("sealed", "The author says that documents are sealed until the reveal: nothing here shows who held them before.")
	}
	if d.Spelling == bundle.AsPublished {
		say("spelling", spelledAsPublished)
	}
	list.sayApprovals(r.Attestations)
	if d.Home == nil {
		say("home", "The deck is for no contract: nothing here says who may sell it.")
	}
	list.sayDate(d)
	if n := r.unread; n > 0 {
		say("unread", "Of what %d cards show nothing is proven but the bytes: their documents are not JSON that can be read in one way only.", n)
	}
	if n := r.Counts.Holding; !r.Counts.Complete && n > 0 {
		say("complete", "%d of the deck's %d cards hold here: nothing is said of the others.", n, d.Cards)
	}
	if r.Counts.Holding > 0 {
		r.NotChecked = append(r.NotChecked, "the files of images: nobody compared them with the addresses in the documents")
	}
	if n := r.Counts.Sealed; n > 0 {
		r.NotChecked = append(r.NotChecked, fmt.Sprintf("%d cards: their proofs hold, what they show is sealed until the reveal", n))
	}
	if n := r.Counts.NotChecked - r.Counts.Sealed; n > 0 {
		r.NotChecked = append(r.NotChecked, fmt.Sprintf("%d cards: their batch, openings or document are not published here", n))
	}
	if uint64(len(r.Cards)) < d.Cards {
		r.NotChecked = append(r.NotChecked, fmt.Sprintf("%d of the deck's %d cards were not asked for", d.Cards-uint64(len(r.Cards)), d.Cards))
	}
	r.NotChecked = append(r.NotChecked, uncheckedAttestations(r.Attestations)...)
	list.sayRule(&d.Program, d.Infos())
}

// compare judges what a document shows against what its card opens.
func (c *CardVerdict) compare(schema *metadata.Schema, data []byte, values *bundle.Values) string {
	present := make([]bool, len(values.Shown))
	for i, s := range values.Shown {
		present[i] = s.Present
	}
	document, err := metadata.Parse(data)
	if err != nil {
		c.NothingProven = err.Error()
		document = &metadata.Document{}
	}
	result := schema.Compare(document, values.Texts, present)
	c.Words, c.Differs = append(result.Words, document.Others...), result.Differs
	for _, a := range result.Proven {
		c.Attributes = append(c.Attributes, AttributeVerdict(a))
	}
	c.Name = document.Name
	for _, a := range document.Addresses {
		c.Addresses = append(c.Addresses, Address{a.Member, a.Text, metadata.IsFixed(a.Text)})
	}
	if len(result.Contradictions) > 0 {
		return "document: " + result.Contradictions[0]
	}
	return ""
}

// image is where the document says that its picture is.
func (c *CardVerdict) image() string {
	for _, a := range c.Addresses {
		if a.Member == "image" {
			return a.Text
		}
	}
	return ""
}
