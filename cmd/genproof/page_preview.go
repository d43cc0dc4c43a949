package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/tokenlist"
	"github.com/genproof/genproof/page/site"
	"github.com/genproof/genproof/publication"
)

// previewed is the site of a drop that is not published. What it shows comes through the same
// public forms that proving writes: there is no other way from hidden values to a page.
func (p *program) previewed(c *cli.Context) (*site.Site, publication.Source, error) {
	dir := c.String("drop")
	if dir == "" {
		dir = "."
	}
	if !drop.IsDeck(dir) {
		return p.previewedDrop(c, dir)
	}
	if c.IsSet("tokens") {
		return nil, nil, errors.New("--tokens is for drawn drops: of a deck all cards are shown")
	}
	d, err := p.loadDeck(c, dir)
	if err != nil {
		return nil, nil, err
	}
	images, err := files.OpenFolder(dir) // which has the folder images
	if err != nil {
		return nil, nil, err
	}
	s, err := site.OfDraft(d.Description(bundle.Key{}), d, onlyImages{images})
	return s, onlyImages{images}, err
}

// onlyImages is the deck's folder, of which nothing but images is read: the rest of it is hidden.
type onlyImages struct{ *files.Folder }

func (f onlyImages) Names(folder string, limit int) ([]string, error) {
	if folder != bundle.ImagesDir {
		return nil, nil
	}
	return f.Folder.Names(folder, limit)
}

func (p *program) previewedDrop(c *cli.Context, dir string) (*site.Site, publication.Source, error) {
	d, err := p.openedDrop(dir)
	if err != nil {
		return nil, nil, err
	}
	var ids []uint64
	if list := c.String("tokens"); list != "" {
		if ids, err = tokenlist.Parse(list, d.IDs); err != nil {
			return nil, nil, err
		}
	}
	documents, pictures := map[uint64][]byte{}, publication.Files{}
	for _, id := range ids {
		t, err := d.Token(id, [20]byte{})
		if err != nil {
			return nil, nil, err
		}
		r, err := generation.Judge(t)
		if err != nil {
			return nil, nil, fmt.Errorf("%s", err)
		}
		if documents[id] = r.Document; r.Image != nil {
			pictures[bundle.PicturePath(document.CID(r.Image))] = r.Image
		}
	}
	s, err := site.OfDrawnDraft(d.Description(bundle.Key{}), ids, documents, pictures)
	return s, pictures, err
}
