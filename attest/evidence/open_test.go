package evidence

import (
	"errors"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/genproof/genproof/ipfs/car"
)

// A pack in a CAR that has its blocks twice holds the same files; one with more in it than its tree is
// no pack, and not a damaged one.
func TestOpen_TellsBlocksTwiceFromMore(t *testing.T) {
	whole, err := os.ReadFile("../../testdata/published/drop.car")
	if err != nil {
		t.Fatal(err)
	}
	files := func(data []byte) map[string]string {
		t.Helper()
		from, err := opened(data)
		if err != nil {
			t.Fatal(err)
		}
		list, err := content(from)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if once, twice := files(whole), files(slices.Concat(whole, whole[len(car.Header(car.CID{})):])); len(once) == 0 || !maps.Equal(once, twice) {
		t.Errorf("%d and %d files", len(once), len(twice))
	}
	var more *car.Surplus
	if _, err := opened(slices.Concat(whole, car.Section(car.Raw([]byte("more")), []byte("more")))); !errors.As(err, &more) || more.Blocks != 1 {
		t.Errorf("got %v", err)
	}
}
