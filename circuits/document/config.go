package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// A Config says what a drop's documents look like. First, Supply, Width and all of a [Field] but
// its Wide come from the drop's schema, which is fixed before the beacon is known.
type Config struct {
	First, Supply uint64 // ids run from First to First + Supply - 1
	Width         int    // digits that an id is padded to, 0 for none

	Constants []Member // text members that are the same for every token

	// Patterns: texts in which the token's id may stand once, {id} if Width is 0, or
	// {id:05} if it is 5. An empty one is left out.
	Image, Animation, External, Name string

	Fields []Field // the slots that are shown, in the document's order
}

// A Member is a text member of the document that is the same for every token.
type Member struct {
	Key, Value string
}

// A Field is how documents show a slot: as one of the attributes, or as a member of the document.
type Field struct {
	Slot   int
	Type   attribute.Type // a digest has a codec
	Quoted bool           // of an integer: shown as a string of digits

	Member string // the key of a member, empty for an attribute

	// Of an attribute. Labels may repeat.
	Label       string
	DisplayType string // left out if empty
	MaxValue    string // a JSON number, left out if empty

	Wide bool // of a text: it has blocks enough for MaxText bytes
}

// patterns lists the patterns by key, in the document's order. The last one is where names are
// longest and ends are shortest.
func (c *Config) patterns() []Member {
	return []Member{{"image", c.Image}, {"animation_url", c.Animation}, {"external_url", c.External}, {"name", c.Name}}
}

// last is the highest id.
func (c *Config) last() uint64 { return c.First + c.Supply - 1 }

func (c *Config) check(size statement.Size) error {
	for _, step := range []func() error{c.checkIDs, c.checkKeys, c.checkTexts, func() error { return c.checkFields(size) }} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// checkIDs reports ids that do not fit ten digits, or the width they are padded to.
func (c *Config) checkIDs() error {
	if c.Supply < 1 || c.First > MaxID || c.Supply-1 > MaxID-c.First {
		return fmt.Errorf("ids start at %d, %d of them: want one at least, and none above %d", c.First, c.Supply, uint64(MaxID))
	}
	if c.Width < 0 || c.Width > idDigits {
		return fmt.Errorf("ids are padded to %d digits, at most %d fit", c.Width, idDigits)
	}
	if n := len(strconv.FormatUint(c.last(), 10)); c.Width > 0 && n > c.Width {
		return fmt.Errorf("the last id, %d, has %d digits, and ids are padded to %d", c.last(), n, c.Width)
	}
	return nil
}

// checkKeys refuses names that some reader would take for each other: members in another
// case are the same to those who fold it.
func (c *Config) checkKeys() error {
	seen := []string{"", "attributes", "root"}
	add := func(key string) error {
		if slices.ContainsFunc(seen, func(s string) bool { return strings.EqualFold(s, key) }) {
			return fmt.Errorf("member %q is there already, or has no name", key)
		}
		seen = append(seen, key)
		return nil
	}
	for _, p := range c.patterns() {
		if p.Value != "" {
			_ = add(p.Key) // the first ones, all different
		}
	}
	for _, m := range c.Constants {
		if err := add(m.Key); err != nil {
			return err
		}
	}
	for _, f := range c.Fields {
		if f.Member == "" {
			continue
		}
		if err := add(f.Member); err != nil {
			return err
		}
	}
	return nil
}

// checkTexts wants UTF-8, and patterns nowhere but where an id can stand.
func (c *Config) checkTexts() error {
	texts := map[bool][]string{}
	for _, p := range c.patterns() {
		texts[true] = append(texts[true], p.Value)
	}
	for _, m := range c.Constants {
		texts[false] = append(texts[false], m.Key, m.Value)
	}
	for _, f := range c.Fields {
		texts[false] = append(texts[false], f.Member, f.Label, f.DisplayType)
	}
	for mayHoldID, list := range texts {
		for _, s := range list {
			if !utf8.ValidString(s) {
				return fmt.Errorf("%q is not valid UTF-8", s)
			}
			if !mayHoldID && strings.Contains(s, "{id") {
				return fmt.Errorf("%q holds a pattern, which only image, animation_url, external_url and name can", s)
			}
		}
	}
	return nil
}

// checkFields wants each slot shown once, as its type can be.
func (c *Config) checkFields(size statement.Size) error {
	seen := map[int]bool{}
	for i := range c.Fields {
		f := &c.Fields[i]
		if f.Slot < 0 || f.Slot >= size.Slots() || seen[f.Slot] {
			return fmt.Errorf("%s shows slot %d, which does not exist or is shown already", f, f.Slot)
		}
		seen[f.Slot] = true
		if err := f.check(); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
	}
	return nil
}

// String names the field for errors.
func (f *Field) String() string {
	if f.Member != "" {
		return fmt.Sprintf("member %q", f.Member)
	}
	return fmt.Sprintf("attribute %q", f.Label)
}

func (f *Field) check() error {
	if err := f.Type.Validate(); err != nil {
		return err
	}
	isInteger := f.Type.Kind == attribute.Uint || f.Type.Kind == attribute.Int
	switch {
	case f.Type.Kind == attribute.Enum:
		return fmt.Errorf("an enum cannot be shown: its words are in no proof")
	case f.Type.Scale > maxPoint:
		return fmt.Errorf("a number of %d digits after the point cannot be shown, at most %d can", f.Type.Scale, maxPoint)
	case f.Quoted && !isInteger:
		return fmt.Errorf("only integers can be quoted")
	case f.Type.Kind == attribute.Digest && f.Type.Codec == attribute.NoCodec:
		return fmt.Errorf("a digest without a codec cannot be shown")
	case f.Wide && f.Type.Kind != attribute.Text:
		return fmt.Errorf("only a text can be wide")
	case f.Member != "" && f.Label+f.DisplayType+f.MaxValue != "":
		return fmt.Errorf("a member has no label, display_type or max_value")
	case f.Member == "" && f.Label == "":
		return fmt.Errorf("it has no name")
	case f.MaxValue != "" && !isShownNumber(f.MaxValue):
		return fmt.Errorf("max_value is no number of at most %d digits", maxDigits)
	}
	return nil
}

// cut splits a pattern, as a JSON string, around its id.
func (c *Config) cut(p Member) (before, after string, found bool, err error) {
	want := "{id}"
	if c.Width > 0 {
		want = fmt.Sprintf("{id:0%d}", c.Width)
	}
	before, after, found = strings.Cut(quote(p.Value), want)
	if strings.Contains(before+after, "{id") {
		return "", "", false, fmt.Errorf("%s %q: want %s, once at most", p.Key, p.Value, want)
	}
	if n := len(after) - 1; found && n > MaxAfter {
		return "", "", false, fmt.Errorf("%s has %d bytes after %s, at most %d fit", p.Key, n, want, MaxAfter)
	}
	return before, after, found, nil
}
