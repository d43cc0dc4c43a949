package drop

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/genproof/genproof/files"
)

const (
	// maxYAML bounds every YAML file of a drop.
	maxYAML = 1 << 20
	// maxDepth is far above what a drop needs and far below what would make a
	// recursive parser use much memory.
	maxDepth = 16
	// maxLine keeps the YAML scanner, whose time grows with the square of a
	// line's length, fast.
	maxLine = 1 << 14
	// maxTokens bounds keys, values and brackets: the YAML parser's time grows
	// with the square of a map's length.
	maxTokens = 20_000
)

type nodeKind uint8

const (
	scalarNode nodeKind = iota
	nullNode
	mapNode
	listNode
)

func (k nodeKind) String() string {
	return [...]string{"a value", "nothing", "a map of keys and values", "a list"}[k]
}

// node is one piece of a YAML file with its place. A scalar keeps the text of
// the source, so that 0.80 or 18446744073709551615 arrive exactly.
type node struct {
	kind   nodeKind
	place  Place
	text   string
	quoted bool    // in quotes or a block: text, whatever it looks like
	other  string  // what YAML takes it for, if not for a text
	keys   []*node // of a map, in the order written
	values []*node // of a map or a list
}

// notText says what a value is that YAML does not take for a text, and nothing for a text.
func (n *node) notText() string {
	if n.kind != scalarNode {
		return n.kind.String()
	}
	if n.other == "" && n.isNumber() {
		return "a number"
	}
	return n.other
}

// isNumber reports whether some reader of YAML takes an unquoted scalar for a number, whatever the
// library does: one with an exponent, or too large.
func (n *node) isNumber() bool {
	if n.quoted || n.text == "" || !strings.ContainsAny(n.text[:1], "+-.0123456789") {
		return false
	}
	_, notFloat := strconv.ParseFloat(n.text, 64)
	_, notInt := strconv.ParseInt(n.text, 0, 64)
	return notFloat == nil || notInt == nil || errors.Is(notFloat, strconv.ErrRange)
}

// parseYAML reads the small part of YAML that a drop is written in: maps,
// lists and scalars. Anchors, aliases, tags, merge keys, directives and several
// documents are refused: they make a file mean something other than it shows.
func parseYAML(file string, data []byte) (*node, error) {
	data = files.WithoutMark(data)
	if err := checkText(file, data); err != nil {
		return nil, err
	}
	f, err := parseAST(file, data)
	if err != nil {
		return nil, err
	}
	body, err := onlyBody(file, f)
	if err != nil {
		return nil, err
	}
	return convert(file, body, 0)
}

// parseAST runs the library, which must not take the program down over a file.
func parseAST(file string, data []byte) (f *ast.File, err error) {
	defer func() {
		if recover() != nil {
			f, err = nil, fault(Place{File: file}, "check quotes, brackets and indentation", "this is not YAML")
		}
	}()
	tokens := lexer.Tokenize(string(data))
	if err := checkTokens(file, tokens); err != nil {
		return nil, err
	}
	if f, err = parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()); err != nil {
		return nil, yamlFault(file, err)
	}
	return f, nil
}

// checkText refuses what would make the parser slow, or show differently from what it means.
func checkText(file string, data []byte) error {
	whole := Place{File: file}
	if len(data) > maxYAML {
		return fault(whole, "split or shorten it", "the file has %d bytes, at most %d are read", len(data), maxYAML)
	}
	if !utf8.Valid(data) {
		return fault(whole, "save it as UTF-8", "the file is not UTF-8 text")
	}
	for i, line := range strings.Split(string(data), "\n") {
		if len(line) > maxLine {
			return fault(Place{file, i + 1, 1}, "break it", "the line has %d bytes, at most %d are read", len(line), maxLine)
		}
		if at := strings.IndexFunc(strings.TrimSuffix(line, "\r"), misleads); at >= 0 {
			return fault(Place{file, i + 1, at + 1}, "remove it", "a control character")
		}
	}
	return nil
}

// misleads says whether r can make an editor or a terminal show another text
// than the one that is read: control characters, a carriage return alone, other
// line ends, reversed writing.
func misleads(r rune) bool {
	return unicode.IsControl(r) && r != '\t' || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) || r == '\ufeff'
}

var refusedTokens = map[token.Type]struct{ problem, remedy string }{
	token.AnchorType:     {"anchors (&) are not read", "write the value out"},
	token.AliasType:      {"aliases (*) are not read", "write the value out, or put it in quotes"},
	token.TagType:        {"tags (!) are not read", "remove it, or put the value in quotes"},
	token.MergeKeyType:   {"merge keys (<<) are not read", "write the keys out"},
	token.DirectiveType:  {"directives (%) are not read", "remove it"},
	token.MappingKeyType: {"explicit keys (?) are not read", "write `key: value`"},
}

