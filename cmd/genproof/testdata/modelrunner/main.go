// Modelrunner plays a studio's model: a small deterministic painter. It reads a request for
// receipts and the traits that were drawn, makes up a prompt for each token, paints it, and
// leaves what the studio signs: pictures, prompts (which it keeps to itself) and a table of claims.
//
//	modelrunner REQUEST TRAITS FOLDER
package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("modelrunner REQUEST TRAITS FOLDER")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

type drawn struct {
	Token  uint64
	Traits map[string]string
}

func run(request, traits, folder string) error {
	var asked struct{ Tokens string }
	var tokens []drawn
	if err := read(request, &asked); err != nil {
		return err
	}
	if err := read(traits, &tokens); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	table := []string{"token,seed,made_at"}
	for _, t := range tokens {
		if !wanted(asked.Tokens, t.Token) {
			continue
		}
		prompt := fmt.Sprintf("a %s garden at night in %s light, secret muse %d", strings.ToLower(t.Traits["Season"]), strings.ToLower(t.Traits["Palette"]), t.Token*7919)
		seed := sha256.Sum256([]byte(prompt))
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.txt", t.Token)), []byte(prompt), 0o600); err != nil {
			return err
		}
		if err := paint(filepath.Join(folder, fmt.Sprintf("%d.png", t.Token)), seed); err != nil {
			return err
		}
		table = append(table, fmt.Sprintf("%d,%d,2026-11-29T20:00:%02dZ", t.Token, binary.BigEndian.Uint64(seed[:]), t.Token%60))
	}
	return os.WriteFile(filepath.Join(folder, "painted.csv"), []byte(strings.Join(table, "\n")+"\n"), 0o600)
}

func read(path string, v any) error {
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	return err
}

// wanted reports whether a list such as 1-3,7 has an id.
func wanted(list string, id uint64) bool {
	for part := range strings.SplitSeq(list, ",") {
		first, last, isRange := strings.Cut(part, "-")
		from, _ := strconv.ParseUint(first, 10, 64)
		to := from
		if isRange {
			to, _ = strconv.ParseUint(last, 10, 64)
		}
		if from <= id && id <= to {
			return true
		}
	}
	return false
}

// paint writes 64 by 64 pixels that nothing but the seed decides.
func paint(path string, seed [32]byte) error {
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			i := (x/8*8 + y/8) % 32
			img.SetNRGBA(x, y, color.NRGBA{seed[i] / 2, seed[(i+11)%32] / 2, seed[(i+23)%32], 255})
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		return err
	}
	return f.Close()
}
