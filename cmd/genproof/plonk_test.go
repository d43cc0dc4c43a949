package main

import (
	"path/filepath"
	"testing"
)

func TestSetup_ChoosesTheBackend(t *testing.T) {
	dir := newDrop(t)
	store := filepath.Join(t.TempDir(), "keys")
	missing := filepath.Join(t.TempDir(), "powers.ptau")
	for _, row := range []struct {
		want string
		args []string
	}{
		{"no backend", []string{"root/small", "--backend", "stark"}},
		{"no circuit cid/standard/plonk", []string{"cid/standard", "--backend", "plonk"}},
		{"no circuit", []string{"root/tiny/plonk"}},
		{"more than powers of tau", []string{"root/small", "--ptau", missing}},
		{"more than powers of tau", []string{"--drop", dir, "--ptau", missing}},
		{"--ptau-sha256 without --ptau", []string{"root/small/plonk", "--ptau-sha256", "00"}},
		{"not one in 64 hex digits", []string{"root/small/plonk", "--ptau", missing, "--ptau-sha256", "00"}},
		{"no such file", []string{"root/small/plonk", "--ptau", missing}},
		{"no such file", []string{"root/small", "--backend", "plonk", "--ptau", missing}},
		{"want 2^16", []string{"root/small/plonk", "--ptau", "../../setup/ptau/testdata/small.ptau"}},
	} {
		complains(t, exitTrouble, row.want, append([]string{"setup", "--keys", store}, arranged(row.args)...)...)
	}
	complains(t, exitTrouble, "takes no ceremony", "ceremony", "init", "--circuit", "root/small/plonk", "--ptau", missing, "--beacon", "ethereum:1:5", filepath.Join(t.TempDir(), "ceremony"))
	if there, _ := filepath.Glob(filepath.Join(store, "*", "vk")); len(there) != 0 {
		t.Errorf("keys were made: %v", there)
	}
}

// arranged puts options before operands, as the command line wants them.
func arranged(args []string) []string {
	for i, a := range args {
		if a[0] == '-' {
			return append(append([]string{}, args[i:]...), args[:i]...)
		}
	}
	return args
}
