// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BeaconBase} from "./BeaconBase.sol";
import {vm} from "../Vm.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";
import {Quicknet} from "../../src/beacon/Quicknet.sol";

contract QuicknetTest is BeaconBase {
    Round[2] internal rounds;

    function setUp() public {
        beacon = new Quicknet();
        rounds[0] = Round(
            1000,
            hex"b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
            0xfe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd
        );
        rounds[1] = Round(
            657413,
            hex"b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
            0xfc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587
        );
    }

    function test_verify_acceptsPublishedRounds() public view {
        for (uint256 i = 0; i < 2; ++i) {
            same(beacon.verify(rounds[i].number, rounds[i].signature), rounds[i].randomness, "randomness");
        }
    }

    function test_chainHash_isQuicknets() public view {
        same(beacon.chainHash(), 0x52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971, "chain hash");
    }

    function test_verify_revertsWhenTheSignatureIsAnother() public {
        for (uint256 i = 0; i < 2; ++i) {
            uint64 round = rounds[i].number;
            bytes memory good = rounds[i].signature;
            refused(round, rounds[1 - i].signature);
            refused(round + 1, good);
            refused(round - 1, good);
            refused(0, good);
            refused(type(uint64).max, good);
            refused(round, marked(good, 0x20)); // the negative
            refused(round, marked(good, 0x40)); // marked as infinity
            refused(round, marked(good, 0x80)); // not marked as compressed
            refusedForLength(round, slice(good, 47), 48);
            refusedForLength(round, bytes.concat(good, hex"00"), 48);
            refusedForLength(round, "", 48);
        }
        // the generator; round 1000's signature and the generator; infinity; zeros; ones
        refused(
            1000, hex"97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"
        );
        refused(
            1000, hex"84829a73c811f1e2c68d7ea8eb07366f90207c9f6ecda8eb701f0342468bb38bffc41c1db753ab8e1507346a277017c0"
        );
        refused(1000, bytes.concat(hex"c0", new bytes(47)));
        refused(1000, new bytes(48));
        refused(1000, bytes.concat(~bytes32(0), ~bytes16(0)));
        // uncompressed; evmnet's round 1
        refusedForLength(
            1000,
            hex"144679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
            hex"11f92e4521ef54f047b64b85fa98db2d46f0f44add1f60b93f8a0dbddd63b34f238657c2d93aed18b90bddd60a01b6d2",
            48
        );
        refusedForLength(
            1,
            hex"11f812d738a36b2210dc88c2d635ad8039588205f42445d6de09e6530165c3462a23aca348c84badcf8df5321ac24577b7963d5b0d780bc4626baedb45cde373",
            48
        );
    }

    /// @dev The signature with bits of its first byte changed.
    function marked(bytes memory signature, uint8 bits) internal pure returns (bytes memory other) {
        other = bytes.concat(signature);
        other[0] ^= bytes1(bits);
    }

    function compressed(uint8 marks, uint8 x) internal pure returns (bytes memory) {
        return bytes.concat(bytes1(marks), new bytes(46), bytes1(x));
    }

    function test_verify_revertsAtNoGreatPrice() public view {
        uint256 cheap = 20_000;
        bytes memory good = rounds[0].signature;
        refusedWithin(1000, slice(good, 47), cheap);
        refusedWithin(1000, marked(good, 0x40), cheap);
        refusedWithin(0, good, cheap);
        refusedWithin(1000, compressed(0x80, 1), cheap); // 5 is no square
        // P and P + 4, in place of 0 and 4
        bytes memory tail =
            hex"0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaa";
        refusedWithin(1000, bytes.concat(hex"9a", tail, hex"ab"), cheap);
        refusedWithin(1000, bytes.concat(hex"9a", tail, hex"af"), cheap);
        refusedWithin(1001, good, 145_000);
        refusedWithin(1000, marked(good, 0x20), 145_000);
        for (uint8 x = 0; x < 12; ++x) {
            refusedWithin(1000, compressed(0x80, x), 195_000); // none of them is in the subgroup
            refusedWithin(1000, compressed(0xa0, x), 195_000);
        }
    }

    function test_fuzz_verify_revertsWhenTheRoundIsAnother(uint64 round, uint256 i) public {
        Round memory r = rounds[i % 2];
        vm.assume(round != r.number);
        refused(round, r.signature);
    }

    function test_fuzz_verify_revertsWhenTheSignatureIsMutated(uint256 seed, uint256 i) public view {
        Round memory r = rounds[i % 2];
        refusedWithin(r.number, mutated(r.signature, seed), 195_000);
    }

    function test_verify_revertsWhenThereIsLittleGas() public view {
        bytes memory data = abi.encodeCall(IBeacon.verify, (1000, rounds[0].signature));
        for (uint256 gas = 1000; gas < 120_000; gas += 1000) {
            (bool ok,) = address(beacon).staticcall{gas: gas}(data);
            yes(!ok, "short of gas");
        }
    }

    function test_verify_revertsWhenAPrecompileIsMissing() public {
        uint160[4] memory needed = [uint160(0x02), 0x05, 0x0b, 0x10];
        for (uint256 i = 0; i < 4; ++i) {
            missing(address(needed[i]), abi.encodeWithSelector(IBeacon.PrecompileFailed.selector, uint256(needed[i])));
        }
        missing(address(0x0f), abi.encodeWithSelector(IBeacon.InvalidSignature.selector, 1000));
        beacon.verify(1000, rounds[0].signature);
    }

    function missing(address precompile, bytes memory why) internal {
        vm.mockCall(precompile, "", "");
        vm.expectRevert(why);
        beacon.verify(1000, rounds[0].signature);
        vm.clearMockedCalls();
        vm.mockCallRevert(precompile, "", "");
        vm.expectRevert(why);
        beacon.verify(1000, rounds[0].signature);
        vm.clearMockedCalls();
    }

    function test_roundAt_countsFromTheFirstRound() public {
        timesAreRight(1692803367);
        same(beacon.roundAt(1776643200), 27946612, "2026-04-20T00:00:00Z");
    }

    function test_fuzz_roundAt_isTheFirstAtOrAfter(uint64 time) public view {
        isTheFirstAtOrAfter(time);
    }
}
