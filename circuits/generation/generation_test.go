package generation

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/statement"
)

// underTest returns the circuit for verdicts and owners: its R1CS, and for PLONK's circuits
// both systems, each compiled once as the product compiles it.
func underTest(t testing.TB, id statement.CircuitID) *circuittest.Circuit {
	t.Helper()
	use := func(c *circuittest.Circuit, kind string, id statement.CircuitID) *circuittest.Circuit {
		cs, err := compiledOnce(id)
		if err != nil {
			t.Fatal(err)
		}
		return c.Use(circuittest.Compiled(kind, cs))
	}
	c := circuittest.New(Placeholder(id))
	if id.Backend == statement.Plonk {
		use(c, "PLONK", id)
		id.Backend = statement.Groth16
	} else {
		c.WithoutPlonk()
	}
	return use(c, "R1CS", id)
}

func TestGenerate_SatisfiesTheCircuit(t *testing.T) {
	for _, circuit := range append(statement.DrawnBy(statement.Groth16), rootSmallPlonk, cidSmallPlonk) {
		r, err := Generate(widened(t, circuit))
		if err != nil {
			t.Fatal(err)
		}
		if err := solveCompiled(circuit, r.Assignment); err != nil {
			t.Errorf("%s: %v", circuit, err)
		}
	}
}

func TestGenerate_IsDeterministicAndBindsTheDocument(t *testing.T) {
	first, err := Generate(fox(t, cidSmall, 7))
	if err != nil {
		t.Fatal(err)
	}
	again, err := Generate(fox(t, cidSmall, 7))
	if err != nil {
		t.Fatal(err)
	}
	if string(first.Document) != string(again.Document) || first.Statement != again.Statement {
		t.Error("one token has two documents")
	}
	if first.Statement.Metadata != sha256.Sum256(first.Document) {
		t.Error("the metadata is not the document's SHA-256")
	}
	if !json.Valid(first.Document) {
		t.Error("the document is not JSON")
	}
}

