package drop

import (
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/genproof/genproof/files"
)

//go:embed templates
var templates embed.FS

// Templates lists the sample drops that Init can write. The first is the smallest.
func Templates() []string { return []string{"foxes", "nebula", "gardens", "pixels", "dreams"} }

// Init writes a new drop with secrets of its own into dir, which it makes if
// need be. Nothing that is there is touched: if one of the files exists
// already, or anything fails, no file and no folder is left behind.
func Init(dir, template string) error {
	texts, err := templateFiles(template)
	if err != nil {
		return err
	}
	return Create(dir, texts, nil)
}

// Create is [Init] with files of the caller's, by name, with / between folders; a name that ends in
// .csv is its owner's alone. What accept, if it is not nil, refuses of the drop as it stands there is
// taken away again: the error is accept's.
func Create(dir string, texts map[string][]byte, accept func() error) (err error) {
	c := &creation{dir: dir}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.undo())
		}
	}()
	if err := c.folders.Make(dir, 0o755); err != nil {
		return fmt.Errorf("making a drop: %w", err)
	}
	for name, data := range texts {
		if err := c.write(name, data); err != nil {
			return err
		}
	}
	if err := CreateSecrets(dir, true, rand.Reader); err != nil || accept == nil {
		return err
	}
	c.written = append(c.written, filepath.Join(dir, SecretsFile))
	return accept()
}

// A creation is what was made of a drop so far.
type creation struct {
	dir     string
	folders files.Folders
	written []string
}

func (c *creation) write(name string, data []byte) error {
	mode := files.Public
	if filepath.Ext(name) == ".csv" {
		mode = files.Secret
	}
	name = filepath.Join(c.dir, filepath.FromSlash(name))
	if err := c.folders.Make(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("making a drop: %w", err)
	}
	if err := files.Create(name, data, mode); err != nil {
		return fmt.Errorf("making a drop: %w: choose an empty folder", err)
	}
	c.written = append(c.written, name)
	return nil
}

func (c *creation) undo() (err error) {
	for _, name := range c.written {
		err = errors.Join(err, os.Remove(name))
	}
	c.folders.Remove()
	return err
}

// templateFiles returns the files of a sample drop by name.
func templateFiles(template string) (map[string][]byte, error) {
	folder := path.Join("templates", template)
	if !slices.Contains(Templates(), template) {
		return nil, fmt.Errorf("making a drop: there is no template %.40q: use %s", template, quoted(Templates()))
	}
	readme, err := fs.ReadFile(templates, "templates/README.md")
	if err != nil {
		return nil, fmt.Errorf("making a drop: %w", err)
	}
	texts := map[string][]byte{
		"README.md":  append(readme, SecretsNote...),
		".gitignore": []byte("# these files are hidden: publish drop.json instead\n" + SecretsFile + "\n" + ModelFile + "\n" + ClaimsFile + "\n" + ClaimsTableFile + "\n" + ReceiptsDir + "/\nopenings/\n*.key\n*.key.log\n*.safetensors\n*.onnx\nsprites/\n"),
	}
	err = fs.WalkDir(templates, folder, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			texts[strings.TrimPrefix(name, folder+"/")], err = fs.ReadFile(templates, name)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("making a drop: %w", err)
	}
	return texts, nil
}
