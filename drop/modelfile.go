package drop

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/model"
)

// A modelFile is what model.yaml says. All but the names and types is hidden,
// so its faults name places only.
type modelFile struct {
	at         Place
	artifact   *node
	sprites    *node   // nil where none make a picture
	network    *node   // nil where none makes a picture
	layers     []layer // in the order of drop.yaml
	classes    []rowClasses
	rules      []rule
	facts      []Attribute
	factValues []attribute.Slot
	factTexts  []string // as written
}

// layer is one trait's table as written.
type layer struct {
	name string
	at   Place
	rows []row
}

type row struct {
	text    string // empty where the token does not have the trait
	weight  uint64
	at      Place
	payload []fr.Element // of the row's sprite; nil where it paints nothing
}

// rule is a combination of traits that never happens: for each layer the rows
// that take part. An exclusion is one of these; a requirement is one for each
// of its consequences, with the rows that don't satisfy it.
type rule struct {
	at    Place
	parts [][]bool // by layer the rows that take part, nil for a layer that does not
}

func (m *modelFile) newRule(at Place, parts ...part) rule {
	r := rule{at: at, parts: make([][]bool, len(m.layers))}
	for _, p := range parts {
		r.parts[p.layer] = p.rows
	}
	return r
}

const (
	maxRules  = 128
	maxWeight = model.MaxWeight
	maxRows   = model.MaxRows
)

func readModel(file string, data []byte, d *definition) (*modelFile, error) {
	root, err := parseYAML(file, data)
	if err != nil {
		return nil, err
	}
	f := fieldsOf(root, "model.yaml", namesOf(slices.Concat(modelKeys, pictureKeys))...)
	m := &modelFile{at: root.place, artifact: f.get("artifact"), sprites: f.get("sprites"), network: f.get("network")}
	f.text("artifact")
	f.need("layers")
	keys, values := f.pairs("layers")
	rules, facts := f.list("rules"), f.list("facts")
	if f.err != nil {
		return nil, f.err
	}
	if err := m.readLayers(keys, values, d.traits); err != nil {
		return nil, err
	}
	if err := m.readRules(rules); err != nil {
		return nil, err
	}
	return m, m.readFacts(facts, d)
}

// readLayers puts the layers into drop.yaml's order, which is that of the slots.
func (m *modelFile) readLayers(keys, values []*node, traits []Attribute) error {
	names := make([]string, len(traits))
	for i, t := range traits {
		names[i] = t.Name
	}
	m.layers = make([]layer, len(traits))
	for i, k := range keys {
		at := slices.Index(names, k.text)
		if at < 0 {
			return fault(k.place, "add it to traits in drop.yaml, or use "+quoted(names), "drop.yaml has no trait of this name")
		}
		rows, err := readRows(values[i], traits[at])
		if err != nil {
			return err
		}
		m.layers[at] = layer{k.text, k.place, rows}
	}
	for i, l := range m.layers {
		if l.rows == nil {
			return fault(m.at, "add it to layers", "there is no layer for the trait %q", names[i])
		}
	}
	return nil
}

// readRows reads {Text: weight}. The row null: is of the tokens that do not have the trait.
func readRows(n *node, trait Attribute) ([]row, error) {
	if n.kind != mapNode || len(n.keys) == 0 {
		return nil, fault(n.place, "write {Round: 80, Laser: 15}", "a layer is a map of texts and weights")
	}
	if len(n.keys) > maxRows {
		return nil, fault(n.keys[maxRows].place, "merge rare rows", "a layer has at most %d rows", maxRows)
	}
	var rows []row
	for i, k := range n.keys {
		w, ok := n.values[i].uint(1, maxWeight)
		if !ok {
			return nil, fault(n.values[i].place, weightRemedy(k, n.values[i]), "a weight is from 1 to %d", maxWeight)
		}
		rows = append(rows, row{text: k.text, weight: w, at: k.place})
		if k.kind == nullNode {
			continue
		}
		if err := document.ValidateText(k.text); err != nil {
			return nil, fault(k.place, "write 1 to 59 bytes without quotes, backslashes and control characters", "this text cannot be a trait")
		}
		if err := trait.checkSpelling(k.text); err != nil {
			return nil, fault(k.place, spellingRemedy(trait), "this text cannot be a trait: %v", err)
		}
	}
	return rows, nil
}

