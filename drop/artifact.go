package drop

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"path/filepath"

	"github.com/genproof/genproof/files"
)

// digestArtifact streams the model's artifact through SHA-256. Without an
// artifact the digest is zero. A path is relative to the drop's folder.
func digestArtifact(dir string, n *node) (digest [sha256.Size]byte, err error) {
	if n == nil {
		return digest, nil
	}
	path := filepath.FromSlash(n.text)
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	const remedy = "put the file there, or remove the key artifact"
	f, _, err := files.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return digest, fault(n.place, remedy, "the artifact cannot be found")
	case errors.Is(err, files.ErrNotRegular):
		return digest, fault(n.place, remedy, "the artifact is not a regular file")
	case err != nil:
		return digest, fault(n.place, "make it readable", "the artifact cannot be opened")
	}
	defer f.Close() // only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return digest, fault(n.place, "try again", "the artifact cannot be read to its end")
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}
