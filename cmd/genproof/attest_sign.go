package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

// signerFlags say who signs.
func signerFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "key", Usage: "the `FILE` of the signer's key, from genproof attest new-key; - for stdin"},
		&cli.StringFlag{Name: "key-file", Usage: "instead, the `FILE` of an Ethereum account's private key: 64 hex digits, or a keystore file; - for stdin"},
		&cli.StringFlag{Name: "password-file", Usage: "the `FILE` of the keystore file's password; - for stdin"},
		&cli.Uint64Flag{Name: "chain-id", Value: 1, Usage: "the account's chain, with --key-file"},
		&cli.StringFlag{Name: "identity", Usage: "instead, an account that a wallet or a Safe signs for, `eip155:CHAIN:ADDRESS`: writes what it has to sign"},
		&cli.BoolFlag{Name: "contract-account", Usage: "the account of --identity is a contract (ERC-1271), a Safe for example"},
	}
}

func (p *program) attestNewKey(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	if args[0] == "-" {
		return console.Hint(errors.New("a secret key is not written to stdout"), "name a file")
	}
	key, err := attest.NewKey(rand.Reader)
	if err != nil {
		return err
	}
	if err := files.Create(args[0], key.Secret(), files.Secret); err != nil {
		return console.Hint(err, "name a new file: a key that is there is never replaced")
	}
	r := map[string]string{"identity": key.String(), "key_id": attest.KeyID(key.Identity()), "file": args[0]}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("identity: %s", r["identity"])
	p.Say("key id: %s", r["key_id"])
	p.Say("The identity goes into a deck's attesters and into readers' trust files. The secret is in %s: keep it, and keep it to yourself.", args[0])
	return nil
}

func (p *program) attestDraft(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	d := attest.NewDraft(args[0])
	if d == nil {
		return console.Hint(fmt.Errorf("there is no draft of %.40q", args[0]), "use "+strings.Join(attest.Names()[:6], ", ")+"; genproof attest withdraw needs none")
	}
	data, err := strictjson.Marshal(d)
	if err != nil {
		return err
	}
	_, err = p.Stdout.Write(data)
	return err
}

// signStatement makes a statement for the signer of the options, signs and writes it. What somebody
// else signs is written as a payload.
func (p *program) signStatement(c *cli.Context, make func(bundle.Identity, string) (*attest.Statement, error)) error {
	if text := c.String("identity"); text != "" {
		return p.writePayload(c, text, make)
	}
	by, err := p.attestSigner(c)
	if err != nil {
		return err
	}
	s, err := make(by.Identity(), by.Scheme())
	if err != nil {
		return err
	}
	a, err := attest.Sign(c.Context, s, by)
	if err != nil {
		return err
	}
	return p.writeAttestation(c, a)
}

func (p *program) attestSigner(c *cli.Context) (attest.Signer, error) {
	switch key, account := c.String("key"), c.String("key-file"); {
	case key != "" && account != "":
		return nil, errors.New("--key and --key-file both name who signs: give one")
	case account != "":
		a, err := p.accountOf(c)
		if err != nil {
			return nil, err
		}
		if c.Uint64("chain-id") == 0 {
			return nil, errors.New("--chain-id: no chain has the number 0")
		}
		return accountSigner{a, bundle.Identity{Chain: c.Uint64("chain-id"), Account: a.Address}}, nil
	case key == "":
		return nil, console.Hint(errors.New("nobody is named who signs"), "genproof attest new-key FILE makes a key; name it with --key, or an account with --key-file or --identity")
	}
	return p.attestKey(c.String("key"))
}

// attestKey reads the file of a key.
func (p *program) attestKey(path string) (*attest.Key, error) {
	data, err := p.readSecret(path)
	if err != nil {
		return nil, err
	}
	key, err := attest.ParseKey(data)
	if err != nil {
		return nil, console.Hint(err, "genproof attest new-key makes one; an account's key is named with --key-file")
	}
	return key, nil
}

// An accountSigner signs with an account's key.
type accountSigner struct {
	account *chain.Account
	id      bundle.Identity
}

func (s accountSigner) Identity() bundle.Identity { return s.id }
func (s accountSigner) Scheme() string            { return attest.EIP712 }
func (s accountSigner) Sign(payload []byte) ([]byte, error) {
	return s.account.SignDigest(attest.Digest(s.id.Chain, payload))
}

