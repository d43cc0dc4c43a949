package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier"
)

// judge verifies a published set: description, proofs, and that the documents that are
// published are the proven ones.
func (s *published) judge(ctx context.Context, provenance string) (*verifier.Report, error) {
	r, err := verifier.VerifyFiles(ctx, s.description, s.bundles, verifier.Options{Key: s.key, KeyProvenance: provenance, Program: s.program})
	if err != nil {
		return nil, err
	}
	if s.policyText != nil && string(s.policyText) != s.description.Policy && r.Reason == "" {
		r.Accepted, r.Reason = false, "policy.cel has another text than the drop's description"
		for i := range r.Tokens {
			if r.Tokens[i].Accepted {
				r.Tokens[i].Accepted, r.Tokens[i].Reason = false, r.Reason
			}
		}
	}
	s.judgeDocuments(r)
	return r, nil
}

// judgeDocuments rejects tokens whose document is not published, or has other bytes.
func (s *published) judgeDocuments(r *verifier.Report) {
	if s.documents == nil {
		return
	}
	for i := range r.Tokens {
		t := &r.Tokens[i]
		if !t.Accepted {
			continue
		}
		if why := s.documentFault(t.CID); why != "" {
			t.Accepted, t.Reason, r.Accepted = false, why, false
		}
	}
}

func (s *published) documentFault(cid string) string {
	data, err := s.documents(cid)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "documents: the token's document is missing"
	case err != nil:
		return "documents: the token's document cannot be read"
	case documentCID(data) != cid:
		return "documents: the file of the token's document has other bytes"
	}
	return ""
}

// holds tells whether a store has this verifying key, of whatever circuit.
func holds(dir string, key []byte) bool {
	names, err := filepath.Glob(filepath.Join(dir, "*", "vk"))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(names, func(name string) bool {
		data, err := os.ReadFile(name)
		return err == nil && bytes.Equal(data, key)
	})
}

// knownProvenance looks the key up in this machine's key store: it knows where its keys
// come from, and what circuit they are of. Elsewhere it is "", for unknown.
func (p *program) knownProvenance(c *cli.Context, s *published) string {
	dir, err := keysDir(c)
	if err != nil {
		return ""
	}
	if !holds(dir, s.key.Bytes()) { // compiling would take seconds, and verifying makes no store
		return ""
	}
	id, err := statement.ParseCircuitID(s.description.Circuit)
	if err != nil {
		return ""
	}
	store, err := setup.OpenStore(dir)
	if err != nil {
		return ""
	}
	circuit, err := store.Circuit(c.Context, id, nil)
	if err != nil {
		return ""
	}
	vk, provenance, err := store.VerifyingKey(c.Context, circuit)
	if err != nil || !bytes.Equal(vk.Bytes(), s.key.Bytes()) {
		return ""
	}
	return provenance
}
