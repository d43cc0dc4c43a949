package subject

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/files"
)

const squaresConfig = "namePrefix: Squares\nlayerConfigurations: [{layersOrder: [{name: Large}, {name: Medium}, {name: Small}]}]\n"

// newSquares makes a drop of art/small in the folder to: of three layers, each of which paints a
// square of one of four colours onto the larger one below. The layers lie in a folder of dir.
func newSquares(dir, to string) error {
	from := filepath.Join(dir, "squares")
	for i, layer := range []string{"Large", "Medium", "Small"} {
		if err := os.MkdirAll(filepath.Join(from, "layers", layer), 0o755); err != nil {
			return err
		}
		for row := range 4 {
			file := filepath.Join(from, "layers", layer, fmt.Sprintf("%s %d.png", layer, row+1))
			if err := files.Write(file, square(3*i, color.NRGBA{uint8(80 * i), uint8(80 * row), 99, 255}), files.Public); err != nil {
				return err
			}
		}
	}
	if err := files.Write(filepath.Join(from, engine.LayersFile), []byte(squaresConfig), files.Public); err != nil {
		return err
	}
	_, err := engine.ImportDrawn(engine.DrawnOptions{From: from, To: to, Supply: 1000, Pictures: true})
	return err
}

// square is the PNG file of a square with a transparent margin, in pixels.
func square(margin int, c color.NRGBA) []byte {
	side := statement.ArtSmall.Frame.Side
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := margin; y < side-margin; y++ {
		for x := margin; x < side-margin; x++ {
			img.SetNRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic("subject: encoding a square: " + err.Error()) // a buffer takes everything
	}
	return b.Bytes()
}
