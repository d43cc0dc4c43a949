package site

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"

	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

//go:embed templates/*.html site.css headers script/*.js
var sources embed.FS

// The files of a site.
const (
	ManifestFile  = "site.json"
	styleFile     = "site.css"
	scriptFile    = "site.js"
	headersFile   = "_headers"
	VerifierFile  = "verifier.html"
	indexFile     = "index.html"
	proofFile     = "proof.html"
	pagesDir      = "pages"
	tokensDir     = "tokens"
	dataDir       = "data"
	imagesDir     = "images"
	publicationIn = "publication" // the folder of what was judged
)

// Manifest is what a site's site.json holds, by which a site is known.
const Manifest = "{\"version\":1,\"kind\":\"genproof site\"}\n"

// An Output takes a site's files, one after the other. Names are slash-separated paths.
type Output func(name string, data []byte) error

// scripts are the parts of the site's script, in their order.
var scripts = []string{"begin", "pictures", "gallery", "end"}

// program returns the files that are the same for every site, but for verifier.html.
func program() (map[string][]byte, error) {
	var script bytes.Buffer
	for _, name := range scripts {
		part, err := sources.ReadFile("script/" + name + ".js")
		if err != nil {
			return nil, err
		}
		script.Write(part)
	}
	files := map[string][]byte{scriptFile: script.Bytes(), ManifestFile: []byte(Manifest)}
	for name, from := range map[string]string{styleFile: "site.css", headersFile: "headers"} {
		data, err := sources.ReadFile(from)
		if err != nil {
			return nil, err
		}
		files[name] = data
	}
	return files, nil
}

// A Writing is one site on its way to its files.
type writing struct {
	*Site
	write    Output
	verifier []byte
	shots    map[string]Shot
	pages    *template.Template
	rarity   map[[2]string]int
}

// Write writes all files of the site. images, which may be nil, is where images are looked for, below
// images; verifier is verifier.html, nil if the site gets none.
func (s *Site) Write(images publication.Source, verifier []byte, write Output) error {
	w := &writing{Site: s, write: write, verifier: verifier}
	for _, step := range []func() error{
		w.writeProgram, func() (err error) { w.shots, err = s.shots(images, write); return err },
		w.parse, w.writeData, w.writeGallery, w.writeTokens, w.writeProof, w.writePublication,
	} {
		if err := step(); err != nil {
			return fmt.Errorf("writing the site: %w", err)
		}
	}
	return nil
}

func (w *writing) writeProgram() error {
	files, err := program()
	if err != nil {
		return err
	}
	if w.verifier != nil {
		files[VerifierFile] = w.verifier
	}
	for name, data := range files {
		if err := w.write(name, data); err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) parse() (err error) {
	w.pages, err = template.New("").Funcs(template.FuncMap{
		"foreign": foreign, "short": short, "said": said, "lines": lines, "plain": plain, "flat": flat, "basis": verdict.BasisInWords,
	}).ParseFS(sources, "templates/*.html")
	return err
}

// render writes a page from the template with its name.
func (w *writing) render(name, with string, data any) error {
	var page bytes.Buffer
	if err := w.pages.ExecuteTemplate(&page, with, data); err != nil {
		return err
	}
	return w.write(name, page.Bytes())
}

// maxPublished bounds a file of a publication that is copied, in bytes.
const maxPublished = 1 << 20

// writePublication copies what was judged, and nothing else, so that a reader can check it with
// another program.
func (w *writing) writePublication() error {
	for _, name := range w.publicationFile {
		data, err := w.source.Read(name, maxPublished)
		if errors.Is(err, fs.ErrNotExist) {
			continue // as its verdict says
		}
		if err != nil {
			return fmt.Errorf("copying %s: %w", name, err)
		}
		if err := w.write(publicationIn+"/"+name, data); err != nil {
			return err
		}
	}
	for name, data := range w.attestations {
		if err := w.write(publicationIn+"/"+name, data); err != nil {
			return err
		}
	}
	return nil
}
