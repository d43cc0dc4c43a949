package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
)

func (p *program) drawVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "draw", Usage: "draw the traits of a drawn drop's tokens, hidden ones too, without keys",
		Description: "What it writes is for the drop's owner alone: it holds hidden traits, and shown ones before anybody should know them.",
		Flags: []cli.Flag{
			dropFlag(),
			&cli.StringFlag{Name: "tokens", Value: "all", Usage: "the tokens: 1-20,25 or all"},
			&cli.StringFlag{Name: "out", Usage: "the `FILE`, .csv or .json (default: a table on stdout)"},
		},
		Action: p.draw,
	})
}

// A drawnToken is a token with all its traits; one that it has not is left out.
type drawnToken struct {
	Token  uint64            `json:"token"`
	Traits map[string]string `json:"traits"`
}

func (p *program) draw(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	encode, err := drawnEncoder(c.String("out"))
	if err != nil {
		return err
	}
	d, err := p.openedDrop(c.String("drop"))
	if err != nil {
		return err
	}
	ids, err := tokenlist.Parse(c.String("tokens"), d.IDs)
	if err != nil {
		return err
	}
	drawn := make([][]drop.Drawn, len(ids))
	meter := p.Bars.Count("drawing", int64(len(ids)))
	for i, id := range ids {
		if err := c.Context.Err(); err != nil {
			return err
		}
		if drawn[i], err = d.Draw(id); err != nil {
			return err
		}
		meter.Set(int64(i + 1))
	}
	meter.End()
	out := c.String("out")
	if out == "" {
		return p.reportDrawn(ids, drawn)
	}
	data, err := encode(ids, drawn)
	if err != nil {
		return err
	}
	if err := files.Write(out, data, files.Secret); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"file": out, "tokens": len(ids)})
	}
	p.Say("The traits of %s are in %s, hidden ones too: keep it to yourself.", counted(len(ids), "token"), out)
	return nil
}

func drawnEncoder(file string) (func([]uint64, [][]drop.Drawn) ([]byte, error), error) {
	switch filepath.Ext(file) {
	case ".csv":
		return drawnCSV, nil
	case ".json":
		return drawnJSON, nil
	case "":
		if file == "" {
			return nil, nil
		}
	}
	return nil, console.Hint(errors.New("--out is neither a .csv nor a .json file"), "name it traits.csv or traits.json")
}

func (p *program) reportDrawn(ids []uint64, drawn [][]drop.Drawn) error {
	if p.JSON {
		return p.Report(drawnTokens(ids, drawn))
	}
	p.Table(drawnRows(ids, drawn)...)
	return nil
}

func drawnTokens(ids []uint64, drawn [][]drop.Drawn) []drawnToken {
	list := make([]drawnToken, len(ids))
	for i, id := range ids {
		list[i] = drawnToken{id, map[string]string{}}
		for _, t := range drawn[i] {
			if t.Text != "" {
				list[i].Traits[t.Trait] = t.Text
			}
		}
	}
	return list
}

func drawnJSON(ids []uint64, drawn [][]drop.Drawn) ([]byte, error) {
	data, err := json.MarshalIndent(drawnTokens(ids, drawn), "", "  ")
	return append(data, '\n'), err
}

func drawnCSV(ids []uint64, drawn [][]drop.Drawn) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	err := w.WriteAll(drawnRows(ids, drawn)) // it flushes
	return out.Bytes(), err
}

// drawnRows has the traits' names in its first row.
func drawnRows(ids []uint64, drawn [][]drop.Drawn) [][]string {
	var rows [][]string
	for i, id := range ids {
		head, row := []string{"token"}, []string{fmt.Sprint(id)}
		for _, t := range drawn[i] {
			head, row = append(head, t.Trait), append(row, t.Text)
		}
		if i == 0 {
			rows = append(rows, head)
		}
		rows = append(rows, row)
	}
	return rows
}
