package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/setup/keycar"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/key"
	"github.com/genproof/genproof/verifier/plonk"
)

func (p *program) inspectVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "inspect", ArgsUsage: "PATH", Usage: "show what is in a drop's folder (the public part), drop.json, a bundle, a verifying key or a CAR",
		Description: "Nothing is verified, and nothing hidden is shown, but to who asks for the secrets of a card of their own deck: --secrets --card N.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "secrets", Usage: "of a deck's folder: show what is hidden of one card, on this screen"},
			&cli.Uint64Flag{Name: "card", Usage: "the card's `NUMBER`, from 0"},
		},
		Action: p.inspect,
	})
}

// errHidden: some files are not for showing.
var errHidden = errors.New("this file holds hidden values, which are never shown")

func (p *program) inspect(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	where := args[0]
	info, err := os.Stat(where)
	switch {
	case err != nil:
		return err
	case !info.IsDir() && !info.Mode().IsRegular():
		return fmt.Errorf("%s is neither a file nor a folder", where)
	case info.IsDir() && drop.IsDeck(where):
		return p.inspectDeck(c, where)
	case c.Bool("secrets"):
		return console.Hint(errors.New("--secrets is for a deck's own folder"), "genproof inspect FOLDER --secrets --card 7")
	case info.IsDir():
		return p.inspectFolder(where)
	case hiddenFile(where):
		return console.Hint(fmt.Errorf("%s: %w", where, errHidden), "genproof inspect "+filepath.Dir(where)+" shows the drop's public part")
	case isJSON(where):
		return p.inspectJSON(where)
	}
	data, err := p.readFile(where, publication.MaxKeyBytes)
	if err == nil && len(data) > 0 && (data[0] == 0 || plonk.IsKey(data)) { // as keys begin, and no CAR
		vk, err := verifier.ParseKey(data)
		if err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		return p.inspectKey(vk)
	}
	return p.inspectCAR(where)
}

func hiddenFile(where string) bool {
	switch filepath.Base(where) {
	case drop.SecretsFile, drop.ModelFile, drop.ClaimsFile, drop.ClaimsTableFile, drop.FactsFile, seedFile:
		return true
	}
	return false
}

func (p *program) inspectFolder(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, drop.DefinitionFile)); err == nil {
		d, err := drop.Load(dir)
		if err != nil {
			return err
		}
		return p.showDescription("drop folder", d.Description(bundle.Key{}))
	}
	if _, err := os.Stat(filepath.Join(dir, bundle.DescriptionFile)); err != nil {
		return console.Hint(fmt.Errorf("%s has neither %s nor %s", dir, drop.DefinitionFile, bundle.DescriptionFile), "give a drop's folder or an output folder")
	}
	data, file, err := p.descriptionBytes(dir)
	if err != nil {
		return err
	}
	return p.showAny("output folder", file, data)
}

// inspectJSON tells our JSON files apart by a key that only one kind has.
func (p *program) inspectJSON(where string) error {
	data, err := p.readFile(where, bundle.MaxBytes)
	if err != nil {
		return err
	}
	var keys map[string]json.RawMessage
	if json.Unmarshal(data, &keys) != nil {
		return fmt.Errorf("%s: it is not a JSON object", where)
	}
	if kind := bundle.Kind(data); kind == bundle.KindClaim || kind == bundle.KindDisclosure {
		return openingHint(publication.ErrShown)
	}
	if keys["signature"] != nil {
		return console.Hint(fmt.Errorf("%s: a receipt: %w", where, errHidden), "genproof receipt verify checks it")
	}
	if keys["proof"] != nil {
		b, err := bundle.Unmarshal(data)
		if err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		return p.showBundle(b)
	}
	return p.showAny("description", where, data)
}

// showAny shows a description of either kind.
func (p *program) showAny(kind, file string, data []byte) error {
	if bundle.IsDeck(data) {
		d, err := bundle.UnmarshalDeck(data)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		return p.showDeck(kind, d)
	}
	d, err := bundle.UnmarshalDescription(data)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return p.showDescription(kind, d)
}

