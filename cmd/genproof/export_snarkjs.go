package main

import (
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/verifier/groth16"
)

func (p *program) exportVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "export", Usage: "write proofs and keys for other tools",
		Subcommands: []*cli.Command{p.Verb(&cli.Command{
			Name: "snarkjs", ArgsUsage: "PATH", Usage: "write verification_key.json, proof.json and public.json of one token",
			Description: "PATH is an output folder, a CAR of one, or a bundle (then with --drop). Check with\nsnarkjs groth16 verify verification_key.json public.json proof.json",
			Flags: append(publishedFlags(),
				&cli.Uint64Flag{Name: "token", Usage: "the token, where there are several"},
				&cli.StringFlag{Name: "out", Value: "snarkjs", Usage: "the `FOLDER` for the three files"}),
			Action: p.exportSnarkjs,
		}), p.exportSolidityVerb(), p.exportCardVerb(), p.exportRowsVerb()},
	})
}

func (p *program) exportSnarkjs(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	s, err := p.openPublication(c, args[0], c.String("drop"), c.String("key"))
	if err != nil {
		return err
	}
	defer s.Close()
	find := s.Only
	if c.IsSet("token") {
		find = func() (*bundle.Bundle, error) { return s.Token(c.Uint64("token")) }
	}
	b, err := find()
	if err != nil {
		return console.Hint(err, "name one with --token; genproof verify lists what is there")
	}
	vk, err := groth16Key(s.Key)
	if err != nil {
		return err
	}
	proof, err := groth16.ParseProof(b.Proof)
	if err != nil {
		return err
	}
	inputs := b.Statement.Vector()
	if err := vk.Verify(inputs[:], proof); err != nil {
		return console.Hint(err, "genproof verify tells more")
	}
	out := c.String("out")
	values := map[string]any{"verification_key.json": snarkjsKey(vk), "proof.json": snarkjsProof(proof), "public.json": decimals(inputs[:])}
	if err := writeJSONs(out, values); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"folder": out, "id": b.Statement.ID, "provenance": s.Description.Key.Provenance})
	}
	p.Say("token %d: verification_key.json, proof.json and public.json are in %s", b.Statement.ID, out)
	p.sayProvenance(s.Description.Key.Provenance, true)
	return nil
}

func writeJSONs(dir string, values map[string]any) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var errs []error
	for name, v := range values {
		data, err := json.MarshalIndent(v, "", " ")
		if err == nil {
			err = files.Write(filepath.Join(dir, name), append(data, '\n'), files.Public)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// What follows is snarkjs's JSON: numbers in decimal, points projective with z = 1, an
// extension field element with its real part first, which is the EVM's order turned round.

func snarkjsKey(vk *groth16.VerifyingKey) map[string]any {
	points := make([][3]string, len(vk.K))
	for i := range vk.K {
		points[i] = snarkjsG1(&vk.K[i])
	}
	return map[string]any{
		"protocol": "groth16", "curve": "bn128", "nPublic": len(vk.K) - 1, "IC": points,
		"vk_alpha_1": snarkjsG1(&vk.Alpha), "vk_beta_2": snarkjsG2(&vk.Beta), "vk_gamma_2": snarkjsG2(&vk.Gamma), "vk_delta_2": snarkjsG2(&vk.Delta),
	}
}

func snarkjsProof(p *groth16.Proof) map[string]any {
	return map[string]any{
		"protocol": "groth16", "curve": "bn128", "pi_a": snarkjsG1(&p.Ar), "pi_b": snarkjsG2(&p.Bs), "pi_c": snarkjsG1(&p.Krs),
	}
}

func snarkjsG1(p *bn254.G1Affine) [3]string { return [3]string{decimal(&p.X), decimal(&p.Y), "1"} }

func snarkjsG2(p *bn254.G2Affine) [3][2]string {
	return [3][2]string{{decimal(&p.X.A0), decimal(&p.X.A1)}, {decimal(&p.Y.A0), decimal(&p.Y.A1)}, {"1", "0"}}
}

// decimal: the element's own String writes large numbers as small negative ones.
func decimal(e interface{ BigInt(*big.Int) *big.Int }) string { return e.BigInt(new(big.Int)).String() }

func decimals(list []fr.Element) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = decimal(&list[i])
	}
	return out
}
