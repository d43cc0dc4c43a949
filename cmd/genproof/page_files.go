package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/page/site"
	"github.com/genproof/genproof/page/web"
)

// writeSite makes a folder whole, in the place of a site that may be there, and returns the number
// of its files.
func writeSite(out string, work func(site.Output) error) (n int, err error) {
	beside, err := os.MkdirTemp(filepath.Dir(filepath.Clean(out)), files.Temporary)
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(beside)
	fresh, old := filepath.Join(beside, "new"), filepath.Join(beside, "old")
	if err := os.Mkdir(fresh, 0o755); err != nil {
		return 0, err
	}
	root, err := os.OpenRoot(fresh)
	if err != nil {
		return 0, err
	}
	defer root.Close() // its files are closed by then
	made := map[string]bool{}
	err = work(func(name string, data []byte) error {
		name = filepath.FromSlash(name)
		if folder := filepath.Dir(name); !made[folder] {
			if err := root.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			made[folder] = true
		}
		n++
		return root.WriteFile(name, data, files.Public)
	})
	if err == nil {
		err = files.SyncTree(fresh)
	}
	if err != nil {
		return 0, err
	}
	if isSite(out) {
		if err := os.Rename(out, old); err != nil {
			return 0, err
		}
	}
	return n, files.Rename(fresh, out)
}

// A siteFiles is a site's folder.
type siteFiles struct {
	*files.Folder
	dir string
}

// Names lists everything below the folder. What is neither a file nor a folder is listed too, and
// cannot be read.
func (f siteFiles) Names() (names []string, err error) {
	err = filepath.WalkDir(f.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(f.dir, path)
		if names = append(names, filepath.ToSlash(name)); len(names) > site.MaxFiles {
			return errors.New("the site has too many files")
		}
		return err
	})
	return names, err
}

type pageCheckReport struct {
	Site    string `json:"site"`
	Verdict string `json:"verdict"` // same or different
	site.Report
}

func (p *program) pageCheck(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	html, err := p.verifierPage(c)
	if err != nil {
		return err
	}
	var from site.Files
	if strings.HasPrefix(args[0], "http://") || strings.HasPrefix(args[0], "https://") {
		from, err = web.Open(c.Context, args[0])
	} else {
		var folder *files.Folder
		if folder, err = files.OpenFolder(args[0]); err == nil {
			defer folder.Close() // only read
			from = siteFiles{folder, args[0]}
		}
	}
	if err != nil {
		return err
	}
	checked, err := site.Check(from, html)
	if err != nil {
		return err
	}
	r := &pageCheckReport{Site: args[0], Verdict: "same", Report: *checked}
	if len(r.Faults) > 0 {
		r.Verdict = "different"
	}
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayPageCheck(r)
	}
	if err == nil && r.Verdict != "same" {
		err = console.ErrRejected
	}
	return err
}

func (p *program) sayPageCheck(r *pageCheckReport) {
	for i, f := range r.Faults {
		if i == maxLines {
			p.Say("  and %d more (all with --json)", len(r.Faults)-i)
			break
		}
		p.Say("  %s: %s", oneLine(f.File), oneLine(f.Why))
	}
	if r.Verdict != "same" {
		p.Say("different: %s", fmt.Sprintf("%d of %s", len(r.Faults), counted(r.Files, "file")))
		return
	}
	p.Say("the same: %s, of the program and in its forms. What the pages say is their publisher's word:", counted(r.Files, "file"))
	p.Say("genproof verify of the publication tells what is proven.")
}
