package attest

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// The names of predicates. A type is [typePrefix] NAME /v1.
const (
	GenerationName       = "generation"
	MarkingName          = "marking"
	LicenceInventoryName = "licence-inventory"
	SafetyReviewName     = "safety-review"
	CurationName         = "curation"
	RightsName           = "rights"
	RevocationName       = "revocation"
)

const (
	typePrefix  = "https://github.com/genproof/genproof/attest/"
	typeVersion = "/v1"
)

// Names lists the predicates.
func Names() []string {
	return []string{GenerationName, MarkingName, LicenceInventoryName, SafetyReviewName, CurationName, RightsName, RevocationName}
}

// TypeOf returns a predicate's type.
func TypeOf(name string) string { return typePrefix + name + typeVersion }

// nameOf is the name of a type, "" if it is none of this version's.
func nameOf(t string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(t, typePrefix), typeVersion)
	if !isOneOf(name, Names()...) || TypeOf(name) != t {
		return ""
	}
	return name
}

// A Detail is the part of a predicate that its type names, and no other.
type Detail struct {
	Generation       *Generation       `json:"generation,omitempty"`
	Marking          *Marking          `json:"marking,omitempty"`
	LicenceInventory *LicenceInventory `json:"licenceInventory,omitempty"`
	SafetyReview     *Review           `json:"safetyReview,omitempty"`
	Curation         *Review           `json:"curation,omitempty"`
	Rights           *Rights           `json:"rights,omitempty"`
	Revocation       *Withdrawal       `json:"revocation,omitempty"`
}

// A Generation says how the documents and images came about.
type Generation struct {
	Model             string `json:"model"` // its name
	ModelVersion      string `json:"modelVersion"`
	Artifact          string `json:"artifactSha256"` // digests may be empty
	Provider          string `json:"provider"`
	Runtime           string `json:"runtimeSha256"`
	SeedPolicy        string `json:"seedPolicy"`
	Prompt            string `json:"promptCommitment"` // SHA-256 over 32 random bytes and the prompt
	Operator          string `json:"operator"`
	Action            string `json:"c2paAction"`
	DigitalSourceType string `json:"digitalSourceType"` // an IPTC address
}

// A Marking says how the contents are marked as made by a machine.
type Marking struct {
	Method     string `json:"method"`   // c2pa, iptc-xmp, watermark:NAME or none
	Detector   string `json:"detector"` // what finds the mark
	LabelShown string `json:"labelShown"`
	Tool       string `json:"tool"`
}

// A LicenceInventory commits to a list of licences: see [Inventory].
type LicenceInventory struct {
	Root  string `json:"root"` // the Merkle root of its entries
	Count uint64 `json:"count"`
}

// A Review says how cards were looked at, for a safety review or a curation.
type Review struct {
	Standard       string   `json:"standard"`       // its id
	StandardDigest string   `json:"standardSha256"` // may be empty
	Categories     []string `json:"categories"`
	Thresholds     string   `json:"thresholds"`
	Tool           string   `json:"tool"`
	ToolVersion    string   `json:"toolVersion"`
	By             string   `json:"by"`       // people, rule or both
	Rejected       uint64   `json:"rejected"` // of Sample
	Sample         uint64   `json:"sample"`   // cards that were looked at
	Conflicts      string   `json:"conflicts"`
	LogRoot        string   `json:"logRoot"` // of the log with the decision on each card; may be empty
}

// Rights says who warrants what.
type Rights struct {
	Author       string `json:"authorCommitment"` // SHA-256 over 32 random bytes and a legal name or DID
	Warranty     string `json:"warrantySha256"`   // of its text
	Jurisdiction string `json:"jurisdiction"`
	Contact      string `json:"contact"` // for notices
}

// A Withdrawal takes an attestation of the same signer back.
type Withdrawal struct {
	Attestation string `json:"attestation"` // its id
	Reason      string `json:"reason"`
}

// actions are those of C2PA's list (version 2.1) that a whole set of images can have.
func actions() []string {
	return []string{"c2pa.created", "c2pa.edited", "c2pa.converted", "c2pa.opened", "c2pa.placed", "c2pa.published", "c2pa.transcoded"}
}

// sourcePrefix begins IPTC's addresses of digital source types.
const sourcePrefix = "http://cv.iptc.org/newscodes/digitalsourcetype/"

// sources are what follows it.
func sources() []string {
	return []string{"trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia", "algorithmicallyEnhanced",
		"digitalCreation", "digitalArt", "humanEdits", "compositeSynthetic", "composite", "dataDrivenMedia", "digitalCapture", "virtualRecording"}
}

