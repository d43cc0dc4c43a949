package document

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// A change of these values is a change of protocol: every committed template is lost with it.
// They are those of ../testdata/golden_drop.py, which lays templates out by FORMAT.md and hashes
// them by SPEC.md.
func TestCommitment_IsPinned(t *testing.T) {
	padded := config()
	padded.External, padded.Width, padded.Fields = "", 5, padded.Fields[:1]
	padded.Image, padded.Name = padded.Image[:len(padded.Image)-len("{id}.png")]+"{id:05}.png", "Nebula Foxes #{id:05}"
	alone := Config{Supply: 1, Name: "Foxes", Fields: append(config().Fields[1:6:6], Field{Slot: 17, Type: dagPBType, Label: "Image"})}
	for _, row := range []struct {
		name string
		size statement.Size
		from Config
		want string
	}{
		{"members, ids and attributes", statement.Large, config(), "2d295dac1268961efe6f0afb2f78728ba7bbd112002f856a97425875ff1edae7"},
		{"ids first, padded", statement.Small, padded, "15ab94ebf2f294b3554a9d1d303ea5f41365267d36118575ce51efac15b42bb4"},
		{"attributes alone", statement.Standard, alone, "27e86450ef9ba9fa4c82518dbecfb4a5cc2c8e0e2ad733cb523ff9a5fa1bdfeb"},
	} {
		tpl, err := New(row.size, row.from)
		if err != nil {
			t.Fatal(err)
		}
		commitment := tpl.Commitment()
		if got := commitment.Text(16); got != row.want {
			t.Errorf("%s: commitment %s, want %s", row.name, got, row.want)
		}
	}
}
