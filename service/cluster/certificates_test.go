package cluster_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/genproof/genproof/service/cluster"
)

// A machine that trusts the authority talks to those that have the certificate, by the names that it has, and
// to no others.
func TestCertificates_AreForTheirHosts(t *testing.T) {
	dir := t.TempDir()
	if err := cluster.Certificates(dir, []string{"nats-1", "127.0.0.1"}, time.Hour); err != nil {
		t.Fatal(err)
	}
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, cluster.CertificateFile), filepath.Join(dir, cluster.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, cluster.AuthorityFile))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, c) // the client says what is wrong
			c.Close()
		}
	}()
	for _, tc := range []struct {
		name  string
		roots *x509.CertPool
		good  bool
	}{{"nats-1", pool, true}, {"127.0.0.1", pool, true}, {"nats-2", pool, false}, {"nats-1", x509.NewCertPool(), false}} {
		conn, err := tls.Dial("tcp", listener.Addr().String(), &tls.Config{ServerName: tc.name, RootCAs: tc.roots})
		if err == nil {
			conn.Close()
		}
		if (err == nil) != tc.good {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, cluster.KeyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v, %v", info, err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 3 {
		t.Errorf("%d files", len(entries))
	}
	if err := cluster.Certificates(dir, []string{"nats-1"}, time.Hour); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
}
