package ipfs

import (
	"fmt"
	"io"
	"strconv"
	"testing"
)

// The CIDs in this file are what kubo 0.43.0 prints for the same files:
//
//	ipfs add --offline --only-hash -Q -r --cid-version=1 --chunker=size-1048576 FOLDER
//
// Without --chunker it prints the same for folders whose files have at most 256 KiB.

// documentsOf are the documents of a deck of n cards as FORMAT, section 10, names them: 512 in a
// group, names as wide as the last one's.
func documentsOf(n int) []File {
	var list []File
	width := len(strconv.Itoa(n - 1))
	for i := range n {
		path := fmt.Sprintf("documents/%d/%0*d.json", i/512, width, i)
		list = append(list, file(path[len("documents/"):], stream(path, 40)))
	}
	return list
}

// imagesOf are the images of n cards.
func imagesOf(n int) []File {
	var list []File
	for i := range n {
		name := fmt.Sprintf("%d.png", i)
		list = append(list, file(name, stream("images/"+name, 40)))
	}
	return list
}

// sizes are files about the sizes at which kubo cuts.
var sizes = map[string]int{"1b.png": 1, "256k.png": 1 << 18, "256k1.png": 1<<18 + 1, "1m.png": 1 << 20, "1m1.png": 1<<20 + 1, "5m.png": 5 << 20}

func large() []File {
	var list []File
	for name, n := range sizes {
		list = append(list, file(name, stream("images/"+name, n)))
	}
	return list
}

func TestRoot_IsKubos(t *testing.T) {
	for _, row := range []struct {
		name  string
		files []File
		root  string
	}{
		{"documents of 1 card", documentsOf(1), "bafybeiaitz3pqpm3igufptsadhyrn7o5lxfxovfykbpk6ay5pv2dbth6sa"},
		{"documents of 12", documentsOf(12), "bafybeifo2bgcxbgzbnfg6kzc5yrheuxxryt42kyebjklbqyireh7774w34"},
		{"documents of 1,000", documentsOf(1000), "bafybeiami67jnjlgdimdkxmiccvno4bvaolwep4wb46yatbov3fthrek5i"},
		{"documents of 10,000", documentsOf(10000), "bafybeifl6rinfsglnshk4m4bqw4tev3ojd4r7nns3iupoq77msvtahvmre"},
		{"1 image", imagesOf(1), "bafybeigygbbt2j4xz5dfv5xok6dz7w35gcaclhwxxoqdbn7lyvjsaesyvq"},
		{"12 images", imagesOf(12), "bafybeigtzxqygfpfgz2l3j66gbcczvxik7bsopdwzw6blkkz5a5mp57flq"},
		{"1,000 images", imagesOf(1000), "bafybeiam72yxnqpewcy7p2hftwxg6f2zwfkybmln2vrwepgz5lqprah4r4"},
		{"262,142 bytes of names and CIDs: not sharded", imagesOf(5983), "bafybeih4i3qj72kgz2waeg6g3ogyln7xf447kweqbxauvc72k5iue4ikl4"},
		{"262,186 bytes: sharded", imagesOf(5984), "bafybeidfgaopndmu4fulvwnea7gcvmhcod2zfpen5e52a33b4slphvnfxe"},
		{"10,000 images", imagesOf(10000), "bafybeicwkz3bnn7ackmrnbjdw424bg5xkaeopi3nmg54dthanoybblym7a"},
		{"large images", large(), "bafybeicuv745623tshuhthz5s2klsmwz7wfgopmfzree6dz6sogbsjrtoe"},
	} {
		if root, err := Root(t.Context(), row.files); err != nil || root.String() != row.root {
			t.Errorf("%s: %s, %v, want %s", row.name, root, err, row.root)
		}
	}
}

func TestFileCID_IsKubos(t *testing.T) {
	for name, want := range map[string]string{
		"1b.png":    "bafkreibs5oy2xta4maooxhcohrh2xigkuw4fxommj4pgmeweb6vffcurze",
		"256k.png":  "bafkreiciqymwq2zamcfrifevc7gjx4otnokfaldofck4tlewaiot7ixn3u",
		"256k1.png": "bafkreib4fv5gagqtl4bymcawywxqlnsuj5ildfih3nnmq2nydq7qy3qqua",
		"1m.png":    "bafkreic5y7bofbvepaqlipsncvle2krax4wn6nr5o4oz3ltrmue6z44mda",
		"1m1.png":   "bafybeibcfytvwd62s6w24tdba5hvjrlywu3fblwm44c5py4wbpjg6y6d6m",
		"5m.png":    "bafybeidydl7ofymc2cx3a2q3pofxfqrkhkzr7oxyfehqzgccktwawvabde",
	} {
		r, _ := file(name, stream("images/"+name, sizes[name])).Open()
		if got, err := FileCID(t.Context(), r); err != nil || got.String() != want {
			t.Errorf("%s: %s, %v, want %s", name, got, err, want)
		}
	}
}

// zeros is an endless file of them.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// A node of a file has at most 174 links: one chunk more makes a level more.
func TestFileCID_OfTwoLevelsIsKubos(t *testing.T) {
	const want = "bafybeibvh2wc7n5urwrvmv7nxmk2htrwz3mqqs4ulqcnzwpxtpxoer6xmu"
	got, err := FileCID(t.Context(), io.LimitReader(zeros{}, 174<<20+1))
	if err != nil || got.String() != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}
