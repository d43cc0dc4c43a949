// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BeaconBase} from "./BeaconBase.sol";
import {vm} from "../Vm.sol";
import {P} from "../../src/Groth16Verifier.sol";
import {Evmnet} from "../../src/beacon/Evmnet.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";

/// @dev Shows the parts.
contract OpenEvmnet is Evmnet {
    function hashRound(uint64 round) external view returns (uint256, uint256) {
        return _hashRound(round);
    }

    function hashToField(bytes32 message) external pure returns (uint256, uint256) {
        return _hashToField(message);
    }

    function mapAndAdd(uint256 u, uint256 v) external view returns (uint256, uint256) {
        return _mapAndAdd(u, v);
    }
}

contract EvmnetTest is BeaconBase {
    Round[3] internal rounds;

    function setUp() public {
        beacon = new Evmnet();
        rounds[0] = Round(
            1,
            hex"11f812d738a36b2210dc88c2d635ad8039588205f42445d6de09e6530165c3462a23aca348c84badcf8df5321ac24577b7963d5b0d780bc4626baedb45cde373",
            0x781b75698adc3af62cfa55db83cf0c73ae54e1ac8c0d4c3a2224126b65369ec5
        );
        rounds[1] = Round(
            6390578,
            hex"0d0d705983f50d6a2846e77d8d12a238f0be277a2307eb3e0d5206dc6765b0f91f04e596e3b28295086e8fda9047d40d37f7c2d8fb2f6686839101692e4f5f13",
            0x466262e8cb50407310fa05024bff96e52a8c701e7f6b209ac5cdbdf01cf903f2
        );
        rounds[2] = Round(
            9337227,
            hex"01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3",
            0xa1e645cd6193837f626716851f5c42ad4bf63ad75193b2cae40f88c08c8f3bd8
        );
    }

    function test_verify_acceptsPublishedRounds() public view {
        for (uint256 i = 0; i < 3; ++i) {
            same(beacon.verify(rounds[i].number, rounds[i].signature), rounds[i].randomness, "randomness");
        }
    }

    function test_chainHash_isEvmnets() public view {
        same(beacon.chainHash(), 0x04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3, "chain hash");
    }

    /// @dev As three other implementations have them.
    function test_hashRound_isDrands() public {
        OpenEvmnet open = new OpenEvmnet();
        uint256[2][3] memory want = [
            [
                0x073d3d00a1c3ca588db79d44202e44b2f45995ddd39e705717c9edfcb79e4371,
                0x173e31a5208ea2594cbcb23b5afb3dd930719a4d1a3f877839bb8bdeb3c15084
            ],
            [
                0x1c21362e47afef557315c7bb137d3429ebeee2bc2d3f8dc588e3ab16d37d133e,
                0x0c5ff760eaf35c8b9c7e62576074300308e7c3847bf2ee0afa15d53cbc5a36f6
            ],
            [
                0x1626082c3dd0751bdaaf8c3e709b5dd7cdedf45d4e81a5aa3e270f1e78924b32,
                0x2bf29ab3af54dfe3c053ad4efa93db05d3586368463e9d7334c7ba61f6f4e955
            ]
        ];
        for (uint256 i = 0; i < 3; ++i) {
            (uint256 x, uint256 y) = open.hashRound(rounds[i].number);
            same(x, want[i][0], "x");
            same(y, want[i][1], "y");
        }
    }

    /// @dev Rounds 1 to 200 take every pair of branches of the map. Go's tests have the same digest.
    function test_hashRound_takesAllBranches() public {
        OpenEvmnet open = new OpenEvmnet();
        bytes32 folded;
        for (uint64 round = 1; round <= 200; ++round) {
            (uint256 x, uint256 y) = open.hashRound(round);
            folded = keccak256(abi.encode(folded, x, y));
        }
        same(folded, 0x55be7c72b97ce4284ec15d6124f671655a2ac167bf7aeaa4845342ec2591b6f2, "folded");
    }

    /// @dev A shared inverse must not let one exceptional element spoil the other: 1/2 and -1/2 have none.
    function test_fuzz_mapAndAdd_isTheSumOfBoth(uint256 u, uint256 v, uint8 which) public {
        OpenEvmnet open = new OpenEvmnet();
        uint256[6] memory special = [0, 1, P - 1, (P + 1) / 2, (P - 1) / 2, u % P];
        u = special[which % 6];
        v = which % 7 == 0 ? u : v % P;
        (uint256 x, uint256 y) = open.mapAndAdd(u, v);
        (uint256 ux, uint256 uy) = mapAlone(u);
        (uint256 vx, uint256 vy) = mapAlone(v);
        (ux, uy) = plus(ux, uy, vx, vy);
        same(x, ux, "x");
        same(y, uy, "y");
    }

    /// @dev RFC 9380, section 6.6.1, with Z = 1, from its definition.
    function mapAlone(uint256 u) internal view returns (uint256 x, uint256 y) {
        uint256[3] memory xs = candidates(u);
        for (uint256 i = 0; i < 3; ++i) {
            x = xs[i];
            uint256 g = addmod(mulmod(mulmod(x, x, P), x, P), 3, P);
            if (power(g, (P - 1) / 2) == 1) {
                y = power(g, (P + 1) / 4);
                return (x, y & 1 == u & 1 ? y : P - y);
            }
        }
        revert("no x");
    }

    function candidates(uint256 u) internal view returns (uint256[3] memory) {
        uint256 t1 = mulmod(mulmod(u, u, P), 4, P);
        uint256 t2 = addmod(1, t1, P);
        t1 = addmod(1, P - t1, P);
        uint256 t3 = power(mulmod(t1, t2, P), P - 2);
        uint256 t4 = power(P - 12, (P + 1) / 4);
        if (t4 & 1 == 1) t4 = P - t4;
        uint256 t5 = mulmod(mulmod(mulmod(u, t1, P), t3, P), t4, P);
        uint256 t6 = mulmod(P - 16, power(3, P - 2), P);
        uint256 half = mulmod(P - 1, power(2, P - 2), P);
        uint256 last = mulmod(mulmod(t2, t2, P), t3, P);
        last = addmod(1, mulmod(t6, mulmod(last, last, P), P), P);
        return [addmod(half, P - t5, P), addmod(half, t5, P), last];
    }

    function power(uint256 base, uint256 exponent) internal view returns (uint256) {
        (bool ok, bytes memory result) = address(5).staticcall(abi.encode(32, 32, 32, base, exponent, P));
        yes(ok, "power");
        return abi.decode(result, (uint256));
    }

    function test_verify_revertsWhenTheSignatureIsAnother() public {
        for (uint256 i = 0; i < 3; ++i) {
            uint64 round = rounds[i].number;
            bytes memory good = rounds[i].signature;
            (uint256 x, uint256 y) = abi.decode(good, (uint256, uint256));
            (uint256 sx, uint256 sy) = plus(x, y, 1, 2);
            refused(round, abi.encode(x, P - y));
            refused(round, abi.encode(sx, sy));
            refused(round, abi.encode(1, 2));
            refused(round, abi.encode(x + P, y));
            refused(round, abi.encode(x, y + P));
            refused(round, abi.encode(x, y + 1));
            refused(round, abi.encode(y, x));
            refused(round, abi.encode(0, 0));
            refused(round, abi.encode(P, P));
            refused(round, abi.encode(type(uint256).max, type(uint256).max));
            refused(round, rounds[(i + 1) % 3].signature);
            refused(round + 1, good);
            refused(round - 1, good); // for the first it is round 0
            refused(0, good);
            refused(type(uint64).max, good);
            refusedForLength(round, slice(good, 63), 64);
            refusedForLength(round, bytes.concat(good, hex"00"), 64);
            refusedForLength(round, bytes.concat(good, good), 64);
            refusedForLength(round, "", 64);
        }
        // quicknet's round 1000
        bytes memory quicknets =
            hex"b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
        refusedForLength(1000, quicknets, 64);
        refused(1000, bytes.concat(quicknets, new bytes(16)));
    }

    function test_verify_revertsAtNoGreatPrice() public view {
        bytes memory good = rounds[0].signature;
        (uint256 x, uint256 y) = abi.decode(good, (uint256, uint256));
        refusedWithin(1, abi.encode(0, 0), 10_000);
        refusedWithin(1, abi.encode(x, y + 1), 10_000);
        refusedWithin(1, abi.encode(x + P, y), 10_000);
        refusedWithin(1, slice(good, 63), 10_000);
        refusedWithin(0, good, 10_000);
        refusedWithin(2, good, 135_000);
        refusedWithin(1, abi.encode(x, P - y), 135_000);
    }

    function test_fuzz_verify_revertsWhenTheRoundIsAnother(uint64 round, uint256 i) public {
        Round memory r = rounds[i % 3];
        vm.assume(round != r.number);
        refused(round, r.signature);
    }

    function test_fuzz_verify_revertsWhenTheSignatureIsMutated(uint256 seed, uint256 i) public view {
        Round memory r = rounds[i % 3];
        refusedWithin(r.number, mutated(r.signature, seed), 135_000);
    }

    /// @dev Points of the curve, which only the pairing can tell from the signature.
    function test_fuzz_verify_revertsWhenThePointIsAnother(uint64 round, uint256 scalar) public {
        (uint256 x, uint256 y) = times(1, 2, scalar);
        refused(round, abi.encode(x, y));
    }

    function test_verify_revertsWhenThereIsLittleGas() public view {
        bytes memory data = abi.encodeCall(IBeacon.verify, (1, rounds[0].signature));
        for (uint256 gas = 1000; gas < 120_000; gas += 1000) {
            (bool ok,) = address(beacon).staticcall{gas: gas}(data);
            yes(!ok, "short of gas");
        }
    }

    function test_verify_revertsWhenAPrecompileIsMissing() public {
        for (uint160 i = 2; i <= 8; ++i) {
            if (i != 2 && i != 5 && i != 6 && i != 8) continue;
            vm.mockCall(address(i), "", "");
            vm.expectRevert(abi.encodeWithSelector(IBeacon.PrecompileFailed.selector, uint256(i)));
            beacon.verify(1, rounds[0].signature);
            vm.clearMockedCalls();
            vm.mockCallRevert(address(i), "", "");
            vm.expectRevert(abi.encodeWithSelector(IBeacon.PrecompileFailed.selector, uint256(i)));
            beacon.verify(1, rounds[0].signature);
            vm.clearMockedCalls();
        }
        beacon.verify(1, rounds[0].signature);
    }

    function test_roundAt_countsFromTheFirstRound() public {
        timesAreRight(1727521075);
        same(beacon.roundAt(1755532753), 9337227, "at the round");
        same(beacon.roundAt(1755532752), 9337227, "one second before");
        same(beacon.roundAt(1755532754), 9337228, "one second after");
    }

    function test_fuzz_roundAt_isTheFirstAtOrAfter(uint64 time) public view {
        isTheFirstAtOrAfter(time);
    }
}
