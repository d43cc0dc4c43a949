package main

import (
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) updateVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "update", ArgsUsage: "[FOLDER]", Usage: "give minted tokens of yours their proven documents under the drop's next template",
		Description: "The folder is what genproof prove wrote, or somebody published, of the drop with that template. Its tokens that are not yours are left out.\nWhat does not verify updates nothing. The default folder is out in the drop's.",
		Flags: append(senderFlags(), dropFlag(), keysFlag(), beaconContractFlag(), allowUnsafeFlag(),
			&cli.StringFlag{Name: "tokens", Value: "all", Usage: "the tokens: 1-20,25, or all of yours that are in the folder"}),
		Action: p.update,
	})
}

type updateReport struct {
	ChainID  uint64   `json:"chain_id"`
	Contract string   `json:"contract"`
	Updated  []uint64 `json:"updated"`
	Present  []uint64 `json:"present"`
	Others   []uint64 `json:"not_yours"` // held by others, burned, or not minted
	Txs      []string `json:"transactions"`
	Gas      uint64   `json:"gas"`
	Journal  string   `json:"journal"`
}

func (p *program) update(c *cli.Context) error {
	args, err := console.Operands(c, 0, 1)
	if err != nil {
		return err
	}
	dir := filepath.Join(c.String("drop"), "out")
	if len(args) == 1 {
		dir = args[0]
	}
	published, err := p.openPublication(c, dir, "", "")
	if err != nil {
		return err
	}
	defer published.Close()
	tokens, err := p.verified(c, dir, published, "updated")
	if err != nil {
		return err
	}
	s, err := p.sending(c)
	if err != nil {
		return err
	}
	vouch(c, s.Client, published.Description.Circuit)
	if err := s.MayUse(published.Key); err != nil {
		return unsafeKeyHint(err)
	}
	o := chain.UpdateOptions{OwnOnly: c.String("tokens") == "all", Progress: p.counter("updating")}
	if o.Contract, err = beaconContract(c, &published.Description.Beacon, s.Client); err != nil {
		return err
	}
	done, err := s.Update(c.Context, tokens, o)
	if err != nil {
		return unsafeKeyHint(err)
	}
	if s.dry {
		return p.sayEstimate(s)
	}
	return p.sayUpdated(updateReport{
		ChainID: s.ChainID, Contract: o.Contract.Hex(), Updated: listed(done.Updated), Present: listed(done.Present), Others: listed(done.Others),
		Txs: hexHashes(done.Txs), Gas: done.Gas, Journal: s.Journal.Path,
	})
}

// listed is a list that JSON shows as one if it is empty.
func listed(ids []uint64) []uint64 { return append([]uint64{}, ids...) }

func (p *program) sayUpdated(r updateReport) error {
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s updated in %s, %d up to date before, %d not yours to update, %d gas", counted(len(r.Updated), "token"), counted(len(r.Txs), "transaction"), len(r.Present), len(r.Others), r.Gas)
	p.Table([]string{"  mint contract", r.Contract}, []string{"  journal", r.Journal})
	p.Say("Next: genproof verify out --rpc …")
	return nil
}
