package main

import (
	"bytes"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup/ceremony"
	"github.com/genproof/genproof/setup/ptau"
)

// signer makes a contributor's key.
func signer(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "signing.key")
	succeed(t, "ceremony", "attest", "--new-key", file)
	return file
}

const blockHash = "0xabababababababababababababababababababababababababababababababab"

func TestCeremony_OfPhase1(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "powers")
	r := decode[ceremonyInitReport](t, succeed(t, "ceremony", "init", dir, "--power", "2", "--beacon", "ethereum:1:9", "--json"))
	if r.Power != 2 || r.Circuit != "" || len(r.Digest) != 66 {
		t.Errorf("report %+v", r)
	}
	complains(t, console.ExitTrouble, "nobody has contributed", "ceremony", "beacon", dir, "--block-hash", blockHash)
	first := decode[contributedReport](t, succeed(t, "ceremony", "contribute", dir, "--name", "Ann", "--key", signer(t), "--json"))
	if first.Number != 1 || first.Name != "Ann" {
		t.Errorf("report %+v", first)
	}
	if text := succeed(t, "ceremony", "contribute", "--name", "Bob", "--key", signer(t), dir).stdout; !strings.Contains(text, "Contribution 2") {
		t.Errorf("contribute: %s", text)
	}
	if text := succeed(t, "ceremony", "attest", dir, "1").stdout; text != string(read(t, dir, "0001", "attestation.json")) || !strings.Contains(text, first.Contribution) {
		t.Errorf("attest: %s", text)
	}
	if text := succeed(t, "ceremony", "verify", dir).stdout; !strings.Contains(text, "and open") || !strings.Contains(text, "no keys yet") {
		t.Errorf("verify: %s", text)
	}
	complains(t, console.ExitTrouble, "genproof ceremony beacon", "ceremony", "finalize", dir)
	complains(t, console.ExitTrouble, "add --block-hash", "ceremony", "beacon", dir, "--signature", "00")
	complains(t, console.ExitTrouble, "want the hash of a block", "ceremony", "beacon", dir, "--block-hash", "00")
	succeed(t, "ceremony", "beacon", dir, "--block-hash", blockHash)
	complains(t, console.ExitTrouble, "no contribution is accepted", "ceremony", "contribute", dir, "--name", "Carol", "--key", signer(t))
	if text := succeed(t, "ceremony", "finalize", dir).stdout; !strings.Contains(text, "NOT VERIFIED: compare") {
		t.Errorf("finalize: %s", text)
	}
	v := decode[ceremonyReport](t, succeed(t, "ceremony", "verify", dir, "--json"))
	if v.Verdict != "accepted" || v.State != "final" || len(v.Contributions) != 2 || v.Contributions[0] != first || v.Beacon.Value != blockHash || v.Beacon.Verified {
		t.Errorf("verify: %+v", v)
	}
}

func TestCeremonyVerify_PinpointsWhatIsWrong(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "powers")
	succeed(t, "ceremony", "init", dir, "--power", "2", "--beacon", "ethereum:1:9")
	succeed(t, "ceremony", "contribute", dir, "--name", "Ann", "--key", signer(t))
	replace(t, filepath.Join(dir, "0001", "attestation.json"), "Ann", "Eve")
	v := decode[ceremonyReport](t, expect(t, console.ExitRejected, "ceremony", "verify", dir, "--json"))
	if v.Verdict != "rejected" || v.Step != "contribution 1" || v.File != "0001/attestation.json" || !strings.Contains(v.Reason, "signature") {
		t.Errorf("verify: %+v", v)
	}
	r := expect(t, console.ExitRejected, "ceremony", "verify", dir)
	if !strings.Contains(r.stdout, "rejected: contribution 1, 0001/attestation.json: ") {
		t.Errorf("verify: %s", r.stdout)
	}
	complains(t, console.ExitTrouble, "contribution 1, 0001/attestation.json", "ceremony", "contribute", dir, "--name", "Bob", "--key", signer(t))
	expect(t, console.ExitRejected, "ceremony", "verify", t.TempDir())
}

