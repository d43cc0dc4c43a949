//go:build prover_checks

package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

const heirs = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {DeckDrop} from "@genproof/contracts/deck/DeckDrop.sol";
import {DeckTerms} from "@genproof/contracts/deck/IDeck.sol";
import {DeckSale} from "@genproof/contracts/examples/DeckSale.sol";

contract Heir is ERC721, DeckSale {
    constructor(DeckTerms memory deck) ERC721("Heir", "H") DeckSale(deck, 1) {}

    function mint() external payable {
        _safeMint(msg.sender, _sell());
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        return _uriOf(tokenId);
    }
}

contract Same {
    function codeOf() external pure returns (bytes32) {
        return keccak256(type(DeckDrop).creationCode);
    }
}
`

const foundry = `[profile.default]
src = "src"
libs = ["node_modules"]
solc = "bin/solc"
offline = true
evm_version = "prague"
optimizer = true
optimizer_runs = 2000
bytecode_hash = "none"
cbor_metadata = false

[lint]
lint_on_build = false
`

// In a project that has the tarball alone, with the remappings that it brings, a heir compiles under
// Foundry, and the package's DeckDrop compiles to the code that its digests are of.
func TestSlowPackage_AHeirCompiles(t *testing.T) {
	own, _ := tarball(t, made(t))
	project := t.TempDir()
	solc, err := os.ReadFile(filepath.Join(root, "solidity", "bin", "solc"))
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{"package.json": `{"name": "scratch", "private": true}`, "foundry.toml": foundry, "src/Heir.sol": heirs, "bin/solc": string(solc)} {
		path = filepath.Join(project, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	npm(t, project, "install", "--ignore-scripts", "--no-audit", "--no-fund", own, "solc@0.8.37", "@foundry-rs/forge-linux-amd64@1.7.1")
	remappings, err := os.ReadFile(filepath.Join(project, "node_modules/@genproof/contracts/remappings.txt"))
	if err == nil {
		err = os.WriteFile(filepath.Join(project, "remappings.txt"), remappings, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	forge := exec.Command(filepath.Join(project, "node_modules/@foundry-rs/forge-linux-amd64/bin/forge"), "build")
	forge.Dir = project
	if out, err := forge.CombinedOutput(); err != nil {
		t.Fatalf("forge: %v\n%s", err, out)
	}
	for _, name := range []string{"Heir", "Same"} {
		if _, err := os.Stat(filepath.Join(project, "out/Heir.sol", name+".json")); err != nil {
			t.Error(err)
		}
	}
	var list map[string]digests
	var built struct {
		Bytecode struct{ Object hexutil.Bytes }
	}
	for path, into := range map[string]any{"node_modules/@genproof/contracts/digests.json": &list, "out/DeckDrop.sol/DeckDrop.json": &built} {
		data, err := os.ReadFile(filepath.Join(project, path))
		if err == nil {
			err = json.Unmarshal(data, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprintf("0x%x", sha256.Sum256(built.Bytecode.Object)); got != list["DeckDrop"].Creation {
		t.Errorf("DeckDrop compiles to %s, its digest says %s", got, list["DeckDrop"].Creation)
	}
}
