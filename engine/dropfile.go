package engine

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// DropFile is the file of a deck's folder that says what the deck is. Import writes it, the
// author edits it.
const DropFile = "drop.yaml"

// A deckFile is drop.yaml as far as import knows it.
type deckFile struct {
	Name    string `yaml:"name"`
	Circuit string `yaml:"circuit"`
	Deck    struct {
		Home       string `yaml:"home"`
		FirstID    uint64 `yaml:"first_id"`
		Assignment string `yaml:"assignment"`
		Documents  string `yaml:"documents"`
		Spelling   string `yaml:"spelling"`
	} `yaml:"deck"`
	Attributes []fileAttribute `yaml:"attributes"`
	Words      []string        `yaml:"words"`

	RandomMember string `yaml:"random_member"`
}

type fileAttribute struct {
	Trait string   `yaml:"trait"`
	Claim string   `yaml:"claim"`
	Label *string  `yaml:"label"`
	Type  string   `yaml:"type"`
	Words []string `yaml:"words"`
}

const (
	noHome              = "none"
	spellingStrict      = "strict"
	spellingAsPublished = "as published"
)

// render writes a new drop.yaml.
func (d *deckFile) render(attributes []Attribute) string {
	var b strings.Builder
	b.WriteString(`# What this deck is. genproof import wrote it from the documents; edit it, and run genproof check.
# A second import keeps what stands here and adds what is new.
`)
	fmt.Fprintf(&b, "name: %s\n", yamlText(d.Name))
	fmt.Fprintf(&b, "circuit: %s\n\n", d.Circuit)
	fmt.Fprintf(&b, `deck:
  home: %s  # CHAIN:ADDRESS of the account that may sell it; none: no contract does
  first_id: %d  # the first token's
  assignment: %s  # fixed: token %d shows card 0, and so on; permuted: drawn after the sale, needs a home
  documents: %s  # open: published before the sale; sealed: after the reveal, and every report says so
  spelling: %s  # strict: no two names look alike; as published: they may, and every report says so

`, yamlText(d.Deck.Home), d.Deck.FirstID, d.Deck.Assignment, d.Deck.FirstID, d.Deck.Documents, d.Deck.Spelling)
	b.WriteString(`# The slots of a card, in order: a trait is shown by documents under its label, a claim is hidden.
# A type that documents repeat has a slot for each time, with one label.
`)
	b.WriteString(yamlList("attributes", attributeLines(attributes)))
	b.WriteString(`
# What is true of the whole deck: {fact: engine, type: text, visibility: shown, value: …}
facts: []

# Labels that stay the author's words: documents show them, nothing about them is proven.
`)
	var words []string
	for _, w := range d.Words {
		words = append(words, yamlText(w))
	}
	b.WriteString(yamlList("words", words))
	if d.RandomMember != "" {
		b.WriteString("\n" + randomMemberLines(d.RandomMember))
	}
	return b.String()
}

// randomMemberLines are what a later import knows a deck's random members by.
func randomMemberLines(name string) string {
	return "# The member of every document that import fills with 128 bits of randomness, and keeps.\nrandom_member: " + yamlText(name) + "\n"
}

// yamlList writes a key and its entries, a line each or more.
func yamlList(key string, entries []string) string {
	if len(entries) == 0 {
		return key + ": []\n"
	}
	return key + ":\n" + yamlEntries(entries, "  ")
}

func yamlEntries(entries []string, indent string) string {
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%s- %s\n", indent, strings.ReplaceAll(e, "\n", "\n"+indent))
	}
	return b.String()
}

func attributeLines(attributes []Attribute) []string {
	var lines []string
	for _, a := range attributes {
		lines = append(lines, a.yaml())
	}
	return lines
}

// wideLine is where the words of an enum go on in the next line.
const wideLine = 110

// yaml writes the attribute as an entry of drop.yaml.
func (a *Attribute) yaml() string {
	if a.Claim != "" {
		return fmt.Sprintf("{claim: %s, type: %s}", yamlText(a.Claim), a.Type)
	}
	line := "{trait: " + yamlText(a.Trait)
	if a.Label != a.Trait {
		line += ", label: " + yamlText(a.Label)
	}
	line += ", type: " + a.Type
	if a.Type != "enum" {
		return line + "}"
	}
	var b strings.Builder
	b.WriteString(line)
	b.WriteString(", words: [")
	width := b.Len()
	for i, w := range a.Words {
		text := yamlText(w)
		if i > 0 {
			b.WriteString(",")
			width++
			if width+len(text) > wideLine {
				b.WriteString("\n   ")
				width = 3
			}
			b.WriteString(" ")
		}
		b.WriteString(text)
		width += 1 + len(text)
	}
	b.WriteString("]}")
	return b.String()
}

var (
	plainText    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*( [A-Za-z0-9_-]+)*$`)
	reservedText = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off|null|y|n|nan|inf)$`)
)

// yamlText writes a text: as it is where nobody can take it for something else, else in quotes.
func yamlText(s string) string {
	if plainText.MatchString(s) && !reservedText.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}
