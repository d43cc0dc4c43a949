// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeckBase} from "./DeckBase.sol";
import {vm} from "../Vm.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckTerms} from "../../src/deck/IDeck.sol";
import {DropTerms, SaleTerms} from "../../src/deck/IDeckDrop.sol";

/// @dev A deck of ten cards, complete, with a list of four accounts.
abstract contract SaleBase is DeckBase {
    address internal constant CAROL = address(0xca201);
    uint256 internal constant ALLOWANCE = 3;
    uint256 internal constant PRICE = 0.05 ether;
    uint256 internal constant LIST_PRICE = 0.04 ether;

    SaleTerms internal terms;

    function setUp() public virtual override {
        super.setUp();
        terms = saleTerms();
        terms.list = pair(pair(leaf(ALICE), leaf(BOB)), pair(leaf(OWNER), leaf(AUTHOR)));
        admitAll(drop);
        address[5] memory buyers = [ALICE, BOB, CAROL, OWNER, AUTHOR];
        for (uint256 i = 0; i < 5; ++i) {
            vm.deal(buyers[i], 100 ether);
        }
    }

    function leaf(address account) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(account, ALLOWANCE))));
    }

    function pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    /// @dev The list's path from an account, which is on it, to the root.
    function pathOf(address account) internal pure returns (bytes32[] memory path) {
        path = new bytes32[](2);
        bool left = account == ALICE || account == BOB;
        path[1] = left ? pair(leaf(OWNER), leaf(AUTHOR)) : pair(leaf(ALICE), leaf(BOB));
        path[0] = leaf(left ? (account == ALICE ? BOB : ALICE) : (account == OWNER ? AUTHOR : OWNER));
    }

    function open(DeckDrop d) internal {
        vm.prank(AUTHOR);
        d.openSale(terms);
    }

    /// @dev Opens the sale and waits for the public phase.
    function openPublic(DeckDrop d) internal {
        open(d);
        vm.warp(terms.publicFrom);
    }

    function mint(DeckDrop d, address by, uint256 n) internal {
        vm.prank(by);
        d.mint{value: n * PRICE}(n);
    }

    /// @dev A fixed deck, complete.
    function fixedDrop() internal returns (DeckDrop d) {
        DeckTerms memory t = deckTerms();
        (t.permuted, t.gap, t.blockHashes, t.placeholder) = (false, 0, false, "");
        t.beacon = NO_BEACON;
        d = new DeckDrop(t, dropTerms());
        admitAll(d);
    }

    function dropWith(DropTerms memory t) internal returns (DeckDrop d) {
        d = new DeckDrop(deckTerms(), t);
        admitAll(d);
    }
}
