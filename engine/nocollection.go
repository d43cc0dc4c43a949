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
	for _, p := range places {
		wanted = append(wanted, path.Join(p.documents, "N.json"))
		names, err := dir.Names(p.documents, maxNames)
		if err != nil {
			return err
		}
		for _, name := range names {
			if strings.EqualFold(path.Ext(name), ".json") && !isPassedOver(name) {
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
	case len(names) > 0:
		return fmt.Errorf("%s, and found %s. Name the folder that has the documents, or a table", text, listed10(names))
	}
	return fmt.Errorf("%s, and the folder is empty", text)
}
