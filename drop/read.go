package drop

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/table"
)

// readFile reads a regular file of the drop up to its size limit.
func readFile(dir, name string) ([]byte, error) {
	most := int64(maxYAML)
	if name == ClaimsTableFile {
		most = table.MaxBytes
	}
	data, err := files.Read(filepath.Join(dir, filepath.FromSlash(name)), most)
	return data, readFault(name, most, err)
}

// readSecret is readFile of a file that only its owner may read.
func readSecret(dir, name string) ([]byte, error) {
	data, err := files.ReadSecret(filepath.Join(dir, filepath.FromSlash(name)), maxYAML)
	if errors.Is(err, files.ErrExposed) {
		return nil, fault(Place{File: name}, "run chmod 600 "+name, "others can read the secrets")
	}
	return data, readFault(name, maxYAML, err)
}

func readFault(name string, most int64, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, files.ErrNotRegular):
		return fault(Place{File: name}, "put a file there", "this is not a regular file")
	case errors.Is(err, files.ErrTooLarge):
		return fault(Place{File: name}, "split or shorten it", "the file is larger than %d bytes", most)
	}
	return fmt.Errorf("reading the drop: %w", err)
}
