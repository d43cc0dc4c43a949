package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup/ceremony"
	"github.com/genproof/genproof/solidity"
)

func (p *program) ceremonyVerifyVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "verify", ArgsUsage: "FOLDER", Usage: "check a ceremony from source code and powers of tau to its keys; exits with 1 if it is rejected",
		Description: "With --rpc and --contract also that a deployed mint contract verifies with the ceremony's key. Nothing is written but that this machine has verified the key, into the store: verify says so from then on.",
		Flags:       append(append(powersFlags(), nodeFlags()...), keysFlag(), &cli.StringFlag{Name: "contract", Usage: "the mint contract's `ADDRESS`"}),
		Action:      p.ceremonyVerify,
	})
}

// A ceremonyReport is what is known of a ceremony. Of a rejected one only the reason is.
type ceremonyReport struct {
	Verdict       string               `json:"verdict"`
	Step          string               `json:"step,omitempty"` // the first that is wrong
	File          string               `json:"file,omitempty"`
	Reason        string               `json:"reason"`
	State         string               `json:"state,omitempty"` // open, closed (by the beacon) or final
	Circuit       string               `json:"circuit,omitempty"`
	CircuitDigest string               `json:"circuit_digest,omitempty"`
	Phase1        string               `json:"phase1,omitempty"` // kind:SHA-256:power
	Phase1By      []string             `json:"phase1_contributors,omitempty"`
	Phase1Not     string               `json:"phase1_unverified,omitempty"` // what of the contributions to the powers was not verified
	Ceremony      string               `json:"ceremony,omitempty"`
	Contributions []contributedReport  `json:"contributions"`
	Announced     string               `json:"announced,omitempty"`
	Beacon        *beaconAppliedReport `json:"beacon,omitempty"`
	KeyDigest     string               `json:"key_digest,omitempty"`
	CodeDigest    string               `json:"verifier_code_sha256,omitempty"` // of the verifier contract's runtime code
	Provenance    string               `json:"provenance,omitempty"`
	Transcript    string               `json:"transcript,omitempty"` // its SHA-256
	Contract      string               `json:"contract,omitempty"`   // that has this key
}

// ceremonyReportOf reports on a ceremony whose powers are srs, nil for a phase 1.
func ceremonyReportOf(f *ceremony.Folder, srs *ceremony.SRS, r *ceremony.Result) *ceremonyReport {
	report := &ceremonyReport{
		Verdict: "accepted", State: "open", Ceremony: hexOf(f.Digest[:]), Announced: f.Definition.Beacon, Contributions: []contributedReport{},
	}
	if c := f.Definition.Circuit; c != nil {
		report.Circuit, report.CircuitDigest = c.ID, hexOf(c.ConstraintSystem[:])
		report.Phase1 = fmt.Sprintf("%s:%x:%d", c.Source.Kind, c.Source.SHA256, c.Source.Power)
	}
	if srs != nil {
		report.Phase1By, report.Phase1Not = srs.Contributors, srs.Unverified
	}
	for _, a := range r.Attestations {
		report.Contributions = append(report.Contributions, contributedOf(a))
	}
	if r.Beacon == nil {
		return report
	}
	digest := sha256.Sum256(r.Transcript)
	report.Beacon, report.Transcript, report.State = beaconAppliedOf(r.Beacon), hexOf(digest[:]), "closed"
	if r.Final {
		report.State = "final"
	}
	if k := r.Keys; k != nil {
		key := k.Verifying.Digest()
		code := sha256.Sum256(solidity.VerifierCode(k.Verifying.Bytes()))
		report.KeyDigest, report.CodeDigest, report.Provenance = hexOf(key[:]), hexOf(code[:]), k.Provenance.String()
	}
	return report
}

func (p *program) ceremonyVerify(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	onChain := c.String("rpc") != "" || c.String("rpc-file") != ""
	if onChain != (c.String("contract") != "") {
		return console.Hint(errors.New("a contract is checked with both --rpc and --contract"), "add the other one, or none")
	}
	blockSeen := false
	f, srs, r, err := p.verifyCeremony(c, args[0])
	if err == nil && onChain {
		blockSeen, err = p.verifyDeployed(c, r)
	}
	var fault *ceremony.Fault
	if errors.As(err, &fault) {
		report := &ceremonyReport{Verdict: "rejected", Step: fault.Step, File: fault.File, Reason: fault.Err.Error(), Contributions: []contributedReport{}}
		if p.JSON {
			return errors.Join(p.Report(report), console.ErrRejected)
		}
		p.Say("rejected: %s, %s: %s", report.Step, report.File, report.Reason)
		return console.ErrRejected
	}
	if err != nil {
		return err
	}
	report := ceremonyReportOf(f, srs, r)
	if err := p.rememberVerified(c, report); err != nil {
		return err
	}
	if report.Contract = c.String("contract"); blockSeen {
		report.Beacon.Verified = true
	}
	if p.JSON {
		return p.Report(report)
	}
	p.sayCeremony(report)
	return nil
}

// rememberVerified puts the key of a final ceremony among those that this machine has verified.
func (p *program) rememberVerified(c *cli.Context, r *ceremonyReport) error {
	pin := circuits.KeyPin{Circuit: r.Circuit, Provenance: r.Provenance, Transcript: r.Transcript}
	if r.State != "final" || r.KeyDigest == "" || r.Circuit == "" {
		return nil
	}
	for text, to := range map[string]*[32]byte{r.CircuitDigest: &pin.System, r.KeyDigest: &pin.Key} {
		if n, err := hex.Decode(to[:], []byte(strings.TrimPrefix(text, "0x"))); err != nil || n != len(to) {
			return fmt.Errorf("remembering the key: %q is no digest", text)
		}
	}
	store, err := p.store(c)
	if err != nil {
		return err
	}
	return store.AddVerified(c.Context, pin)
}

