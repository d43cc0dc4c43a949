// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {vm} from "./Vm.sol";
import {IBeacon} from "../src/beacon/IBeacon.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, Mint} from "../src/IProvenERC721.sol";

/// @dev Real proofs, which a Go test has verified, on a contract at the address they are for.
contract GoldenTest is Base {
    struct Token {
        address recipient;
        uint256 id;
        bytes32 digest;
        string uri;
        string document;
        uint256[9] inputs;
        bytes proof;
    }

    uint256 internal constant MINTED = 5;

    string internal json;
    IProofVerifier internal verifier;
    GenproofDrop internal drop;

    function setUp() public {
        json = vm.readFile("testdata/drop.json");
        vm.chainId(vm.parseJsonUint(json, ".chain_id"));
        verifier = deployVerifier(vm.parseJsonBytes(json, ".key"));
        uint256[] memory c = vm.parseJsonUintArray(json, ".commitments");
        Drop memory terms = Drop({
            name: "Nebula Foxes",
            symbol: "FOX",
            firstId: 1,
            supply: uint64(vm.parseJsonUint(json, ".supply")),
            verifier: verifier,
            commitments: [c[0], c[1], c[3], c[4]],
            beaconSource: IBeacon(address(0)),
            beaconDelay: 1,
            templateNotice: 1,
            royaltyReceiver: address(0),
            royaltyFraction: 0
        });
        vm.prank(vm.parseJsonAddress(json, ".deployer"));
        drop = new GenproofDrop(terms, address(this));
        vm.roll(block.number + 2);
        vm.setBlockhash(block.number - 1, vm.parseJsonBytes32(json, ".entropy"));
        drop.open();
        drop.setTemplate(c[2]);
    }

    function token(string memory list, uint256 i) internal view returns (Token memory t) {
        string memory place = string.concat(list, "[", vm.toString(i), "]");
        t.recipient = vm.parseJsonAddress(json, string.concat(place, ".recipient"));
        t.id = vm.parseJsonUint(json, string.concat(place, ".id"));
        t.digest = vm.parseJsonBytes32(json, string.concat(place, ".digest"));
        t.uri = string.concat("ipfs://", vm.parseJsonString(json, string.concat(place, ".cid")));
        t.document = vm.parseJsonString(json, string.concat(place, ".document"));
        t.proof = vm.parseJsonBytes(json, string.concat(place, ".proof"));
        uint256[] memory inputs = vm.parseJsonUintArray(json, string.concat(place, ".statement"));
        for (uint256 j = 0; j < 9; ++j) {
            t.inputs[j] = inputs[j];
        }
    }

    function to(Token memory t) internal pure returns (address) {
        return t.recipient == address(0) ? address(0xb0b) : t.recipient;
    }

    function mint(Token memory t) internal {
        drop.mint(to(t), t.id, t.digest, t.recipient != address(0), t.proof);
    }

    function test_contract_derivesWhatGoDoes() public view {
        same(address(drop), vm.parseJsonAddress(json, ".contract"), "contract");
        same(drop.beacon(), vm.parseJsonUint(json, ".beacon"), "beacon");
        for (uint256 i = 0; i < MINTED; ++i) {
            Token memory t = token(".minted", i);
            uint256[9] memory s = drop.statement(t.recipient, t.id, t.digest);
            same(abi.encode(s), abi.encode(t.inputs), "statement");
        }
    }

    function test_verifier_acceptsRealProofs() public {
        for (uint256 i = 0; i < MINTED; ++i) {
            Token memory t = token(".minted", i);
            verifier.verify(verifier.fold(head(t.inputs)), tail(t.inputs), t.proof);
            for (uint256 j = 0; j < 9; ++j) {
                t.inputs[j] += 1;
                uint256[2] memory folded = verifier.fold(head(t.inputs));
                vm.expectRevert(IProofVerifier.InvalidProof.selector);
                verifier.verify(folded, tail(t.inputs), t.proof);
                t.inputs[j] -= 1;
            }
        }
    }

    function test_mint_realProofs() public {
        for (uint256 i = 0; i < MINTED; ++i) {
            Token memory t = token(".minted", i);
            mint(t);
            same(drop.ownerOf(t.id), to(t), "owner");
            same(bytes(drop.tokenURI(t.id)), bytes(t.uri), "uri");
            same(drop.digestOf(t.id), sha256(bytes(t.document)), "document");
            yes(drop.verify(abi.encode(t.inputs), abi.encode(t.digest), t.proof), "ERC-7007");
        }
    }

    function test_mintBatch_realProofs() public {
        Mint[] memory mints = new Mint[](MINTED);
        bytes memory proofs;
        for (uint256 i = 0; i < MINTED; ++i) {
            Token memory t = token(".minted", i);
            mints[i] = Mint(to(t), t.id, t.digest, t.recipient != address(0));
            proofs = bytes.concat(proofs, t.proof);
        }
        drop.mintBatch(mints, proofs);
        same(drop.balanceOf(to(token(".minted", 0))), MINTED - 1, "balance");
    }

    function test_mint_rejectsRealProofsOfSomethingElse() public {
        Token memory t = token(".minted", 0);
        bytes memory other = token(".minted", 1).proof;
        bytes4 w = IProofVerifier.InvalidProof.selector;
        vm.expectRevert(w);
        drop.mint(t.recipient, t.id, t.digest, true, other);
        vm.expectRevert(w);
        drop.mint(address(0xb0b), t.id, t.digest, true, t.proof);
        vm.expectRevert(w);
        drop.mint(t.recipient, t.id, t.digest, false, t.proof);
        vm.expectRevert(w);
        drop.mint(t.recipient, t.id, bytes32(uint256(t.digest) + 1), true, t.proof);
        mint(t);
        vm.expectRevert();
        drop.mint(t.recipient, t.id, t.digest, true, negated(t.proof));
    }

    function test_updateMetadata_realProofs() public {
        mint(token(".minted", 0));
        mint(token(".minted", 1));
        drop.scheduleTemplate(vm.parseJsonUint(json, ".next_template"));
        vm.warp(block.timestamp + 1);
        for (uint256 i = 0; i < 2; ++i) {
            Token memory t = token(".updated", i);
            address holder = drop.ownerOf(t.id);
            vm.prank(holder);
            drop.addAigcData(t.id, abi.encode(t.inputs), abi.encode(t.digest), t.proof);
            same(bytes(drop.tokenURI(t.id)), bytes(t.uri), "uri");
        }
    }
}
