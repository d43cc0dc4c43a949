package publicinputs

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
)

// publicFields are the names of a circuit's public inputs in gnark's order.
func publicFields(v any) (names []string) {
	t := reflect.TypeOf(v)
	for i := range t.NumField() {
		names = append(names, t.Field(i).Name)
	}
	return names
}

func TestOf_HasTheCircuitsInputs(t *testing.T) {
	for binding, fields := range map[statement.Binding][]string{
		statement.CID:  publicFields(statement.StatementVar{}),
		statement.Root: publicFields(statement.StatementVar{}),
		statement.Deck: publicFields(deck.StatementVar{}),
		statement.Art:  publicFields(statement.StatementVar{}),
		statement.Rule: publicFields(rule.StatementVar{}),
	} {
		inputs := Of(binding).Inputs
		if len(inputs) != len(fields) {
			t.Fatalf("%s: %d inputs, want %d", binding, len(inputs), len(fields))
		}
		for i, in := range inputs {
			if !strings.EqualFold(in.Name, fields[i]) || in.Meaning == "" || in.Range == "" || in.Encoding == "" {
				t.Errorf("%s: input %d is %+v, want %s", binding, i, in, fields[i])
			}
		}
	}
	if n := len(publicFields(statement.StatementVar{})); n != statement.NbInputs {
		t.Errorf("a token's statement has %d inputs", n)
	}
	if n := len(publicFields(deck.StatementVar{})); n != deck.NbInputs {
		t.Errorf("a deck's statement has %d inputs", n)
	}
	if n := len(publicFields(rule.StatementVar{})); n != rule.NbInputs {
		t.Errorf("a claim's statement has %d inputs", n)
	}
}

// The hashes are part of version 2: contracts hold them. Another document is another version's.
func TestDocument_IsPinned(t *testing.T) {
	for binding, want := range map[statement.Binding]string{
		statement.CID:  "45f526c655c2ea29affe7fca429487e31136548837d0328b7ad191fbd3a77b4a",
		statement.Root: "c964ba084c31197a96b71370800afe19a38bf20c8addf499e2e5e199092921a5",
		statement.Deck: "c0f3adaafd96d42d2e59d4cc06fa3997f8e6555de1f22086b73dbba8297d2ab3",
		statement.Art:  "b825dcce6774b2d7e32b4a005a8f4aeff753f74c5f775fbd8a0efe52cb27c699",
		statement.Rule: "d190c9b539731251cdb43bfd4bfa6f9eb007924c28d9c67408ed9a8e7fa1d845",
	} {
		h := sha3.NewLegacyKeccak256()
		h.Write(Of(binding).Document())
		if got := hex.EncodeToString(h.Sum(nil)); got != want {
			t.Errorf("%s: keccak256 %s, want %s", binding, got, want)
		}
	}
}

func TestDocument_IsCanonical(t *testing.T) {
	for _, binding := range []statement.Binding{statement.CID, statement.Root, statement.Art, statement.Deck, statement.Rule} {
		document := Of(binding).Document()
		var compact bytes.Buffer
		if err := json.Compact(&compact, document); err != nil || !bytes.Equal(compact.Bytes(), document) {
			t.Errorf("%s: spaces, or no JSON: %v", binding, err)
		}
		if bytes.ContainsFunc(document, func(r rune) bool { return r < ' ' || r > '~' || r == '\\' }) {
			t.Errorf("%s: more than plain ASCII", binding)
		}
		var back Schema
		if err := json.Unmarshal(document, &back); err != nil || !reflect.DeepEqual(back, Of(binding)) {
			t.Errorf("%s: read back as %+v: %v", binding, back, err)
		}
	}
}
