package main

import (
	"errors"
	"strings"

	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/backup"
	"github.com/genproof/genproof/service/coordinator"
	"github.com/genproof/genproof/service/state"
	"github.com/genproof/genproof/service/vault"
	"github.com/genproof/genproof/service/worker"
	"github.com/genproof/genproof/setup"
)

// explain splits an error of the rooms into what is wrong and what to do.
func explain(err error) (text, remedy string) {
	text = err.Error()
	var f *drop.Fault
	switch {
	case errors.As(err, &f) && f.Remedy != "":
		return strings.TrimSuffix(text, ": "+f.Remedy), f.Remedy
	case errors.Is(err, setup.ErrNoKeys):
		return text, "genproof setup makes them"
	case errors.Is(err, drop.ErrDeck):
		return text, "genproof check shows all of it"
	case errors.Is(err, coordinator.ErrParked):
		return text, "genproof-studio parked tells why; genproof-studio parked --retry has them given out again"
	case errors.Is(err, worker.ErrStranger):
		return text, "genproof-studio workers list, where the coordinator is, tells its standing"
	case errors.Is(err, state.ErrUnknown):
		return text, "genproof-studio workers list names them"
	case errors.Is(err, vault.ErrPassphrase):
		return text, "name the file with it: --vault-passphrase"
	case errors.Is(err, backup.ErrNotEmpty):
		return text, "name a folder that is empty or not there yet"
	case errors.Is(err, backup.ErrRecipients):
		return text, "name both with --to or --recipients, or --passphrase"
	case errors.Is(err, backup.ErrOlder):
		return text, "find a newer backup, or take this one with --older"
	case errors.Is(err, log.ErrRollback), errors.Is(err, log.ErrFork):
		return text, "the folder is older than its anchors, or was written anew: restore a newer backup. To go on with it, keep the file of anchors and name another one"
	case errors.Is(err, files.ErrExposed):
		return text, "chmod 600 the file"
	}
	return text, ""
}
