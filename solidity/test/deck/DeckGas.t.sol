// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeckBase} from "./DeckBase.sol";
import {vm} from "../Vm.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckTerms} from "../../src/deck/IDeck.sol";
import {DropTerms, SaleTerms} from "../../src/deck/IDeckDrop.sol";

/// @dev Whole transactions at Prague's prices: 21,000, calldata at 4 and 16 a byte (and EIP-7623's floor), the call in a
/// cold state. snapshots/deck.json holds the numbers, snapshots/deck-slots.json how many storage slots become new.
abstract contract DeckGasBase is DeckBase {
    struct Call {
        address from;
        uint256 value;
        bytes data;
    }

    uint256 private constant LISTED = 10_000;

    mapping(string name => Call) internal calls;

    function deckTerms() internal view override returns (DeckTerms memory t) {
        t = super.deckTerms();
        (t.cards, t.batch) = (1024, 16);
    }

    function dropTerms() internal view override returns (DropTerms memory t) {
        t = super.dropTerms();
        t.walletLimit = 0;
    }

    DeckDrop internal selling;
    DeckDrop internal small;
    bytes32[] internal path;

    function setUp() public virtual override {
        super.setUp();
        callAdmit("admit a group of 512", group(deckTerms(), 1));
        DeckTerms memory t = deckTerms();
        (t.cards, t.batch) = (16, 4);
        small = new DeckDrop(t, dropTerms());
        callAdmit("admit 4 small proofs", group(t, 0));
        selling = new DeckDrop(deckTerms(), dropTerms());
        admitAll(selling);
        SaleTerms memory s = saleTerms();
        s.list = listOf10000();
        calls["openSale"] = Call(AUTHOR, 0, abi.encodeCall(selling.openSale, (s)));
        vm.deal(ALICE, 100 ether);
        vm.deal(BOB, 100 ether);
        calls["mint 1"] = Call(BOB, 0.05 ether, abi.encodeCall(selling.mint, (1)));
        calls["mint 5"] = Call(BOB, 0.25 ether, abi.encodeCall(selling.mint, (5)));
        calls["mint 1 by a list of 10,000"] = Call(BOB, 0.04 ether, abi.encodeCall(selling.mintListed, (1, 3, path)));
        calls["mintReserve 1"] = Call(OWNER, 0, abi.encodeCall(selling.mintReserve, (BOB, 1)));
        calls["closeSale"] = Call(BOB, 0, abi.encodeCall(selling.closeSale, ()));
        calls["revealByBlockHash, arming"] = Call(BOB, 0, abi.encodeCall(selling.revealByBlockHash, ()));
        calls["fail"] = Call(BOB, 0, abi.encodeCall(selling.fail, ()));
        calls["withdraw"] = Call(OWNER, 0, abi.encodeCall(selling.withdraw, (payable(OWNER))));
    }

    function callAdmit(string memory name, Group memory g) private {
        calls[name] = Call(BOB, 0, abi.encodeCall(drop.admit, (g.number, g.lists, g.digests, g.sizes, g.proofs)));
    }

    /// @dev The root of a list that has BOB, who can mint 3, and 14 levels.
    function listOf10000() private returns (bytes32 node) {
        node = keccak256(bytes.concat(keccak256(abi.encode(BOB, uint256(3)))));
        for (uint256 i = 0; i < 14; ++i) {
            bytes32 sibling = keccak256(abi.encode("sibling", i));
            path.push(sibling);
            node = node < sibling ? keccak256(abi.encode(node, sibling)) : keccak256(abi.encode(sibling, node));
        }
    }

    /// @dev Runs a call outside of the measurement.
    function run(string memory name) internal {
        Call memory c = calls[name];
        vm.prank(c.from);
        (bool ok,) = address(selling).call{value: c.value}(c.data);
        yes(ok, name);
    }

    /// @dev The sale's public phase, in which one token is sold.
    function sell() internal {
        run("openSale");
        vm.warp(selling.sale().publicFrom);
        vm.prank(ALICE);
        selling.mint{value: 0.05 ether}(1);
    }

    /// @dev Pins the gas of a call within another contract, in a cold state.
    function measureView(string memory name, bytes memory data) internal returns (uint256 used) {
        uint256 before = gasleft();
        (bool ok,) = address(selling).staticcall(data);
        used = before - gasleft();
        yes(ok, name);
        vm.snapshotValue("deck", name, used);
    }

    /// @dev Runs the call in a cold state and pins its gas.
    function measure(address target, string memory name) internal returns (uint256 used) {
        Call memory c = calls[name];
        (uint256 zeros, uint256 others) = (0, 0);
        for (uint256 i = 0; i < c.data.length; ++i) {
            if (c.data[i] == 0) ++zeros;
            else ++others;
        }
        vm.record();
        uint256 state = vm.snapshotState();
        vm.prank(c.from);
        uint256 before = gasleft();
        (bool ok,) = target.call{value: c.value}(c.data);
        // The target is warm in a transaction, and its value costs nothing more.
        used = before - gasleft() - 2500 - (c.value == 0 ? 0 : 6700) + 21_000 + 4 * zeros + 16 * others;
        uint256 least = 21_000 + 10 * zeros + 40 * others;
        if (used < least) used = least;
        yes(ok, name);
        vm.snapshotValue("deck", name, used);
        countSlots(target, name, state);
    }

    /// @dev Pins how many slots had nothing in them, and goes back to the state before the call.
    function countSlots(address target, string memory name, uint256 state) private {
        (, bytes32[] memory slots) = vm.accesses(target);
        bytes32[] memory values = new bytes32[](slots.length);
        for (uint256 i = 0; i < slots.length; ++i) {
            values[i] = vm.load(target, slots[i]);
        }
        vm.revertToState(state);
        uint256 fresh;
        for (uint256 i = 0; i < slots.length; ++i) {
            bool again;
            for (uint256 j = 0; j < i; ++j) {
                again = again || slots[i] == slots[j];
            }
            if (!again && values[i] != 0 && vm.load(target, slots[i]) == 0) ++fresh;
        }
        vm.snapshotValue("deck-slots", name, fresh);
    }
}

