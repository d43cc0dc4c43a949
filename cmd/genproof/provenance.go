package main

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/setup/drand"
)

// unsafeKey is said wherever a key of one machine's setup shows.
const unsafeKey = "UNSAFE KEY: made on one machine for development; whoever made it can forge proofs. Never use it for anything of value."

// originText is where a key comes from, for people; the JSON reports have the short form.
func originText(from string) string {
	p, err := provenance.Parse(from)
	if err != nil {
		return "of unknown origin"
	}
	switch p.Kind {
	case provenance.Ceremony:
		return fmt.Sprintf("from a ceremony of %s, transcript sha256 %x, beacon %s", contributors(p.Contributors), p.Digest, beaconOrigin(p.Beacon))
	case provenance.Universal:
		return fmt.Sprintf("from a universal setup of %s, powers of tau sha256 %x", contributors(p.Contributors), p.Digest)
	}
	return p.String()
}

func contributors(n int) string {
	return counted(n, "contributor")
}

// beaconOrigin reads the third part of a ceremony's provenance.
func beaconOrigin(beacon string) string {
	part := strings.Split(beacon, ":")
	if part[0] == "ethereum" {
		return fmt.Sprintf("block %s of chain %s", part[2], part[1])
	}
	if hash, err := hex.DecodeString(part[1]); err == nil && drand.Name([32]byte(hash)) != "" {
		return fmt.Sprintf("drand %s round %s", drand.Name([32]byte(hash)), part[2])
	}
	return fmt.Sprintf("drand round %s of chain %s", part[2], part[1])
}

// origin is originText, and whose word it is: claimed says that it is the publisher's only.
func origin(from string, claimed bool) string {
	if claimed {
		return "said to be " + originText(from)
	}
	return originText(from)
}

// sayProvenance warns of keys whose maker can forge proofs, and names where others come from.
func (p *program) sayProvenance(from string, claimed bool) {
	parsed, err := provenance.Parse(from)
	switch {
	case err != nil: // nothing is known
	case !parsed.Safe():
		p.Say("%s", unsafeKey)
	default:
		p.Say("The verifying key is %s.", origin(from, claimed))
		if parsed.Contributors == 1 {
			p.Say("ONE CONTRIBUTOR: who has not forgotten the secret can forge proofs.")
		}
	}
}

// sayUnsafe is sayProvenance where the origin of a safe key has been shown.
func (p *program) sayUnsafe(from string) {
	if from == provenance.UnsafeDevelopment {
		p.Say("%s", unsafeKey)
	}
}
