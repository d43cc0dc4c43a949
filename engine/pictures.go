package engine

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/files"
)

// An imageFile is an image file beside documents, or what else they point to.
type imageFile struct {
	name      string // slash-separated, below the folder
	extension string // in lower case, with the dot
	key       string // its number, or its name in lower case without the extension
}

func parsePicture(folder, base string) (imageFile, bool) {
	p := imageFile{name: path.Join(folder, base), extension: strings.ToLower(path.Ext(base))}
	if f, ok := parseNumbered(base); ok {
		p.key = strconv.FormatUint(f.n, 10)
	} else {
		p.key = strings.ToLower(strings.TrimSuffix(base, path.Ext(base)))
	}
	return p, p.key != "" && slices.Contains(imageExtensions, p.extension)
}

// folderPictures are the images in a collection's folders.
type folderPictures struct {
	dir    *files.Folder
	byKey  map[string][]imageFile // sorted by extension; the folder that is looked at first before others
	byName map[string][]imageFile // by the file's name in lower case
	of     map[int][]imageFile    // by card, sorted by extension, one of each
	used   map[string]bool        // by name
}

// addPictures adds the image files of folders, the first of which counts where two have the same.
// Each card has those of its number, until its document is known, see [Collection.pair]. What else
// there is beside them is told as not taken, but for the folder of documents, which is read before.
func (c *Collection) addPictures(dir *files.Folder, documents string, folders []string) error {
	p := &folderPictures{dir: dir, byKey: map[string][]imageFile{}, byName: map[string][]imageFile{}, of: map[int][]imageFile{}, used: map[string]bool{}}
	for _, folder := range folders {
		isAbove := folder != documents && folder == path.Dir(documents)
		if isAbove && len(p.byName) > 0 {
			break
		}
		c.looked = append(c.looked, folder)
		names, err := dir.Names(folder, maxNames)
		if err != nil {
			return err
		}
		slices.Sort(names)
		for _, base := range names {
			if f, ok := parsePicture(folder, base); ok {
				p.add(f)
			} else if folder != documents && !isAbove && !isPassedOver(base) {
				c.Ignored = append(c.Ignored, path.Join(folder, base))
			}
		}
	}
	for i := range c.n {
		own, err := p.group(c.ownNumber(i), imageFile{})
		if err != nil {
			return err
		}
		if len(own) > 0 {
			p.of[i] = own
		}
	}
	if len(p.byName) > 0 {
		c.pictures = p
	}
	c.sortIgnored()
	return nil
}

// cardName names a card for people, with the file of its document if it has one of its own.
func (c *Collection) cardName(i int) string {
	if d, ok := c.documents.(*folderDocuments); ok {
		return fmt.Sprintf("card %d (%s)", i, d.docs[i].name)
	}
	return fmt.Sprintf("card %d", i)
}

// ownNumber is the number that names or lists give card i, as pictures have it.
func (c *Collection) ownNumber(i int) string { return strconv.FormatUint(c.FirstID+uint64(i), 10) }

func (p *folderPictures) add(f imageFile) {
	p.byKey[f.key] = append(p.byKey[f.key], f)
	base := strings.ToLower(path.Base(f.name))
	p.byName[base] = append(p.byName[base], f)
}

// group returns the files of a number or a name, one of each extension: exact, if it is one of
// them. Two in one folder are an error.
func (p *folderPictures) group(key string, exact imageFile) ([]imageFile, error) {
	all := p.byKey[key]
	if len(all) == 0 {
		return nil, nil
	}
	var out []imageFile
	for _, f := range all {
		at := slices.IndexFunc(out, func(o imageFile) bool { return o.extension == f.extension })
		switch {
		case at < 0:
			out = append(out, f)
		case exact.name == f.name:
			out[at] = f
		case exact.name == out[at].name || path.Dir(out[at].name) != path.Dir(f.name): // the first folder's counts
		default:
			what := "name"
			if _, ok := parseNumbered(path.Base(f.name)); ok {
				what = "number"
			}
			return nil, fmt.Errorf("%s and %s have one %s: keep one of them", out[at].name, f.name, what)
		}
	}
	slices.SortFunc(out, func(a, b imageFile) int { return cmp.Compare(a.extension, b.extension) })
	return out, nil
}

// named returns the file of a name: of these letters, or but for capital ones if there is one only.
func (p *folderPictures) named(base string) (imageFile, bool) {
	all := p.byName[strings.ToLower(base)]
	for _, f := range all {
		if path.Base(f.name) == base {
			return f, true
		}
	}
	if len(all) == 1 {
		return all[0], true
	}
	return imageFile{}, false
}

// An aim is what the file name of an address comes to.
type aim struct {
	name  string      // the file's name that the address ends in; empty if it has none
	files []imageFile // what is there under it; none if nothing is
	key   string      // its number, or its name
	isOwn bool        // it is the card's own number, or names no file
}

// aimAt finds the files that an address leads to. likely are the extensions that count where the
// address has another one than the file.
func (p *folderPictures) aimAt(a address, own string, likely []string) (aim, error) {
	names := fileNames(a)
	if len(names) == 0 {
		return aim{isOwn: true}, nil
	}
	for _, name := range names {
		if f, ok := p.named(name); ok {
			list, err := p.group(f.key, f)
			return aim{name, list, f.key, f.key == own}, err
		}
	}
	for _, name := range names {
		f, ok := parseNumbered(name)
		if !ok {
			continue
		}
		key := strconv.FormatUint(f.n, 10)
		list, err := p.group(key, imageFile{})
		if err != nil || !slices.ContainsFunc(list, func(f imageFile) bool { return slices.Contains(likely, f.extension) }) {
			list = nil
		}
		return aim{name, list, key, key == own}, err
	}
	return aim{name: names[0], key: ""}, nil
}

