// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeckBase} from "./DeckBase.sol";
import {vm} from "../Vm.sol";
import {R} from "../../src/Groth16Verifier.sol";
import {DeckList, INVALID_SIZE} from "../../src/deck/DeckList.sol";

/// @dev The library's functions with calldata.
contract Lists {
    function inputs(DeckList.Batch memory batch, bytes32[] calldata digests, bytes calldata sizes, uint256 k)
        external
        pure
        returns (uint256[3] memory)
    {
        return DeckList.inputs(batch, digests, sizes, k);
    }

    function directory(uint256 first, uint256 width, bytes32[] calldata digests, bytes calldata sizes)
        external
        view
        returns (bytes32)
    {
        return DeckList.directory(first, width, digests, sizes);
    }
}

contract DeckListTest is DeckBase {
    Lists private lists;

    function setUp() public override {
        lists = new Lists();
    }

    /// @dev A size of a given length as a varint, 1 to 3 bytes, about as often at its ends as within.
    function sizeOf(uint256 seed, uint256 varintBytes) private pure returns (uint256) {
        uint256[4] memory bounds = [uint256(1), 2 ** 7, 2 ** 14, 2 ** 18];
        (uint256 least, uint256 end) = (bounds[varintBytes - 1], bounds[varintBytes]);
        if (seed % 4 == 0) return least;
        if (seed % 4 == 1) return end - 1;
        return least + (seed >> 2) % (end - least);
    }

    function group(uint256 seed, uint256 count, uint256 varintBytes)
        private
        pure
        returns (bytes32[] memory digests, bytes memory sizes, uint256[] memory numbers)
    {
        digests = new bytes32[](count);
        sizes = new bytes(3 * count);
        numbers = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            digests[i] = keccak256(abi.encode(seed, i));
            uint256 n = varintBytes == 0 ? 1 + uint256(digests[i]) % 3 : varintBytes;
            numbers[i] = sizeOf(uint256(digests[i]) >> 8, n);
            for (uint256 j = 0; j < 3; ++j) {
                sizes[3 * i + j] = bytes1(uint8(numbers[i] >> (16 - 8 * j)));
            }
        }
    }

    function check(uint256 seed, uint256 first, uint256 width, uint256 count, uint256 varintBytes) private view {
        (bytes32[] memory digests, bytes memory sizes,) = group(seed, count, varintBytes);
        bytes32 got = lists.directory(first, width, digests, sizes);
        same(got, directoryOf(first, width, digests, sizes), "directory");
    }

    function test_fuzz_directory_isDagPb(uint256 seed, uint256 first, uint256 width, uint256 count) public view {
        (width, count) = (1 + width % 7, 1 + count % 40);
        if (count > 10 ** width) count = 10 ** width;
        check(seed, first % (10 ** width - count + 1), width, count, 0);
    }

    /// @dev The names pass a power of ten, or end in front of the next width.
    function test_fuzz_directory_carries(uint256 seed, uint256 power, uint256 before, uint256 after_) public view {
        power = 10 ** (1 + power % 6);
        (before, after_) = (1 + before % 10, after_ % 10);
        check(seed, power - before, 7, before + after_, 0);
        check(seed, power - before, bytes(vm.toString(power - 1)).length, before, 0);
        check(seed, 10 ** 7 - before, 7, before, 0);
    }

    function test_directory_hasSizesOfEveryLength() public view {
        for (uint256 width = 1; width <= 7; ++width) {
            for (uint256 varintBytes = 1; varintBytes <= 3; ++varintBytes) {
                check(width, 0, width, 10, varintBytes);
            }
        }
    }

    function test_directory_ofAWholeGroup() public view {
        check(1, 0, 5, 512, 0);
        check(2, 99_840, 6, 512, 0); // past 100,000
    }

    function test_fuzz_directory_changesWithEachBit(uint256 seed, uint256 bit) public view {
        (bytes32[] memory digests, bytes memory sizes,) = group(seed, 17, 2);
        bytes32 right = lists.directory(0, 2, digests, sizes);
        digests[bit % 17] ^= bytes32(uint256(1) << ((bit >> 8) % 256));
        yes(lists.directory(0, 2, digests, sizes) != right, "digest");
        digests[bit % 17] ^= bytes32(uint256(1) << ((bit >> 8) % 256));
        sizes[3 * (bit % 17) + 2] ^= 0x01;
        yes(lists.directory(0, 2, digests, sizes) != right, "size");
        sizes[3 * (bit % 17) + 2] ^= 0x01;
        yes(lists.directory(1, 2, digests, sizes) != right, "first");
    }

    function test_fuzz_directory_changesWithTheOrder(uint256 seed, uint256 i, uint256 j) public view {
        (bytes32[] memory digests, bytes memory sizes,) = group(seed, 16, 2);
        bytes32 right = lists.directory(0, 2, digests, sizes);
        (i, j) = (i % 16, j % 15);
        if (j >= i) ++j;
        (digests[i], digests[j]) = (digests[j], digests[i]);
        yes(lists.directory(0, 2, digests, sizes) != right, "order");
    }

    function test_fuzz_directory_revertsWhenASizeIsNone(uint256 seed, uint24 size, uint256 i) public {
        if (size >= 1 && size < 2 ** 18) size = size % 2 == 0 ? 0 : 2 ** 18 + size;
        expectInvalidSize(seed, size, i % 20);
    }

    function test_directory_revertsWhenASizeIsNone() public {
        for (uint256 i = 0; i < 20; i += 19) {
            expectInvalidSize(i, 0, i);
            expectInvalidSize(i, 2 ** 18, i);
            expectInvalidSize(i, 2 ** 24 - 1, i);
        }
        same(uint32(DeckList.InvalidSize.selector), INVALID_SIZE, "selector");
    }

    function expectInvalidSize(uint256 seed, uint24 size, uint256 i) private {
        (bytes32[] memory digests, bytes memory sizes,) = group(seed, 20, 0);
        for (uint256 j = 0; j < 3; ++j) {
            sizes[3 * i + j] = bytes1(uint8(size >> (16 - 8 * j)));
        }
        vm.expectRevert(DeckList.InvalidSize.selector);
        lists.directory(0, 2, digests, sizes);
    }

    function test_fuzz_inputs_areTheStatements(uint256 seed, DeckList.Batch memory batch, uint256 count, bool small)
        public
        view
    {
        uint256 k = small ? 4 : 16;
        count = 1 + count % k;
        (batch.home, batch.cards, batch.first) = (uint160(batch.home), uint32(batch.cards), uint32(batch.first));
        (bytes32[] memory digests, bytes memory sizes, uint256[] memory numbers) = group(seed, count, 0);
        bytes32[] memory all = new bytes32[](k);
        uint256[] memory allSizes = new uint256[](k);
        for (uint256 i = 0; i < k; ++i) {
            uint256 j = i < count ? i : count - 1;
            (all[i], allSizes[i]) = (digests[j], numbers[j]);
        }
        uint256[3] memory want = inputsOf(batch, all, allSizes);
        same(abi.encode(lists.inputs(batch, digests, sizes, k)), abi.encode(want), "inputs");
    }

    /// @dev Of more cards than a batch has the first ones count, and nothing that stands behind them.
    function test_fuzz_inputs_takeTheFirst(uint256 seed, DeckList.Batch memory batch, uint256 more) public view {
        (batch.home, batch.cards, batch.first) = (uint160(batch.home), uint32(batch.cards), uint32(batch.first));
        (bytes32[] memory digests, bytes memory sizes,) = group(seed, 4 + more % 9, 0);
        uint256[3] memory all = lists.inputs(batch, digests, sizes, 4);
        digests[digests.length - 1] = 0;
        if (digests.length > 4) same(abi.encode(lists.inputs(batch, digests, sizes, 4)), abi.encode(all), "four");
        (digests, sizes,) = group(seed, 4, 0);
        same(abi.encode(lists.inputs(batch, digests, sizes, 4)), abi.encode(all), "alone");
    }

    /// @dev The largest values a coefficient has: nothing is lost in a word.
    function test_inputs_ofTheLargest() public view {
        DeckList.Batch memory batch = DeckList.Batch(R - 1, 2 ** 32 - 16, 2 ** 32 - 1, type(uint160).max);
        bytes32[] memory digests = new bytes32[](16);
        uint256[] memory numbers = new uint256[](16);
        bytes memory sizes;
        for (uint256 i = 0; i < 16; ++i) {
            (digests[i], numbers[i]) = (bytes32(type(uint256).max), 2 ** 18 - 1);
            sizes = bytes.concat(sizes, hex"03ffff");
        }
        same(
            abi.encode(lists.inputs(batch, digests, sizes, 16)), abi.encode(inputsOf(batch, digests, numbers)), "inputs"
        );
    }
}
