package genproof

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// maxPackages bounds what the program that reads secrets and keys is made of.
const maxPackages = 820

// unwanted are an Ethereum node's database, error reporter, profiler and peer-to-peer stack,
// and what belongs to the benchmarks and to the studio.
var unwanted = regexp.MustCompile(`/pebble|sentry-go|/pion/|pyroscope|goleveldb|go-ethereum/(node|eth|p2p|internal/flags)$|go-chart|^github\.com/genproof/genproof/(bench|service)|insecureptau|nats-io|go-chi|danielgtaylor|prometheus/client_golang/prometheus/promhttp`)

// TestLinks_TheProgramLinksWhatItNeeds holds what the program with the secrets is made of.
func TestLinks_TheProgramLinksWhatItNeeds(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./cmd/genproof").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Fields(string(out))
	if len(packages) > maxPackages {
		t.Errorf("genproof is made of %d packages, want at most %d: go list -deps ./cmd/genproof", len(packages), maxPackages)
	}
	for _, p := range packages {
		if unwanted.MatchString(p) {
			t.Errorf("genproof links %s: go mod why %s", p, p)
		}
	}
}