// fileNames are the file names that an address may end in, the likelier first. Numbers need an
// extension only where the address is no placeholder.
func fileNames(a address) []string {
	if !a.isThere() || len(a.text) > 1<<12 || strings.HasPrefix(strings.ToLower(a.text), "data:") {
		return nil
	}
	var names []string
	add := func(s string) {
		s = s[strings.LastIndexAny(s, `/\`)+1:]
		_, isNumber := parseNumbered(s)
		isFile := slices.Contains(imageExtensions, strings.ToLower(path.Ext(s))) && !strings.ContainsAny(s, "{}<>")
		if (isFile || isNumber && isPlaceholder(a.text)) && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	whole, short := a.text, a.text
	if i := strings.IndexAny(a.text, "?#"); i >= 0 {
		short = a.text[:i]
	}
	for _, s := range []string{whole, short} {
		add(s)
		if plain, err := url.PathUnescape(s); err == nil {
			add(plain)
		}
	}
	return names
}

// A pairing says how a card and its images came together, where that is not by its number.
type pairing struct {
	byName string // a file of another number, which the document names
	lost   string // a number that the document names and no file has, though there is one of the card's own
	absent string // a name that no file has: the file of the card's number is taken

	otherKind string // a name with the extension of a picture, which none of the card's files has
}

// pair gives card i the files that its document names, and else those of its number.
func (c *Collection) pair(i int, d *document) (pairing, error) {
	p, ok := c.pictures.(*folderPictures)
	if !ok {
		return pairing{}, nil
	}
	var said pairing
	own := c.ownNumber(i)
	still, err := p.aimAt(d.image, own, stills)
	if err != nil {
		return said, err
	}
	clip, err := p.aimAt(d.animation, own, clips)
	if err != nil {
		return said, err
	}
	list := said.take(&still, p.of[i], stills)
	if moving := said.take(&clip, p.of[i], clips); clip.name != "" {
		if list, err = addClip(list, moving, d); err != nil {
			return said, fmt.Errorf("%s: %w", c.cardName(i), err)
		}
	}
	delete(p.of, i)
	if len(list) > 0 {
		p.of[i] = list
	}
	for _, f := range list {
		p.used[f.name] = true
	}
	return said, nil
}

// take returns the files that an aim comes to: what it names, or what the card has by its number.
func (s *pairing) take(a *aim, own []imageFile, likely []string) []imageFile {
	has := slices.ContainsFunc(own, func(f imageFile) bool { return slices.Contains(likely, f.extension) })
	if named := strings.ToLower(path.Ext(a.name)); len(a.files) > 0 && slices.Contains(imageExtensions, named) && !slices.Contains(extensionsOf(a.files), named) {
		s.otherKind = cmp.Or(s.otherKind, a.name)
	}
	switch {
	case len(a.files) > 0:
		if !a.isOwn && s.byName == "" {
			s.byName = a.files[0].name
		}
		return a.files
	case a.isOwn || !has:
	case a.key != "":
		s.lost = cmp.Or(s.lost, a.name)
	default:
		s.absent = cmp.Or(s.absent, a.name)
	}
	return own
}

// addClip adds the file of an animation to those of an image.
func addClip(list, moving []imageFile, d *document) ([]imageFile, error) {
	extension := pick(d.animation.text, extensionsOf(moving), clips)
	at := slices.IndexFunc(moving, func(f imageFile) bool { return f.extension == extension })
	if at < 0 {
		return list, nil
	}
	out := slices.DeleteFunc(slices.Clone(list), func(f imageFile) bool { return f.extension == extension })
	if len(out) < len(list) && d.image.isThere() && pick(d.image.text, extensionsOf(list), stills) == extension && !slices.Contains(list, moving[at]) {
		return nil, fmt.Errorf("image and animation_url name two files %s, and a card has one of each extension: convert one of them", extension)
	}
	out = append(out, moving[at])
	slices.SortFunc(out, func(a, b imageFile) int { return cmp.Compare(a.extension, b.extension) })
	return out, nil
}

func extensionsOf(list []imageFile) []string {
	var all []string
	for _, f := range list {
		all = append(all, f.extension)
	}
	return all
}

// leftPictures lists the image files that no card has.
func (c *Collection) leftPictures() (left []string) {
	if p, ok := c.pictures.(*folderPictures); ok {
		for _, all := range p.byName {
			for _, f := range all {
				if !p.used[f.name] {
					left = append(left, f.name)
				}
			}
		}
	}
	return left
}

func (p *folderPictures) extensions(i int) []string { return extensionsOf(p.of[i]) }

func (p *folderPictures) write(i int, extension string, to io.Writer) error {
	at := slices.IndexFunc(p.of[i], func(f imageFile) bool { return f.extension == extension })
	if at < 0 {
		panic("engine: an image that is not listed")
	}
	name := p.of[i][at].name
	f, info, err := p.dir.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	if info.Size() > MaxImage {
		return fmt.Errorf("reading %s: %w: it has more than %d bytes", p.dir.Path(name), files.ErrTooLarge, MaxImage)
	}
	n, err := io.Copy(to, io.LimitReader(f, MaxImage+1))
	if err == nil {
		err = unchanged(f, info, n)
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", p.dir.Path(name), err)
	}
	return nil
}
