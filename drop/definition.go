package drop

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/evmnet"
	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// definition is what drop.yaml says: all of it is public.
type definition struct {
	at        Place // of the document
	name      string
	ids       policy.IDs
	idWidth   uint64
	circuit   statement.CircuitID
	document  bundle.Template // but for its order
	order     []*node         // the attributes that documents show, if drop.yaml says
	narrow    []*node         // claims whose texts are short
	spelled   string          // bundle.Strict or bundle.AsPublished
	traits    []Attribute
	claims    []Attribute
	scores    []Attribute
	authority *eddsa.PublicKey // nil for self
	beacon    *bundle.Beacon   // nil when drop.yaml has none
}

func readDefinition(file string, data []byte) (*definition, error) {
	root, err := parseYAML(file, data)
	if err != nil {
		return nil, err
	}
	f := fieldsOf(root, "drop.yaml", namesOf(slices.Concat(dropKeys, scoresKeys))...)
	d := new(definition)
	d.name = f.printable("name", true)
	d.readIDs(f)
	d.readCircuit(f)
	d.spelled = f.spelling()
	d.readDocument(f)
	d.readTraits(f)
	d.readAuthority(f)
	d.readBeacon(f)
	if f.err != nil {
		return nil, f.err
	}
	if d.claims, err = d.readAttributes(f.list("claims"), "a claim", d.circuit.Size.Claims); err != nil {
		return nil, err
	}
	d.scores, err = d.readScores(f)
	return d, err
}

// readScores reads what a network's outputs behind the pixels are called.
func (d *definition) readScores(f *fields) ([]Attribute, error) {
	list, most := f.list("scores"), d.circuit.Size.Network.Scores
	if f.err != nil {
		return nil, f.err
	}
	if most == 0 && len(list) > 0 {
		return nil, fault(f.get("scores").place, "take circuit: art/network, or remove it", "the circuit has no network that gives scores")
	}
	var out []Attribute
	for _, n := range list {
		a, err := d.readAttribute(n, "a score", bundle.ScoreType, out)
		if err != nil {
			return nil, err
		}
		if len(out) == most {
			return nil, fault(n.place, "remove some", "a score too many, the circuit has room for %d", most)
		}
		out = append(out, a)
	}
	return out, nil
}

// readIDs reads the ids: from 1, unless first_id says another, and in documents plain, unless
// id_width says to how many digits they are padded.
func (d *definition) readIDs(f *fields) {
	d.ids = policy.IDs{First: 1, Supply: f.needUint("supply", 1, policy.MaxID)}
	if f.has("first_id") {
		d.ids.First = f.needUint("first_id", 0, policy.MaxID)
	}
	if err := d.ids.Validate(); f.err == nil && err != nil {
		f.err = fault(f.get("supply").place, "make one of them smaller", "supply and first_id do not fit: %v", err)
	}
	if f.err != nil {
		return
	}
	if f.has("id_width") {
		d.idWidth = f.needUint("id_width", uint64(len(strconv.FormatUint(d.ids.Last(), 10))), document.MaxWidth)
	}
}

// maxLabel bounds names, in bytes, as everything published does.
const maxLabel = 64

// printable returns a name that is safe to show on a terminal.
func (f *fields) printable(key string, needed bool) string {
	if needed && f.need(key) == nil || !f.has(key) {
		return ""
	}
	s := f.text(key)
	if f.err != nil {
		return ""
	}
	if why := unprintable(s); why != "" {
		f.err = fault(f.get(key).place, "write 1 to 64 bytes of printable text", "%s of %s %s", key, f.what, why)
	}
	return s
}

func unprintable(s string) string {
	switch {
	case s == "":
		return "is empty"
	case len(s) > maxLabel:
		return "is too long"
	}
	if err := spelling.Check(s); err != nil {
		return "cannot be shown: " + err.Error()
	}
	return ""
}

