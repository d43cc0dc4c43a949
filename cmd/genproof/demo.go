package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/setup"
)

// demoTokens are enough to move proofs between and few enough to wait for.
var demoTokens = []uint64{1, 2, 3, 4}

func (p *program) demoVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "demo", Usage: "prove, verify and mint a sample drop, and try to cheat",
		Flags: []cli.Flag{
			keysFlag(),
			&cli.StringFlag{Name: "dir", Usage: "keep the demo's files in this new `FOLDER` (default: a temporary one)"},
		},
		Action: p.demo,
	})
}

// A demo is one run: the sample drop and what was published of it.
type demo struct {
	*program
	ctx    *cli.Context
	dir    string
	drop   *drop.Drop
	keys   *setup.Groth16Keys
	out    string
	chain  demoChain
	cards  demoDeck
	pixels demoPicture
	sale   demoSale
	report demoReport
}

type demoReport struct {
	Deck    demoDeckReport    `json:"deck"`
	Sale    demoSaleReport    `json:"sale"`
	Folder  string            `json:"folder"`
	Verdict string            `json:"verdict"`
	Root    string            `json:"car_root"`
	Chain   demoChainReport   `json:"chain"`
	Picture demoPictureReport `json:"picture"`
	Tokens  []verdict.Token   `json:"tokens"`
	Cheats  []attemptReport   `json:"cheats"`
	Seconds float64           `json:"seconds"`
}

