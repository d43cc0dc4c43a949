package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bench/report"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) reportVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "report", ArgsUsage: "RUN...", Usage: "write one HTML page with tables and pictures of runs",
		Description: "The page holds all it shows: it loads nothing. With --svg the pictures are written as files too.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Value: "report.html", Usage: "the page's `FILE`"},
			&cli.StringFlag{Name: "svg", Usage: "a `FOLDER` for the pictures alone"},
		},
		Action: p.report,
	})
}

type pageReport struct {
	Page     string   `json:"page"`
	Pictures []string `json:"pictures"` // their files, with --svg
}

// maxRuns fit on a page.
const maxRuns = 16

func (p *program) report(c *cli.Context) error {
	args, err := console.Operands(c, 1, maxRuns)
	if err != nil {
		return err
	}
	runs, err := readRuns(args)
	if err != nil {
		return err
	}
	r := pageReport{Page: c.String("out"), Pictures: []string{}}
	if err := mayReplace(r.Page); err != nil {
		return err
	}
	pictures := report.Pictures(runs)
	var page bytes.Buffer
	if err := report.Page(&page, runs, pictures); err != nil {
		return err
	}
	if r.Pictures, err = writePictures(c.String("svg"), pictures); err != nil {
		return err
	}
	if err := files.Write(r.Page, page.Bytes(), files.Public); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s: pictures: %d, of runs: %d", r.Page, len(pictures), len(runs))
	return nil
}

// writePictures writes each into a file of folder, none if there is no folder.
func writePictures(folder string, pictures []report.Picture) ([]string, error) {
	written := []string{}
	if folder == "" {
		return written, nil
	}
	if err := os.Mkdir(folder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	for _, picture := range pictures {
		svg, err := picture.SVG()
		if err != nil {
			return nil, err
		}
		file := filepath.Join(folder, picture.Name+".svg")
		if err := files.Write(file, svg, files.Public); err != nil {
			return nil, err
		}
		written = append(written, file)
	}
	return written, nil
}

// mayReplace refuses a file that is there and not a page: it may hold what cannot be made again.
func mayReplace(path string) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && isHTML(path) {
		return nil
	}
	if err != nil {
		return err
	}
	return console.Hint(fmt.Errorf("%s is there and is not an HTML page", path), "name a new file")
}

// isHTML reports whether a file starts as a page of ours does.
func isHTML(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 15)
	n, _ := f.Read(head)
	return string(head[:n]) == "<!DOCTYPE html>"
}
