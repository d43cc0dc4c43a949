package publication

import (
	"bytes"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/verifier"
)

// pictures reads the pictures that are proven where they are published, each alone and no more of it
// than a picture has. A bundle alone brings none.
func (p *Publication) pictures() verifier.Pictures {
	switch {
	case p.picture != nil:
		return func(_ string, limit int64) ([]byte, error) {
			return files.ReadFrom(bytes.NewReader(p.picture), "picture", limit)
		}
	case p.source == nil:
		return nil
	}
	return func(cid string, limit int64) ([]byte, error) {
		return p.source.Read(bundle.PicturePath(cid), limit)
	}
}

// SetPicture has an image judged that somebody else has, a marketplace say, as the picture of the only
// token that is left. Where no picture is proven it changes nothing.
func (p *Publication) SetPicture(image []byte) {
	if p.Description != nil && p.Description.ProvesPictures() {
		p.picture = image
	}
}
