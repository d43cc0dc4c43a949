package anykey_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	gnark "github.com/consensys/gnark/backend/groth16"
	gnarkbn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/anykey"
	"github.com/genproof/genproof/verifier/groth16/keytest"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustRead(t *testing.T, data []byte) *anykey.Key {
	t.Helper()
	k, err := anykey.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// lists holds that the faults are those that are wanted, in order.
func lists(t *testing.T, name string, faults []groth16.Fault, want ...string) {
	t.Helper()
	for i := range max(len(faults), len(want)) {
		if len(faults) != len(want) || !strings.Contains(faults[i].Text, want[i]) {
			t.Errorf("%s: got %q, want %q", name, faults, want)
			return
		}
	}
}

func equal(a, b *groth16.VerifyingKey) bool { return bytes.Equal(a.Bytes(), b.Bytes()) }

// The files were made by circom and snarkjs: see testdata/README.md.
func TestRead_SnarkjsFiles(t *testing.T) {
	sound, source := mustRead(t, file(t, "sound.json")), mustRead(t, file(t, "sound.sol"))
	if sound.NbInputs() != 3 || sound.Declared != 3 || source.NbInputs() != 3 || source.Declared != 3 || !equal(&sound.Points, &source.Points) {
		t.Errorf("the JSON and the contract are of different keys: %+v, %+v", sound, source)
	}
	lists(t, "sound.json", sound.Faults())
	lists(t, "sound.sol", source.Faults())
	if a := sound.Points.Alpha; a.X.String() != "12370155160148872545776060772206760077668627796359084826249327196541695725546" || !strings.HasPrefix(a.Y.String(), "8110240494872744") {
		t.Errorf("alpha is %v", a)
	}
	lists(t, "without a contribution", mustRead(t, file(t, "unfinished.json")).Faults(), "gamma equals delta", "delta is the generator")
}

// gnarkKey is a simulator's key as gnark has it.
func gnarkKey(vk *groth16.VerifyingKey) *gnarkbn254.VerifyingKey {
	k := new(gnarkbn254.VerifyingKey)
	k.G1.Alpha, k.G1.K = vk.Alpha, vk.K
	k.G2.Beta, k.G2.Gamma, k.G2.Delta = vk.Beta, vk.Gamma, vk.Delta
	return k
}

// written is a key as gnark writes it, raw and compressed.
func written(t testing.TB, k *gnarkbn254.VerifyingKey) (raw, compressed []byte) {
	t.Helper()
	var r, c bytes.Buffer
	if _, err := k.WriteRawTo(&r); err != nil {
		t.Fatal(err)
	}
	if _, err := k.WriteTo(&c); err != nil {
		t.Fatal(err)
	}
	return r.Bytes(), c.Bytes()
}

func TestRead_BinaryForms(t *testing.T) {
	for _, inputs := range []int{0, 1, 9, 300} {
		vk := simulator.New(1, inputs).Key
		raw, compressed := written(t, gnarkKey(vk))
		for form, data := range map[string][]byte{
			"genproof's file": vk.Bytes(), "gnark's file": raw, "gnark's file, compressed": compressed,
			"gnark's file of 0.9": raw[:len(raw)-4], "gnark's file of old": raw[:len(raw)-8],
		} {
			k := mustRead(t, data)
			if !strings.HasPrefix(form, k.Form) || !equal(&k.Points, vk) || k.NbInputs() != inputs || k.Commitments != 0 || k.Declared != -1 {
				t.Errorf("%s, %d inputs: read as %s", form, inputs, k.Form)
			}
			lists(t, form, k.Faults())
		}
	}
}

// A committed circuit makes gnark add a commitment, its key and a K point.
type committed struct {
	X frontend.Variable `gnark:",public"`
	Y frontend.Variable
}

func (c *committed) Define(api frontend.API) error {
	r, err := api.(frontend.Committer).Commit(c.X, c.Y)
	if err == nil {
		api.AssertIsDifferent(r, c.X)
		api.AssertIsEqual(c.X, api.Mul(c.Y, c.Y))
	}
	return err
}

func committedKey(t testing.TB) *gnarkbn254.VerifyingKey {
	t.Helper()
	cs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, new(committed))
	if err != nil {
		t.Fatal(err)
	}
	_, vk, err := gnark.Setup(cs)
	if err != nil {
		t.Fatal(err)
	}
	return vk.(*gnarkbn254.VerifyingKey)
}

