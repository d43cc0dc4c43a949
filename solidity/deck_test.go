package solidity

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/ipfs"
	verifier "github.com/genproof/genproof/verifier/groth16"
)

// A deckFile holds real proofs of a small deck of ten cards, whose last batch has two.
type deckFile struct {
	Comment    string     `json:"comment"`
	ChainID    uint64     `json:"chain_id"`
	Author     string     `json:"author"`
	Key        string     `json:"key"`
	Digests    []string   `json:"digests"`
	Sizes      string     `json:"sizes"` // three bytes each
	CID        string     `json:"cid"`   // of the folder of all documents
	Proofs     []string   `json:"proofs"`
	Statements [][]string `json:"statements"` // the five public inputs of each
}

const deckCards = 10

var deckAuthor = bundle.Home{ChainID: chainID, Author: [20]byte{0: 0xde, 19: 0xc4}}

// deckDocument is the document of a card: its number tells its length, of one to three bytes as a
// varint.
func deckDocument(card int) []byte {
	lengths := []int{1, 127, 128, 400, 16383, 16384, 2500, 1000, 1<<18 - 1, 77}
	return bytes.Repeat([]byte{byte('0' + card%10)}, lengths[card%len(lengths)])
}

func sealed(place uint64, slot int, s attribute.Slot) deck.Sealed {
	return deck.Sealed{Slot: s, Salt: deck.Salt(fr.NewElement(31), place, slot, s)}
}

func deckPlace(card, place int) deck.Place {
	document := deckDocument(card)
	p := deck.Place{Digest: sha256.Sum256(document), Size: uint32(len(document))}
	for i := range statement.DeckSmall.CardSlots() {
		var s attribute.Slot
		if i == 0 {
			s = attribute.OfUint(uint64(card))
		}
		p.Slots = append(p.Slots, sealed(uint64(place), i, s))
	}
	return p
}

// deckBatches are the batches of the deck.
func deckBatches(t *testing.T) []*deck.Batch {
	t.Helper()
	size := statement.DeckSmall
	program := &policy.Program{Schema: fr.NewElement(4242), Numeric: make([]bool, size.Slots()),
		Clauses: [][]policy.Literal{{{Slot: 0, Op: policy.Less, Operand: fr.NewElement(deckCards)}}}}
	program.Numeric[0] = true
	var facts []deck.Sealed
	for i := range size.Facts {
		facts = append(facts, sealed(1<<63, size.CardSlots()+i, attribute.Slot{}))
	}
	var places []deck.Place
	var hashes []fr.Element
	for place := 0; place < deckCards || place%size.Cards != 0; place++ {
		p := deckPlace(min(place, deckCards-1), place)
		places = append(places, p)
		var leaves []fr.Element
		for _, s := range p.Slots {
			leaves = append(leaves, attribute.Leaf(s.Slot, s.Salt))
		}
		hashes = append(hashes, deck.Card{Root: attribute.Root(leaves), Digest: p.Digest, Size: p.Size}.Hash())
	}
	tree, err := deck.NewTree(size, hashes)
	if err != nil {
		t.Fatal(err)
	}
	var batches []*deck.Batch
	for first := 0; first < deckCards; first += size.Cards {
		batches = append(batches, &deck.Batch{Size: size, Program: program, Home: deckAuthor.Element(), N: deckCards,
			First: uint64(first), Places: places[first : first+size.Cards], Facts: facts, Path: tree.Path(first / size.Cards)})
	}
	return batches
}

// folderCID is the CID of a folder of documents, whose names have the width of the last of n.
func folderCID(t *testing.T, n int, documents [][]byte) string {
	t.Helper()
	var list []ipfs.File
	for i, d := range documents {
		name := fmt.Sprintf("%0*d.json", len(strconv.Itoa(n-1)), i)
		list = append(list, ipfs.File{Path: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(d)), nil }})
	}
	root, err := ipfs.Root(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	return root.String()
}

// publicOf fills in all that needs no proof, and returns what each batch determines.
func publicOf(t *testing.T, f *deckFile) (results []*deck.Result) {
	t.Helper()
	f.ChainID, f.Author = deckAuthor.ChainID, hexOf(deckAuthor.Author[:])
	var sizes []byte
	var documents [][]byte
	for card := range deckCards {
		documents = append(documents, deckDocument(card))
		digest := sha256.Sum256(documents[card])
		f.Digests = append(f.Digests, hexOf(digest[:]))
		sizes = append(sizes, binary.BigEndian.AppendUint32(nil, uint32(len(documents[card])))[1:]...)
	}
	f.Sizes, f.CID = hexOf(sizes), folderCID(t, deckCards, documents)
	for _, b := range deckBatches(t) {
		r, err := deck.Generate(b)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, x := range r.Statement.Vector() {
			words = append(words, word(x))
		}
		f.Statements = append(f.Statements, words)
		results = append(results, r)
	}
	return results
}

