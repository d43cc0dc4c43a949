package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/engine/internal/plainyaml"
	"github.com/genproof/genproof/files"
)

// A merge is what an import changes in a drop.yaml that is there: it adds, and changes nothing.
type merge struct {
	name  string // the deck's
	text  string
	added []string // names and labels, as a person reads them
	notes []string
}

// wishes are what the options of an import say of a deck. An empty text says nothing.
type wishes struct {
	firstID                  uint64
	randomMember, name, home string
}

// mergeFile adds to an author's drop.yaml what the schema has and it has not. With nothing to
// add it is the same bytes.
func mergeFile(data []byte, s *schema, want wishes) (*merge, error) {
	var have deckFile
	if err := plainyaml.Decode(data, &have, false); err != nil {
		return nil, fmt.Errorf("reading %s: %w", DropFile, err)
	}
	body := files.WithoutMark(data)
	m := &merge{name: have.Name, text: string(body)}
	var attributes []string
	for _, a := range m.missing(&have, s) {
		attributes = append(attributes, a.yaml())
		m.added = append(m.added, said(a.Trait+a.Claim))
	}
	var words []string
	for _, w := range s.words {
		if !slices.Contains(have.Words, w) && !have.hasLabel(w) {
			words = append(words, yamlText(w))
			m.added = append(m.added, said(w)+" as the author's word")
		}
	}
	if err := m.insert("attributes", attributes); err != nil {
		return nil, err
	}
	if err := m.insert("words", words); err != nil {
		return nil, err
	}
	if want.randomMember != have.RandomMember { // there it has none
		if err := m.addRandomMember(want.randomMember); err != nil {
			return nil, err
		}
	}
	m.text = string(data[:len(data)-len(body)]) + m.text
	m.unmet(&have, want)
	m.compare(&have, s, len(have.Attributes)+len(attributes))
	return m, nil
}

// unmet tells which wishes the file does not grant: what an author wrote there stays.
func (m *merge) unmet(have *deckFile, want wishes) {
	if have.Deck.FirstID != want.firstID {
		m.note("first_id is %d, the collection begins with %d", have.Deck.FirstID, want.firstID)
	}
	if want.name != "" && want.name != have.Name {
		m.note("the name stays %s: edit it there", said(have.Name))
	}
	home := cmp.Or(have.Deck.Home, noHome)
	switch {
	case want.home == "" || strings.EqualFold(want.home, home):
	case want.home == noHome:
		m.note("home stays %s: edit it there", said(home))
	default:
		m.note("home stays %s: for a sale by %s write home: %s there, and assignment: permuted if tokens are to be drawn", said(home), want.home, yamlText(want.home))
	}
}

func (d *deckFile) hasLabel(label string) bool {
	return slices.ContainsFunc(d.Attributes, func(a fileAttribute) bool { return a.Claim == "" && a.label() == label })
}

func (a *fileAttribute) label() string {
	if a.Label != nil {
		return *a.Label
	}
	return a.Trait
}

// missing returns the attributes of labels and claims that the file does not name, and further
// slots of labels that repeat more often than it knows.
func (m *merge) missing(have *deckFile, s *schema) []Attribute {
	slots, taken, claims := map[string]int{}, map[string]bool{}, map[string]bool{}
	for _, a := range have.Attributes {
		taken[spelling.Skeleton(a.Trait+a.Claim)] = true
		if a.Claim != "" {
			claims[a.Claim] = true
		} else {
			slots[a.label()]++
		}
	}
	var out []Attribute
	for _, a := range s.attributes {
		if a.Claim != "" {
			if !claims[a.Claim] {
				out = append(out, a)
			}
			continue
		}
		if slots[a.Label] > 0 {
			slots[a.Label]--
			continue
		}
		if slices.Contains(have.Words, a.Label) {
			continue
		}
		base := a.Trait
		for n := 2; taken[spelling.Skeleton(a.Trait)]; n++ {
			suffix := fmt.Sprintf(" %d", n)
			a.Trait = cut(base, maxName-len(suffix)) + suffix
		}
		taken[spelling.Skeleton(a.Trait)] = true
		out = append(out, a)
	}
	return out
}

// compare tells where the file and what was imported do not fit.
func (m *merge) compare(have *deckFile, s *schema, attributes int) {
	if s.asPublished != "" && have.Deck.Spelling != spellingAsPublished {
		m.note("this needs spelling: %s, because %s", spellingAsPublished, s.asPublished)
	}
	for _, size := range deckSizes {
		if have.Circuit == size.name && attributes > size.attributes {
			m.note("%d attributes, %s has room for %d: write a larger circuit", attributes, size.name, size.attributes)
		}
	}
	for _, a := range s.attributes {
		for _, old := range have.Attributes {
			if a.Claim != old.Claim || a.Claim == "" && a.Label != old.label() {
				continue
			}
			if why := old.refuses(&a); why != "" {
				m.note("%s: %s", said(old.Trait+old.Claim), why)
				break
			}
		}
	}
}