func TestRead_GnarksCommitments(t *testing.T) {
	vk := committedKey(t)
	check := func(want ...string) {
		t.Helper()
		raw, compressed := written(t, vk)
		for _, data := range [][]byte{raw, compressed} {
			k := mustRead(t, data)
			if k.NbInputs() != 1 || k.Commitments != 1 {
				t.Errorf("%d inputs, %d commitments", k.NbInputs(), k.Commitments)
			}
			lists(t, k.Form, k.Faults(), want...)
		}
		var source bytes.Buffer
		if err := vk.ExportSolidity(&source); err != nil {
			t.Fatal(err)
		}
		k := mustRead(t, source.Bytes())
		if k.NbInputs() != 1 || k.Commitments != 1 || k.Declared != 1 {
			t.Errorf("%s: %d inputs, %d commitments", k.Form, k.NbInputs(), k.Commitments)
		}
		lists(t, k.Form, k.Faults(), want...)
	}
	check()
	sound := vk.CommitmentKeys[0]
	vk.CommitmentKeys[0].GSigmaNeg.ScalarMultiplication(&sound.G, big.NewInt(-5))
	check("the secret of commitment key 0 is 5 up to sign: it is known")
	vk.CommitmentKeys[0].GSigmaNeg.SetInfinity()
	check("commitment key 0: -σG: the point is at infinity")
	vk.CommitmentKeys[0] = sound
	vk.CommitmentKeys[0].G = keytest.Outside()
	check("commitment key 0: G: the point is not in the prime-order subgroup")
}

// TestRead_TellsEveryDefect writes spoiled keys as others write theirs.
func TestRead_TellsEveryDefect(t *testing.T) {
	vk := simulator.New(1, 9).Key
	for _, d := range keytest.Defects() {
		if strings.Contains(d.Want, "public inputs") {
			continue // a file of another circuit: no fault of the key
		}
		broken := d.Of(vk)
		raw, compressed := written(t, gnarkKey(broken))
		forms := map[string][]byte{"own": broken.Bytes(), "raw": raw, "snarkjs": snarkjsJSON(broken), "solidity": soliditySource(t, broken)}
		if !strings.Contains(d.Name, "off the curve") { // its y is not written
			forms["compressed"] = compressed
		}
		for form, data := range forms {
			k := mustRead(t, data)
			lists(t, d.Name+", "+form, k.Faults(), d.Want)
		}
	}
}

// snarkjsJSON is a key in snarkjs's form, written here from its files.
func snarkjsJSON(vk *groth16.VerifyingKey) []byte {
	g1 := func(p *bn254.G1Affine) string {
		if p.IsInfinity() {
			return `["0","1","0"]`
		}
		return fmt.Sprintf(`[%q,%q,"1"]`, decimal(&p.X), decimal(&p.Y))
	}
	g2 := func(p *bn254.G2Affine) string {
		if p.IsInfinity() {
			return `[["0","0"],["1","0"],["0","0"]]`
		}
		return fmt.Sprintf(`[[%q,%q],[%q,%q],["1","0"]]`, decimal(&p.X.A0), decimal(&p.X.A1), decimal(&p.Y.A0), decimal(&p.Y.A1))
	}
	var list []string
	for i := range vk.K {
		list = append(list, g1(&vk.K[i]))
	}
	return fmt.Appendf(nil, `{"protocol":"groth16","curve":"bn128","nPublic":%d,"vk_alpha_1":%s,"vk_beta_2":%s,"vk_gamma_2":%s,"vk_delta_2":%s,"IC":[%s]}`,
		len(vk.K)-1, g1(&vk.Alpha), g2(&vk.Beta), g2(&vk.Gamma), g2(&vk.Delta), strings.Join(list, ","))
}

func decimal(e *fp.Element) string { return e.BigInt(new(big.Int)).String() }

func soliditySource(t *testing.T, vk *groth16.VerifyingKey) []byte {
	t.Helper()
	var source bytes.Buffer
	k := gnarkKey(vk)
	if err := k.Precompute(); err != nil { // the negated γ and δ
		t.Fatal(err)
	}
	if err := k.ExportSolidity(&source); err != nil {
		t.Fatal(err)
	}
	return source.Bytes()
}

