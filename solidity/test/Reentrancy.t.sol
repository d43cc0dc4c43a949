// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DropBase} from "./DropBase.sol";
import {Reentrant} from "./Reentrant.sol";
import {vm} from "./Vm.sol";
import {Mint} from "../src/IProvenERC721.sol";

/// @dev Only receivers that no proof names are called, so the proofs here name nobody; anybody may hand them in.
contract ReentrancyTest is DropBase {
    Reentrant internal thief;

    function setUp() public override {
        super.setUp();
        thief = new Reentrant(address(drop));
        vm.startPrank(OWNER);
        drop.scheduleTemplate(2002);
        drop.renounceOwnership();
        vm.stopPrank();
        vm.warp(block.timestamp + NOTICE);
    }

    function updateOf(uint256 id) internal returns (uint256[9] memory s, bytes memory p) {
        s = drop.statement(address(thief), id, digest(id + 1000));
        s[2] = 2002;
        p = prove(s);
    }

    /// @dev Every entry point, with proofs that are good, for a token that is being minted or about to be.
    function attack(uint256 id, bytes memory good) internal returns (bytes[] memory calls) {
        (uint256[9] memory s, bytes memory p) = updateOf(id);
        Mint[] memory again = new Mint[](1);
        again[0] = Mint(address(thief), id, digest(id), false);
        calls = new bytes[](8);
        calls[0] = abi.encodeCall(drop.mint, (address(thief), id, digest(id), false, good));
        calls[1] = abi.encodeCall(drop.mint, (address(thief), id, digest(id), false, negated(good)));
        calls[2] = abi.encodeCall(drop.mintBatch, (again, good));
        calls[3] = abi.encodeCall(drop.open, ());
        calls[4] = abi.encodeCall(drop.scheduleTemplate, (7));
        calls[5] = abi.encodeCall(drop.updateMetadata, (id, digest(id + 1000), true, p));
        calls[6] = abi.encodeCall(drop.addAigcData, (id, abi.encode(s), abi.encode(digest(id + 1000)), p));
        calls[7] = abi.encodeCall(drop.burn, (id));
    }

    /// @dev A receiver can do with its token what a holder can, and nothing else.
    function test_mint_reentered() public {
        bytes memory good = proof(address(0), 1);
        thief.arm(attack(1, good));
        drop.mint(address(thief), 1, digest(1), false, good);
        // The batch mints nothing.
        bool[8] memory want = [false, false, true, false, false, true, false, true];
        for (uint256 i = 0; i < 8; ++i) {
            yes(thief.results(i) == want[i], vm.toString(i));
        }
        same(drop.balanceOf(address(thief)), 0, "burned");
        same(drop.digestOf(1), digest(1001), "updated before");
    }

    /// @dev The last token of a batch, attacked while the first is handed over, is not there yet.
    function test_mintBatch_reentered() public {
        (Mint[] memory mints, bytes memory proofs) = batch(3, 1, address(0));
        for (uint256 i = 0; i < 3; ++i) {
            (mints[i].to, mints[i].bound) = (address(thief), false);
        }
        thief.arm(attack(3, proof(address(0), 3)));
        drop.mintBatch(mints, proofs);
        for (uint256 i = 0; i < 8; ++i) {
            yes(thief.results(i) == (i == 2), vm.toString(i)); // the batch mints nothing
        }
        same(drop.balanceOf(address(thief)), 3, "all");
        same(drop.digestOf(3), digest(3), "digest");
    }

    /// @dev Minting another token from within is a mint like any other.
    function test_mint_anotherFromWithin() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(drop.mint, (address(thief), 2, digest(2), false, proof(address(0), 2)));
        thief.arm(calls);
        drop.mint(address(thief), 1, digest(1), false, proof(address(0), 1));
        yes(thief.results(0), "minted");
        same(drop.balanceOf(address(thief)), 2, "both");
    }
}
