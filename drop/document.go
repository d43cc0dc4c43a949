package drop

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
)

// documentKeys are OpenSea's text fields, and what says how the document is laid out. Any other
// goes into extra, so that a typing error is not published as a field of its own.
var documentKeys = namesOf(patternKeys, constantKeys, layoutKeys)

func (d *definition) readDocument(f *fields) {
	n := f.need("document")
	if n == nil {
		return
	}
	d.at = n.place
	g := fieldsOf(n, "document", documentKeys...)
	t := &d.document
	t.Name = g.needText("name")
	for i, to := range []*string{&t.Name, &t.Image, &t.Animation, &t.External} {
		*to = g.pattern(patternKeys[i].name)
	}
	t.Constants = []bundle.Member{}
	for _, k := range g.keys {
		if slices.Contains(namesOf(constantKeys), k.text) && g.has(k.text) {
			t.Constants = append(t.Constants, bundle.Member{Key: k.text, Value: g.text(k.text)})
		}
	}
	keys, values := g.pairs("extra")
	for i, k := range keys {
		if slices.Contains(documentKeys, k.text) || k.text == "attributes" || k.text == "root" {
			g.err = fault(k.place, "choose another key", "this field cannot be an extra one")
		}
		if why := values[i].notText(); why != "" && g.err == nil {
			g.err = fault(values[i].place, "write it in quotes for a text; documents show a number as a claim's or a fact's", "an extra field is %s", why)
		}
		t.Constants = append(t.Constants, bundle.Member{Key: k.text, Value: values[i].text})
	}
	d.order, d.narrow = g.list("order"), g.list("narrow")
	if g.err != nil && f.err == nil {
		f.err = g.err
	}
}

// idPattern is where a token's id stands.
var idPattern = regexp.MustCompile(`\{id(:0[0-9]+)?\}`)

// pattern reads a text in which {id}, or {id:05}, may stand once for the token's id.
func (f *fields) pattern(key string) string {
	s := f.text(key)
	found := idPattern.FindAllString(s, -1)
	if f.err == nil && (len(found) > 1 || strings.ContainsAny(idPattern.ReplaceAllString(s, ""), "{}")) {
		f.err = fault(f.get(key).place, "write {id} at most once, and no other brackets", "%s of %s is not a pattern", key, f.what)
	}
	return s
}

// template lays out the documents of a drop with this schema; longest has the most bytes of each slot's texts,
// where they are known. What it refuses is drop.yaml's fault.
func (d *definition) template(s *Schema, longest map[int]int) (*document.Template, error) {
	slots, err := d.shownSlots(s)
	if err != nil {
		return nil, err
	}
	d.document.Order = []bundle.Placed{}
	for _, slot := range slots {
		wide, err := d.isWide(s, slot, longest)
		if err != nil {
			return nil, err
		}
		d.document.Order = append(d.document.Order, bundle.Placed{Slot: uint64(slot), Wide: wide})
	}
	public := s.description()
	public.FirstID, public.Supply, public.Template = d.ids.First, d.ids.Supply, d.document
	t, err := document.New(d.circuit.Size, public.DocumentConfig())
	if err != nil {
		return nil, fault(d.at, "shorten or change that part of document, or of what is shown", "the document cannot be laid out: %v", err)
	}
	return t, nil
}

// shownSlots returns the slots that documents show, in their order: drop.yaml's, or that of the slots.
func (d *definition) shownSlots(s *Schema) ([]int, error) {
	var shown, ordered []int
	for slot := range s.Size.Slots() {
		if _, a, ok := s.attributeAt(slot); ok && !a.Hidden() {
			shown = append(shown, slot)
		}
	}
	if d.order == nil {
		return shown, nil
	}
	for _, n := range d.order {
		slot, err := s.named(n)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(shown, slot) || slices.Contains(ordered, slot) {
			return nil, fault(n.place, "name each attribute that is shown once", "%s is not shown, or stands here twice", s.SlotName(slot))
		}
		ordered = append(ordered, slot)
	}
	for _, slot := range shown {
		if !slices.Contains(ordered, slot) {
			return nil, fault(d.order[0].place, "add it, or hide it", "%s is shown, and the order leaves it out", s.SlotName(slot))
		}
	}
	return ordered, nil
}

// named finds the slot of a name such as trait.Eyes.
func (s *Schema) named(n *node) (int, error) {
	room, name, _ := strings.Cut(n.text, ".")
	slot, _, ok := s.lookup(room, name)
	if n.kind != scalarNode || !ok {
		return 0, fault(n.place, "write trait.NAME, claim.NAME or fact.NAME", "there is no such attribute")
	}
	return slot, nil
}

// isWide reports whether a text needs the room of the longest ones: of traits and facts their texts
// tell, and claims have it unless they are called narrow.
func (d *definition) isWide(s *Schema, slot int, longest map[int]int) (bool, error) {
	_, a, _ := s.attributeAt(slot)
	if a.Type.Kind != attribute.Text {
		return false, nil
	}
	f := bundle.FieldOf(&a.Public, slot, false)
	if n, known := longest[slot]; known {
		return n > f.MaxText(), nil
	}
	for _, n := range d.narrow {
		named, err := s.named(n)
		if err != nil {
			return false, err
		}
		if named == slot {
			return false, nil
		}
	}
	return true, nil
}

// hashed returns by slot the texts and digests that documents show, of values as they are written.
func (s *Schema) hashed(first int, list []Attribute, texts []string, to map[int]document.Value) error {
	for i, a := range list {
		if a.Hidden() || texts[i] == "" {
			continue
		}
		switch a.Type.Kind {
		case attribute.Text:
			to[first+i] = document.OfText(texts[i])
		case attribute.Digest:
			digest, err := parseDigest(texts[i])
			if err != nil {
				return fmt.Errorf("%s: %w", s.SlotName(first+i), err)
			}
			to[first+i] = document.OfDigest(digest)
		}
	}
	return nil
}
