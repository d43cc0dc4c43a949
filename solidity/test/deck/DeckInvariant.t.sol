// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "../Base.sol";
import {Gated, Switch} from "../Invariant.t.sol";
import {BeaconOfTests, DeckBase} from "./DeckBase.sol";
import {BurnsGas, CallsBack, Refuses} from "./Hostile.sol";
import {vm, Vm} from "../Vm.sol";
import {IProofVerifier} from "../../src/IProofVerifier.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckState, DeckTerms} from "../../src/deck/IDeck.sol";
import {DropTerms, SaleTerms} from "../../src/deck/IDeckDrop.sol";

/// @dev Calls a drop in every way, by every kind of account, over clocks that jump, and compares it with what it
/// promises after every call.
contract DeckActions is Base {
    uint256 public constant CARDS = 130; // two groups
    uint256 private constant ALLOWANCE = 7;
    address private constant AUTHOR = address(0xa07);

    DeckDrop private immutable drop;
    Switch private immutable gate;
    BeaconOfTests private immutable beacon;
    /// Two plain accounts, one that calls back, one that refuses, one that burns gas, and a plain one that has
    /// delegated to code without a receiver's hook (EIP-7702).
    address[6] public actors;
    bytes32 private root;
    bytes32[][6] private paths;

    uint256 private paid;
    uint256 private withdrawn;
    mapping(uint256 id => uint256) public minted;
    uint256 public total;
    DeckState private lastState;
    uint32 private lastEnd;
    uint256 private moved;
    /// Before the call that is looked at: an account that calls back may close the sale within it.
    bool private wasSelling;
    bytes32 private lastRandomness;
    bytes32[2] private lastDirectories;

    constructor(DeckDrop drop_, Switch gate_, BeaconOfTests beacon_) {
        (drop, gate, beacon) = (drop_, gate_, beacon_);
        actors = [
            address(0xa11ce), address(0xb0b), address(new CallsBack(address(drop_))), address(0), address(0), address(0)
        ];
        (actors[3], actors[4], actors[5]) = (address(new Refuses()), address(new BurnsGas()), address(0xde1e6a7e));
        vm.etch(actors[5], abi.encodePacked(hex"ef0100", actors[3]));
        bytes32[8] memory leaves; // of which two are empty
        for (uint256 i = 0; i < 6; ++i) {
            vm.deal(actors[i], 1000 ether);
            leaves[i] = keccak256(bytes.concat(keccak256(abi.encode(actors[i], ALLOWANCE))));
        }
        for (uint256 i = 0; i < 6; ++i) {
            (root, paths[i]) = listOf(leaves, i);
        }
        vm.recordLogs();
    }

    function pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    /// @dev A list's root, and the path from a leaf to it.
    function listOf(bytes32[8] memory leaves, uint256 leaf) private pure returns (bytes32, bytes32[] memory path) {
        path = new bytes32[](3);
        bytes32[8] memory level;
        for (uint256 i = 0; i < 8; ++i) {
            level[i] = leaves[i];
        }
        for (uint256 d = 0; d < 3; ++d) {
            path[d] = level[leaf ^ 1];
            for (uint256 i = 0; i < 4 >> d; ++i) {
                level[i] = pair(level[2 * i], level[2 * i + 1]);
            }
            leaf >>= 1;
        }
        return (level[0], path);
    }

    function admit(uint256 group, bool good) external {
        group %= 3;
        uint256 count = group == 0 ? 128 : 2;
        gate.set(good);
        bool want = group < 2 && (good || drop.directoryOf(group) != 0);
        bytes memory sizes = new bytes(3 * count);
        bytes32[] memory digests = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            (digests[i], sizes[3 * i + 2]) = (keccak256(abi.encode(group, i)), 0x55);
        }
        call(
            actors[0], 0, abi.encodeCall(drop.admit, (group, new uint256[]((count + 3) / 4), digests, sizes, "")), want
        );
    }

    function openSale(uint256 length, uint256 phase, bool byAuthor) external {
        length = length % 370 days;
        uint32 end = uint32(block.timestamp + length);
        uint32 publicFrom = uint32(block.timestamp + phase % (length + 2) / 2);
        SaleTerms memory s = SaleTerms(end, uint32(block.timestamp), publicFrom, 0.01 ether, 0.03 ether, root);
        bool want = byAuthor && drop.isComplete() && drop.saleEnd() == 0 && publicFrom < end && length <= 366 days;
        call(byAuthor ? AUTHOR : actors[length % 6], 0, abi.encodeCall(drop.openSale, (s)), want);
    }

    function mint(uint256 who, uint256 n, uint256 wrong) external {
        (address by, SaleTerms memory s) = (actors[who % 6], drop.sale());
        n %= 33;
        uint256 value = n * s.price + (wrong % 8 == 0 ? 1 : 0);
        bool want = selling() && block.timestamp >= s.publicFrom && n > 0 && n <= left() - drop.reserve();
        want = want && wrong % 8 != 0 && drop.mintedBy(by) - drop.mintedByList(by) - given[by] + n <= drop.walletLimit();
        call(by, value, abi.encodeCall(drop.mint, (n)), want);
    }

    function mintListed(uint256 who, uint256 n, uint256 wrong) external {
        who %= 6;
        (address by, SaleTerms memory s) = (actors[who], drop.sale());
        n %= 6;
        uint256 value = n * s.listPrice + (wrong % 8 == 0 ? 1 : 0);
        bool want = selling() && block.timestamp >= s.listFrom && n > 0 && n <= left() - drop.reserve();
        want = want && wrong % 8 != 0 && s.list == root && drop.mintedByList(by) + n <= ALLOWANCE;
        call(by, value, abi.encodeCall(drop.mintListed, (n, ALLOWANCE, paths[who])), want);
    }

    /// Tokens out of the reserve.
    mapping(address => uint256) private given;

    function mintReserve(uint256 who, uint256 n, bool byOwner) external {
        address to = actors[who % 6];
        n %= 6;
        bool want = byOwner && drop.owner() != address(0) && selling() && n > 0 && n <= drop.reserve();
        call(byOwner ? owner() : AUTHOR, 0, abi.encodeCall(drop.mintReserve, (to, n)), want);
        if (want) given[to] += n;
    }

    function closeSale(uint256 who) external {
        bool want = selling() && left() == 0;
        call(actors[who % 6], 0, abi.encodeCall(drop.closeSale, ()), want);
    }

    function lowerPrices(uint256 listed, uint256 price) external {
        SaleTerms memory s = drop.sale();
        (listed, price) = (listed % 40 * 0.001 ether, price % 40 * 0.001 ether);
        bool want = drop.owner() != address(0) && listed <= s.listPrice && price <= s.price;
        call(owner(), 0, abi.encodeCall(drop.lowerPrices, (listed, price)), want);
    }

    function setList(bytes32 other, bool right) external {
        if (right) other = root;
        bool want = drop.owner() != address(0) && drop.saleEnd() != 0 && block.timestamp < drop.sale().listFrom;
        call(owner(), 0, abi.encodeCall(drop.setList, (other)), want);
    }

    function reveal(uint64 off) external {
        uint64 round = drop.round();
        bool want = drop.saleEnd() != 0 && block.timestamp >= drop.revealFrom() && off % 3 == 0 && !settled();
        call(actors[off % 6], 0, abi.encodeCall(drop.reveal, (beacon.signatureOf(round + off % 3))), want);
    }

    function revealByBlockHash(uint8 blocks) external {
        vm.roll(block.number + blocks);
        vm.setBlockhash(block.number - 1, keccak256(abi.encode(block.number)));
        (bool ok,) = address(drop).call(abi.encodeCall(drop.revealByBlockHash, ()));
        yes(!ok || block.timestamp >= drop.revealFrom() + 30 days, "a fallback before its time");
        check();
    }

    function fail() external {
        bool want = drop.saleEnd() != 0 && block.timestamp >= drop.revealFrom() + 60 days && !settled();
        call(actors[0], 0, abi.encodeCall(drop.fail, ()), want);
    }

    function withdraw(uint256 who, bool byPayee) external {
        address payee = drop.owner() == address(0) ? AUTHOR : drop.owner();
        address to = actors[who % 6];
        arm(who, 0);
        // Those that refuse, and whoever delegated to such code, take nothing.
        bool want = byPayee && settled() && who % 6 < 3;
        call(byPayee ? payee : address(0x57a), 0, abi.encodeCall(drop.withdraw, (payable(to))), want);
    }

    function burn(uint256 id) external {
        (bool exists, address holder) = holderOf(id);
        call(exists ? holder : actors[0], 0, abi.encodeCall(drop.burn, (id % (CARDS + 3))), exists);
    }

    function transfer(uint256 id, uint256 who, uint8 value) external {
        (bool exists, address holder) = holderOf(id);
        bytes memory data = abi.encodeCall(drop.transferFrom, (holder, actors[who % 6], id % (CARDS + 3)));
        call(exists ? holder : actors[0], value, data, exists);
    }

    function safeTransfer(uint256 id, uint256 who) external {
        (bool exists, address holder) = holderOf(id);
        arm(who, id);
        bytes memory data = abi.encodeWithSignature(
            "safeTransferFrom(address,address,uint256)", holder, actors[who % 6], id % (CARDS + 3)
        );
        call(exists ? holder : actors[0], 0, data, exists && who % 6 < 3);
    }

    function transferOwnership(uint256 who) external {
        address to = actors[who % 6];
        vm.prank(owner());
        (bool ok,) = address(drop).call(abi.encodeCall(drop.transferOwnership, (to)));
        yes(ok == (drop.owner() != address(0)), "offered");
        call(to, 0, abi.encodeCall(drop.acceptOwnership, ()), ok);
    }

    function renounceOwnership(uint8 seldom) external {
        if (seldom < 250) return;
        call(owner(), 0, abi.encodeCall(drop.renounceOwnership, ()), drop.owner() != address(0));
    }

    function wait(uint256 time, uint8 far) external {
        vm.warp(block.timestamp + time % (far % 4 == 0 ? 100 days : 1 days));
        check();
    }

    /// @dev The owner, or somebody else if there is none: nothing comes from address 0.
    function owner() private view returns (address) {
        return drop.owner() == address(0) ? address(0x57a) : drop.owner();
    }

    function selling() private view returns (bool) {
        return block.timestamp < drop.saleEnd();
    }

    function settled() private view returns (bool) {
        return drop.state() == DeckState.Revealed || drop.state() == DeckState.Failed;
    }

    function left() private view returns (uint256) {
        return CARDS - drop.totalMinted();
    }

    function holderOf(uint256 id) private view returns (bool exists, address holder) {
        try drop.ownerOf(id % (CARDS + 3)) returns (address a) {
            return (true, a);
        } catch {}
    }

    /// @dev The one that calls back will call everything that could be worth it.
    function arm(uint256 who, uint256 id) private {
        if (who % 6 != 2) return;
        SaleTerms memory s = drop.sale();
        CallsBack.Call[] memory calls = new CallsBack.Call[](8);
        calls[0] = CallsBack.Call(s.price, abi.encodeCall(drop.mint, (1)));
        calls[1] = CallsBack.Call(s.listPrice, abi.encodeCall(drop.mintListed, (1, ALLOWANCE, paths[2])));
        calls[2] = CallsBack.Call(0, abi.encodeCall(drop.withdraw, (payable(actors[2]))));
        calls[3] = CallsBack.Call(0, abi.encodeCall(drop.closeSale, ()));
        calls[4] = CallsBack.Call(0, abi.encodeCall(drop.fail, ()));
        calls[5] = CallsBack.Call(0, abi.encodeCall(drop.revealByBlockHash, ()));
        calls[6] = CallsBack.Call(0, abi.encodeCall(drop.burn, (id % (CARDS + 3))));
        calls[7] = CallsBack.Call(0, abi.encodeCall(drop.mintReserve, (actors[2], 1)));
        CallsBack(payable(actors[2])).arm(calls);
    }

    /// @dev Runs a call whose outcome is known, and looks at everything after it.
    function call(address by, uint256 value, bytes memory data, bool want) private {
        uint256 before = CallsBack(payable(actors[2])).paid();
        wasSelling = selling();
        vm.prank(by);
        (bool ok,) = address(drop).call{value: value, gas: 10_000_000}(data);
        yes(ok == want, "outcome");
        if (ok) paid += value;
        paid += CallsBack(payable(actors[2])).paid() - before;
        check();
    }

    function check() private {
        readLogs();
        same(address(drop).balance + withdrawn, paid, "ether in is ether out and the balance");
        same(drop.totalMinted(), total, "ids ever minted");
        yes(total + drop.reserve() <= CARDS, "the reserve is kept");
        checkForward();
    }

    /// @dev Each mint comes while the sale runs, when every card is proven, and of an id that was never used.
    function readLogs() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter != address(drop)) continue;
            if (logs[i].topics[0] == keccak256("Withdrawn(address,uint256)")) {
                (, uint256 amount) = abi.decode(logs[i].data, (address, uint256));
                withdrawn += amount;
                yes(settled(), "money leaves when the sale is settled");
            }
            if (logs[i].topics[0] != keccak256("Transfer(address,address,uint256)") || logs[i].topics[1] != 0) {
                continue;
            }
            uint256 id = uint256(logs[i].topics[3]);
            yes(++minted[id] == 1 && id > 0 && id <= CARDS, "an id is minted once");
            yes(drop.isComplete() && wasSelling, "a mint outside the sale");
            ++total;
        }
    }

    /// @dev Nothing goes back, and what is fixed stays.
    function checkForward() private {
        DeckState state = drop.state();
        yes(state >= lastState && (lastState < DeckState.Revealed || state == lastState), "state goes back");
        uint32 end = drop.saleEnd();
        if (lastEnd != 0 && end != lastEnd) {
            // By anybody: an account that calls back may close the sale too.
            yes(end < lastEnd && ++moved == 1 && left() == 0, "the end moves only once, when all is sold");
        }
        if (lastRandomness != 0) same(drop.randomness(), lastRandomness, "randomness");
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 directory = drop.directoryOf(i);
            if (lastDirectories[i] != 0) same(directory, lastDirectories[i], "directory");
            lastDirectories[i] = directory;
        }
        (lastState, lastEnd, lastRandomness) = (state, end, drop.randomness());
    }
}

