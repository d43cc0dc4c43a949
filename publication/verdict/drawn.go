package verdict

import (
	"fmt"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// A Drawn is the verdict on tokens of a drawn drop.
type Drawn struct {
	Version      uint64         `json:"version"`
	Verdict      verifier.Level `json:"verdict"`
	Reason       string         `json:"reason"` // of all tokens
	Drop         Drop           `json:"drop"`
	Rule         string         `json:"rule"`
	Tokens       []Token        `json:"tokens"`
	Authority    Authority      `json:"authority"`
	Key          Key            `json:"key"`
	Beacon       Beacon         `json:"beacon"`
	Commitments  Commitments    `json:"commitments"`
	Reservations []Reservation  `json:"reservations"`
	NotChecked   []string       `json:"not_checked"`
	Attestations []Attestation  `json:"attestations"`
	CAR          string         `json:"car_root,omitempty"`
	Pictures     *Pictures      `json:"pictures,omitempty"` // of a circuit that proves them
}

// A Token is the verdict on one token.
type Token struct {
	ID        *uint64        `json:"id,omitempty"` // missing of a file that is not a bundle
	Verdict   verifier.Level `json:"verdict"`
	Reason    string         `json:"reason"`
	CID       string         `json:"cid"`
	Root      string         `json:"root"`
	Recipient string         `json:"recipient"`
	File      string         `json:"file"`
	Picture   *Picture       `json:"picture,omitempty"` // of a circuit that proves one, and a proof that was accepted
}

// An Authority is who vouches for claims.
type Authority struct {
	Key          string `json:"key"`
	SelfAsserted bool   `json:"self_asserted"`
}

// A Beacon is where a drop's randomness is from.
type Beacon struct {
	Value      string `json:"value"`
	Source     string `json:"source"`
	SelfChosen bool   `json:"self_chosen"`
	ChainID    uint64 `json:"chain_id"`
	Contract   string `json:"contract"`
}

// Commitments are a drop's, in hex.
type Commitments struct {
	Model     string `json:"model"`
	Policy    string `json:"policy"`
	Template  string `json:"template"`
	Authority string `json:"authority"`
	Seeds     string `json:"seeds"`
}

// OfDrop returns the verdict on a drawn drop; source says where its key was taken from.
func OfDrop(p *publication.Publication, r *verifier.Report, source string) *Drawn {
	d, k := p.Description, KeyOf(r.Key, source)
	out := &Drawn{
		Version: r.Version, Verdict: r.Verdict, Reason: r.Reason, Drop: Drop{d.Name, d.Supply, d.Circuit}, Rule: r.Rule,
		Tokens: make([]Token, len(r.Tokens)), Authority: Authority{r.Authority.Key, r.Authority.SelfAsserted}, Key: k,
		Beacon: BeaconOf(&d.Beacon), Commitments: CommitmentsOf(&d.Commitments),
		Reservations: ReservationsOf(r.Reservations, k), NotChecked: append([]string{}, r.NotChecked...), CAR: p.Root,
		Attestations: AttestationsOf(r.Attestations),
	}
	for i, t := range r.Tokens {
		out.Tokens[i] = Token{t.ID, t.Verdict, t.Reason, t.CID, t.Root, t.Recipient, t.Name, pictureOf(t.Picture)}
	}
	out.countPictures(d)
	return out
}

// Reject is the verdict on what nothing can be believed of, such as a damaged CAR.
func Reject(reason string) *Drawn {
	return &Drawn{
		Version: verifier.ReportVersion, Verdict: verifier.Rejected, Reason: reason,
		Tokens: []Token{}, Reservations: []Reservation{}, NotChecked: []string{},
	}
}

// BeaconOf returns a beacon's form in a verdict.
func BeaconOf(b *bundle.Beacon) Beacon {
	// Without a chain nobody but the drop's maker stands behind the entropy, whatever the words say.
	return Beacon{hexOf(&b.Value), b.Source, b.SelfChosen(), b.ChainID, fmt.Sprintf("%#x", b.Contract[:])}
}

// CommitmentsOf returns the form of commitments in a verdict.
func CommitmentsOf(c *bundle.Commitments) Commitments {
	return Commitments{hexOf(&c.Model), hexOf(&c.Policy), hexOf(&c.Template), hexOf(&c.Authority), hexOf(&c.Seeds)}
}

// Line is the whole verdict in one line.
func (d *Drawn) Line() string {
	holding := 0
	for _, t := range d.Tokens {
		if t.Verdict.Holds() {
			holding++
		}
	}
	switch {
	case d.Verdict.Holds():
		return Holding(d.Verdict, d.Key.Verified, len(d.Reservations), counted(holding, "token")+d.Pictures.held())
	case d.Reason != "":
		return "rejected: " + d.Reason
	}
	return fmt.Sprintf("rejected: %d of %d tokens are", len(d.Tokens)-holding, len(d.Tokens))
}

// Meaning is what a verdict that holds says, and then in a line of its own what it does not.
func (d *Drawn) Meaning() string {
	const says = "Each document has the traits that the committed model drew from the drop's seed and the beacon; with the claims that the authority signed they obey the rule above."
	if d.Pictures == nil {
		return says + "\nIt does not say that the claims are true, or that the image shows what the document says."
	}
	return says + " " + d.Pictures.says() + "\nIt does not say that the claims are true. " + d.Pictures.saysNot()
}
