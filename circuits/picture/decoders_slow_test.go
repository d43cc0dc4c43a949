//go:build prover_checks

package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/chromium"
)

// A sample is a file, and what a decoder has to read in it: red, green, blue and alpha of each pixel.
type sample struct {
	name string
	file []byte
	rgba []byte
}

// samples are of every side and depth, opaque and not, of pixels that are the first colour, the last, or any.
func samples(t *testing.T) (all []sample) {
	t.Helper()
	for _, f := range frames() {
		for _, opaque := range []bool{true, false} {
			palette := somePalette(f, opaque)
			if !opaque {
				palette[0][3] = 0
			}
			for kind, pixels := range map[string][]byte{
				"first": make([]byte, f.Pixels()), "last": bytes.Repeat([]byte{byte(f.Colours() - 1)}, f.Pixels()), "any": somePixels(f, random()),
			} {
				s := sample{name: fmt.Sprintf("%d-%d-%s-opaque-%v", f.Side, f.Depth, kind, opaque), file: mustEncode(t, f, palette, pixels)}
				for _, p := range pixels {
					s.rgba = append(s.rgba, palette[p][:]...)
				}
				all = append(all, s)
			}
		}
	}
	return all
}

// damaged are files that a decoder that looks refuses: another pixel and the old checksums, another checksum of a
// chunk, one of the stream under a right one of its chunk, and a file that was cut.
func damaged(t *testing.T) map[string][]byte {
	t.Helper()
	f := Frame{24, 4}
	file := mustEncode(t, f, somePalette(f, false), somePixels(f, random()))
	at := f.PrefixBytes() // of the rows
	changed := func(at int) []byte {
		out := bytes.Clone(file)
		out[at] ^= 0x40
		return out
	}
	mended := func(out []byte) []byte {
		from, to := at-len(f.streamHead())-len("IDAT"), len(out)-len(end)-4 // what IDAT's checksum is of
		return slices.Concat(out[:to], be32(crc32.ChecksumIEEE(out[from:to])), out[to+4:])
	}
	return map[string][]byte{
		"a pixel": changed(at + 30), "a checksum": changed(len(file) - len(end) - 1),
		"the stream's checksum": mended(changed(len(file) - len(end) - 5)), "cut": file[:len(file)-len(end)-6],
	}
}

func be32(n uint32) []byte { return []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)} }

// needs skips a test whose program is not there. Where the steps of CI may install it, they do.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is not installed: it did not look at the files of pictures", p)
		}
	}
}

