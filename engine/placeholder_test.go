package engine

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestIsPlaceholder_KnowsRealAddresses(t *testing.T) {
	const cid = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
	for address, want := range map[string]bool{
		"": true, "ipfs://NewUriToReplace/1.png": true, "ipfs://cid/7.png": true, "ipfs://CID/7.png": true, "ipfs://__CID__/7.png": true,
		"ipfs://REPLACE_ME/1.png": true, "ipfs://YourCID/1.png": true, "ipfs://ipfs/YourCID/1.png": true, "ipfs://xxx/1.png": true, "ipfs://{cid}/1.png": true,
		"1.png": true, "images/1.png": true, "./assets/1.png": true, "fox a.png": true,
		"https://your-site.example/1.png": true, "https://yoursite.com/1.png": true, "https://www.your-domain.com/1.png": true, "https://your_url/1.png": true,
		"https://cdn.yourdomain.io/1.png": true, "https://yourbucket.s3.amazonaws.com/1.png": true, "http://localhost:3000/1.png": true, "https://replace-me.com/1.png": true,
		"https://YOUR_BASE_URL/1.png": true, "https://assets.invalid": true,

		"ipfs://" + cid + "/1.png": false, "ipfs://QmYjtig7VJQ6XsnUjqqJvj7QaMcCAwtrgNdahSiFofrE7o": false, "ipfs://cidr/1.png": false, "ipfs://yourart.eth/1.png": false,
		"https://example.com/1.png": false, "https://yourart.io/1.png": false, "https://your-art.io/1.png": false, "https://yours.art/1.png": false, "https://replacement.art/1.png": false,
		"https://yoursitebuilder.com/1.png": false, "https://a.io/your-site.example/1.png": false, "https://a.io/?next=https://yoursite.com/": false, "https://test.io/1.png": false,
		"ar://x/1.png": false, "data:image/png;base64,": false, "https://a.io/1.png": false, "fox": false, "foxes/1.txt.exe": false,
	} {
		if isPlaceholder(address) != want {
			t.Errorf("%q is a placeholder: %t", address, !want)
		}
	}
}

func TestPlaceholder_LooksEverywhere(t *testing.T) {
	for document, want := range map[string]string{
		`{"image": "https://a.io/1.png"}`:                                                               "",
		`{"animation_url": "ipfs://NewUriToReplace/1.mp4"}`:                                             "ipfs://NewUriToReplace/1.mp4",
		`{"image": "ipfs:\/\/NewUriToReplace\/1.png"}`:                                                  "ipfs://NewUriToReplace/1.png",
		`{"image": "https://a.io", "properties": {"files": [{"uri":"0.png"}]}}`:                         "0.png",
		`{"properties": {"files": ["0.png"]}}`:                                                          "0.png",
		`{"any": "https://YOUR_URL/1"}`:                                                                 "https://YOUR_URL/1",
		`{"image": "", "file_name": "1.png", "attributes": [{"trait_type": "File", "value": "1.png"}]}`: "",
		"\uFEFF{\"image\": \"ipfs://cid/1.png\"}":                                                       "ipfs://cid/1.png",
		`{"image": "ipfs://cid/1.png",}`:                                                                "ipfs://cid/1.png",
		`{"name": "a \"b\\", "image" : "ipfs://cid/1.png", "x": "`:                                      "ipfs://cid/1.png",
		`{"ipfs://cid/": 1}`:                                                                            "",
		`card 1: a poem`:                                                                                "",
		`"`:                                                                                             "",
		`"\`:                                                                                            "",
		`{"image": "` + strings.Repeat("x", 5000) + `.png"}`:                                            "",
	} {
		if got, ok := Placeholder([]byte(document)); got != want || ok != (want != "") {
			t.Errorf("%.60s: %q, want %q", document, got, want)
		}
	}
}

// Whatever becomes of addresses, a placeholder that stays is told of, by card.
func TestImport_TellsOfPlaceholdersThatStay(t *testing.T) {
	const clean = `{"image": "ipfs://NewUriToReplace/1.png"}`
	for name, row := range map[string]struct {
		second string
		mode   Images
		want   string
	}{
		"all replaced":     {`{"image": "ipfs://NewUriToReplace/2.png"}`, ImagesAuto, ""},
		"a mark":           {"\uFEFF" + `{"image": "ipfs://NewUriToReplace/2.png"}`, ImagesAuto, "card 1: cards 1"},
		"a comma":          {`{"image": "ipfs://NewUriToReplace/2.png",}`, ImagesAuto, "card 1: cards 1"},
		"a key twice":      {`{"image": "ipfs://NewUriToReplace/2.png", "a": 1, "a": 2}`, ImagesEach, "card 1: cards 1"},
		"said twice":       {`{"image": "2.png", "properties": {"files": [{"uri": "2.png", "type": "image/png"}]}}`, ImagesAuto, ""},
		"another member":   {`{"image": "2.png", "properties": {"files": [{"uri": "3.png", "type": "image/png"}]}}`, ImagesAuto, "\"3.png\" in the document of card 1: cards 1"},
		"kept":             {`{"image": "ipfs://NewUriToReplace/2.png"}`, ImagesKeep, "card 0: cards 0 1"},
		"kept, a clip":     {`{"image": "https://a.io/2.png", "animation_url": "ipfs://NewUriToReplace/2.mp4"}`, ImagesKeep, "card 0: cards 0 1"},
		"kept for a real":  {`{"image": "https://a.io/2.png"}`, ImagesAuto, "card 0: cards 0"},
		"an HTTPS address": {`{"image": "2.png", "animation_url": "https://your-site.example/2.mp4"}`, ImagesAuto, "card 1: cards 1"},
	} {
		t.Run(name, func(t *testing.T) {
			from := t.TempDir()
			put(t, from, "1.json", clean)
			put(t, from, "2.json", row.second)
			put(t, from, "1.png", "1")
			put(t, from, "2.png", "2")
			s := imported(t, Options{From: from, To: filepath.Join(t.TempDir(), "deck"), Images: row.mode})
			notes := strings.Join(s.Notes, "; ")
			if !strings.Contains(notes, row.want) || strings.Contains(notes, "PLACEHOLDERS STAY") != (row.want != "") {
				t.Errorf("notes %s", notes)
			}
		})
	}
}
