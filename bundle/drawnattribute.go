package bundle

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// An Attribute is a trait, a claim or a fact of a drawn drop: what it is, and what documents
// show of it. All of it is in the schema's text, fixed before the beacon.
type Attribute struct {
	Name        string   `json:"name"`
	Type        string   `json:"type"`         // an attribute.Type
	Words       []string `json:"words"`        // an enum's vocabulary in order
	Visibility  string   `json:"visibility"`   // Shown or Hidden
	Place       string   `json:"place"`        // PlaceAttribute or PlaceMember
	Label       string   `json:"label"`        // its trait_type, or the member's key
	Quoted      bool     `json:"quoted"`       // a number's digits stand in a string
	DisplayType string   `json:"display_type"` // of marketplaces; empty for none
	MaxValue    string   `json:"max_value"`    // of marketplaces; empty for none
}

// Where a document shows an attribute.
const (
	PlaceAttribute = "attribute" // as an object in the array attributes
	PlaceMember    = "member"    // as a member of the document itself
)

// displayTypes are those that marketplaces know of numbers.
var displayTypes = []string{"number", "boost_number", "boost_percentage", "date"}

// taken are the members of documents that no attribute can be: by any case of their letters.
var taken = []string{"attributes", "root", "name"}

// HiddenAttribute returns an attribute that no document shows.
func HiddenAttribute(name, kind string) Attribute {
	return Attribute{Name: name, Type: kind, Visibility: Hidden, Place: PlaceAttribute, Label: name}
}

// ShownTrait returns a trait that documents show under its name.
func ShownTrait(name string) Attribute {
	return Attribute{Name: name, Type: "text", Visibility: Shown, Place: PlaceAttribute, Label: name}
}

// A section is a list of attributes and what it is called in the schema's text.
type section struct {
	name string
	list []Attribute
}

// sections lists the attributes in the order of their slots. What a circuit that proves a picture
// says of it is the circuit's, and no file's.
func (d *Description) sections() []section {
	list := []section{{SectionTrait, d.Traits}, {SectionClaim, d.Claims}, {SectionFact, d.Facts}}
	if d.ProvesPictures() {
		list = append(list, section{SectionPicture, []Attribute{ImageAttribute()}})
	}
	if d.Scores != nil {
		list = append(list, section{SectionNet, *d.Scores})
	}
	return list
}

// path is where the section stands in the file.
func (s section) path() string {
	if s.name == SectionNet {
		return "$.scores"
	}
	return "$." + s.name + "s"
}

// ScoreType is the type of a network's scores: numbers below 256, in hundredths.
const ScoreType = "decimal(2)"

// ProvesPictures reports whether the drop's circuit proves the pictures of its tokens.
func (d *Description) ProvesPictures() bool {
	id, err := statement.ParseCircuitID(d.Circuit)
	return err == nil && id.Size.IsArt()
}

// ImageAttribute returns the attribute of a proven picture: the digest of its file, which every
// document shows as the member image.
func ImageAttribute() Attribute {
	return Attribute{Name: "image", Type: "digest(raw)", Visibility: Shown, Place: PlaceMember, Label: "image"}
}

// firstSlots returns by section the slot of its first attribute.
func firstSlots(size statement.Size) map[string]int {
	return map[string]int{
		SectionTrait: 0, SectionClaim: size.Layers, SectionFact: size.Layers + size.Claims, SectionPicture: size.ImageSlot(),
		SectionNet: size.ImageSlot() + 1,
	}
}

// ValueType returns the attribute's type and vocabulary. The attribute must be valid.
func (a *Attribute) ValueType() value.Type {
	t, err := attribute.ParseType(a.Type)
	if err != nil {
		panic("bundle: the type of an attribute that was not validated: " + err.Error())
	}
	return value.Type{Type: t, Words: a.Words}
}

// Check holds an attribute's own form, under a spelling: Strict or AsPublished. Its errors begin with
// the key they are about.
func (a *Attribute) Check(section, how string) error {
	t, err := attribute.ParseType(a.Type)
	switch {
	case err != nil:
		return fmt.Errorf(".type: %w", err)
	case section == SectionTrait && t.Kind != attribute.Text:
		return fmt.Errorf(".type: a trait is a text, got %s", t)
	case section == SectionNet && a.Type != ScoreType:
		return fmt.Errorf(".type: a score is %s, got %s", ScoreType, t)
	case a.Visibility != Shown && a.Visibility != Hidden:
		return fmt.Errorf(".visibility: got %.40q, want %q or %q", a.Visibility, Shown, Hidden)
	case a.Place != PlaceAttribute && a.Place != PlaceMember:
		return fmt.Errorf(".place: got %.40q, want %q or %q", a.Place, PlaceAttribute, PlaceMember)
	}
	if err := checkWords(t, a.Words); err != nil {
		return err
	}
	if a.Visibility == Hidden {
		return a.checkHidden()
	}
	if a.Place == PlaceMember {
		how = Strict // members are what readers look for by their names
	}
	if err := checkShownLabel(how, a.Label); err != nil {
		return fmt.Errorf(".label: %w", err)
	}
	return a.checkShown(t)
}

