package main

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/chain/evm/node"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
)

const privateKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"

// serveNode starts a chain that makes blocks all the time, and returns its socket.
func serveNode(t *testing.T, chainID uint64) string {
	t.Helper()
	account, err := chain.ParseAccount([]byte(privateKey), "")
	if err != nil {
		t.Fatal(err)
	}
	e := evm.Start(chainID, account.Address)
	socket := listen(t, e)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
				e.Mine(1)
			}
		}
	}()
	t.Cleanup(func() {
		close(stop)
		<-stopped
	})
	return socket
}

// listen serves a chain until the test is over, and returns its socket.
func listen(t *testing.T, e *evm.Chain) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "node") // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "ipc")
	hangUp, err := node.Serve(e, socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		hangUp()
		e.Close()
		os.RemoveAll(dir)
	})
	return socket
}

// chainDrop starts a drop, with a verifying key that needs no setup, and the options of a sender.
func chainDrop(t *testing.T, socket string) (dir string, sender []string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "foxes")
	succeed(t, "init", dir)
	write(t, filepath.Join(dir, "..", "key"), privateKey+"\n")
	var f struct{ Key string }
	if err := json.Unmarshal(read(t, "..", "..", "solidity", "testdata", "simulator.json"), &f); err != nil {
		t.Fatal(err)
	}
	vk, err := hex.DecodeString(f.Key[2:])
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "..", "vk"), string(vk))
	return dir, []string{"--drop", dir, "--rpc", socket, "--key-file", filepath.Join(dir, "..", "key")}
}

func with(verb string, options []string, more ...string) []string {
	return append(append([]string{verb}, options...), more...)
}

