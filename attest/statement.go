package attest

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/strictjson"
)

// StatementType is that of an in-toto statement, version 1.
const StatementType = "https://in-toto.io/Statement/v1"

// Version is that of a predicate's form.
const Version = 1

// A Statement is what is signed.
type Statement struct {
	Type          string    `json:"_type"`
	Subject       []Subject `json:"subject"` // exactly one
	PredicateType string    `json:"predicateType"`
	Predicate     Predicate `json:"predicate"`
}

// A Subject is what a statement is about.
type Subject struct {
	Name   string  `json:"name"` // deck, drop, or card:N of a deck
	Digest Digests `json:"digest"`
}

// The names of subjects.
const (
	SubjectDeck = "deck"
	SubjectDrop = "drop"
	subjectCard = "card:"
)

// Digests are the public commitments of a deck or drawn drop, and of a card the SHA-256 of its
// document: 64 hex digits each.
type Digests struct {
	Model     string  `json:"genproof2Model"`
	Policy    string  `json:"genproof2Policy"`
	Template  *string `json:"genproof2Template,omitempty"` // these three of a drawn drop
	Authority *string `json:"genproof2Authority,omitempty"`
	Seeds     *string `json:"genproof2Seeds,omitempty"`
	SHA256    *string `json:"sha256,omitempty"` // of a card's document
}

// What a signer decides. Only approvals count for what a deck promises.
const (
	Approves = "approves"
	Refuses  = "refuses"
	States   = "states" // neither: it is a fact that the signer knows of
)

// How the signer knows the commitment that the statement is about: the signer's word.
const (
	FromCards       = result.FromCards
	FromPublication = result.FromPublication
	FromCommitment  = result.FromCommitment
)

// A Predicate is what all statements say, and one of the parts at the end.
type Predicate struct {
	Version     uint64     `json:"version"` // 1
	About       About      `json:"about"`
	Signer      SignedBy   `json:"signer"`
	Role        string     `json:"role"`      // as the deck or the reader's trust file calls it
	Decision    string     `json:"decision"`  // Approves, Refuses or States
	Basis       string     `json:"basis"`     // FromCards, FromPublication or FromCommitment
	IssuedAt    string     `json:"issuedAt"`  // the signer's word
	NotBefore   string     `json:"notBefore"` // empty for none, as Expires
	Expires     string     `json:"expires"`
	Statement   string     `json:"statement"`   // in words
	Evidence    []Evidence `json:"evidence"`    // digests of what the signer has
	Methodology string     `json:"methodology"` // an https address, or empty
	Limitations string     `json:"limitations"`
	LogHead     *LogHead   `json:"logHead,omitempty"` // of the signer's log, when it signed
	Round       *Round     `json:"round,omitempty"`   // signed after it: a lower bound in time
	Detail      Detail     `json:"detail"`
}

// An About repeats what the subject is, for people and against mix-ups.
type About struct {
	Name    string `json:"name"` // of the deck or drop
	Model   string `json:"model"`
	Policy  string `json:"policy"`
	ChainID uint64 `json:"chainId"` // of a deck's home; 0 if there is none, and of drawn drops
	Author  string `json:"author"`  // of a deck's home, or empty
}

// A SignedBy is who signs.
type SignedBy struct {
	Identity string `json:"identity"` // as [bundle.ParseIdentity] reads it
	Scheme   string `json:"scheme"`   // Ed25519, EIP712 or ERC1271
}

// An Evidence is a file that the signer has.
type Evidence struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// A LogHead is how far the signer's log had come.
type LogHead struct {
	Sequence uint64 `json:"sequence"`
	Hash     string `json:"hash"` // of the entry with this number
}

// A Round is a round of drand, which nobody could know before its time.
type Round struct {
	Chain     string `json:"chain"` // the chain's hash
	Number    uint64 `json:"number"`
	Signature string `json:"signature"` // in hex
}

// Identity returns the signer whom the statement names.
func (s *Statement) Identity() (bundle.Identity, error) {
	id, err := bundle.ParseIdentity(s.Predicate.Signer.Identity)
	if err != nil {
		return id, fmt.Errorf("$.predicate.signer.identity: %w", err)
	}
	return id, nil
}

