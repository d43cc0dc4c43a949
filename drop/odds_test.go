package drop

import (
	"math/big"
	"strings"
	"testing"
)

// The odds are those that the meaning of the sample's rules gives, without an automaton.
func TestOdds_AreThoseOfTheRules(t *testing.T) {
	d, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	want := make([]map[string]*big.Rat, 3)
	for i := range want {
		want[i] = map[string]*big.Rat{}
	}
	for key, p := range expected(d.layers, foxesForbid) {
		for i, text := range strings.Split(string(key), "|") {
			if want[i][text] == nil {
				want[i][text] = new(big.Rat)
			}
			want[i][text].Add(want[i][text], p)
		}
	}
	for i, trait := range d.Odds() {
		sum, written := new(big.Rat), new(big.Rat)
		for _, o := range trait.Odds {
			if o.Effective.Cmp(want[i][o.Text]) != 0 {
				t.Errorf("%s %s: %s, want %s", trait.Name, o.Text, o.Effective, want[i][o.Text])
			}
			sum.Add(sum, o.Effective)
			written.Add(written, o.Written)
		}
		if one := big.NewRat(1, 1); sum.Cmp(one) != 0 || written.Cmp(one) != 0 {
			t.Errorf("%s: the odds add up to %s, as written to %s", trait.Name, sum, written)
		}
	}
	if eyes := d.Odds()[1]; eyes.Odds[1].Effective.Cmp(eyes.Odds[1].Written) >= 0 {
		t.Errorf("laser eyes are excluded on a void: %v", eyes)
	}
	if lineage := d.Odds()[2]; !lineage.Hidden || lineage.Odds[2].Effective.Cmp(big.NewRat(1, 1000)) > 0 {
		t.Errorf("ghosts only with closed eyes: %v", lineage)
	}
}

func TestDraw_IsWhatIsGenerated(t *testing.T) {
	d, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	for id := uint64(1); id <= 50; id++ {
		drawn, err := d.Draw(id)
		if err != nil || len(drawn) != 3 {
			t.Fatalf("token %d: %v, %v", id, drawn, err)
		}
		rows, err := d.model.Draw(d.Circuit.Size, d.secrets.seed, d.Beacon.Value, id)
		if err != nil {
			t.Fatal(err)
		}
		for i := range drawn {
			if drawn[i].Text != rows[i].Text || drawn[i].Hidden != (i == 2) {
				t.Errorf("token %d: %+v, the model draws %+v", id, drawn[i], rows[i])
			}
		}
	}
	for _, id := range []uint64{0, d.IDs.Last() + 1} {
		if _, err := d.Draw(id); err == nil {
			t.Errorf("token %d is drawn", id)
		}
	}
}