func (m *merge) note(format string, args ...any) {
	m.notes = append(m.notes, DropFile+": "+fmt.Sprintf(format, args...))
}

// refuses says why an attribute of the file may not hold what was found.
func (a *fileAttribute) refuses(found *Attribute) string {
	if a.Type == "enum" && found.Type == "enum" {
		var missing []string
		for _, w := range found.Words {
			if !slices.Contains(a.Words, w) {
				missing = append(missing, said(w))
			}
		}
		if len(missing) > 0 {
			return "its words lack " + listed10(missing)
		}
		return ""
	}
	isText := func(t string) bool { return t == "text" || t == "enum" || t == "" }
	if a.Type == found.Type || isText(a.Type) && isText(found.Type) || fitsNumber(a.Type, found.Type) {
		return ""
	}
	if found.Claim != "" && isText(a.Type) { // a table holds texts
		return ""
	}
	return fmt.Sprintf("it is %s there, and what was imported is %s", a.Type, found.Type)
}

// fitsNumber reports whether numbers of the type found mostly fit into the type that is there.
func fitsNumber(there, found string) bool {
	whole := []string{"uint", "int", "time"}
	if slices.Contains(whole, there) {
		return slices.Contains(whole, found) && (found != "int" || there == "int")
	}
	var have, needed int
	if _, err := fmt.Sscanf(there, "decimal(%d)", &have); err != nil {
		return false
	}
	if _, err := fmt.Sscanf(found, "decimal(%d)", &needed); err != nil {
		return found == "uint"
	}
	return needed <= have
}

// insert adds entries at the end of the list of a key, where the text has it.
func (m *merge) insert(key string, entries []string) error {
	if len(entries) == 0 {
		return nil
	}
	file, err := parser.ParseBytes([]byte(m.text), 0)
	if err != nil || len(file.Docs) == 0 {
		return fmt.Errorf("reading %s: not YAML", DropFile)
	}
	lines := strings.SplitAfter(m.text, "\n")
	if last := lines[len(lines)-1]; last != "" {
		lines[len(lines)-1] = last + "\n"
	}
	from, next, list := findKey(file.Docs[0].Body, key, len(lines)+1)
	switch sequence, isList := list.(*ast.SequenceNode); {
	case from == 0:
		lines = append(lines, key+":\n", yamlEntries(entries, "  "))
	case isList && !sequence.IsFlowStyle && len(sequence.Values) > 0:
		at := next - 1 // lines before it belong to the list, but for blanks and comments in front of the next key
		for at > from && isBlank(lines[at-1]) {
			at--
		}
		indent := strings.Repeat(" ", max(0, sequence.Start.Position.Column-1))
		lines = slices.Insert(lines, at, yamlEntries(entries, indent))
	case isList && len(sequence.Values) > 0:
		m.note("%s is a list in brackets: add to it %s", key, strings.Join(entries, ", "))
		return nil
	default: // empty
		lines[from-1] = key + ":\n" + yamlEntries(entries, "  ")
	}
	m.text = strings.Join(lines, "")
	return nil
}

// addRandomMember adds the name of the random member to a file that has none.
func (m *merge) addRandomMember(name string) error {
	file, err := parser.ParseBytes([]byte(m.text), 0)
	if err != nil || len(file.Docs) == 0 {
		return fmt.Errorf("reading %s: not YAML", DropFile)
	}
	const key = "random_member"
	if line, _, _ := findKey(file.Docs[0].Body, key, 0); line > 0 {
		return fmt.Errorf("%s: line %d: %s is empty: remove the line", DropFile, line, key)
	}
	if !strings.HasSuffix(m.text, "\n") {
		m.text += "\n"
	}
	m.text += "\n" + randomMemberLines(name)
	m.added = append(m.added, key+": "+name)
	return nil
}

func isBlank(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#")
}

// findKey returns the line of a key of the file, 0 if there is none, the line of the next key, or
// end, and the key's value.
func findKey(body ast.Node, key string, end int) (from, next int, value ast.Node) {
	var pairs []*ast.MappingValueNode
	switch n := body.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	}
	for _, p := range pairs {
		line := p.Key.GetToken().Position.Line
		if from > 0 {
			return from, line, value
		}
		if p.Key.GetToken().Value == key {
			from, value = line, p.Value
		}
	}
	return from, end, value
}