// A coordinate that is not reduced is another point to a tool that reduces it.
func TestRead_TellsCoordinatesThatAreNotReduced(t *testing.T) {
	vk := simulator.New(1, 2).Key
	more := func(e *fp.Element) *big.Int { return new(big.Int).Add(e.BigInt(new(big.Int)), fp.Modulus()) }
	text := string(snarkjsJSON(vk))
	text = strings.Replace(text, decimal(&vk.K[1].Y), more(&vk.K[1].Y).String(), 1)
	text = strings.Replace(text, decimal(&vk.Gamma.X.A1), more(&vk.Gamma.X.A1).String(), 1)
	lists(t, "JSON", mustRead(t, []byte(text)).Faults(), "gamma: a coordinate is not below", "K[1]: a coordinate is not below")

	own := vk.Bytes()
	more(&vk.Alpha.X).FillBytes(own[4:36])
	lists(t, "own", mustRead(t, own).Faults(), "alpha: a coordinate is not below")

	_, compressed := written(t, gnarkKey(vk))
	x := fp.Modulus().FillBytes(make([]byte, fp.Bytes))
	x[0] |= 0b10 << 6
	copy(compressed[64:], x) // beta's
	lists(t, "compressed", mustRead(t, compressed).Faults(), "beta: a coordinate is not below")
}

// Of a compressed point there is an x alone, and about half of them are no point's.
func TestRead_TellsXThatNoPointHas(t *testing.T) {
	_, compressed := written(t, gnarkKey(simulator.New(1, 2).Key))
	copy(compressed, append([]byte{0b10 << 6}, make([]byte, 31)...)) // alpha's x is 4: 67 is no square
	compressed[31] = 4
	lists(t, "x = 4", mustRead(t, compressed).Faults(), "alpha: the point is not on the curve")
}

func TestRead_TellsDeclaredInputs(t *testing.T) {
	text := strings.Replace(string(file(t, "sound.json")), `"nPublic": 3`, `"nPublic": 2`, 1)
	lists(t, "JSON", mustRead(t, []byte(text)).Faults(), "it has K points for 3 public inputs and declares 2")
	text = strings.Replace(string(file(t, "sound.sol")), "uint[3] calldata _pubSignals", "uint[4] calldata _pubSignals", 1)
	lists(t, "Solidity", mustRead(t, []byte(text)).Faults(), "it has K points for 3 public inputs and declares 4")
}

// JavaScript takes names by case, and the last of two; so does this reader.
func TestRead_TakesNamesAsJavaScriptDoes(t *testing.T) {
	text := string(file(t, "sound.json"))
	other := strings.Replace(text, "{", `{"VK_ALPHA_1": ["1","2","1"], "vk_alpha_1": ["1","2","1"],`, 1)
	lists(t, "first and of another case", mustRead(t, []byte(other)).Faults())
	end := strings.LastIndex(text, "}")
	lists(t, "last", mustRead(t, []byte(text[:end]+`, "vk_alpha_1": ["1","2","1"]}`)).Faults(), "alpha is the generator")
}

