// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "../Base.sol";
import {vm} from "../Vm.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";

/// @dev What tests of every beacon have in common.
abstract contract BeaconBase is Base {
    struct Round {
        uint64 number;
        bytes signature;
        bytes32 randomness;
    }

    IBeacon internal beacon;

    function refused(uint64 round, bytes memory signature) internal {
        vm.expectRevert(abi.encodeWithSelector(IBeacon.InvalidSignature.selector, round));
        beacon.verify(round, signature);
    }

    function refusedForLength(uint64 round, bytes memory signature, uint256 want) internal {
        vm.expectRevert(abi.encodeWithSelector(IBeacon.SignatureLength.selector, signature.length, want));
        beacon.verify(round, signature);
    }

    /// @dev Asserts that a call that is refused takes at most so much gas.
    function refusedWithin(uint64 round, bytes memory signature, uint256 most) internal view {
        bytes memory data = abi.encodeCall(IBeacon.verify, (round, signature));
        uint256 used = gasleft();
        (bool ok,) = address(beacon).staticcall{gas: 20_000_000}(data);
        used -= gasleft();
        yes(!ok, "refused");
        yes(used <= most, "gas of a refusal");
    }

    /// @dev A mutation of a signature, never the same bytes: a byte changed, bytes exchanged, or a length.
    function mutated(bytes memory signature, uint256 seed) internal pure returns (bytes memory other) {
        other = bytes.concat(signature);
        uint256 place = (seed >> 8) % other.length;
        if (seed % 4 == 0) return bytes.concat(other, bytes1(uint8(seed >> 16)));
        if (seed % 4 == 1) return slice(other, place);
        uint8 delta = uint8(seed >> 16) == 0 ? 1 : uint8(seed >> 16);
        other[place] = bytes1(uint8(other[place]) ^ delta);
        if (seed % 4 == 3) other[(seed >> 24) % other.length] ^= bytes1(uint8(seed >> 32));
        if (keccak256(other) == keccak256(signature)) other[0] ^= 0x01;
    }

    function slice(bytes memory b, uint256 length) internal pure returns (bytes memory first) {
        first = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            first[i] = b[i];
        }
    }

    function timesAreRight(uint256 genesis) internal {
        same(beacon.genesis(), genesis, "genesis");
        same(beacon.period(), 3, "period");
        uint256[4] memory early = [0, 1, genesis - 1, genesis];
        for (uint256 i = 0; i < 4; ++i) {
            same(beacon.roundAt(early[i]), 1, "before and at the first");
        }
        same(beacon.roundAt(genesis + 1), 2, "one second late for the first");
        same(beacon.roundAt(genesis + 3), 2, "at the second");
        same(beacon.roundAt(genesis + 4), 3, "one second late for the second");
        same(beacon.roundAt(type(uint64).max), (2 ** 64 - 1 - genesis + 2) / 3 + 1, "the last time");
        vm.expectRevert(abi.encodeWithSelector(IBeacon.TimeTooFar.selector, 2 ** 64));
        beacon.roundAt(2 ** 64);
        vm.expectRevert(abi.encodeWithSelector(IBeacon.TimeTooFar.selector, type(uint256).max));
        beacon.roundAt(type(uint256).max);
    }

    /// @dev The definition: the round's time is not before, and that of the round before it is.
    function isTheFirstAtOrAfter(uint64 time) internal view {
        uint256 round = beacon.roundAt(time);
        uint256 genesis = beacon.genesis();
        yes(round >= 1 && genesis + (round - 1) * 3 >= time, "at or after");
        yes(round == 1 || genesis + (round - 2) * 3 < time, "the first");
    }
}