func (m *modelFile) readRules(list []*node) error {
	if len(list) > maxRules {
		return fault(list[maxRules].place, "join some: a rule may list several texts", "at most %d rules", maxRules)
	}
	for _, n := range list {
		g := fieldsOf(n, "a rule", namesOf(ruleKeys)...)
		if g.err == nil && g.has("exclude") == g.has("require") {
			g.err = fault(n.place, "write `exclude: {Eyes: Laser, Hat: Crown}` or `require: {Eyes: Laser, Hat: Crown}`", "a rule is either an exclusion or a requirement")
		}
		excluded, excludedRows := g.pairs("exclude")
		required, requiredRows := g.pairs("require")
		if g.err != nil {
			return g.err
		}
		parts, err := m.readParts(n, slices.Concat(excluded, required), slices.Concat(excludedRows, requiredRows))
		if err != nil {
			return err
		}
		m.addRules(n.place, parts, g.has("exclude"))
	}
	return nil
}

// part is one side of a rule: rows of a layer.
type part struct {
	layer int
	rows  []bool
}

func (m *modelFile) readParts(n *node, keys, values []*node) ([]part, error) {
	if len(keys) < 2 {
		return nil, fault(n.place, "name two or more traits", "a rule is between different traits")
	}
	var parts []part
	for i, k := range keys {
		at := slices.IndexFunc(m.layers, func(l layer) bool { return l.name == k.text })
		if at < 0 {
			return nil, fault(k.place, "use a trait of drop.yaml", "a rule about a trait that is not there")
		}
		rows, err := m.layers[at].choose(values[i])
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{at, rows})
	}
	return parts, nil
}

// choose reads one text or a list of texts of the layer.
func (l *layer) choose(n *node) ([]bool, error) {
	texts := []*node{n}
	if n.kind == listNode {
		texts = n.values
	}
	if len(texts) == 0 {
		return nil, fault(n.place, "write a text or a list of texts", "an empty list")
	}
	rows := make([]bool, len(l.rows))
	for _, t := range texts {
		at := slices.IndexFunc(l.rows, func(r row) bool { return r.text == t.text })
		if t.kind != scalarNode && t.kind != nullNode || at < 0 {
			return nil, fault(t.place, "use a text of the layer, or null for its row without one, or a list of them", "the layer %q has no such text", l.name)
		}
		rows[at] = true
	}
	return rows, nil
}

// addRules keeps an exclusion as it is, and of a requirement, if A then B and C,
// the combinations A with not B, and A with not C.
func (m *modelFile) addRules(at Place, parts []part, exclude bool) {
	if exclude {
		m.rules = append(m.rules, m.newRule(at, parts...))
		return
	}
	for _, p := range parts[1:] {
		others := make([]bool, len(p.rows))
		for i := range others {
			others[i] = !p.rows[i]
		}
		m.rules = append(m.rules, m.newRule(at, parts[0], part{p.layer, others}))
	}
}

func (m *modelFile) readFacts(list []*node, d *definition) error {
	var err error
	if m.facts, err = d.readAttributes(list, "a fact", d.circuit.Size.Facts, "value"); err != nil {
		return err
	}
	for i, n := range list {
		g := fieldsOf(n, "a fact", namesOf(factKeys)...)
		value := g.need("value")
		if g.err != nil {
			return g.err
		}
		slot, err := readValue(value, m.facts[i])
		if err != nil {
			return err
		}
		m.factValues, m.factTexts = append(m.factValues, slot), append(m.factTexts, value.text)
	}
	return nil
}

// valueRemedy shows how a value of a type is written.
func valueRemedy(t attribute.Type) string {
	switch t.Kind {
	case attribute.Uint:
		return "write a whole number such as 42"
	case attribute.Int:
		return "write a whole number such as -42"
	case attribute.Decimal:
		return "write a number such as 0.5, or give the type more digits"
	case attribute.Time:
		return "write 2026-01-31 or 2026-01-31T23:59:59Z"
	case attribute.Bool:
		return "write true or false"
	case attribute.Digest:
		return "write 0x and 64 lower-case hex digits"
	case attribute.Enum:
		return "write one of its words"
	}
	return "write a shorter text, plainly"
}

// readValue reads a hidden value. parseSpelled names what is wrong and quotes nothing.
func readValue(n *node, a Attribute) (attribute.Slot, error) {
	if n.kind != scalarNode {
		return attribute.Slot{}, fault(n.place, "write one value", "a value is %s", n.kind)
	}
	slot, err := a.parse(n.text)
	if err != nil {
		return attribute.Slot{}, fault(n.place, valueRemedy(a.Type), "%v", err)
	}
	return slot, nil
}
