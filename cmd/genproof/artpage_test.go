package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A token's page says of its picture what was proven of it, near the image and at the attribute.
func TestPage_TellsOfPictures(t *testing.T) {
	out := artCopy(t)
	site := madeSite(t, out, "--verifier", verifierSample(t))
	page := readText(t, filepath.Join(site, "tokens", "1.html"))
	file, _ := pictureFile(t, out, 1)
	cid := strings.TrimSuffix(filepath.Base(file), ".png")
	for _, want := range []string{
		`<span class="badge" data-level="amber"><svg`, "</svg>picture amber</span>", "Byte for byte composed of the bitmaps that the model committed to for the rows drawn. That a bitmap looks like its text is a matter for eyes.",
		`<bdi>image</bdi></th><td><bdi>ipfs://` + cid, `hidden</span><span class="small"> in the document, may be visible in the picture</span>`, ` class="pixels"></noscript>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q: %s", want, page)
		}
	}
	if strings.Contains(page, "nobody checked") || strings.Contains(page, "shown to nobody") {
		t.Error("the page says that nobody checked the picture, or that nobody sees what it may show")
	}
	proof := readText(t, filepath.Join(site, "proof.html"))
	for _, want := range []string{"Pictures: 3 amber.", "Hidden in the document, may be visible in the picture: <bdi>Lineage</bdi>.", "files of pictures"} {
		if !strings.Contains(proof, want) {
			t.Errorf("proof.html has no %q", want)
		}
	}
	if r := decode[verifyReport](t, succeed(t, "verify", filepath.Join(site, "publication"), "--json")); r.Pictures.Holding != 3 {
		t.Errorf("what the site holds of the publication: %+v", r.Pictures)
	}
	succeed(t, "page", "check", site, "--verifier", filepath.Join(site, "verifier.html"))
}

// A picture that was not proven has no mark, whatever is shown.
func TestPage_MarksNoOtherPictures(t *testing.T) {
	out := artCopy(t)
	file, _ := pictureFile(t, out, 1)
	want := read(t, file)
	aside := t.TempDir()
	write(t, filepath.Join(aside, "any.png"), string(want))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	site := madeSite(t, out, "--images", aside) // its bytes are the document's, and were not judged
	page := readText(t, filepath.Join(site, "tokens", "1.html"))
	if !strings.Contains(page, "Picture: not here, its digest is proven.") || strings.Contains(page, "picture amber") {
		t.Errorf("a picture that was not judged: %s", page)
	}
	write(t, file, string(read(t, otherPicture(t, out))))
	site = filepath.Join(t.TempDir(), "site")
	succeed(t, "page", out, "--out", site)
	page = readText(t, filepath.Join(site, "tokens", "1.html"))
	if !strings.Contains(page, "<strong>Rejected.</strong>") || strings.Contains(page, "picture amber") || strings.Contains(page, "<img") {
		t.Errorf("another picture: %s", page)
	}
}

// A preview shows the pictures that would be proven.
func TestPage_PreviewShowsPictures(t *testing.T) {
	dir := artDrop(t)
	site := filepath.Join(t.TempDir(), "site")
	succeed(t, "page", "--preview", "--drop", dir, "--tokens", "1-2", "--out", site)
	file, _ := pictureFile(t, filepath.Join(dir, "out"), 1)
	shown := false
	for _, data := range filesOf(t, filepath.Join(site, "images")) {
		shown = shown || bytes.Equal(data, read(t, file))
	}
	if page := readText(t, filepath.Join(site, "tokens", "1.html")); !shown || strings.Contains(page, "picture amber") {
		t.Errorf("shown: %v, %s", shown, page)
	}
	hidden := canarySpellings(t, dir)
	for name, data := range filesOf(t, site) {
		hidden.absent(t, name, name+string(data))
	}
}

// Pages find of pictures what genproof verify does.
func TestVerify_PagesJudgePicturesAlike(t *testing.T) {
	changed, missing := artCopy(t), artCopy(t)
	file, _ := pictureFile(t, changed, 1)
	write(t, file, string(repainted(t, file)))
	file, _ = pictureFile(t, missing, 2)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	for out, code := range map[string]int{missing: console.ExitOK, changed: console.ExitRejected} {
		here := object(t, expect(t, code, "verify", out, "--json").stdout)
		there := inBrowser(t, "files", publicIn(t, out))["verdict"].(map[string]any)
		for _, key := range []string{"verdict", "tokens", "pictures"} {
			if !reflect.DeepEqual(here[key], there[key]) {
				t.Errorf("%s: pages find %v, genproof verify %v", key, there[key], here[key])
			}
		}
	}
}

// publicIn are the files of an output folder but its CAR.
func publicIn(t *testing.T, out string) map[string][]byte {
	t.Helper()
	list := map[string][]byte{}
	if err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".car") {
			return err
		}
		name, err := filepath.Rel(out, path)
		list[filepath.ToSlash(name)] = read(t, path)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// A marketplace's image is judged as the token's picture, whatever is published.
func TestJudgeToken_TakesTheImageAsThePicture(t *testing.T) {
	out := artCopy(t)
	file, _ := pictureFile(t, out, 1)
	own, other := read(t, file), repainted(t, file)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		image   []byte
		level   verifier.Level
		state   string
		picture verifier.Level
	}{
		{nil, verifier.Amber, "", verifier.NotChecked},
		{own, verifier.Amber, publication.ImageNamed, verifier.Amber},
		{other, verifier.Rejected, publication.ImageOther, verifier.Rejected},
		{append(bytes.Clone(own), 0), verifier.Rejected, publication.ImageOther, verifier.Rejected},
	} {
		p, err := publication.Open(out, publication.Trust{})
		if err != nil {
			t.Fatal(err)
		}
		a, err := verdict.JudgeToken(t.Context(), p, verdict.Question{Token: 1, Image: row.image, Source: verdict.KeyAlong})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Drawn.Tokens[0].Picture; a.Level != row.level || a.Image != row.state || got == nil || got.Verdict != row.picture || (row.level == verifier.Rejected) != strings.HasPrefix(a.Reason, "picture: ") {
			t.Errorf("%d bytes: %s, %q, %q, %+v", len(row.image), a.Level, a.Reason, a.Image, got)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A pack of evidence has the pictures that are proven, from a folder and from a CAR.
func TestEvidence_PacksProvenPictures(t *testing.T) {
	out := artCopy(t)
	file, _ := pictureFile(t, out, 1)
	for _, from := range []string{out, filepath.Join(out, "drop.car")} {
		pack := filepath.Join(t.TempDir(), "pack.car")
		succeed(t, "evidence", from, "--for", "marketplace", "--out", pack)
		archive, err := car.Open(pack, car.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(archive.Paths(), "publication/images/"+filepath.Base(file)) {
			t.Errorf("%s: the pack has %v", from, archive.Paths())
		}
		if err := archive.Close(); err != nil {
			t.Error(err)
		}
		if r := succeed(t, "evidence", "verify", pack); !strings.Contains(r.stdout, "3 of 3 pictures") {
			t.Errorf("%s: %s", from, r.stdout)
		}
	}
}
