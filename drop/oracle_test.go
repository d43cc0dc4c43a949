package drop

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cel.dev/cel-go/cel"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// wide is a schema with attributes of every type.
var wide = &Schema{
	Size:   statement.Large,
	Traits: []Attribute{{Name: "Eyes", Type: attribute.Type{Kind: attribute.Text}}, {Name: "Line Age", Type: attribute.Type{Kind: attribute.Text}}},
	Claims: []Attribute{
		{Name: "license", Type: attribute.Type{Kind: attribute.Text}}, {Name: "safety", Type: attribute.Type{Kind: attribute.Decimal, Scale: 2}},
		{Name: "consent", Type: attribute.Type{Kind: attribute.Bool}}, {Name: "age", Type: attribute.Type{Kind: attribute.Uint}},
		{Name: "degrees", Type: attribute.Type{Kind: attribute.Int}}, {Name: "at", Type: attribute.Type{Kind: attribute.Time}},
	},
	Facts: []Attribute{{Name: "epsilon", Type: attribute.Type{Kind: attribute.Decimal, Scale: 1}}, {Name: "open", Type: attribute.Type{Kind: attribute.Bool}}},
}

// written has values of each kind as a claims file writes them, at the edges
// and around the constants.
var written = map[attribute.Kind][]string{
	attribute.Text:    {"", "a", "b", "CC0-1.0", "é"},
	attribute.Bool:    {"true", "false"},
	attribute.Uint:    {"0", "1", "17", "18", "19", "9223372036854775808", "18446744073709551614", "18446744073709551615"},
	attribute.Int:     {"-9223372036854775808", "-18", "-1", "0", "1", "18", "9223372036854775807"},
	attribute.Decimal: {"0", "0.7", "0.8", "0.9", "1", "18", "100"},
	attribute.Time:    {"1970-01-01", "2026-01-31T00:00:00Z", "2026-01-31T00:00:01Z", "9999-12-31T23:59:59Z"},
}

