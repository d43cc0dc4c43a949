package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/internal/console"
)

// deployed is a drop whose contract is open and has its template.
func deployed(t *testing.T, more ...string) (dir string, sender []string, contract string) {
	t.Helper()
	dir, sender = chainDrop(t, serveNode(t, evm.DefaultID))
	key := []string{"--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--json"}
	contract = decode[deployReport](t, succeed(t, with("deploy", sender, append(key, more...)...)...)).Contract.Address
	succeed(t, with("open", sender, "--write")...)
	succeed(t, setsTemplate(sender)...)
	return dir, sender, contract
}

// nextDrop copies a drop's folder and changes its document.
func nextDrop(t *testing.T, dir, description string) string {
	t.Helper()
	next := filepath.Join(t.TempDir(), "next")
	if err := os.CopyFS(next, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{journalFile, "out"} {
		if err := os.RemoveAll(filepath.Join(next, left)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(next, "secrets.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	replace(t, filepath.Join(next, "drop.yaml"), "Foxes drawn by a committed model.", description)
	return next
}

// setsTemplate is the verb with a sender's options.
func setsTemplate(sender []string, more ...string) []string {
	return append(append([]string{"template", "set"}, sender...), more...)
}

func TestTemplate_IsAnnouncedOnce(t *testing.T) {
	dir, sender, contract := deployed(t, "--template-notice", "3600")
	announce := func(dir string, more ...string) []string {
		return append([]string{"template", "announce", "--drop", dir}, append(sender[2:], more...)...)
	}
	next := nextDrop(t, dir, "Pictures moved.")
	estimate := decode[map[string]any](t, succeed(t, announce(next, "--dry-run", "--json")...))
	if gas := estimate["gas"].(float64); gas < 50_000 || gas > 200_000 {
		t.Errorf("estimate %v", estimate)
	}
	first := decode[announceReport](t, succeed(t, announce(next, "--json")...))
	if first.Reused || first.Contract != contract || first.Tx == "" || time.Until(first.From) < 50*time.Minute {
		t.Errorf("announced %+v", first)
	}
	if again := decode[announceReport](t, succeed(t, announce(next, "--json")...)); !again.Reused || again.Tx != "" || again.From != first.From {
		t.Errorf("again %+v", again)
	}
	if text := succeed(t, announce(next)...).stdout; !strings.Contains(text, "announced before") || !strings.Contains(text, first.From.Format(time.RFC3339)) {
		t.Errorf("it says %s", text)
	}
	s := decode[statusReport](t, succeed(t, "status", "--drop", dir, "--rpc", sender[3], "--json"))
	if s.Template == nil || s.Template.Template != first.Template || s.Template.From != first.From {
		t.Errorf("status %+v", s.Template)
	}
	other := nextDrop(t, dir, "Pictures moved again.")
	complains(t, console.ExitTrouble, "hint: add --replace", announce(other)...)
	if replaced := decode[announceReport](t, succeed(t, announce(other, "--replace", "--json")...)); replaced.Reused || replaced.Template == first.Template {
		t.Errorf("replaced %+v", replaced)
	}
	entries, err := (&chain.Journal{Path: filepath.Join(next, journalFile)}).Entries()
	if err != nil || len(entries) != 2 || entries[1].Event != chain.EventTemplate || entries[1].Tx.Hex() != first.Tx {
		t.Errorf("journal %+v, %v", entries, err)
	}
}

func TestTemplate_RefusesOtherDrops(t *testing.T) {
	dir, sender, contract := deployed(t)
	announce := func(dir string, more ...string) []string {
		return append([]string{"template", "announce", "--drop", dir}, append(sender[2:], more...)...)
	}
	complains(t, console.ExitTrouble, "the contract's first template", announce(dir)...)
	next := nextDrop(t, dir, "Pictures moved.")
	complains(t, console.ExitTrouble, "hint: the contract was deployed without --template-notice", announce(next)...)
	replace(t, filepath.Join(next, "model.yaml"), "Ghost: 1", "Ghost: 2")
	complains(t, console.ExitTrouble, "differ in more than the template: model\n", announce(next)...)
	own := filepath.Join(t.TempDir(), "own")
	succeed(t, "init", own)
	complains(t, console.ExitTrouble, "names no contract", announce(own)...)
	complains(t, console.ExitTrouble, "model, authority, seeds, beacon", announce(own, "--contract", contract)...)
	elsewhere := nextDrop(t, dir, "Pictures moved.")
	replace(t, filepath.Join(elsewhere, "drop.yaml"), "chain_id: 1337", "chain_id: 1")
	complains(t, console.ExitTrouble, "is on chain 1, the node's chain is 1337", announce(elsewhere)...)
}

func TestUpdate_NeedsAFolderOfTheContracts(t *testing.T) {
	out := publishedCopy(t)
	_, sender := chainDrop(t, serveNode(t, evm.DefaultID))
	complains(t, console.ExitTrouble, "names no contract", with("update", sender[2:], out, "--keys", keys(t))...)
	write(t, filepath.Join(out, "documents", filepath.Base(firstDocument(t, out))), "{}")
	complains(t, console.ExitRejected, "nothing is updated", with("update", sender[2:], out, "--keys", keys(t))...)
}

func firstDocument(t *testing.T, out string) string {
	t.Helper()
	for name := range filesOf(t, filepath.Join(out, "documents")) {
		return name
	}
	t.Fatal("there are no documents")
	return ""
}

func TestVerify_AContractAlone(t *testing.T) {
	_, sender, contract := deployed(t)
	rpc := sender[2:4]
	r := decode[contractReport](t, succeed(t, with("verify", rpc, "--contract", contract, "--json")...))
	if r.Verdict != "accepted" || r.Chain.Contract.Contract != contract || !r.Chain.Contract.KeyKnown || len(r.NotChecked) != len(unpublished) || r.Chain.Tokens == nil || r.Chain.TemplateBlock <= r.Chain.Contract.From.Block {
		t.Errorf("report %+v", r)
	}
	text := succeed(t, with("verify", rpc, "--contract", contract)...).stdout
	for _, want := range []string{"NOT CHECKED: that the documents can be had", "NOT CHECKED: what model, policy", "accepted (2 reservations): 0 tokens, by the chain alone", "- template: Texts and image folder were chosen after the draws were known, and the author could have stopped there.", "- key: The verifying key in the contract's verifier is not pinned"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q: %s", want, text)
		}
	}
	complains(t, console.ExitTrouble, "nothing is named", with("verify", rpc)...)
	complains(t, console.ExitTrouble, "--drop and --key", with("verify", rpc, "--contract", contract, "--key", "vk")...)
	complains(t, console.ExitTrouble, "no contract", with("verify", rpc, "--contract", "0x00000000000000000000000000000000000000fe")...)
	closed := decode[deployReport](t, succeed(t, with("deploy", sender, "--key", filepath.Join(sender[1], "..", "vk"), "--keys", t.TempDir(), "--again", "--json")...)).Contract.Address
	refused := decode[contractReport](t, expect(t, console.ExitRejected, with("verify", rpc, "--contract", closed, "--json")...))
	if !strings.Contains(refused.Reason, "beacon is not fixed") {
		t.Errorf("a contract that is not open: %+v", refused)
	}
	succeed(t, with("open", sender, "--contract", closed)...)
	refused = decode[contractReport](t, expect(t, console.ExitRejected, with("verify", rpc, "--contract", closed, "--json")...))
	if !strings.Contains(refused.Reason, "template is not set") || refused.Chain.TemplateBlock != 0 {
		t.Errorf("a contract without a template: %+v", refused)
	}
}
