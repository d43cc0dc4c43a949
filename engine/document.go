package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/files"
)

// A document is what import needs of a card's JSON.
type document struct {
	name             string
	shown            []shownValue
	unlabelled       int // attributes without a trait_type
	image, animation address
	instead          string // the member in which it has attributes as nobody reads them; empty if it has none
}

// readDocument reads a document as a verifier does. An error says why nothing but its bytes can
// be proven: it is no JSON that can be read in one way only.
func readDocument(data []byte) (*document, error) {
	read, err := metadata.Parse(data)
	if err != nil {
		if len(files.WithoutMark(data)) < len(data) {
			err = fmt.Errorf("%w: save it as UTF-8 without a byte order mark", err)
		}
		return nil, err
	}
	d := &document{name: read.Name}
	for _, a := range read.Addresses {
		switch a.Member {
		case "image":
			d.image = address{a.Text, a.Start, a.End}
		case "animation_url":
			d.animation = address{a.Text, a.Start, a.End}
		}
	}
	for _, key := range read.Others { // what is not read as attributes is among others
		if slices.Contains([]string{"attributes", "traits", "properties"}, strings.ToLower(key)) && len(read.Attributes) == 0 && d.instead == "" {
			d.instead = key
		}
	}
	for _, a := range read.Attributes {
		if !a.HasLabel {
			d.unlabelled++
			continue
		}
		d.shown = append(d.shown, valueOf(a))
	}
	return d, nil
}

func valueOf(a metadata.Attribute) shownValue {
	v := shownValue{label: spelling.Normal(a.Label), odd: a.Odd, isDate: a.Display == "date"}
	switch a.Value.Kind {
	case metadata.Text:
		v.kind, v.text = textKind, spelling.Normal(a.Value.Text)
	case metadata.Bool:
		v.kind = boolKind
	case metadata.Number:
		v.kind = numberKind
		if n, ok := a.Value.Rat(); ok {
			v.number = n
		}
	}
	return v
}
