// Package cluster makes certificates for the machines of a studio: one authority whose key is thrown away, and
// one certificate that it signed for all of them.
package cluster

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/genproof/genproof/files"
)

// The files that [Certificates] writes.
const (
	AuthorityFile   = "ca.pem"  // for everybody who connects
	CertificateFile = "tls.pem" // for whoever listens
	KeyFile         = "tls.key" // secret, for the same
)

// Certificates writes a certificate for hosts, names or addresses, into a folder in which there is none. The
// authority's key is not kept: for another host, all are made anew.
func Certificates(dir string, hosts []string, lifetime time.Duration) error {
	if len(hosts) == 0 || lifetime <= 0 || lifetime > 5*366*24*time.Hour {
		return errors.New("making certificates: want hosts, and at most five years")
	}
	now := time.Now()
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("making certificates: %w", err)
	}
	ca := &x509.Certificate{
		Subject: pkix.Name{CommonName: "genproof studio, authority of " + now.UTC().Format("2006-01-02")}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(lifetime),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("making certificates: %w", err)
	}
	leaf := &x509.Certificate{
		Subject: pkix.Name{CommonName: "genproof studio"}, NotBefore: ca.NotBefore, NotAfter: ca.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}, // nodes of a cluster are both
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			leaf.IPAddresses = append(leaf.IPAddresses, ip)
		} else {
			leaf.DNSNames = append(leaf.DNSNames, host)
		}
	}
	authority, err := sign(ca, ca, caKey, caKey)
	if err != nil {
		return err
	}
	certificate, err := sign(leaf, ca, key, caKey)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return fmt.Errorf("making certificates: %w", err)
	}
	return write(dir, authority, certificate, secret)
}

// sign makes a certificate of a template, for key, by the parent's.
func sign(template, parent *x509.Certificate, key, by *ecdsa.PrivateKey) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, fmt.Errorf("making certificates: %w", err)
	}
	template.SerialNumber = serial
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, by)
	if err != nil {
		return nil, fmt.Errorf("making certificates: %w", err)
	}
	return der, nil
}

func write(dir string, authority, certificate, secret []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making certificates: %w", err)
	}
	block := func(kind string, der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	}
	if err := files.Create(filepath.Join(dir, KeyFile), block("PRIVATE KEY", secret), files.Secret); err != nil {
		return err
	}
	if err := files.Write(filepath.Join(dir, CertificateFile), block("CERTIFICATE", certificate), files.Public); err != nil {
		return err
	}
	return files.Write(filepath.Join(dir, AuthorityFile), block("CERTIFICATE", authority), files.Public)
}
