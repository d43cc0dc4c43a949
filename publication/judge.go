package publication

import (
	"context"
	"errors"
	"io/fs"

	"github.com/genproof/genproof/verifier"
)

// KeyProvenance returns where the verifying key comes from, as far as [Trust.Keys] knows it
// for the drop's circuit, and else "".
func (p *Publication) KeyProvenance(ctx context.Context) string {
	if p.keys == nil {
		return ""
	}
	return p.keys.KeyProvenance(ctx, p.circuit(), p.Key.Digest())
}

// Judge verifies all tokens: the description against its own commitments, every bundle, all
// proofs, and that the published documents, pictures and policy are the proven ones. A token that does
// not hold is rejected with its reason in the report.
func (p *Publication) Judge(ctx context.Context) (*verifier.Report, error) {
	r, err := verifier.VerifyFiles(ctx, p.Description, p.Bundles, verifier.Options{
		Key: p.Key, KeyProvenance: p.KeyProvenance(ctx), Pinned: p.isPinned(), Verified: p.isVerified(), Program: p.program,
		Attestations: p.Attestations, Attest: p.attest, Pictures: p.pictures(),
	})
	if err != nil {
		return nil, err
	}
	p.judgePolicy(r)
	p.judgeDocuments(r)
	return r, nil
}

// judgePolicy rejects a publication whose policy's own file is another text than the proven one.
func (p *Publication) judgePolicy(r *verifier.Report) {
	if p.policyText == nil || string(p.policyText) == p.Description.Policy || r.Reason != "" {
		return
	}
	r.RejectAll("policy.cel has another text than the drop's description")
}

// judgeDocuments rejects tokens whose document is not published, or has other bytes.
func (p *Publication) judgeDocuments(r *verifier.Report) {
	if p.source == nil {
		return
	}
	for i := range r.Tokens {
		if !r.Tokens[i].Verdict.Holds() {
			continue
		}
		if why := p.documentFault(r.Tokens[i].CID); why != "" {
			r.Reject(i, why)
		}
	}
}

func (p *Publication) documentFault(cid string) string {
	_, err := p.Document(cid)
	switch {
	case err == nil:
		return ""
	case errors.Is(err, fs.ErrNotExist):
		return "documents: the token's document is missing"
	case errors.Is(err, errOtherBytes):
		return "documents: the file of the token's document has other bytes"
	}
	return "documents: the token's document cannot be read"
}
