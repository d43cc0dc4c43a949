package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

// Round 6390578 of drand's evmnet, as the League published it.
const (
	pastRound      = "/04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3/public/6390578"
	pastTime       = "2025-05-08T08:26:46Z"
	pastSignature  = "0d0d705983f50d6a2846e77d8d12a238f0be277a2307eb3e0d5206dc6765b0f91f04e596e3b28295086e8fda9047d40d37f7c2d8fb2f6686839101692e4f5f13"
	pastRandomness = "0x466262e8cb50407310fa05024bff96e52a8c701e7f6b209ac5cdbdf01cf903f2"
)

// pastDrop is a drop, and a chain whose clock will show an hour before round 6390578 when
// the drop's contract is deployed there as the third.
func pastDrop(t *testing.T, chainID uint64) (dir string, sender []string) {
	t.Helper()
	account, err := chain.ParseAccount([]byte(privateKey), "")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, pastTime)
	if err != nil {
		t.Fatal(err)
	}
	return chainDrop(t, listen(t, evm.StartAt(chainID, at.Add(-time.Hour-3*time.Second), account.Address)))
}

func deployOptions(t *testing.T, dir string, more ...string) []string {
	t.Helper()
	return append([]string{"--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir()}, more...)
}

func TestDeploy_WithDrandsEvmnet(t *testing.T) {
	dir, sender := pastDrop(t, evm.DefaultID)
	options := deployOptions(t, dir, "--beacon", "evmnet", "--beacon-delay", "3600")
	estimate := decode[map[string]any](t, succeed(t, with("deploy", sender, append(options, "--dry-run", "--json")...)...))
	if n := len(estimate["transactions"].([]any)); n != 3 || estimate["gas"].(float64) < 5e6 {
		t.Errorf("estimate %v", estimate)
	}
	first := decode[deployReport](t, succeed(t, with("deploy", sender, append(options, "--json")...)...))
	if b := first.Beacon; b.Kind != "evmnet" || b.Round != 6390578 || b.Time != pastTime || b.Deployed == nil || b.Deployed.Reused || b.Contract != b.Deployed.Address {
		t.Fatalf("beacon %+v", b)
	}
	again := succeed(t, with("deploy", sender, options...)...)
	if !strings.Contains(again.stdout, "The beacon's entropy will come from round 6390578 of drand's evmnet, of "+pastTime) || strings.Count(again.stdout, "there already") != 3 {
		t.Errorf("again: %s", again.stdout)
	}
	if status := succeed(t, "status", "--drop", dir, "--rpc", sender[3]).stdout; !strings.Contains(status, "not fixed; it will come from round 6390578 of drand's evmnet") {
		t.Errorf("status: %s", status)
	}
	complains(t, console.ExitTrouble, "--drand https://api.drand.sh, or the signature that https://api.drand.sh"+pastRound, with("open", sender)...)
	complains(t, console.ExitTrouble, "not in hex", with("open", sender, "--signature", "xyz")...)
	complains(t, console.ExitTrouble, "leave one", with("open", sender, "--signature", "00", "--drand", drandServer)...)
	wrong := "01" + pastSignature[2:]
	complains(t, console.ExitTrouble, "not a point of its group", with("open", sender, "--signature", wrong)...)
	opened := decode[openReport](t, succeed(t, with("open", sender, "--signature", "0x"+pastSignature, "--write", "--json")...))
	if opened.Entropy != pastRandomness || opened.Source != "drand evmnet round 6390578" {
		t.Errorf("opened %+v", opened)
	}
	if d, err := drop.Load(dir); err != nil || hexElement(d.Beacon.Value) != opened.Value {
		t.Errorf("drop.yaml's beacon: %+v, %v", d.Beacon, err)
	}
	succeed(t, setsTemplate(sender)...)
	r := decode[contractReport](t, succeed(t, "verify", "--rpc", sender[3], "--contract", first.Contract.Address, "--json"))
	if f := r.Chain.Contract.From; r.Verdict != "accepted" || f.Kind != "evmnet" || f.Round != 6390578 || f.Deployed != nil || len(r.Warnings) != 0 {
		t.Errorf("verify %+v", r)
	}
	if status := succeed(t, "status", "--drop", dir, "--rpc", sender[3]).stdout; !strings.Contains(status, opened.Value+", from round 6390578 of drand's evmnet, of "+pastTime) {
		t.Errorf("status: %s", status)
	}
}

func TestOpen_AsksAServerOfDrand(t *testing.T) {
	dir, sender := pastDrop(t, evm.DefaultID)
	succeed(t, with("deploy", sender, deployOptions(t, dir, "--beacon", "evmnet", "--beacon-delay", "3600")...)...)
	var asked atomic.Int32
	var answer atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 1 || r.URL.Path != "/mirror"+pastRound {
			http.Error(w, "not yet", http.StatusTooEarly)
			return
		}
		fmt.Fprint(w, answer.Load())
	}))
	t.Cleanup(server.Close)
	answer.Store(`{"round":6390578,"signature":"01` + pastSignature[2:] + `"}`)
	complains(t, console.ExitTrouble, "drand evmnet round 6390578: the signature is not a point", with("open", sender, "--drand", server.URL+"/mirror")...)
	if asked.Load() != 2 {
		t.Errorf("asked %d times: a server that has no round yet is asked again, and one that lies is not", asked.Load())
	}
	answer.Store(`{"round":6390578,"randomness":"` + pastRandomness[2:] + `","signature":"` + pastSignature + `"}`)
	if r := decode[openReport](t, succeed(t, with("open", sender, "--drand", server.URL+"/mirror", "--json")...)); r.Entropy != pastRandomness {
		t.Errorf("opened %+v", r)
	}
}

