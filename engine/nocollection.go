package engine

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/genproof/genproof/files"
)

// noCollection says that a folder has no collection: what was looked for, and what there is.
func noCollection(dir *files.Folder) error {
	var wanted, documents []string
	rooms := newRooms(dir)
	for _, p := range places {
		wanted = append(wanted, path.Join(p.documents, "N.json"))
		p, ok, err := rooms.resolve(p)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		names, err := dir.Names(p.documents, maxNames)
		if err != nil {
			return err
		}
		for _, name := range names {
			if strings.EqualFold(path.Ext(name), ".json") && !isPassedOver(name) && !slices.Contains(notDocuments, strings.ToLower(name)) {
				documents = append(documents, path.Join(p.documents, name))
			}
		}
	}
	for _, l := range lists {
		wanted = append(wanted, l.file)
	}
	names, err := dir.Names(".", maxNames)
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, isPassedOver)
	slices.Sort(names)
	slices.Sort(documents)
	text := "there is no collection here: looked for " + strings.Join(wanted, ", ")
	switch {
	case len(documents) > 0:
		return fmt.Errorf("%s, and found %s: %s. %s", text, counted(len(documents), "JSON file of another name", "JSON files of other names"), listed10(documents), howToName(documents))
	case len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { _, ok := parseNumbered(name); return !ok }):
		return fmt.Errorf("%s, and found folders %s: a document is a file of its own, such as 1.json and not 1/metadata.json: move and rename them", text, listed10(names))
	case len(names) > 0:
		return fmt.Errorf("%s, and found %s. Name the folder that has the documents, a list of all of them, or a table", text, listed10(names))
	}
	return fmt.Errorf("%s, and the folder is empty", text)
}
