package main

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/verifier/key"
)

// deployMetadata deploys the contract of --metadata about a verifier and its key; nil without it.
func deployMetadata(c *cli.Context, s *sender, circuit string, verifier common.Address, keyDigest [32]byte) (*deployedReport, error) {
	if !c.Bool("metadata") {
		return nil, nil
	}
	m, err := chain.MetadataOf(circuit, verifier, keyDigest)
	if err != nil {
		return nil, err
	}
	d, err := s.DeployMetadata(c.Context, m)
	if err != nil {
		return nil, err
	}
	report := deployedOf(d)
	return &report, nil
}

// checkMetadata adds to faults in what the contract of --metadata differs from what is published.
func checkMetadata(c *cli.Context, client *chain.Client, circuit string, verifier common.Address, vk key.Verifying, faults *[]string) error {
	at := c.String("metadata")
	if at == "" {
		return nil
	}
	contract, err := contractAddress(at)
	if err != nil {
		return err
	}
	want, err := chain.MetadataOf(circuit, verifier, vk.Digest())
	if err != nil {
		return err
	}
	found, err := client.CheckMetadata(c.Context, contract, want)
	*faults = append(*faults, found...)
	return err
}
