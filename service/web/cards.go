package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/record"
	"github.com/genproof/genproof/service/thumbnail"
)

// What is shown of a card at most.
const (
	maxAttributes = 40
	maxText       = 500 // characters
)

// A cardView is a card as people look at it before they decide: what its document shows.
type cardView struct {
	Card       int             `json:"card"`
	Name       string          `json:"name"`
	Document   string          `json:"document_sha256"`
	Attributes []attributeView `json:"attributes"`
	Picture    bool            `json:"picture" doc:"there is an image, which the server may be able to show"`
	Verdict    string          `json:"verdict" enum:"approved,rejected,none" doc:"the last word of a person about this very document"`
	Reason     string          `json:"reason"`
}

type attributeView struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

type cardsInput struct {
	Drop  string `path:"drop" maxLength:"32"`
	From  int    `query:"from" minimum:"0" maximum:"10000000"`
	Count int    `query:"count" minimum:"1" maximum:"100" default:"24"`
}

type cardsAnswer struct {
	Body struct {
		Total    int        `json:"total"`
		Approved int        `json:"approved"`
		Rejected int        `json:"rejected"`
		Cards    []cardView `json:"cards"`
	}
}

// cards shows what is there to decide about.
func (s *Server) cards(ctx context.Context, in *cardsInput) (*cardsAnswer, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	folder, total, err := p.documents()
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	list, err := s.book(p).Decisions()
	if err != nil {
		return nil, err
	}
	words, images, out := record.Words(list), imagesOf(folder), new(cardsAnswer)
	out.Body.Total, out.Body.Cards = total, []cardView{}
	for n := in.From; n < min(total, in.From+in.Count); n++ {
		v, err := viewOf(folder, n, words, images)
		if err != nil {
			return nil, err
		}
		out.Body.Cards = append(out.Body.Cards, v)
	}
	digests, err := s.digests(p, folder, total)
	if err != nil {
		return nil, err
	}
	tally := tallyOf(digests, words)
	out.Body.Approved, out.Body.Rejected = tally.approved, len(tally.rejected)
	return out, nil
}

// documents opens the deck's folder, and counts its documents.
func (p *place) documents() (*files.Folder, int, error) {
	if !drop.IsDeck(p.path(deckDir)) {
		return nil, 0, errNotImported
	}
	folder, err := files.OpenFolder(p.path(deckDir))
	if err != nil {
		return nil, 0, err
	}
	names, err := folder.Names(drop.DocumentsDir, maxFiles)
	if err != nil {
		folder.Close()
		return nil, 0, err
	}
	return folder, len(slices.DeleteFunc(names, files.IsSystems)), nil
}

// imagesOf finds the file of each card's image.
func imagesOf(folder *files.Folder) map[int]string {
	images := map[int]string{}
	names, err := folder.Names(drop.ImagesDir, maxFiles)
	if err != nil {
		return images
	}
	slices.Sort(names)
	for _, name := range names {
		n, err := strconv.Atoi(strings.TrimSuffix(name, path.Ext(name)))
		if _, twice := images[n]; err == nil && !twice {
			images[n] = name
		}
	}
	return images
}

func document(folder *files.Folder, n int) ([]byte, error) {
	return folder.Read(fmt.Sprintf("%s/%d.json", drop.DocumentsDir, n), bundle.MaxDocumentOfDeck)
}

func viewOf(folder *files.Folder, n int, words map[int]record.Word, images map[int]string) (v cardView, err error) {
	data, err := document(folder, n)
	if err != nil {
		return v, err
	}
	sum := sha256.Sum256(data)
	v = cardView{Card: n, Document: hex.EncodeToString(sum[:]), Attributes: []attributeView{}, Picture: images[n] != "", Verdict: "none"}
	if w := words[n]; w.Digest == v.Document {
		v.Verdict, v.Reason = w.Verdict, w.Reason
	}
	d, err := metadata.Parse(data)
	if err != nil {
		return v, nil // it is no JSON: its proof is about its bytes
	}
	v.Name = short(d.Name)
	for _, a := range d.Attributes[:min(len(d.Attributes), maxAttributes)] {
		v.Attributes = append(v.Attributes, attributeView{short(a.Label), short(a.Value.Text)})
	}
	return v, nil
}

// short bounds a stranger's text.
func short(text string) string {
	if runes := []rune(text); len(runes) > maxText {
		return string(runes[:maxText]) + "…"
	}
	return text
}

type thumbnailInput struct {
	Drop string `path:"drop" maxLength:"32"`
	Card int    `path:"card" minimum:"0" maximum:"10000000"`
}

type thumbnailAnswer struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// cardThumbnail sends a PNG that the server has encoded.
func (s *Server) cardThumbnail(ctx context.Context, in *thumbnailInput) (*thumbnailAnswer, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	folder, _, err := p.documents()
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	name := imagesOf(folder)[in.Card]
	if name == "" {
		return nil, huma.Error422UnprocessableEntity("the card has no image")
	}
	name = drop.ImagesDir + "/" + name
	f, info, err := folder.Open(name)
	if err == nil {
		defer f.Close() // only read
		key := fmt.Sprintf("%s %s %d %d", p.id, name, info.Size(), info.ModTime().UnixNano())
		var small []byte
		if small, err = s.thumbnails.Get(key, func() ([]byte, error) { return files.ReadFrom(f, name, thumbnail.MaxBytes) }); err == nil {
			return &thumbnailAnswer{"image/png", small}, nil
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, files.ErrNotRegular) || errors.Is(err, files.ErrTooLarge):
		return nil, huma.Error422UnprocessableEntity("the card's image is not shown")
	case errors.Is(err, thumbnail.ErrNotShown):
		return nil, huma.Error422UnprocessableEntity(err.Error())
	}
	return nil, err
}
