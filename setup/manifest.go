package setup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/files"
)

const (
	manifestVersion  = 1
	manifestFile     = "manifest.json"
	maxManifestBytes = 1 << 16
)

// The files of a folder of keys, in the order in which they are written and checked.
var fileNames = []string{"cs", "pk", "vk"}

// A Manifest says what the keys in a folder are.
type Manifest struct {
	Version      int             `json:"version"`
	Circuit      string          `json:"circuit"`
	Digest       string          `json:"digest"` // of the constraint system, hex
	Constraints  int             `json:"constraints"`
	PublicInputs int             `json:"public_inputs"`
	Domain       uint64          `json:"domain"`
	Provenance   string          `json:"provenance"`
	Created      time.Time       `json:"created"`
	Tools        Tools           `json:"tools"`
	Files        map[string]File `json:"files"`
	Checksum     string          `json:"checksum"` // SHA-256 of this manifest with an empty checksum, hex
}

// Tools are the versions of what made the keys.
type Tools struct {
	Go          string `json:"go"`
	Gnark       string `json:"gnark"`
	GnarkCrypto string `json:"gnark_crypto"`
}

// A File is a file's exact content.
type File struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func newManifest(c *Circuit, from string, files map[string]File) *Manifest {
	return &Manifest{
		Version:      manifestVersion,
		Circuit:      c.ID,
		Digest:       hex.EncodeToString(c.Digest[:]),
		Constraints:  c.Constraints,
		PublicInputs: c.PublicInputs,
		Domain:       c.Domain,
		Provenance:   from,
		Created:      time.Now().UTC().Truncate(time.Second),
		Tools:        tools(),
		Files:        files,
	}
}

// tools reads what the program was linked with. A test binary does not say.
func tools() Tools {
	t := Tools{Go: runtime.Version(), Gnark: "unknown", GnarkCrypto: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return t
	}
	for _, dep := range info.Deps {
		switch dep.Path {
		case "github.com/consensys/gnark":
			t.Gnark = dep.Version
		case "github.com/consensys/gnark-crypto":
			t.GnarkCrypto = dep.Version
		}
	}
	return t
}

// encode writes the manifest with its checksum. One manifest has one encoding.
func (m *Manifest) encode() ([]byte, error) {
	sealed := *m
	sealed.Checksum = ""
	b, err := json.MarshalIndent(sealed, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write key manifest: %w", err)
	}
	sum := sha256.Sum256(b)
	sealed.Checksum = hex.EncodeToString(sum[:])
	b, err = json.MarshalIndent(sealed, "", "  ")
	return append(b, '\n'), err
}

// decodeManifest reads what encode writes and nothing else: comparing the bytes refuses
// unknown and duplicate keys, other spellings, trailing text and flipped bits at once.
func decodeManifest(b []byte) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	if m.Version != manifestVersion {
		return nil, fmt.Errorf("version %d, this program reads %d", m.Version, manifestVersion)
	}
	again, err := m.encode()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, b) {
		return nil, errors.New("it was changed after genproof wrote it")
	}
	return &m, nil
}

// describes checks that the manifest is of c.
func (m *Manifest) describes(c *Circuit) error {
	digest := hex.EncodeToString(c.Digest[:])
	switch {
	case m.Circuit != c.ID:
		return fmt.Errorf("it is of circuit %.40q, want %q", m.Circuit, c.ID)
	case m.Digest != digest || m.Files["cs"].SHA256 != digest:
		return fmt.Errorf("it is of constraint system %.64q, want %s", m.Digest, digest)
	case m.Constraints != c.Constraints || m.PublicInputs != c.PublicInputs || m.Domain != c.Domain:
		return fmt.Errorf("its sizes are not those of %s", c.ID)
	case len(m.Files) != len(fileNames):
		return fmt.Errorf("it lists %d files, want %d", len(m.Files), len(fileNames))
	}
	_, err := provenance.Parse(m.Provenance)
	return err
}

// readManifest reads the manifest in folder and checks that it is of c.
func readManifest(folder string, c *Circuit) (*Manifest, error) {
	m, err := openManifest(folder)
	if err != nil {
		return nil, err
	}
	if err := m.describes(c); err != nil {
		return nil, damaged(fmt.Errorf("%s: %w", filepath.Join(folder, manifestFile), err))
	}
	return m, nil
}

func openManifest(folder string) (*Manifest, error) {
	path := filepath.Join(folder, manifestFile)
	b, err := files.Read(path, maxManifestBytes)
	if err != nil {
		return nil, damaged(err)
	}
	m, err := decodeManifest(b)
	if err != nil {
		return nil, damaged(fmt.Errorf("%s: %w", path, err))
	}
	return m, nil
}

func damaged(err error) error { return fmt.Errorf("%w: %w", err, ErrDamaged) }