func checkWords(t attribute.Type, words []string) error {
	if (t.Kind == attribute.Enum) != (len(words) > 0) || len(words) > maxWords {
		return fmt.Errorf(".words: an enum has 1 to %d, other types none, got %d", maxWords, len(words))
	}
	for i, w := range words {
		if slices.Contains(words[:i], w) {
			return fmt.Errorf(".words[%d]: given twice", i)
		}
		if err := spelling.Check(w); err != nil || w == "" || len(w) > maxName {
			return fmt.Errorf(".words[%d]: want 1 to %d bytes, spelled plainly", i, maxName)
		}
	}
	return nil
}

// checkHidden: what no document shows has one form.
func (a *Attribute) checkHidden() error {
	if a.Place != PlaceAttribute || a.Label != a.Name || a.Quoted || a.DisplayType != "" || a.MaxValue != "" {
		return errors.New(".visibility: hidden, but it is said how documents show it")
	}
	return nil
}

func (a *Attribute) checkShown(t attribute.Type) error {
	number := t.Kind <= attribute.Time && !a.Quoted
	switch {
	case t.Kind == attribute.Enum:
		return errors.New(".type: no document shows an enum: its value is a place in a list. Make it a text, or hide it")
	case t.Kind == attribute.Digest && t.Codec == attribute.NoCodec:
		return errors.New(".type: a document shows a digest as an address: want digest(raw) or digest(dag-pb)")
	case t.Kind == attribute.Decimal && t.Scale >= value.MaxDigits:
		return fmt.Errorf(".type: a document shows at most %d digits of a decimal, one before its point", value.MaxDigits)
	case a.Quoted && t.Kind != attribute.Uint && t.Kind != attribute.Int:
		return fmt.Errorf(".quoted: of uint and int only, not of %s", t)
	case a.Place == PlaceMember && (a.DisplayType != "" || a.MaxValue != ""):
		return errors.New(".place: a member has neither display_type nor max_value")
	case a.DisplayType != "" && (!number || !slices.Contains(displayTypes, a.DisplayType)):
		return fmt.Errorf(".display_type: got %.40q, want one of %s, of a number that is not quoted", a.DisplayType, strings.Join(displayTypes, ", "))
	case a.DisplayType == "date" && t.Kind != attribute.Time && t.Kind != attribute.Uint:
		return errors.New(".display_type: date is of time and uint")
	case a.MaxValue == "":
		return nil
	case !number || t.Kind == attribute.Time:
		return errors.New(".max_value: of uint, int and decimal that are not quoted")
	}
	return a.checkMaxValue(t)
}

func (a *Attribute) checkMaxValue(t attribute.Type) error {
	if _, err := value.Parse(value.Type{Type: t}, a.MaxValue); err != nil {
		return fmt.Errorf(".max_value: %w", err)
	}
	if err := a.CheckValue(a.MaxValue); err != nil {
		return fmt.Errorf(".max_value: %w", err)
	}
	return nil
}

// CheckValue reports a value, in canonical form, that no document can show as this attribute
// has it: a number that some reader of JSON would change. Its errors quote no value.
func (a *Attribute) CheckValue(text string) error {
	if a.Visibility == Hidden || a.Quoted {
		return nil
	}
	return value.CheckJSON(a.ValueType(), text)
}

// checkShownLabel allows what stands in JSON as it is, and is spelled as all of the drop is.
func checkShownLabel(how, s string) error {
	if s == "" || len(s) > maxName {
		return fmt.Errorf("%d bytes, want 1 to %d", len(s), maxName)
	}
	if strings.ContainsAny(s, "\"\\") {
		return errors.New("it has a quote or a backslash")
	}
	if strings.Contains(s, "{id") {
		return errors.New("it holds a pattern, which stands in a document's own texts alone")
	}
	return CheckText(how, s)
}

// checkMembers sees that no reader takes two members of a document for one. Labels of
// attributes may repeat.
func (d *Description) checkMembers() error {
	keys := slices.Clone(taken)
	for _, section := range d.sections() {
		for i, a := range section.list {
			if a.Visibility == Hidden || a.Place != PlaceMember {
				continue
			}
			if slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, a.Label) }) {
				return fmt.Errorf("%s[%d].label: the document has a member %.40q already", section.path(), i, a.Label)
			}
			keys = append(keys, a.Label)
		}
	}
	return nil
}
