// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {DropBase} from "./DropBase.sol";
import {Reentrant} from "./Reentrant.sol";
import {vm, Vm} from "./Vm.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, Mint} from "../src/IProvenERC721.sol";

/// @dev What the gated verifier answers, kept apart since a drop copies its verifier's code and not its storage.
contract Switch {
    bool public accepts;

    function set(bool value) external {
        accepts = value;
    }
}

/// @dev Accepts everything or nothing.
contract Gated is IProofVerifier {
    Switch internal constant SWITCH = Switch(address(0x5317c4));

    modifier gated() {
        if (!SWITCH.accepts()) revert InvalidProof();
        _;
    }

    function fold(uint256[] calldata) external pure returns (uint256[2] memory) {
        return [uint256(1), 2];
    }

    function verify(uint256[2] calldata, uint256[3] calldata, bytes calldata) external view gated {}
    function verifyBatch(uint256[2] calldata, uint256[3][] calldata, bytes calldata) external view gated {}
    function verifyBound(uint256[3] calldata, bytes calldata) external view gated {}
    function verifyBatchBound(uint256[3][] calldata, bytes calldata) external view gated {}
    function keyDigest() external pure returns (bytes32) {}
    function verifyingKey() external pure returns (bytes memory) {}
}

/// @dev Calls a drop in every way, also from within receivers, and checks each result against a model of it.
contract Actions is Base {
    uint256 internal constant SUPPLY = 100;
    uint256 internal constant VERSIONS = 4; // of a token's document

    GenproofDrop internal immutable drop;
    Switch internal immutable gate;
    address[4] internal actors;

    mapping(uint256 id => uint256) public minted;
    uint256 public total;

    constructor(GenproofDrop drop_, Switch gate_) {
        drop = drop_;
        gate = gate_;
        actors = [address(0xa11ce), address(0xb0b), address(new Reentrant(address(drop_))), address(0)];
        actors[3] = address(new Reentrant(address(drop_)));
        vm.recordLogs();
    }

    function versionOf(uint256 id, uint256 version) public pure returns (bytes32) {
        return keccak256(abi.encode(id, version % VERSIONS));
    }

    /// @dev A receiver is called if no proof names it.
    function mint(uint256 id, uint256 who, uint256 version, bool bound) external {
        id %= SUPPLY + 3;
        address to = actors[who % 4];
        arm(to, id);
        bool fresh = id > 0 && id <= SUPPLY && drop.digestOf(id) == 0;
        bytes memory data = abi.encodeCall(drop.mint, (to, id, versionOf(id, version), bound, ""));
        checked(data, bound ? address(this) : drop.owner(), fresh && gate.accepts());
    }

    function mintBatch(uint256 first, uint256 n, uint256 who) external {
        (first, n) = (first % SUPPLY, n % 5);
        address to = actors[who % 4];
        Mint[] memory mints = new Mint[](n);
        bool good = gate.accepts();
        for (uint256 i = 0; i < n; ++i) {
            uint256 id = first + i;
            mints[i] = Mint(to, id, versionOf(id, 0), true);
            if (id == 0 || id > SUPPLY) good = false; // used ones are passed over
        }
        // The receiver's calls could make the batch fail, or mint what is in it: they are armed by `mint` alone.
        disarm(to);
        checked(abi.encodeCall(drop.mintBatch, (mints, new bytes(256 * mints.length))), address(this), good);
    }

    function updateMetadata(uint256 id, uint256 version, bool byHolder) external {
        id %= SUPPLY + 1;
        (bool exists, address holder) = holderOf(id);
        (, uint256 from) = drop.nextTemplate();
        bool good = exists && byHolder && gate.accepts() && from != 0 && block.timestamp >= from;
        good = good && drop.digestOf(id) != versionOf(id, version);
        bytes memory data = abi.encodeCall(drop.updateMetadata, (id, versionOf(id, version), true, ""));
        checked(data, byHolder && exists ? holder : address(this), good);
    }

    function burn(uint256 id, bool byHolder) external {
        id %= SUPPLY + 1;
        (bool exists, address holder) = holderOf(id);
        checked(abi.encodeCall(drop.burn, (id)), byHolder && exists ? holder : address(this), exists && byHolder);
    }

    function transfer(uint256 id, uint256 who) external {
        id %= SUPPLY + 1;
        (bool exists, address holder) = holderOf(id);
        address to = actors[who % 4];
        checked(abi.encodeCall(drop.transferFrom, (holder, to, id)), exists ? holder : address(this), exists);
    }

    function scheduleTemplate(uint256 template, bool byOwner) external {
        bytes memory data = abi.encodeCall(drop.scheduleTemplate, (template % 1000));
        checked(data, byOwner ? drop.owner() : address(this), byOwner && template % 1000 != 0);
    }

    function open() external {
        checked(abi.encodeCall(drop.open, ()), address(this), false);
    }

    function setTemplate(uint256 template, bool byOwner) external {
        bytes memory data = abi.encodeCall(drop.setTemplate, (template));
        checked(data, byOwner ? drop.owner() : address(this), false); // it is set
    }

    function toggle(bool accepts) external {
        gate.set(accepts);
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + time % 2 days);
    }

    function holderOf(uint256 id) internal view returns (bool exists, address holder) {
        try drop.ownerOf(id) returns (address a) {
            return (true, a);
        } catch {}
    }

    /// @dev Runs a call whose outcome is known.
    function checked(bytes memory data, address by, bool want) internal {
        vm.prank(by);
        (bool ok,) = address(drop).call(data);
        yes(ok == want, "outcome");
        count();
    }

    function count() internal {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            bool mints = logs[i].emitter == address(drop) && logs[i].topics.length == 4
                && logs[i].topics[0] == keccak256("Transfer(address,address,uint256)") && logs[i].topics[1] == 0;
            if (!mints) continue;
            yes(gate.accepts(), "a mint that the verifier refuses");
            ++minted[uint256(logs[i].topics[3])];
            ++total;
        }
    }

    /// @dev The receiver re-enters every entry point about the token and its neighbour.
    function arm(address to, uint256 id) internal {
        if (to.code.length == 0) return;
        Mint[] memory mints = new Mint[](2);
        mints[0] = Mint(to, id + 1, versionOf(id + 1, 0), true);
        mints[1] = Mint(to, id, versionOf(id, 0), true);
        bytes[] memory calls = new bytes[](9);
        calls[0] = abi.encodeCall(drop.mint, (to, id, versionOf(id, 0), true, ""));
        calls[1] = abi.encodeCall(drop.mintBatch, (mints, new bytes(256 * mints.length)));
        calls[2] = abi.encodeCall(drop.mint, (to, id + 1, versionOf(id + 1, 1), true, ""));
        calls[3] = abi.encodeCall(drop.updateMetadata, (id, versionOf(id, 3), true, ""));
        calls[4] = abi.encodeCall(drop.addAigcData, (id, "", "", ""));
        calls[5] = abi.encodeCall(drop.open, ());
        calls[6] = abi.encodeCall(drop.scheduleTemplate, (1));
        calls[8] = abi.encodeCall(drop.setTemplate, (1));
        calls[7] = id % 3 == 0
            ? abi.encodeCall(drop.burn, (id))
            : abi.encodeCall(drop.transferFrom, (to, address(0xa11ce), id));
        Reentrant(to).arm(calls);
    }

    function disarm(address to) internal {
        if (to.code.length != 0) Reentrant(to).arm(new bytes[](0));
    }
}

