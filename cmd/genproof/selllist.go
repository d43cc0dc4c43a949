package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func listFlag() cli.Flag {
	return &cli.StringFlag{Name: "list", Usage: "the allow list: a `FILE` of genproof sell list or of OpenZeppelin's merkle-tree over (address, uint256), or its root, 0x and 64 hex digits"}
}

func (p *program) sellListVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "list", ArgsUsage: "FILE.csv", Usage: "make an allow list of a table: who may mint how many tokens before everybody",
		Description: "The table has the columns account and allowance. The list is what OpenZeppelin's merkle-tree library dumps, and loads again.",
		Flags:       []cli.Flag{&cli.StringFlag{Name: "out", Usage: "the new `FILE` of the list", Required: true}},
		Action:      p.sellList,
	})
}

type listReport struct {
	File     string `json:"file"`
	Root     string `json:"root"`
	Accounts int    `json:"accounts"`
	Tokens   uint64 `json:"tokens"` // granted in all
}

func (p *program) sellList(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	r := listReport{File: c.String("out")}
	if err := absent(r.File); err != nil {
		return err
	}
	allowances, err := readAllowances(args[0])
	if err != nil {
		return err
	}
	list, err := chain.NewAllowList(allowances)
	if err != nil {
		return err
	}
	data, err := list.Marshal()
	if err != nil {
		return err
	}
	if err := files.Write(r.File, append(data, '\n'), files.Public); err != nil {
		return err
	}
	root := list.Root()
	r.Root, r.Accounts = hexOf(root[:]), len(allowances)
	for _, a := range allowances {
		r.Tokens += a.Tokens
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s may mint %s by the list", counted(r.Accounts, "account"), counted(int(r.Tokens), "token"))
	p.Table([]string{"  root", r.Root}, []string{"  list", r.File})
	p.Say("Publish the file: buyers need it for genproof sell proof. Next: genproof sell open --list %s, by the deck's author", r.File)
	return nil
}

// readAllowances reads a table of the columns account and allowance. An allowance is of 32 bits, as a
// list's sum then is of 64.
func readAllowances(path string) (list []chain.Allowance, err error) {
	seen := map[[20]byte]bool{}
	err = eachPair(path, [2]string{"account", "allowance"}, func(r *pairReader, fields [2]string) error {
		account, err := r.account(0, fields[0])
		if err != nil {
			return err
		}
		if seen[account] {
			return r.wrong(0, "%s stands here a second time", bundle.FormatAddress(account))
		}
		tokens, err := r.count(1, fields[1], math.MaxUint32)
		if err != nil {
			return err
		}
		if len(list) == chain.MaxAllowances {
			return r.wrong(0, "more than %d accounts", chain.MaxAllowances)
		}
		seen[account], list = true, append(list, chain.Allowance{Account: account, Tokens: tokens})
		return nil
	})
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%s names no account", path)
	}
	return list, err
}

// readList reads the file of an allow list.
func readList(path string) (*chain.AllowList, error) {
	data, err := files.Read(path, chain.MaxAllowListBytes)
	if err != nil {
		return nil, err
	}
	list, err := chain.ParseAllowList(data)
	if err != nil {
		return nil, console.Hint(fmt.Errorf("%s: %w", path, err), "genproof sell list makes such a file of a table")
	}
	return list, nil
}

// listRoot reads what --list names: a root, or the file of a list.
func listRoot(given string) (root [32]byte, err error) {
	if b, err := hex.DecodeString(strings.TrimPrefix(given, "0x")); err == nil && len(b) == len(root) {
		return [32]byte(b), nil
	}
	list, err := readList(given)
	if errors.Is(err, fs.ErrNotExist) {
		return root, console.Hint(fmt.Errorf("--list: %.80q is neither a root nor a file", given), "write 0x and 64 hex digits, or the name of a list's file")
	}
	if err != nil {
		return root, err
	}
	return list.Root(), nil
}

func (p *program) sellProofVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "proof", ArgsUsage: "LIST ADDRESS", Usage: "how many tokens an allow list grants an account, and the path that mint wants",
		Action: p.sellProof,
	})
}

type listProofReport struct {
	Account string   `json:"account"`
	Tokens  uint64   `json:"allowance"`
	Path    []string `json:"path"`
	Root    string   `json:"root"`
}

func (p *program) sellProof(c *cli.Context) error {
	args, err := console.Operands(c, 2, 2)
	if err != nil {
		return err
	}
	account, err := contractAddress(args[1])
	if err != nil {
		return err
	}
	list, err := readList(args[0])
	if err != nil {
		return err
	}
	tokens, path, err := list.Path(account)
	if err != nil {
		return err
	}
	root := list.Root()
	r := listProofReport{bundle.FormatAddress(account), tokens, []string{}, hexOf(root[:])}
	for _, node := range path {
		r.Path = append(r.Path, hexOf(node[:]))
	}
	if p.JSON {
		return p.Report(r)
	}
	options := fmt.Sprintf("--allowance %d", tokens)
	if len(path) > 0 {
		options += " --list-proof " + strings.Join(r.Path, ",")
	}
	p.Say("%s", options)
	return nil
}
