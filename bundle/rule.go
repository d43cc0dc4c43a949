package bundle

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
)

// Rule prints a program back in the policy language, CEL: one clause a line. So the rule that
// a reader sees is the rule that was proven, whatever text its author wrote. Compiling it
// again gives the same program.
//
// An enum that the program names is held to its vocabulary by a clause of its own: that
// clause is implied by the enum's type, and not printed. Without it the program is an error, as
// a hidden index beyond the words would pass where a word is refused. A literal that no policy
// compiles to is an error too: what it says would depend on more than a reader can see.
func (p *Program) Rule(slots []SlotInfo) (string, error) {
	if err := p.checkEnums(slots); err != nil {
		return "", err
	}
	var lines []string
	for i, c := range p.Clauses {
		if c.closesEnum(slots) {
			continue
		}
		var parts []string
		for j, l := range c.Literals {
			text, err := l.rule(slots)
			if err != nil {
				return "", fmt.Errorf("program: clause %d, literal %d: %w", i+1, j+1, err)
			}
			parts = append(parts, text)
		}
		line := strings.Join(parts, " || ")
		if len(parts) > 1 {
			line = "(" + line + ")"
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return "true", nil
	}
	return strings.Join(lines, " &&\n"), nil
}

// checkEnums sees that every enum that the program names is held to its vocabulary.
func (p *Program) checkEnums(slots []SlotInfo) error {
	closed := map[uint64]bool{}
	for i := range p.Clauses {
		if c := &p.Clauses[i]; c.closesEnum(slots) {
			closed[c.Literals[0].Slot] = true
		}
	}
	for i, c := range p.Clauses {
		for _, l := range c.Literals {
			if l.Slot < uint64(len(slots)) && slots[l.Slot].Type.Kind == attribute.Enum && !closed[l.Slot] {
				return fmt.Errorf("program: clause %d names %s.%.40q, and no clause holds it to its words", i+1, slots[l.Slot].Section, slots[l.Slot].Name)
			}
		}
	}
	return nil
}

// closesEnum reports whether the clause says that an enum is absent or within its vocabulary.
func (c *Clause) closesEnum(slots []SlotInfo) bool {
	if len(c.Literals) != 2 {
		return false
	}
	absent, below := c.Literals[0], c.Literals[1]
	if below.Op != "less" {
		absent, below = below, absent
	}
	if absent.Slot != below.Slot || absent.Slot >= uint64(len(slots)) || below.Operand == nil {
		return false
	}
	t := slots[absent.Slot].Type
	return t.Kind == attribute.Enum && absent.Op == "present" && absent.Negate &&
		below.Op == "less" && !below.Negate && *below.Operand == strconv.Itoa(len(t.Words))
}

var errNoForm = errors.New("no policy compiles to this literal")

// rule prints a literal.
func (l *Literal) rule(slots []SlotInfo) (string, error) {
	compiled, err := l.compile(slots)
	if err != nil {
		return "", err
	}
	slot := slots[l.Slot]
	quoted, err := quotedName(slot.Name)
	if err != nil {
		return "", err
	}
	name := slot.Section + "." + quoted
	if l.Op == "present" {
		if l.Negate {
			return "!has(" + name + ")", nil
		}
		return "has(" + name + ")", nil
	}
	if l.Op == "equals" {
		if slot.Type.Kind == attribute.Bool && l.Negate {
			return "", errNoForm
		}
		constant, err := slot.constant(*l.Operand)
		return name + map[bool]string{false: " == ", true: " != "}[l.Negate] + constant, err
	}
	if slot.Type.Kind == attribute.Bool || slot.Type.Kind == attribute.Enum || compiled.Operand.IsZero() {
		return "", errNoForm
	}
	return slot.order(name, l.Negate, compiled.Operand.Uint64())
}

// order prints a comparison by size.
func (s SlotInfo) order(name string, negate bool, operand uint64) (string, error) {
	below, above := " < ", " >= "
	if s.Type.Kind == attribute.Time && operand == value.MaxTime+1 {
		operand, below, above = operand-1, " <= ", " > "
	}
	constant, err := s.constant(strconv.FormatUint(operand, 10))
	if negate {
		return name + above + constant, err
	}
	return name + below + constant, err
}

// constant prints an operand as CEL's constant of the slot's type.
func (s SlotInfo) constant(operand string) (string, error) {
	if s.isText() {
		return quotedText(operand), nil
	}
	u, err := strconv.ParseUint(operand, 10, 64)
	if err != nil {
		return "", errNoForm
	}
	text, err := value.Number(s.Type, u)
	if err != nil {
		return "", errNoForm
	}
	switch s.Type.Kind {
	case attribute.Uint:
		if u > math.MaxInt64 {
			text += "u"
		}
	case attribute.Decimal:
		if s.Type.Scale == 0 {
			text += ".0"
		}
	case attribute.Time:
		text = "timestamp(" + quotedText(text) + ")"
	case attribute.Enum:
		text = quotedText(text)
	}
	return text, nil
}

// quotedName writes a name behind a dot: in backticks unless it is an identifier. A name with
// other characters than CEL has between backticks is an error: it could write a part of the
// rule itself.
func quotedName(name string) (string, error) {
	plain := !isReserved(name)
	for i, c := range []byte(name) {
		switch {
		case c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		case c >= '0' && c <= '9':
			plain = plain && i > 0
		case c == '.' || c == '-' || c == '/' || c == ' ':
			plain = false
		default:
			return "", errNoForm
		}
	}
	if !plain {
		return "`" + name + "`", nil
	}
	return name, nil
}

// isReserved reports whether CEL reads the name as a word of its own.
func isReserved(name string) bool {
	switch name {
	case "in", "true", "false", "null", "as", "break", "const", "continue", "else", "for", "function", "if",
		"import", "let", "loop", "package", "namespace", "return", "var", "void", "while":
		return true
	}
	return false
}

// quotedText writes a text as a string of CEL: what a terminal would not show plainly stands
// as an escape.
func quotedText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case printable(r):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
