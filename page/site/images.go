package site

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
)

// A Shot is what the site shows of an address: a file of its own, or why none.
type Shot struct {
	File          string // in images, named by the SHA-256 of its bytes; empty if nothing is shown
	Width, Height int
	Moves         bool
	Pixels        bool   // so small that each pixel is to be seen
	Says          string // in the place of the image
	Mark          string // in few words, for the gallery
}

// fewPixels is how wide a picture is at most that is enlarged pixel by pixel.
const fewPixels = 64

// The marks of what is not shown.
const (
	markCanChange = "can change"
	markUnhashed  = "not checked yet"
	markNotShown  = "not shown"
	markNone      = "no image"
)

// shots finds the images of a site among a source's, and writes those that are shown. Every file
// that it writes has bytes that were hashed: they are those of an address, or in a document.
func (s *Site) shots(images publication.Source, write Output) (map[string]Shot, error) {
	var wanted []string
	out := map[string]Shot{"": {Says: "The document names no image.", Mark: markNone}}
	for i := range s.Entries {
		a := s.Entries[i].Image()
		if _, done := out[a.Address]; done {
			continue
		}
		data, own := embedded(a.Address)
		switch {
		case own:
			shot, err := keep(data, write)
			if err != nil {
				return nil, err
			}
			out[a.Address] = shot
		case !a.Fixed:
			out[a.Address] = Shot{Says: "Image: can change. Its address does not say what the bytes are.", Mark: markCanChange}
		default:
			wanted = append(wanted, a.Address)
			out[a.Address] = Shot{Says: "Image: not checked yet. No file with its bytes was there when this page was made.", Mark: markUnhashed}
		}
	}
	if images == nil || len(wanted) == 0 {
		return out, nil
	}
	found, err := publication.FindImages(images, wanted)
	if err != nil {
		return nil, fmt.Errorf("looking at images: %w", err)
	}
	for address, image := range found {
		data, err := again(images, image)
		if err != nil {
			return nil, err
		}
		if out[address], err = keep(data, write); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// again reads an image that was found, and sees that it is still the same.
func again(images publication.Source, image publication.Image) ([]byte, error) {
	data, err := images.Read(image.Path, publication.MaxImage)
	if err != nil {
		return nil, err
	}
	e, _, err := car.MakeFile("", bytes.NewReader(data))
	if err == nil && e.CID.String() != image.CID {
		err = errors.New("it has changed since it was hashed")
	}
	if err != nil {
		return nil, fmt.Errorf("reading image %q: %w", image.Path, err)
	}
	return data, nil
}

// keep writes an image that can be shown.
func keep(data []byte, write Output) (Shot, error) {
	p, refused := measure(data)
	if refused != "" {
		return Shot{Says: "Image: not shown: " + refused + ".", Mark: markNotShown}, nil
	}
	name := fmt.Sprintf("%x.%s", sha256.Sum256(data), p.kind)
	return Shot{File: name, Width: p.width, Height: p.height, Moves: p.moves, Pixels: p.width > 0 && p.width <= fewPixels}, write(imagesDir+"/"+name, data)
}