// written puts files into a folder.
func written(t *testing.T, list map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range list {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestSlowEncode_PngcheckFindsNothing: pngcheck, which looks for what is against the standard, finds no fault in
// any file, and the chunks that it lists are those of the frame.
func TestSlowEncode_PngcheckFindsNothing(t *testing.T) {
	needs(t, "pngcheck")
	chunk := regexp.MustCompile(`(?m)^  chunk (\w+) at`)
	list := map[string][]byte{}
	for _, s := range samples(t) {
		list[s.name] = s.file
	}
	dir := written(t, list)
	for name := range list {
		out, err := exec.Command("pngcheck", "-v", filepath.Join(dir, name+".png")).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "No errors detected") || regexp.MustCompile(`(?i)warning|invalid|illegal`).Match(out) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		var chunks []string
		for _, c := range chunk.FindAllSubmatch(out, -1) {
			chunks = append(chunks, string(c[1]))
		}
		want := "IHDR PLTE tRNS tEXt IDAT IEND"
		if strings.HasSuffix(name, "true") {
			want = "IHDR PLTE tEXt IDAT IEND"
		}
		if got := strings.Join(chunks, " "); got != want {
			t.Errorf("%s: it lists %s, want %s", name, got, want)
		}
	}
	dir = written(t, damaged(t))
	for name := range damaged(t) {
		if out, err := exec.Command("pngcheck", "-v", filepath.Join(dir, name+".png")).CombinedOutput(); err == nil {
			t.Errorf("%s: pngcheck finds nothing:\n%s", name, out)
		}
	}
}

// TestSlowEncode_IsWhatPngjsReads: a decoder in JavaScript, of nobody's here, reads the same pixels.
func TestSlowEncode_IsWhatPngjsReads(t *testing.T) {
	needs(t, "npm", "node")
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/pngjs")); err != nil {
		t.Fatal(err)
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	list, bad := samples(t), damaged(t)
	var files []string
	for _, s := range list {
		files = append(files, base64.StdEncoding.EncodeToString(s.file))
	}
	names := slices.Sorted(maps.Keys(bad))
	for _, name := range names {
		files = append(files, base64.StdEncoding.EncodeToString(bad[name]))
	}
	run := exec.Command("node", "-e", `
const { PNG } = require("pngjs");
console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map((file) => {
  try {
    const { width, height, interlace, data } = PNG.sync.read(Buffer.from(file, "base64"), { checkCRC: true, skipRescale: true });
    return { width, height, interlace, data: data.toString("base64") };
  } catch (e) {
    return { refused: e.message };
  }
})));`)
	run.Dir, run.Stdin = dir, bytes.NewReader(must(json.Marshal(files)))
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
	}
	var read []struct {
		Width, Height int
		Interlace     bool
		Data          []byte
		Refused       string
	}
	if err := json.Unmarshal(out, &read); err != nil || len(read) != len(files) {
		t.Fatalf("%d answers to %d files, %v", len(read), len(files), err)
	}
	for i, s := range list {
		if r := read[i]; r.Refused != "" || r.Width != r.Height || 4*r.Width*r.Height != len(s.rgba) || r.Interlace || !bytes.Equal(r.Data, s.rgba) {
			t.Errorf("%s: pngjs reads %d × %d other pixels: %s", s.name, r.Width, r.Height, r.Refused)
		}
	}
	for i, name := range names {
		if read[len(list)+i].Refused == "" && name != "the stream's checksum" { // which pngjs does not look at
			t.Errorf("%s: pngjs reads it", name)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestSlowEncode_IsWhatChromiumReads: a browser, which is what people look at pictures with, draws the same pixels.
// A canvas keeps colours multiplied by their alpha, so of those that are see-through it gives back what is near.
func TestSlowEncode_IsWhatChromiumReads(t *testing.T) {
	page := chromium.Start(t).Open(t, "data:text/html,<title>pictures</title>", `
		globalThis.pixels = async (file) => {
			const img = new Image();
			img.src = "data:image/png;base64," + file;
			try { await img.decode(); } catch { return { refused: true }; }
			const canvas = document.createElement("canvas");
			[canvas.width, canvas.height] = [img.naturalWidth, img.naturalHeight];
			const c = canvas.getContext("2d");
			c.drawImage(img, 0, 0);
			return { width: canvas.width, data: btoa(String.fromCharCode(...c.getImageData(0, 0, canvas.width, canvas.height).data)) };
		};`)
	type drawn struct {
		Width   int
		Data    []byte
		Refused bool
	}
	draw := func(file []byte) drawn {
		return chromium.Eval[drawn](t, page, fmt.Sprintf(`pixels(%q)`, base64.StdEncoding.EncodeToString(file)))
	}
	for _, s := range samples(t) {
		got := draw(s.file)
		if got.Refused || 4*got.Width*got.Width != len(s.rgba) || len(got.Data) != len(s.rgba) {
			t.Errorf("%s: the browser draws %d pixels a side, refused %v", s.name, got.Width, got.Refused)
			continue
		}
		for i := range s.rgba {
			alpha := int(s.rgba[i|3])
			near := 0
			if i&3 != 3 && alpha < 255 {
				near = 255/max(alpha, 1) + 1
			}
			if d := int(got.Data[i]) - int(s.rgba[i]); d > near || d < -near {
				t.Errorf("%s: the browser draws byte %d of pixel %d as %d, want %d", s.name, i&3, i/4, got.Data[i], s.rgba[i])
				break
			}
		}
	}
}
