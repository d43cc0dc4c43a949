package chain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
)

// maxContractURI bounds what is written into a contract, and what is read from one, in bytes.
const maxContractURI = 4096

// A collection is ERC-7572's document about a deck's contract, with a member of genproof's.
type collection struct {
	Name     string  `json:"name"`
	Genproof pointer `json:"genproof"`
}

// A pointer says where what was published of a deck is. It proves nothing: whoever has the files
// verifies them against the contract.
type pointer struct {
	Description string `json:"description"`           // ipfs:// and the CID of drop.json
	Publication string `json:"publication,omitempty"` // ipfs:// and the root of drop.car
}

// ContractURI returns ERC-7572's document of a deck, as a data URI: its name, and where its publication
// is. carRoot is the CID of its CAR, "" for none.
func ContractURI(d *bundle.Deck, carRoot string) (string, error) {
	description, err := descriptionURI(d)
	if err != nil {
		return "", err
	}
	c := collection{d.Name, pointer{Description: description}}
	if carRoot != "" {
		c.Genproof.Publication = "ipfs://" + carRoot
	}
	data, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	uri := dataURI(data)
	if len(uri) > maxContractURI {
		return "", fmt.Errorf("the collection's description is an address of %d bytes, at most %d are allowed", len(uri), maxContractURI)
	}
	return uri, nil
}

// descriptionURI is the address of a deck's drop.json, as genproof writes it.
func descriptionURI(d *bundle.Deck) (string, error) {
	data, err := d.Marshal()
	return "ipfs://" + document.CID(data), err
}

// pointerIn returns what a contract's address of ERC-7572 says of its publication, nothing if it is
// of another form.
func pointerIn(uri string) pointer {
	if len(uri) > maxContractURI {
		return pointer{}
	}
	data, err := documentIn(uri)
	var c collection
	if err != nil || json.Unmarshal(data, &c) != nil {
		return pointer{}
	}
	return c.Genproof
}

// PublicationOf returns the CID of the publication that a contract's address of ERC-7572 names, ""
// if it names none. It is its owner's word, of no weight until the publication is verified against
// the contract.
func (c *Client) PublicationOf(ctx context.Context, contract common.Address) (string, error) {
	uri, err := read(ctx, c, contract, nil, deckABI.PackContractURI(), deckABI.UnpackContractURI)
	var no *Revert
	switch {
	case errors.As(err, &no) || errors.Is(err, errNoContract):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("reading the contract's URI: %w", err)
	}
	root, ok := strings.CutPrefix(pointerIn(uri).Publication, "ipfs://")
	if !ok {
		return "", nil
	}
	return root, nil
}

// checkPointer warns of a contract that points to the description of another deck. Its owner can
// change that at any time, so it is never a fault.
func (c *Client) checkPointer(ctx context.Context, r *DeckCheckReport, o DeckCheckOptions) error {
	if !r.Status.Known {
		return nil
	}
	uri, err := read(ctx, c, r.Status.Contract, nil, deckABI.PackContractURI(), deckABI.UnpackContractURI)
	if err != nil {
		return fmt.Errorf("reading the contract's URI: %w", err)
	}
	got := pointerIn(uri).Description
	if got == "" {
		return nil
	}
	want, err := descriptionURI(o.Deck)
	if err != nil {
		return err
	}
	if got != want {
		r.Warnings = append(r.Warnings, fmt.Sprintf("OTHER DESCRIPTION: the contract's URI names %.100q as the deck's description, and the one judged here is %s.", got, want))
	}
	return nil
}
