// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {Evmnet} from "../src/beacon/Evmnet.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {Drop, Mint} from "../src/IProvenERC721.sol";

/// @dev What a mint costs without a proof.
contract Plain is ERC721("Nebula Foxes", "FOX") {
    function mint(address to, uint256 id) external {
        _safeMint(to, id);
    }
}

/// @dev Execution only, as in a transaction's first call: `setUp` is another transaction, so that what a test calls is
/// cold, but for its target (warm in a transaction, hence the 2500 less). snapshots/gas.json holds the numbers.
contract GasTest is DropBase {
    struct Call {
        address target;
        bytes data;
    }

    /// What a call of a cold account costs beyond one of a warm account.
    uint256 private constant COLD = 2500;

    mapping(string name => Call) private calls;

    function setUp() public override {
        super.setUp();
        Plain plain = new Plain();
        plain.mint(ALICE, 100);
        mintBound(ALICE, 100);
        calls["mint without proof"] = Call(address(plain), abi.encodeCall(Plain.mint, (address(0xca401), 1)));
        calls["mint"] = Call(address(drop), abi.encodeCall(drop.mint, (BOB, 1, digest(1), true, proof(BOB, 1))));
        prepareVerify();
        prepareBatch("10", 10);
        prepareBatch("50", 50);
        prepareUpdate();
        prepareOpen();
        prepareOpenSigned();
        prepareSetTemplate();
    }

    function prepareVerify() private {
        uint256[9] memory inputs = drop.statement(BOB, 1, digest(1));
        uint256[2] memory folded = verifier.fold(head(inputs));
        calls["fold"] = Call(address(verifier), abi.encodeCall(verifier.fold, (head(inputs))));
        calls["verify"] =
            Call(address(verifier), abi.encodeCall(verifier.verify, (folded, tail(inputs), prove(inputs))));
    }

    function prepareBatch(string memory n, uint256 size) private {
        (Mint[] memory mints, bytes memory proofs) = batch(size, 1, BOB);
        uint256[3][] memory inputs = new uint256[3][](size);
        for (uint256 i = 0; i < size; ++i) {
            inputs[i] = tail(drop.statement(BOB, i + 1, digest(i + 1)));
        }
        uint256[2] memory folded = verifier.fold(head(drop.statement(BOB, 1, 0)));
        calls[string.concat("mintBatch of ", n)] = Call(address(drop), abi.encodeCall(drop.mintBatch, (mints, proofs)));
        calls[string.concat("verifyBatch of ", n)] =
            Call(address(verifier), abi.encodeCall(verifier.verifyBatch, (folded, inputs, proofs)));
    }

    function prepareUpdate() private {
        vm.prank(OWNER);
        drop.scheduleTemplate(2002);
        vm.warp(block.timestamp + NOTICE);
        uint256[9] memory inputs = drop.statement(ALICE, 100, digest(101));
        inputs[2] = 2002;
        calls["updateMetadata"] =
            Call(address(drop), abi.encodeCall(drop.updateMetadata, (100, digest(101), true, prove(inputs))));
    }

    function prepareOpen() private {
        GenproofDrop closed = deployDrop(terms());
        uint256 target = closed.beaconBlock();
        vm.roll(target + 1);
        vm.setBlockhash(target, ENTROPY);
        calls["open"] = Call(address(closed), abi.encodeCall(closed.open, ()));
    }

    /// @dev With evmnet's round 9337227, an hour after the deployment.
    function prepareOpenSigned() private {
        vm.warp(1755532753 - 1 hours);
        Drop memory t = terms();
        t.beaconSource = new Evmnet();
        t.beaconDelay = 1 hours;
        GenproofDrop closed = deployDrop(t);
        bytes memory signature =
            hex"01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3";
        calls["openSigned"] = Call(address(closed), abi.encodeCall(closed.openSigned, (signature)));
    }

    function prepareSetTemplate() private {
        GenproofDrop fresh = deployDrop(terms());
        openDrop(fresh);
        calls["setTemplate"] = Call(address(fresh), abi.encodeCall(fresh.setTemplate, (TEMPLATE)));
    }

    function test_fold() public {
        measure("fold");
    }

    function test_verify() public {
        yes(measure("verify") <= 205_000, "goal");
    }

    function test_verifyBatch_10() public {
        yes(measure("verifyBatch of 10") <= 70_000 * 10, "goal");
    }

    function test_verifyBatch_50() public {
        yes(measure("verifyBatch of 50") <= 55_000 * 50, "goal");
    }

    function test_mint() public {
        yes(measure("mint") <= measure("mint without proof") + 240_000, "goal");
    }

    function test_mintBatch_10() public {
        measure("mintBatch of 10");
    }

    function test_mintBatch_50() public {
        measure("mintBatch of 50");
    }

    function test_updateMetadata() public {
        vm.startPrank(ALICE);
        measure("updateMetadata");
    }

    function test_open() public {
        measure("open");
    }

    function test_openSigned() public {
        measure("openSigned");
    }

    function test_setTemplate() public {
        vm.startPrank(OWNER);
        measure("setTemplate");
    }

    function test_deploy() public {
        uint256 used = gasleft();
        verifier = deployVerifier(key);
        vm.snapshotValue("gas", "deploy Groth16Verifier", used - gasleft());
        used = gasleft();
        deployDrop(terms());
        vm.snapshotValue("gas", "deploy GenproofDrop", used - gasleft());
    }

    /// @dev Runs the call in a cold state and pins its gas.
    function measure(string memory name) private returns (uint256 used) {
        address target = calls[name].target;
        bytes memory data = calls[name].data;
        used = gasleft();
        (bool ok,) = target.call(data);
        used -= gasleft() + COLD;
        yes(ok, name);
        vm.snapshotValue("gas", name, used);
    }
}
