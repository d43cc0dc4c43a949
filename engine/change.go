package engine

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/genproof/genproof/files"
)

// A Change is what an import did to a file, or to the files of a folder, of a deck that was there.
type Change struct {
	Name     string   `json:"name"`
	New      int      `json:"new"`
	Replaced []string `json:"replaced"` // by other bytes
	Removed  []string `json:"removed"`
}

func (c *Change) is() bool { return c.New+len(c.Replaced)+len(c.Removed) > 0 }

// String tells the change to a person.
func (c Change) String() string {
	var parts []string
	if c.New > 0 {
		parts = append(parts, fmt.Sprintf("%d new", c.New))
	}
	for what, list := range map[string][]string{"replaced": c.Replaced, "removed": c.Removed} {
		if len(list) > 0 {
			parts = append(parts, fmt.Sprintf("%d %s (%s)", len(list), what, listed10(list)))
		}
	}
	slices.Sort(parts)
	return c.Name + ": " + strings.Join(parts, ", ")
}

// changeOf compares a deck's file or folder with what an import made. What is not there has no files.
func changeOf(have, made string) (Change, error) {
	c := Change{Name: filepath.Base(made), Replaced: []string{}, Removed: []string{}}
	was, err := filesBelow(have)
	if err != nil {
		return c, err
	}
	is, err := filesBelow(made)
	if err != nil {
		return c, err
	}
	for name := range was {
		if !is[name] {
			c.Removed = append(c.Removed, c.called(name))
		}
	}
	for name := range is {
		if !was[name] {
			c.New++
			continue
		}
		same, err := equal(filepath.Join(have, name), filepath.Join(made, name))
		if err != nil {
			return c, err
		}
		if !same {
			c.Replaced = append(c.Replaced, c.called(name))
		}
	}
	slices.SortFunc(c.Replaced, byNumber)
	slices.SortFunc(c.Removed, byNumber)
	return c, nil
}

// called is the name of a file in the folder, or of the file itself.
func (c *Change) called(name string) string {
	if name == "." {
		return c.Name
	}
	return name
}

// byNumber orders 2.json before 10.json.
func byNumber(a, b string) int {
	x, _ := parseNumbered(a)
	y, _ := parseNumbered(b)
	return cmp.Or(cmp.Compare(x.n, y.n), cmp.Compare(a, b))
}

// filesBelow lists a folder's names, or a file as ".".
func filesBelow(path string) (map[string]bool, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil || !info.IsDir() {
		return map[string]bool{".": true}, err
	}
	dir, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer dir.Close() // only read
	names, err := dir.Readdirnames(-1)
	all := map[string]bool{}
	for _, name := range names {
		all[name] = true
	}
	return all, err
}

// equal reports whether two files hold the same bytes and have the same rights.
func equal(a, b string) (bool, error) {
	x, errA := os.Lstat(a)
	y, errB := os.Lstat(b)
	if err := errors.Join(errA, errB); err != nil {
		return false, err
	}
	if !x.Mode().IsRegular() || !y.Mode().IsRegular() {
		return false, nil
	}
	return equalFiles(a, b)
}

func equalFiles(a, b string) (same bool, err error) {
	f, x, err := files.Open(a)
	if err != nil {
		return false, err
	}
	defer f.Close() // only read
	g, y, err := files.Open(b)
	if err != nil {
		return false, err
	}
	defer g.Close() // only read
	if x.Size() != y.Size() || x.Mode().Perm() != y.Mode().Perm() {
		return false, nil
	}
	p, q := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, errF := io.ReadFull(f, p)
		m, errG := io.ReadFull(g, q)
		if !bytes.Equal(p[:n], q[:m]) {
			return false, nil
		}
		if errF != nil || errG != nil {
			isEnd := func(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
			if isEnd(errF) && isEnd(errG) {
				return true, nil
			}
			return false, errors.Join(errF, errG)
		}
	}
}