func TestRead_RefusesWhatIsNoKey(t *testing.T) {
	vk := simulator.New(1, 2).Key
	raw, compressed := written(t, gnarkKey(vk))
	text, source := string(snarkjsJSON(vk)), string(file(t, "sound.sol"))
	edit := func(text, old, new string) []byte {
		t.Helper()
		if !strings.Contains(text, old) {
			t.Fatalf("no %q", old)
		}
		return []byte(strings.Replace(text, old, new, 1))
	}
	huge := bytes.Clone(raw)
	copy(huge[576:], []byte{0xff, 0xff, 0xff, 0xff})
	for name, row := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                {nil, "ends within the key"},
		"text":                   {[]byte("contract C {}"), "ends within the key"},
		"cut":                    {raw[:len(raw)-1], "ends within the key"},
		"cut, compressed":        {compressed[:200], "ends within the key"},
		"a byte more":            {append(bytes.Clone(raw), 0), "1 bytes stand behind the key"},
		"4294967295 K points":    {huge, "4294967295 K points, want"},
		"2^32 - 1 commitments":   {append(append(bytes.Clone(raw[:len(raw)-8]), make([]byte, 4)...), 0xff, 0xff, 0xff, 0xff), "4294967295 keys for them"},
		"2^32 - 1 lists":         {append(bytes.Clone(raw[:len(raw)-8]), 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1), "ends within the key"},
		"too large":              {make([]byte, anykey.MaxBytes+1), "more than"},
		"an empty object":        {[]byte("{}"), "protocol: it is missing"},
		"JSON that is none":      {[]byte("{"), "snarkjs's JSON: "},
		"PLONK":                  {edit(text, "groth16", "plonk"), `the protocol is "plonk"`},
		"another curve":          {edit(text, "bn128", "bls12381"), `the curve is "bls12381"`},
		"an affine point":        {edit(text, `,"1"],"vk_beta_2"`, `],"vk_beta_2"`), "vk_alpha_1: it has another number of coordinates"},
		"a z of two":             {edit(text, `,"1"],"vk_beta_2"`, `,"2"],"vk_beta_2"`), "vk_alpha_1: the third coordinate"},
		"a number":               {edit(text, `["`+decimal(&vk.Alpha.X)+`"`, `[5`), "vk_alpha_1: it has another type"},
		"257 bits":               {edit(text, decimal(&vk.K[0].X), new(big.Int).Lsh(big.NewInt(1), 256).String()), "IC[0]: "},
		"a sign":                 {edit(text, decimal(&vk.K[0].X), "-1"), `IC[0]: "-1" is not a number`},
		"no K points":            {edit(text, text[strings.Index(text, `"IC":[`):], `"IC":[]}`), "0 K points"},
		"a constant less":        {edit(source, "gammay2", "gammaz2"), "the constant gammay2: it is missing"},
		"a constant in comments": {edit(source, "uint256 constant gammay2", "// uint256 constant gammay2"), "the constant gammay2: it is missing"},
		"a constant twice":       {edit(source, "uint256 constant gammay2", "uint256 constant gammay1 = 5; uint256 constant gammay2"), "the constant gammay1 is there twice"},
		"two contracts":          {append([]byte(source), "\ncontract Other {}\n"...), "another number of contracts"},
		"another function":       {edit(source, "function verifyProof", "function verify"), "verifyProof is not the template's"},
	} {
		start := time.Now()
		k, err := anykey.Read(row.data)
		if d := time.Since(start); d > time.Second {
			t.Errorf("%s: took %v", name, d)
		}
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, %v, want %q", name, k, err, row.want)
		}
	}
	if _, err := anykey.Read([]byte("contract C {}")); !errors.Is(err, anykey.ErrUnknown) {
		t.Errorf("got %v, want ErrUnknown", err)
	}
}

// The dearest file that is read takes less than a second to judge.
func TestFaults_OfTheLargestKeyTakeASecond(t *testing.T) {
	vk := simulator.New(1, 1).Key
	_, _, g, _ := bn254.Generators()
	vk.K = make([]bn254.G1Affine, anykey.MaxPoints)
	for i := range vk.K { // all of them ratios of the generator
		vk.K[i].ScalarMultiplication(&g, big.NewInt(int64(17+i)))
	}
	k := mustRead(t, vk.Bytes())
	start := time.Now()
	if faults := k.Faults(); len(faults) < 300 {
		t.Errorf("%d faults", len(faults))
	}
	if d := time.Since(start); d > 3*time.Second {
		t.Errorf("took %v", d)
	}
	if _, err := anykey.Read(append(vk.Bytes(), make([]byte, 64)...)); err == nil {
		t.Error("a point more is read")
	}
}

func FuzzRead(f *testing.F) {
	raw, compressed := written(f, committedKey(f))
	vk := simulator.New(1, 1).Key
	for _, data := range [][]byte{nil, vk.Bytes(), raw, compressed, file(f, "sound.json"), file(f, "sound.sol"), []byte("{}")} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		k, err := anykey.Read(data)
		if err != nil {
			return
		}
		if n := len(k.Points.K); n < 1 || n > anykey.MaxPoints || k.NbInputs() < 0 {
			t.Fatalf("%d K points, %d inputs", n, k.NbInputs())
		}
		if k.Faults() == nil && k.NbInputs()+k.Commitments >= 1 && n257(k) && k.Points.Lint(len(k.Points.K)-1) != nil {
			t.Fatal("a key that is refused elsewhere has no faults here")
		}
	})
}

func n257(k *anykey.Key) bool { return len(k.Points.K) <= groth16.MaxInputs+1 }
