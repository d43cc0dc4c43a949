package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

// feesOf reads what a transaction may cost.
func feesOf(c *cli.Context) (f chain.Fees, err error) {
	f.MaxGas = c.Uint64("max-gas")
	for _, o := range []struct {
		name string
		to   **big.Int
	}{{"max-fee", &f.MaxFee}, {"max-priority-fee", &f.MaxPriorityFee}} {
		text := c.String(o.name)
		if text == "" {
			continue
		}
		r, ok := new(big.Rat).SetString(text)
		if !ok || strings.ContainsAny(text, "/eExXpP_+-") {
			return f, console.Hint(fmt.Errorf("--%s: %.40q is no amount of gwei", o.name, text), "write a decimal number, such as 30 or 0.5")
		}
		if r.Mul(r, new(big.Rat).SetInt64(1e9)); !r.IsInt() {
			return f, fmt.Errorf("--%s: %.40q has more than nine digits behind the point", o.name, text)
		}
		*o.to = r.Num()
	}
	return f, nil
}

// confirm tells the price of the first transaction, and asks whether to go on. What follows is asked
// about if it costs more than was told then: more than twice the fees, or more than the first pays.
func (p *program) confirm(s *sender, yes bool) func(string, *big.Int, *big.Int) error {
	var most, paid *big.Int // nil until something was told
	return func(event string, fees, value *big.Int) error {
		if value == nil {
			value = new(big.Int)
		}
		if most != nil && fees.Cmp(most) <= 0 && value.Cmp(paid) <= 0 {
			return nil
		}
		what := fmt.Sprintf("%s on chain %d costs up to %s in fees", event, s.ChainID, ether(fees))
		if value.Sign() > 0 {
			what += fmt.Sprintf(", and pays %s", ether(value))
		}
		p.Bars.Finish()
		fmt.Fprintf(p.Stderr, "%s, from %s; what follows, up to twice the fees each.\n", what, s.Address())
		if err := p.agreed(yes); err != nil {
			return err
		}
		most, paid = new(big.Int).Lsh(fees, 1), value
		return nil
	}
}

// agreed asks whether to send.
func (p *program) agreed(yes bool) error {
	if yes {
		return nil
	}
	if !console.IsTerminal(p.Stdin) {
		return console.Hint(errors.New("nothing was sent: this chain is one of value, and nobody is here to be asked"), "look at it with --dry-run, then add --yes")
	}
	fmt.Fprint(p.Stderr, "Send it? [y/N] ")
	var answer string
	if _, err := fmt.Fscanln(p.Stdin, &answer); err != nil || !strings.EqualFold(answer, "y") && !strings.EqualFold(answer, "yes") {
		return errors.New("nothing was sent")
	}
	return nil
}

// absent reports whether nothing is there that would be written over.
func absent(file string) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s is there already", file)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// sayEstimate tells what a dry run found, or writes the calls of --calldata.
func (p *program) sayEstimate(s *sender) error {
	if s.callFile != "" {
		return p.writeCalls(s)
	}
	var total uint64
	for _, e := range s.estimate {
		total += e.Gas
	}
	price, err := s.GasPrice(context.Background())
	if err != nil {
		return err
	}
	fees := new(big.Int).Mul(price, new(big.Int).SetUint64(total))
	if p.JSON {
		list := s.estimate
		if list == nil {
			list = []estimate{}
		}
		return p.Report(map[string]any{"dry_run": true, "chain_id": s.ChainID, "gas": total, "gas_price_wei": price.String(), "fees_wei": fees.String(), "transactions": list})
	}
	for _, e := range s.estimate {
		p.Say("  %-9s about %d gas", e.What, e.Gas)
	}
	p.Say("Nothing was sent. %s would take about %d gas on chain %d: up to %s at the node's price.", counted(len(s.estimate), "transaction"), total, s.ChainID, ether(fees))
	return nil
}

// A safeBatch is what Safe's Transaction Builder reads.
type safeBatch struct {
	Version      string     `json:"version"`
	ChainID      string     `json:"chainId"`
	CreatedAt    int64      `json:"createdAt"` // milliseconds
	Meta         safeMeta   `json:"meta"`
	Transactions []safeCall `json:"transactions"`
}

type safeMeta struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

type safeCall struct {
	To    string `json:"to"`
	Value string `json:"value"` // wei
	Data  string `json:"data"`
}

func (p *program) writeCalls(s *sender) error {
	b := safeBatch{Version: "1.0", ChainID: strconv.FormatUint(s.ChainID, 10), CreatedAt: time.Now().UnixMilli(), Meta: safeMeta{Name: "genproof"}, Transactions: []safeCall{}}
	var what []string
	for _, call := range s.calls {
		b.Transactions = append(b.Transactions, safeCall{call.To.Hex(), call.Value.String(), hexOf(call.Data)})
		what = append(what, call.Event)
	}
	b.Meta.Description = strings.Join(what, ", ")
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	if err := files.Write(s.callFile, append(data, '\n'), files.Public); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(b)
	}
	p.Say("Nothing was sent. %s: %s for %s to send, one after the other", s.callFile, counted(len(s.calls), "call"), s.Address())
	return nil
}
