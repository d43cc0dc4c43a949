// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {Cid} from "../src/Cid.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {IERC7007} from "../src/IERC7007.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, IProvenERC721, Mint} from "../src/IProvenERC721.sol";
import {ProvenERC721} from "../src/ProvenERC721.sol";

/// @dev An heir that tries to mint without a proof.
contract Careless is ProvenERC721 {
    constructor(Drop memory d) ProvenERC721(d) {}

    function take(uint256 tokenId) external {
        _mint(msg.sender, tokenId);
    }
}

contract MintTest is DropBase {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    bytes4 internal constant INVALID = IProofVerifier.InvalidProof.selector;

    /// @dev A call with gas enough for a mint, as malformed points burn what they get.
    function rejected(bytes memory why, address to, uint256 id, bytes32 hash, bool bound, bytes memory p) internal {
        vm.expectRevert(why);
        drop.mint{gas: 3_000_000}(to, id, hash, bound, p);
    }

    function about(bytes4 selector, uint256 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, id);
    }

    function test_mint_toTheRecipientOfTheProof() public {
        bytes memory p = proof(BOB, 42);
        bytes memory prompt = abi.encode(drop.statement(BOB, 42, digest(42)));
        vm.expectEmit(address(drop));
        emit IERC7007.AigcData(42, prompt, abi.encode(digest(42)), p);
        vm.expectEmit(address(drop));
        emit Transfer(address(0), BOB, 42);
        vm.prank(ALICE); // anybody may hand it in
        drop.mint(BOB, 42, digest(42), true, p);
        same(drop.ownerOf(42), BOB, "owner");
        same(drop.digestOf(42), digest(42), "digest");
        same(bytes(drop.tokenURI(42)), bytes(Cid.uri(digest(42))), "uri");
        same(drop.balanceOf(BOB), 1, "balance");
    }

    function test_mint_unboundOnlyByTheOwner() public {
        bytes memory p = proof(address(0), 1);
        vm.prank(ALICE);
        rejected(abi.encodeWithSelector(GenproofDrop.RecipientNotProven.selector, ALICE), ALICE, 1, digest(1), false, p);
        vm.prank(OWNER);
        drop.mint(BOB, 1, digest(1), false, p);
        same(drop.ownerOf(1), BOB, "owner");
        vm.prank(OWNER);
        drop.renounceOwnership();
        p = proof(address(0), 2);
        vm.prank(ALICE);
        drop.mint(ALICE, 2, digest(2), false, p);
        same(drop.ownerOf(2), ALICE, "owner");
    }

    function test_mint_edgesOfIds() public {
        bytes4 s = IProvenERC721.InvalidTokenId.selector;
        rejected(about(s, 0), BOB, 0, digest(0), true, proof(BOB, 0));
        rejected(about(s, 101), BOB, 101, digest(101), true, proof(BOB, 101));
        rejected(about(s, 1 << 64 | 1), BOB, 1 << 64 | 1, digest(1), true, proof(BOB, 1));
        mintBound(BOB, 1);
        mintBound(BOB, 100);
    }

    function test_mint_revertsWhenNothingIsProven() public {
        rejected(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, 0, 256), BOB, 1, digest(1), true, "");
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, new bytes(256));
    }

    /// @dev What was proven, changed in one thing.
    function test_mint_revertsWhenSomethingElseIsProven() public {
        bytes memory p = proof(BOB, 1);
        bytes memory w = abi.encodeWithSelector(INVALID);
        rejected(w, BOB, 1, digest(1) ^ bytes32(uint256(1)), true, p); // another document
        rejected(w, BOB, 1, digest(1) ^ bytes32(uint256(1 << 200)), true, p);
        rejected(w, BOB, 2, digest(1), true, p); // another token
        rejected(w, ALICE, 1, digest(1), true, p); // another recipient
        vm.startPrank(OWNER);
        rejected(w, BOB, 1, digest(1), false, p); // a recipient where none was meant
        rejected(w, BOB, 1, digest(1), true, proof(address(0), 1)); // none where one was meant
        vm.stopPrank();
        drop.mint(BOB, 1, digest(1), true, p);
    }

    function test_mint_revertsWhenForAnotherContractOrChain() public {
        bytes memory here = proof(BOB, 1);
        GenproofDrop other = deployDrop(terms());
        openDrop(other); // of the same entropy
        bytes memory there = proof(other, BOB, 1, digest(1));
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, there);
        vm.expectRevert(INVALID);
        other.mint{gas: 3_000_000}(BOB, 1, digest(1), true, here);

        uint256[9] memory s = drop.statement(BOB, 1, digest(1));
        s[5] = uint256(keccak256(abi.encode(block.chainid + 1, address(drop), ENTROPY))) >> 8;
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, prove(s));
        s[5] = uint256(keccak256(abi.encode(block.chainid, address(drop), ~ENTROPY))) >> 8;
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, prove(s));
    }

    function test_mint_revertsWhenADropInputChanges() public {
        for (uint256 i = 0; i < 6; ++i) {
            uint256[9] memory s = drop.statement(BOB, 1, digest(1));
            s[i] += 1;
            rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, prove(s));
        }
    }

    function test_mint_revertsWhenReplayed() public {
        bytes memory p = proof(BOB, 1);
        drop.mint(BOB, 1, digest(1), true, p);
        bytes memory w = about(IProvenERC721.AlreadyProven.selector, 1);
        rejected(w, BOB, 1, digest(1), true, p);
        rejected(w, BOB, 1, digest(1), true, negated(p));
        rejected(w, BOB, 1, digest(1), true, proof(BOB, 1));
        rejected(w, BOB, 1, digest(2), true, proof(drop, BOB, 1, digest(2)));
        rejected(w, ALICE, 1, digest(1), true, proof(ALICE, 1));
        (Mint[] memory mints, bytes memory proofs) = batch(2, 1, BOB);
        vm.expectRevert(w);
        drop.mintBatch(mints, proofs);

        vm.prank(BOB);
        drop.burn(1);
        rejected(w, BOB, 1, digest(1), true, p);
        vm.expectRevert(w);
        drop.mintBatch(mints, proofs);
        same(drop.digestOf(1), digest(1), "digest of the burned token");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 1));
        drop.tokenURI(1);
    }

    function test_mint_revertsWhenTheReceiverIsNone() public {
        rejected(
            abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0)),
            address(0),
            1,
            digest(1),
            true,
            proof(address(0), 1)
        );
        rejected(
            abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(verifier)),
            address(verifier),
            1,
            digest(1),
            true,
            proof(address(verifier), 1)
        );
        same(drop.digestOf(1), 0, "nothing is left");
    }

    /// @dev Nobody knows a document of this digest; if somebody did, the token could be minted twice.
    function test_mint_revertsWhenTheDigestIsZero() public {
        rejected(about(IProvenERC721.Unproven.selector, 1), BOB, 1, 0, true, proof(drop, BOB, 1, 0));
    }

    function test_heir_cannotMintWithoutAProof() public {
        Careless heir = new Careless(terms());
        vm.expectRevert(about(IProvenERC721.Unproven.selector, 1));
        heir.take(1);
    }

    function test_fuzz_mint_acceptsWhatIsProven(address to, uint256 id, bytes32 hash, bool bound) public {
        id = id % 100 + 1;
        vm.assume(to != address(0) && to.code.length == 0 && hash != 0);
        bytes memory p = proof(drop, bound ? to : address(0), id, hash);
        vm.prank(OWNER);
        drop.mint(to, id, hash, bound, p);
        same(drop.ownerOf(id), to, "owner");
        same(drop.digestOf(id), hash, "digest");
    }

    function test_fuzz_mint_revertsWhenAByteOfTheDigestChanges(uint8 place, uint8 by) public {
        bytes32 other = digest(1) ^ bytes32(uint256(by == 0 ? 1 : by) << 8 * (place % 32));
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, other, true, proof(BOB, 1));
    }

    function test_mintBatch_mintsAll() public {
        (Mint[] memory mints, bytes memory proofs) = batch(5, 10, BOB);
        vm.expectEmit(address(drop));
        emit IERC7007.AigcData(
            10, abi.encode(drop.statement(BOB, 10, digest(10))), abi.encode(digest(10)), part(proofs, 0)
        );
        vm.expectEmit(address(drop));
        emit IERC7007.AigcData(
            14, abi.encode(drop.statement(BOB, 14, digest(14))), abi.encode(digest(14)), part(proofs, 4)
        );
        drop.mintBatch(mints, proofs);
        for (uint256 id = 10; id < 15; ++id) {
            same(drop.ownerOf(id), BOB, "owner");
            same(drop.digestOf(id), digest(id), "digest");
        }
        drop.mintBatch(new Mint[](0), "");
    }

    /// @dev The i-th proof.
    function part(bytes memory proofs, uint256 i) internal pure returns (bytes memory p) {
        p = new bytes(256);
        for (uint256 j = 0; j < 256; ++j) {
            p[j] = proofs[256 * i + j];
        }
    }

    function test_mintBatch_revertsWhenOneIsBad() public {
        for (uint256 i = 0; i < 4; ++i) {
            (Mint[] memory mints, bytes memory proofs) = batch(4, 1, BOB);
            mints[i].digest ^= bytes32(uint256(1));
            vm.expectRevert(INVALID);
            drop.mintBatch{gas: 5_000_000}(mints, proofs);
            for (uint256 id = 1; id <= 4; ++id) {
                same(drop.digestOf(id), 0, "nothing is left");
            }
        }
    }

    function test_mintBatch_revertsWhenATokenIsTwice() public {
        (Mint[] memory mints, bytes memory proofs) = batch(3, 1, BOB);
        mints[2] = mints[0];
        proofs = bytes.concat(part(proofs, 0), part(proofs, 1), part(proofs, 0));
        vm.expectRevert(about(IProvenERC721.AlreadyProven.selector, 1));
        drop.mintBatch(mints, proofs);
    }

    function test_mintBatch_revertsWhenTheLengthsDiffer() public {
        (Mint[] memory mints, bytes memory proofs) = batch(2, 1, BOB);
        proofs = part(proofs, 0);
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, 256, 512));
        drop.mintBatch(mints, proofs);
    }

    function test_mintBatch_unboundOnlyByTheOwner() public {
        (Mint[] memory mints, bytes memory proofs) = batch(2, 1, BOB);
        mints[1].bound = false;
        proofs = bytes.concat(part(proofs, 0), proof(address(0), 2));
        vm.expectRevert(abi.encodeWithSelector(GenproofDrop.RecipientNotProven.selector, address(this)));
        drop.mintBatch(mints, proofs);
        vm.prank(OWNER);
        drop.mintBatch(mints, proofs);
    }
}
