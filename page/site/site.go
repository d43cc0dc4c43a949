// Package site writes the gallery of a publication: static pages that a browser reads without
// script, from a disk or a server, and compares the program of such a site with its own.
//
// A page that its publisher serves proves nothing about the publisher. So the site never says
// more than that it was checked by a page which its publisher wrote, and names the ways that do
// not depend on it. Whatever a document or a description says is a stranger's text: see
// [Foreign]. FORMAT.md of package bundle, section 19, says what a site's files are.
package site

import (
	"fmt"
	"strings"

	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A Site is what the pages show.
type Site struct {
	Deck            bool // else a drawn drop
	Preview         bool // nothing of it is published yet
	Name            string
	Supply          uint64
	Circuit         string
	Level           verifier.Level
	Line            string // the verdict in one line
	Meaning         string // what a verdict that holds says, and then in a line of its own what not
	Rule            string // printed back from the program
	AuthorsText     string // of the policy
	Key             verdict.Key
	Rows            []Row // commitments and the like
	Counts          string
	Complete        bool // all of the set is here and holds
	Reservations    []verdict.Reservation
	NotChecked      []string
	Hidden          []string // names of attributes that nobody is shown
	HiddenFacts     []string
	Pictures        *verdict.Pictures // nil if the circuit proves none
	Steps           []Step
	Attested        Attested
	Entries         []Entry
	Contact         string   // for disputes, empty if none was named
	Also            []string // other contracts that are said to sell the same
	ChainSource     string   // whose word the chain's part is, empty without
	documentOf      func(e *Entry) ([]byte, error)
	publicationFile []string          // what is copied beside the pages
	attestations    map[string][]byte // copied there too
	source          publication.Source
}

// A Row is a name and a value, which is nobody's free text.
type Row struct{ Name, Value string }

// An Entry is one card or token.
type Entry struct {
	Number    uint64 // the card's, or the token's
	Level     verifier.Level
	Reason    string
	Name      string // what the document says
	Shown     []verdict.Attribute
	Words     []string
	Differs   []string
	Addresses []verdict.Address
	Unread    string // why nothing of the document is proven but its bytes
	Picture   *verdict.Picture
	Digest    Row    // of the document
	Token     string // which token shows it, in words; of cards only
	Minted    string // what a chain says, in words; empty if nobody asked
	Updated   string
	path      string // of the document in the publication
}

// Holds reports whether what the entry's proof says holds.
func (e *Entry) Holds() bool { return e.Level.Holds() }

// Image is the address of the entry's image, empty if its document names none.
func (e *Entry) Image() (a verdict.Address) {
	for _, a := range e.Addresses {
		if a.Member == "image" {
			return a
		}
	}
	return a
}

// PictureHolds reports whether the entry's picture is proven, as far as its proof is.
func (e *Entry) PictureHolds() bool {
	return e.Holds() && e.Picture != nil && e.Picture.Verdict.Holds()
}

// Visible are the names of hidden traits that pictures may show.
func (s *Site) Visible() []string {
	if s.Pictures == nil {
		return nil
	}
	return s.Pictures.Visible
}

// What names an entry: Card or Token.
func (s *Site) What() string {
	if s.Deck {
		return "Card"
	}
	return "Token"
}

// RarityTold reports whether the site tells how rare values are: of complete sets whose
// attributes are proven, under a key that needs nobody's honesty.
func (s *Site) RarityTold() bool {
	return s.Complete && s.Level == verifier.Proven
}

// addDocument fills in what a drawn token's document says: all of its attributes are its own.
func (e *Entry) addDocument(data []byte) {
	parsed, err := metadata.Parse(data)
	if err != nil {
		return
	}
	e.Name, e.Words = parsed.Name, parsed.Others
	for _, a := range parsed.Attributes {
		e.Shown = append(e.Shown, verdict.Attribute{Label: a.Label, Value: a.Value.Text})
	}
	e.addAddresses(parsed)
}

func (e *Entry) addAddresses(d *metadata.Document) {
	for _, a := range d.Addresses {
		e.Addresses = append(e.Addresses, verdict.Address{Member: a.Member, Address: a.Text, Fixed: metadata.IsFixed(a.Text)})
	}
}

// lineOf is a verdict's line. The reader of a site is not who made it: what its maker has
// checked of a key is told as that.
func lineOf(line string) string {
	return strings.Replace(line, "under a key that you verified", "under a key whose ceremony the maker of this page has checked", 1)
}

// counted is a number of things: 1 token, 2 tokens.
func counted(n uint64, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
