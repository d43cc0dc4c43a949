package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/strictjson"
)

// The places of a pack. ManifestFile stands first, in the order of names too.
const (
	ManifestFile    = "MANIFEST.jsonl"
	SignatureFile   = "MANIFEST.signature"
	PublicationDir  = "publication" // what was published, as FORMAT has it
	AttestationsDir = "attestations"
	TrustFile       = "trust.json"
	LogDir          = "log"
	ChainDir        = "chain"
	HiddenDir       = "hidden"
	ReportFile      = "report.json"
	SummaryFile     = "summary.html"
)

// Bounds of a pack.
const (
	maxFiles    = 1 << 20
	maxManifest = 1 << 28 // bytes
	maxLine     = 1 << 16
	maxFile     = 1 << 28
	maxPack     = 16 << 30
)

// KindPack is the kind of a manifest.
const KindPack = "evidence"

// A Manifest says what is in a pack, and what is not. It is lines: the first is the Head, then one for
// each file.
type Manifest struct {
	Head  Head
	Files []File
}

// A Head is what a manifest says of the whole pack.
type Head struct {
	Version    uint64    `json:"version"` // 1
	Kind       string    `json:"kind"`    // KindPack
	MadeAt     string    `json:"made_at"` // by its maker's clock: the report is of this time
	By         Maker     `json:"made_by"`
	For        string    `json:"for"`       // marketplace, regulator or court
	Recipient  string    `json:"recipient"` // who gets what is hidden; empty if nothing is
	Command    string    `json:"command"`   // that made it, without secrets
	Verifier   Verifier  `json:"verifier"`
	Files      uint64    `json:"files"`
	LeftOut    []LeftOut `json:"left_out"`
	NotChecked []string  `json:"not_checked"`
}

// A Maker is the person who made a pack, in their own words.
type Maker struct {
	Name   string `json:"name"`
	Role   string `json:"role"`
	Method string `json:"method"`
}

// A Verifier is the program that judged.
type Verifier struct {
	Version string `json:"version"`
	Go      string `json:"go"`
}

// A File is a file of a pack.
type File struct {
	Path    string   `json:"path"`
	Size    uint64   `json:"size"`
	SHA256  [32]byte `json:"sha256"`
	Role    string   `json:"role"`     // publication, attestation, trust, log, chain, hidden, report or summary
	Source  string   `json:"source"`   // where it is from, in words
	AddedBy string   `json:"added_by"` // the maker's name, or empty
	AddedAt string   `json:"added_at"`
}

// A LeftOut is what a pack does not hold: its name, and a commitment of which its maker keeps the salt.
type LeftOut struct {
	Name       string   `json:"name"`
	Commitment [32]byte `json:"commitment"` // SHA-256 over 32 random bytes and the file
}

// oneLine is the one form of a value as a line.
func oneLine(v any) ([]byte, error) {
	data, err := strictjson.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out []byte
	for part := range bytes.Lines(data) {
		out = append(out, bytes.TrimSpace(part)...)
	}
	return append(out, '\n'), nil
}

// Marshal writes the manifest; files are put into the order of their paths.
func (m *Manifest) Marshal() ([]byte, error) {
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	m.Head.Files = uint64(len(m.Files))
	out, err := oneLine(&m.Head)
	if err != nil {
		return nil, fmt.Errorf("writing the manifest: %w", err)
	}
	for i := range m.Files {
		line, err := oneLine(&m.Files[i])
		if err != nil {
			return nil, fmt.Errorf("writing the manifest: %w", err)
		}
		out = append(out, line...)
	}
	return out, nil
}

// ParseManifest reads a manifest in its one form.
func ParseManifest(data []byte) (*Manifest, error) {
	m := &Manifest{}
	if len(data) > maxManifest || !bytes.HasSuffix(data, []byte("\n")) {
		return nil, errors.New("reading the manifest: it is too long, or its last line is not whole")
	}
	number := 0
	for line := range bytes.Lines(data) {
		var into any = &m.Head
		if number > 0 {
			m.Files = append(m.Files, File{})
			into = &m.Files[number-1]
		}
		if err := parseLine(line, into); err != nil {
			return nil, fmt.Errorf("reading the manifest: line %d: %w", number+1, err)
		}
		if number++; number > maxFiles {
			return nil, fmt.Errorf("reading the manifest: more than %d files", maxFiles)
		}
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("reading the manifest: %w", err)
	}
	return m, nil
}

func parseLine(line []byte, into any) error {
	if err := strictjson.Unmarshal(line, into, maxLine); err != nil {
		return err
	}
	if again, err := oneLine(into); err != nil || !bytes.Equal(again, line) {
		return errors.New("it is not in the one form of a line")
	}
	return nil
}

func (m *Manifest) check() error {
	h := &m.Head
	if h.Version != 1 || h.Kind != KindPack {
		return fmt.Errorf("want version 1 and kind %q", KindPack)
	}
	if _, err := parseTime(h.MadeAt); err != nil {
		return err
	}
	if h.Files != uint64(len(m.Files)) {
		return fmt.Errorf("it says %d files and lists %d", h.Files, len(m.Files))
	}
	total := uint64(0)
	for i := range m.Files {
		if total += min(m.Files[i].Size, maxFile+1); m.Files[i].Size > maxFile || total > maxPack {
			return fmt.Errorf("%.80q: files of more than %d bytes, or of %d together, are not read", m.Files[i].Path, maxFile, uint64(maxPack))
		}
		switch path := m.Files[i].Path; {
		case !isPath(path):
			return fmt.Errorf("%.80q is no path of a pack", path)
		case i > 0 && path <= m.Files[i-1].Path:
			return fmt.Errorf("%s stands behind %s: the order is another, or it stands twice", path, m.Files[i-1].Path)
		}
	}
	return nil
}

// bytes are those of all files together.
func (m *Manifest) bytes() (total uint64) {
	for i := range m.Files {
		total += m.Files[i].Size
	}
	return total
}

// isPath reports whether a path stays in the pack and is written as everywhere.
func isPath(p string) bool {
	if p == "" || len(p) > 1024 || p == ManifestFile || p == SignatureFile {
		return false
	}
	for part := range strings.SplitSeq(p, "/") {
		if part == "" || part == "." || part == ".." || strings.ContainsAny(part, "\\:\x00\n") {
			return false
		}
	}
	return true
}

// A Signature is by whom a manifest is signed.
type Signature struct {
	Identity  string `json:"identity"` // an Ed25519 key's
	Signature []byte `json:"signature"`
}

// manifestContext keeps a manifest's signature from being one of anything else.
const manifestContext = "evidence-manifest"

// SignManifest signs a manifest's bytes.
func SignManifest(key *attest.Key, manifest []byte) ([]byte, error) {
	return strictjson.Marshal(&Signature{key.String(), key.SignBytes(manifestContext, manifest)})
}

// signer returns who signed a manifest.
func signer(manifest, data []byte) (string, error) {
	var s Signature
	err := strictjson.Unmarshal(data, &s, maxLine)
	var id bundle.Identity
	if err == nil {
		id, err = bundle.ParseIdentity(s.Identity)
	}
	if err == nil && !attest.VerifyBytes(id, manifestContext, manifest, s.Signature) {
		err = errors.New("it is not the signer's, or of another manifest")
	}
	if err != nil {
		return "", fmt.Errorf("the manifest's signature: %w", err)
	}
	return s.Identity, nil
}
