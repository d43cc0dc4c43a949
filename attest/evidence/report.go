package evidence

import (
	"fmt"

	"github.com/genproof/genproof/publication/verdict"
)

// A Report is what is found about a pack, in the form in which it is told: FORMAT.md of package bundle, section 24.
type Report struct {
	Verdict      string                `json:"verdict"` // holds or rejected
	Faults       []string              `json:"faults"`
	Publication  string                `json:"publication"` // its verdict in one line
	SameReport   bool                  `json:"same_report"`
	Manifest     string                `json:"manifest_sha256"`
	Signer       string                `json:"signer"` // of the manifest; empty: nobody
	MadeAt       string                `json:"made_at"`
	By           string                `json:"made_by"`
	Files        int                   `json:"files"`
	LeftOut      []string              `json:"left_out"`
	Attestations []verdict.Attestation `json:"attestations"`
	BeforeSale   []string              `json:"before_the_sale"`
	Timeline     []Event               `json:"timeline"`
	NotChecked   []string              `json:"not_checked"`
}

// Report returns the form of what was found.
func (v *Verification) Report() *Report {
	r := &Report{
		Verdict: "holds", Faults: append([]string{}, v.Faults...), Publication: v.Verdict, SameReport: v.Same, Manifest: fmt.Sprintf("%x", v.ManifestDigest), Signer: v.Signer,
		LeftOut: []string{}, Attestations: append([]verdict.Attestation{}, v.Attestations...), BeforeSale: []string{}, Timeline: append([]Event{}, v.Timeline...), NotChecked: append([]string{}, v.NotChecked...),
	}
	if len(v.Faults) > 0 {
		r.Verdict = "rejected"
	}
	if m := v.Manifest; m != nil {
		r.MadeAt, r.By, r.Files = m.Head.MadeAt, m.Head.By.Name, len(m.Files)
		for _, l := range m.Head.LeftOut {
			r.LeftOut = append(r.LeftOut, fmt.Sprintf("%s: %x", l.Name, l.Commitment))
		}
	}
	for _, a := range v.Attestations {
		if said := v.BeforeTheSale(digestOf(a.ID)); a.ID != "" && said != "" {
			r.BeforeSale = append(r.BeforeSale, fmt.Sprintf("attestation %s: %s", a.ID, said))
		}
	}
	return r
}