func (d *definition) readCircuit(f *fields) {
	s := f.needText("circuit")
	if f.err != nil {
		return
	}
	id, err := statement.ParseCircuitID(s)
	if err != nil {
		names := make([]string, 0)
		for _, id := range statement.DrawnBy(statement.Groth16) {
			names = append(names, id.String())
		}
		f.err = fault(f.get("circuit").place, "write "+quoted(names), "there is no such circuit")
	}
	if id.Binding == statement.Rule && f.err == nil {
		f.err = fault(f.get("circuit").place, "write deck/"+id.Size.Name+" for a deck", "this circuit proves claims about a deck's cards, and no drop")
	}
	if id.Binding == statement.Deck && f.err == nil {
		f.err = fault(f.get("circuit").place, "genproof check and genproof prove are for decks", "this is a deck, and the verb is for drawn drops")
	}
	if d.circuit = id; id.Backend == statement.Plonk && f.err == nil {
		f.err = fault(f.get("circuit").place, "write backend: plonk on a line of its own", "the circuit's name says its backend")
	}
	d.readBackend(f)
}

// readBackend reads the proof system, Groth16 unless it is said.
func (d *definition) readBackend(f *fields) {
	if f.err != nil || !f.has("backend") {
		return
	}
	text := f.text("backend")
	if f.err != nil {
		return
	}
	id := d.circuit
	var unknown error
	id.Backend, unknown = statement.ParseBackend(text)
	if _, err := statement.ParseCircuitID(id.String()); unknown != nil || err != nil {
		f.err = fault(f.get("backend").place, "write groth16, or plonk with a root circuit or cid/small", "there is no such backend for %s", d.circuit)
		return
	}
	d.circuit = id
}

func (d *definition) readTraits(f *fields) {
	if f.need("traits") == nil {
		return
	}
	for _, n := range f.list("traits") {
		g := fieldsOf(n, "a trait", namesOf(traitKeys)...)
		public := bundle.ShownTrait(g.nameSpelled(d.spelled))
		g.readShown(bundle.SectionTrait, d.spelled, &public)
		t := Attribute{Name: public.Name, Type: attribute.Type{Kind: attribute.Text}, Public: public, spelled: d.spelled}
		if at := d.indexAlike(d.traits, t.Name); g.err == nil && at >= 0 {
			g.err = fault(n.place, "rename one", "a second trait whose name looks like %q", d.traits[at].Name)
		}
		if g.err != nil {
			f.err = g.err
			return
		}
		d.traits = append(d.traits, t)
	}
	if layers := d.circuit.Size.Layers; f.err == nil && len(d.traits) > layers {
		f.err = fault(f.get("traits").place, "remove some, or take a larger circuit", "%d traits, the circuit %s has room for %d", len(d.traits), d.circuit, layers)
	}
}

// readShown reads how documents show an attribute, and holds the attribute to what the schema's text can say.
func (f *fields) readShown(section, spelled string, a *bundle.Attribute) {
	f.choice("visibility", &a.Visibility, bundle.Shown, bundle.Hidden)
	f.choice("place", &a.Place, bundle.PlaceAttribute, bundle.PlaceMember)
	quoted := "false"
	f.choice("quoted", &quoted, "true", "false")
	a.Quoted = quoted == "true"
	if f.has("label") {
		a.Label = f.text("label")
	}
	a.DisplayType, a.MaxValue = f.text("display_type"), f.text("max_value")
	if f.err != nil {
		return
	}
	if err := a.Check(section, spelled); err != nil {
		f.err = fault(f.at, "change that key", "%s: %s", f.what, strings.TrimPrefix(err.Error(), "."))
	}
}

// readAttributes reads claims or facts. Keys beyond theirs belong to the caller.
func (d *definition) readAttributes(list []*node, what string, most int, more ...string) ([]Attribute, error) {
	var out []Attribute
	for i, n := range list {
		a, err := d.readAttribute(n, what, "", out, more...)
		if err != nil {
			return nil, err
		}
		if i >= most {
			return nil, fault(n.place, "remove some, or take a larger circuit", "%s too many, the circuit has room for %d", what, most)
		}
		out = append(out, a)
	}
	return out, nil
}

// readAttribute reads one of a type, or of the one that it names, that is not among others.
func (d *definition) readAttribute(n *node, what, kind string, others []Attribute, more ...string) (a Attribute, err error) {
	keys := claimKeys
	if kind != "" {
		keys = scoreKeys
	}
	g := fieldsOf(n, what, append(namesOf(keys), more...)...)
	a = Attribute{Name: g.needText("name"), spelled: d.spelled}
	if kind == "" {
		kind = g.needText("type")
	}
	if g.err != nil {
		return a, g.err
	}
	if !isIdentifier(a.Name) {
		return a, fault(g.get("name").place, "use letters, digits and _, at most 64, not a digit first", "this name cannot be written in a policy")
	}
	if at := d.indexAlike(others, a.Name); at >= 0 {
		return a, fault(n.place, "rename one", "the name of %s a second time: it looks like %q", what, others[at].Name)
	}
	if a.Type, err = attribute.ParseType(kind); err != nil {
		return a, fault(g.get("type").place, "write uint, int, decimal(2), time, bool, text, digest, digest(raw), digest(dag-pb) or enum", "there is no such type")
	}
	a.Public = bundle.HiddenAttribute(a.Name, a.Type.String())
	for _, w := range g.list("words") {
		a.Public.Words = append(a.Public.Words, w.text)
	}
	a.Words = a.Public.Words
	g.readShown(sectionOf[what], d.spelled, &a.Public)
	return a, g.err
}

