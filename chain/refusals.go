package chain

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/params"
)

// refusals say in words what our contracts' errors mean, by their signatures. {1} is the first
// value, {1 when} the same as a time or a block, {1 ether} as an amount.
var refusals = map[string]string{
	// decks
	"AboveLimit(uint256,uint256)":     "the account would have {1} tokens, and may have {2}",
	"AlreadyOpened()":                 "the sale was opened before, and is opened once",
	"Incomplete()":                    "not every card is proven to it yet",
	"InvalidDropTerms()":              "more tokens are reserved than the deck has",
	"InvalidEnd(uint256)":             "the sale would end at {1 when}, and must end later than now, within 366 days",
	"InvalidGroup(uint256)":           "the deck has no group {1}",
	"InvalidLengths()":                "a group's lists, digests, sizes and proofs are not as many as its cards ask for",
	"InvalidLot(uint256)":             "a lot of {1} tokens: want 1 to 32",
	"InvalidSaleTerms()":              "the sale's times are out of order, or a price is no multiple of 1 gwei",
	"InvalidSize()":                   "a document's size is not 1 to 2^18 - 1 bytes",
	"InvalidTerms()":                  "a deck's contract cannot have these terms",
	"InvalidTokenId(uint256,uint256)": "the deck has not the {2} tokens from id {1} on",
	"ListInUse()":                     "the list's phase has begun",
	"NoFallback()":                    "its terms do not let a block's hash stand in for the beacon",
	"NotOnTheList(address,uint256)":   "the list does not grant {1} {2} tokens, or the path is another's",
	"NotRevealed()":                   "the assignment is not drawn yet",
	"NotSelling()":                    "nothing is on sale: it is not open yet, or over for good",
	"NotSettled()":                    "what was paid stays until a permuted deck is revealed or given up, and a fixed one's sale is over",
	"NotSoldOut(uint256)":             "{1} tokens are left, and only what is sold out is closed early",
	"NotTheAuthor(address)":           "{1} is not the deck's author, who alone opens the sale",
	"NotThePayee(address)":            "{1} is not the owner, nor the author of what nobody owns",
	"NothingToReveal()":               "the deck is fixed, revealed already, or given up",
	"PaymentRefused(address)":         "{1} does not take the money",
	"PhaseNotOpen(uint256)":           "this phase of the sale begins at {1 when}",
	"PriceRaised()":                   "a price can be lowered, and never raised",
	"RoyaltyTooHigh(uint256)":         "a royalty of {1} ten-thousandths: at most 1000",
	"SoldOut(uint256)":                "{1} tokens are left",
	"WrongPayment(uint256,uint256)":   "{1 ether} was sent, and {2 ether} is the price",
	"URIQueryForNonexistentToken()":   "the token is not minted, or was burned",

	// drawn drops
	"InvalidCommitment(uint256)":  "{1} is no commitment: it is not below the field's order, or a template of 0",
	"InvalidTokenId(uint256)":     "the drop has no token {1}",
	"NotOpen()":                   "its beacon is not fixed yet",
	"TemplateAlreadySet(uint256)": "template {1} is set already, and is set once",
	"TemplateFixed()":             "it was deployed without a notice for other templates: its documents never change",
	"TemplateNotSet()":            "it has no template yet, which its owner sets once the beacon is fixed",

	// beacons and proofs
	"InputNotReduced(uint256)":         "a number is not below the field's order",
	"InvalidProof()":                   "a proof does not prove what is said with it",
	"InvalidSignature(uint64)":         "the signature is not drand's of round {1}",
	"ProofLength(uint256,uint256)":     "{1} bytes of proofs: want {2}",
	"SignatureLength(uint256,uint256)": "a signature of {1} bytes: want {2}",
	"TooEarly(uint256)":                "it is too early: wait until {1 when}",

	// accounts
	"OwnableUnauthorizedAccount(address)": "{1} is not the contract's owner",
}

// inWords is what the error of a signature means, "" if that is not known. Values are as texts.
func inWords(signature string, values []string) string {
	var pairs []string
	for i, v := range values {
		pairs = append(pairs, fmt.Sprintf("{%d}", i+1), v, fmt.Sprintf("{%d when}", i+1), when(v), fmt.Sprintf("{%d ether}", i+1), inEther(v))
	}
	return strings.NewReplacer(pairs...).Replace(refusals[signature])
}

// when writes seconds as a time. What is long before today's seconds is a block's number.
func when(number string) string {
	n, ok := new(big.Int).SetString(number, 10)
	switch {
	case !ok || n.BitLen() > 40:
		return number
	case n.Int64() < 1e9:
		return "block " + number
	}
	return time.Unix(n.Int64(), 0).UTC().Format(time.RFC3339)
}

func inEther(wei string) string {
	n, ok := new(big.Int).SetString(wei, 10)
	if !ok {
		return wei
	}
	s := new(big.Rat).SetFrac(n, big.NewInt(params.Ether)).FloatString(18)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + " ether"
}