// Card returns the number of the card that a subject is; false for others.
func (s *Subject) Card() (uint64, bool) {
	digits, ok := strings.CutPrefix(s.Name, subjectCard)
	n, err := strconv.ParseUint(digits, 10, 64)
	return n, ok && err == nil && strconv.FormatUint(n, 10) == digits
}

// Name returns the predicate's name: curation.
func (s *Statement) Name() string { return nameOf(s.PredicateType) }

// read reads a payload and checks its form.
func (s *Statement) read(payload []byte) error {
	if t, ok := typeIn(payload); ok && nameOf(t) == "" {
		return ErrOpaque
	}
	if err := strictjson.Unmarshal(payload, s, MaxBytes); err != nil {
		return err
	}
	return s.check()
}

// Marshal writes the statement as the payload that is signed.
func (s *Statement) Marshal() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	return strictjson.Marshal(s)
}

// typeIn finds the predicate's type in a payload, to tell what is of another kind from what is
// wrong: it decides nothing else.
func typeIn(payload []byte) (string, bool) {
	_, rest, found := strings.Cut(string(payload), `"predicateType"`)
	rest, isValue := strings.CutPrefix(strings.TrimLeft(rest, " \t\r\n"), ":")
	rest, isText := strings.CutPrefix(strings.TrimLeft(rest, " \t\r\n"), `"`)
	value, _, ends := strings.Cut(rest, `"`)
	return value, found && isValue && isText && ends
}

func (s *Statement) check() error {
	switch {
	case s.Type != StatementType:
		return fmt.Errorf("$._type: got %.60q, want %q", s.Type, StatementType)
	case len(s.Subject) != 1:
		return fmt.Errorf("$.subject: got %d, want exactly one", len(s.Subject))
	}
	if err := s.Subject[0].check(); err != nil {
		return fmt.Errorf("$.subject[0]%w", err)
	}
	if err := s.Predicate.check(s.Name()); err != nil {
		return fmt.Errorf("$.predicate%w", err)
	}
	d, about := &s.Subject[0].Digest, &s.Predicate.About
	if d.Model != about.Model || d.Policy != about.Policy {
		return errors.New("$.predicate.about: it is about another deck or drop than the subject")
	}
	return nil
}

func (s *Subject) check() error {
	_, isCard := s.Card()
	isDrop := s.Name == SubjectDrop
	if !isCard && !isDrop && s.Name != SubjectDeck {
		return fmt.Errorf(".name: got %.40q, want deck, drop or card:NUMBER", s.Name)
	}
	for _, m := range []struct {
		name  string
		value *string
		is    bool
	}{
		{"genproof2Model", &s.Digest.Model, true}, {"genproof2Policy", &s.Digest.Policy, true},
		{"genproof2Template", s.Digest.Template, isDrop}, {"genproof2Authority", s.Digest.Authority, isDrop}, {"genproof2Seeds", s.Digest.Seeds, isDrop},
		{"sha256", s.Digest.SHA256, isCard},
	} {
		switch {
		case m.is != (m.value != nil):
			return fmt.Errorf(".digest: %s is for %s", m.name, map[bool]string{true: "this subject, and missing", false: "other subjects"}[m.is])
		case m.is && !isDigest(*m.value):
			return fmt.Errorf(".digest.%s: want 64 lower-case hex digits", m.name)
		}
	}
	return nil
}