// checkTokens refuses constructs by their first token and bounds the depth,
// before anything recursive runs.
func checkTokens(file string, tokens token.Tokens) error {
	if len(tokens) > maxTokens {
		return fault(placeOf(file, tokens[maxTokens]), "shorten it; many claims are better in "+ClaimsTableFile, "the file has more than %d parts", maxTokens)
	}
	flow, columns := 0, []int{}
	for _, t := range tokens {
		place := placeOf(file, t)
		if why, ok := refusedTokens[t.Type]; ok {
			return fault(place, why.remedy, "%s", why.problem)
		}
		switch t.Type {
		case token.InvalidType:
			return fault(place, "check quotes, brackets and indentation", "this is not YAML")
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType, token.MappingValueType:
			if flow == 0 {
				columns = push(columns, blockColumn(t))
			}
		}
		if flow+len(columns) > maxDepth {
			return fault(place, "flatten it", "nested more than %d deep", maxDepth)
		}
	}
	return nil
}

// blockColumn is the column a block's entries share: that of the dash, or of the key before the colon.
func blockColumn(t *token.Token) int {
	if t.Type == token.MappingValueType && t.Prev != nil && t.Prev.Position.Line == t.Position.Line {
		return t.Prev.Position.Column
	}
	return t.Position.Column
}

// push keeps the columns of the open blocks: deeper ones are closed by c.
func push(columns []int, c int) []int {
	for len(columns) > 0 && columns[len(columns)-1] >= c {
		columns = columns[:len(columns)-1]
	}
	return append(columns, c)
}

func placeOf(file string, t *token.Token) Place {
	if t == nil || t.Position == nil {
		return Place{File: file}
	}
	return Place{file, t.Position.Line, t.Position.Column}
}

// yamlFault keeps the place of a parser's error and leaves its text out: it
// quotes the source, which may be hidden.
func yamlFault(file string, err error) error {
	var y yaml.Error
	if errors.As(err, &y) {
		return fault(placeOf(file, y.GetToken()), "check quotes, brackets and indentation", "this is not YAML")
	}
	return fault(Place{File: file}, "check quotes, brackets and indentation", "this is not YAML")
}

func onlyBody(file string, f *ast.File) (ast.Node, error) {
	var body ast.Node
	for _, d := range f.Docs {
		if d.Body == nil {
			continue
		}
		if body != nil {
			return nil, fault(placeOf(file, d.Body.GetToken()), "keep one", "a second document in one file")
		}
		body = d.Body
	}
	if body == nil {
		return nil, fault(Place{File: file}, "write it, or remove the file", "the file is empty")
	}
	return body, nil
}

func convert(file string, n ast.Node, depth int) (*node, error) {
	if depth > maxDepth {
		return nil, fault(placeOf(file, n.GetToken()), "flatten it", "nested more than %d deep", maxDepth)
	}
	out := &node{place: placeOf(file, n.GetToken())}
	switch n := n.(type) {
	case *ast.MappingNode:
		return convertMap(file, out, n.Values, depth)
	case *ast.MappingValueNode:
		return convertMap(file, out, []*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		return convertList(file, out, n.Values, depth)
	case *ast.NullNode:
		out.kind = nullNode
	case *ast.LiteralNode:
		out.text, out.quoted = n.Value.Value, true
	case *ast.StringNode:
		t := n.GetToken().Type
		out.text, out.quoted = n.Value, t == token.SingleQuoteType || t == token.DoubleQuoteType
	case *ast.BoolNode:
		out.text, out.other = n.GetToken().Value, "true or false"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		out.text, out.other = n.GetToken().Value, "a number"
	default:
		return nil, fault(out.place, "write a plain value", "this kind of YAML (%s) is not read", n.Type())
	}
	return out, nil
}

func convertMap(file string, out *node, values []*ast.MappingValueNode, depth int) (*node, error) {
	out.kind = mapNode
	seen := make(map[string]Place, len(values))
	for _, v := range values {
		key, err := convert(file, v.Key, depth+1)
		if err != nil {
			return nil, err
		}
		if key.kind != scalarNode && key.kind != nullNode { // null: of a layer's row without text
			return nil, fault(key.place, "write `key: value`", "a key must be a plain text")
		}
		if first, ok := seen[key.text]; ok {
			return nil, fault(key.place, "keep one", "this key stands here a second time, first at %d:%d", first.Line, first.Column)
		}
		seen[key.text] = key.place
		if len(out.keys) == 0 {
			out.place = key.place // the ':' is where the library puts a map
		}
		value := &node{kind: nullNode, place: key.place}
		if v.Value != nil {
			if value, err = convert(file, v.Value, depth+1); err != nil {
				return nil, err
			}
		}
		out.keys, out.values = append(out.keys, key), append(out.values, value)
	}
	return out, nil
}

func convertList(file string, out *node, values []ast.Node, depth int) (*node, error) {
	out.kind = listNode
	for _, v := range values {
		if v == nil {
			return nil, fault(out.place, "write it, or remove the dash", "an empty entry in this list")
		}
		item, err := convert(file, v, depth+1)
		if err != nil {
			return nil, err
		}
		out.values = append(out.values, item)
	}
	return out, nil
}
