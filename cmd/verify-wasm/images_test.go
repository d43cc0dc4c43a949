//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
)

// addImages asks which files are the images that documents name.
func (s *session) addImages(t *testing.T) {
	list := withoutCAR(filesBelow(t, deck))
	own := func(name string) string { return "ipfs://" + car.Raw(list["images/"+name]).String() }
	folder := "ipfs://bafybeifx5g5dacuqg7t2iirolf6x7iayrr7aksxyw6aypgsvxeatp5kjum/"
	addresses, err := json.Marshal([]string{folder + "7.png", own("3.png"), folder + "99.png", "https://example.org/7.png", own("3.png") + "/7.png"})
	if err != nil {
		t.Fatal(err)
	}
	check := func(want map[string]string) func(*testing.T, string, result) {
		return func(t *testing.T, what string, r result) {
			var found map[string]publication.Image
			if err := json.Unmarshal(r.Answer, &found); err != nil || len(found) != len(want) {
				t.Fatalf("%s: %v: %s%s", what, err, r.Answer, r.Error)
			}
			for address, path := range want {
				if x := found[address]; x.Path != path || x.CID != car.Raw(list[path]).String() {
					t.Errorf("%s: %s is %+v, want %s", what, address, x, path)
				}
			}
		}
	}
	s.add("images", call{Form: "images", Files: with(list, "addresses", addresses)}, check(map[string]string{folder + "7.png": "images/7.png", own("3.png"): "images/3.png"}))
	s.add("images, one of them changed", call{Form: "images", Files: with(flipped(list, "images/7.png", 20), "addresses", addresses)}, check(map[string]string{own("3.png"): "images/3.png"}))
}

// addArchive finds images in CARs, and reads files from one that is held.
func (s *session) addArchive(t *testing.T) {
	list := filesBelow(t, deck)
	image := list["images/7.png"]
	archive := archiveOf(t, map[string][]byte{"drop.json": list["drop.json"], "images/7.png": image, "images/3.png": list["images/3.png"], "other/deep/3.png": list["images/5.png"]})
	c, err := car.New(bytes.NewReader(archive), int64(len(archive)), car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	root, own := "ipfs://"+c.Root().String(), "ipfs://"+car.Raw(image).String()
	addresses, err := json.Marshal([]string{own, root + "/images/3.png", root + "/other/deep/3.png", root, root + "/images", root + "/nothing.png", "ipfs://" + car.Raw(nil).String(), "https://example.org/7.png", own + "/7.png"})
	if err != nil {
		t.Fatal(err)
	}
	given := map[string][]byte{"drop.car": archive, "addresses": addresses}
	found := func(t *testing.T, what string, r result) {
		var got map[string]publication.Image
		if err := json.Unmarshal(r.Answer, &got); err != nil || len(got) != 3 {
			t.Fatalf("%s: %v: %s%s", what, err, r.Answer, r.Error)
		}
		for address, path := range map[string]string{own: "images/7.png", root + "/images/3.png": "images/3.png", root + "/other/deep/3.png": "other/deep/3.png"} {
			if got[address].Path != path {
				t.Errorf("%s: %s is %+v", what, address, got[address])
			}
		}
	}
	s.add("images of a CAR", call{Form: "images of a CAR", Files: given}, found)
	s.add("images of a CAR that is held", call{Form: "images of a CAR that is held", Files: given}, found)
	s.add("a file of a CAR that is held", call{Form: "file of a CAR that is held", Files: given}, func(t *testing.T, what string, r result) {
		var got []byte
		if err := json.Unmarshal(r.Answer, &got); err != nil || !bytes.Equal(got, image) {
			t.Errorf("%s: %v: got %d bytes: %s", what, err, len(got), r.Error)
		}
	})
	for _, form := range []string{"file of a CAR that is not there", "file of a number", "file of a CAR by a number"} {
		s.add(form, call{Form: form, Files: given}, failed)
	}
	s.add("images of a damaged CAR", call{Form: "images of a CAR", Files: map[string][]byte{"drop.car": flipped(given, "drop.car", 200)["drop.car"], "addresses": addresses}}, failed)
}

// archiveOf returns the CAR of files, which boxo wrote.
func archiveOf(t *testing.T, list map[string][]byte) []byte {
	t.Helper()
	dir, to := t.TempDir(), t.TempDir()+"/a.car"
	for name, data := range list {
		where := dir + "/" + name
		if err := os.MkdirAll(where[:strings.LastIndex(where, "/")], 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(where, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := ipfs.FilesOf(os.DirFS(dir), ".")
	if err == nil {
		_, err = ipfs.WriteCAR(t.Context(), to, files)
	}
	if err != nil {
		t.Fatal(err)
	}
	return read(t, to)
}

// asOtherTools is a CAR with all blocks twice, and one with a block of no file.
func asOtherTools(whole []byte) (twice, more []byte) {
	return slices.Concat(whole, whole[len(car.Header(car.CID{})):]), slices.Concat(whole, car.Section(car.Raw([]byte("more")), []byte("more")))
}
