// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeckBase} from "./DeckBase.sol";
import {vm} from "../Vm.sol";
import {DeckState, DeckTerms, IDeck} from "../../src/deck/IDeck.sol";
import {DeckERC721} from "../../src/examples/DeckERC721.sol";

/// @dev An heir that keeps the rules for minting, and lets anybody close the sale.
contract Grasping721 is DeckERC721 {
    constructor(DeckTerms memory t) DeckERC721(t, "", "", 0) {}

    function close() external {
        _closeSale();
    }
}

/// @dev An heir that acts before the constructors it inherits.
contract Early721 is DeckERC721 {
    constructor(DeckTerms memory t, bool first) DeckERC721(_before(t, first), "", "", 0) {}

    function _before(DeckTerms memory t, bool first) private returns (DeckTerms memory) {
        if (first) _openSale(block.timestamp + 1 days);
        else _closeSale();
        return t;
    }
}

/// @dev What stands whatever an heir does with what it inherits. That it cannot name any variable, those that a
/// constructor sets included, `script/state.test.mjs` holds, as no such heir compiles.
contract DeckHeirTest is DeckBase {
    Grasping721 private heir;

    function setUp() public override {
        super.setUp();
        heir = new Grasping721(deckTerms());
        Group memory g = group(deckTerms(), 0);
        heir.admit(0, g.lists, g.digests, g.sizes, g.proofs);
        vm.prank(AUTHOR);
        heir.openSale(block.timestamp + 1 days);
        vm.prank(ALICE);
        heir.mint();
    }

    /// @dev A sale that is closed early is over, and its round is as far ahead as ever.
    function test_close_drawsNothingAndOpensNothing() public {
        vm.warp(block.timestamp + 1 hours);
        heir.close();
        same(heir.saleEnd(), block.timestamp, "end");
        same(heir.revealFrom(), block.timestamp + GAP, "the round is ahead");
        same(heir.randomness(), 0, "randomness");
        isOver();
        vm.warp(block.timestamp + GAP - 1);
        uint64 round = heir.round();
        bytes memory signature = beacon.signatureOf(round);
        vm.expectRevert(abi.encodeWithSelector(IDeck.TooEarly.selector, heir.revealFrom()));
        heir.reveal(signature);
        vm.warp(block.timestamp + 1);
        heir.reveal(signature);
        same(heir.round(), round, "round");
        same(heir.randomness(), keccak256(signature), "the beacon's");
        isOver();
        vm.expectRevert(IDeck.NothingToReveal.selector);
        heir.reveal(signature);
        yes(heir.state() == DeckState.Revealed, "revealed");
    }

    function isOver() private {
        uint256 end = heir.saleEnd();
        vm.expectRevert(IDeck.NotSelling.selector);
        heir.close();
        vm.expectRevert(IDeck.AlreadyOpened.selector);
        vm.prank(AUTHOR);
        heir.openSale(block.timestamp + 1 days);
        vm.expectRevert(IDeck.NotSelling.selector);
        vm.prank(ALICE);
        heir.mint();
        same(heir.saleEnd(), end, "end");
    }

    function test_nothingIsDoneBeforeTheConstructors() public {
        vm.startPrank(AUTHOR);
        vm.expectRevert(abi.encodeWithSelector(IDeck.NotTheAuthor.selector, AUTHOR));
        new Early721(deckTerms(), true);
        vm.expectRevert(IDeck.NotSelling.selector);
        new Early721(deckTerms(), false);
    }
}
