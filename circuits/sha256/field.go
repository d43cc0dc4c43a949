//go:build !js

package sha256

import (
	"fmt"

	"github.com/consensys/gnark/frontend"
)

// Which fields. Every row is an identity over any field of odd order but two, which are
// equations between integers and must not wrap:
//
//   - an addition holds packed lanes, of which Maj's may be Ω = λ² off (see
//     [assertPackedMaj]). Its two sides differ by less than Ω·(2^32 − 1) + λ·2^41 + 2^77,
//     which is below 2^120 − 2^32. A field of fewer elements has lanes that are wrong and
//     a sum that is right modulo its order;
//   - a limb of 128 bits is one field element only if the field has at least 2^128.
const (
	roundsBits = 2*lambdaBits + 32
	limbBits   = 128
)

// checkField returns an error unless the field has at least 2^n elements.
func checkField(api frontend.API, n int) error {
	if got := api.Compiler().Field().BitLen(); got <= n {
		return fmt.Errorf("sha256: compiling over a field of %d bits: want more than %d", got, n)
	}
	return nil
}