var sectionOf = map[string]string{"a claim": bundle.SectionClaim, "a fact": bundle.SectionFact, "a score": bundle.SectionNet}

// reserved words of CEL cannot follow a dot.
var reserved = []string{"in", "true", "false", "null", "as", "break", "const", "continue", "else", "for", "function", "if",
	"import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}

func isIdentifier(s string) bool {
	for i, r := range []byte(s) {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != "" && len(s) <= maxLabel && !slices.Contains(reserved, s)
}

func (d *definition) readAuthority(f *fields) {
	s := f.needText("authority")
	if f.err != nil || s == "self" {
		return
	}
	raw, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err == nil {
		var key eddsa.PublicKey
		if key, err = eddsa.ParsePublicKey(raw); err == nil {
			d.authority = &key
			return
		}
	}
	f.err = fault(f.get("authority").place, "write self, or the 64 hex digits of the authority's public key, as receipt new-key prints them", "this is not an authority, or its key has a typing error")
}

func (d *definition) readBeacon(f *fields) {
	n := f.get("beacon")
	if n == nil || f.err != nil {
		return
	}
	g := fieldsOf(n, "beacon", namesOf(contractKeys, drandKeys)...)
	if g.err == nil && g.has("drand") {
		d.beacon, f.err = g.drandBeacon()
		return
	}
	b := &bundle.Beacon{ChainID: g.needUint("chain_id", 1, maxChainID), Source: "drop.yaml"}
	b.Contract = g.needAddress("contract")
	copy(b.Entropy[:], g.needHex("entropy", len(b.Entropy)))
	b.Value = b.Derive()
	d.beacon, f.err = b, g.err
}

// drandBeacon reads {drand: evmnet, round: N, signature: …}, and checks it.
func (f *fields) drandBeacon() (*bundle.Beacon, error) {
	if f.text("drand") != "evmnet" {
		return nil, fault(f.get("drand").place, "write evmnet", "a beacon without a contract is a round of evmnet")
	}
	for _, key := range namesOf(contractKeys) {
		if f.has(key) {
			return nil, fault(f.get(key).place, "remove it, or drand, round and signature", "a beacon is a contract's or drand's")
		}
	}
	round, signature := f.needUint("round", 1, maxRound), f.needHex("signature", evmnet.Size)
	if f.err != nil {
		return nil, f.err
	}
	b, err := bundle.DrandBeacon(round, [evmnet.Size]byte(signature))
	if err != nil {
		return nil, fault(f.get("signature").place, "copy the round's signature again, from any of drand's servers", "the beacon: %v", err)
	}
	return b, nil
}

// needAddress reads a contract's address, and its check digits.
func (f *fields) needAddress(key string) [20]byte {
	a, err := bundle.ParseAddress(f.needText(key))
	if f.err == nil && err != nil {
		f.err = fault(f.get(key).place, "copy it again: 0x and 40 hex digits", "%s of %s: %v", key, f.what, err)
	}
	return a
}

// needHex reads exactly n bytes, with or without 0x.
func (f *fields) needHex(key string, n int) []byte {
	s := strings.TrimPrefix(f.needText(key), "0x")
	raw, err := hex.DecodeString(s)
	if f.err == nil && (err != nil || len(raw) != n) {
		f.err = fault(f.get(key).place, fmt.Sprintf("write %d hex digits", 2*n), "%s of %s has another form", key, f.what)
	}
	return raw
}

// schema gives the attributes their slots.
func (d *definition) schema(facts []Attribute) Schema {
	return Schema{Size: d.circuit.Size, IDWidth: d.idWidth, Spelled: d.spelled, Traits: d.traits, Claims: d.claims, Facts: facts, Scores: d.scores}
}
