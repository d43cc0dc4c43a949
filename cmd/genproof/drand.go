package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup/drand"
)

// drandServer is one of the League's; there are others, and each has the same signatures.
const drandServer = "https://api.drand.sh"

const (
	drandTimeout = 10 * time.Second
	drandTries   = 5 // a server has a round a moment after its time
	maxDrandJSON = 1 << 16
)

// roundURL is where a server shows a round.
func roundURL(server string, chainHash [32]byte, round uint64) string {
	return fmt.Sprintf("%s/%x/public/%d", server, chainHash, round)
}

// drandAt returns a function that waits for a round and asks a server for its signature.
// Nothing the server says is trusted: the signature is verified by who asks.
func (p *program) drandAt(server string) (func(context.Context, [32]byte, uint64) ([]byte, error), error) {
	u, err := url.Parse(server)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, console.Hint(errors.New("--drand is not the address of a server"), "write an http or https URL, such as "+drandServer)
	}
	return func(ctx context.Context, chainHash [32]byte, round uint64) ([]byte, error) {
		at, err := drand.Time(chainHash, round)
		if err != nil {
			return nil, err
		}
		if time.Until(at) > 0 {
			spinner := p.Bars.Spin(fmt.Sprintf("waiting for drand's round %d, at %s", round, at.Format(time.RFC3339)))
			defer spinner.End()
		}
		if err := pause(ctx, time.Until(at)); err != nil {
			return nil, err
		}
		for try := 1; ; try++ {
			signature, err := fetchRound(ctx, u.JoinPath(fmt.Sprintf("%x", chainHash), "public", fmt.Sprint(round)).String(), round)
			if err == nil {
				return signature, nil
			}
			if try == drandTries || ctx.Err() != nil {
				return nil, fmt.Errorf("asking %s for round %d of drand's %s: %w", u.Host, round, drand.Name(chainHash), err)
			}
			if err := pause(ctx, time.Second); err != nil {
				return nil, err
			}
		}
	}, nil
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// fetchRound asks for a round in drand's JSON.
func fetchRound(ctx context.Context, at string, round uint64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, drandTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %.100q", answer.Status)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxDrandJSON))
	if err != nil {
		return nil, err
	}
	var r struct {
		Round     uint64 `json:"round"`
		Signature string `json:"signature"`
	}
	if err := json.Unmarshal(body, &r); err != nil || r.Round != round {
		return nil, errors.New("the server's answer is not the round in JSON")
	}
	signature, err := hex.DecodeString(r.Signature)
	if err != nil || len(signature) == 0 {
		return nil, errors.New("the server's signature is not in hex")
	}
	return signature, nil
}