contract DeckInvariantTest is DeckBase {
    DeckActions private actions;

    function setUp() public override {
        vm.warp(1_800_000_000);
        vm.roll(100);
        address gate = address(0x5317c4);
        vm.etch(gate, type(Switch).runtimeCode);
        verifier = IProofVerifier(address(0x9a7ed));
        vm.etch(address(verifier), type(Gated).runtimeCode);
        beacon = new BeaconOfTests();
        DeckTerms memory t = deckTerms();
        t.cards = 130;
        DropTerms memory d = dropTerms();
        (d.walletLimit, d.reserve) = (60, 6);
        drop = new DeckDrop(t, d);
        actions = new DeckActions(drop, Switch(gate), beacon);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(actions);
    }

    /// forge-config: ci.invariant.runs = 200
    /// @dev After every call the actions check what they did; after each run everything is.
    function invariant_deck() public view {
        yes(actions.total() <= actions.CARDS(), "supply");
    }

    function afterInvariant() public view {
        uint256 existing;
        bool revealed = drop.state() == DeckState.Revealed;
        uint256[] memory balances = new uint256[](6);
        bool[] memory shown = new bool[](130);
        for (uint256 id = 0; id <= 132; ++id) {
            yes(actions.minted(id) <= 1, "minted twice");
            try drop.ownerOf(id) returns (address holder) {
                yes(actions.minted(id) == 1, "none from nothing");
                ++existing;
                for (uint256 i = 0; i < 6; ++i) {
                    if (actions.actors(i) == holder) ++balances[i];
                }
                yes(bytes(drop.tokenURI(id)).length > (revealed ? 66 : 17), "document or placeholder");
            } catch {}
            if (!revealed || id == 0 || id > 130) continue;
            uint256 card = drop.cardOf(id);
            yes(!shown[card], "each card at most one token");
            shown[card] = true;
        }
        same(existing, drop.totalSupply(), "supply");
        for (uint256 i = 0; i < 6; ++i) {
            same(drop.balanceOf(actions.actors(i)), balances[i], "balance");
        }
    }
}
