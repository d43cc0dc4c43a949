package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// A round that drand's servers tell.
const (
	oldRound          = "9337227"
	oldRoundSignature = "01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3"
)

// A drop without a contract is drawn by a round of drand, which every verifier checks.
func TestBeacon_OfDrandDrawsADropWithoutAContract(t *testing.T) {
	dir := newDrop(t)
	shown := succeed(t, "beacon", "--drop", dir, "--round", oldRound, "--signature", oldRoundSignature)
	if !strings.Contains(shown.stdout, "drand: evmnet") || strings.Contains(string(read(t, filepath.Join(dir, "drop.yaml"))), "evmnet") {
		t.Errorf("without --write: %s", shown.stdout)
	}
	r := decode[drandBeaconReport](t, succeed(t, "beacon", "--drop", dir, "--round", oldRound, "--signature", oldRoundSignature, "--write", "--json"))
	if r.Time != "2025-08-18T15:59:13Z" || !r.Written {
		t.Errorf("report %+v", r)
	}
	succeed(t, "beacon", "--drop", dir, "--round", oldRound, "--signature", oldRoundSignature, "--write") // it is there
	if c := decode[commitReport](t, succeed(t, "commit", "--drop", dir, "--keys", keys(t), "--json")); c.Beacon.Value != r.Value || c.Beacon.SelfChosen {
		t.Errorf("commit says %+v", c.Beacon)
	}
	succeed(t, "prove", "--drop", dir, "--tokens", "1", "--keys", keys(t))
	out := filepath.Join(dir, "out")
	v := decode[verifyReport](t, succeed(t, "verify", out, "--keys", keys(t), "--json"))
	found := false
	for _, x := range v.Reservations {
		found = found || x.Name == "beacon" && strings.Contains(x.Text, "drand's evmnet, round "+oldRound) && strings.Contains(x.Text, "public before")
	}
	if !found {
		t.Errorf("reservations %+v", v.Reservations)
	}
	description := filepath.Join(out, "drop.json")
	for _, change := range [][2]string{
		{`"round": ` + oldRound, `"round": 9337228`}, {oldRoundSignature[:20], "02" + oldRoundSignature[2:20]}, {`"source": "drand evmnet`, `"source": "Drand evmnet`},
	} {
		before := string(read(t, description))
		if !strings.Contains(before, change[0]) {
			t.Fatalf("drop.json has no %q", change[0])
		}
		write(t, description, strings.Replace(before, change[0], change[1], 1))
		expect(t, console.ExitRejected, "verify", out, "--keys", keys(t))
		write(t, description, before)
	}
}

func TestBeacon_RefusesOtherRounds(t *testing.T) {
	dir := newDrop(t)
	for want, args := range map[string][]string{
		"not the chain's for this round": {"--round", "9337228", "--signature", oldRoundSignature},
		"want 1 to":                      {"--round", "0", "--signature", oldRoundSignature},
		"--round":                        {"--signature", oldRoundSignature},
		"both say":                       {"--round", oldRound, "--in", "5m"},
		"not in hex":                     {"--round", oldRound, "--signature", "xyz"},
		"evmnet's have 64":               {"--round", oldRound, "--signature", "00"},
	} {
		complains(t, console.ExitTrouble, want, append([]string{"beacon", "--drop", dir}, args...)...)
	}
	replace(t, filepath.Join(dir, "drop.yaml"), "authority: ", "beacon: {drand: evmnet, round: "+oldRound+", signature: \""+oldRoundSignature[2:]+"00\"}\nauthority: ")
	complains(t, console.ExitTrouble, "the beacon:", "commit", "--drop", dir)
}
