package chain

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/genproof/genproof/solidity"
)

// A Revert is a contract's no.
type Revert struct {
	Name string // of the custom error, "" if it is not one of our contracts'
	Text string // the error and its values, and what they mean
}

// Error says what the contract said.
func (r *Revert) Error() string { return "the contract refuses: " + r.Text }

// errorsOf are the custom errors of all our contracts.
var errorsOf = func() (list []abi.Error) {
	for _, a := range solidity.Artifacts() {
		parsed, err := abi.JSON(bytes.NewReader(a.ABI))
		if err != nil {
			panic(fmt.Sprintf("chain: %s: %v", a.Contract, err))
		}
		for _, e := range parsed.Errors {
			list = append(list, e)
		}
	}
	return append(list, abi.NewError("InvalidSize", nil)) // thrown by a library in assembly, so in no contract's list
}()

// reason turns a node's error into a *Revert if it is one.
func reason(err error) error {
	var data rpc.DataError
	if err == nil || !errors.As(err, &data) || data.ErrorData() == nil {
		return withoutURL(err)
	}
	text, ok := data.ErrorData().(string)
	if !ok {
		return withoutURL(err)
	}
	raw, decodeErr := hexutil.Decode(text)
	if decodeErr != nil {
		return withoutURL(err)
	}
	return revertOf(raw, err)
}

func revertOf(raw []byte, err error) error {
	if len(raw) < 4 {
		return &Revert{Text: "it gives no reason"}
	}
	for _, e := range errorsOf {
		if !bytes.Equal(raw[:4], e.ID[:4]) {
			continue
		}
		values, unpackErr := e.Inputs.Unpack(raw[4:])
		if unpackErr != nil {
			break
		}
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = fmt.Sprint(v)
			if b, ok := v.([32]byte); ok {
				texts[i] = hexutil.Encode(b[:])
			}
		}
		text := e.Name + "(" + strings.Join(texts, ", ") + ")"
		if words := inWords(e.Sig, texts); words != "" {
			text += ": " + words
		}
		return &Revert{e.Name, text}
	}
	if text, unpackErr := abi.UnpackRevert(raw); unpackErr == nil {
		return &Revert{Text: fmt.Sprintf("%.200q", text)}
	}
	return &Revert{Text: fmt.Sprintf("%.200s", err)}
}

// withoutURL leaves out the node's address, which may hold a password or an API key.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
