package evidence

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
)

// deflated is data compressed by the standard library.
func deflatedBy(t *testing.T, level int, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// samples are texts, bytes of chance, and both in turn, around the sizes of windows and steps.
func samples(r *rand.Rand) (list [][]byte) {
	for _, n := range []int{0, 1, 2, 257, 258, 259, maxStep - 1, maxStep, maxStep + 1, windowBytes - 1, windowBytes, windowBytes + 1, 100_000} {
		noise, text := make([]byte, n), []byte(strings.Repeat("{\"salt\": \"0x00\"}, ", n/18+1))[:n]
		for i := range noise {
			noise[i] = byte(r.Uint32())
		}
		mixed := bytes.Clone(text)
		for range n / 50 {
			mixed[r.IntN(n)] = byte(r.Uint32())
		}
		list = append(list, noise, text, mixed)
	}
	return list
}

func TestInflater_ReadsWhatTheStandardLibraryWrites(t *testing.T) {
	for i, data := range samples(rand.New(rand.NewPCG(1, 2))) {
		for _, level := range []int{flate.HuffmanOnly, flate.NoCompression, flate.BestSpeed, flate.BestCompression} {
			packed := deflatedBy(t, level, data)
			if got, err := io.ReadAll(newInflater(bytes.NewReader(packed), uint64(len(data)))); err != nil || !bytes.Equal(got, data) {
				t.Fatalf("sample %d, level %d: %d bytes of %d, %v", i, level, len(got), len(data), err)
			}
		}
	}
}

// A stream has the size that its zip says, or is refused before much of it was read.
func TestInflater_HoldsTheSize(t *testing.T) {
	packed := deflatedBy(t, flate.BestCompression, make([]byte, 1<<26))
	for size, least := range map[uint64]int64{0: 0, 1<<26 - 1: 1<<26 - windowBytes, 1<<26 + 1: 1<<26 - windowBytes, 5: 0} {
		n, err := io.Copy(io.Discard, newInflater(bytes.NewReader(packed), size))
		if err == nil || n < least || n > int64(size) {
			t.Errorf("of size %d: read %d bytes, %v", size, n, err)
		}
	}
}

// Streams that were changed or cut are read as compress/flate reads them, or refused as it does.
func TestInflater_AgreesOfChangedStreams(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	list := samples(r)
	refused, taken := 0, 0
	for range 2000 {
		data := list[r.IntN(30)]
		packed := deflatedBy(t, []int{flate.HuffmanOnly, flate.NoCompression, flate.BestSpeed, flate.BestCompression}[r.IntN(4)], data[:min(len(data), 3000)])
		switch at := r.IntN(min(len(packed), 200)); r.IntN(4) {
		case 0:
			packed = packed[:at]
		case 1:
			packed = append([]byte{}, packed[at:]...)
		default:
			packed[at] ^= 1 << r.IntN(8)
		}
		want, bad := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
		got, err := io.ReadAll(newInflater(bytes.NewReader(packed), uint64(len(want))))
		if (err == nil) != (bad == nil) || err == nil && !bytes.Equal(got, want) {
			t.Fatalf("%x: %d bytes (%v), compress/flate %d (%v)", packed, len(got), err, len(want), bad)
		}
		if err == nil {
			taken++
		} else {
			refused++
		}
	}
	if taken < 200 || refused < 200 {
		t.Errorf("%d taken, %d refused", taken, refused)
	}
}

// zipOf writes a zip by the standard library.
func zipOf(t *testing.T, files map[string]string, change func(*zip.FileHeader)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range files {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if change != nil {
			change(h)
		}
		f, err := w.CreateHeader(h)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(data []byte) (Source, error) { return Open(bytes.NewReader(data), int64(len(data))) }

// content reads all of a source; a file that cannot be read is an error.
func content(from Source) (map[string]string, error) {
	paths, err := from.Paths()
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, p := range paths {
		data, err := readAll(from, p, 1<<20)
		if err != nil {
			return nil, err
		}
		out[p] = string(data)
	}
	return out, nil
}

func TestOpenZip_ReadsWhatIsInIt(t *testing.T) {
	want := map[string]string{"a": "", "MANIFEST.jsonl": "{}\n", "publication/cards/ü.json": strings.Repeat("card ", 10_000)}
	for name, change := range map[string]func(*zip.FileHeader){
		"deflated": nil, "stored": func(h *zip.FileHeader) { h.Method = zip.Store }, "of Unix": func(h *zip.FileHeader) { h.SetMode(0o644) },
		"with more": func(h *zip.FileHeader) { h.Comment, h.Extra = "a note", []byte{0x55, 0x54, 1, 0, 3} },
	} {
		from, err := opened(zipOf(t, want, change))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := content(from)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %.200v (%v)", name, got, err)
		}
		for p := range want {
			if from.Size(p) != int64(len(want[p])) {
				t.Errorf("%s: %s has %d bytes", name, p, from.Size(p))
			}
		}
	}
	many := map[string]string{} // more than 16 bits count: the record of large zips
	for i := range 1 << 16 {
		many[fmt.Sprint("cards/", i)] = ""
	}
	from, err := opened(zipOf(t, many, func(h *zip.FileHeader) { h.Method = zip.Store }))
	if err != nil {
		t.Fatal(err)
	}
	if paths, err := from.Paths(); err != nil || len(paths) != 1<<16 {
		t.Errorf("%d paths, %v", len(paths), err)
	}
}

// twice is a zip with a name in it two times.
func twice(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for range 2 {
		if _, err := w.Create("a"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestOpen_RefusesLies(t *testing.T) {
	good := zipOf(t, map[string]string{"a": "text"}, nil)
	other := bytes.Replace(bytes.Clone(good), []byte("a"), []byte("b"), 1) // its own header has another name
	for name, row := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":              {nil, "no pack of evidence"},
		"a name twice":         {twice(t), "in the zip twice"},
		"a path that leads up": {zipOf(t, map[string]string{"../a": "x"}, nil), "no path of a pack"},
		"a path from the root": {zipOf(t, map[string]string{"/a": "x"}, nil), "no path of a pack"},
		"a link":               {zipOf(t, map[string]string{"a": "b"}, func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }), "not a regular file"},
		"another header":       {other, "damaged"},
		"cut":                  {good[:len(good)-1], "damaged"},
		"something behind":     {append(bytes.Clone(good), 0), "damaged"},
		"something between":    {bytes.Replace(good, []byte("PK\x05\x06"), []byte("xPK\x05\x06"), 1), "damaged"},
		"encrypted":            {[]byte("age-encryption.org/v1\n"), "encrypted"},
		"a CAR cut":            {[]byte("\x3a\xa2eroots"), "opening the pack"},
	} {
		from, err := opened(row.data)
		if err == nil {
			_, err = content(from)
		}
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
}

// What archive/zip refuses or reads in another way is refused, and nothing is read that it does not read.
func TestOpenZip_AgreesOfChangedZips(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	good := zipOf(t, map[string]string{"a": "text", "publication/b": strings.Repeat("b", 300), "c": "c"}, nil)
	taken := 0
	for range 1500 {
		data := bytes.Clone(good)
		switch at := r.IntN(len(data)); r.IntN(3) {
		case 0:
			data = data[:at]
		default:
			data[at] ^= 1 << r.IntN(8)
		}
		from, err := opened(data)
		var got map[string]string
		if err == nil {
			got, err = content(from)
		}
		if err != nil {
			continue
		}
		taken++
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatalf("%x: archive/zip says %v", data, err)
		}
		for _, f := range z.File {
			c, err := f.Open()
			if err != nil {
				continue
			}
			if want, err := io.ReadAll(c); err == nil && string(want) != got[f.Name] {
				t.Errorf("%s: %q, archive/zip reads %q", f.Name, got[f.Name], want)
			}
		}
		if len(z.File) != len(got) {
			t.Errorf("%d files, archive/zip has %d", len(got), len(z.File))
		}
	}
	if taken == 0 || taken > 1000 {
		t.Errorf("%d of 1500 are taken", taken)
	}
}
