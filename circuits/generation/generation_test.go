package generation

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/statement"
)

// solve runs PLONK's solver for its circuits, and for the others the test engine, which is
// faster than compiling.
func solve(id statement.CircuitID, assignment frontend.Circuit) error {
	if id.Plonk {
		return solveCompiled(id, assignment)
	}
	return test.IsSolved(Placeholder(id), assignment, ecc.BN254.ScalarField())
}

func TestGenerate_SatisfiesTheCircuit(t *testing.T) {
	for _, circuit := range append(statement.All(), rootSmallPlonk, cidSmallPlonk) {
		r, err := Generate(widened(t, circuit))
		if err != nil {
			t.Fatal(err)
		}
		if err := solve(circuit, r.Assignment); err != nil {
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
	if cid, ok := c.(*CIDCircuit); ok {
		return &cid.Token
	}
	return &c.(*RootCircuit).Token
}

func publicOf(c frontend.Circuit) *statement.StatementVar {
	if cid, ok := c.(*CIDCircuit); ok {
		return &cid.StatementVar
	}
	return &c.(*RootCircuit).StatementVar
}

func TestCircuits_RejectLie(t *testing.T) { rejectLies(t, rootSmall, cidSmall, rootSmallPlonk) }

// rejectLies breaks one clause a row and recomputes all that follows.
func rejectLies(t *testing.T, circuits ...statement.CircuitID) {
	t.Helper()
	lies := map[string]func(token *Token) *Result{
		"1: drawn with another seed": func(token *Token) *Result {
			seed := token.Seed
			token.Seed = fr.NewElement(12)
			r := forge(t, token)
			tokenOf(r.Assignment).Seed = seed
			publicOf(r.Assignment).Seeds = Seeds(seed, token.Blind)
			return r
		},
		"1: drawn with another beacon": func(token *Token) *Result {
			beacon := token.Beacon
			token.Beacon = fr.NewElement(34)
			r := forge(t, token)
			publicOf(r.Assignment).Beacon = beacon
			return r
		},
		"1: drawn for another id": func(token *Token) *Result {
			honest := forge(t, token)
			other := *token
			other.ID = 43
			draws, err := model.ValueOf(token.Model, token.Circuit.Size, token.Seed, token.Beacon, 43)
			if err != nil {
				t.Fatal(err)
			}
			drawn := forge(t, &other)
			copy(honest.Slots[:3], drawn.Slots[:3])
			honest.Texts = drawn.Texts
			honest.rebind(t, token)
			tokenOf(honest.Assignment).Model = draws
			return honest
		},
		"1: drawn from another model": func(token *Token) *Result {
			commitment := forge(t, token).Statement.Model
			token.Model.Layers[2].Tables[0][0].Weight = 1
			token.Model.Layers[2].Tables[0][1].Text = "Ghost"
			r := forge(t, token)
			publicOf(r.Assignment).Model = commitment
			return r
		},
		"2: claims changed after signing": func(token *Token) *Result {
			token.Claims[1] = attribute.OfUint(98)
			return forge(t, token)
		},
		"2: signed for another id": func(token *Token) *Result {
			token.ID = 43
			sign(t, token, key(t, 1))
			token.ID = 42
			return forge(t, token)
		},
		"2: signed for another model": func(token *Token) *Result {
			token.Model.Salt = fr.NewElement(778)
			return forge(t, token)
		},
		"2: signed for other secrets": func(token *Token) *Result {
			token.Blind = fr.NewElement(23)
			return forge(t, token)
		},
		"2: signed for another beacon": func(token *Token) *Result {
			token.Beacon = fr.NewElement(34)
			return forge(t, token)
		},
		"2: signed for another schema": func(token *Token) *Result {
			token.Program.Schema = fr.NewElement(4243)
			return forge(t, token)
		},
		"2: signed by another key": func(token *Token) *Result {
			sign(t, token, key(t, 2))
			return forge(t, token)
		},
		"2: another authority's key": func(token *Token) *Result {
			commitment := forge(t, token).Statement.Authority
			token.Authority = key(t, 2).Public()
			sign(t, token, key(t, 2))
			r := forge(t, token)
			publicOf(r.Assignment).Authority = commitment
			return r
		},
		"3: policy broken": func(token *Token) *Result {
			token.Claims[2] = attribute.OfBool(false)
			sign(t, token, key(t, 1))
			return forge(t, token)
		},
		"3: claim absent": func(token *Token) *Result {
			token.Claims[1] = attribute.Slot{}
			sign(t, token, key(t, 1))
			return forge(t, token)
		},
		"3: a weaker policy": func(token *Token) *Result {
			commitment := forge(t, token).Statement.Policy
			token.Program.Clauses = token.Program.Clauses[:3]
			r := forge(t, token)
			publicOf(r.Assignment).Policy = commitment
			return r
		},
		"3: policy over other values than the root's": func(token *Token) *Result {
			r := forge(t, token)
			r.Slots[5] = attribute.OfBool(false)
			r.rebind(t, token)
			return r
		},
		"4: another blind": func(token *Token) *Result {
			r := forge(t, token)
			r.Salts = attribute.Salts(fr.NewElement(23), token.ID, len(r.Slots))
			r.rebind(t, token)
			return r
		},
		"4: salts of another id": func(token *Token) *Result {
			r := forge(t, token)
			r.Salts = attribute.Salts(token.Blind, 43, len(r.Slots))
			r.rebind(t, token)
			return r
		},
		"4: an attribute left out of the root": func(token *Token) *Result {
			r := forge(t, token)
			r.Slots[6] = attribute.Slot{}
			r.rebind(t, token)
			return r
		},
		"4: other secrets than committed": func(token *Token) *Result {
			seeds := forge(t, token).Statement.Seeds
			token.Blind = fr.NewElement(23)
			r := forge(t, token)
			publicOf(r.Assignment).Seeds = seeds
			return r
		},
		"5: another template": func(token *Token) *Result {
			commitment := forge(t, token).Statement.Template
			other, err := document.New(token.Circuit.Size, document.Config{Name: "Fake #{id}", Supply: 10000})
			if err != nil {
				t.Fatal(err)
			}
			token.Template = other
			r := forge(t, token)
			publicOf(r.Assignment).Template = commitment
			return r
		},
		"5: more supply than the template's": func(token *Token) *Result {
			r := forge(t, token)
			tokenOf(r.Assignment).Supply = 10001
			return r
		},
	}
	for name, tell := range lies {
		for _, circuit := range circuits {
			r := tell(fox(t, circuit, 42))
			if solve(circuit, r.Assignment) == nil {
				t.Errorf("%s: %s: accepted", circuit, name)
			}
		}
	}
}

// TestCircuits_BindTheTokenID: ids that no document of the drop has, at both ends.
func TestCircuits_BindTheTokenID(t *testing.T) {
	for _, id := range []uint64{0, 10001, 1<<63 + 1, 1<<64 - 1} {
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
		if solve(rootSmall, r.Assignment) == nil || solve(rootSmallPlonk, r.Assignment) == nil {
			t.Errorf("id %d: accepted", id)
		}
	}
}

// TestCircuits_BindEachInput changes each public input alone.
func TestCircuits_BindEachInput(t *testing.T) {
	for _, circuit := range []statement.CircuitID{rootSmall, cidSmall, rootSmallPlonk} {
		r := forge(t, fox(t, circuit, 42))
		honest := *publicOf(r.Assignment)
		for i, input := range []func(*statement.StatementVar) *frontend.Variable{
			func(s *statement.StatementVar) *frontend.Variable { return &s.Model },
			func(s *statement.StatementVar) *frontend.Variable { return &s.Policy },
			func(s *statement.StatementVar) *frontend.Variable { return &s.Template },
			func(s *statement.StatementVar) *frontend.Variable { return &s.Authority },
			func(s *statement.StatementVar) *frontend.Variable { return &s.Seeds },
			func(s *statement.StatementVar) *frontend.Variable { return &s.Beacon },
			func(s *statement.StatementVar) *frontend.Variable { return &s.Token },
			func(s *statement.StatementVar) *frontend.Variable { return &s.MetadataHigh },
			func(s *statement.StatementVar) *frontend.Variable { return &s.MetadataLow },
		} {
			*publicOf(r.Assignment) = honest
			v := input(publicOf(r.Assignment))
			e := (*v).(fr.Element)
			one := fr.NewElement(1)
			*v = *e.Add(&e, &one)
			if solve(circuit, r.Assignment) == nil {
				t.Errorf("%s: public input %d is bound by nothing", circuit, i)
			}
		}
	}
}

func TestCompile_ConstraintCount(t *testing.T) {
	for name, want := range map[string]int{
		"cid/small": 112240, "root/small": 16307,
		"cid/standard": 210392, "root/standard": 34625,
		"cid/large": 369228, "root/large": 65467,
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
