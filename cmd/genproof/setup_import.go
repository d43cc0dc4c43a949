package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/keycar"
)

func (p *program) setupImportVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "import", ArgsUsage: "[FILE]", Usage: "take a circuit's keys from a CAR, a gateway or an IPFS node",
		Description: "FILE is a CAR of genproof setup export. Or: --ipfs CID with --gateway URL or --api URL: every block is checked,\n" +
			"and what was fetched before an interruption is kept. The constraint system must be that of this program's circuit.",
		Flags: append([]cli.Flag{
			keysFlag(),
			&cli.StringFlag{Name: "ipfs", Usage: "the `CID` of the CAR's root, instead of a file"},
			&cli.StringFlag{Name: "gateway", Usage: "the `URL` of a trustless IPFS gateway, such as https://trustless-gateway.link"},
			&cli.StringFlag{Name: "signer", Usage: "the `PUBLIC-KEY` that must have signed the manifest: whose word you take for the keys"},
			&cli.BoolFlag{Name: "allow-unsigned", Usage: "take keys that nobody you named stands for; they are kept as unsafe-development"},
			&cli.BoolFlag{Name: "force", Usage: "replace keys that are there; proofs of the old ones do not verify with the new ones"},
		}, ipfsNodeFlags()...),
		Action: p.setupImport,
	})
}

type importReport struct {
	setupReport
	Signer  string `json:"signer"`  // empty: nobody who was named
	Fetched int    `json:"fetched"` // blocks
	Kept    int    `json:"kept"`    // blocks of an earlier run
}

// keyLimits have room for the keys of every circuit, whatever tool chunked them.
var keyLimits = car.Limits{Bytes: keycar.MaxBytes, Blocks: 1 << 13, Entries: 8, FileBytes: keycar.MaxBytes}

// An arrival is one import.
type arrival struct {
	*program
	store    *setup.Store
	signer   *[32]byte // who must have signed; nil: nobody in particular
	replace  bool
	report   importReport
	manifest *keycar.Manifest
	fetched  *console.Meter
	unwanted error // why the keys are refused before they are fetched
}

func (p *program) setupImport(c *cli.Context) error {
	args, err := console.Operands(c, 0, 1)
	if err != nil {
		return err
	}
	a := &arrival{program: p, replace: c.Bool("force")}
	if err := a.trust(c); err != nil {
		return err
	}
	if a.store, err = p.store(c); err != nil {
		return err
	}
	start := time.Now()
	if len(args) == 1 {
		err = a.fromFile(c, args[0])
	} else {
		err = a.fromIPFS(c)
	}
	if err != nil {
		return err
	}
	a.report.Seconds = time.Since(start).Seconds()
	return a.say()
}

// trust reads whose word is taken.
func (a *arrival) trust(c *cli.Context) error {
	signer := c.String("signer")
	switch {
	case signer != "" && c.Bool("allow-unsigned"):
		return errors.New("--signer and --allow-unsigned are both given")
	case signer == "" && !c.Bool("allow-unsigned"):
		return console.Hint(errors.New("no signer is named: whoever made a proving key can make proofs fail as it likes, and whoever made a verifying key may forge them"),
			"name the public key of somebody you trust with --signer, or trust where the file comes from with --allow-unsigned")
	case signer == "":
		return nil
	}
	key, err := keycar.ParseSigner(signer)
	a.signer = &key
	return err
}

func (a *arrival) fromFile(c *cli.Context, file string) error {
	if c.String("ipfs") != "" || c.String("gateway") != "" || c.String("api") != "" || c.String("api-file") != "" {
		return console.Hint(errors.New("both a file and a place on IPFS are named"), c.Command.HelpName+" --help")
	}
	return a.fromCAR(c.Context, file)
}

