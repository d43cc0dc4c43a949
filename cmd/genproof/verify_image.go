package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
)

// An imageSearch looks in documents for an address that has the bytes of one file.
type imageSearch struct {
	data  []byte
	own   []car.CID // of the file, as a block and as files are chunked here
	tree  *ipfs.Tree
	at    string // a folder of documents, "" for none
	cards uint64 // of a deck
	loose int    // documents that name images only at addresses that can change
	dark  int    // addresses that were not followed
}

// findImage reads the candidates' documents, from the folder of --drop or over a gateway, each of
// which has the bytes that the contract has the digest of.
func (p *program) findImage(c *cli.Context, r *lookup, candidates []match, data []byte) error {
	s := &imageSearch{data: data, own: []car.CID{car.Raw(data)}, at: c.String("drop"), cards: r.cards}
	if info, err := os.Stat(s.at); s.at != "" && (err != nil || !info.IsDir()) {
		s.at = filepath.Dir(s.at)
	}
	if isFetching(c) {
		from, err := p.blockSource(c)
		if err != nil {
			return err
		}
		s.tree = &ipfs.Tree{From: from}
	} else if s.at == "" {
		return console.Hint(errors.New("this is no document of the contract; whether it is an image only the documents tell"), "add --gateway URL, or --drop FOLDER that has the documents")
	}
	if e, ok, err := car.MakeFile("", bytes.NewReader(data)); err != nil {
		return err
	} else if ok {
		s.own = append(s.own, e.CID)
	}
	bar := p.Bars.Count("reading documents", int64(len(candidates)))
	defer bar.End()
	var missing int
	for i, m := range candidates {
		document, err := s.document(c.Context, &m)
		if err != nil && (c.Context.Err() != nil || s.tree != nil) {
			return err
		}
		if err != nil {
			missing++
			continue
		}
		r.Read++
		found, err := s.names(c.Context, &m, document)
		if err != nil {
			return err
		}
		if found {
			r.Matches = append(r.Matches, m)
		}
		bar.Set(int64(i + 1))
	}
	if missing > 0 {
		r.NotChecked = append(r.NotChecked, fmt.Sprintf("%s that %s does not hold: add --gateway URL", counted(missing, "document"), s.at))
	}
	if s.dark > 0 {
		text := "%s that were not followed: they are of other kinds than CIDs of version 1 and folders of them"
		if s.tree == nil {
			text = "%s that were not followed: add --gateway URL"
		}
		r.NotChecked = append(r.NotChecked, fmt.Sprintf(text, countedOf(s.dark, "address", "addresses")))
	}
	if s.loose > 0 {
		r.NotChecked = append(r.NotChecked, fmt.Sprintf("%s that name their image at an address that can change", counted(s.loose, "document")))
	}
	return nil
}

// document reads what a candidate's digest is of.
func (s *imageSearch) document(ctx context.Context, m *match) ([]byte, error) {
	if s.at != "" {
		for _, path := range s.paths(m) {
			data, err := files.Read(filepath.Join(s.at, filepath.FromSlash(path)), bundle.MaxDocumentOfDeck)
			if err == nil && m.cid.Check(data) == nil {
				return data, nil
			}
		}
	}
	if s.tree == nil {
		return nil, os.ErrNotExist
	}
	return s.tree.From.Block(ctx, m.cid)
}

// paths are where a published folder can have the document.
func (s *imageSearch) paths(m *match) []string {
	if m.Card == nil {
		return []string{bundle.DocumentPath(m.cid.String())}
	}
	return []string{bundle.CardDocumentPath(*m.Card, s.cards, 4), bundle.CardDocumentPath(*m.Card, s.cards, 16)}
}

// names reports whether a document names the file at an address that says what its bytes are.
func (s *imageSearch) names(ctx context.Context, m *match, document []byte) (bool, error) {
	parsed, err := metadata.Parse(document)
	if err != nil {
		return false, nil // no JSON: it names nothing
	}
	fixed := false
	for _, a := range parsed.Addresses {
		if !metadata.IsFixed(a.Text) {
			continue
		}
		fixed = true
		is, err := s.is(ctx, a.Text)
		if errors.Is(err, ipfs.ErrForm) {
			s.dark++
			continue
		}
		if err != nil {
			return false, fmt.Errorf("%s: %w", a.Text, err)
		}
		if is {
			m.Member, m.Address = a.Member, a.Text
			return true, nil
		}
	}
	if !fixed && len(parsed.Addresses) > 0 {
		s.loose++
	}
	return false, nil
}

// is reports whether an address is of the file's bytes.
func (s *imageSearch) is(ctx context.Context, address string) (bool, error) {
	root, path, below := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(address, ipfsScheme), "ipfs/"), "/")
	c, err := ipfs.DecodeCID(root)
	if err != nil {
		return false, err
	}
	if !below {
		return s.has(ctx, c)
	}
	if s.tree == nil {
		return false, ipfs.ErrForm // what is in a folder only a gateway tells
	}
	c, err = s.tree.Find(ctx, c, strings.Split(path, "/")...)
	if errors.Is(err, ipfs.ErrNoEntry) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return s.has(ctx, c)
}

// has reports whether a file's CID is of the bytes: at once if it is made as here, else block by block.
func (s *imageSearch) has(ctx context.Context, c car.CID) (bool, error) {
	switch {
	case slices.Contains(s.own, c):
		return true, nil
	case c.IsRaw() || s.tree == nil:
		return false, nil
	}
	return s.tree.Holds(ctx, c, s.data)
}