type payloadReport struct {
	Payload   string `json:"payload"`    // the file
	TypedData string `json:"typed_data"` // what a wallet signs: eth_signTypedData_v4
	Digest    string `json:"digest"`     // of it, as a Safe's owners sign a message
}

// writePayload writes what a wallet has to sign.
func (p *program) writePayload(c *cli.Context, text string, make func(bundle.Identity, string) (*attest.Statement, error)) error {
	id, err := bundle.ParseIdentity(strings.ToLower(text))
	if err != nil || !id.IsAccount() {
		return fmt.Errorf("--identity: want eip155:CHAIN:ADDRESS, got %.80q", text)
	}
	scheme := attest.EIP712
	if c.Bool("contract-account") {
		scheme = attest.ERC1271
	}
	s, err := make(id, scheme)
	if err != nil {
		return err
	}
	payload, err := s.Marshal()
	if err != nil {
		return err
	}
	r := &payloadReport{Payload: c.String("out"), TypedData: attest.TypedData(id.Chain, payload), Digest: fmt.Sprintf("%#x", attest.Digest(id.Chain, payload))}
	if c.String("publish") != "" {
		return console.Hint(errors.New("nothing is signed yet that could be published"), "name the payload's file with --out; genproof attest complete then takes --publish")
	}
	if r.Payload == "" {
		r.Payload = fmt.Sprintf("payload-%.8x.json", sha256.Sum256(payload))
	}
	if err := files.Write(r.Payload, payload, files.Public); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s waits for its signature. The wallet signs this typed data:", r.Payload)
	p.Say("%s", r.TypedData)
	p.Say("its digest: %s", r.Digest)
	p.Say("Next: genproof attest complete %s --signature 0x…", r.Payload)
	return nil
}

func (p *program) attestComplete(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	payload, err := p.readFile(args[0], attest.MaxBytes)
	if err != nil {
		return err
	}
	sig, err := hex.DecodeString(strings.TrimPrefix(c.String("signature"), "0x"))
	if err != nil {
		return errors.New("--signature: want 0x and hex digits")
	}
	if len(sig) == 65 && sig[64] < 2 { // as some wallets write v
		sig[64] += 27
	}
	a, err := attest.Complete(c.Context, payload, sig)
	if err != nil {
		return err
	}
	return p.writeAttestation(c, a)
}

func (p *program) attestWithdraw(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	data, err := p.readFile(args[0], attest.MaxBytes)
	if err != nil {
		return err
	}
	a, err := attest.Parse(data)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return p.signStatement(c, func(id bundle.Identity, scheme string) (*attest.Statement, error) {
		if signer := a.Statement.Predicate.Signer; id.String() != signer.Identity || scheme != signer.Scheme {
			return nil, fmt.Errorf("only its signer takes an attestation back: %s signed it, and this is %s", signer.Identity, id)
		}
		return a.Withdraw(c.String("reason"), time.Now())
	})
}

// logHeadOf reads SEQUENCE:HASH.
func logHeadOf(text string) (*attest.LogHead, error) {
	if text == "" {
		return nil, nil
	}
	number, hash, ok := strings.Cut(text, ":")
	n, err := strconv.ParseUint(number, 10, 64)
	if _, bad := parseDigest(hash); !ok || err != nil || bad != nil {
		return nil, console.Hint(errors.New("--log-head: want SEQUENCE:HASH"), "genproof log head prints it")
	}
	return &attest.LogHead{Sequence: n, Hash: strings.TrimPrefix(hash, "0x")}, nil
}

// roundOf reads CHAIN:ROUND:SIGNATURE, and checks the round.
func roundOf(text string) (*attest.Round, error) {
	if text == "" {
		return nil, nil
	}
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return nil, console.Hint(errors.New("--after: want CHAIN:ROUND:SIGNATURE"), "drand's relay shows a round's signature: CHAIN is the chain's hash")
	}
	n, err := strconv.ParseUint(parts[1], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("--after: %.40q is no round", parts[1])
	}
	r := &attest.Round{Chain: parts[0], Number: n, Signature: strings.TrimPrefix(parts[2], "0x")}
	_, err = timeOfRound(r)
	if err != nil {
		return nil, fmt.Errorf("--after: %w", err)
	}
	return r, nil
}

// parseDigest reads 32 bytes in hex, with or without 0x.
func parseDigest(s string) (d [32]byte, err error) {
	raw, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(raw) != len(d) {
		return d, fmt.Errorf("%.80q is no digest: want 64 hex digits", s)
	}
	return [32]byte(raw), nil
}
