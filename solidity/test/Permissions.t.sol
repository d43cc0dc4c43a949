// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DropBase} from "./DropBase.sol";
import {Table} from "./Table.sol";
import {vm} from "./Vm.sol";
import {Evmnet} from "../src/beacon/Evmnet.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {Drop, Mint} from "../src/IProvenERC721.sol";

/// @dev Who may do what with a drop, and when: every function that is no view, in every state, by every kind of caller,
/// against testdata/drop-permissions.json. A Go test holds the file to name all functions.
contract DropPermissionsTest is DropBase, Table {
    address private constant HOLDER = ALICE;
    address private constant STRANGER = BOB;
    uint256 private constant HELD = 1;
    uint256 private constant NEXT = 2002;
    string private constant CALLERS = "ohs"; // the table says who they are
    uint256 private constant TIME = 1755532753; // of evmnet's round 9337227
    bytes private constant SIGNATURE =
        hex"01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3";

    /// The proofs of one state, for all cells.
    mapping(uint256 template => mapping(address recipient => bytes)) private proofs;

    function test_permissions_byBlock() public {
        drop = deployDrop(terms());
        checkTable(".byBlock", false);
    }

    function test_permissions_bySignature() public {
        drop = signedDrop();
        checkTable(".bySignature", false);
    }

    /// @dev Nobody owns the drop: what was the owner's is nobody's, but proofs that name nobody are anybody's.
    function test_permissions_whenTheOwnershipIsRenounced() public {
        drop = deployDrop(terms());
        checkTable(".byBlock", true);
        drop = signedDrop();
        checkTable(".bySignature", true);
    }

    function signedDrop() private returns (GenproofDrop) {
        vm.warp(TIME - 1 hours);
        Drop memory t = terms();
        (t.beaconSource, t.beaconDelay) = (new Evmnet(), 1 hours);
        return deployDrop(t);
    }

    function checkTable(string memory table, bool renounced) private {
        string[] memory rows = vm.parseJsonStringArray(vm.readFile("testdata/drop-permissions.json"), table);
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
        bool unbound = is_(name, "mint:unbound") || is_(name, "mintBatch:unbound");
        for (uint256 i = 0; i < bytes(CALLERS).length; ++i) {
            bytes1 caller = bytes(CALLERS)[i];
            bool want = contains(may, renounced && unbound ? bytes1("o") : caller);
            if (renounced && !unbound && !contains(may, "s")) want = want && caller != "o";
            checkCalls(name, state_, caller, want);
        }
    }

    function checkCalls(string memory name, string memory state_, bytes1 caller, bool want) private {
        string memory what = string.concat(name, " ", state_, " ", string(abi.encodePacked(caller)));
        bytes[] memory calls = callsOf(name, accountOf(caller));
        for (uint256 i = 0; i < calls.length; ++i) {
            checkCall(accountOf(caller), calls[i], want, what, mayChange(name));
        }
    }

    function accountOf(bytes1 caller) private pure returns (address) {
        if (caller == "o") return OWNER;
        return caller == "h" ? HOLDER : STRANGER;
    }

    function checkCall(address by, bytes memory data, bool want, string memory what, bool changes) private {
        uint256 before = vm.snapshotState();
        bytes32 promised = promises();
        vm.prank(by);
        (bool ok,) = address(drop).call{gas: 5_000_000}(data);
        yes(ok == want, what);
        if (ok && !changes) same(promises(), promised, string.concat("promises: ", what));
        vm.revertToState(before);
    }

    /// @dev What a holder, and whoever was given a proof, relies on.
    function promises() private view returns (bytes32) {
        bytes memory held;
        try drop.ownerOf(HELD) returns (address holder) {
            held = abi.encode(holder, drop.tokenURI(HELD));
        } catch {}
        bytes memory terms_ = abi.encode(drop.verifier(), drop.firstId(), drop.supply(), drop.commitments());
        return keccak256(abi.encode(terms_, drop.entropy(), drop.beacon(), drop.beaconBlock(), held));
    }

    function mayChange(string memory name) private pure returns (bool) {
        return is_(name, "open") || is_(name, "openSigned") || is_(name, "setTemplate") || is_(name, "updateMetadata")
            || is_(name, "addAigcData") || is_(name, "transferFrom") || is_(name, "safeTransferFrom")
            || is_(name, "burn");
    }

    /// @dev Takes the drop from the state before to this one.
    function reach(string memory state_) private {
        if (is_(state_, "due")) {
            uint256 target = drop.beaconBlock();
            vm.roll(target + 1);
            vm.setBlockhash(target, ENTROPY);
        }
        if (is_(state_, "open")) {
            if (drop.beaconRound() == 0) drop.open();
            else drop.openSigned(SIGNATURE);
        }
        if (is_(state_, "set")) setTemplate(drop);
        if (is_(state_, "minted")) mintBound(HOLDER, HELD);
        if (is_(state_, "scheduled")) {
            vm.prank(OWNER);
            drop.scheduleTemplate(NEXT);
        }
        if (is_(state_, "inforce")) vm.warp(block.timestamp + NOTICE);
        prepare(address(0));
        prepare(HOLDER);
    }

    /// @dev Proofs that are good as soon as their template is set: a mint's of token 2, an update's of token HELD.
    function prepare(address recipient) private {
        uint256[9] memory s = drop.statement(recipient, 2, digest(2));
        s[2] = TEMPLATE;
        proofs[TEMPLATE][recipient] = prove(s);
        proofs[NEXT][recipient] = prove(updated(recipient));
    }

    function updated(address recipient) private view returns (uint256[9] memory s) {
        s = drop.statement(recipient, HELD, digest(3));
        s[2] = NEXT;
    }

    function mintCall(bool batched, bool bound) private view returns (bytes memory) {
        address to = bound ? HOLDER : STRANGER;
        bytes memory p = proofs[TEMPLATE][bound ? HOLDER : address(0)];
        if (!batched) return abi.encodeCall(drop.mint, (to, 2, digest(2), bound, p));
        Mint[] memory mints = new Mint[](1);
        mints[0] = Mint(to, 2, digest(2), bound);
        return abi.encodeCall(drop.mintBatch, (mints, p));
    }

    function callsOf(string memory name, address by) private view returns (bytes[] memory calls) {
        calls = new bytes[](1);
        if (is_(name, "open")) calls[0] = abi.encodeCall(drop.open, ());
        if (is_(name, "openSigned")) calls[0] = abi.encodeCall(drop.openSigned, (SIGNATURE));
        if (is_(name, "setTemplate")) calls[0] = abi.encodeCall(drop.setTemplate, (TEMPLATE));
        if (is_(name, "mint:bound")) calls[0] = mintCall(false, true);
        if (is_(name, "mint:unbound")) calls[0] = mintCall(false, false);
        if (is_(name, "mintBatch:bound")) calls[0] = mintCall(true, true);
        if (is_(name, "mintBatch:unbound")) calls[0] = mintCall(true, false);
        if (is_(name, "scheduleTemplate")) calls[0] = abi.encodeCall(drop.scheduleTemplate, (NEXT));
        if (is_(name, "updateMetadata") || is_(name, "addAigcData")) calls = updateCalls(is_(name, "addAigcData"));
        if (is_(name, "setContractURI")) calls[0] = abi.encodeCall(drop.setContractURI, ("ipfs://other"));
        if (is_(name, "transferOwnership")) calls[0] = abi.encodeCall(drop.transferOwnership, (by));
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

    /// @dev With a proof that names the holder, and with one that names nobody.
    function updateCalls(bool byERC7007) private view returns (bytes[] memory calls) {
        calls = new bytes[](2);
        for (uint256 i = 0; i < 2; ++i) {
            address recipient = i == 0 ? HOLDER : address(0);
            bytes memory p = proofs[NEXT][recipient];
            calls[i] = byERC7007
                ? abi.encodeCall(drop.addAigcData, (HELD, abi.encode(updated(recipient)), abi.encode(digest(3)), p))
                : abi.encodeCall(drop.updateMetadata, (HELD, digest(3), i == 0, p));
        }
    }
}
