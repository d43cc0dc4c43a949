package verifier

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/key"
)

// ClaimReportVersion is the version of the form of a claim's and a disclosure's report.
const ClaimReportVersion = 1

// ClaimOptions are what judging a claim needs besides the claim and its deck.
type ClaimOptions struct {
	Key           key.Verifying // nil: the one that the claim brings
	KeyProvenance string        // as in [Options]
	Pinned        bool          // the key is one that this verifier knows for the circuit
	Verified      bool          // as in [Options]
	Now           uint64        // the reader's clock, in unix seconds
	// Name and Challenge are the reader's own, whom the claim has to be for. nil: any.
	Name      *string
	Challenge *[32]byte
	// Compile turns the author's text of the rule into a program. Nil: that the text says what
	// the proven rule says is not checked, and the report says so.
	Compile func(text string) (*policy.Program, error)
}

// A ClaimReport is the outcome for a claim.
type ClaimReport struct {
	Version      uint64
	Verdict      Level
	Reason       string // why it is rejected
	Name         string // the deck's
	Circuit      string // the claim's
	Supply       uint64 // the deck's number of cards
	Card         uint64
	Model        string // hex
	Rule         string // what was proven, printed back from its program
	Audience     bundle.Audience
	Key          Key
	Reservations []Reservation
	NotChecked   []string
}

// ClaimCircuit names the circuit of claims about a described deck's cards.
func ClaimCircuit(d *bundle.Deck) (statement.CircuitID, error) {
	size, err := d.Size()
	return statement.CircuitID{Binding: statement.Rule, Size: size}, err
}

// ClaimKey reads the verifying key that a claim brings.
func ClaimKey(c *bundle.Claim) (key.Verifying, error) {
	vk, err := ParseKey(c.VerifyingKey)
	if err == nil && vk.NbInputs() != rule.NbInputs {
		err = fmt.Errorf("verifying key: it is for %d public inputs, a claim has %d", vk.NbInputs(), rule.NbInputs)
	}
	return vk, err
}

// VerifyClaim checks a claim about a card of a described deck. Whatever is wrong with the claim
// is a rejection, with its reason in the report. An error means that nothing was checked.
func VerifyClaim(desc *bundle.Deck, c *bundle.Claim, o ClaimOptions) (*ClaimReport, error) {
	if err := desc.Validate(); err != nil {
		return nil, fmt.Errorf("verifying: %w", err)
	}
	circuit, err := ClaimCircuit(desc)
	if err != nil {
		return nil, fmt.Errorf("verifying: %w", err)
	}
	if o.Key == nil {
		if o.Key, err = ClaimKey(c); err != nil {
			return nil, fmt.Errorf("verifying: %w", err)
		}
	}
	if err := o.Key.Lint(rule.NbInputs); err != nil {
		return nil, fmt.Errorf("verifying: verifying key: %w", err)
	}
	digest := o.Key.Digest()
	r := &ClaimReport{
		Version: ClaimReportVersion, Name: desc.Name, Circuit: circuit.String(), Supply: desc.Cards, Card: c.Card, Model: hexElement(c.Model), Audience: c.Audience,
		Key: Key{Digest: hexOf(digest[:]), Provenance: o.KeyProvenance, Verified: o.Verified && !o.Pinned},
	}
	if r.Key.Provenance == "" {
		r.Key.Provenance, r.Key.Claimed = c.Key.Provenance, true
	}
	v := &claimVerifier{desc, c, o, circuit, r}
	if err := v.check(); err != nil {
		r.Verdict, r.Reason = Rejected, reasonOf(err)
		return r, nil
	}
	r.Verdict = holding(o.Pinned || o.Verified)
	v.reserve()
	return r, nil
}

// A claimVerifier is a claim under way.
type claimVerifier struct {
	desc    *bundle.Deck
	claim   *bundle.Claim
	o       ClaimOptions
	circuit statement.CircuitID
	report  *ClaimReport
}

