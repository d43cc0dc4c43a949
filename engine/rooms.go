package engine

import (
	"path"
	"slices"
	"strings"

	"github.com/genproof/genproof/files"
)

// rooms finds the folders of a collection, whatever case their names have.
type rooms struct {
	dir   *files.Folder
	known map[string][]string // names of folders, by the one they are in
}

func newRooms(dir *files.Folder) *rooms { return &rooms{dir, map[string][]string{}} }

// find returns the folder that a slash-separated path in lower case stands for, and reports whether
// there is one. A link counts, so that it is refused where it is read.
func (r *rooms) find(name string) (string, bool, error) {
	at := "."
	for part := range strings.SplitSeq(name, "/") {
		if part == "." {
			continue
		}
		inside, err := r.folders(at)
		if err != nil {
			return "", false, err
		}
		i := slices.Index(inside, part)
		if i < 0 {
			i = slices.IndexFunc(inside, func(s string) bool { return strings.EqualFold(s, part) })
		}
		if i < 0 {
			return "", false, nil
		}
		at = path.Join(at, inside[i])
	}
	return at, true, nil
}

func (r *rooms) folders(at string) ([]string, error) {
	if list, ok := r.known[at]; ok {
		return list, nil
	}
	entries, err := r.dir.Entries(at, maxNames)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, e := range entries {
		if !e.Type().IsRegular() {
			list = append(list, e.Name())
		}
	}
	slices.Sort(list)
	r.known[at] = list
	return list, nil
}

// findAll returns the folders that there are, in the order of names.
func (r *rooms) findAll(names []string) (found []string, err error) {
	for _, name := range names {
		at, ok, err := r.find(name)
		if err != nil {
			return nil, err
		}
		if ok && !slices.Contains(found, at) {
			found = append(found, at)
		}
	}
	return found, nil
}

// resolve returns a place as a collection has it, and reports whether its documents' folder is there.
func (r *rooms) resolve(p place) (place, bool, error) {
	documents, ok, err := r.find(p.documents)
	if err != nil || !ok {
		return place{}, false, err
	}
	images, err := r.findAll(p.images)
	return place{documents, images, p.shape}, true, err
}
