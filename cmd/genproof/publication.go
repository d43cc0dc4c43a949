package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/key"
)

// openPublication is openAny of a drawn drop, for verbs that know nothing of decks.
func (p *program) openPublication(c *cli.Context, where, trusted, keyFile string) (*publication.Publication, error) {
	s, err := p.openAny(c, where, trusted, keyFile)
	if err != nil || s.Deck == nil {
		return s, err
	}
	return nil, errors.Join(errDeck, s.Close())
}

var errDeck = errors.New("this is a deck, and the verb is for drawn drops")

// openAny opens an output folder, a CAR or one bundle. trusted, if not empty, is the
// description to go by instead of the one that is published along: a file, or a folder of it.
func (p *program) openAny(c *cli.Context, where, trusted, keyFile string) (*publication.Publication, error) {
	t, err := p.trust(c, trusted)
	if err != nil {
		return nil, err
	}
	return p.openTrusting(where, keyFile, t)
}

// openTrusting opens what is published by what is trusted of it, and with the key of a file if one
// is named.
func (p *program) openTrusting(where, keyFile string, t publication.Trust) (*publication.Publication, error) {
	_, err := os.Stat(where)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, console.Hint(fmt.Errorf("there is no file or folder %s", where), "genproof prove makes an output folder")
	}
	if keyFile != "" {
		if t.Key, err = p.trustedKey(keyFile); err != nil {
			return nil, err
		}
	}
	opened, err := publication.Open(where, t)
	return opened, openingHint(err)
}

// trust is what this machine knows, and the description that is trusted, if not empty, with the
// key beside it.
func (p *program) trust(c *cli.Context, trusted string) (publication.Trust, error) {
	t := publication.Trust{Compiler: drop.Compiler{}, Keys: knownKeys(c)}
	reader, err := p.attestOptions(c)
	if err != nil {
		return t, err
	}
	t.Attest = *reader
	if t.Attestations, err = p.namedAttestations(c); err != nil {
		return t, err
	}
	if t.Verified, err = verifiedKeys(c); err != nil || trusted == "" {
		return t, err
	}
	return t, p.trustDrop(&t, trusted)
}

// openingHint says what to do about a publication that cannot be judged.
func openingHint(err error) error {
	if more := new(car.Surplus); errors.As(err, &more) {
		return console.Hint(fmt.Errorf("not judged: %w", err), "genproof publish FOLDER --car FILE packs an output folder anew; ipfs dag export ROOT writes the drop alone. What else is in the CAR nobody has looked at")
	}
	for _, known := range []struct {
		err  error
		hint string
	}{
		{publication.ErrPart, "give the folder that it is in; genproof export card makes one file of all about a card"},
		{publication.ErrShown, "genproof verify FILE --drop drop.json"},
		{publication.ErrAlone, "name the deck's description with --drop drop.json"},
		{publication.ErrClaimKey, "leave --key out, or name the key of the rule/deck circuit"},
		{publication.ErrLone, "name the drop's description with --drop drop.json"},
		{publication.ErrDocument, "give the bundle, bundles/ID.json, with --drop; or a whole output folder, or with --rpc and --contract a contract"},
		{publication.ErrNoDescription, "give an output folder of genproof prove, or a CAR of one; or name a description with --drop"},
		{publication.ErrNoKey, "name the verifying key with --key"},
		{publication.ErrNoBundles, "genproof prove makes some"},
		{publication.ErrUnknown, "give an output folder, a CAR of one, or a bundle"},
	} {
		if errors.Is(err, known.err) {
			return console.Hint(err, known.hint)
		}
	}
	return err
}

// trustDrop reads drop.json or a folder of it, and the verifying key beside it if there is one.
func (p *program) trustDrop(t *publication.Trust, where string) error {
	data, file, err := p.descriptionBytes(where)
	if err != nil {
		return err
	}
	if bundle.IsDeck(data) {
		t.Deck, err = bundle.UnmarshalDeck(data)
	} else {
		t.Description, err = bundle.UnmarshalDescription(data)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	beside := filepath.Join(filepath.Dir(file), bundle.KeyFile)
	if _, err := os.Lstat(beside); file == "-" || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	t.Key, err = p.trustedKey(beside)
	return err
}

// descriptionBytes reads drop.json or a folder of it, and returns the file that it was in.
func (p *program) descriptionBytes(where string) ([]byte, string, error) {
	if info, err := os.Stat(where); err == nil && info.IsDir() {
		where = filepath.Join(where, bundle.DescriptionFile)
	}
	data, err := p.readFile(where, bundle.MaxBytes)
	return data, where, err
}

// trustedDescription reads drop.json of a drawn drop, or a folder of it, and returns the file
// that it was in.
func (p *program) trustedDescription(where string) (*bundle.Description, string, error) {
	data, where, err := p.descriptionBytes(where)
	if err != nil {
		return nil, "", err
	}
	if bundle.IsDeck(data) {
		return nil, "", fmt.Errorf("%s: %w", where, errDeck)
	}
	d, err := bundle.UnmarshalDescription(data)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", where, err)
	}
	return d, where, nil
}

func (p *program) trustedKey(where string) (key.Verifying, error) {
	data, err := p.readFile(where, publication.MaxKeyBytes)
	if err != nil {
		return nil, console.Hint(err, "name the verifying key with --key")
	}
	vk, err := verifier.ParseKey(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	return vk, nil
}

// knownKeys is this machine's key store, which knows where its keys come from. Without one,
// or with one that cannot be opened, nothing is known of any key.
func knownKeys(c *cli.Context) publication.Keys {
	dir, err := keysDir(c)
	if err != nil {
		return noKeys{}
	}
	store, err := setup.OpenStore(dir)
	if err != nil {
		return noKeys{}
	}
	return store
}

// verifiedKeys are those whose ceremonies were verified on this machine.
func verifiedKeys(c *cli.Context) ([]circuits.KeyPin, error) {
	dir, err := keysDir(c)
	if err != nil {
		return nil, nil
	}
	store, err := setup.OpenStore(dir)
	if err != nil {
		return nil, nil
	}
	return store.Verified()
}

type noKeys struct{}

func (noKeys) KeyProvenance(context.Context, string, [32]byte) string { return "" }
