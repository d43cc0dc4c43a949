package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"regexp"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain/verifiercode"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/anykey"
	"github.com/genproof/genproof/verifier/plonk"
)

func (p *program) lintVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "lint", ArgsUsage: "FILE|ADDRESS", Usage: "look for faults in any Groth16 verifying key over BN254, whoever made it",
		Description: "FILE is snarkjs's verification_key.json, a key of gnark or genproof, a verifier in Solidity as snarkjs or gnark writes it, or a verifier's code in hex.\n" +
			"ADDRESS is a verifier's, with --rpc. No lint shows who knows a key's secrets. Exit codes: 0 no fault shows, 1 a fault shows, 2 no key was found.",
		Flags:  append(nodeFlags(), &cli.IntFlag{Name: "inputs", Value: -1, DefaultText: "not looked at", Usage: "the `NUMBER` of public inputs that the key must have"}),
		Action: p.lint,
	})
}

// A lintReport is what was found of a key.
type lintReport struct {
	Source      string        `json:"source"` // the file or address
	Form        string        `json:"form"`   // what the key was read from
	Inputs      int           `json:"public_inputs"`
	Commitments int           `json:"commitments"` // of gnark's extension
	Digest      string        `json:"digest"`      // SHA-256 of the key in genproof's form, empty if it has none
	Faults      []faultReport `json:"faults"`
	NotShown    []string      `json:"not_shown"`
}

type faultReport struct {
	Points []string `json:"points"` // that it is about
	Text   string   `json:"text"`
}

// unlinted is what no look at a key shows.
const unlinted = "a lint is no proof of a ceremony: whoever kept the secrets of this key's setup can forge proofs, and nothing in a key shows that"

func (p *program) lint(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	if c.IsSet("inputs") && (c.Int("inputs") < 0 || c.Int("inputs") >= anykey.MaxPoints) {
		return console.Hint(fmt.Errorf("no key has %d public inputs", c.Int("inputs")), "leave --inputs out, or name 0 or more")
	}
	v, err := p.lintSubject(c, args[0])
	if err != nil {
		return err
	}
	r := lintReportOf(args[0], v, c.Int("inputs"))
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayLint(r)
	}
	if err == nil && len(r.Faults) > 0 {
		err = console.ErrRejected
	}
	return err
}

// lintSubject finds the key in a file or at an address. A file that has the name of an
// address is a file.
func (p *program) lintSubject(c *cli.Context, where string) (*verifiercode.Verifier, error) {
	if _, err := os.Lstat(where); err != nil && isAddress(where) {
		return p.lintContract(c, where)
	}
	if c.String("rpc") != "" || c.String("rpc-file") != "" {
		return nil, console.Hint(fmt.Errorf("%s is no address", where), "write 0x and 40 hex digits, or leave --rpc out")
	}
	data, err := p.readFile(where, anykey.MaxBytes)
	switch {
	case err != nil:
		return nil, err
	case plonk.IsKey(data):
		return nil, console.Hint(fmt.Errorf("%s is a key of PLONK, and lint judges those of Groth16", where), "genproof inspect refuses a PLONK key with a fault")
	}
	if code := hexCode(data); code != nil {
		return namedVerifier(where)(verifiercode.Read(code))
	}
	k, err := anykey.Read(data)
	if err != nil {
		return nil, console.Hint(fmt.Errorf("%s: %w", where, err), "lint knows "+lintForms)
	}
	return &verifiercode.Verifier{Key: k}, nil
}

const lintForms = "snarkjs's verification_key.json, keys of gnark and genproof, verifiers that snarkjs and gnark write, and a verifier's code in hex"

func (p *program) lintContract(c *cli.Context, where string) (*verifiercode.Verifier, error) {
	client, err := p.reading(c)
	if err != nil {
		return nil, err
	}
	at, err := contractAddress(where)
	if err != nil {
		return nil, err
	}
	code, err := client.Code(c.Context, at)
	if err != nil {
		return nil, err
	}
	return namedVerifier(where)(verifiercode.Read(code))
}

// namedVerifier says where code was that is not recognised.
func namedVerifier(where string) func(*verifiercode.Verifier, error) (*verifiercode.Verifier, error) {
	return func(v *verifiercode.Verifier, err error) (*verifiercode.Verifier, error) {
		if errors.Is(err, verifiercode.ErrUnknown) {
			err = console.Hint(fmt.Errorf("%s: %w", where, err), "nothing was judged; lint the key's own file, the verifier's source, or the contract that a proxy or a mint contract calls")
		}
		return v, err
	}
}

func isAddress(s string) bool { return regexp.MustCompile(`^0[xX][0-9a-fA-F]{40}$`).MatchString(s) }

// hexCode is what a file of hex digits stands for, with or without 0x, nil if it is none.
func hexCode(data []byte) []byte {
	digits := bytes.TrimPrefix(bytes.TrimSpace(data), []byte("0x"))
	code, err := hex.DecodeString(string(digits))
	if err != nil || len(code) == 0 {
		return nil
	}
	return code
}

func lintReportOf(source string, v *verifiercode.Verifier, inputs int) *lintReport {
	k := v.Key
	r := &lintReport{Source: source, Form: k.Form, Inputs: k.NbInputs(), Commitments: k.Commitments, Faults: []faultReport{}, NotShown: []string{unlinted}}
	if digest, ok := k.Digest(); ok {
		r.Digest = hexOf(digest[:])
	}
	faults := append(k.Faults(), v.Faults...)
	if inputs >= 0 && inputs != r.Inputs {
		faults = append(faults, groth16.Fault{Text: fmt.Sprintf("it has %d public inputs, want %d", r.Inputs, inputs)})
	}
	for _, f := range faults {
		r.Faults = append(r.Faults, faultReport{append([]string{}, f.Points...), f.Text})
	}
	r.NotShown = append(r.NotShown, "of which circuit the key is, and whether that circuit says what is claimed of it")
	if k.Unseen != "" {
		r.NotShown = append(r.NotShown, k.Unseen)
	}
	return r
}

func (p *program) sayLint(r *lintReport) {
	commitments := ""
	if r.Commitments > 0 {
		commitments = ", " + counted(r.Commitments, "commitment")
	}
	p.Say("%s: %s, %s%s", r.Source, r.Form, counted(r.Inputs, "public input"), commitments)
	if r.Digest != "" {
		p.Say("  digest %s", r.Digest)
	}
	for i, f := range r.Faults {
		if i == maxLines {
			p.Say("  and %d more (all with --json)", len(r.Faults)-maxLines)
			break
		}
		p.Say("  FAULT: %s", f.Text)
	}
	for _, what := range r.NotShown {
		p.Say("NOT SHOWN: %s", what)
	}
	if len(r.Faults) > 0 {
		p.Say("rejected: %s", counted(len(r.Faults), "fault"))
	} else {
		p.Say("no fault shows")
	}
}
