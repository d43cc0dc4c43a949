package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/internal/console"
)

func TestTemplate_IsSetOnceAfterTheBeacon(t *testing.T) {
	dir, sender := chainDrop(t, serveNode(t, evm.DefaultID))
	key := []string{"--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--json"}
	contract := decode[deployReport](t, succeed(t, with("deploy", sender, key...)...)).Contract.Address
	complains(t, console.ExitTrouble, "names no contract", setsTemplate(sender)...)
	complains(t, console.ExitTrouble, "not open", setsTemplate(sender, "--contract", contract)...)
	if text := succeed(t, with("open", sender, "--write")...).stdout; !strings.Contains(text, "Next: genproof template set") {
		t.Errorf("open says %s", text)
	}
	if text := succeed(t, "status", "--drop", dir, "--rpc", sender[3]).stdout; !strings.Contains(text, "not set") || !strings.Contains(text, "Next: genproof template set") {
		t.Errorf("status says %s", text)
	}
	// The texts may still be chosen, the traits' chances may not.
	replace(t, filepath.Join(dir, "drop.yaml"), "Foxes drawn by a committed model.", "Foxes, and all the rare ones are mine.")
	estimate := decode[map[string]any](t, succeed(t, setsTemplate(sender, "--dry-run", "--json")...))
	if gas := estimate["gas"].(float64); gas < 500_000 || gas > 1_500_000 {
		t.Errorf("estimate %v", estimate)
	}
	first := decode[setTemplateReport](t, succeed(t, setsTemplate(sender, "--json")...))
	if first.Reused || first.Contract != contract || first.Tx == "" || first.Gas == 0 {
		t.Errorf("set %+v", first)
	}
	again := decode[setTemplateReport](t, succeed(t, setsTemplate(sender, "--json")...))
	if !again.Reused || again.Tx != "" || again.Template != first.Template {
		t.Errorf("again %+v", again)
	}
	if text := succeed(t, setsTemplate(sender)...).stdout; !strings.Contains(text, "set before") {
		t.Errorf("it says %s", text)
	}
	entries, err := (&chain.Journal{Path: filepath.Join(dir, journalFile)}).Entries()
	if last := entries[len(entries)-1]; err != nil || last.Event != chain.EventSet || last.Tx.Hex() != first.Tx {
		t.Errorf("journal %+v, %v", last, err)
	}
	replace(t, filepath.Join(dir, "drop.yaml"), "and all the rare ones are mine.", "drawn again.")
	complains(t, console.ExitTrouble, "is set once: "+first.Template+"\nhint: genproof template announce", setsTemplate(sender)...)
	replace(t, filepath.Join(dir, "model.yaml"), "Ghost: 1", "Ghost: 2")
	complains(t, console.ExitTrouble, "differ in more than the template: model\n", setsTemplate(sender)...)
}

// What depends on the draws waits for the beacon of the drop's contract: all of it would be made in vain.
func TestDeploy_DrawsNothingBeforeOpen(t *testing.T) {
	dir, sender := chainDrop(t, serveNode(t, evm.DefaultID))
	verbs := [][]string{
		{"prove", "--drop", dir, "--tokens", "1", "--keys", keys(t), "--out", filepath.Join(t.TempDir(), "out")}, {"draw", "--drop", dir, "--tokens", "1"}, {"check", "--drop", dir, "--tokens", "1"},
		{"receipt", "verify", "--drop", dir, filepath.Join(dir, "1.json")}, {"page", "--drop", dir, "--preview", "--tokens", "1", "--out", filepath.Join(t.TempDir(), "site")},
	}
	succeed(t, "draw", "--drop", dir, "--tokens", "1")
	contract := decode[deployReport](t, succeed(t, with("deploy", sender, "--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--json")...)).Contract.Address
	for _, verb := range verbs {
		complains(t, console.ExitTrouble, "the drop's contract "+contract+" on chain 1337 is not open yet", verb...)
		complains(t, console.ExitTrouble, "hint: genproof open --rpc", verb...)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "out", "*")); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	succeed(t, "odds", "--drop", dir) // they are the model's
	succeed(t, with("open", sender, "--write")...)
	complains(t, console.ExitTrouble, "has no keys of circuit", verbs[0]...) // what is left to do
	succeed(t, verbs[1]...)
	succeed(t, verbs[2]...)
}

func TestTemplate_IsTheOwnersToSet(t *testing.T) {
	dir, sender := chainDrop(t, serveNode(t, evm.DefaultID))
	succeed(t, with("deploy", sender, "--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--owner", "0x00000000000000000000000000000000000000fe")...)
	succeed(t, with("open", sender, "--write")...)
	complains(t, console.ExitTrouble, "hint: use the account of the contract's owner", setsTemplate(sender)...)
}
