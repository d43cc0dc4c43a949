package setup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"maps"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/genproof/genproof/setup/keycar"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

// A parcel is keys on their way.
type parcel struct {
	m     keycar.Manifest
	files map[string][]byte
}

func exported(t *testing.T, s *Store, c *Circuit) *parcel {
	t.Helper()
	p := &parcel{files: map[string][]byte{}}
	err := s.Export(context.Background(), c, nil, func(m *keycar.Manifest, open func(name string) (io.ReadCloser, error)) error {
		p.m = *m
		for _, name := range keycar.FileNames {
			r, err := open(name)
			if err != nil {
				return err
			}
			defer r.Close()
			if p.files[name], err = io.ReadAll(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *parcel) clone() *parcel { return &parcel{p.m, maps.Clone(p.files)} }

// put replaces a file and what the manifest says of it.
func (p *parcel) put(name string, b []byte) {
	p.files[name] = b
	f := keycar.File{Size: uint64(len(b)), SHA256: sha256.Sum256(b)}
	switch name {
	case "cs":
		p.m.Files.CS = f
	case "pk":
		p.m.Files.PK = f
	case "vk":
		p.m.Files.VK = f
	}
}

func (p *parcel) open(name string) (io.Reader, error) {
	b, ok := p.files[name]
	if !ok {
		return nil, errors.New("no such file")
	}
	return iotest.HalfReader(bytes.NewReader(b)), nil
}

// read reads the keys and puts them into a new store.
func (p *parcel) read(t *testing.T, c *Circuit) (*Groth16Keys, error) {
	t.Helper()
	pk, vk, err := ReadKeys(context.Background(), c, &p.m, p.open, nil)
	if err != nil {
		return nil, err
	}
	return auditAndInstall(openStore(t), c, pk, vk, ceremony, false)
}

func TestReadKeys_InvertsExport(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	made, _ := keysOf(t, s, c)
	p := exported(t, s, c)
	if p.m.Circuit != c.ID || p.m.Provenance != made.Provenance || p.m.Files.CS.SHA256 != c.Digest || p.m.Files.VK.SHA256 != made.Verifying.Digest() {
		t.Errorf("got %+v", p.m)
	}
	for name, f := range p.m.Named() {
		if sha256.Sum256(p.files[name]) != f.SHA256 || uint64(len(p.files[name])) != f.Size {
			t.Errorf("%s: not what the manifest says", name)
		}
	}
	keys, err := p.read(t, c)
	if err != nil {
		t.Fatal(err)
	}
	assertProves(t, keys)
	if keys.Verifying.Digest() != made.Verifying.Digest() {
		t.Error("another key")
	}
}

func TestExport_NeedsWholeKeys(t *testing.T) {
	s, c, ctx := openStore(t), compilePower(t, "toy/power", 4), context.Background()
	none := func(*keycar.Manifest, func(string) (io.ReadCloser, error)) error { t.Error("used"); return nil }
	if err := s.Export(ctx, c, nil, none); !errors.Is(err, ErrNoKeys) {
		t.Errorf("got %v, want ErrNoKeys", err)
	}
	k, _ := keysOf(t, s, c)
	for _, d := range keytest.Defects() {
		swapKey(t, s, c, d.Of(k.Verifying).Bytes())
		if err := s.Export(ctx, c, nil, none); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), d.Want) {
			t.Errorf("%s: got %v", d.Name, err)
		}
	}
}

func TestReadKeys_RefusesWhatIsNotTheirs(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	keysOf(t, s, c)
	whole := exported(t, s, c)
	toy := compilePower(t, "toy/power", 5)
	keysOf(t, s, toy)
	other := exported(t, s, toy)
	flip := func(name string, at int) func(p *parcel) {
		return func(p *parcel) {
			b := bytes.Clone(p.files[name])
			b[(at+len(b))%len(b)] ^= 1
			p.files[name] = b
		}
	}
	type row struct {
		name, want string
		change     func(p *parcel)
	}
	rows := []row{
		{"another circuit", "made with another version", func(p *parcel) { p.m.Circuit = "toy/other" }},
		{"another constraint system", "made with another version", func(p *parcel) { *p = *other.clone() }},
		{"another's cs, as the manifest says", "made with another version", func(p *parcel) { p.put("cs", other.files["cs"]) }},
		{"another's cs", "cs: ", func(p *parcel) { p.files["cs"] = other.files["cs"] }},
		{"another's pk", "pk: its manifest says", func(p *parcel) { p.put("pk", other.files["pk"]) }},
		{"another's vk", "another verifying key", func(p *parcel) { p.put("vk", other.files["vk"]) }},
		{"no file", "no such file", func(p *parcel) { delete(p.files, "pk") }},
		{"a size that lies", "pk: its manifest says", func(p *parcel) { p.m.Files.PK.Size++ }},
		{"the largest size", "pk: its manifest says", func(p *parcel) { p.m.Files.PK.Size = 1<<64 - 1 }},
		{"the largest size of vk", "vk: its manifest says", func(p *parcel) { p.m.Files.VK.Size = 1<<64 - 1 }},
	}
	for _, name := range keycar.FileNames {
		rows = append(rows,
			row{name + " flipped at the end", name + ": ", flip(name, -1)},
			row{name + " flipped inside", name + ": ", flip(name, len(whole.files[name])/2)},
			row{name + " short", name + ": ", func(p *parcel) { p.files[name] = p.files[name][:len(p.files[name])-1] }},
			row{name + " long", name + ": it is not the file", func(p *parcel) { p.files[name] = append(bytes.Clone(p.files[name]), 0) }},
			row{name + " empty", name + ": ", func(p *parcel) { p.files[name] = nil }})
	}
	for _, tc := range rows {
		p := whole.clone()
		tc.change(p)
		if _, err := p.read(t, c); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
	if _, err := whole.read(t, c); err != nil {
		t.Error(err)
	}
}

func TestReadKeys_RefusesDefectiveVerifyingKeys(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	k, _ := keysOf(t, s, c)
	whole := exported(t, s, c)
	for _, d := range keytest.Defects() {
		p := whole.clone()
		p.put("vk", d.Of(k.Verifying).Bytes())
		if _, _, err := ReadKeys(context.Background(), c, &p.m, p.open, nil); err == nil || d.Want[0] != 'p' && !strings.Contains(err.Error(), d.Want) {
			t.Errorf("%s: got %v, want %q", d.Name, err, d.Want)
		}
	}
	for name, b := range keytest.Encodings(whole.files["vk"]) {
		p := whole.clone()
		p.put("vk", b)
		if _, _, err := ReadKeys(context.Background(), c, &p.m, p.open, nil); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// The form is that of gnark's own dumps, and whatever it fixes is compared before gnark
// sees it: above all lengths.
func TestReadKeys_LengthsAreCheckedBeforeDecoding(t *testing.T) {
	for name, c := range map[string]*Circuit{"power": compilePower(t, "toy/power", 4), "mixed": compileToy(t, &mixed{})} {
		s := openStore(t)
		keysOf(t, s, c)
		whole := exported(t, s, c)
		form, err := formOf(c)
		if err != nil || form.size != int64(len(whole.files["pk"])) {
			t.Fatalf("%s: a form of %d bytes, the dump has %d, %v", name, form.size, len(whole.files["pk"]), err)
		}
		for i, x := range form.fixed {
			for at := range x.want {
				if i == 0 && at >= 8 || i == 1 && at%5 != 0 { // the domain and the flags: a sample
					continue
				}
				p := whole.clone()
				b := bytes.Clone(p.files["pk"])
				b[x.at+int64(at)] ^= 0xff
				p.put("pk", b)
				start := time.Now()
				if _, _, err := ReadKeys(context.Background(), c, &p.m, p.open, nil); !errors.Is(err, errForm) {
					t.Fatalf("%s: byte %d of part %d: got %v", name, at, i, err)
				}
				if took := time.Since(start); took > time.Second {
					t.Fatalf("%s: byte %d of part %d: refused after %v", name, at, i, took)
				}
			}
		}
		for at := range form.fixed[0].want { // the domain, whole
			p := whole.clone()
			b := bytes.Clone(p.files["pk"])
			b[at] ^= 1
			p.put("pk", b)
			if _, _, err := ReadKeys(context.Background(), c, &p.m, p.open, nil); !errors.Is(err, errForm) {
				t.Fatalf("%s: byte %d of the domain: got %v", name, at, err)
			}
		}
	}
}

// TestReadKeys_PointsAreNotCompressed marks one of the points before the lengths as compressed:
// gnark's decoder would take half its bytes, and lengths from the rest.
func TestReadKeys_PointsAreNotCompressed(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	keysOf(t, s, c)
	whole := exported(t, s, c)
	form, err := formOf(c)
	if err != nil || len(form.ends) != 5 {
		t.Fatalf("%d points, %v", len(form.ends), err)
	}
	for i, at := range form.ends {
		for _, flag := range []byte{0b01 << 6, 0b10 << 6, 0b11 << 6} {
			p := whole.clone()
			b := bytes.Clone(p.files["pk"])
			b[at] = b[at]&^compressed | flag
			p.put("pk", b)
			if _, _, err := ReadKeys(t.Context(), c, &p.m, p.open, nil); !errors.Is(err, errForm) {
				t.Errorf("point %d, flag %08b: got %v", i, flag, err)
			}
		}
	}
	p := whole.clone()
	b := bytes.Clone(p.files["pk"])
	points := b[form.ends[0] : form.ends[4]+g2Bytes]
	clear(points)
	for _, at := range []int{0, 32, 64, 96, 160} { // all of them compressed, and then a number of wires
		points[at] = 0b01 << 6
	}
	points[224] = 0x40
	p.put("pk", b)
	if _, _, err := ReadKeys(t.Context(), c, &p.m, p.open, nil); !errors.Is(err, errForm) {
		t.Errorf("a number of wires among the points: got %v", err)
	}
}

func TestReadKeys_EndsWithItsContext(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	keysOf(t, s, c)
	p := exported(t, s, c)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := ReadKeys(ctx, c, &p.m, p.open, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