func (p *program) demo(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	d := &demo{program: p, ctx: c, dir: c.String("dir")}
	if d.dir == "" {
		dir, err := os.MkdirTemp("", "genproof-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		d.dir = dir
	}
	defer d.chain.close()
	defer d.sale.close()
	start := time.Now()
	for _, step := range []func() error{d.fresh, d.deck, d.make, d.setup, d.deploy, d.prove, d.verify, d.cheat, d.mint, d.cheatContract, d.picture} {
		if err := step(); err != nil {
			return err
		}
	}
	d.report.Seconds = time.Since(start).Seconds()
	return d.end()
}

// tell narrates, unless a report is asked for.
func (d *demo) tell(format string, args ...any) {
	if !d.JSON {
		d.Say(format, args...)
	}
}

// fresh sees that nothing is there that the demo would write over.
func (d *demo) fresh() error {
	for _, name := range []string{"art", "deck", "foxes", "pixelart", "pixels"} {
		if _, err := os.Lstat(filepath.Join(d.dir, name)); err == nil {
			return console.Hint(fmt.Errorf("%s is there already", filepath.Join(d.dir, name)), "name a new folder with --dir")
		}
	}
	return nil
}

// make starts the drop.
func (d *demo) make() (err error) {
	folder := filepath.Join(d.dir, "foxes")
	if err := drop.Init(folder, drop.Templates()[0]); err != nil {
		return console.Hint(err, "name a new folder with --dir")
	}
	if d.drop, err = drop.Load(folder); err != nil {
		return err
	}
	d.out, d.report.Folder = filepath.Join(folder, "out"), folder
	d.tell("1. A drop: %s, %d tokens, in %s", d.drop.Name, d.drop.IDs.Supply, folder)
	var traits, claims []string
	for _, t := range d.drop.Schema.Traits {
		name := t.Name
		if t.Hidden() {
			name += " (hidden)"
		}
		traits = append(traits, name)
	}
	for _, a := range d.drop.Schema.Claims {
		claims = append(claims, a.Name)
	}
	d.tell("   Traits drawn for each token: %s.", strings.Join(traits, ", "))
	d.tell("   Claims signed about each token, all hidden: %s. Here the drop signs them itself.", strings.Join(claims, ", "))
	d.tell("   Fresh secrets were drawn, so these foxes are new. The public policy every fox must obey:\n")
	d.tell("%s\n", indent(indent(policyLines(d.drop.Policy.Text))))
	return nil
}

// policyLines leaves out comments and empty lines.
func policyLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// setup makes or finds the keys.
func (d *demo) setup() error {
	store, err := d.store(d.ctx)
	if err != nil {
		return err
	}
	d.tell("2. Keys of the circuit %s. The first time this takes a while.", d.drop.Circuit)
	r, keys, err := d.setupOne(d.ctx.Context, store, d.drop.Circuit, false)
	if err != nil {
		return err
	}
	own, ok := keys.(*setup.Groth16Keys)
	if !ok {
		return fmt.Errorf("the demonstration is one of groth16: its keys are %T", keys)
	}
	d.keys = own
	how := "made"
	if r.Reused {
		how = "found in the store"
	}
	d.tell("   %d constraints; keys %s in %.1f s.", r.Constraints, how, r.Seconds)
	d.tell("   %s\n", unsafeKey)
	return nil
}

// prove draws and proves the tokens and publishes what is public.
func (d *demo) prove() error {
	d.tell("4. Draw the hidden attributes of tokens 1 to %d, and prove each document.", len(demoTokens))
	r, err := d.proveJob(d.ctx.Context, d.drop, d.keys, prover.Job{Dir: d.out, IDs: demoTokens, Recipient: func(uint64) [20]byte { return d.chain.collector.Address }})
	if err != nil {
		return err
	}
	d.report.Root = r.Root
	for _, id := range demoTokens {
		b, err := d.bundle(id)
		if err != nil {
			return err
		}
		d.tell("   token %d: %s", id, shownTexts(b.Document))
		d.tell("            %s", b.CID)
	}
	d.tell("   %.1f s for %d proofs of %d bytes each.", r.Seconds, r.Proven, d.drop.Circuit.Backend.ProofBytes())
	d.tell("   Stored by content: bundles, documents under their CIDs, and one CAR of it all,")
	d.tell("            %s\n", r.Root)
	return nil
}

// bundle reads a published bundle of the drop.
func (d *demo) bundle(id uint64) (*bundle.Bundle, error) { return d.bundleIn(d.out, id) }

func (d *demo) bundleIn(out string, id uint64) (*bundle.Bundle, error) {
	data, err := d.readFile(filepath.Join(out, bundle.BundlesDir, fmt.Sprintf("%d.json", id)), bundle.MaxBytes)
	if err != nil {
		return nil, err
	}
	return bundle.Unmarshal(data)
}

// shownTexts reads a document as any marketplace would.
func shownTexts(document string) string {
	var d struct {
		Name       string
		Attributes []struct {
			TraitType string `json:"trait_type"`
			Value     string
		}
	}
	if json.Unmarshal([]byte(document), &d) != nil {
		return "(unreadable)"
	}
	parts := []string{d.Name}
	for _, a := range d.Attributes {
		parts = append(parts, fmt.Sprintf("%s %q", a.TraitType, a.Value))
	}
	return strings.Join(parts, ", ")
}

// verify reads the CAR again and knows nothing but it and the key's provenance.
func (d *demo) verify() error {
	d.tell("5. Verify from public data only: the CAR is read again, nothing else is known.")
	start := time.Now()
	s, err := d.openPublication(d.ctx, filepath.Join(d.out, bundle.CARFile), "", "")
	if err != nil {
		return err
	}
	defer s.Close()
	v, err := s.Judge(d.ctx.Context)
	if err != nil {
		return err
	}
	r := verdict.OfDrop(s, v, keyOfStore)
	d.report.Verdict, d.report.Tokens = string(r.Verdict), r.Tokens
	for _, t := range r.Tokens {
		d.tell("   token %d: %s", t.ID, strings.TrimSpace(string(t.Verdict)+" "+t.Reason))
	}
	if !v.Verdict.Holds() {
		return fmt.Errorf("the demo's own tokens are rejected: %s", v.Reason)
	}
	d.tell("   %d documents, %d proofs, checked together in %d ms.\n", len(r.Tokens), len(r.Tokens), time.Since(start).Milliseconds())
	return nil
}

func (d *demo) end() error {
	accepted := 0
	for _, a := range d.report.Cheats {
		if a.Accepted {
			accepted++
		}
	}
	if d.JSON {
		if err := d.program.Report(d.report); err != nil {
			return err
		}
	}
	if accepted > 0 {
		d.tell("\n%d ATTEMPTS WERE ACCEPTED. This is a defect of genproof: please report it.", accepted)
		return console.ErrRejected
	}
	d.tell("\nWhat happened: a collection that existed was fixed card by card, with the rule checked on every one of them. Of the")
	d.tell("drawn drop every fox was drawn by committed tables and secret randomness, its hidden claims were")
	d.tell("signed and obey the policy, and the bytes a marketplace fetches are the ones that follow. The proofs show")
	d.tell("this without the tables, the claims or the lineage. The mint contract took those proofs and nothing else.")
	d.tell("Of one more fox the picture is proven too, each byte of its file.")
	d.tell("All %d attempts to cheat failed. (%.0f s)", len(d.report.Cheats), d.report.Seconds)
	for _, line := range d.next() {
		d.tell("%s", line)
	}
	return nil
}

// next says how to go on: `go run` leaves no program behind, and a demo without --dir no files.
func (d *demo) next() (lines []string) {
	if d.ctx.String("dir") != "" {
		lines = append(lines, fmt.Sprintf("Look around: genproof inspect %s, genproof verify %s", d.dir, d.out))
	} else {
		lines = append(lines, "Its files are gone; genproof demo --dir FOLDER keeps them.")
	}
	if _, err := exec.LookPath("genproof"); err != nil {
		lines = append(lines, "To have genproof at hand: go install ./cmd/genproof, which puts it into $(go env GOPATH)/bin.")
	}
	return append(lines, "A deck of your own: genproof import build --out foxes && cd foxes && genproof check && genproof setup CIRCUIT && genproof prove && genproof verify out",
		"A drawn drop: genproof init foxes && cd foxes && genproof setup && genproof prove --tokens 1-20 && genproof verify out")
}