func makeDeck(t *testing.T) *deckFile {
	t.Helper()
	f := &deckFile{Comment: "real proofs of deck/small; key and proofs are random, made by go test ./solidity -update"}
	results := publicOf(t, f)
	logger.Disable()
	cs, err := deck.Compile(statement.CircuitID{Binding: statement.Deck, Size: statement.DeckSmall})
	if err != nil {
		t.Fatal(err)
	}
	pk, vk, err := groth16.Setup(cs)
	if err != nil {
		t.Fatal(err)
	}
	g := vk.(*groth16bn254.VerifyingKey)
	f.Key = hexOf((&verifier.VerifyingKey{Alpha: g.G1.Alpha, Beta: g.G2.Beta, Gamma: g.G2.Gamma, Delta: g.G2.Delta, K: g.G1.K}).Bytes())
	for _, r := range results {
		full, err := frontend.NewWitness(r.Assignment, ecc.BN254.ScalarField())
		if err != nil {
			t.Fatal(err)
		}
		proof, err := groth16.Prove(cs, pk, full)
		if err != nil {
			t.Fatal(err)
		}
		p := proof.(*groth16bn254.Proof)
		b := (&verifier.Proof{Ar: p.Ar, Bs: p.Bs, Krs: p.Krs}).Bytes()
		f.Proofs = append(f.Proofs, hexOf(b[:]))
	}
	return f
}

// TestDeck_IsOfThisProtocol holds that the file which the contracts' tests read has the statements
// that the circuit's native rule gives today, and proofs that Go accepts.
func TestDeck_IsOfThisProtocol(t *testing.T) {
	if *update {
		if err := os.WriteFile(path("deck"), encode(t, makeDeck(t)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f := new(deckFile)
	if err := json.Unmarshal([]byte(read(t, path("deck"))), f); err != nil {
		t.Fatal(err)
	}
	want := &deckFile{Comment: f.Comment, Key: f.Key, Proofs: f.Proofs}
	results := publicOf(t, want)
	if !bytes.Equal(encode(t, f), encode(t, want)) {
		t.Fatal("another deck: run go test ./solidity -update")
	}
	key, err := verifier.ParseVerifyingKey(bytesOf(t, f.Key))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Proofs) != len(results) {
		t.Fatalf("%d proofs", len(f.Proofs))
	}
	for i, r := range results {
		proof, err := verifier.ParseProof(bytesOf(t, f.Proofs[i]))
		if err != nil {
			t.Fatal(err)
		}
		inputs := r.Statement.Vector()
		if err := key.Verify(inputs[:], proof); err != nil {
			t.Errorf("batch %d: %v", i, err)
		}
	}
}

// A directoryFile holds folders of documents and their CIDs. The first ones are the folders of the
// first cards of a list, by this repository's package ipfs, which is boxo's code. Those of kubo are
// of documents that stream makes, in folders of 512 under one root.
type directoryFile struct {
	Comment string   `json:"comment"`
	Digests []string `json:"digests"`
	Sizes   string   `json:"sizes"` // three bytes each
	Folders []folder `json:"folders"`
	Kubo    []folder `json:"kubo"`
}

type folder struct {
	Cards int    `json:"cards"`
	CID   string `json:"cid"`
}

// TestDirectories_ArePinned holds the CIDs that the contracts' tests compare with.
func TestDirectories_ArePinned(t *testing.T) {
	f := &directoryFile{Comment: "CIDs of folders of documents; made by go test ./solidity -update"}
	var documents [][]byte
	var sizes []byte
	for i := range 512 {
		d := append([]byte(strconv.Itoa(i)), deckDocument(i%8)...)
		documents = append(documents, d)
		digest := sha256.Sum256(d)
		f.Digests = append(f.Digests, hexOf(digest[:]))
		sizes = append(sizes, binary.BigEndian.AppendUint32(nil, uint32(len(d)))[1:]...)
	}
	f.Sizes = hexOf(sizes)
	for _, n := range []int{1, 4, 10, 11, 16, 64, 100, 101, 256, 512} {
		f.Folders = append(f.Folders, folder{n, folderCID(t, n, documents[:n])})
	}
	// What kubo 0.43.0 prints for these: the same rows are in package ipfs's tests.
	f.Kubo = []folder{
		{1, "bafybeiaitz3pqpm3igufptsadhyrn7o5lxfxovfykbpk6ay5pv2dbth6sa"},
		{12, "bafybeifo2bgcxbgzbnfg6kzc5yrheuxxryt42kyebjklbqyireh7774w34"},
		{1000, "bafybeiami67jnjlgdimdkxmiccvno4bvaolwep4wb46yatbov3fthrek5i"},
	}
	pin(t, "directory", f)
}
