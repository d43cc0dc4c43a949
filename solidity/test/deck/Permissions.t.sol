// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SaleBase} from "./SaleBase.sol";
import {Table} from "../Table.sol";
import {vm} from "../Vm.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckTerms} from "../../src/deck/IDeck.sol";
import {DropTerms} from "../../src/deck/IDeckDrop.sol";

/// @dev Who may do what, and when: every function that is no view, in every state, by every kind of caller, against
/// testdata/permissions.json. A Go test holds the file to name all functions.
contract PermissionsTest is SaleBase, Table {
    address private constant HOLDER = ALICE;
    address private constant STRANGER = BOB;
    address private constant OFFERED = CAROL;
    uint256 private constant HELD = 1;
    string private constant CALLERS = "opahs"; // permissions.json says who they are

    string private json;
    /// States before this one are reached already.
    uint256 private reached;

    function setUp() public override {
        super.setUp();
        json = vm.readFile("testdata/permissions.json");
    }

    function dropTerms() internal view override returns (DropTerms memory t) {
        t = super.dropTerms();
        t.walletLimit = 0;
    }

    function test_permissions_ofAPermutedDeck() public {
        drop = new DeckDrop(deckTerms(), dropTerms());
        checkTable(".permuted", false);
    }

    function test_permissions_ofAFixedDeck() public {
        drop = new DeckDrop(fixedTerms(), dropTerms());
        checkTable(".fixed", false);
    }

    /// @dev Nobody owns the drop: what was the owner's is nobody's, but what was paid is the author's.
    function test_permissions_whenTheOwnershipIsRenounced() public {
        drop = new DeckDrop(deckTerms(), dropTerms());
        checkTable(".permuted", true);
        reached = 0;
        vm.warp(1_800_000_000);
        drop = new DeckDrop(fixedTerms(), dropTerms());
        checkTable(".fixed", true);
    }

    function fixedTerms() private view returns (DeckTerms memory t) {
        t = deckTerms();
        (t.permuted, t.gap, t.blockHashes, t.placeholder) = (false, 0, false, "");
        t.beacon = NO_BEACON;
    }

    function checkTable(string memory table, bool renounced) private {
        vm.prank(OWNER);
        drop.transferOwnership(OFFERED);
        string[] memory rows = vm.parseJsonStringArray(json, table);
        string[] memory states = words(rows[0]);
        for (uint256 i = 1; i < states.length; ++i) {
            reach(states[i]);
            uint256 before = vm.snapshotState();
            if (renounced) {
                vm.prank(OWNER);
                drop.renounceOwnership();
            }
            for (uint256 j = 1; j < rows.length; ++j) {
                string[] memory row = words(rows[j]);
                same(row.length, states.length, row[0]);
                checkCell(row[0], states[i], row[i], renounced);
            }
            vm.revertToState(before);
        }
    }

    function checkCell(string memory name, string memory state_, string memory may, bool renounced) private {
        for (uint256 i = 0; i < bytes(CALLERS).length; ++i) {
            bytes1 caller = bytes(CALLERS)[i];
            bool want = contains(may, caller);
            if (renounced && is_(name, "withdraw")) want = caller == "a" && contains(may, "o");
            else if (renounced && !contains(may, "s")) want = want && caller != "o" && caller != "p";
            string memory what = string.concat(name, " ", state_, " ", string(abi.encodePacked(caller)));
            bytes[] memory calls = callsOf(name, accountOf(caller));
            for (uint256 j = 0; j < calls.length; ++j) {
                checkCall(accountOf(caller), calls[j], want, what, mayChange(name));
            }
        }
    }

    function accountOf(bytes1 caller) private pure returns (address) {
        if (caller == "o") return OWNER;
        if (caller == "p") return OFFERED;
        if (caller == "a") return AUTHOR;
        return caller == "h" ? HOLDER : STRANGER;
    }

    function checkCall(address by, bytes memory data, bool want, string memory what, bool changes) private {
        uint256 before = vm.snapshotState();
        bytes32 promised = promises();
        uint256 value = valueOf(bytes4(data));
        vm.prank(by);
        (bool ok,) = address(drop).call{value: value}(data);
        yes(ok == want, what);
        if (ok && !changes) same(promises(), promised, string.concat("promises: ", what));
        vm.revertToState(before);
    }

    /// @dev What no owner may change: all that a buyer relied on.
    function promises() private view returns (bytes32) {
        bytes memory held;
        try drop.ownerOf(HELD) returns (address holder) {
            held = abi.encode(holder, drop.tokenURI(HELD));
        } catch {}
        bytes memory deck = abi.encode(drop.terms(), drop.home(), drop.directoryOf(0), drop.walletLimit());
        return keccak256(abi.encode(deck, drop.randomness(), drop.saleEnd(), drop.round(), held));
    }

    /// @dev Reports whether a function is there to change one of these.
    function mayChange(string memory name) private pure returns (bool) {
        return is_(name, "admit") || is_(name, "openSale") || is_(name, "closeSale") || is_(name, "reveal")
            || is_(name, "revealByBlockHash") || is_(name, "transferFrom") || is_(name, "safeTransferFrom")
            || is_(name, "burn");
    }

    /// @dev Takes the drop from the state before to this one.
    function reach(string memory state_) private {
        if (is_(state_, "complete")) admitAll(drop);
        if (is_(state_, "opened")) {
            open(drop);
            vm.prank(OWNER);
            drop.mintReserve(HOLDER, 1);
        }
        if (is_(state_, "list")) vm.warp(terms.listFrom);
        if (is_(state_, "public")) {
            vm.warp(terms.publicFrom);
            reached = vm.snapshotState();
        }
        if (is_(state_, "sold")) {
            mint(drop, HOLDER, 8);
            vm.prank(OWNER);
            drop.mintReserve(HOLDER, 1);
        }
        if (is_(state_, "ended")) {
            vm.revertToState(reached); // not sold out
            mint(drop, HOLDER, 2);
            vm.warp(terms.end);
        }
        if (is_(state_, "due")) vm.warp(uint256(terms.end) + GAP);
        if (is_(state_, "silent30")) vm.warp(uint256(terms.end) + GAP + 30 days);
        if (is_(state_, "silent60")) {
            vm.warp(uint256(terms.end) + GAP + 60 days);
            reached = vm.snapshotState();
        }
        if (is_(state_, "revealed")) drop.reveal(beacon.signatureOf(drop.round()));
        if (is_(state_, "failed")) {
            vm.revertToState(reached);
            drop.fail();
        }
    }

    function callsOf(string memory name, address by) private returns (bytes[] memory calls) {
        calls = new bytes[](1);
        if (is_(name, "admit")) {
            Group memory g = group(drop.terms(), 0);
            calls[0] = abi.encodeCall(drop.admit, (0, g.lists, g.digests, g.sizes, g.proofs));
        }
        if (is_(name, "openSale")) calls[0] = abi.encodeCall(drop.openSale, (terms));
        if (is_(name, "mintListed")) calls[0] = abi.encodeCall(drop.mintListed, (1, ALLOWANCE, pathOf(by)));
        if (is_(name, "mint")) calls[0] = abi.encodeCall(drop.mint, (1));
        if (is_(name, "mintReserve")) calls[0] = abi.encodeCall(drop.mintReserve, (by, 1));
        if (is_(name, "closeSale")) calls[0] = abi.encodeCall(drop.closeSale, ());
        if (is_(name, "reveal")) calls[0] = abi.encodeCall(drop.reveal, (beacon.signatureOf(drop.round())));
        if (is_(name, "revealByBlockHash")) calls[0] = abi.encodeCall(drop.revealByBlockHash, ());
        if (is_(name, "fail")) calls[0] = abi.encodeCall(drop.fail, ());
        if (is_(name, "withdraw")) calls[0] = abi.encodeCall(drop.withdraw, (payable(by)));
        if (is_(name, "lowerPrices")) calls[0] = abi.encodeCall(drop.lowerPrices, (0, 0));
        if (is_(name, "setList")) calls[0] = abi.encodeCall(drop.setList, (bytes32(uint256(1))));
        if (is_(name, "setRoyalty")) calls[0] = abi.encodeCall(drop.setRoyalty, (by, 1000));
        if (is_(name, "setContractURI")) calls[0] = abi.encodeCall(drop.setContractURI, ("ipfs://other"));
        if (is_(name, "transferOwnership")) calls[0] = abi.encodeCall(drop.transferOwnership, (by));
        if (is_(name, "acceptOwnership")) calls[0] = abi.encodeCall(drop.acceptOwnership, ());
        if (is_(name, "renounceOwnership")) calls[0] = abi.encodeCall(drop.renounceOwnership, ());
        if (is_(name, "approve")) calls[0] = abi.encodeCall(drop.approve, (by, HELD));
        if (is_(name, "setApprovalForAll")) calls[0] = abi.encodeCall(drop.setApprovalForAll, (address(1), true));
        if (is_(name, "transferFrom")) calls[0] = abi.encodeCall(drop.transferFrom, (HOLDER, by, HELD));
        if (is_(name, "burn")) calls[0] = abi.encodeCall(drop.burn, (HELD));
        if (is_(name, "safeTransferFrom")) {
            calls = new bytes[](2);
            calls[0] = abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", HOLDER, by, HELD);
            calls[1] = abi.encodeWithSignature("safeTransferFrom(address,address,uint256,bytes)", HOLDER, by, HELD, "");
        }
        yes(calls[0].length != 0, name);
    }

    function valueOf(bytes4 selector) private pure returns (uint256) {
        if (selector == DeckDrop.mint.selector) return PRICE;
        return selector == DeckDrop.mintListed.selector ? LIST_PRICE : 0;
    }
}
