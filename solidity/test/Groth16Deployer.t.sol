// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {vm} from "./Vm.sol";
import {Groth16Deployer} from "../src/Groth16Deployer.sol";
import {P} from "../src/Groth16Verifier.sol";

contract Groth16DeployerTest is Base {
    uint256 internal constant ALPHA = 0x04;
    uint256 internal constant BETA = 0x44;
    uint256 internal constant GAMMA = 0xc4;
    uint256 internal constant DELTA = 0x144;
    uint256 internal constant K = 0x1c4;
    bytes internal constant G2 =
        hex"198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c21800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";

    function setUp() public {
        loadSimulator();
    }

    function part(uint256 place, uint256 size) internal view returns (bytes memory) {
        bytes memory b = key;
        bytes memory out = new bytes(size);
        for (uint256 i = 0; i < size; ++i) {
            out[i] = b[place + i];
        }
        return out;
    }

    function word(uint256 place) internal view returns (uint256) {
        return uint256(bytes32(part(place, 32)));
    }

    /// @dev The key with other bytes at a place.
    function with(uint256 place, bytes memory other) internal view returns (bytes memory b) {
        b = bytes.concat(key);
        for (uint256 i = 0; i < other.length; ++i) {
            b[place + i] = other[i];
        }
    }

    function refused(bytes memory bad, bytes memory why) internal {
        vm.expectRevert(why);
        this.deploy{gas: 5_000_000}(bad);
    }

    /// @dev A call of its own, as a precompile that fails burns the gas it is given.
    function deploy(bytes calldata bytesOfKey) external {
        new Groth16Deployer(bytesOfKey);
    }

    function test_fuzz_deploy_revertsWhenTheLengthIsWrong(uint16 length, uint32 count) public {
        length %= 2048;
        bytes memory bad = bytes.concat(with(0, abi.encodePacked(count)), new bytes(1000));
        vm.assume(count < 5 || length != 452 + 64 * uint256(count));
        assembly ("memory-safe") {
            mstore(bad, length)
        }
        refused(bad, abi.encodeWithSelector(Groth16Deployer.KeyLength.selector, length));
        refused(
            with(0, abi.encodePacked(count == 10 ? 11 : count)),
            abi.encodeWithSelector(Groth16Deployer.KeyLength.selector, 1092)
        );
    }

    function test_fuzz_deploy_revertsWhenACoordinateIsNotReduced(uint256 place, uint256 value) public {
        place = ALPHA + 32 * (place % 34);
        value = P + value % (type(uint256).max - P + 1);
        bytes memory why = abi.encodeWithSelector(Groth16Deployer.KeyCoordinate.selector, place, value);
        refused(with(place, abi.encode(value)), why);
    }

    /// @dev y is replaced, so that no multiple of another point's sign fits its x.
    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_deploy_revertsWhenAPointIsOffItsCurve(uint256 which, uint256 y) public {
        uint256 place = which % 11 == 10 ? ALPHA : K + 64 * (which % 11);
        y %= P;
        vm.assume(y != word(place + 32) && y != P - word(place + 32));
        refused(with(place + 32, abi.encode(y)), abi.encodeWithSelector(Groth16Deployer.KeyOffCurve.selector, place));
    }

    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_deploy_revertsWhenAWordOfG2IsAnother(uint256 which, uint256 value) public {
        uint256 place = BETA + 32 * (which % 12);
        value %= P;
        vm.assume(value != word(place));
        refused(with(place, abi.encode(value)), abi.encodeWithSelector(Groth16Deployer.KeyOutsideSubgroup.selector));
    }

    /// @dev Up to sign, wherever the two stand.
    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_deploy_revertsWhenTwoInputsHaveOnePoint(uint256 i, uint256 j, bool minus) public {
        i = i % 9 + 1;
        j %= i;
        (uint256 high, uint256 low) = (K + 64 * i, K + 64 * j);
        uint256 y = minus ? P - word(low + 32) : word(low + 32);
        bytes memory why = abi.encodeWithSelector(Groth16Deployer.KeyDegenerate.selector, high, low);
        refused(with(high, abi.encode(word(low), y)), why);
    }

    function test_deploy_revertsWhenTheLengthIsWrong() public {
        bytes4 why = Groth16Deployer.KeyLength.selector;
        refused("", abi.encodeWithSelector(why, 0));
        refused(part(0, 1091), abi.encodeWithSelector(why, 1091));
        refused(bytes.concat(key, hex"00"), abi.encodeWithSelector(why, 1093));
        refused(with(3, hex"0b"), abi.encodeWithSelector(why, 1092));
        refused(with(0, hex"01"), abi.encodeWithSelector(why, 1092));
        // Four K points are no key's, and neither is one whose length has no place in two bytes.
        refused(bytes.concat(hex"00000004", part(4, 704)), abi.encodeWithSelector(why, 708));
        bytes memory long = bytes.concat(hex"000003f9", part(4, 448), new bytes(64 * 1017));
        refused(long, abi.encodeWithSelector(why, 65_540));
    }

    function test_deploy_revertsWhenACoordinateIsNotReduced() public {
        for (uint256 place = ALPHA; place < 1092; place += 32) {
            bytes memory why = abi.encodeWithSelector(Groth16Deployer.KeyCoordinate.selector, place, word(place) + P);
            refused(with(place, abi.encode(word(place) + P)), why);
            refused(
                with(place, abi.encode(P)), abi.encodeWithSelector(Groth16Deployer.KeyCoordinate.selector, place, P)
            );
        }
    }

    function test_deploy_revertsWhenAPointIsInfinite() public {
        bytes4 why = Groth16Deployer.KeyInfinity.selector;
        refused(with(ALPHA, new bytes(64)), abi.encodeWithSelector(why, ALPHA));
        for (uint256 i = BETA; i < K; i += 128) {
            refused(with(i, new bytes(128)), abi.encodeWithSelector(why, i));
        }
        for (uint256 i = K; i < 1092; i += 64) {
            refused(with(i, new bytes(64)), abi.encodeWithSelector(why, i));
        }
    }

    function test_deploy_revertsWhenAPointIsOffItsCurve() public {
        bytes4 why = Groth16Deployer.KeyOffCurve.selector;
        refused(with(ALPHA + 32, abi.encode(word(ALPHA + 32) ^ 1)), abi.encodeWithSelector(why, ALPHA));
        for (uint256 i = K; i < 1092; i += 64) {
            refused(with(i + 32, abi.encode(word(i + 32) ^ 1)), abi.encodeWithSelector(why, i));
        }
        for (uint256 i = BETA; i < K; i += 32) {
            refused(
                with(i, abi.encode(word(i) ^ 1)), abi.encodeWithSelector(Groth16Deployer.KeyOutsideSubgroup.selector)
            );
        }
    }

    function test_deploy_revertsWhenAPointIsOutsideTheSubgroup() public {
        bytes memory outside = vm.parseJsonBytes(vm.readFile("testdata/simulator.json"), ".outside");
        for (uint256 i = BETA; i < K; i += 128) {
            refused(with(i, outside), abi.encodeWithSelector(Groth16Deployer.KeyOutsideSubgroup.selector));
        }
    }

    function test_deploy_revertsWhenTheKeyIsDegenerate() public {
        bytes4 why = Groth16Deployer.KeyDegenerate.selector;
        refused(with(GAMMA, part(BETA, 128)), abi.encodeWithSelector(why, GAMMA, BETA));
        refused(with(DELTA, part(BETA, 128)), abi.encodeWithSelector(why, DELTA, BETA));
        refused(with(DELTA, part(GAMMA, 128)), abi.encodeWithSelector(why, DELTA, GAMMA));
        // Up to sign: -γ.
        bytes memory minus =
            bytes.concat(part(GAMMA, 64), abi.encode(P - word(GAMMA + 64)), abi.encode(P - word(GAMMA + 96)));
        refused(with(DELTA, minus), abi.encodeWithSelector(why, DELTA, GAMMA));
        refused(with(K + 64, part(K, 64)), abi.encodeWithSelector(why, K + 64, K));
        minus = bytes.concat(part(K + 128, 32), abi.encode(P - word(K + 160)));
        refused(with(K + 576, minus), abi.encodeWithSelector(why, K + 576, K + 128));
    }

    function test_deploy_revertsWhenASecretIsOne() public {
        bytes4 why = Groth16Deployer.KeyDegenerate.selector;
        refused(with(ALPHA, abi.encode(1, 2)), abi.encodeWithSelector(why, ALPHA, ALPHA));
        refused(with(ALPHA, abi.encode(1, P - 2)), abi.encodeWithSelector(why, ALPHA, ALPHA));
        refused(with(BETA, G2), abi.encodeWithSelector(why, BETA, BETA));
        refused(with(DELTA, G2), abi.encodeWithSelector(why, DELTA, DELTA));
    }

    /// @dev Ceremonies leave γ there.
    function test_deploy_gammaMayBeTheGenerator() public {
        new Groth16Deployer(with(GAMMA, G2));
    }
}
