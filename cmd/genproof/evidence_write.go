package main

import (
	"archive/zip"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
)

// maxHidden bounds a hidden file that a pack holds or leaves out, in bytes.
const maxHidden = 1 << 28

// packHidden adds what --hidden names, or leaves it out and returns the salts of what it tells of it.
func (p *program) packHidden(c *cli.Context, packing *evidence.Packing) (salts map[string]string, err error) {
	names, inside := c.StringSlice("hidden"), false
	switch packing.Head.For {
	case forMarketplace:
		if len(c.StringSlice("to")) > 0 {
			return nil, errors.New("--to is for packs with something hidden, and a marketplace gets nothing of it")
		}
	case forRegulator, forCourt:
		inside = len(names) > 0
	default:
		return nil, console.Hint(fmt.Errorf("--for: nobody is called %.40q", packing.Head.For), "use marketplace, regulator or court")
	}
	if inside && (len(c.StringSlice("to")) == 0 || packing.Head.Recipient == "") {
		return nil, console.Hint(errors.New("a pack with something hidden is for somebody, and encrypted to them"), "name them with --recipient, and their age key with --to age1…")
	}
	salts = map[string]string{}
	for i, name := range names {
		data, err := p.readFile(name, maxHidden)
		if err != nil {
			return nil, err
		}
		if inside {
			packing.Inputs = append(packing.Inputs, evidence.Bytes(fmt.Sprintf("%s/%d-%s", evidence.HiddenDir, i, filepath.Base(name)), "hidden", "the drop's author", data))
			continue
		}
		var salt [32]byte
		if _, err := rand.Read(salt[:]); err != nil {
			return nil, err
		}
		left := evidence.Leave(filepath.Base(name), salt, data)
		packing.Head.LeftOut = append(packing.Head.LeftOut, left)
		salts[fmt.Sprintf("%x", left.Commitment)] = fmt.Sprintf("%x", salt)
	}
	return salts, nil
}

// writePack writes a pack as the options say.
func (p *program) writePack(c *cli.Context, list []evidence.Input, packing *evidence.Packing, salts map[string]string) error {
	r := &packReport{File: c.String("out"), Zip: c.String("zip"), Files: len(list), LeftOut: len(packing.Head.LeftOut)}
	sum, err := digestOfInput(list[0])
	if err != nil {
		return err
	}
	r.Manifest = fmt.Sprintf("%x", sum)
	if to := c.StringSlice("to"); len(to) > 0 {
		if c.IsSet("zip") {
			return errors.New("--zip: a pack with something hidden is one encrypted file, the one of --out")
		}
		if !c.IsSet("out") {
			r.File = "evidence.zip.age"
		}
		err = encryptPack(r.File, list, to)
	} else {
		err = p.writeOpenPack(c, r, list)
	}
	if err != nil {
		return err
	}
	if len(salts) > 0 {
		r.Salts = r.File + ".salts.json"
		data, err := json.MarshalIndent(salts, "", "  ")
		if err != nil {
			return err
		}
		if err := files.Write(r.Salts, append(data, '\n'), files.Secret); err != nil {
			return err
		}
	}
	if p.JSON {
		return p.Report(r)
	}
	p.sayPack(r)
	return nil
}

func digestOfInput(x evidence.Input) ([]byte, error) {
	r, err := x.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() // only read
	h := sha256.New()
	_, err = io.Copy(h, r)
	return h.Sum(nil), err
}

func (p *program) writeOpenPack(c *cli.Context, r *packReport, list []evidence.Input) error {
	var tree []ipfs.File
	for _, x := range list {
		tree = append(tree, ipfs.File{Path: x.Path, Open: x.Open})
	}
	if err := mayReplace(r.File, "CAR", isCAR); err != nil {
		return err
	}
	root, err := ipfs.WriteCAR(c.Context, r.File, tree)
	if err != nil {
		return err
	}
	if r.Root = root.String(); r.Zip == "" {
		return nil
	}
	return files.Stream(r.Zip, files.Public, func(f *os.File) error { return writeZip(f, list) })
}

// writeZip writes the same bytes for the same pack.
func writeZip(to io.Writer, list []evidence.Input) error {
	z := zip.NewWriter(to)
	for _, x := range list {
		w, err := z.CreateHeader(&zip.FileHeader{Name: x.Path, Method: zip.Deflate})
		if err != nil {
			return err
		}
		r, err := x.Open()
		if err != nil {
			return err
		}
		if _, err = io.Copy(w, r); err != nil {
			return errors.Join(err, r.Close())
		}
		if err := r.Close(); err != nil {
			return err
		}
	}
	return z.Close()
}

// encryptPack writes a zip into age: nothing of it is on disk in the clear.
func encryptPack(path string, list []evidence.Input, to []string) error {
	var recipients []age.Recipient
	for _, text := range to {
		r, err := age.ParseX25519Recipient(text)
		if err != nil {
			return console.Hint(errors.New("--to: that is no age recipient"), "age-keygen prints one: age1…")
		}
		recipients = append(recipients, r)
	}
	return files.Stream(path, files.Secret, func(f *os.File) error {
		w, err := age.Encrypt(f, recipients...)
		if err != nil {
			return err
		}
		if err := writeZip(w, list); err != nil {
			return err
		}
		return w.Close()
	})
}

func (p *program) sayPack(r *packReport) {
	p.Say("%s: %s", r.File, countedOf(r.Files, "file", "files"))
	rows := [][]string{{"  manifest's SHA-256", r.Manifest}}
	if r.Root != "" {
		rows = append(rows, []string{"  root CID", r.Root})
	}
	if r.Zip != "" {
		rows = append(rows, []string{"  the same as a zip", r.Zip})
	}
	if r.LeftOut > 0 {
		rows = append(rows, []string{"  left out", fmt.Sprintf("%s; the salts of their commitments are in %s: keep it", countedOf(r.LeftOut, "file", "files"), r.Salts)})
	}
	p.Table(rows...)
	p.Say("Next, on any machine: genproof evidence verify %s. Tell its reader the manifest's SHA-256 by another way.", r.File)
}
