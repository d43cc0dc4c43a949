package ptau

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

func golden(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// points are a file's points as snarkjs decodes them.
type points struct {
	TauG1, TauG2, AlphaTauG1, BetaTauG1, BetaG2 [][]string
}

func loadPoints(t *testing.T) *points {
	var p points
	if err := json.Unmarshal(golden(t, "points.json"), &p); err != nil {
		t.Fatal(err)
	}
	return &p
}

func element(t *testing.T, s string) (e fp.Element) {
	if _, err := e.SetString(s); err != nil {
		t.Fatal(err)
	}
	return e
}

func sameG1(t *testing.T, name string, got []bn254.G1Affine, want [][]string) {
	if len(got) > len(want) {
		t.Fatalf("%s: got %d points, want at most %d", name, len(got), len(want))
	}
	for i, p := range got {
		if p != (bn254.G1Affine{X: element(t, want[i][0]), Y: element(t, want[i][1])}) {
			t.Errorf("%s: point %d differs", name, i)
		}
	}
}

func sameG2(t *testing.T, name string, got []bn254.G2Affine, want [][]string) {
	for i, p := range got {
		w := bn254.G2Affine{X: bn254.E2{A0: element(t, want[i][0]), A1: element(t, want[i][1])}}
		w.Y = bn254.E2{A0: element(t, want[i][2]), A1: element(t, want[i][3])}
		if p != w {
			t.Errorf("%s: point %d differs", name, i)
		}
	}
}

// TestRead_DecodesAsSnarkjs reads a file made by snarkjs, whole, with the points it adds for
// its own phase 2, and cut by it and by us.
func TestRead_DecodesAsSnarkjs(t *testing.T) {
	want := loadPoints(t)
	for _, tc := range []struct {
		file              string
		power, filePower  int
		wantPower         int
		wantChainVerified bool
	}{
		{"small.ptau", 0, 3, 3, true},
		{"small.ptau", 3, 3, 3, true},
		{"small.ptau", 2, 3, 2, true},
		{"small.ptau", 1, 3, 1, true},
		{"prepared.ptau", 0, 3, 3, true},
		{"prepared.ptau", 1, 3, 1, true},
		{"cut.ptau", 0, 2, 2, false},
		{"cut.ptau", 1, 2, 1, false},
	} {
		path := filepath.Join("testdata", tc.file)
		srs, err := Read(t.Context(), path, Options{Power: tc.power, Digest: sha256.Sum256(golden(t, tc.file))})
		if err != nil {
			t.Fatal(err)
		}
		n := 1 << tc.wantPower
		g1, g2 := &srs.Commons.G1, &srs.Commons.G2
		if len(g1.Tau) != 2*n-1 || len(g1.AlphaTau) != n || len(g1.BetaTau) != n || len(g2.Tau) != n {
			t.Errorf("%s: got %d, %d, %d, %d points for power %d", tc.file, len(g1.Tau), len(g1.AlphaTau), len(g1.BetaTau), len(g2.Tau), tc.wantPower)
		}
		sameG1(t, "τ in G1", g1.Tau, want.TauG1)
		sameG1(t, "ατ in G1", g1.AlphaTau, want.AlphaTauG1)
		sameG1(t, "βτ in G1", g1.BetaTau, want.BetaTauG1)
		sameG2(t, "τ in G2", g2.Tau, want.TauG2)
		sameG2(t, "β in G2", []bn254.G2Affine{g2.Beta}, want.BetaG2)
		if srs.FilePower != tc.filePower || srs.Power != tc.wantPower || srs.Contributors != 2 || srs.SHA256 != sha256.Sum256(golden(t, tc.file)) {
			t.Errorf("%s: got power %d of %d, %d contributors", tc.file, srs.Power, srs.FilePower, srs.Contributors)
		}
		if srs.Chain.Verified != tc.wantChainVerified || (srs.Chain.Why == "") != tc.wantChainVerified {
			t.Errorf("%s: got chain verified %t, why %q", tc.file, srs.Chain.Verified, srs.Chain.Why)
		}
	}
}

// TestRead_TellsContributionsAsSnarkjs compares names and hashes with what snarkjs prints.
func TestRead_TellsContributionsAsSnarkjs(t *testing.T) {
	srs, err := readBytes(t, golden(t, "small.ptau"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile(`Contribution #(\d): (.*)\nNext Challenge: \n((?:\t.*\n){4})Response Hash:\n((?:\t.*\n){4})`)
	said := block.FindAllStringSubmatch(string(golden(t, "verify.txt")), -1)
	if len(said) != 3 || len(srs.Chain.Contributions) != 3 {
		t.Fatalf("snarkjs tells of %d contributions, we of %d", len(said), len(srs.Chain.Contributions))
	}
	for _, s := range said {
		c := srs.Chain.Contributions[s[1][0]-'1']
		if c.Name != s[2] || hex.EncodeToString(c.NextChallenge[:]) != compact(s[3]) || hex.EncodeToString(c.ResponseHash[:]) != compact(s[4]) {
			t.Errorf("contribution %s: got %q, %x, %x; snarkjs says %q", s[1], c.Name, c.NextChallenge, c.ResponseHash, s)
		}
		beacon := s[1] == "3"
		if c.Beacon != beacon || beacon && (c.IterationsExp != 10 || hex.EncodeToString(c.BeaconValue) != "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20") {
			t.Errorf("contribution %s: got beacon %t %x, 2^%d", s[1], c.Beacon, c.BeaconValue, c.IterationsExp)
		}
	}
}

func compact(s string) string { return strings.Join(strings.Fields(s), "") }

// TestRead_RefusesAnotherDigest pins another file.
func TestRead_RefusesAnotherDigest(t *testing.T) {
	_, err := Read(t.Context(), "testdata/small.ptau", Options{Digest: sha256.Sum256(golden(t, "cut.ptau"))})
	if !errors.Is(err, ErrDigest) {
		t.Errorf("got %v", err)
	}
}

func TestRead_RefusesALargerDomain(t *testing.T) {
	for _, power := range []int{-1, 4, 28, 64} {
		if _, err := Read(t.Context(), "testdata/small.ptau", Options{Power: power}); !errors.Is(err, ErrTooSmall) {
			t.Errorf("power %d: got %v", power, err)
		}
	}
}

func TestRead_RefusesWhatIsNoFile(t *testing.T) {
	for path, want := range map[string]string{
		"testdata": "not a regular file", "testdata/none.ptau": "no such file", os.DevNull: "not a regular file",
	} {
		if _, err := Read(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
}

// TestRead_ReportsProgress: each phase begins with 0 and ends with all.
func TestRead_ReportsProgress(t *testing.T) {
	var phases []string
	var ended bool
	_, err := readBytes(t, golden(t, "prepared.ptau"), Options{Lagrange: true, Progress: func(phase string, done, total int64) {
		if done == 0 {
			phases, ended = append(phases, phase), false
		}
		if phase != phases[len(phases)-1] || done > total || ended {
			t.Errorf("%s: %d of %d after %v", phase, done, total, phases)
		}
		ended = done == total
	}})
	if err != nil || !ended {
		t.Error(err, ended)
	}
	if got := strings.Join(phases, ", "); got != strings.Join([]string{PhaseChain, PhaseRead, PhaseSubgroup, PhasePowers, PhaseLagrange}, ", ") {
		t.Errorf("got phases %s", got)
	}
}
