//go:build js

package main

import (
	"reflect"
	"strconv"
	"strings"
	"syscall/js"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

// An answer is a verdict and what a page shows beside it.
type answer struct {
	Verdict any    `json:"verdict"` // FORMAT.md of package bundle, sections 14 to 17
	Line    string `json:"line"`    // all of it in one line, as the command line says it
	Meaning string `json:"meaning"` // what a verdict that holds says, and does not
	// Hidden are the names of attributes that are proven about and not shown.
	Hidden []string `json:"hidden"`
	// Documents are what the documents of a drawn drop's tokens say, in the verdict's order: a
	// deck's verdict says it itself.
	Documents []document `json:"documents,omitempty"`
	// For and Expires are whom a claim is for and until when, in words, and Checks say who has to
	// look at that.
	For     string   `json:"for,omitempty"`
	Expires string   `json:"expires,omitempty"`
	Checks  []string `json:"checks,omitempty"`
	// Attested and Approved are what is said of attestations and of promised approvals, in the verdict's order.
	Attested []attestedLine `json:"attested"`
	Approved []string       `json:"approved"`
}

// A document has the keys of a card in a deck's verdict. All attributes of a drawn token's
// document are its own: the template has no room for others.
type document struct {
	Name       string              `json:"name"`
	Attributes []verdict.Attribute `json:"attributes"`
	Words      []string            `json:"authors_words"`
	Addresses  []verdict.Address   `json:"addresses"`
}

func answerOfDeck(p *publication.Publication, v *verdict.Deck) (string, error) {
	hidden := []string{}
	for _, a := range p.Deck.BySlot() {
		if a != nil && a.Visibility == bundle.Hidden {
			hidden = append(hidden, a.Name)
		}
	}
	return textOf(answer{Verdict: v, Line: v.Line(), Meaning: v.Meaning(), Hidden: hidden, Attested: linesOf(v.Attestations), Approved: approvalsOf(v.Approvals)}), nil
}

func answerOfDrop(p *publication.Publication, v *verdict.Drawn) (string, error) {
	a := answer{Verdict: v, Line: v.Line(), Meaning: v.Meaning(), Hidden: []string{}, Attested: linesOf(v.Attestations), Approved: []string{}}
	a.Hidden = append(append(a.Hidden, bundle.HiddenNames(p.Description.Traits)...), bundle.HiddenNames(p.Description.Claims)...)
	for i, t := range v.Tokens {
		d := document{Attributes: []verdict.Attribute{}, Words: []string{}, Addresses: []verdict.Address{}}
		if t.Verdict.Holds() {
			d.read(p, i)
		}
		a.Documents = append(a.Documents, d)
	}
	return textOf(a), nil
}

// read fills in what the document of a bundle that holds says.
func (d *document) read(p *publication.Publication, i int) {
	b, err := p.Bundles[i].Bundle()
	if err != nil {
		return
	}
	parsed, err := metadata.Parse([]byte(b.Document))
	if err != nil {
		return
	}
	d.Name, d.Words = parsed.Name, append(d.Words, parsed.Others...)
	for _, a := range parsed.Attributes {
		d.Attributes = append(d.Attributes, verdict.Attribute{Label: a.Label, Value: a.Value.Text})
	}
	for _, a := range parsed.Addresses {
		d.Addresses = append(d.Addresses, verdict.Address{Member: a.Member, Address: a.Text, Fixed: metadata.IsFixed(a.Text)})
	}
}

// answerOf answers with the verdict on a claim or a disclosure.
func answerOf(v interface {
	Line() string
	Meaning() string
}) (string, error) {
	a := answer{Verdict: v, Line: v.Line(), Meaning: v.Meaning(), Hidden: []string{}, Attested: []attestedLine{}, Approved: []string{}}
	if c, ok := v.(*verdict.Claim); ok {
		a.For, a.Expires, a.Checks = c.Audience.Said(), c.Audience.Expires(), c.Audience.Checks()
	}
	return textOf(a), nil
}

func rejected(err error) (string, error) {
	v := verdict.Reject(err.Error())
	return textOf(answer{Verdict: v, Line: v.Line(), Meaning: v.Meaning(), Hidden: []string{}, Attested: []attestedLine{}, Approved: []string{}}), nil
}

// textOf writes a value as JSON, which the page's own JSON.stringify does: encoding/json would
// be a twentieth of the program.
func textOf(v any) string {
	return js.Global().Get("JSON").Call("stringify", valueOf(reflect.ValueOf(v))).String()
}

// maxNumber is the largest number that a page has exactly: larger ones are texts.
const maxNumber = 1<<53 - 1

// valueOf makes a value the page's own: an object has the keys that tags name.
func valueOf(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return valueOf(v.Elem())
	case reflect.Struct:
		o := js.Global().Get("Object").New()
		for i := range v.NumField() {
			name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if option != "omitempty" || !v.Field(i).IsZero() {
				o.Set(name, valueOf(v.Field(i)))
			}
		}
		return o
	case reflect.Map:
		o := js.Global().Get("Object").New()
		for each := v.MapRange(); each.Next(); {
			o.Set(each.Key().String(), valueOf(each.Value()))
		}
		return o
	case reflect.Slice:
		a := js.Global().Get("Array").New()
		for i := range v.Len() {
			a.SetIndex(i, valueOf(v.Index(i)))
		}
		return a
	case reflect.String:
		return v.String()
	case reflect.Uint64:
		if v.Uint() > maxNumber {
			return strconv.FormatUint(v.Uint(), 10)
		}
	}
	return v.Interface() // numbers, true and false
}