func TestCeremony_RefusesWhatItIsAsked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "powers")
	for about, args := range map[string][]string{
		"--beacon-at TIME":       {"init", dir, "--power", "2"},
		"one beacon":             {"init", dir, "--power", "2", "--beacon", "ethereum:1:9", "--beacon-at", "2099-01-01T00:00:00Z"},
		"not a time":             {"init", dir, "--power", "2", "--beacon-at", "tomorrow"},
		"use evmnet or quicknet": {"init", dir, "--power", "2", "--beacon-at", "2099-01-01T00:00:00Z", "--drand", "default"},
		"known already":          {"init", dir, "--power", "2", "--beacon-at", "2024-01-01T00:00:00Z"},
		"either a circuit or":    {"init", dir, "--beacon", "ethereum:1:9"},
		"the powers of tau":      {"init", dir, "--beacon", "ethereum:1:9", "--circuit", "root/small"},
		"not a SHA-256":          {"init", dir, "--beacon", "ethereum:1:9", "--circuit", "root/small", "--ptau", "x", "--ptau-sha256", "00"},
		"want 1 to":              {"init", dir, "--beacon", "ethereum:1:9", "--power", "40"},
		"for one circuit":        {"init", dir, "--beacon", "ethereum:1:9", "--circuit", "all", "--ptau", "x"},
		"--rpc and --contract":   {"verify", dir, "--rpc", "http://127.0.0.1:1"},
		"--rpc and --contract ":  {"verify", dir, "--contract", "0x00000000000000000000000000000000000000c0"},
		"--new-key FILE":         {"contribute", dir, "--name", "Ann", "--key", filepath.Join(dir, "none")},
		"not a number":           {"attest", dir, "one"},
	} {
		complains(t, console.ExitTrouble, strings.TrimSpace(about), append([]string{"ceremony"}, args...)...)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a refused ceremony left a folder")
	}
}

// The round is announced of either chain, and the time is the round's.
func TestCeremony_AnnouncesRoundsOfEitherChain(t *testing.T) {
	for name, want := range map[string]string{
		"quicknet": "drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:792701812 (2099-01-01T00:00:00Z)",
		"evmnet":   "drand:04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3:781129243 (2099-01-01T00:00:01Z)",
	} {
		dir := filepath.Join(t.TempDir(), "powers")
		text := succeed(t, "ceremony", "init", dir, "--power", "2", "--beacon-at", "2099-01-01T00:00:00Z", "--drand", name).stdout
		if !strings.Contains(text, want) {
			t.Errorf("%s: got %s", name, text)
		}
	}
}

func TestCeremony_KeysArePrivateAndNeverReplaced(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "powers")
	at := time.Now().Add(48 * time.Hour).UTC().Format(time.RFC3339)
	text := succeed(t, "ceremony", "init", dir, "--power", "2", "--beacon-at", at).stdout
	if !strings.Contains(text, "drand:52db9ba7") || !strings.Contains(text, at[:13]) {
		t.Errorf("init: %s", text)
	}
	key := signer(t)
	secret := strings.TrimSpace(string(read(t, key)))
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	complains(t, console.ExitTrouble, "never replaced", "ceremony", "attest", "--new-key", key)
	complains(t, console.ExitTrouble, "not written to stdout", "ceremony", "attest", "--new-key", "-")
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	complains(t, console.ExitTrouble, "others can read", "ceremony", "contribute", dir, "--name", "Ann", "--key", key)
	bad := filepath.Join(t.TempDir(), "bad")
	write(t, bad, secret[2:])
	if r := call("", "ceremony", "contribute", dir, "--name", "Ann", "--key", bad); r.code != console.ExitTrouble || strings.Contains(r.stderr, secret[2:]) {
		t.Errorf("a bad key: %+v", r)
	}
	r := call(secret+"\n", "--log-level", "trace", "ceremony", "contribute", dir, "--name", "Ann", "--key", "-")
	if r.code != console.ExitOK || strings.Contains(r.stdout+r.stderr, secret) {
		t.Errorf("contribute: %+v", r)
	}
	for name, data := range filesOf(t, dir) {
		if strings.Contains(string(data), secret) {
			t.Errorf("%s holds the signing key", name)
		}
	}
}