// checker is a part of a predicate. Its errors begin with the key they are about.
type checker interface{ check() error }

// check sees that the part that the type names is there, and no other.
func (d *Detail) check(name string) error {
	var found checker
	v := reflect.ValueOf(d).Elem()
	for i, n := range Names() { // in the order of the fields
		switch there := !v.Field(i).IsNil(); {
		case there != (n == name):
			return fmt.Errorf(".detail: the part of %q must be there, and no other", name)
		case there:
			found = v.Field(i).Interface().(checker)
		}
	}
	if found == nil {
		return errors.New(": the predicate's type is none that this version reads")
	}
	if err := found.check(); err != nil {
		return fmt.Errorf(".detail.%s%w", name, err)
	}
	return nil
}

func (g *Generation) check() error {
	switch source, ok := strings.CutPrefix(g.DigitalSourceType, sourcePrefix); {
	case !isOneOf(g.Action, actions()...):
		return fmt.Errorf(".c2paAction: got %.40q, want one of %s", g.Action, strings.Join(actions(), ", "))
	case g.DigitalSourceType == "" && g.Action == "c2pa.created":
		return errors.New(".digitalSourceType: c2pa.created needs one")
	case g.DigitalSourceType != "" && (!ok || !isOneOf(source, sources()...)):
		return fmt.Errorf(".digitalSourceType: want %s and one of %s", sourcePrefix, strings.Join(sources(), ", "))
	}
	if err := digests(map[string]string{"artifactSha256": g.Artifact, "runtimeSha256": g.Runtime, "promptCommitment": g.Prompt}); err != nil {
		return err
	}
	return checkTexts([]text{{".model", &g.Model, true}, {".modelVersion", &g.ModelVersion, false}, {".provider", &g.Provider, false},
		{".seedPolicy", &g.SeedPolicy, false}, {".operator", &g.Operator, false}})
}

func (m *Marking) check() error {
	if name, is := strings.CutPrefix(m.Method, "watermark:"); !(is && name != "") && !isOneOf(m.Method, "c2pa", "iptc-xmp", "none") {
		return fmt.Errorf(".method: got %.40q, want c2pa, iptc-xmp, watermark:NAME or none", m.Method)
	}
	return checkTexts([]text{{".method", &m.Method, true}, {".detector", &m.Detector, false}, {".labelShown", &m.LabelShown, false}, {".tool", &m.Tool, false}})
}

func (l *LicenceInventory) check() error {
	if !isDigest(l.Root) || l.Count < 1 || l.Count > MaxEntries {
		return fmt.Errorf(": want the root of 1 to %d entries", MaxEntries)
	}
	return nil
}

func (r *Review) check() error {
	switch {
	case !isOneOf(r.By, "people", "rule", "both"):
		return fmt.Errorf(".by: got %.20q, want people, rule or both", r.By)
	case r.Rejected > r.Sample:
		return errors.New(".rejected: more than were looked at")
	case len(r.Categories) > maxEvidence:
		return fmt.Errorf(".categories: at most %d", maxEvidence)
	}
	if err := digests(map[string]string{"standardSha256": r.StandardDigest, "logRoot": r.LogRoot}); err != nil {
		return err
	}
	texts := []text{{".standard", &r.Standard, true}, {".thresholds", &r.Thresholds, false}, {".tool", &r.Tool, false},
		{".toolVersion", &r.ToolVersion, false}, {".conflicts", &r.Conflicts, false}}
	for i := range r.Categories {
		texts = append(texts, text{fmt.Sprintf(".categories[%d]", i), &r.Categories[i], true})
	}
	return checkTexts(texts)
}

func (r *Rights) check() error {
	if err := digests(map[string]string{"authorCommitment": r.Author, "warrantySha256": r.Warranty}); err != nil {
		return err
	}
	return checkTexts([]text{{".jurisdiction", &r.Jurisdiction, false}, {".contact", &r.Contact, false}})
}

func (w *Withdrawal) check() error {
	if !isDigest(w.Attestation) {
		return errors.New(".attestation: want the id of one, 64 lower-case hex digits")
	}
	return checkTexts([]text{{".reason", &w.Reason, false}})
}

// digests sees that each is 64 hex digits or empty.
func digests(list map[string]string) error {
	for name, d := range list {
		if d != "" && !isDigest(d) {
			return fmt.Errorf(".%s: want 64 lower-case hex digits, or nothing", name)
		}
	}
	return nil
}
