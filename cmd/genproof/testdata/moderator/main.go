// Moderator plays whoever looks at pictures before they are sold: it gives each a score, notes
// the consent it has, and adds both to the runner's table of claims.
//
//	moderator FOLDER
package main

import (
	"encoding/csv"
	"fmt"
	"image/png"
	"log"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("moderator FOLDER")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(folder string) error {
	f, err := os.Open(filepath.Join(folder, "painted.csv"))
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	for i, row := range rows {
		if i == 0 {
			rows[i] = append(row, "safety", "consent")
			continue
		}
		score, err := judge(filepath.Join(folder, row[0]+".png"))
		if err != nil {
			return err
		}
		rows[i] = append(row, fmt.Sprintf("0.%d", score), "true")
	}
	out, err := os.OpenFile(filepath.Join(folder, "claims.csv"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		return err
	}
	return out.Close()
}

// judge returns 86 to 98: a picture without much red is harmless.
func judge(path string) (int, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		return 0, err
	}
	red := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, _, _, _ := img.At(x, y).RGBA(); r > 0x6000 {
				red++
			}
		}
	}
	return 98 - 12*red/(img.Bounds().Dx()*img.Bounds().Dy()), nil
}
