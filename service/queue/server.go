package queue

import (
	"crypto/ed25519"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"github.com/genproof/genproof/service/message"
)

// ServerOptions are of a server in this process.
type ServerOptions struct {
	Dir         string                       // its files
	Listen      string                       // HOST:PORT for workers elsewhere; empty: nobody can connect from outside
	TLS         *tls.Config                  // needed to listen on more than loopback
	Coordinator ed25519.PrivateKey           // who may do everything
	Admits      func(message.PublicKey) bool // reports whether a worker may connect; asked again every second
}

// A Server is a NATS server in this process. What it acknowledges has been forced to disk.
type Server struct {
	*server.Server
	auth *authenticator
	stop chan struct{}
	key  ed25519.PrivateKey
}

// startTime is how long a server may take to be ready.
const startTime = 20 * time.Second

// Start starts a server.
func Start(o ServerOptions) (*Server, error) {
	opts := &server.Options{
		ServerName: "genproof-studio", DontListen: o.Listen == "", JetStream: true, StoreDir: o.Dir, SyncAlways: true,
		NoSigs: true, NoLog: true, MaxPayload: message.MaxBytes + 4096, AlwaysEnableNonce: true, TLSConfig: o.TLS,
		JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 4*maxQueue + 2*maxKeys, AuthTimeout: 5, DisableShortFirstPing: true,
	}
	if err := place(opts, o); err != nil {
		return nil, err
	}
	auth := &authenticator{coordinator: publicOf(o.Coordinator), admits: o.Admits, space: SpaceOf(publicOf(o.Coordinator)), clients: map[uint64]message.PublicKey{}}
	opts.CustomClientAuthentication = auth
	ns, err := server.NewServer(opts)
	if err != nil {
		return nil, fmt.Errorf("starting the queue: %w", err)
	}
	ns.Start()
	if !ns.ReadyForConnections(startTime) {
		ns.Shutdown()
		return nil, errors.New("starting the queue: it is not ready; is its folder on a disk with room, and its port free?")
	}
	s := &Server{ns, auth, make(chan struct{}), o.Coordinator}
	go s.watch()
	return s, nil
}

// place sets where the server listens: on loopback, or with TLS.
func place(opts *server.Options, o ServerOptions) error {
	if o.Listen == "" {
		return nil
	}
	addr, err := net.ResolveTCPAddr("tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("starting the queue: %w", err)
	}
	if o.TLS == nil && !addr.IP.IsLoopback() {
		return fmt.Errorf("starting the queue: %s is not loopback: it needs a certificate", o.Listen)
	}
	opts.Host, opts.Port = addr.IP.String(), addr.Port
	if addr.Port == 0 {
		opts.Port = server.RANDOM_PORT
	}
	if o.TLS != nil {
		opts.TLS, opts.TLSTimeout = true, 5
	}
	return nil
}

// Dial connects within the process, as the coordinator or one of its workers.
func (s *Server) Dial(key ed25519.PrivateKey) (*nats.Conn, error) {
	conn, err := nats.Connect("", append(Link{Key: key}.options(), userOption(key), nats.InProcessServer(s.Server))...)
	if err != nil {
		return nil, fmt.Errorf("connecting to the queue: %w", err)
	}
	return conn, nil
}

// Close stops the server once its files are on disk.
func (s *Server) Close() {
	close(s.stop)
	s.Shutdown()
	s.WaitForShutdown()
}

// watch ends the connections of workers that may not be there any more.
func (s *Server) watch() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-tick.C:
			for _, id := range s.auth.unwanted() {
				_ = s.DisconnectClientByID(id) // it may have gone by itself
			}
		}
	}
}

// An authenticator lets in whoever signs the server's nonce with a key that is known.
type authenticator struct {
	coordinator message.PublicKey
	admits      func(message.PublicKey) bool
	space       Space
	mu          sync.Mutex
	clients     map[uint64]message.PublicKey
}

// Check is [server.Authentication].
func (a *authenticator) Check(c server.ClientAuthentication) bool {
	opts := c.GetOpts()
	raw, err := nkeys.Decode(nkeys.PrefixByteUser, []byte(opts.Nkey))
	sig, err2 := base64.RawURLEncoding.DecodeString(opts.Sig)
	if err != nil || err2 != nil || len(raw) != len(message.PublicKey{}) || len(c.GetNonce()) == 0 || !ed25519.Verify(raw, c.GetNonce(), sig) {
		return false
	}
	key := message.PublicKey(raw)
	switch {
	case key == a.coordinator:
		c.RegisterUser(&server.User{Username: "coordinator"})
		return true
	case !a.admits(key):
		return false
	}
	c.RegisterUser(&server.User{Username: key.Name(), Permissions: a.space.worker(key)})
	a.mu.Lock()
	defer a.mu.Unlock()
	a.clients[c.GetID()] = key
	return true
}

// unwanted returns the connections of workers that may not be there any more. Those that have
// ended by themselves are in it once their worker is removed.
func (a *authenticator) unwanted() (ids []uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, key := range a.clients {
		if !a.admits(key) {
			ids = append(ids, id)
			delete(a.clients, id)
		}
	}
	return ids
}

// worker is all that a worker may do: take jobs, fetch keys, ask and answer, and hear replies
// to itself. It cannot make jobs, or listen to others.
func (s Space) worker(key message.PublicKey) *server.Permissions {
	jobs, keys := s.jobs(), "OBJ_"+s.keys()
	return &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			s.AskSubject(), s.AnswerSubject(),
			"$JS.API.CONSUMER.INFO." + jobs + "." + consumer, "$JS.API.CONSUMER.MSG.NEXT." + jobs + "." + consumer, "$JS.ACK." + jobs + "." + consumer + ".>",
			"$JS.API.STREAM.INFO." + keys, "$JS.API.STREAM.MSG.GET." + keys, "$JS.API.DIRECT.GET." + keys + ".>",
			"$JS.API.CONSUMER.CREATE." + keys + ".>", "$JS.API.CONSUMER.DELETE." + keys + ".>", "$JS.FC." + keys + ".>",
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{inbox(key) + ".>"}},
	}
}
