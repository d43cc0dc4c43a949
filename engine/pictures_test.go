package engine

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// A document says which file is its image; its number decides only where it says nothing.
func TestImport_PairsImagesAsDocumentsSay(t *testing.T) {
	const real = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/"
	for name, row := range map[string]struct {
		images  []string // what each document says, from 1.json on
		files   string   // image files in images/, each of which holds its own name
		mode    Images
		want    string // the files of cards
		note    string // one of the notes
		ignored string
		err     string
	}{
		"its own number":          {images: []string{"ipfs://NewUriToReplace/1.png", "ipfs://NewUriToReplace/2.png"}, files: "1.png 2.png", want: "1.png 2.png"},
		"shuffled":                {images: []string{"ipfs://NewUriToReplace/2.png", "ipfs://NewUriToReplace/1.png"}, files: "1.png 2.png", want: "2.png 1.png", note: "card 0 (json/1.json) has images/2.png): cards 0 1"},
		"shuffled, each":          {images: []string{"ipfs://NewUriToReplace/2.png", "ipfs://NewUriToReplace/1.png"}, files: "1.png 2.png", mode: ImagesEach, want: "2.png 1.png", note: "by the names"},
		"images from 0":           {images: []string{"0.png", "1.png"}, files: "0.png 1.png", want: "0.png 1.png", note: "by the names"},
		"images from 2":           {images: []string{"2.png", "3.png"}, files: "0.png 1.png 2.png 3.png", want: "2.png 3.png", note: "by the names", ignored: "images/0.png images/1.png"},
		"another extension":       {images: []string{"2.png", "1.PNG"}, files: "1.jpg 2.webp", want: "2.webp 1.jpg", note: "by the names"},
		"padded":                  {images: []string{"ipfs://cid/0002.png", "ipfs://cid/0001.png"}, files: "1.png 02.png", want: "02.png 1.png", note: "by the names"},
		"names":                   {images: []string{"fox-b.png", "assets/fox-a.png"}, files: "fox-b.png Fox-A.png", want: "fox-b.png Fox-A.png", note: "by the names"},
		"one name of all":         {images: []string{"hidden.gif", "hidden.gif"}, files: "hidden.gif 1.png", want: "hidden.gif hidden.gif", note: "by the names", ignored: "images/1.png"},
		"a name in an escape":     {images: []string{"ipfs://cid/fox%20b.png", "https://example.com/fox%20a.png?x=/y"}, files: "fox b.png|fox a.png", want: "fox b.png|fox a.png", note: "by the names"},
		"no extension":            {images: []string{"ipfs://NewUriToReplace/2", "ipfs://NewUriToReplace/1"}, files: "1.png 2.png", want: "2.png 1.png", note: "by the names"},
		"a folder's CID":          {images: []string{strings.TrimSuffix(real, "/"), strings.TrimSuffix(real, "/")}, files: "1.png 2.png", want: "1.png 2.png"},
		"real addresses":          {images: []string{real + "2.png", real + "1.png"}, files: "1.png 2.png", want: "2.png 1.png", note: "by the names"},
		"a number without a file": {images: []string{"2.png", "3.png"}, files: "1.png 2.png", err: `by other numbers than their own, and there are images of their own numbers (card 1 (json/2.json) says "3.png"): cards 1`},
		"such a number, kept":     {images: []string{"2.png", "3.png"}, files: "1.png 2.png", mode: ImagesKeep, err: "by other numbers"},
		"such a real one, kept":   {images: []string{real + "2.png", real + "3.png"}, files: "1.png 2.png", want: "2.png 2.png", note: "beside them: cards 1", ignored: "images/1.png"},
		"such a real one":         {images: []string{real + "2.png", real + "3.png"}, files: "1.png 2.png", mode: ImagesDir, err: "by other numbers"},
		"a name without a file":   {images: []string{"ipfs://cid/fox.png", "ipfs://cid/2.png"}, files: "1.png 2.png", want: "1.png 2.png", note: `(card 0 (json/1.json) says "fox.png"); the images of the card's number are taken: cards 0`},
		"numbers beyond":          {images: []string{"1.png", "2.png"}, files: "1.png 2.png 03.png 3.png", want: "1.png 2.png", ignored: "images/03.png images/3.png"},
		"twins beyond":            {images: []string{"1.png", "3.webp"}, files: "1.png 2.png 03.png 3.png", err: "have one number"},
		"one of twins beyond":     {images: []string{"1.png", "03.png"}, files: "1.png 2.png 03.png 3.png", want: "1.png 03.png", note: "by the names", ignored: "images/2.png images/3.png"},
	} {
		t.Run(name, func(t *testing.T) {
			from, to := t.TempDir(), filepath.Join(t.TempDir(), "deck")
			for i, image := range row.images {
				put(t, from, fmt.Sprintf("json/%d.json", i+1), fmt.Sprintf(`{"image": %q}`, image))
			}
			for _, file := range split(row.files) {
				put(t, from, "images/"+file, file)
			}
			s, err := Import(t.Context(), Options{From: from, To: to, Images: row.mode})
			if row.err != "" {
				if err == nil || !strings.Contains(err.Error(), row.err) {
					t.Errorf("got %v, want %q", err, row.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			notes := strings.Join(s.Notes, "; ")
			if !strings.Contains(notes, row.note) || row.note == "" && (strings.Contains(notes, "names") || strings.Contains(notes, "name images")) {
				t.Errorf("notes %s", notes)
			}
			if got := strings.Join(s.Ignored, " "); got != row.ignored {
				t.Errorf("ignored %s", got)
			}
			for i, want := range split(row.want) {
				name := fmt.Sprint(i) + filepath.Ext(want)
				if got := text(t, filepath.Join(to, ImagesFolder, name)); got != want {
					t.Errorf("card %d has %s, want %s", i, got, want)
				}
				doc := text(t, filepath.Join(to, DocumentsDir, fmt.Sprintf("%d.json", i)))
				if s.Images == ImagesDir && !strings.Contains(doc, s.ImageFolder+"/"+name) {
					t.Errorf("card %d says %s", i, doc)
				}
			}
			assertUnchanged(t, Options{From: from, To: to, Images: row.mode})
		})
	}
}

// split parts names at bars, or at blanks if there are none.
func split(s string) []string {
	if strings.Contains(s, "|") {
		return strings.Split(s, "|")
	}
	return strings.Fields(s)
}

// An animation goes by its name as an image does, and has the card's number where it has none.
func TestImport_PairsAnimationsAsDocumentsSay(t *testing.T) {
	for name, row := range map[string]struct{ document, files, want, err string }{
		"of another number":  {`{"image": "1.png", "animation_url": "2.mp4"}`, "1.png 1.mp4 2.mp4", "1.png 2.mp4", ""},
		"of its own":         {`{"image": "2.png", "animation_url": ""}`, "1.png 1.mp4 2.png 2.mp4", "2.png 2.mp4", ""},
		"alone":              {`{"animation_url": "2.mp4"}`, "1.mp4 2.mp4", "2.mp4", ""},
		"of one extension":   {`{"image": "1.gif", "animation_url": "2.gif"}`, "1.gif 2.gif", "", "two files .gif"},
		"the image itself":   {`{"image": "1.gif", "animation_url": "1.gif"}`, "1.gif", "1.gif", ""},
		"that is not there":  {`{"image": "1.png", "animation_url": "2.mp4"}`, "1.png 1.mp4", "", "by other numbers"},
		"that nobody has":    {`{"image": "1.png", "animation_url": "2.mp4"}`, "1.png", "1.png", ""},
		"in place of images": {`{"image": "1.png"}`, "1.mp4", "1.mp4", ""},
	} {
		t.Run(name, func(t *testing.T) {
			from, to := t.TempDir(), filepath.Join(t.TempDir(), "deck")
			put(t, from, "json/1.json", row.document)
			for _, file := range strings.Fields(row.files) {
				put(t, from, "images/"+file, file)
			}
			_, err := Import(t.Context(), Options{From: from, To: to})
			if row.err != "" {
				if err == nil || !strings.Contains(err.Error(), row.err) {
					t.Errorf("got %v, want %q", err, row.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Fields(row.want)
			for _, file := range want {
				if got := text(t, filepath.Join(to, ImagesFolder, "0"+filepath.Ext(file))); got != file {
					t.Errorf("%s, want %s", got, file)
				}
			}
			if all := names(t, filepath.Join(to, ImagesFolder)); len(all) != len(want) {
				t.Errorf("images %v", all)
			}
		})
	}
}

// A file that is no image in its place is named, with what to do.
func TestImport_SaysWhichImageIsMissing(t *testing.T) {
	from := t.TempDir()
	put(t, from, "json/1.json", `{"image": "ipfs://NewUriToReplace/1.png"}`)
	put(t, from, "images/1.mp4", "x")
	_, err := Import(t.Context(), Options{From: from, To: filepath.Join(t.TempDir(), "deck"), Images: ImagesDir})
	if want := `card 0 (json/1.json) has no image file for "1.png", only .mp4: add one, or leave addresses as they are with --images keep`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

// Images stand beside documents as often as in a folder of their own.
func TestOpen_FindsImagesBesideDocuments(t *testing.T) {
	for _, row := range []struct{ documents, images, ignored string }{
		{"json", "json", ""},
		{"metadata", "metadata", ""},
		{"metadata", "images", ""},
		{"build/json", "build/json", ""},
		{".", ".", ""},
		{".", "images", ""},
		{"assets", "assets", ""},
	} {
		from, to := t.TempDir(), filepath.Join(t.TempDir(), "deck")
		for i := range 2 {
			put(t, from, fmt.Sprintf("%s/%d.json", row.documents, i), fmt.Sprintf(`{"image": "%d.png"}`, i))
			put(t, from, fmt.Sprintf("%s/%d.png", row.images, i), fmt.Sprint(i))
		}
		put(t, from, row.images+"/cover.png", "x")
		put(t, from, row.images+"/readme.txt", "x")
		s := imported(t, Options{From: from, To: to})
		want := filepath.Join(row.images, "cover.png") + " " + filepath.Join(row.images, "readme.txt")
		if got := strings.Join(s.Ignored, " "); s.Images != ImagesDir || got != want {
			t.Errorf("%s beside %s: %s, not taken %q, want %q", row.images, row.documents, s.ImagesWhy, got, want)
		}
	}
	// Where both have it, the folder of images counts.
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "deck")
	put(t, from, "json/1.json", `{"image": "1.png"}`)
	put(t, from, "json/1.png", "json")
	put(t, from, "images/1.png", "images")
	s := imported(t, Options{From: from, To: to})
	if got := text(t, filepath.Join(to, "images/0.png")); got != "images" || strings.Join(s.Ignored, " ") != "json/1.png" {
		t.Errorf("took the image of %s, not %v", got, s.Ignored)
	}
	// A list of documents has images beside it, too.
	from = t.TempDir()
	put(t, from, "_metadata.json", `[{"edition": 4}, {"edition": 5}]`)
	put(t, from, "4.png", "4")
	put(t, from, "5.png", "5")
	if c := opened(t, from, nil); len(c.Images(0)) != 1 || len(c.Images(1)) != 1 {
		t.Error("no images beside the list")
	}
}
