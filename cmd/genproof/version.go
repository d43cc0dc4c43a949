package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
)

func (p *program) versionVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "version", Usage: "show the versions of genproof, of what its proofs rest on, its circuits' digests, and of verifier.html what a release's list is compared with",
		Flags: []cli.Flag{verifierFlag()}, Action: p.version,
	})
}

type versionReport struct {
	Genproof    string `json:"genproof"`
	Revision    string `json:"revision,omitempty"`
	Go          string `json:"go"`
	Gnark       string `json:"gnark"`
	GnarkCrypto string `json:"gnark_crypto"`
	Platform    string `json:"platform"`
	// Verifier is verifier.html: the one that this program was built with, or the file that is named.
	Verifier *verifierVersion `json:"verifier,omitempty"`
	// Circuits are the digests of the constraint systems: keys and proofs belong to them.
	Circuits []circuitVersion `json:"circuits"`
}

type circuitVersion struct {
	ID     string `json:"id"`
	Digest string `json:"digest"`
}

// A verifierVersion says which file verifier.html is, in two ways: as sha256sum and as IPFS do.
type verifierVersion struct {
	SHA256 string `json:"sha256"`
	CID    string `json:"cid"`
}

func (p *program) version(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	r := versionOf()
	html, err := p.verifierPage(c)
	if err != nil {
		return err
	}
	if html != nil {
		cid, err := ipfs.FileCID(c.Context, bytes.NewReader(html))
		if err != nil {
			return err
		}
		r.Verifier = &verifierVersion{fmt.Sprintf("%x", sha256.Sum256(html)), cid.String()}
	}
	for _, pin := range circuits.Pins() {
		r.Circuits = append(r.Circuits, circuitVersion{pin.ID, hex.EncodeToString(pin.Digest[:])})
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s", strings.TrimSpace("genproof "+r.Genproof+" "+r.Revision))
	p.Say("gnark %s, gnark-crypto %s, %s, %s", r.Gnark, r.GnarkCrypto, r.Go, r.Platform)
	if r.Verifier == nil {
		p.Say("verifier.html: this program was built without it; a release's is looked at with --verifier FILE")
	} else {
		p.Table([]string{"verifier.html", "sha256 " + r.Verifier.SHA256}, []string{"", "CID " + r.Verifier.CID})
	}
	rows := [][]string{}
	for _, c := range r.Circuits {
		rows = append(rows, []string{"  " + c.ID, c.Digest})
	}
	p.Table(rows...)
	return nil
}

// versionOf is this program's version, without its circuits.
func versionOf() versionReport {
	r := versionReport{Genproof: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		r.fill(info)
	}
	return r
}

func (r *versionReport) fill(info *debug.BuildInfo) {
	if info.Main.Version != "" {
		r.Genproof = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			r.Revision = s.Value
		}
	}
	for _, m := range info.Deps {
		switch m.Path {
		case "github.com/consensys/gnark":
			r.Gnark = m.Version
		case "github.com/consensys/gnark-crypto":
			r.GnarkCrypto = m.Version
		}
	}
}