contract InvariantTest is DropBase {
    Actions internal actions;

    function setUp() public override {
        address gate = address(0x5317c4);
        vm.etch(gate, type(Switch).runtimeCode);
        Switch(gate).set(true);
        verifier = IProofVerifier(address(0x9a7ed));
        vm.etch(address(verifier), bytes.concat(type(Gated).runtimeCode, new bytes(1094)));
        drop = deployDrop(terms());
        openDrop(drop);
        setTemplate(drop);
        actions = new Actions(drop, Switch(gate));
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(actions);
    }

    /// @dev Every call's outcome is checked by the actions; all tokens are, after each run.
    function invariant_everyTokenIsProvenAndMintedOnce() public view {
        yes(actions.total() <= drop.supply(), "supply");
    }

    function afterInvariant() public view {
        uint256 existing;
        for (uint256 id = 0; id <= 103; ++id) {
            yes(actions.minted(id) <= 1, "minted twice");
            bytes32 hash = drop.digestOf(id);
            yes((hash != 0) == (actions.minted(id) == 1), "a digest for each mint");
            try drop.ownerOf(id) {
                ++existing;
                yes(id > 0 && id <= drop.supply(), "within the supply");
                yes(isVersion(id, hash), "the digest was proven for this id");
            } catch {}
        }
        same(existing, drop.totalSupply(), "none from nothing");
    }

    function isVersion(uint256 id, bytes32 hash) internal view returns (bool) {
        for (uint256 v = 0; v < 4; ++v) {
            if (actions.versionOf(id, v) == hash) return true;
        }
        return false;
    }
}

