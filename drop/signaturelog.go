package drop

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/files"
)

// A Signature is one line of the log of an authority's key: that it signed claims of a token.
// The claims are not in it, but whoever guesses them can see from the message that he is right:
// the log is its owner's alone.
type Signature struct {
	Version   uint64     `json:"version"`  // 1
	Sequence  uint64     `json:"sequence"` // from 0, each once
	Previous  [32]byte   `json:"previous"` // SHA-256 under the log's tag of the line before, zeros in the first
	At        string     `json:"at"`       // by the signer's clock, RFC 3339 in UTC
	Token     uint64     `json:"token"`
	Policy    fr.Element `json:"policy"`
	Model     fr.Element `json:"model"`
	Seeds     fr.Element `json:"seeds"`
	Beacon    fr.Element `json:"beacon"`
	Message   fr.Element `json:"message"`
	Authority [32]byte   `json:"authority"`
	Signature [64]byte   `json:"signature"`
}

// signatureTag begins what a line's hash is taken over.
const signatureTag = "genproof/receipt/log\x00"

// Bounds of a log of signatures, in bytes.
const (
	maxSignatureLine = 4096
	maxSignatures    = 1 << 28
)

// A SignatureLog is every signature that a key has made, in order: one line each, which names
// the one before it. Its holder can cut its end off or write it anew; whoever has noted its
// head, a number and a hash, sees that.
type SignatureLog struct {
	Entries []Signature
	head    [32]byte // of the last line
	torn    bool     // half a line stands at the end, which a process that died has left
	size    int64    // of the whole lines, in bytes
}

// ErrSignatureLog says that a log of signatures was changed. The text names the line.
var ErrSignatureLog = errors.New("the log of signatures was changed")

// ReadSignatureLog reads a log and checks numbers, hashes and every signature. A file that is
// not there is an empty log.
func ReadSignatureLog(path string) (*SignatureLog, error) {
	data, err := files.ReadSecret(path, maxSignatures)
	if errors.Is(err, fs.ErrNotExist) {
		return &SignatureLog{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the log of signatures: %w", err)
	}
	whole := bytes.LastIndexByte(data, '\n') + 1
	l := &SignatureLog{torn: whole < len(data), size: int64(whole)}
	for line := range bytes.Lines(data[:whole]) {
		if err := l.read(bytes.TrimSuffix(line, []byte("\n"))); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrSignatureLog, len(l.Entries)+1, err)
		}
	}
	return l, nil
}

func (l *SignatureLog) read(line []byte) error {
	var s Signature
	if err := strictjson.Unmarshal(line, &s, maxSignatureLine); err != nil {
		return errors.New("it is no signature's")
	}
	if form, err := strictjson.Line(&s); err != nil || !bytes.Equal(form, line) {
		return errors.New("it is not in the one form of a line")
	}
	switch {
	case s.Version != 1:
		return fmt.Errorf("version %d, this program reads 1", s.Version)
	case s.Sequence != uint64(len(l.Entries)):
		return fmt.Errorf("number %d stands where %d belongs", s.Sequence, len(l.Entries))
	case s.Previous != l.head:
		return errors.New("it does not name the line before it")
	case !s.holds():
		return errors.New("the signature is not one of the message under the key")
	}
	l.Entries, l.head = append(l.Entries, s), hashSignature(line)
	return nil
}

// holds reports whether the key has signed the message.
func (s *Signature) holds() bool {
	key, err := eddsa.ParsePublicKey(s.Authority[:])
	if err != nil {
		return false
	}
	signature, err := eddsa.ParseSignature(s.Signature[:])
	return err == nil && claim.Verify(key, s.Message, signature)
}

func hashSignature(line []byte) [32]byte {
	return sha256.Sum256(append([]byte(signatureTag), line...))
}

// Head names the log as it is: the number of its signatures and a hash that holds them all.
func (l *SignatureLog) Head() string { return fmt.Sprintf("%d:%x", len(l.Entries), l.head) }

// Append adds receipts to the log at path, whose state l is. When it returns they are on disk:
// a receipt leaves only afterwards, so half a line, which a process that died has left, is no
// signature that anybody has: it goes. The caller holds the log's lock.
func (l *SignatureLog) Append(path string, receipts []*Receipt, now time.Time) error {
	if l.torn { // its receipt has not left
		if err := os.Truncate(path, l.size); err != nil {
			return fmt.Errorf("writing the log of signatures: %w", err)
		}
	}
	var out bytes.Buffer
	next := SignatureLog{Entries: l.Entries, head: l.head}
	for _, r := range receipts {
		line, err := strictjson.Line(next.entry(r, now))
		if err != nil {
			return fmt.Errorf("writing the log of signatures: %w", err)
		}
		if err := next.read(line); err != nil {
			return fmt.Errorf("writing the log of signatures: %w", err)
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	if err := files.Append(path, out.Bytes(), files.Secret); err != nil {
		return fmt.Errorf("writing the log of signatures: %w", err)
	}
	next.size = l.size + int64(out.Len())
	*l = next
	return nil
}

func (l *SignatureLog) entry(r *Receipt, now time.Time) *Signature {
	return &Signature{
		Version: 1, Sequence: uint64(len(l.Entries)), Previous: l.head, At: now.UTC().Format(time.RFC3339), Token: r.Token,
		Policy: r.scope.Policy, Model: r.scope.Model, Seeds: r.scope.Seeds, Beacon: r.scope.Beacon, Message: r.message,
		Authority: r.Authority.Bytes(), Signature: r.Signature.Bytes(),
	}
}

// LeadsTo reports whether head is one that this log has had.
func (l *SignatureLog) LeadsTo(head string) bool {
	so := SignatureLog{}
	for i := range l.Entries {
		if so.Head() == head {
			return true
		}
		line, err := strictjson.Line(&l.Entries[i])
		if err != nil {
			return false
		}
		so = SignatureLog{Entries: l.Entries[:i+1], head: hashSignature(line)}
	}
	return so.Head() == head
}
