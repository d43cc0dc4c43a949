package main

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"
)

// A server has pictures decoded by processes of its own program, which end.
func TestServe_DecodesPicturesApart(t *testing.T) {
	data := t.TempDir()
	token := decode[map[string]any](t, succeed(t, "tokens", "new", "--data", data, "--tenant", "foxes", "--scope", "author", "--json"))["token"].(string)
	s := serving(t, data, token, "--workers", "0")
	defer s.stop()
	var v struct{ ID string }
	if err := json.Unmarshal([]byte(s.ask(201, "POST", "/v1/drops", `{"name": "Foxes"}`)), &v); err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewNRGBA(image.Rect(0, 0, 600, 300))); err != nil {
		t.Fatal(err)
	}
	drop := "/v1/drops/" + v.ID
	for name, file := range map[string]string{"0.json": `{"name": "Fox", "attributes": []}`, "1.json": `{"name": "Fox 2", "attributes": []}`, "0.png": picture.String(), "1.png": picture.String()[:100]} {
		s.ask(204, "PUT", drop+"/source/"+name, file)
	}
	s.ask(204, "POST", drop+"/import", `{"home": "none"}`)
	start := time.Now()
	m, err := png.Decode(strings.NewReader(s.ask(200, "GET", drop+"/cards/0/thumbnail", "")))
	if err != nil || m.Bounds().Dx() != 256 {
		t.Errorf("%v", err)
	}
	t.Logf("a thumbnail takes %s", time.Since(start))
	if said := s.ask(422, "GET", drop+"/cards/1/thumbnail", ""); !strings.Contains(said, "it cannot be decoded") {
		t.Error(said)
	}
}
