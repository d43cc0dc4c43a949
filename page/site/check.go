package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/genproof/genproof/files"
)

// A Fault is a file of a site that is not as this program writes it.
type Fault struct {
	File string `json:"file"`
	Why  string `json:"why"`
}

// A Report is how the files of a site compare with this program.
type Report struct {
	Files    int     `json:"files"`  // that were looked at
	Faults   []Fault `json:"faults"` // one a file
	Verifier string  `json:"verifier_sha256,omitempty"`
}

// Files are a site's. A file that is not there is [fs.ErrNotExist].
type Files interface {
	// Names returns all names, none if they cannot be listed: then only what pages lead to is looked
	// at.
	Names() ([]string, error)
	Read(name string, limit int64) ([]byte, error)
}

// Bounds of what a stranger's site may cost.
const (
	MaxFiles     = 1 << 18
	maxPageBytes = 16 << 20
	maxFaults    = 1000
)

// A kind is a sort of files of a site.
type kind struct {
	names *regexp.Regexp
	limit int64
	check func(c *checker, name string, data []byte) error
}

var kinds = []kind{
	{regexp.MustCompile(`^(index|proof|(pages|tokens)/\d{1,20})\.html$`), maxPageBytes, (*checker).page},
	{regexp.MustCompile(`^data/(words|\d{1,6})\.js$`), maxPageBytes, (*checker).data},
	{regexp.MustCompile(`^images/[0-9a-f]{64}\.(png|jpg|gif|webp|svg)$`), MaxImage, (*checker).image},
	{regexp.MustCompile(`^publication/(drop\.json|verifying\.key|policy\.cel|(bundles|batches|cards)/\d{1,20}\.json|attestations/[0-9a-f]{64}\.json|images/[a-z2-7]{20,100}\.png|documents/(\d{1,20}/\d{1,20}\.json|[a-z2-7]{20,100}))$`), maxPublished, nil},
}

type checker struct {
	files    Files
	program  map[string][]byte
	verifier []byte
	report   Report
	queue    []string
	queued   map[string]bool
}

// Check compares a site's files with this program's: the program's files byte for byte, pages and data
// by their forms, in which no script can stand, images by their names. What is no file of a site is
// a fault. verifier is the verifier.html to compare with; nil: none is known, and one that is there
// cannot be compared, which is a fault too.
//
// That nothing differs says that the program is genproof's. What pages say is their publisher's word.
func Check(from Files, verifier []byte) (*Report, error) {
	own, err := program()
	if err != nil {
		return nil, err
	}
	c := &checker{files: from, program: own, verifier: verifier, report: Report{Faults: []Fault{}}, queued: map[string]bool{}}
	for _, name := range []string{scriptFile, styleFile, ManifestFile, indexFile, proofFile} {
		c.add(name)
	}
	names, err := from.Names()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		c.add(name)
	}
	for i := 0; i < len(c.queue); i++ {
		if err := c.one(c.queue[i]); err != nil {
			c.fault(c.queue[i], err)
		}
		if len(c.report.Faults) >= maxFaults || len(c.queue) > MaxFiles {
			return nil, errors.New("checking the site: it has too many files or faults")
		}
	}
	c.report.Files = len(c.queue)
	slices.SortFunc(c.report.Faults, func(a, b Fault) int { return strings.Compare(a.File, b.File) })
	return &c.report, nil
}

func (c *checker) add(name string) {
	if !c.queued[name] {
		c.queued[name] = true
		c.queue = append(c.queue, name)
	}
}

func (c *checker) fault(name string, err error) {
	why := err.Error()
	if errors.Is(err, fs.ErrNotExist) {
		why = "it is missing"
	}
	c.report.Faults = append(c.report.Faults, Fault{name, why})
}

func (c *checker) one(name string) error {
	if want, own := c.program[name]; own {
		data, err := c.files.Read(name, int64(len(want))+1)
		if errors.Is(err, files.ErrTooLarge) {
			return errOther
		}
		if err == nil && !bytes.Equal(data, want) {
			err = errOther
		}
		return err
	}
	if name == VerifierFile {
		return c.verifierFile()
	}
	for _, k := range kinds {
		if !k.names.MatchString(name) {
			continue
		}
		if k.check == nil {
			return nil
		}
		data, err := c.files.Read(name, k.limit)
		if err != nil {
			return err
		}
		return k.check(c, name, data)
	}
	return errors.New("it was added: a site has no such file")
}

var errOther = errors.New("it differs from this program’s")

// maxVerifier bounds verifier.html, in bytes.
const maxVerifier = 16 << 20

func (c *checker) verifierFile() error {
	data, err := c.files.Read(VerifierFile, maxVerifier)
	if err != nil {
		return err
	}
	c.report.Verifier = fmt.Sprintf("%x", sha256.Sum256(data))
	switch {
	case c.verifier == nil:
		return errors.New("it could not be compared: its SHA-256 is " + c.report.Verifier)
	case !bytes.Equal(data, c.verifier):
		return errOther
	}
	return nil
}

func (c *checker) page(name string, data []byte) error {
	leads, err := checkPage(data)
	if err != nil {
		return err
	}
	for _, lead := range leads {
		if strings.HasPrefix(lead, "https:") || strings.HasPrefix(lead, "mailto:") {
			continue
		}
		if lead, _, _ = strings.Cut(lead, "#"); lead != "" {
			c.add(path.Join(path.Dir(name), lead))
		}
	}
	return nil
}

var errScript = errors.New("it is no list of data: it could run as a script")

// data holds that a file calls one function with arrays of texts and numbers.
func (c *checker) data(name string, data []byte) error {
	function := "genproofEntries("
	if path.Base(name) == "words.js" {
		function = "genproofWords("
	}
	body, begins := bytes.CutPrefix(data, []byte(function))
	body, ends := bytes.CutSuffix(body, []byte(");\n"))
	if !begins || !ends || !json.Valid(body) {
		return errScript
	}
	for d := json.NewDecoder(bytes.NewReader(body)); ; {
		token, err := d.Token()
		if err != nil {
			return nil // its end
		}
		if token == json.Delim('{') {
			return errScript
		}
	}
}

func (c *checker) image(name string, data []byte) error {
	if want, _, _ := strings.Cut(path.Base(name), "."); fmt.Sprintf("%x", sha256.Sum256(data)) != want {
		return errors.New("it has other bytes than its name says")
	}
	if p, refused := measure(data); refused != "" || "."+p.kind != path.Ext(name) {
		return errors.New("it is no image that a site shows")
	}
	return nil
}
