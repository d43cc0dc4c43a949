package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// requireAll names every reservation, those of later versions too.
const requireAll = "all"

// requireAttestation and who has to vouch: ed25519:HEX or eip155:CHAIN:ADDRESS.
const requireAttestation = "attestation:"

// requirements are what --require can name besides reservations: each says what has to be there
// instead of one.
var requirements = map[string]string{
	"key:ceremony": "key",    // the key's ceremony is pinned in this program, or was verified by its user
	"beacon:chain": "beacon", // the randomness is a contract's, and was compared with it
}

// requirementNames lists what --require can name.
func requirementNames() []string {
	names := []string{requireAll}
	for name := range requirements {
		names = append(names, name)
	}
	slices.Sort(names[1:])
	return append(append(names, requireAttestation+"KEY"), verifier.ReservationNames()...)
}

// checkRequired refuses names that are none, before anything is looked at.
func checkRequired(list string) error {
	if list == "" {
		return nil
	}
	for _, name := range strings.Split(list, ",") {
		_, more := requirements[name]
		attester, attested := strings.CutPrefix(name, requireAttestation)
		if name == requireAll || more || attested && attester != "" || slices.Contains(verifier.ReservationNames(), name) {
			continue
		}
		return console.Hint(fmt.Errorf("there is no reservation %.80q", name), "use some of "+strings.Join(requirementNames(), ", "))
	}
	return nil
}

// required returns what a list names and what is not met: reservations that are left, by their own
// names, and who has not attested.
func required(list string, left []verdict.Reservation, attested ...string) (unmet []string, err error) {
	if err := checkRequired(list); err != nil || list == "" {
		return nil, err
	}
	for _, name := range strings.Split(list, ",") {
		if attester, is := strings.CutPrefix(name, requireAttestation); is {
			if !slices.Contains(attested, attester) {
				unmet = append(unmet, name)
			}
			continue
		}
		asked := name
		if instead, more := requirements[name]; more {
			asked = instead
		}
		for _, r := range left {
			switch {
			case name == requireAll:
				unmet = append(unmet, r.Name)
			case r.Name == asked:
				unmet = append(unmet, name)
			}
		}
	}
	return unmet, nil
}