// TestCeremonyReport_TellsWhatOfThePowersIsUnverified: for programs and for people.
func TestCeremonyReport_TellsWhatOfThePowersIsUnverified(t *testing.T) {
	f := &ceremony.Folder{Definition: &ceremony.Definition{Circuit: &ceremony.Circuit{ID: "root/small"}}}
	for _, why := range []string{"", "the file was cut"} {
		r := ceremonyReportOf(f, &ceremony.SRS{Unverified: why, Contributors: []string{"Ann, key 1"}}, &ceremony.Result{})
		var out bytes.Buffer
		(&program{console.Console{Stdout: &out}}).sayCeremony(r)
		if len(r.Phase1By) != 1 || !strings.Contains(out.String(), "contribution 1   Ann, key 1") {
			t.Errorf("contributors: %+v, %s", r, out.String())
		}
		if r.Phase1Not != why || strings.Contains(out.String(), "NOT VERIFIED IN FULL: the file was cut") != (why != "") {
			t.Errorf("%q: %+v, %s", why, r, out.String())
		}
	}
}

// TestWarnOfChain_IsSaidToPeople: to whoever makes PLONK keys from a file that was cut, too.
func TestWarnOfChain_IsSaidToPeople(t *testing.T) {
	for _, verified := range []bool{true, false} {
		var said bytes.Buffer
		(&program{console.Console{Name: "genproof", Stderr: &said}}).warnOfChain(&ptau.SRS{Chain: ptau.Chain{Verified: verified, Why: "it was cut"}})
		if strings.Contains(said.String(), "not verified in full: it was cut") == verified {
			t.Errorf("verified %t: %q", verified, said.String())
		}
	}
}

// TestVerifyBlock_ComesAfterTheContributions: its hash is that of the chain's, and nobody has
// contributed when it was known.
func TestVerifyBlock_ComesAfterTheContributions(t *testing.T) {
	e := evm.Start(evm.DefaultID)
	t.Cleanup(func() { e.Close() })
	e.Mine(3)
	block, err := e.HeaderByNumber(t.Context(), big.NewInt(2))
	if err != nil {
		t.Fatal(err)
	}
	made := time.Unix(int64(block.Time), 0).UTC()
	name := fmt.Sprintf("ethereum:%d:2", evm.DefaultID)
	for _, row := range []struct {
		beacon string
		hash   [32]byte
		at     time.Time
		seen   bool
		want   string
	}{
		{name, block.Hash(), made, true, ""},
		{name, block.Hash(), made.Add(time.Second), false, "contribution 1 is of"},
		{name, [32]byte{1}, made, false, "has the hash"},
		{"ethereum:1:2", [32]byte{1}, made, false, ""},
		{fmt.Sprintf("ethereum:%d:9", evm.DefaultID), block.Hash(), made, false, "does not tell block 9"},
	} {
		r := &ceremony.Result{
			Beacon:       &ceremony.Beacon{Beacon: row.beacon, Value: row.hash},
			Attestations: []*ceremony.Attestation{{Number: 1, Time: row.at.Format(time.RFC3339)}},
		}
		seen, err := verifyBlock(t.Context(), e, evm.DefaultID, r)
		if seen != row.seen || (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s at %s: seen %t, %v; want %q", row.beacon, row.at, seen, err, row.want)
		}
	}
}