func (p *program) verifyCeremony(c *cli.Context, dir string) (*ceremony.Folder, *ceremony.SRS, *ceremony.Result, error) {
	f, phase, circuit, err := openCeremony(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	var srs *ceremony.SRS
	if circuit != nil {
		if srs, err = p.readPowers(c, circuit, false); err != nil {
			return nil, nil, nil, err
		}
	}
	r, err := f.Verify(c.Context, phase, srs, p.ceremonyProgress())
	return f, srs, r, err
}

// verifyDeployed holds that a deployed contract has the ceremony's key in our verifier's
// code, and a beacon that is a block of its chain against the chain, if it is.
func (p *program) verifyDeployed(c *cli.Context, r *ceremony.Result) (blockSeen bool, err error) {
	address, err := contractAddress(c.String("contract"))
	if err != nil {
		return false, err
	}
	wrong := func(why string) error {
		return &ceremony.Fault{Step: "deployed contract", File: address.Hex(), Err: errors.New(why)}
	}
	if r.Keys == nil {
		return false, wrong("the ceremony has no keys yet")
	}
	node, err := p.nodeOf(c)
	if err != nil {
		return false, err
	}
	client, err := chain.New(c.Context, node, nil)
	if err != nil {
		return false, console.Hint(err, "see that the node of --rpc runs and answers")
	}
	if blockSeen, err = verifyBlock(c.Context, node, client.ChainID, r); err != nil {
		return false, err
	}
	s, err := client.Status(c.Context, address)
	switch {
	case err != nil:
		return false, err
	case !s.KeyKnown:
		return false, wrong("its verifier " + s.Verifier.Hex() + " has not the code of genproof's verifier")
	case s.Key.Digest() != r.Keys.Verifying.Digest():
		return false, wrong("its verifier " + s.Verifier.Hex() + " has another verifying key")
	case !s.Known:
		return false, wrong("it has the ceremony's key, but not the code of genproof's mint contract")
	}
	return blockSeen, nil
}

// verifyBlock compares a ceremony's beacon with the chain, if it is a block of this one: by the
// hash of the header that the node tells, computed here. Who contributed when the block was
// there is refused.
func verifyBlock(ctx context.Context, node chain.Backend, chainID uint64, r *ceremony.Result) (bool, error) {
	number, ours := strings.CutPrefix(r.Beacon.Beacon, fmt.Sprintf("ethereum:%d:", chainID))
	if !ours {
		return false, nil
	}
	height, ok := new(big.Int).SetString(number, 10)
	if !ok {
		return false, fmt.Errorf("%.40q is not a block's number", number)
	}
	header, err := node.HeaderByNumber(ctx, height)
	if err != nil { // without its text, which may hold the node's URL
		return false, fmt.Errorf("the node does not tell block %s of chain %d", height, chainID)
	}
	if header.Hash() != r.Beacon.Value {
		return false, &ceremony.Fault{Step: "beacon", File: "beacon.json", Err: fmt.Errorf("block %s of chain %d has the hash %s", height, chainID, header.Hash())}
	}
	made := time.Unix(int64(header.Time), 0).UTC()
	for _, a := range r.Attestations {
		if at, err := time.Parse(time.RFC3339, a.Time); err != nil || at.After(made) {
			return false, &ceremony.Fault{Step: "beacon", File: "beacon.json",
				Err: fmt.Errorf("contribution %d is of %s, and block %s of chain %d of %s before that", a.Number, a.Time, height, chainID, made.Format(time.RFC3339))}
		}
	}
	return true, nil
}

func (p *program) sayCeremony(r *ceremonyReport) {
	what := r.Circuit
	if what == "" {
		what = "phase 1"
	}
	p.Say("%s: the ceremony of %s is right, and %s", r.Verdict, what, r.State)
	rows := [][]string{{"  ceremony.json", r.Ceremony}, {"  announced beacon", beaconText(r.Announced)}}
	if r.Circuit != "" {
		rows = append(rows, []string{"  constraint system", r.CircuitDigest}, []string{"  powers of tau", r.Phase1})
		for i, who := range r.Phase1By {
			rows = append(rows, []string{fmt.Sprintf("    contribution %d", i+1), console.Printable(who)})
		}
		if r.Phase1Not != "" {
			rows = append(rows, []string{"", "NOT VERIFIED IN FULL: " + console.Printable(r.Phase1Not)})
		}
	}
	for _, c := range r.Contributions {
		rows = append(rows, []string{fmt.Sprintf("  contribution %d", c.Number), c.Contribution, c.Name, c.Time, "key " + c.PublicKey})
	}
	if b := r.Beacon; b != nil {
		known := "verified"
		if !b.Verified {
			known = "NOT VERIFIED: compare it with the chain"
		}
		rows = append(rows, []string{"  beacon", b.Value, known}, []string{"  transcript", r.Transcript})
	}
	if r.KeyDigest != "" {
		rows = append(rows, []string{"  verifying key", r.KeyDigest}, []string{"  verifier's code", r.CodeDigest, "SHA-256"}, []string{"  provenance", originText(r.Provenance)})
	}
	if r.Contract != "" {
		rows = append(rows, []string{"  contract", r.Contract, "has this key"})
	}
	p.Table(rows...)
	switch {
	case r.State == "open":
		p.Say("There are no keys yet: contributions are accepted until the beacon.")
	case r.Circuit != "":
		powers := "one of those to the powers of tau"
		if len(r.Phase1By) == 1 {
			powers = "the ONLY one to the powers of tau"
		}
		p.Say("Nobody can forge proofs of this key if one of the contributors, and %s, forgot their secret: compare names, keys and SHA-256 with what they publish.", powers)
	}
}
