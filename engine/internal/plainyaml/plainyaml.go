// Package plainyaml reads the YAML that people write for genproof, and nothing that would make
// the library slow or let a text mean another one than stands there.
package plainyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"github.com/genproof/genproof/files"
)

// Bounds of a file.
const (
	MaxBytes = 1 << 20
	maxLine  = 1 << 14 // the scanner's time grows with its square
	maxParts = 20_000  // the parser's with that of a map's length
	maxDepth = 16
)

// Decode reads data into v, a pointer to a struct with yaml tags. Keys that v does not have are
// an error if strict. An empty file leaves v as it is, and a byte order mark is dropped. Errors
// name a line and no value.
func Decode(data []byte, v any, strict bool) (err error) {
	data = files.WithoutMark(data)
	if err := check(data); err != nil {
		return err
	}
	defer func() { // the library must not take the program down over a file
		if recover() != nil {
			err = errors.New("not YAML that is read")
		}
	}()
	var options []yaml.DecodeOption
	if strict {
		options = append(options, yaml.Strict())
	}
	return unquoted(yaml.NewDecoder(bytes.NewReader(data), options...).Decode(v))
}

// unquoted leaves out of an error the lines of the source that the library adds.
func unquoted(err error) error {
	var y yaml.Error
	switch {
	case errors.Is(err, io.EOF): // nothing is there
		return nil
	case errors.As(err, &y):
		return fmt.Errorf("line %d: %s", y.GetToken().Position.Line, y.GetMessage())
	}
	return err
}

func check(data []byte) error {
	if len(data) > MaxBytes {
		return fmt.Errorf("%d bytes, at most %d are read", len(data), MaxBytes)
	}
	if !utf8.Valid(data) {
		return errors.New("not UTF-8")
	}
	for i, line := range bytes.Split(data, []byte("\n")) {
		if len(line) > maxLine {
			return fmt.Errorf("line %d: %d bytes, at most %d are read", i+1, len(line), maxLine)
		}
	}
	tokens := lexer.Tokenize(string(data))
	if len(tokens) > maxParts {
		return fmt.Errorf("more than %d parts", maxParts)
	}
	depth := 0
	for _, t := range tokens {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType, token.DirectiveType:
			return fmt.Errorf("line %d: anchors, aliases, tags, merge keys and directives are not read", t.Position.Line)
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		}
		if depth > maxDepth {
			return fmt.Errorf("line %d: nested more than %d deep", t.Position.Line, maxDepth)
		}
	}
	return nil
}
