package attest

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/strictjson"
)

// A Draft is what a person writes of an attestation. The rest follows from what it is about,
// who signs, and when.
type Draft struct {
	Role        string     `json:"role"`
	Decision    string     `json:"decision"`
	NotBefore   string     `json:"notBefore"`
	Expires     string     `json:"expires"`
	Statement   string     `json:"statement"`
	Evidence    []Evidence `json:"evidence"`
	Methodology string     `json:"methodology"`
	Limitations string     `json:"limitations"`
	Detail      Detail     `json:"detail"`
}

// ParseDraft reads a draft.
func ParseDraft(data []byte) (*Draft, error) {
	d := new(Draft)
	if err := strictjson.Unmarshal(data, d, MaxBytes); err != nil {
		return nil, fmt.Errorf("reading a draft: %w", err)
	}
	return d, nil
}

// NewDraft returns a draft of a predicate with its fields empty; nil if there is no such one.
func NewDraft(name string) *Draft {
	d := &Draft{Decision: States, Evidence: []Evidence{}}
	switch name {
	case GenerationName:
		d.Detail.Generation = &Generation{Action: "c2pa.created", DigitalSourceType: sourcePrefix + "trainedAlgorithmicMedia"}
	case MarkingName:
		d.Detail.Marking = &Marking{Method: "none"}
	case LicenceInventoryName:
		d.Detail.LicenceInventory = &LicenceInventory{}
	case SafetyReviewName:
		d.Decision, d.Detail.SafetyReview = Approves, &Review{Categories: []string{}, By: "people"}
	case CurationName:
		d.Decision, d.Detail.Curation = Approves, &Review{Categories: []string{}, By: "people"}
	case RightsName:
		d.Detail.Rights = &Rights{}
	default:
		return nil
	}
	return d
}

// name is the predicate that a draft's part is of, "" if there is not one part.
func (d *Draft) name() string {
	for _, name := range Names() {
		if err := d.Detail.check(name); err == nil || !strings.HasPrefix(err.Error(), ".detail:") {
			return name
		}
	}
	return ""
}

// A Signer is a key that signs attestations. Its values print as the identity.
type Signer interface {
	Identity() bundle.Identity
	Scheme() string
	// Sign signs a payload as the scheme has it.
	Sign(payload []byte) ([]byte, error)
}

// A Making is what an attestation needs besides its draft.
type Making struct {
	About   *Target
	Card    *CardSubject // nil: about the whole
	Basis   string
	Now     time.Time
	LogHead *LogHead
	Round   *Round
}

// New returns the statement of a draft, for a signer.
func (d *Draft) New(m Making, id bundle.Identity, scheme string) (*Statement, error) {
	name := d.name()
	if name == "" {
		return nil, errors.New("making an attestation: the draft's detail must have exactly one part")
	}
	s := &Statement{
		Type: StatementType, Subject: []Subject{m.About.subject(m.Card)}, PredicateType: TypeOf(name),
		Predicate: Predicate{
			Version: Version, About: m.About.About, Signer: SignedBy{id.String(), scheme}, Role: d.Role, Decision: d.Decision, Basis: m.Basis,
			IssuedAt: FormatTime(m.Now), NotBefore: d.NotBefore, Expires: d.Expires, Statement: d.Statement, Evidence: d.Evidence,
			Methodology: d.Methodology, Limitations: d.Limitations, LogHead: m.LogHead, Round: m.Round, Detail: d.Detail,
		},
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("making an attestation: %w", err)
	}
	return s, nil
}

// Sign signs a statement, and checks what it signed as a reader would.
func Sign(ctx context.Context, s *Statement, by Signer) (*Attestation, error) {
	payload, err := s.Marshal()
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	sig, err := by.Sign(payload)
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	return Complete(ctx, payload, sig)
}

// Complete puts a signature that was made elsewhere, by a wallet, to its payload. A contract's is
// taken as it is.
func Complete(ctx context.Context, payload, signature []byte) (*Attestation, error) {
	a := &Attestation{ID: sha256.Sum256(payload), Payload: payload, Signature: signature}
	if err := a.Statement.read(payload); err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	if err := a.Verify(ctx, nil); err != nil && !errors.Is(err, errNoNode) {
		return nil, fmt.Errorf("signing: %w", err)
	}
	return a, nil
}

// Withdraw returns the statement that takes an attestation back. Its signer must be the same.
func (a *Attestation) Withdraw(reason string, now time.Time) (*Statement, error) {
	s := a.Statement
	if s.Name() == RevocationName {
		return nil, errors.New("withdrawing: a withdrawal cannot be taken back")
	}
	s.PredicateType = TypeOf(RevocationName)
	s.Predicate = Predicate{
		Version: Version, About: s.Predicate.About, Signer: s.Predicate.Signer, Role: s.Predicate.Role, Decision: States, Basis: FromCommitment, IssuedAt: FormatTime(now),
		Statement: "This attestation is withdrawn.", Evidence: []Evidence{},
		Detail: Detail{Revocation: &Withdrawal{hex.EncodeToString(a.ID[:]), reason}},
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("withdrawing: %w", err)
	}
	return &s, nil
}

// A Key is an Ed25519 key that signs. It prints as its identity.
type Key struct{ private ed25519.PrivateKey }

// keyPrefix begins the file of a secret key.
const keyPrefix = "genproof-attestation-key:"

// NewKey makes a key of 32 random bytes.
func NewKey(random io.Reader) (*Key, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	return &Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// ParseKey reads the file of a secret key. Its errors quote nothing of it.
func ParseKey(data []byte) (*Key, error) {
	digits, ok := strings.CutPrefix(strings.TrimSpace(string(data)), keyPrefix)
	seed, err := hex.DecodeString(digits)
	if !ok || err != nil || len(seed) != ed25519.SeedSize {
		return nil, errors.New("that is no key for attestations")
	}
	return &Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// Secret returns the key's file.
func (k *Key) Secret() []byte { return fmt.Appendf(nil, "%s%x\n", keyPrefix, k.private.Seed()) }

// Identity implements [Signer].
func (k *Key) Identity() bundle.Identity {
	return bundle.Identity{Key: [32]byte(k.private.Public().(ed25519.PublicKey))}
}

// Scheme implements [Signer].
func (k *Key) Scheme() string { return Ed25519 }

// Sign implements [Signer].
func (k *Key) Sign(payload []byte) ([]byte, error) { return ed25519.Sign(k.private, pae(payload)), nil }

// SignBytes signs what is no attestation, under a context that keeps it from being one.
func (k *Key) SignBytes(context string, data []byte) []byte {
	return ed25519.Sign(k.private, fmt.Appendf(nil, "genproof/%s\x00%s", context, data))
}

// VerifyBytes reports whether a key has signed data under a context.
func VerifyBytes(id bundle.Identity, context string, data, signature []byte) bool {
	return !id.IsAccount() && ed25519.Verify(id.Key[:], fmt.Appendf(nil, "genproof/%s\x00%s", context, data), signature)
}

func (k *Key) String() string               { return k.Identity().String() }
func (k *Key) GoString() string             { return k.String() }
func (k *Key) Format(s fmt.State, _ rune)   { fmt.Fprint(s, k.String()) }
func (k *Key) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%q", k.String()), nil }