/// @dev Real proofs of right and wrong statements, one by one and in batches.
contract Proofs is DropBase {
    mapping(uint256 id => bytes32) public provenDigest;

    constructor(GenproofDrop drop_, IProofVerifier verifier_) {
        loadSimulator();
        drop = drop_;
        verifier = verifier_;
    }

    /// @dev `lie` 0 to 9: which public input is not what is proven; else the proof is right.
    function mint(uint256 id, uint256 lie, bytes32 hash) external {
        id = id % 100 + 1;
        uint256[9] memory s = drop.statement(ALICE, id, hash);
        if (lie % 20 < 9) s[lie % 20] += 1;
        bool want = lie % 20 >= 9 && drop.digestOf(id) == 0 && hash != 0;
        bytes memory data = abi.encodeCall(drop.mint, (ALICE, id, hash, true, prove(s)));
        (bool ok,) = address(drop).call{gas: 2_000_000}(data);
        yes(ok == want, "outcome");
        if (ok) provenDigest[id] = hash;
    }

    function mintBatch(uint256 first, uint256 lies) external {
        uint256 n = lies % 4 + 1;
        Mint[] memory mints = new Mint[](n);
        bytes memory proofs;
        bool want = true;
        for (uint256 i = 0; i < n; ++i) {
            uint256 id = (first % 100 + i) % 100 + 1;
            mints[i] = Mint(ALICE, id, digest(id), true);
            uint256[9] memory s = drop.statement(ALICE, id, digest(id));
            uint256 lie = lies >> (8 * i + 8) & 0xff;
            if (lie < 9) s[lie] += 1;
            if (lie < 9 && drop.digestOf(id) == 0) want = false;
            proofs = bytes.concat(proofs, prove(s));
        }
        (bool ok,) = address(drop).call{gas: 5_000_000}(abi.encodeCall(drop.mintBatch, (mints, proofs)));
        yes(ok == want, "outcome");
        for (uint256 i = 0; ok && i < n; ++i) {
            // What was there before stays.
            if (provenDigest[mints[i].tokenId] == 0) provenDigest[mints[i].tokenId] = mints[i].digest;
        }
    }
}

contract ProofInvariantTest is DropBase {
    Proofs internal proofs;

    function setUp() public override {
        super.setUp();
        proofs = new Proofs(drop, verifier);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(proofs);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (Proofs.mint.selector, Proofs.mintBatch.selector);
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(proofs), selectors);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// forge-config: ci.invariant.runs = 64
    /// forge-config: ci.invariant.depth = 256
    function invariant_outcomesAreThoseOfTheProofs() public view {
        yes(address(drop.verifier()) == address(verifier), "verifier");
    }

    function afterInvariant() public view {
        for (uint256 id = 1; id <= 100; ++id) {
            same(drop.digestOf(id), proofs.provenDigest(id), "digest");
        }
    }
}
