package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/table"
)

// licenceColumns are those of a table of licences; the first two are needed.
var licenceColumns = []string{"item", "licence", "holder", "source", "date", "scope", "territory", "opt_out", "consent"}

// maxLicences bounds a list's file in bytes.
const maxLicences = 1 << 30

func (p *program) licencesVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "licences", ArgsUsage: "TABLE", Usage: "make a list of licences of a CSV table, and tell the root that a licence-inventory states",
		Description: "The columns are item, licence (an SPDX id or LicenseRef-…) and perhaps holder, source, date, scope, territory, opt_out and consent. Each line gets a salt, so that the root tells nothing of it. The list is hidden: keep it, and show lines of it with genproof attest licence.",
		Flags:       []cli.Flag{&cli.StringFlag{Name: "out", Value: "licences.jsonl", Usage: "the new `FILE` of the list, for its owner alone"}},
		Action:      p.licences,
	})
}

func (p *program) licenceVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "licence", ArgsUsage: "LIST", Usage: "show one line of a list of licences, and nothing of the others",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "entry", Usage: "the line's `NUMBER`, from 0"},
			&cli.StringFlag{Name: "out", Usage: "the `FILE` (default: licence-NUMBER.json)"},
		},
		Action: p.licence,
	})
}

type licencesReport struct {
	File  string `json:"file"`
	Root  string `json:"root"`
	Count int    `json:"count"`
}

func (p *program) licences(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	list, err := licenceTable(args[0])
	if err != nil {
		return err
	}
	var out bytes.Buffer
	for i := range list {
		line, err := strictjson.Marshal(&list[i])
		if err != nil {
			return err
		}
		if err := json.Compact(&out, line); err != nil {
			return err
		}
		out.WriteByte('\n')
	}
	_, root, err := attest.InventoryRoot(list)
	if err != nil {
		return fmt.Errorf("%s: entry %w", args[0], err)
	}
	r := &licencesReport{c.String("out"), fmt.Sprintf("%x", root), len(list)}
	if err := files.Create(r.File, out.Bytes(), files.Secret); err != nil {
		return console.Hint(err, "name a new file: the salts of a list that is there cannot be made again")
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("root: %s", r.Root)
	p.Say("count: %d", r.Count)
	p.Say("Both go into a draft of licence-inventory. The list with its salts is in %s: keep it.", r.File)
	return nil
}

// licenceTable reads a table of licences. Its errors quote no field.
func licenceTable(path string) ([]attest.Entry, error) {
	t, err := table.Open(path)
	if err != nil {
		return nil, err
	}
	for _, name := range t.Columns {
		if !slices.Contains(licenceColumns, name) {
			return nil, fmt.Errorf("%s: a list of licences has no column of the name of one here", path)
		}
	}
	var at [9]int
	for i, name := range licenceColumns {
		if at[i] = slices.Index(t.Columns, name); at[i] < 0 && i < 2 {
			return nil, fmt.Errorf("%s: the column %s is missing", path, name)
		}
	}
	list := make([]attest.Entry, len(t.Rows))
	for i, row := range t.Rows {
		e := &list[i]
		for j, to := range []*string{&e.Item, &e.Licence, &e.Holder, &e.Source, &e.Date, &e.Scope, &e.Territory, &e.OptOut, &e.Consent} {
			if at[j] >= 0 {
				*to = row.Fields[at[j]]
			}
		}
		if _, err := rand.Read(e.Salt[:]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (p *program) licence(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	if !c.IsSet("entry") {
		return console.Hint(errors.New("no line is named"), "name one with --entry, from 0")
	}
	data, err := files.ReadSecret(args[0], maxLicences)
	if err != nil {
		return err
	}
	var list []attest.Entry
	for line := range bytes.Lines(data) {
		var e attest.Entry
		if strictjson.Unmarshal(line, &e, attest.MaxBytes) != nil {
			return console.Hint(fmt.Errorf("line %d of %s is none of a list of licences", len(list)+1, args[0]), "genproof attest licences makes one")
		}
		list = append(list, e)
	}
	shown, err := attest.ShowEntry(list, c.Int("entry"))
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "" {
		out = fmt.Sprintf("licence-%d.json", c.Int("entry"))
	}
	if err := files.Write(out, shown, files.Secret); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"file": out, "entry": c.Int("entry")})
	}
	p.Say("%s shows line %d to whoever gets it: genproof attest show %s", out, c.Int("entry"), out)
	return nil
}
