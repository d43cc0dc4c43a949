package main

import (
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"
)

func (p *program) circuitsVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "circuits", ArgsUsage: "[CIRCUIT...]", Usage: "compile the circuits and show their sizes, and what each has room for", Action: p.circuits,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "proofs", Usage: "compile nothing, and show what is proven of the wires of each: the circuits' SPEC, section 7"},
		},
	})
}

type circuitReport struct {
	ID           string `json:"id"`
	Binding      string `json:"binding"`
	Size         string `json:"size"`
	Constraints  int    `json:"constraints"`
	PublicInputs int    `json:"public_inputs"`
	Commitments  int    `json:"commitments"`
	Domain       uint64 `json:"domain"`
	Digest       string `json:"digest"`
	Room         room   `json:"room"`
}

// room is what a circuit has room for.
type room struct {
	Layers   int    `json:"layers"` // traits of a drawn drop
	Claims   int    `json:"claims"` // of a deck: attributes of a card
	Facts    int    `json:"facts"`
	Literals int    `json:"literals"`         // of a policy
	Blocks   int    `json:"blocks,omitempty"` // of a document
	Digests  int    `json:"digests,omitempty"`
	Batch    int    `json:"batch,omitempty"` // cards of a deck that one proof is about
	Cards    uint64 `json:"cards,omitempty"` // of a deck, at most
}

func roomOf(id statement.CircuitID) room {
	s := id.Size
	r := room{Layers: s.Layers, Claims: s.Claims, Facts: s.Facts, Literals: s.Literals, Blocks: s.Blocks, Digests: s.Digests, Batch: s.Cards}
	if s.Cards > 0 {
		r.Cards = s.MaxCards()
	}
	return r
}

// roomTable shows what there is room for, none as a dash.
func roomTable(list []circuitReport) [][]string {
	rows := [][]string{{"CIRCUIT", "LAYERS", "CLAIMS", "FACTS", "LITERALS", "BLOCKS", "DIGESTS", "BATCH", "CARDS"}}
	for _, r := range list {
		row := []string{r.ID}
		for _, n := range []uint64{uint64(r.Room.Layers), uint64(r.Room.Claims), uint64(r.Room.Facts), uint64(r.Room.Literals), uint64(r.Room.Blocks), uint64(r.Room.Digests), uint64(r.Room.Batch), r.Room.Cards} {
			cell := "-"
			if n > 0 {
				cell = fmt.Sprint(n)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

func (p *program) circuits(c *cli.Context) error {
	ids, err := circuitIDs(c.Args().Slice())
	if err != nil {
		return err
	}
	if c.Bool("proofs") {
		return p.circuitProofs(ids)
	}
	list := make([]circuitReport, 0, len(ids))
	meter := p.Bars.Count("compiling", int64(len(ids)))
	for i, id := range ids {
		if err := c.Context.Err(); err != nil {
			return err
		}
		compiled, err := setup.Compile(id)
		if err != nil {
			return err
		}
		list = append(list, circuitReport{
			ID: id.String(), Binding: string(id.Binding), Size: id.Size.Name, Constraints: compiled.Constraints,
			PublicInputs: compiled.PublicInputs, Commitments: compiled.Commitments, Domain: compiled.Domain, Digest: hex.EncodeToString(compiled.Digest[:]),
			Room: roomOf(id),
		})
		meter.Set(int64(i + 1))
	}
	meter.End()
	if p.JSON {
		return p.Report(list)
	}
	rows := [][]string{{"CIRCUIT", "CONSTRAINTS", "DOMAIN", "INPUTS", "COMMITMENTS", "DIGEST"}}
	for _, r := range list {
		rows = append(rows, []string{r.ID, fmt.Sprint(r.Constraints), fmt.Sprint(r.Domain), fmt.Sprint(r.PublicInputs), fmt.Sprint(r.Commitments), r.Digest})
	}
	p.Table(rows...)
	p.Table(roomTable(list)...)
	return nil
}

type proofReport struct {
	ID       string `json:"id"`
	Digest   string `json:"digest"`
	Rows     int    `json:"rows"`
	Wires    int    `json:"wires"`
	Inputs   int    `json:"inputs"`
	Proven   int    `json:"proven"`
	Axioms   int    `json:"axioms"`
	Free     int    `json:"free"`
	Unproven int    `json:"unproven"`

	LeftOut   int `json:"rows_left_out"`
	Killed    int `json:"killed"`
	Tried     int `json:"forgeries_tried"`
	Second    int `json:"second_solutions"`
	Forged    int `json:"forged"`
	Asserting int `json:"asserting"`
	OfAxiom   int `json:"of_axiom"`
	Survivors int `json:"survivors"`
}

// circuitProofs shows what is proven of circuits' wires. PLONK's circuits have no proof of their
// own.
func (p *program) circuitProofs(ids []statement.CircuitID) error {
	list := []proofReport{}
	for _, proof := range circuits.Proofs() {
		if slices.ContainsFunc(ids, func(id statement.CircuitID) bool { return id.String() == proof.Circuit }) {
			list = append(list, proofReport{
				proof.Circuit, hex.EncodeToString(proof.System[:]), proof.Rows, proof.Wires, proof.Inputs, proof.Proven, proof.Axioms, proof.Free, proof.Unproven,
				proof.LeftOut, proof.Killed, proof.Tried, proof.Second, proof.Forged, proof.Asserting, proof.OfAxiom, proof.Survivors,
			})
		}
	}
	if p.JSON {
		return p.Report(list)
	}
	rows := [][]string{{"CIRCUIT", "ROWS", "WIRES", "INPUTS", "PROVEN", "AXIOMS", "FREE", "UNPROVEN", "DIGEST"}}
	for _, r := range list {
		rows = append(rows, []string{
			r.ID, fmt.Sprint(r.Rows), fmt.Sprint(r.Wires), fmt.Sprint(r.Inputs), fmt.Sprint(r.Proven), fmt.Sprint(r.Axioms), fmt.Sprint(r.Free), fmt.Sprint(r.Unproven), r.Digest,
		})
	}
	p.Table(rows...)
	p.Table(deletionTable(list)...)
	p.Say("proven: rows and inputs leave the wire one value, whatever the inputs are. axioms: the arithmetic of a curve, on paper. free: a choice that the text explains and nothing reads.\nInputs are whatever a prover likes: that they mean what the statement says is tested, not proven.\nleft out: rows, each alone. killed: a wire has a choice then. tried: of these, a forgery was looked for. second: another solution of equal inputs was found. forged: one of other inputs, which the row alone refuses. asserting: nothing that is read has a choice then. axiom: of the arithmetic on paper. survivors: another row takes its place.")
	return nil
}

// deletionTable shows what happens when rows are left out.
func deletionTable(list []proofReport) [][]string {
	rows := [][]string{{"CIRCUIT", "LEFT OUT", "KILLED", "TRIED", "SECOND", "FORGED", "ASSERTING", "AXIOM", "SURVIVORS"}}
	for _, r := range list {
		rows = append(rows, []string{
			r.ID, fmt.Sprint(r.LeftOut), fmt.Sprint(r.Killed), fmt.Sprint(r.Tried), fmt.Sprint(r.Second), fmt.Sprint(r.Forged), fmt.Sprint(r.Asserting), fmt.Sprint(r.OfAxiom), fmt.Sprint(r.Survivors),
		})
	}
	return rows
}
