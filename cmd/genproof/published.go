package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/key"
)

const (
	carFile     = "drop.car"
	maxKeyBytes = 1 << 17
	// maxBundles bounds what a folder or CAR from anybody may cost, in bytes.
	maxBundles = 1 << 29
	// maxFiles bounds the files of a folder.
	maxFiles = 1 << 18
)

// A published set is what anybody can get of a drop: description, key, tokens.
type published struct {
	description *bundle.Description
	key         key.Verifying
	program     *policy.Program
	bundles     []verifier.File
	documents   func(cid string) ([]byte, error) // nil for a lone bundle
	policyText  []byte                           // of its own file, nil if there is none
	root        string                           // the CAR's
	archive     *car.Archive                     // nil but for a CAR
}

func (s *published) close() {
	if s.archive != nil {
		s.archive.Close() // only read
	}
}

// A source is a folder or a CAR.
type source interface {
	paths() ([]string, error)
	read(name string, limit int64) ([]byte, error)
}

type folderSource struct{ dir string }

func (f folderSource) paths() (names []string, err error) {
	for _, sub := range []string{prover.BundlesDir, prover.DocumentsDir} {
		entries, err := os.ReadDir(filepath.Join(f.dir, sub))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			names = append(names, path.Join(sub, e.Name()))
		}
	}
	return names, nil
}

func (f folderSource) read(name string, limit int64) ([]byte, error) {
	file := filepath.Join(f.dir, filepath.FromSlash(name))
	info, err := os.Lstat(file) // a link could lead anywhere, and a pipe would never end
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", file)
	}
	return (&program{}).readFile(file, limit)
}

type carSource struct{ *car.Archive }

func (c carSource) paths() ([]string, error) { return c.Paths(), nil }

func (c carSource) read(name string, limit int64) ([]byte, error) {
	data, err := c.ReadFile(name)
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("%s has more than %d bytes", name, limit)
	}
	return data, err
}