// showDescription leaves out the key of a drop that has none yet.
func (p *program) showDescription(kind string, d *bundle.Description) error {
	if p.JSON {
		return p.Report(map[string]any{"kind": kind, "description": plainDescription(d)})
	}
	p.Say("%s: %s, %d tokens, circuit %s", kind, d.Name, d.Supply, d.Circuit)
	commitments := verdict.CommitmentsOf(&d.Commitments)
	p.Table(commitmentRows(&commitments, verdict.BeaconOf(&d.Beacon))...)
	var traits []string
	for _, t := range d.Traits {
		seen := ""
		if t.Visibility == bundle.Hidden && d.ProvesPictures() {
			seen = " in the document, may be visible in the picture"
		}
		traits = append(traits, t.Name+" ("+t.Visibility+seen+")")
	}
	if d.SpelledAs() == bundle.AsPublished {
		p.Table([]string{"  spelling", d.SpelledAs()})
	}
	p.Table([]string{"  traits", strings.Join(traits, ", ")}, []string{"  claims", attributeList(d.Claims)}, []string{"  facts", attributeList(d.Facts)})
	if frame := frameOf(d); frame != (picture.Frame{}) {
		p.Table([]string{"  picture", fmt.Sprintf("proven, %d×%d pixels of %d colours; documents show its digest as image", frame.Side, frame.Side, frame.Colours())})
	}
	if d.Key != (bundle.Key{}) {
		p.Table([]string{"  verifying key", hexOf(d.Key.Digest[:]) + "  (" + origin(d.Key.Provenance, true) + ")"})
	}
	p.Say("policy:\n%s", indent(d.Policy))
	p.sayBeacon(verdict.BeaconOf(&d.Beacon))
	p.sayAuthority(verdict.Authority{Key: hexOf(d.Authority.Key[:]), SelfAsserted: d.Authority.SelfAsserted})
	p.sayUnsafe(d.Key.Provenance)
	return nil
}

// frameOf returns what the drop's circuit fixes of pictures, nothing if it proves none.
func frameOf(d *bundle.Description) picture.Frame {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil {
		return picture.Frame{}
	}
	return id.Size.Frame
}

func attributeList(list []bundle.Attribute) string {
	var names []string
	for _, a := range list {
		shown := ""
		if a.Visibility == bundle.Shown {
			shown = ", shown"
		}
		names = append(names, a.Name+" ("+a.Type+shown+")")
	}
	return strings.Join(names, ", ")
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ")
}

func plainDescription(d *bundle.Description) map[string]any {
	out := map[string]any{
		"name": d.Name, "supply": d.Supply, "circuit": d.Circuit, "spelling": d.SpelledAs(), "traits": d.Traits, "claims": d.Claims, "facts": d.Facts,
		"template": d.Template, "policy": d.Policy, "commitments": verdict.CommitmentsOf(&d.Commitments), "beacon": verdict.BeaconOf(&d.Beacon),
		"authority": verdict.Authority{Key: hexOf(d.Authority.Key[:]), SelfAsserted: d.Authority.SelfAsserted},
	}
	if frame := frameOf(d); frame != (picture.Frame{}) {
		out["picture"] = map[string]int{"side": frame.Side, "depth": frame.Depth}
	}
	if d.Key != (bundle.Key{}) {
		out["key"] = map[string]string{"digest": hexOf(d.Key.Digest[:]), "provenance": d.Key.Provenance}
	}
	return out
}