func (p *Predicate) check(name string) error {
	id, err := bundle.ParseIdentity(p.Signer.Identity)
	accounts := p.Signer.Scheme == EIP712 || p.Signer.Scheme == ERC1271
	switch {
	case p.Version != Version:
		return fmt.Errorf(".version: got %d, this program reads %d", p.Version, Version)
	case err != nil:
		return fmt.Errorf(".signer.identity: %w", err)
	case !accounts && p.Signer.Scheme != Ed25519 || accounts != id.IsAccount():
		return fmt.Errorf(".signer.scheme: got %.20q, want %s for a key, %s or %s for an account", p.Signer.Scheme, Ed25519, EIP712, ERC1271)
	case !isOneOf(p.Decision, Approves, Refuses, States):
		return fmt.Errorf(".decision: got %.20q, want %s, %s or %s", p.Decision, Approves, Refuses, States)
	case !isOneOf(p.Basis, FromCards, FromPublication, FromCommitment):
		return fmt.Errorf(".basis: got %.20q, want %s, %s or %s", p.Basis, FromCards, FromPublication, FromCommitment)
	case len(p.Evidence) > maxEvidence:
		return fmt.Errorf(".evidence: %d, at most %d", len(p.Evidence), maxEvidence)
	}
	if err := p.checkTimes(name); err != nil {
		return err
	}
	if err := p.checkTexts(); err != nil {
		return err
	}
	return p.Detail.check(name)
}

const maxEvidence = 64

func (p *Predicate) checkTimes(name string) error {
	if _, err := parseTime(p.IssuedAt); err != nil {
		return fmt.Errorf(".issuedAt: %w", err)
	}
	for key, text := range map[string]string{"notBefore": p.NotBefore, "expires": p.Expires} {
		if _, err := parseTime(text); text != "" && err != nil {
			return fmt.Errorf(".%s: %w", key, err)
		}
		if text != "" && name == RevocationName {
			return fmt.Errorf(".%s: a withdrawal begins at once and does not end", key)
		}
	}
	return nil
}

func (p *Predicate) checkTexts() error {
	texts := []text{
		{".about.name", &p.About.Name, true}, {".role", &p.Role, true}, {".statement", &p.Statement, true},
		{".limitations", &p.Limitations, false}, {".about.author", &p.About.Author, false},
	}
	for i := range p.Evidence {
		texts = append(texts, text{fmt.Sprintf(".evidence[%d].name", i), &p.Evidence[i].Name, true})
		if !isDigest(p.Evidence[i].SHA256) {
			return fmt.Errorf(".evidence[%d].sha256: want 64 lower-case hex digits", i)
		}
	}
	if err := checkTexts(texts); err != nil {
		return err
	}
	switch h, r := p.LogHead, p.Round; {
	case p.Methodology != "" && !isAddress(p.Methodology):
		return errors.New(".methodology: want an https address")
	case h != nil && !isDigest(h.Hash):
		return errors.New(".logHead.hash: want 64 lower-case hex digits")
	case r != nil && (!isDigest(r.Chain) || !isHex(r.Signature) || len(r.Signature) > 512 || r.Number == 0):
		return errors.New(".round: want the hash of a chain, a number and a signature")
	}
	return nil
}

// A text is a field for people, and where it stands.
type text struct {
	at     string
	value  *string
	needed bool
}

// maxText bounds a text, in bytes.
const maxText = 4096

func checkTexts(list []text) error {
	for _, t := range list {
		switch err := spelling.Check(*t.value); {
		case t.needed && *t.value == "":
			return fmt.Errorf("%s: it is empty", t.at)
		case len(*t.value) > maxText:
			return fmt.Errorf("%s: %d bytes, at most %d", t.at, len(*t.value), maxText)
		case err != nil:
			return fmt.Errorf("%s: %w", t.at, err)
		case strings.Contains(strings.ToLower(*t.value), "complian"):
			return fmt.Errorf("%s: an attestation says what was done, and of no rule that it is met", t.at)
		}
	}
	return nil
}

// parseTime reads a time in its one form, 2026-01-31T23:59:59Z.
func parseTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || FormatTime(t) != s {
		return t, errors.New("want a time as 2026-01-31T23:59:59Z")
	}
	return t, nil
}

// FormatTime writes a time as statements have it.
func FormatTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// isDigest reports whether s is 32 bytes in lower-case hex.
func isDigest(s string) bool { return len(s) == 64 && isHex(s) }

func isHex(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && s != "" && hex.EncodeToString(raw) == s
}

// isAddress reports whether s is an https address without blanks and control characters.
func isAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	return ok && rest != "" && len(s) <= 512 && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '<' })
}

func isOneOf(s string, list ...string) bool {
	for _, x := range list {
		if s == x {
			return true
		}
	}
	return false
}