func TestDeploy_OpenStatus(t *testing.T) {
	dir, sender := chainDrop(t, serveNode(t, evm.DefaultID))
	key := []string{"--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir()}
	estimate := decode[map[string]any](t, succeed(t, with("deploy", sender, append(key, "--dry-run", "--json")...)...))
	if estimate["gas"].(float64) < 4e6 || estimate["dry_run"] != true {
		t.Errorf("estimate %v", estimate)
	}
	if _, err := os.Stat(filepath.Join(dir, journalFile)); err == nil {
		t.Error("a dry run wrote the journal")
	}
	complains(t, console.ExitTrouble, "genproof deploy", with("open", sender)...)
	first := decode[deployReport](t, succeed(t, with("deploy", sender, append(key, "--json", "--royalty", "0x00000000000000000000000000000000000000fe:2.5")...)...))
	again := decode[deployReport](t, succeed(t, with("deploy", sender, append(key, "--json")...)...))
	if first.Contract.Reused || !again.Contract.Reused || !again.Verifier.Reused || first.Contract.Address != again.Contract.Address {
		t.Errorf("deployed %+v, then %+v", first, again)
	}
	text := succeed(t, with("open", sender)...).stdout
	if !strings.Contains(text, "entropy: \"0x") {
		t.Errorf("open does not tell the beacon's block: %s", text)
	}
	opened := decode[openReport](t, succeed(t, with("open", sender, "--write", "--json")...))
	succeed(t, with("open", sender, "--write")...)
	d, err := drop.Load(dir)
	if err != nil || hexElement(d.Beacon.Value) != opened.Value || d.Beacon.ChainID != evm.DefaultID {
		t.Errorf("drop.yaml's beacon %+v, %v; want %+v", d.Beacon, err, opened)
	}
	s := decode[statusReport](t, succeed(t, "status", "--drop", dir, "--rpc", sender[3], "--json"))
	if !s.Open || !s.Known || !s.KeyKnown || s.Minted != 0 || s.Beacon != opened.Value || s.Contract != first.Contract.Address || s.TemplateSet {
		t.Errorf("status %+v", s)
	}
	succeed(t, setsTemplate(sender)...)
	s = decode[statusReport](t, succeed(t, "status", "--drop", dir, "--rpc", sender[3], "--json"))
	if !s.TemplateSet || s.FirstID != 1 || s.Commitments != verdict.CommitmentsOf(&d.Commitments) {
		t.Errorf("status with a template %+v", s)
	}
	for name, data := range filesOf(t, dir) {
		if strings.Contains(string(data), privateKey) {
			t.Errorf("%s holds the private key", name)
		}
	}
}

func TestDeploy_RefusesUnsafeKeysWhereTheyMatter(t *testing.T) {
	dir, sender := chainDrop(t, serveNode(t, 11155111))
	args := with("deploy", sender, "--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--dry-run")
	complains(t, console.ExitTrouble, "--allow-unsafe-key", args...)
	succeed(t, append(args, "--allow-unsafe-key")...)
}

func TestDeploy_RefusesRootCircuits(t *testing.T) {
	for circuit, want := range map[string]string{
		"root/small":                      "circuit: cid/small into drop.yaml, and run genproof setup cid/small\n",
		"root/small\nbackend: plonk":      "circuit: cid/small into drop.yaml, and run genproof setup cid/small/plonk\n",
		"root/standard\nbackend: plonk":   "circuit: cid/standard and backend: groth16 into drop.yaml, and run genproof setup cid/standard\n",
		"root/standard\nbackend: groth16": "circuit: cid/standard into drop.yaml, and run genproof setup cid/standard\n",
	} {
		dir := newDrop(t)
		replace(t, filepath.Join(dir, "drop.yaml"), "root/small", circuit)
		complains(t, console.ExitTrouble, "not about the document, which is what a token shows\nhint: write "+want, "deploy", "--drop", dir, "--rpc", "http://127.0.0.1:1", "--key-file", "none")
	}
}

// No proof of the drop would ever be taken.
func TestDeploy_RefusesKeysOfTheOtherProofSystem(t *testing.T) {
	dir, sender := chainDrop(t, "none")
	replace(t, filepath.Join(dir, "drop.yaml"), "cid/small", "cid/small\nbackend: plonk")
	complains(t, console.ExitTrouble, "a verifying key of groth16, and the drop's circuit cid/small/plonk is one of plonk", with("deploy", sender, "--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir())...)
}

// What is misread here is paid to nobody, or to somebody else, for ever.
func TestDeploy_RefusesMistypedTerms(t *testing.T) {
	_, sender := chainDrop(t, "none")
	const at = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359" // an example of EIP-55
	for _, percent := range []string{"2,5", "2.5%", "2.5 ", "", "-1", "100.01", "NaN"} {
		complains(t, console.ExitTrouble, "not a royalty", with("deploy", sender, "--royalty", at+":"+percent)...)
	}
	for _, flag := range [][]string{{"--royalty", at[:41] + "8:1"}, {"--owner", at[:41] + "8"}, {"--owner", "0xFb" + at[4:]}} {
		complains(t, console.ExitTrouble, "mistyped", with("deploy", sender, flag...)...)
	}
	for _, good := range []string{at, at[2:], strings.ToLower(at), "0x" + strings.ToUpper(at[2:])} {
		if _, err := contractAddress(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
}

func TestSender_NeedsNodeAndKey(t *testing.T) {
	dir, _ := chainDrop(t, "")
	key := filepath.Join(dir, "..", "key")
	bad := filepath.Join(dir, "..", "bad")
	write(t, bad, privateKey+"00")
	complains(t, console.ExitTrouble, "--key-file", "open", "--drop", dir, "--rpc", "http://127.0.0.1:1")
	complains(t, console.ExitTrouble, "--rpc", "open", "--drop", dir, "--key-file", key)
	complains(t, console.ExitTrouble, "--rpc-file", "open", "--drop", dir, "--key-file", key, "--rpc", "http://me:secret@127.0.0.1:1")
	complains(t, console.ExitTrouble, "--rpc runs", "open", "--drop", dir, "--key-file", key, "--rpc", "http://127.0.0.1:1/apikey")
	if r := call("", "open", "--drop", dir, "--key-file", key, "--rpc", "http://127.0.0.1:1/apikey"); strings.Contains(r.stderr, "apikey") {
		t.Errorf("the node's URL is shown: %s", r.stderr)
	}
	if r := call("", "open", "--drop", dir, "--key-file", bad, "--rpc", "http://127.0.0.1:1"); r.code != console.ExitTrouble || strings.Contains(r.stderr, privateKey[:16]) {
		t.Errorf("a malformed key: %+v", r)
	}
}

func TestExport_StandardSolidity(t *testing.T) {
	dir, _ := chainDrop(t, "")
	vk := filepath.Join(dir, "..", "vk")
	out := filepath.Join(t.TempDir(), "V.sol")
	succeed(t, "export", "solidity", "--standard", "--key", vk, "--out", out)
	if source := string(read(t, out)); !strings.Contains(source, "contract Verifier") || !strings.Contains(source, "uint256[9]") {
		t.Errorf("source %.300s", source)
	}
	complains(t, console.ExitTrouble, "--standard", "export", "solidity", "--key", vk)
}
