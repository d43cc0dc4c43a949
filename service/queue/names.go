// Package queue is the queue of jobs on NATS JetStream: in this process, or a cluster that a URL
// names.
//
// It is a cache. Nothing in it cannot be made again from the drops' folders, and nothing in it is
// secret: JetStream keeps the bytes of what was purged. So it may lose, repeat and delay jobs, and
// whoever can write to it can do the same, and no more: jobs and keys are checked by whoever takes
// them.
//
//	stream  SPACE_jobs     one message a job, subject SPACE.job.ID, removed when it is acknowledged
//	bucket  KV_SPACE_jobs  one entry a job that was queued, made once: who queues it
//	bucket  OBJ_SPACE_keys proving keys, by their SHA-256
//
// SPACE is of a coordinator: two of them in one account do not meet.
package queue

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"github.com/genproof/genproof/service/message"
)

// callTime is how long one call to NATS may take: while a cluster has no leader there is no reply.
const callTime = 2 * time.Second

// A Space is what is a coordinator's in NATS.
type Space struct{ name string }

// SpaceOf returns the names of a coordinator's streams and subjects.
func SpaceOf(coordinator message.PublicKey) Space {
	return Space{"genproof_" + hex.EncodeToString(coordinator[:8])}
}

// AskSubject and AnswerSubject are where workers send what they sign.
func (s Space) AskSubject() string    { return s.name + ".ask" }
func (s Space) AnswerSubject() string { return s.name + ".answer" }

func (s Space) jobs() string                    { return s.name + "_jobs" }
func (s Space) keys() string                    { return s.name + "_keys" }
func (s Space) subject(id message.JobID) string { return s.name + ".job." + id.String() }
func (s Space) idOf(subject string) (message.JobID, error) {
	return message.ParseJobID(subject[min(len(subject), len(s.name)+len(".job.")):])
}

// consumer is the name of the one consumer that all workers share.
const consumer = "workers"

// inbox is where replies to a worker arrive: nobody else may listen there.
func inbox(worker message.PublicKey) string { return "_INBOX_" + hex.EncodeToString(worker[:]) }

// A Link says how to reach NATS. With a key the server can tell who connects.
type Link struct {
	URL string
	CA  string // a file of certificates to trust besides the system's; may be empty
	Key ed25519.PrivateKey
}

// Dial connects, and connects again for ever once it did.
func Dial(l Link) (*nats.Conn, error) {
	options := append(l.options(), userOption(l.Key))
	conn, err := nats.Connect(l.URL, options...)
	if errors.Is(err, nats.ErrNkeysNotSupported) { // a server that asks nobody who they are
		conn, err = nats.Connect(l.URL, l.options()...)
	}
	if err != nil {
		return nil, fmt.Errorf("connecting to the queue: %w", err)
	}
	return conn, nil
}

func (l Link) options() []nats.Option {
	options := []nats.Option{
		nats.MaxReconnects(-1), nats.ReconnectWait(200 * time.Millisecond), nats.Timeout(callTime),
		nats.CustomInboxPrefix(inbox(publicOf(l.Key))),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}), // its default prints
	}
	if l.CA != "" {
		options = append(options, nats.RootCAs(l.CA))
	}
	return options
}

// userOption signs the server's nonce: an Ed25519 key is a user of NATS under another spelling.
func userOption(key ed25519.PrivateKey) nats.Option {
	return nats.Nkey(userName(publicOf(key)), func(nonce []byte) ([]byte, error) { return ed25519.Sign(key, nonce), nil })
}

func publicOf(key ed25519.PrivateKey) message.PublicKey {
	return message.PublicKey(key.Public().(ed25519.PublicKey))
}

// userName is how NATS writes a user's public key.
func userName(key message.PublicKey) string {
	name, err := nkeys.Encode(nkeys.PrefixByteUser, key[:])
	if err != nil { // for another length only
		panic("queue: a public key that NATS cannot write")
	}
	return string(name)
}

// timed bounds one call.
func timed(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, callTime)
}

func stream(conn *nats.Conn) (jetstream.JetStream, error) {
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, fmt.Errorf("reaching the queue: %w", err)
	}
	return js, nil
}
