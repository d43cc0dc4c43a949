package subject

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
)

// A Drop is a sample drop for a circuit, made for one benchmark and thrown away: its
// secrets come from a seed that the run file tells, so anybody can measure the same tokens.
type Drop struct {
	*drop.Drop
	dir string
}

// NewDrop makes the sample drop of a circuit in a new folder of dir: the one of the
// templates that fits, with the circuit changed, or for art/small one of plain squares.
func NewDrop(dir string, id statement.CircuitID, seed string) (*Drop, error) {
	template, was := templateOf(id)
	d := &Drop{dir: filepath.Join(dir, "drop")}
	var err error
	if template == "" {
		err = newSquares(dir, d.dir)
	} else {
		err = drop.Init(d.dir, template)
	}
	if err != nil {
		return nil, err
	}
	secrets := filepath.Join(d.dir, drop.SecretsFile)
	if err := os.Remove(secrets); err != nil {
		return nil, err
	}
	if err := drop.CreateSecrets(d.dir, true, random(seed)); err != nil {
		return nil, err
	}
	if err := d.edit(func(text string) string { return strings.Replace(text, "circuit: "+was, "circuit: "+id.String(), 1) }); err != nil {
		return nil, err
	}
	if d.Circuit != id {
		return nil, fmt.Errorf("the sample drop of %s is one of %s", id, d.Circuit)
	}
	return d, nil
}

// templateOf returns the template that becomes the sample drop of a circuit, and the circuit that it
// has before. No template is one of art/small.
func templateOf(id statement.CircuitID) (template, was string) {
	switch {
	case id.Size.HasNetwork():
		return "dreams", "art/network"
	case id.Size == statement.ArtSmall:
		return "", "art/small"
	case id.Size.IsArt():
		return "pixels", "art/sprites"
	case id.Size == statement.Small:
		return "foxes", "cid/small"
	}
	return "nebula", "cid/standard"
}

// hasDrop reports whether there is a sample drop of a circuit.
func hasDrop(id statement.CircuitID) bool {
	template, _ := templateOf(id)
	return template == "" || slices.Contains(drop.Templates(), template)
}

// random returns the bytes that a seed stands for.
func random(seed string) *rand.ChaCha8 {
	return rand.NewChaCha8(sha256.Sum256([]byte("genproof/bench/" + seed)))
}

// edit changes drop.yaml and loads the drop again.
func (d *Drop) edit(change func(string) string) error {
	file := filepath.Join(d.dir, drop.DefinitionFile)
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, []byte(change(string(text))), 0o644); err != nil {
		return err
	}
	d.Drop, err = drop.Load(d.dir)
	return err
}

// SetBeacon gives the drop the beacon that its contract has drawn.
func (d *Drop) SetBeacon(b *bundle.Beacon) error {
	block := fmt.Sprintf("\nbeacon: {chain_id: %d, contract: \"0x%x\", entropy: \"0x%x\"}\n", b.ChainID, b.Contract, b.Entropy)
	if err := d.edit(func(text string) string { return text + block }); err != nil {
		return err
	}
	if d.Beacon.Value != b.Value || !bytes.Equal(d.Beacon.Entropy[:], b.Entropy[:]) {
		return fmt.Errorf("the sample drop has another beacon than its contract")
	}
	return nil
}

// Result returns what a token's inputs determine, an assignment of the circuit among it.
func (d *Drop) Result(id uint64, recipient [20]byte) (*generation.Result, error) {
	token, err := d.Token(id, recipient)
	if err != nil {
		return nil, err
	}
	return generation.Generate(token)
}
