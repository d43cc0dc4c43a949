// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeckBase} from "./DeckBase.sol";
import {vm} from "../Vm.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckTerms} from "../../src/deck/IDeck.sol";
import {DropTerms, SaleTerms} from "../../src/deck/IDeckDrop.sol";

/// @dev Whole transactions at Prague's prices: 21,000, calldata at 4 and 16 a byte (and EIP-7623's floor), the call in a
/// cold state. snapshots/deck.json holds the numbers; those of new slots stand beside what they are for.
contract DeckGasTest is DeckBase {
    struct Call {
        address from;
        uint256 value;
        bytes data;
    }

    uint256 private constant LISTED = 10_000;

    mapping(string name => Call) private calls;

    function deckTerms() internal view override returns (DeckTerms memory t) {
        t = super.deckTerms();
        (t.cards, t.batch) = (1024, 16);
    }

    function dropTerms() internal view override returns (DropTerms memory t) {
        t = super.dropTerms();
        t.walletLimit = 0;
    }

    DeckDrop private selling;
    bytes32[] private path;

    function setUp() public override {
        super.setUp();
        Group memory g = group(deckTerms(), 1);
        calls["admit a group of 512"] =
            Call(BOB, 0, abi.encodeCall(drop.admit, (g.number, g.lists, g.digests, g.sizes, g.proofs)));
        selling = new DeckDrop(deckTerms(), dropTerms());
        admitAll(selling);
        SaleTerms memory s = saleTerms();
        // A list of 10,000 has 14 levels.
        bytes32 node = keccak256(bytes.concat(keccak256(abi.encode(BOB, uint256(3)))));
        for (uint256 i = 0; i < 14; ++i) {
            bytes32 sibling = keccak256(abi.encode("sibling", i));
            path.push(sibling);
            node = node < sibling ? keccak256(abi.encode(node, sibling)) : keccak256(abi.encode(sibling, node));
        }
        s.list = node;
        vm.prank(AUTHOR);
        selling.openSale(s);
        vm.warp(s.publicFrom);
        vm.deal(ALICE, 10 ether);
        vm.deal(BOB, 10 ether);
        vm.prank(ALICE);
        selling.mint{value: 0.05 ether}(1);
        calls["mint 1"] = Call(BOB, 0.05 ether, abi.encodeCall(selling.mint, (1)));
        calls["mint 5"] = Call(BOB, 0.25 ether, abi.encodeCall(selling.mint, (5)));
        calls["mint 1 by a list of 10,000"] = Call(BOB, 0.04 ether, abi.encodeCall(selling.mintListed, (1, 3, path)));
    }

    function test_admit() public {
        yes(measure(address(drop), "admit a group of 512") <= 512 * 5000, "goal");
    }

    function test_mint() public {
        yes(measure(address(selling), "mint 1") <= 80_000, "goal");
    }

    function test_mint_5() public {
        yes(measure(address(selling), "mint 5") <= 100_000, "goal");
    }

    function test_mintListed() public {
        yes(measure(address(selling), "mint 1 by a list of 10,000") <= 92_000, "goal");
    }

    /// @dev Runs the call in a cold state and pins its gas.
    function measure(address target, string memory name) private returns (uint256 used) {
        Call memory c = calls[name];
        (uint256 zeros, uint256 others) = (0, 0);
        for (uint256 i = 0; i < c.data.length; ++i) {
            if (c.data[i] == 0) ++zeros;
            else ++others;
        }
        vm.prank(c.from);
        uint256 before = gasleft();
        (bool ok,) = target.call{value: c.value}(c.data);
        // The target is warm in a transaction, and its value costs nothing more.
        used = before - gasleft() - 2500 - (c.value == 0 ? 0 : 6700) + 21_000 + 4 * zeros + 16 * others;
        uint256 least = 21_000 + 10 * zeros + 40 * others;
        if (used < least) used = least;
        yes(ok, name);
        vm.snapshotValue("deck", name, used);
    }
}