func TestGenerate_RefusesBrokenTokens(t *testing.T) {
	var policyError *PolicyError
	for name, c := range map[string]struct {
		spoil func(*Token)
		is    func(error) bool
	}{
		"id 0":            {func(k *Token) { k.ID = 0 }, func(err error) bool { return err != nil }},
		"id over supply":  {func(k *Token) { k.ID = 10001 }, func(err error) bool { return err != nil }},
		"no supply":       {func(k *Token) { k.IDs.Supply = 0 }, func(err error) bool { return err != nil }},
		"unsigned claims": {func(k *Token) { k.Claims[1] = attribute.OfUint(98) }, func(err error) bool { return errors.Is(err, ErrSignature) }},
		"no consent": {func(k *Token) { k.Claims[2] = attribute.OfBool(false); sign(t, k, key(t, 1)) },
			func(err error) bool { return errors.As(err, &policyError) && policyError.Clause == 3 }},
		"other authority": {func(k *Token) { sign(t, k, key(t, 2)) }, func(err error) bool { return errors.Is(err, ErrSignature) }},
	} {
		token := fox(t, cidSmall, 42)
		c.spoil(token)
		if _, err := Generate(token); !c.is(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// tokenOf is the secret part of an assignment.
func tokenOf(c frontend.Circuit) *TokenVar {
	switch c := c.(type) {
	case *CIDCircuit:
		return &c.Token
	case *ArtCircuit:
		return &c.Token
	}
	return &c.(*RootCircuit).Token
}

func publicOf(c frontend.Circuit) *statement.StatementVar {
	switch c := c.(type) {
	case *CIDCircuit:
		return &c.StatementVar
	case *ArtCircuit:
		return &c.StatementVar
	}
	return &c.(*RootCircuit).StatementVar
}

func TestCircuits_RejectLie(t *testing.T) {
	rejectLies(t, rootSmall, cidSmall, artSmall, rootSmallPlonk)
}

// The rows that own the clauses, by what they say. A draw of another token misses its row in
// each of three layers, a signature of another message both of R's coordinates, and another
// hash both of its limbs.
var (
	drawn       = []string{"assertDrawn/DrawVar/drawLayer", "assertDrawn/DrawVar/drawLayer", "assertDrawn/DrawVar/drawLayer"}
	signed      = []string{"assertReceived/claim.AssertSigned", "assertReceived/claim.AssertSigned"}
	satisfied   = []string{"assertJudged/AssertSatisfied/AssertSatisfied/AssertProduct"}
	ofModel     = []string{"assertDrawn/AssertIsEqual"}
	ofPolicy    = []string{"assertJudged/AssertIsEqual"}
	ofTemplate  = []string{"assertTemplate/AssertIsEqual"}
	ofAuthority = []string{"assertReceived/AssertIsEqual"}
	ofSeeds     = []string{"assertSeeds/AssertIsEqual"}
	ofMetadata  = []string{"assertMetadata/AssertIsEqual", "assertMetadata/AssertIsEqual"}
)

// rejectLies breaks one clause a row and recomputes all that follows.
func rejectLies(t *testing.T, circuits ...statement.CircuitID) {
	t.Helper()
	lies := []struct {
		name   string
		owners []string
		tell   func(token *Token) *Result
	}{
		{"1: drawn with another seed", drawn, func(token *Token) *Result {
			seed := token.Seed
			token.Seed = fr.NewElement(12)
			r := forgeSigned(t, token, func(s *statement.Statement) { s.Seeds = Seeds(seed, token.Blind) })
			tokenOf(r.Assignment).Seed = seed
			return r
		}},
		{"1: drawn with another beacon", drawn, func(token *Token) *Result {
			beacon := token.Beacon
			token.Beacon = fr.NewElement(34)
			return forgeSigned(t, token, func(s *statement.Statement) { s.Beacon = beacon })
		}},
		{"1: drawn for another id", drawn, func(token *Token) *Result {
			honest := forge(t, token)
			other := *token
			other.ID = 44
			draws, err := model.ValueOf(token.Model, token.Circuit.Size, token.Seed, token.Beacon, 44)
			if err != nil {
				t.Fatal(err)
			}
			drawn := forge(t, &other)
			copy(honest.Slots[:3], drawn.Slots[:3])
			honest.Texts = drawn.Texts
			honest.repaint(t, token, drawn.Image)
			honest.rebind(t, token)
			tokenOf(honest.Assignment).Model = draws
			return honest
		}},
		{"1: drawn from another model", ofModel, func(token *Token) *Result {
			commitment := forge(t, token).Statement.Model
			token.Model.Layers[2].Tables[0][0].Weight = 1
			token.Model.Layers[2].Tables[0][1].Text = "Ghost"
			return forge(t, token, func(s *statement.Statement) { s.Model = commitment })
		}},
		{"2: claims changed after signing", signed, func(token *Token) *Result {
			token.Claims[1] = attribute.OfUint(98)
			return forge(t, token)
		}},
		{"2: signed for another id", signed, func(token *Token) *Result {
			token.ID = 43
			sign(t, token, key(t, 1))
			token.ID = 42
			return forge(t, token)
		}},
		{"2: signed for another model", signed, func(token *Token) *Result {
			token.Model.Salt = fr.NewElement(778)
			return forge(t, token)
		}},
		{"2: signed for other secrets", signed, func(token *Token) *Result {
			token.Blind = fr.NewElement(23)
			return forge(t, token)
		}},
		{"2: signed for another beacon", signed, func(token *Token) *Result {
			token.Beacon = fr.NewElement(34)
			return forge(t, token)
		}},
		{"2: signed for another policy", signed, func(token *Token) *Result {
			token.Program.Clauses = token.Program.Clauses[:3]
			return forge(t, token)
		}},
		{"2: signed for another schema", signed, func(token *Token) *Result {
			token.Program.Schema = fr.NewElement(4243)
			return forge(t, token)
		}},
		{"2: signed for another supply", signed, func(token *Token) *Result {
			token.IDs.Supply++
			return forge(t, token)
		}},
		{"2: signed for another first id", signed, func(token *Token) *Result {
			token.IDs.First++
			return forge(t, token)
		}},
		{"2: signed by another key", signed, func(token *Token) *Result {
			sign(t, token, key(t, 2))
			return forge(t, token)
		}},
		{"2: another authority's key", ofAuthority, func(token *Token) *Result {
			commitment := forge(t, token).Statement.Authority
			token.Authority = key(t, 2).Public()
			sign(t, token, key(t, 2))
			return forge(t, token, func(s *statement.Statement) { s.Authority = commitment })
		}},
		{"3: policy broken", satisfied, func(token *Token) *Result {
			token.Claims[2] = attribute.OfBool(false)
			sign(t, token, key(t, 1))
			return forge(t, token)
		}},
		{"3: claim absent", satisfied, func(token *Token) *Result {
			token.Claims[1] = attribute.Slot{}
			sign(t, token, key(t, 1))
			return forge(t, token)
		}},
		{"3: a weaker policy", ofPolicy, func(token *Token) *Result {
			commitment := forge(t, token).Statement.Policy
			token.Program.Clauses = token.Program.Clauses[:3]
			return forge(t, token, func(s *statement.Statement) { s.Policy = commitment })
		}},
		{"3: more supply than the policy's", ofPolicy, func(token *Token) *Result {
			r := forge(t, token)
			tokenOf(r.Assignment).IDs.Supply = 10001
			return r
		}},
		{"3: another first id than the policy's", ofPolicy, func(token *Token) *Result {
			r := forge(t, token)
			tokenOf(r.Assignment).IDs.First = 0
			return r
		}},
		{"3: a deck's policy", ofPolicy, func(token *Token) *Result {
			commitment, err := token.Program.Commitment(token.Circuit.Size)
			if err != nil {
				t.Fatal(err)
			}
			other := func(s *statement.Statement) { s.Policy = commitment }
			signIn(t, token, key(t, 1), other)
			return forge(t, token, other)
		}},
		{"3: policy over other values than the root's", ofMetadata, func(token *Token) *Result {
			r := forge(t, token)
			r.Slots[5] = attribute.OfBool(false)
			r.rebind(t, token)
			return r
		}},
		{"4: another blind", ofMetadata, func(token *Token) *Result {
			r := forge(t, token)
			r.Salts = attribute.Salts(fr.NewElement(23), token.ID, r.message(token), len(r.Slots))
			r.rebind(t, token)
			return r
		}},
		{"4: salts of another id", ofMetadata, func(token *Token) *Result {
			r := forge(t, token)
			r.Salts = attribute.Salts(token.Blind, 43, r.message(token), len(r.Slots))
			r.rebind(t, token)
			return r
		}},
		{"4: salts of another receipt", ofMetadata, func(token *Token) *Result {
			r := forge(t, token)
			r.Salts = attribute.Salts(token.Blind, token.ID, fr.NewElement(1), len(r.Slots))
			r.rebind(t, token)
			return r
		}},
		{"4: an attribute left out of the root", ofMetadata, func(token *Token) *Result {
			r := forge(t, token)
			r.Slots[6] = attribute.Slot{}
			r.rebind(t, token)
			return r
		}},
		{"4: other secrets than committed", ofSeeds, func(token *Token) *Result {
			seeds := forge(t, token).Statement.Seeds
			token.Blind = fr.NewElement(23)
			return forge(t, token, func(s *statement.Statement) { s.Seeds = seeds })
		}},
		{"5: another template", ofTemplate, func(token *Token) *Result {
			commitment := forge(t, token).Statement.Template
			other, err := document.New(token.Circuit.Size, document.Config{Name: "Fake #{id}", First: 1, Supply: 10000})
			if err != nil {
				t.Fatal(err)
			}
			token.Template = other
			return forge(t, token, func(s *statement.Statement) { s.Template = commitment })
		}},
	}
	for _, circuit := range circuits {
		c := underTest(t, circuit)
		for _, lie := range lies {
			c.AssertRefused(t, circuit.String()+": "+lie.name, lie.tell(fox(t, circuit, 42)).Assignment, lie.owners)
		}
	}
}

// TestCircuits_BindTheTokenID: ids that no document of the drop has, at both ends.
func TestCircuits_BindTheTokenID(t *testing.T) {
	c := underTest(t, rootSmallPlonk)
	for id, owner := range map[uint64]string{
		0: "AssertContains/Decompose", 10001: "assertBelow/Decompose",
		1<<63 + 1: "assertBelow/Decompose", 1<<64 - 1: "assertBelow/Decompose",
	} {
		token := fox(t, rootSmall, 42)
		honest := forge(t, token)
		token.ID = id
		sign(t, token, key(t, 1))
		// Render would refuse the id; the root circuit's document is not proven.
		r := &Result{Document: honest.Document}
		unjudged := func(token *Token, r *Result) error {
			r.Slots = append(append(r.Slots, token.Claims...), token.Model.Facts...)
			return nil
		}
		metadata := func(_ *Token, r *Result) error { r.Statement.Metadata = r.Root.Bytes(); return nil }
		for _, step := range []func(*Token, *Result) error{draw, commit, unjudged, seal, metadata, assign} {
			if err := step(token, r); err != nil {
				t.Fatal(err)
			}
		}
		c.AssertRefused(t, fmt.Sprintf("id %d", id), r.Assignment, []string{owner})
	}
}

// TestCircuits_BindEachInput changes each public input alone.
func TestCircuits_BindEachInput(t *testing.T) {
	for _, circuit := range []statement.CircuitID{rootSmall, cidSmall, artSmall, rootSmallPlonk} {
		r := forge(t, fox(t, circuit, 42))
		honest := *publicOf(r.Assignment)
		c := underTest(t, circuit)
		for i, row := range []struct {
			input  func(*statement.StatementVar) *frontend.Variable
			owners []string // receipts are for inputs 0, 1, 4 and 5, and salts for receipts
		}{
			{func(s *statement.StatementVar) *frontend.Variable { return &s.Model }, slices.Concat(ofModel, signed, ofMetadata)},
			{func(s *statement.StatementVar) *frontend.Variable { return &s.Policy }, slices.Concat(signed, ofPolicy, ofMetadata)},
			{func(s *statement.StatementVar) *frontend.Variable { return &s.Template }, ofTemplate},
			{func(s *statement.StatementVar) *frontend.Variable { return &s.Authority }, ofAuthority},
			{func(s *statement.StatementVar) *frontend.Variable { return &s.Seeds }, slices.Concat(ofSeeds, signed, ofMetadata)},
			{func(s *statement.StatementVar) *frontend.Variable { return &s.Beacon }, slices.Concat(drawn, signed, ofMetadata)},
			{func(s *statement.StatementVar) *frontend.Variable { return &s.Token }, []string{"assertToken/AssertIsEqual"}},
			{func(s *statement.StatementVar) *frontend.Variable { return &s.MetadataHigh }, ofMetadata[:1]},
			{func(s *statement.StatementVar) *frontend.Variable { return &s.MetadataLow }, ofMetadata[:1]},
		} {
			*publicOf(r.Assignment) = honest
			v := row.input(publicOf(r.Assignment))
			e := (*v).(fr.Element)
			one := fr.NewElement(1)
			*v = *e.Add(&e, &one)
			c.AssertRefused(t, fmt.Sprintf("%s: public input %d changed", circuit, i), r.Assignment, row.owners)
		}
	}
}

func TestCompile_ConstraintCount(t *testing.T) {
	for name, want := range map[string]int{
		"cid/small": 118117, "root/small": 18780,
		"cid/standard": 259056, "root/standard": 43082,
		"cid/large": 509249, "root/large": 94256,
		"art/small": 188460, "art/sprites": 388526, "art/network": 453193,
	} {
		id, err := statement.ParseCircuitID(name)
		if err != nil {
			t.Fatal(err)
		}
		cs, err := Compile(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := cs.GetNbConstraints(); got != want {
			t.Errorf("%s: %d constraints, want %d", name, got, want)
		}
		if got := cs.GetNbPublicVariables() - 1; got != statement.NbInputs { // less the constant one
			t.Errorf("%s: %d public inputs, want %d", name, got, statement.NbInputs)
		}
		if got := len(cs.GetCommitments().CommitmentIndexes()); got != 0 {
			t.Errorf("%s: %d commitments, want none", name, got)
		}
	}
}