func TestFetchRound_RefusesOtherAnswers(t *testing.T) {
	for about, answer := range map[string]string{
		"another round": `{"round":6390579,"signature":"` + pastSignature + `"}`, "no JSON": `<html>`, "a list": `[]`, "nothing": ``,
		"no signature": `{"round":6390578}`, "no hex": `{"round":6390578,"signature":"0x"}`, "endless": `{"round":6390578,"x":"` + strings.Repeat("x", 1<<20),
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) }))
		if b, err := fetchRound(t.Context(), server.URL+pastRound, 6390578); err == nil {
			t.Errorf("%s: %x", about, b)
		}
		server.Close()
	}
	p := new(program)
	for _, bad := range []string{"api.drand.sh", "ftp://api.drand.sh", "https://", "https://me:secret@api.drand.sh", "https://api.drand.sh/?x=1", ":"} {
		if _, err := p.drandAt(bad); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestBeaconHint_NamesTheWayOut(t *testing.T) {
	for _, err := range []error{
		&chain.OtherBlocks{ChainID: 42161, Why: "NUMBER is another's"}, fmt.Errorf("opening the drop: %w", &chain.OtherBlocks{ChainID: 42161}),
	} {
		if h := console.HintOf(beaconHint(err)); !strings.Contains(h, "--beacon evmnet") {
			t.Errorf("%v: hint %q", err, h)
		}
	}
	if err := errors.New("another"); beaconHint(err) != err || beaconHint(nil) != nil {
		t.Error("other errors are changed")
	}
}

// Elsewhere than on Ethereum and development chains nobody has to ask for drand.
func TestDeploy_TakesTheBeaconOfTheChain(t *testing.T) {
	for _, tc := range []struct {
		chainID     uint64
		flags       []string
		kind, warns string
	}{
		{evm.DefaultID, nil, "blockhash", ""},
		{1, nil, "blockhash", ""},
		{10, nil, "evmnet", ""},
		{10, []string{"--beacon", "quicknet"}, "quicknet", ""},
		{10, []string{"--beacon-delay", "3600"}, "evmnet", "the round comes 1h0m0s after the deployment; the clock of chain 10 may be behind by up to 25h0m0s"},
		{10, []string{"--beacon", "blockhash"}, "blockhash", "chain 10 may have one who orders its blocks"},
		{1, []string{"--beacon", "evmnet"}, "evmnet", ""},
	} {
		dir, sender := pastDrop(t, tc.chainID)
		out := succeed(t, with("deploy", sender, append(deployOptions(t, dir, "--json", "--yes", "--allow-unsafe-key"), tc.flags...)...)...)
		if r := decode[deployReport](t, out); r.Beacon.Kind != tc.kind || (r.Beacon.Deployed == nil) != (tc.kind == "blockhash") {
			t.Errorf("chain %d %v: %+v", tc.chainID, tc.flags, r.Beacon)
		}
		if !strings.Contains(out.stderr, tc.warns) || tc.warns == "" && strings.Contains(out.stderr, "warning") {
			t.Errorf("chain %d %v: %s", tc.chainID, tc.flags, out.stderr)
		}
	}
	dir, sender := pastDrop(t, evm.DefaultID)
	complains(t, console.ExitTrouble, "write evmnet, quicknet or blockhash", with("deploy", sender, deployOptions(t, dir, "--beacon", "default")...)...)
}