// fromIPFS fetches into the store's folder, so that a later run goes on from there.
func (a *arrival) fromIPFS(c *cli.Context) error {
	from, err := a.source(c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(a.store.Dir(), 0o700); err != nil {
		return err
	}
	root := c.String("ipfs")
	part := filepath.Join(a.store.Dir(), "import-"+filepath.Base(root)+".car")
	d := &ipfs.Download{
		Root: root, From: from, Limits: keyLimits, First: keycar.ManifestFile, Check: func(data []byte) error { a.unwanted = a.accept(data); return a.unwanted },
		Progress: func(done int64) { a.fetched.Set(done) },
	}
	got, err := d.Run(c.Context, part)
	a.fetched.End()
	if a.unwanted != nil {
		return errors.Join(a.unwanted, os.Remove(part))
	}
	if err != nil {
		return console.Hint(err, "run the same again: what was fetched is kept")
	}
	a.report.Fetched, a.report.Kept = got.Blocks, got.Kept
	if err := a.fromCAR(c.Context, part); err != nil {
		var system *fs.PathError // a full disk, say
		if c.Context.Err() != nil || errors.Is(err, setup.ErrHasKeys) || errors.As(err, &system) {
			return err
		}
		return errors.Join(err, os.Remove(part)) // whole, and not what it should be: keeping it helps nobody
	}
	return os.Remove(part)
}

func (a *arrival) source(c *cli.Context) (*ipfs.Source, error) {
	gateway := c.String("gateway")
	api, err := a.nodeURL(c)
	switch {
	case err != nil:
		return nil, err
	case c.String("ipfs") == "":
		return nil, console.Hint(errors.New("neither a file nor a CID is named"), c.Command.HelpName+" --help")
	case (gateway == "") == (api == ""):
		return nil, console.Hint(errors.New("the CID needs one place to fetch it from"), "add --gateway URL, or --api URL of an IPFS node")
	case gateway != "":
		return ipfs.Gateway(gateway)
	}
	return ipfs.Node(api)
}

// accept reads the manifest and decides whether the rest is wanted.
func (a *arrival) accept(data []byte) error {
	m, err := keycar.Parse(data)
	if err != nil {
		return err
	}
	switch {
	case a.signer == nil:
		m.Provenance = provenance.UnsafeDevelopment // nobody who was named says otherwise
	case !m.Signed():
		return console.Hint(errors.New("nobody has signed the keys"), "genproof setup export --sign signs them")
	case m.Signer != *a.signer:
		return fmt.Errorf("the keys are signed by %s, want %s", hexOf(m.Signer[:]), hexOf(a.signer[:]))
	default:
		a.report.Signer = hexOf(m.Signer[:])
	}
	a.manifest = m
	a.fetched = a.Bars.Bytes("fetching "+m.Circuit, int64(m.Files.CS.Size+m.Files.PK.Size+m.Files.VK.Size))
	return nil
}

// fromCAR checks a CAR of keys and puts them into the store.
func (a *arrival) fromCAR(ctx context.Context, path string) error {
	archive, err := car.Open(path, keyLimits)
	if err != nil {
		return console.Hint(err, "give a CAR of genproof setup export")
	}
	defer archive.Close()
	if want := append([]string{keycar.ManifestFile}, keycar.FileNames...); !slices.Equal(archive.Paths(), slices.Sorted(slices.Values(want))) {
		return console.Hint(fmt.Errorf("%s is not a CAR of keys: it holds %.200q, want %q", path, archive.Paths(), want), "give a CAR of genproof setup export")
	}
	if size := archive.Size(keycar.ManifestFile); size > keycar.MaxManifestBytes {
		return fmt.Errorf("%s: its manifest has %d bytes, want at most %d", path, size, keycar.MaxManifestBytes)
	}
	manifest, err := archive.ReadFile(keycar.ManifestFile)
	if err != nil {
		return err
	}
	if err := a.accept(manifest); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	a.fetched.End()
	return a.install(ctx, archive)
}

func (a *arrival) install(ctx context.Context, archive *car.Archive) error {
	id, err := statement.ParseCircuitID(a.manifest.Circuit)
	if err != nil {
		return err
	}
	progress := a.keyProgress(id.String())
	circuit, err := a.store.Circuit(ctx, id, progress)
	if err != nil {
		return err
	}
	keys, there, err := a.present(ctx, circuit, progress)
	if err != nil {
		return err
	}
	if !there {
		if keys, err = a.take(ctx, circuit, archive, progress); err != nil {
			return err
		}
	}
	digest := keys.Verifying.Digest()
	a.Log.Info().Str("circuit", circuit.ID).Str("key", hexOf(digest[:])).Str("signer", a.report.Signer).Msg("keys imported")
	a.report.setupReport = setupReport{
		Circuit: circuit.ID, Constraints: circuit.Constraints, CircuitDigest: hexOf(circuit.Digest[:])[2:], KeyDigest: hexOf(digest[:]),
		Provenance: keys.Provenance, Folder: a.store.Path(circuit.Digest), Reused: there,
	}
	return nil
}

// present returns the very keys if the store has them already, whole.
func (a *arrival) present(ctx context.Context, circuit *setup.Circuit, progress setup.Progress) (*setup.Groth16Keys, bool, error) {
	there, err := a.store.Has(circuit)
	if err != nil || !there || a.replace {
		return nil, false, err
	}
	m, err := a.store.Lookup(ctx, a.manifest.Files.VK.SHA256)
	if err != nil || m.Provenance != a.manifest.Provenance || m.Files["pk"].SHA256 != hexOf(a.manifest.Files.PK.SHA256[:])[2:] {
		return nil, false, console.Hint(fmt.Errorf("%s has other keys of %s, or they are damaged: %w", a.store.Dir(), circuit.ID, setup.ErrHasKeys),
			"replace them with --force: proofs of the old ones do not verify with the new ones")
	}
	keys, err := a.store.Groth16Keys(ctx, circuit, progress)
	return keys, true, err
}

// take reads the keys, checks them, tries them, and installs them.
func (a *arrival) take(ctx context.Context, circuit *setup.Circuit, archive *car.Archive, progress setup.Progress) (*setup.Groth16Keys, error) {
	from, err := provenance.Parse(a.manifest.Provenance)
	if err != nil {
		return nil, err
	}
	pk, vk, err := setup.ReadKeys(ctx, circuit, a.manifest, func(name string) (io.Reader, error) { return archive.Open(name) }, progress)
	if err != nil {
		return nil, err
	}
	audited, err := setup.Audit(ctx, circuit, pk, vk, from, progress)
	if err != nil {
		return nil, err
	}
	if err := a.tryKeys(ctx, audited.Keys()); err != nil {
		return nil, err
	}
	return a.store.InstallGroth16(ctx, audited, a.replace, progress)
}

func (a *arrival) say() error {
	r := &a.report
	if a.JSON {
		return a.program.Report(r)
	}
	if a.saySetup(&r.setupReport, "imported"); a.signer == nil {
		a.program.Say("Nobody who was named stands for these keys: they are as good as the place they came from.")
	} else {
		a.Table([]string{"  signed by", r.Signer})
	}
	return nil
}
