package solidity

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed src
var sources embed.FS

// imports are the sources from npm, by their path.
var imports = sync.OnceValue(func() (texts map[string]string) {
	data, err := files.ReadFile("artifacts/imports.json")
	if err == nil {
		err = json.Unmarshal(data, &texts)
	}
	if err != nil {
		panic(fmt.Sprintf("solidity: imports: %v", err)) // it is part of the program
	}
	return texts
})

// Source returns the path of the file that a contract is in, and its name there, as explorers
// of chains want them: src/GenproofDrop.sol:GenproofDrop.
func (a *Artifact) Source() string {
	for _, path := range slices.Sorted(maps.Keys(a.Sources)) {
		if strings.HasSuffix(path, "/"+a.Contract+".sol") {
			return path + ":" + a.Contract
		}
	}
	panic("solidity: " + a.Contract + " is in no file of its name")
}

// CompilerInput returns the compiler's standard JSON input: the contract's sources and the
// settings that [Artifact.Creation] was compiled with. The compiler named by
// [Artifact.Compiler] makes the same bytes of it. There is no metadata behind the code, so
// that an explorer compares code and nothing else.
func (a *Artifact) CompilerInput() ([]byte, error) {
	type object map[string]any
	texts := object{}
	for path := range a.Sources {
		text, known := imports()[path]
		if !known {
			data, err := sources.ReadFile(path)
			if err != nil {
				return nil, fmt.Errorf("gathering the sources of %s: %w", a.Contract, err)
			}
			text = string(data)
		}
		texts[path] = object{"content": text}
	}
	return json.MarshalIndent(object{
		"language": "Solidity",
		"sources":  texts,
		"settings": object{
			"remappings": []string{"@openzeppelin/=node_modules/@openzeppelin/", "erc721a/=node_modules/erc721a/"},
			"optimizer":  object{"enabled": true, "runs": a.OptimizerRuns},
			"metadata":   object{"bytecodeHash": "none", "appendCBOR": false},
			"evmVersion": a.EVM,
			"outputSelection": object{"*": object{"*": []string{
				"abi", "evm.bytecode.object", "evm.deployedBytecode.object", "evm.deployedBytecode.immutableReferences",
			}}},
		},
	}, "", " ")
}