func (v *claimVerifier) check() error {
	c := v.claim
	if _, err := v.desc.Misspelled(); err != nil {
		return fmt.Errorf("the deck's description: %w", err)
	}
	switch {
	case c.Model != v.desc.Commitments.Model:
		return errors.New("the claim is about another deck")
	case c.Card >= v.desc.Cards:
		return fmt.Errorf("the claim is about card %d, and the deck has cards 0 to %d", c.Card, v.desc.Cards-1)
	}
	if err := checkKey(c.Key, v.circuit, v.o.Key, v.o.KeyProvenance); err != nil {
		return fmt.Errorf("the claim: %w", err)
	}
	if err := v.checkAudience(); err != nil {
		return err
	}
	infos, schema := v.desc.Infos(), v.desc.Schema()
	commitment, err := commitmentOf(&c.Program, schema, infos, v.circuit.Size)
	if err != nil {
		return err
	}
	if err := v.checkText(commitment); err != nil {
		return err
	}
	if v.report.Rule, err = c.Program.Rule(infos); err != nil {
		return err
	}
	s := rule.Statement{Model: c.Model, Card: c.Card, Policy: commitment, Context: c.Audience.Context()}
	inputs := s.Vector()
	if err = v.o.Key.Check(inputs[:], c.Proof); errors.Is(err, key.ErrInvalidProof) {
		return errors.New("proof: it does not prove the claim")
	}
	return err
}

// checkAudience compares whom the claim is for with its reader, and its expiry with the clock.
func (v *claimVerifier) checkAudience() error {
	switch a := &v.claim.Audience; {
	case v.o.Name != nil && *v.o.Name != a.Name:
		return fmt.Errorf("the claim is for %q, not for %q", a.Name, *v.o.Name)
	case v.o.Challenge != nil && *v.o.Challenge != a.Challenge:
		return errors.New("the claim answers another challenge")
	case a.Expiry != 0 && v.o.Now >= a.Expiry:
		return fmt.Errorf("the claim has expired: its last second was %d, now it is %d (unix time)", a.Expiry-1, v.o.Now)
	}
	return nil
}

// checkText compares the author's text of the rule with the one that is proven.
func (v *claimVerifier) checkText(commitment fr.Element) error {
	if v.o.Compile == nil {
		v.report.NotChecked = append(v.report.NotChecked, "that the author's text of the rule says what the proven rule says")
		return nil
	}
	program, err := v.o.Compile(v.claim.Rule)
	if err != nil {
		return errors.New("the author's text of the rule is no rule for this deck")
	}
	if own, err := program.Commitment(v.circuit.Size); err != nil || own != commitment {
		return errors.New("the author's text of the rule is another rule than the one that is proven")
	}
	return nil
}

// reserve lists what the reader has to know beside the verdict.
func (v *claimVerifier) reserve() {
	list, a := (*reservations)(&v.report.Reservations), &v.claim.Audience
	if !v.o.Pinned && !v.o.Verified {
		list.sayKey(v.report.Key)
	}
	list.say("authority", "What the card holds is asserted by the deck's author; nobody else vouches for it here.")
	list.say("policy", "Nothing here says that the deck's own rule holds for the card: the proof of its batch does.")
	switch {
	case a.IsNobody():
		list.say("audience", "The claim is for nobody in particular: whoever has it can show it to anybody.")
	case v.o.Challenge == nil:
		list.say("audience", "The claim says whom it is for; that it answers a challenge of yours was not asked: without one it may have been shown before.")
	}
	if a.ChainID != 0 {
		list.say("token", "The claim names a token, number %d of contract %s on chain %d. Nothing here shows that this token shows the card, or whose it is.", a.Token, hexOf(a.Contract[:]), a.ChainID)
	}
	list.sayDate(v.desc)
	list.sayRule(&v.claim.Program, v.desc.Infos())
}

// sayDate tells that nothing dates a deck.
func (r *reservations) sayDate(d *bundle.Deck) {
	if d.Home != nil {
		r.say("date", "Date unknown: nothing here shows that the deck was committed before its sale.")
	}
}

func hexElement(e fr.Element) string {
	b := e.Bytes()
	return hexOf(b[:])
}
