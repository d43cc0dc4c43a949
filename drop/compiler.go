package drop

import (
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/policy"
)

// A Compiler compiles the policies of published drops: see [CompilePolicy]. The zero value
// is ready. It is a publication.Compiler.
type Compiler struct{}

// Compile returns the program of a description's policy.
func (Compiler) Compile(d *bundle.Description) (*policy.Program, error) {
	schema, err := SchemaOf(d)
	if err != nil {
		return nil, err
	}
	compiled, err := CompilePolicy("policy", d.Policy, schema)
	if err != nil {
		return nil, err
	}
	return compiled.Program, nil
}
