package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// An attempt is one way to cheat. It returns why it failed; with no reason it succeeded.
// An error means that it could not even be tried.
type attempt struct {
	name string
	try  func() (reason string, err error)
}

type attemptReport struct {
	Name     string `json:"name"`
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason"`
}

// cheat tries everything that is not the contract's to refuse.
func (d *demo) cheat() error {
	d.tell("6. Now cheat.")
	return d.attempt("", []attempt{
		{"show another trait in token 1's document", d.otherText},
		{"the same, with digest, CID and statement made to fit", d.otherTextFitted},
		{"change one byte of a document inside the CAR", d.flipInCAR},
		{"move token 1's proof to token 2", d.moveProof},
		{"rename token 1's bundle to be token 2", d.renameToken},
		{"mint token 3 to another recipient", d.otherRecipient},
		{"publish a weaker policy", d.weakerPolicy},
		{"the same, with its commitment made to fit", d.weakerPolicyFitted},
		{"prove a token whose claims break the policy", d.brokenClaim},
		{"the same with a prover that skips the check", d.brokenClaimForced},
		{"exchange a claim after the authority signed", d.exchangedClaim},
	})
}

// attempt tries to cheat in several ways and goes on when one succeeds.
func (d *demo) attempt(where string, list []attempt) error {
	for _, a := range list {
		if err := d.ctx.Context.Err(); err != nil {
			return err
		}
		reason, err := a.try()
		if err != nil {
			return fmt.Errorf("trying to cheat: %s: %w", a.name, err)
		}
		d.report.Cheats = append(d.report.Cheats, attemptReport{where + a.name, reason == "", reason})
		if reason == "" {
			reason = "ACCEPTED!"
		}
		d.tell("   - %s\n       fails: %s", a.name, reason)
	}
	return nil
}

// published is what the drop published, for a cheat to change.
func (d *demo) published() (*publication.Publication, error) {
	return d.openPublication(d.ctx, d.out, "", "")
}

// judgeOne returns the reason why a bundle of the drop is rejected under a description, nil for the
// published one.
func (d *demo) judgeOne(b *bundle.Bundle, desc *bundle.Description) (string, error) {
	return d.judge(d.out, d.keys.Provenance, b, desc)
}

// judge is judgeOne of what was published in a folder.
func (d *demo) judge(out, provenance string, b *bundle.Bundle, desc *bundle.Description) (string, error) {
	s, err := d.openPublication(d.ctx, out, "", "")
	if err != nil {
		return "", err
	}
	defer s.Close()
	if desc == nil {
		desc = s.Description
	}
	program, err := drop.Compiler{}.Compile(desc)
	if err != nil {
		return "", err
	}
	options := verifier.Options{Key: s.Key, KeyProvenance: provenance, Program: program}
	r, err := verifier.Verify(d.ctx.Context, desc, []*bundle.Bundle{b}, options)
	if err != nil || r.Verdict.Holds() {
		return "", err
	}
	return r.Tokens[0].Reason, nil
}

// otherText exchanges a shown text and nothing else.
func (d *demo) otherText() (string, error) {
	b, err := d.bundle(1)
	if err != nil {
		return "", err
	}
	if b.Document, err = d.withOtherText(b.Document); err != nil {
		return "", err
	}
	return d.judgeOne(b, nil)
}

// otherTextFitted leaves nothing but the proof to object.
func (d *demo) otherTextFitted() (string, error) {
	b, err := d.bundle(1)
	if err != nil {
		return "", err
	}
	if b.Document, err = d.withOtherText(b.Document); err != nil {
		return "", err
	}
	b.Statement.Metadata = sha256.Sum256([]byte(b.Document))
	b.CID = document.CID([]byte(b.Document))
	return d.judgeOne(b, nil)
}

// withOtherText is a well-formed document whose first text is one the drop does have.
func (d *demo) withOtherText(doc string) (string, error) {
	parsed, err := d.drop.Template.Parse([]byte(doc))
	if err != nil {
		return "", err
	}
	wish := "Void"
	if parsed.Values[0].Text == wish {
		wish = "Aurora"
	}
	parsed.Values[0] = document.OfText(wish)
	out, err := d.drop.Template.Render(parsed.ID, parsed.Root, parsed.Values)
	return string(out), err
}

