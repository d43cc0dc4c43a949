package engine

import (
	"fmt"
	"path"
	"strings"

	"github.com/genproof/genproof/circuits/statement"
)

// spritesFolder is the folder of a drop's sprites.
const spritesFolder = "sprites"

// takesSprites reports whether the circuit proves pictures that are composed of sprites.
func takesSprites(c statement.CircuitID) bool { return c.Size.IsArt() && !c.Size.HasNetwork() }

// readSprites reads the layers' files, each of which becomes FOLDER/TRAIT/TEXT.png.
func (w *dropWriter) readSprites() (err error) {
	frames := map[int]int{}
	for _, c := range statement.DrawnBy(statement.Groth16) {
		if takesSprites(c) {
			frames[c.Size.Frame.Side] = c.Size.Frame.Colours() - 1
		}
	}
	if w.sprites, err = w.plan.Sprites(frames); err != nil {
		return err
	}
	for _, l := range w.plan.Layers {
		if !isFileName(l.Trait) {
			return fmt.Errorf("the layer %q: its trait's name is no file's name, and its sprites lie in a folder of this name", l.Trait)
		}
		for _, r := range l.Rows {
			if r.Text != "" && !isFileName(r.Text) {
				return fmt.Errorf("the layer %q: %q is no file's name, and its sprite is a file of this name", l.Trait, r.Text)
			}
		}
	}
	return nil
}

// isFileName reports whether a sprite's file or folder can have the name.
func isFileName(s string) bool {
	return s != "" && !strings.HasPrefix(s, ".") && !strings.ContainsAny(s, "/\\\x00")
}

// addSprites adds the sprites to a drop's files.
func (w *dropWriter) addSprites(texts map[string][]byte) {
	for i, l := range w.plan.Layers {
		for j, r := range l.Rows {
			if r.Text != "" {
				texts[path.Join(spritesFolder, l.Trait, r.Text+".png")] = w.sprites.Files[i][j]
			}
		}
	}
}

// spritesText is what model.yaml says of sprites. Nothing lies below the lowest of them.
func (w *dropWriter) spritesText() string {
	names := make([]string, len(w.plan.Layers))
	for i, l := range w.plan.Layers {
		names[i] = quote(l.Trait)
	}
	return fmt.Sprintf("\nsprites:                      # %s/TRAIT/TEXT.png: one file a row, %d×%d pixels\n  folder: %s\n  order: [%s]   # painted first to last\n",
		spritesFolder, w.sprites.Side, w.sprites.Side, spritesFolder, strings.Join(names, ", "))
}