contract DeckCompleteGasTest is DeckGasBase {
    function test_admit() public {
        yes(measure(address(drop), "admit a group of 512") <= 512 * 5000, "goal");
    }

    function test_admitSmall() public {
        measure(address(small), "admit 4 small proofs");
    }

    function test_openSale() public {
        measure(address(selling), "openSale");
    }

    function test_deploy() public {
        DeckTerms memory t = deckTerms();
        DropTerms memory d = dropTerms();
        uint256 before = gasleft();
        DeckDrop made = new DeckDrop(t, d);
        vm.snapshotValue("deck", "deploy DeckDrop", before - gasleft());
        yes(address(made).code.length <= 24_576, "EIP-170");
    }
}

contract DeckSaleGasTest is DeckGasBase {
    function setUp() public override {
        super.setUp();
        sell();
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

    function test_mintReserve() public {
        measure(address(selling), "mintReserve 1");
    }
}

contract DeckSoldGasTest is DeckGasBase {
    function setUp() public override {
        super.setUp();
        sell();
        vm.startPrank(ALICE);
        for (uint256 left = 1024 - 1 - 2; left > 0;) {
            uint256 n = left < 32 ? left : 32;
            selling.mint{value: n * 0.05 ether}(n);
            left -= n;
        }
        vm.stopPrank();
        vm.prank(OWNER);
        selling.mintReserve(ALICE, 2);
    }

    function test_closeSale() public {
        measure(address(selling), "closeSale");
    }
}

contract DeckEndedGasTest is DeckGasBase {
    function setUp() public override {
        super.setUp();
        sell();
        vm.warp(selling.revealFrom() + 60 days);
        bytes memory signature = beacon.signatureOf(selling.round());
        calls["reveal without the beacon's check"] = Call(BOB, 0, abi.encodeCall(selling.reveal, (signature)));
    }

    function test_reveal() public {
        measure(address(selling), "reveal without the beacon's check");
    }

    function test_arm() public {
        measure(address(selling), "revealByBlockHash, arming");
    }

    function test_fail() public {
        measure(address(selling), "fail");
    }
}

contract DeckArmedGasTest is DeckGasBase {
    function setUp() public override {
        super.setUp();
        sell();
        vm.warp(selling.revealFrom() + 30 days);
        run("revealByBlockHash, arming");
        vm.roll(block.number + 65);
        vm.setBlockhash(block.number - 1, keccak256("hash"));
        calls["revealByBlockHash"] = calls["revealByBlockHash, arming"];
    }

    function test_revealByBlockHash() public {
        measure(address(selling), "revealByBlockHash");
    }
}

contract DeckRevealedGasTest is DeckGasBase {
    function setUp() public override {
        super.setUp();
        sell();
        vm.deal(OWNER, 1);
        vm.warp(selling.revealFrom());
        selling.reveal(beacon.signatureOf(selling.round()));
    }

    /// @dev To an account that had ether before.
    function test_withdraw() public {
        measure(address(selling), "withdraw");
    }

    function test_tokenURI() public {
        yes(measureView("tokenURI", abi.encodeCall(selling.tokenURI, (1))) <= 100_000, "goal");
    }

    function test_cardOf() public {
        measureView("cardOf", abi.encodeCall(selling.cardOf, (1)));
    }

    function test_tokenOf() public {
        measureView("tokenOf", abi.encodeCall(selling.tokenOf, (1)));
    }
}