func (p *program) showBundle(b *bundle.Bundle) error {
	s := b.Statement
	if p.JSON {
		return p.Report(map[string]any{"kind": "bundle", "circuit": b.Circuit, "id": s.ID, "recipient": hexOf(s.Recipient[:]), "cid": b.CID,
			"root": hexElement(b.Root), "metadata": hexOf(s.Metadata[:]), "proof": hexOf(b.Proof[:]), "document": b.Document,
			"key": map[string]string{"digest": hexOf(b.Key.Digest[:]), "provenance": b.Key.Provenance}})
	}
	p.Say("bundle: token %d, circuit %s", s.ID, b.Circuit)
	p.Table([]string{"  CID", b.CID}, []string{"  root", hexElement(b.Root)}, []string{"  metadata", hexOf(s.Metadata[:])},
		[]string{"  recipient", recipientName(s.Recipient)}, []string{"  verifying key", hexOf(b.Key.Digest[:]) + "  (" + origin(b.Key.Provenance, true) + ")"})
	p.Say("document:\n%s", indent(compact(b.Document)))
	p.sayUnsafe(b.Key.Provenance)
	return nil
}

func recipientName(a [20]byte) string {
	if a == [20]byte{} {
		return "anyone"
	}
	return hexOf(a[:])
}

func (p *program) inspectKey(vk key.Verifying) error {
	digest := vk.Digest()
	if p.JSON {
		return p.Report(map[string]any{"kind": "verifying key", "digest": hexOf(digest[:]), "backend": vk.Backend(), "public_inputs": vk.NbInputs()})
	}
	p.Say("verifying key: %d public inputs, %s, digest %s", vk.NbInputs(), vk.Backend(), hexOf(digest[:]))
	p.Say("A key does not tell where it comes from, or of which circuit it is.")
	return nil
}

func (p *program) inspectCAR(where string) error {
	limits := car.DefaultLimits
	limits.FileBytes = keyLimits.FileBytes
	a, err := car.Open(where, limits)
	if err != nil {
		return console.Hint(err, "inspect knows drop folders, output folders, drop.json, bundles, verifying keys and CARs")
	}
	defer a.Close()
	if size := a.Size(keycar.ManifestFile); size > 0 && size <= keycar.MaxManifestBytes {
		return p.inspectKeys(where, a)
	}
	count, images := map[string]int{}, ""
	for _, name := range a.Paths() {
		dir, _, nested := strings.Cut(name, "/")
		if nested {
			count[dir]++
		}
	}
	if n := count[bundle.ImagesDir]; n > 0 {
		images = fmt.Sprintf(", %d images", n)
	}
	if p.JSON {
		return p.Report(map[string]any{"kind": "CAR", "car_root": a.Root().String(), "files": a.Paths()})
	}
	p.Say("CAR: root %s, %d files: %d bundles, %d documents%s", a.Root(), len(a.Paths()), count[bundle.BundlesDir], count[bundle.DocumentsDir], images)
	return nil
}

// inspectKeys shows the manifest of a CAR of keys.
func (p *program) inspectKeys(where string, a *car.Archive) error {
	data, err := a.ReadFile(keycar.ManifestFile)
	if err != nil {
		return err
	}
	m, err := keycar.Parse(data)
	if err != nil {
		return fmt.Errorf("%s: %w", where, err)
	}
	signer := "nobody"
	if m.Signed() {
		signer = hexOf(m.Signer[:])
	}
	if p.JSON {
		return p.Report(map[string]any{"kind": "keys", "car_root": a.Root().String(), "circuit": m.Circuit, "circuit_digest": hexOf(m.Files.CS.SHA256[:]),
			"key_digest": hexOf(m.Files.VK.SHA256[:]), "provenance": m.Provenance, "signer": signer})
	}
	p.Say("keys: circuit %s", m.Circuit)
	p.Table([]string{"  root CID", a.Root().String()}, []string{"  constraint system", hexOf(m.Files.CS.SHA256[:])},
		[]string{"  verifying key", hexOf(m.Files.VK.SHA256[:]) + "  (" + origin(m.Provenance, true) + ")"}, []string{"  signed by", signer})
	p.sayUnsafe(m.Provenance)
	return nil
}

// compact drops the spaces that fill a document's blocks.
func compact(document string) string {
	var b bytes.Buffer
	if json.Compact(&b, []byte(document)) != nil {
		return document
	}
	return b.String()
}