// openPublished reads an output folder, a CAR or one bundle. trusted, if not empty, is the
// description to go by instead of the one that is published along: a file, or a folder of it.
func (p *program) openPublished(where, trusted, keyFile string) (*published, error) {
	info, err := os.Stat(where)
	if err != nil {
		return nil, err
	}
	var s *published
	switch {
	case !info.IsDir() && !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is neither a file nor a folder", where)
	case info.IsDir():
		s, err = readSource(folderSource{where}, trusted == "", keyFile == "")
	case isJSON(where):
		s, err = p.loneBundle(where, trusted)
	default:
		s, err = readCAR(where, trusted == "", keyFile == "")
	}
	if err != nil {
		return nil, err
	}
	if err = s.trust(p, trusted, keyFile); err == nil {
		err = s.compile()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func isJSON(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 64)
	n, _ := io.ReadFull(f, head)
	return bytes.HasPrefix(bytes.TrimLeft(head[:n], " \t\r\n"), []byte("{"))
}

// brokenCAR is the error of a CAR whose content is not what its CIDs say.
type brokenCAR struct{ error }

func readCAR(where string, description, key bool) (*published, error) {
	archive, err := car.Open(where, car.DefaultLimits)
	var unreadable *fs.PathError
	switch {
	case err != nil && isCAR(where) && !errors.As(err, &unreadable):
		return nil, &brokenCAR{err}
	case err != nil:
		return nil, console.Hint(err, "give an output folder, a CAR of one, or a bundle")
	}
	s, err := readSource(carSource{archive}, description, key)
	if err != nil {
		return nil, errors.Join(err, archive.Close())
	}
	s.root, s.archive = archive.Root().String(), archive
	return s, nil
}

// readSource reads everything but the documents, and description and key only if they are needed.
func readSource(from source, description, key bool) (s *published, err error) {
	s = &published{documents: func(cid string) ([]byte, error) {
		return from.read(path.Join(prover.DocumentsDir, cid), bundle.MaxDocument)
	}}
	if description {
		if s.description, err = readDescription(from); err != nil {
			return nil, err
		}
	}
	if key {
		if s.key, err = readKey(from); err != nil {
			return nil, err
		}
	}
	if s.policyText, err = from.read(drop.PolicyFile, bundle.MaxBytes); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return s, s.readBundles(from)
}

func readDescription(from source) (*bundle.Description, error) {
	data, err := from.read(bundle.DescriptionFile, bundle.MaxBytes)
	if err != nil {
		return nil, console.Hint(err, "give an output folder of genproof prove, or a CAR of one; or name a description with --drop")
	}
	d, err := bundle.UnmarshalDescription(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", bundle.DescriptionFile, err)
	}
	return d, nil
}

func readKey(from source) (key.Verifying, error) {
	data, err := from.read(prover.KeyFile, maxKeyBytes)
	if err != nil {
		return nil, console.Hint(err, "name the verifying key with --key")
	}
	vk, err := parseKey(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", prover.KeyFile, err)
	}
	return vk, nil
}

func (s *published) readBundles(from source) error {
	names, err := from.paths()
	if err != nil {
		return err
	}
	if len(names) > maxFiles {
		return fmt.Errorf("there are %d files, more than %d", len(names), maxFiles)
	}
	var total int
	for _, name := range names {
		if path.Dir(name) != prover.BundlesDir {
			continue
		}
		data, err := from.read(name, bundle.MaxBytes)
		if err != nil {
			return err
		}
		if total += len(data); total > maxBundles {
			return fmt.Errorf("the bundles have more than %d bytes together: split them", maxBundles)
		}
		s.bundles = append(s.bundles, verifier.File{Name: name, Data: data})
	}
	slices.SortFunc(s.bundles, func(a, b verifier.File) int { return compareNames(a.Name, b.Name) })
	if len(s.bundles) == 0 {
		return console.Hint(errors.New("there are no bundles"), "genproof prove makes some")
	}
	return nil
}

// compareNames puts 2.json before 10.json.
func compareNames(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func (p *program) loneBundle(where, trusted string) (*published, error) {
	if trusted == "" {
		return nil, console.Hint(errors.New("a bundle alone says nothing about its drop"), "name the drop's description with --drop drop.json")
	}
	data, err := p.readFile(where, bundle.MaxBytes)
	if err != nil {
		return nil, err
	}
	return &published{bundles: []verifier.File{{Name: filepath.Base(where), Data: data}}}, nil
}

// trust takes description and key from where the caller says.
func (s *published) trust(p *program, trusted, keyFile string) (err error) {
	if trusted != "" {
		var beside string
		if s.description, beside, err = p.trustedDescription(trusted); err != nil {
			return err
		}
		if s.key == nil && keyFile == "" {
			keyFile = beside
		}
	}
	if keyFile != "" {
		s.key, err = p.trustedKey(keyFile)
	}
	return err
}

// trustedDescription reads drop.json or a folder of it, and says where a key would be.
func (p *program) trustedDescription(where string) (*bundle.Description, string, error) {
	if info, err := os.Stat(where); err == nil && info.IsDir() {
		where = filepath.Join(where, bundle.DescriptionFile)
	}
	data, err := p.readFile(where, bundle.MaxBytes)
	if err != nil {
		return nil, "", err
	}
	d, err := bundle.UnmarshalDescription(data)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", where, err)
	}
	return d, filepath.Join(filepath.Dir(where), prover.KeyFile), nil
}

func (p *program) trustedKey(where string) (key.Verifying, error) {
	data, err := p.readFile(where, maxKeyBytes)
	if err != nil {
		return nil, console.Hint(err, "name the verifying key with --key")
	}
	vk, err := parseKey(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	return vk, nil
}

// compile turns the policy's text into the program that the verifier checks the commitment of.
func (s *published) compile() error {
	schema, err := drop.SchemaOf(s.description)
	if err != nil {
		return fmt.Errorf("the drop's description: %w", err)
	}
	compiled, err := drop.CompilePolicy("policy", s.description.Policy, schema)
	if err != nil {
		return fmt.Errorf("the drop's description: %w", err)
	}
	s.program = compiled.Program
	return nil
}