// constants has what a policy compares with.
var constants = map[attribute.Kind][]string{
	attribute.Text:    {`""`, `"a"`, `'b'`, `"CC0-1.0"`, `r"é"`, `"""a"""`},
	attribute.Bool:    {"true", "false"},
	attribute.Uint:    {"0", "1", "18", "18u", "-1", "0u", "18446744073709551615u", "9223372036854775807"},
	attribute.Int:     {"-9223372036854775808", "-18", "-1", "0", "1", "18", "9223372036854775807"},
	attribute.Decimal: {"0.0", "0.8", ".8", "0.805", "0.80", "-0.5", "1.0", "100.0", "99.999"},
	attribute.Time: {`timestamp("1970-01-01T00:00:00Z")`, `timestamp("2026-01-31T00:00:00Z")`, `timestamp("2026-01-31T00:00:00.5Z")`,
		`timestamp("2026-01-31T01:00:00+01:00")`, `timestamp("1969-12-31T23:59:59Z")`, `timestamp("9999-12-31T23:59:59Z")`, `timestamp("9999-12-31T23:59:59+23:59")`, `timestamp("0001-01-01T00:00:00-23:59")`},
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// randomAttribute returns room.name as a policy writes it, and its type.
func randomAttribute(r *rand.Rand) (string, attribute.Type) {
	for {
		room, a, ok := wide.attributeAt(r.IntN(wide.Size.Slots()))
		switch {
		case !ok:
		case strings.Contains(a.Name, " "):
			return room + ".`" + a.Name + "`", a.Type
		default:
			return room + "." + a.Name, a.Type
		}
	}
}

// randomPolicy writes a random condition in CEL.
func randomPolicy(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(5) == 0 {
		return randomComparison(r)
	}
	sub := func() string { return "(" + randomPolicy(r, depth-1) + ")" }
	switch r.IntN(8) {
	case 0, 1, 2:
		return sub() + " && " + sub()
	case 3, 4:
		return sub() + " || " + sub()
	case 5:
		return "!" + sub()
	case 6:
		return sub() + " ? " + sub() + " : " + sub()
	default:
		return sub() + pick(r, []string{" == ", " != "}) + pick(r, []string{"true", "false"})
	}
}

func randomComparison(r *rand.Rand) string {
	name, t := randomAttribute(r)
	list := constants[t.Kind]
	switch r.IntN(10) {
	case 0:
		return "has(" + name + ")"
	case 1:
		return pick(r, []string{"true", "false", "1 < 2", `"a" == "b"`, "2.0 <= 1.5"})
	case 2, 3:
		var items []string
		for range r.IntN(4) {
			items = append(items, pick(r, list))
		}
		return name + " in [" + strings.Join(items, ", ") + "]"
	}
	if t.Kind == attribute.Bool && r.IntN(2) == 0 {
		return name
	}
	ops := []string{"==", "!=", "<", "<=", ">", ">="}
	if !t.Numeric() {
		ops = ops[:2]
	}
	if r.IntN(3) == 0 {
		return pick(r, list) + " " + pick(r, ops) + " " + name
	}
	return name + " " + pick(r, ops) + " " + pick(r, list)
}

// celValue is a value as CEL's own evaluation sees it.
func celValue(t *testing.T, kind attribute.Kind, s string) any {
	var err error
	var v any
	switch kind {
	case attribute.Text:
		v = s
	case attribute.Bool:
		v = s == "true"
	case attribute.Uint:
		var u uint64
		_, err = fmt.Sscan(s, &u)
		v = u
	case attribute.Int:
		var i int64
		_, err = fmt.Sscan(s, &i)
		v = i
	case attribute.Decimal:
		var f float64
		_, err = fmt.Sscan(s, &f)
		v = f
	case attribute.Time:
		if len(s) == 10 {
			s += "T00:00:00Z"
		}
		v, err = time.Parse(time.RFC3339, s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// randomValues draws slots, and the same values for CEL. Claims and facts may be absent.
func randomValues(t *testing.T, r *rand.Rand) ([]attribute.Slot, map[string]any) {
	slots := make([]attribute.Slot, wide.Size.Slots())
	rooms := map[string]map[string]any{traitRoom: {}, claimRoom: {}, factRoom: {}}
	for i := range slots {
		room, a, ok := wide.attributeAt(i)
		if !ok || room != traitRoom && r.IntN(4) == 0 {
			continue
		}
		s := pick(r, written[a.Type.Kind])
		slot, err := parseValue(a.Type, s)
		if err != nil {
			t.Fatal(err)
		}
		slots[i], rooms[room][a.Name] = slot, celValue(t, a.Type.Kind, s)
	}
	return slots, map[string]any{traitRoom: rooms[traitRoom], claimRoom: rooms[claimRoom], factRoom: rooms[factRoom]}
}

// oracleEnv is CEL with plain maps: nothing of this package's compiler is in it.
func oracleEnv(t *testing.T) *cel.Env {
	t.Helper()
	room := cel.MapType(cel.StringType, cel.DynType)
	env, err := cel.NewEnv(cel.EnableIdentifierEscapeSyntax(), cel.CrossTypeNumericComparisons(true),
		cel.Variable(traitRoom, room), cel.Variable(claimRoom, room), cel.Variable(factRoom, room))
	if err != nil {
		t.Fatal(err)
	}
	return env
}

func TestCompilePolicy_AgreesWithCEL(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	env := oracleEnv(t)
	compiled, accepted, rejected := 0, 0, 0
	for range 2000 {
		text := randomPolicy(r, 3)
		p, err := CompilePolicy("policy.cel", text, wide)
		var f *Fault
		never := errors.As(err, &f) && strings.Contains(f.Problem, "never true")
		if err != nil && !never {
			if strings.Contains(err.Error(), "literals") {
				continue // too large for any circuit
			}
			t.Fatalf("%s\n%v", text, err)
		}
		compiled++
		program := oracle(t, env, text)
		for range 8 {
			slots, values := randomValues(t, r)
			out, _, err := program.Eval(values)
			want := err == nil && out.Value() == true
			got := false
			if !never {
				got, _ = p.Program.Eval(slots)
			}
			if got != want {
				t.Fatalf("%s\nof %v:\ngot %v, CEL says %v (%v)", text, values, got, out, err)
			}
			if got {
				accepted++
			} else {
				rejected++
			}
		}
	}
	if compiled < 1500 || accepted < 1500 || rejected < 1500 {
		t.Fatalf("%d policies compiled, %d tokens accepted, %d rejected: the test shows too little", compiled, accepted, rejected)
	}
}

func oracle(t *testing.T, env *cel.Env, text string) cel.Program {
	t.Helper()
	tree, issues := env.Compile(text)
	if issues.Err() != nil {
		t.Fatalf("%s\n%v", text, issues.Err())
	}
	program, err := env.Program(tree)
	if err != nil {
		t.Fatal(err)
	}
	return program
}
