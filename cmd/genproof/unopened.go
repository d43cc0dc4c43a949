package main

import (
	"fmt"
	"path/filepath"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

// openedDrop is loadDrop for what depends on the draws: proofs, receipts, images. It refuses a drop whose
// contract is deployed and not open yet: the contract's beacon will draw other traits.
func (p *program) openedDrop(dir string) (*drop.Drop, error) {
	d, err := p.loadDrop(dir)
	if err != nil {
		return nil, err
	}
	return d, unopened(dir, d)
}

// unopened reports, as an error, a drop that the journal in its folder knows to be deployed, and that
// names no beacon.
func unopened(dir string, d *drop.Drop) error {
	if !d.Beacon.SelfChosen() {
		return nil
	}
	entries, err := (&chain.Journal{Path: filepath.Join(dir, journalFile)}).Entries()
	if err != nil {
		return err
	}
	var last *chain.Entry
	for i, e := range entries {
		if e.Event == chain.EventContract && e.State == chain.StateMined {
			last = &entries[i]
		}
	}
	if last == nil {
		return nil
	}
	return console.Hint(fmt.Errorf("the drop's contract %s on chain %d is not open yet as far as %s says: what is drawn now, the contract will not take", last.Contract.Hex(), last.ChainID, drop.DefinitionFile),
		"genproof open --rpc … --key-file … --write; if it was deployed on trial, take "+journalFile+" out of the drop's folder")
}
