package generation

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/statement"
)

var artNetwork = statement.CircuitID{Binding: statement.Art, Size: statement.ArtNetwork}

// weights are small ones, the same for the same seed.
func weights(r *rand.Rand, l network.Layer, inputs int) network.Weights {
	w := network.Weights{Bias: make([]int64, l.Out)}
	number := func() int64 { return r.Int64N(31) - 15 }
	for j := range w.Bias {
		w.Bias[j] = 4 * number()
	}
	for range inputs {
		row := make([]int64, l.Out)
		for j := range row {
			row[j] = number()
		}
		w.From = append(w.From, row)
	}
	return w
}

// networked gives the model's rows payloads and returns a network, and its weights as they are
// before they are packed: those of rows by their texts.
func networked(t testing.TB, m *model.Model, size statement.Size) (a *art.Art, plain [3]network.Weights, rows map[string][]int64) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 8))
	a = &art.Art{Palette: make(picture.Palette, size.Frame.Colours()), Net: &network.Net{}}
	for i := range a.Palette {
		a.Palette[i] = [4]byte{byte(16 * i), byte(16 * i), 0, 255}
	}
	layers := size.Network.Layers()
	for i, l := range layers {
		plain[i] = weights(r, l, l.In)
		var err error
		if a.Net.Bias[i], a.Net.From[i], err = l.Elements(plain[i], 15); err != nil {
			t.Fatal(err)
		}
	}
	rows = map[string][]int64{}
	for _, layer := range m.Layers {
		for _, table := range layer.Tables {
			for i, row := range table {
				if rows[row.Text] == nil {
					rows[row.Text] = weights(r, layers[0], 1).From[0]
				}
				table[i].Payload = layers[0].Pack(rows[row.Text])
			}
		}
	}
	var err error
	if m.Picture, err = a.Commitment(size); err != nil {
		t.Fatal(err)
	}
	return a, plain, rows
}

// TestGenerate_RunsTheNetwork: pixels and scores are those of the layers over plain numbers.
func TestGenerate_RunsTheNetwork(t *testing.T) {
	for range 3 {
		token := widened(t, artNetwork)
		_, plain, rows := networked(t, token.Model, artNetwork.Size)
		r, err := Generate(token)
		if err != nil {
			t.Fatal(err)
		}
		s := artNetwork.Size.Network
		x := s.LatentsOf(token.Seed, token.Beacon, token.ID)
		for i, l := range s.Layers() {
			w := network.Weights{Bias: slices.Clone(plain[i].Bias), From: plain[i].From}
			if i == 0 {
				for _, text := range r.Texts[:3] {
					for j, n := range rows[text] {
						w.Bias[j] += n
					}
				}
			}
			x = l.Outputs(w, x)
		}
		_, _, pixels, err := picture.Decode(r.Image)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range pixels {
			if int64(p) != x[i] {
				t.Fatalf("pixel %d is %d, want %d", i, p, x[i])
			}
		}
		for i, score := range r.Scores {
			want := uint64(x[s.Pixels+2*i] + 16*x[s.Pixels+2*i+1])
			if slot := r.Slots[artNetwork.Size.ImageSlot()+1+i]; score != want || slot != attribute.OfUint(want) {
				t.Errorf("score %d is %d, in its slot %v, want %d", i, score, slot, want)
			}
		}
	}
}

// TestNetwork_RejectsLie: what a prover may change of a network, its inputs and its outputs.
func TestNetwork_RejectsLie(t *testing.T) {
	c := underTest(t, artNetwork)
	honest := func() (*Token, *ArtCircuit) {
		token := widened(t, artNetwork)
		return token, artOf(t, forge(t, token))
	}
	_, plain := honest()
	c.AssertAccepted(t, "honest", plain)
	for name, lie := range map[string]struct {
		owner string
		tell  func(*ArtCircuit)
	}{
		"a bias":               {ofModel[0], func(c *ArtCircuit) { c.Art.Net.Bias[2] = bumped(c.Art.Net.Bias[2]) }},
		"a weight of a latent": {ofModel[0], func(c *ArtCircuit) { c.Art.Net.From[0][3] = bumped(c.Art.Net.From[0][3]) }},
		"a weight in between":  {ofModel[0], func(c *ArtCircuit) { c.Art.Net.From[1][95] = bumped(c.Art.Net.From[1][95]) }},
		"a row's payload": {"DrawVar/openVar/AssertIsEqual", func(c *ArtCircuit) {
			c.Token.Model.Rows[1].Payload = bumped(c.Token.Model.Rows[1].Payload)
		}},
	} {
		_, told := honest()
		lie.tell(told)
		if !slices.ContainsFunc(c.Record(t, told).Refused, func(row circuittest.Row) bool { return row.IsOf(lie.owner) }) {
			t.Errorf("%s: %s does not refuse it", name, lie.owner)
		}
	}
}

// bumped is the elements with one more in the lowest digit of the first.
func bumped(elements []frontend.Variable) []frontend.Variable {
	out := slices.Clone(elements)
	e, one := out[0].(fr.Element), fr.NewElement(1)
	out[0] = *e.Add(&e, &one)
	return out
}
