package profile

// clauses are the functions of package generation, each of which is a part of the
// statement: SPEC §1 and §2.
var clauses = map[string]string{
	"generation.TokenVar.assertToken":    "token id and recipient",
	"generation.TokenVar.assertSeeds":    "seeds",
	"generation.TokenVar.assertDrawn":    "1 traits drawn",
	"generation.TokenVar.assertReceived": "2 receipt signed",
	"generation.TokenVar.assertJudged":   "3 policy holds",
	"generation.TokenVar.rootVar":        "4 root",
	"generation.assertTemplate":          "template",
	"document.TemplateVar.BodyVar":       "template",
	"document.DigestVar":                 document,
}

const document = "5 document"

// circuits are the functions that are a whole circuit, and the clause of the rows that
// they make themselves.
var circuits = map[string]string{
	"generation.(*CIDCircuit).Define":  document,
	"generation.(*RootCircuit).Define": "5 metadata is the root",
}

// gadgets are the functions that a clause is made of: SPEC §3 and §4. A function that is
// not here counts for the one that called it.
var gadgets = map[string]string{
	"attribute.AssertSlots": "slots",
	"attribute.SaltsVar":    "salts",
	"attribute.LeafVar":     "leaves",
	"attribute.RootVar":     "hash of the leaves",
	"attribute.HashedVar":   "hashes of texts and digests",

	"model.drawsVar":      "draws",
	"model.drawLayer":     "rows of the tables",
	"model.CommitmentVar": "commitment to the model",

	"claim.AuthorityVar": "commitment to the key",
	"claim.MessageVar":   "hash of the receipt",
	"claim.AssertSigned": "signature",
	"eddsa.halve":        "key is of order l",
	"eddsa.multiply":     "h·A",
	"eddsa.multiplyBase": "S·B",

	"policy.DrawnVar":           "commitment to the policy",
	"policy.CommitmentVar":      "commitment to the policy",
	"policy.AssertSatisfied":    "literals",
	"policy.newTableVar":        "range checks of numbers",
	"policy.splitCode":          "code words",
	"policy.tableVar.at":        "slot of the literal",
	"policy.literalVar.isLess":  "less",
	"policy.literalVar.isEqual": "equals",

	"document.assertFlags":                  "flags",
	"document.slotChoice.at":                "slots of the blocks",
	"document.newIDVar":                     "id",
	"document.decimalVar":                   "id in decimal",
	"document.endVar":                       "end block",
	"document.base64Var":                    "root in base64url",
	"document.assertBytes":                  "bytes in bits",
	"document.(*valueVar).assertCharacters": "characters",
	"document.(*valueVar).assertNumber":     "numbers",
	"document.(*valueVar).digestVar":        "digests in base32",
	"document.digest":                       "SHA-256",

	"sha256.CompressVar":     "compression",
	"sha256.schedule":        "message schedule",
	"sha256.roundPair":       "rounds",
	"sha256.feedForward":     "feed-forward",
	"sha256.StateVar.Digest": "last words",
	"sha256.packedLanes":     "Ch and Maj",
	"sha256.assertPackedCh":  "Ch",
	"sha256.assertPackedMaj": "Maj",
	"sha256.bigSigmaVar":     "Σ0 and Σ1",
	"sha256.smallSigmaVar":   "σ0 and σ1",
	"sha256.newSplit":        "bits of words and carries",
	"sha256.assertPair":      "additions",
	"sha256.assertSum":       "additions",

	"bits.Canonical": "canonical bits",
	"bits.Decompose": "range check",
	"bits.ToBinary":  "bits",

	"poseidon.HashVar":    "Poseidon2",
	"poseidon.SqueezeVar": "Poseidon2",
}