// flipInCAR changes a byte where the CAR holds a document.
func (d *demo) flipInCAR() (string, error) {
	b, err := d.bundle(1)
	if err != nil {
		return "", err
	}
	whole, err := os.ReadFile(filepath.Join(d.out, bundle.CARFile))
	if err != nil {
		return "", err
	}
	at := bytes.Index(whole, []byte(b.Document))
	if at < 0 {
		return "", errors.New("the CAR does not hold the document as it is")
	}
	whole[at+len(b.Document)/2] ^= 1
	changed := filepath.Join(d.dir, "changed.whole")
	if err := os.WriteFile(changed, whole, files.Public); err != nil {
		return "", err
	}
	a, err := car.Open(changed, car.DefaultLimits)
	if err != nil {
		return strings.TrimPrefix(err.Error(), "reading CAR "+changed+": "), nil
	}
	return "", a.Close()
}

// moveProof puts a proof under the statement and document of another token.
func (d *demo) moveProof() (string, error) {
	one, err := d.bundle(1)
	if err != nil {
		return "", err
	}
	two, err := d.bundle(2)
	if err != nil {
		return "", err
	}
	two.Proof = one.Proof
	return d.judgeOne(two, nil)
}

// renameToken claims a token's document, root and proof for another id.
func (d *demo) renameToken() (string, error) {
	b, err := d.bundle(1)
	if err != nil {
		return "", err
	}
	b.Statement.ID = 2
	return d.judgeOne(b, nil)
}

func (d *demo) otherRecipient() (string, error) {
	b, err := d.bundle(3)
	if err != nil {
		return "", err
	}
	b.Statement.Recipient[19] ^= 0xff
	return d.judgeOne(b, nil)
}

// weaker is the published description with a policy that lets more through.
func (d *demo) weaker() (*bundle.Description, error) {
	s, err := d.published()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	text := strings.Replace(s.Description.Policy, "claim.safety >= 0.80", "claim.safety >= 0.10", 1)
	if text == s.Description.Policy {
		return nil, errors.New("the sample's policy has no such rule")
	}
	s.Description.Policy = text
	return s.Description, nil
}

func (d *demo) weakerPolicy() (string, error) {
	desc, err := d.weaker()
	if err != nil {
		return "", err
	}
	b, err := d.bundle(1)
	if err != nil {
		return "", err
	}
	return d.judgeOne(b, desc)
}

// weakerPolicyFitted names the weaker policy's commitment everywhere.
func (d *demo) weakerPolicyFitted() (string, error) {
	desc, err := d.weaker()
	if err != nil {
		return "", err
	}
	b, err := d.bundle(1)
	if err != nil {
		return "", err
	}
	program, err := drop.Compiler{}.Compile(desc)
	if err != nil {
		return "", err
	}
	commitment, err := program.Commitment(d.drop.Circuit.Size)
	if err != nil {
		return "", err
	}
	desc.Commitments.Policy, b.Statement.Policy = commitment, commitment
	return d.judgeOne(b, desc)
}

// brokenClaim asks the prover for a token that is not safe enough.
func (d *demo) brokenClaim() (string, error) {
	bad, err := d.unsafeDrop()
	if err != nil {
		return "", err
	}
	if bad.Commitments != d.drop.Commitments {
		return "", errors.New("the copy has other commitments than the drop")
	}
	prove, err := prover.New(bad, d.keys)
	if err != nil {
		return "", err
	}
	_, err = prove.Prove(d.ctx.Context, unsafeToken, [20]byte{})
	var rule *prover.RuleError
	if errors.As(err, &rule) {
		return "the prover refuses: " + rule.Error(), nil
	}
	return "", err
}

// unsafeToken is the token whose claims break a rule in the cheat's copy of the drop.
const unsafeToken = 5

const unsafeClaims = "default: {license: CC0-1.0, safety: 0.97, consent: true}\ntokens: {5: {safety: 0.12}}\n"

// unsafeDrop is a copy of the drop, secrets and all, with claims that break a rule. No
// commitment tells it from the drop: claims are the authority's, token by token.
func (d *demo) unsafeDrop() (*drop.Drop, error) {
	folder := filepath.Join(d.dir, "unsafe")
	if _, err := os.Stat(folder); err == nil {
		return drop.Load(folder)
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(d.report.Folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(d.report.Folder, e.Name()))
		if err != nil {
			return nil, err
		}
		if e.Name() == drop.ClaimsFile {
			data = []byte(unsafeClaims)
		}
		if err := os.WriteFile(filepath.Join(folder, e.Name()), data, files.Secret); err != nil {
			return nil, err
		}
	}
	return drop.Load(folder)
}
