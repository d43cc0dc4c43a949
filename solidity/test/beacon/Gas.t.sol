// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BeaconBase} from "./BeaconBase.sol";
import {vm} from "../Vm.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";
import {Evmnet} from "../../src/beacon/Evmnet.sol";
import {Quicknet} from "../../src/beacon/Quicknet.sol";

/// @dev A call from outside with its answer, calldata and a transaction's 21,000 not counted. snapshots/beacon.json holds
/// the numbers.
contract BeaconGasTest is BeaconBase {
    IBeacon internal evmnet;
    IBeacon internal quicknet;

    function setUp() public {
        evmnet = new Evmnet();
        quicknet = new Quicknet();
    }

    function test_evmnet() public {
        measure(
            evmnet,
            "evmnet round 1",
            1,
            hex"11f812d738a36b2210dc88c2d635ad8039588205f42445d6de09e6530165c3462a23aca348c84badcf8df5321ac24577b7963d5b0d780bc4626baedb45cde373"
        );
        measure(
            evmnet,
            "evmnet round 6390578",
            6390578,
            hex"0d0d705983f50d6a2846e77d8d12a238f0be277a2307eb3e0d5206dc6765b0f91f04e596e3b28295086e8fda9047d40d37f7c2d8fb2f6686839101692e4f5f13"
        );
    }

    function test_quicknet() public {
        measure(
            quicknet,
            "quicknet round 1000",
            1000,
            hex"b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
        );
    }

    function test_deploy() public {
        uint256 used = gasleft();
        new Evmnet();
        vm.snapshotValue("beacon", "deploy Evmnet", used - gasleft());
        used = gasleft();
        new Quicknet();
        vm.snapshotValue("beacon", "deploy Quicknet", used - gasleft());
    }

    function measure(IBeacon target, string memory name, uint64 round, bytes memory signature) private {
        bytes memory data = abi.encodeCall(IBeacon.verify, (round, signature));
        target.period(); // warm, as a transaction's target is
        uint256 used = gasleft();
        (bool ok,) = address(target).staticcall(data);
        used -= gasleft();
        yes(ok, name);
        vm.snapshotValue("beacon", name, used);
    }
}
