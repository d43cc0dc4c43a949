// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "../Base.sol";
import {vm} from "../Vm.sol";
import {Assignment} from "../../src/deck/Assignment.sol";

/// @dev The key as the contract at an address computes it.
contract Keyed {
    function key(uint256 chainId, uint256 model, bytes32 randomness) external view returns (bytes32) {
        return Assignment.key(chainId, model, randomness);
    }
}

contract AssignmentTest is Base {
    string private constant VECTORS = "../bundle/assignment/testdata/assignment.json";
    uint256 private constant CASES = 39;

    function card(bytes32 k, uint256 n, uint256 i) external pure returns (uint256) {
        return Assignment.card(k, n, i);
    }

    /// @dev The vectors were computed by a program in another language.
    function test_vectors() public {
        string memory json = vm.readFile(VECTORS);
        for (uint256 i = 0; i < CASES; ++i) {
            string memory place = string.concat(".cases[", vm.toString(i), "]");
            address contract_ = vm.parseJsonAddress(json, string.concat(place, ".contract"));
            vm.etch(contract_, type(Keyed).runtimeCode);
            bytes32 k = Keyed(contract_)
                .key(
                    vm.parseJsonUint(json, string.concat(place, ".chain_id")),
                    vm.parseJsonUint(json, string.concat(place, ".model")),
                    vm.parseJsonBytes32(json, string.concat(place, ".randomness"))
                );
            same(k, vm.parseJsonBytes32(json, string.concat(place, ".key")), "key");
            uint256 n = vm.parseJsonUint(json, string.concat(place, ".cards"));
            uint256[] memory tokens = vm.parseJsonUintArray(json, string.concat(place, ".tokens"));
            uint256[] memory shown = vm.parseJsonUintArray(json, string.concat(place, ".shown"));
            yes(tokens.length > 0 && tokens.length == shown.length, "lengths");
            for (uint256 j = 0; j < tokens.length; ++j) {
                same(Assignment.card(k, n, tokens[j]), shown[j], "card");
                same(Assignment.token(k, n, shown[j]), tokens[j], "token");
            }
        }
        yes(!vm.keyExistsJson(json, string.concat(".cases[", vm.toString(CASES), "]")), "there are more vectors");
    }

    function checkBijection(bytes32 k, uint256 n) private pure {
        bool[] memory seen = new bool[](n);
        for (uint256 i = 0; i < n; ++i) {
            uint256 c = Assignment.card(k, n, i);
            if (c >= n || seen[c]) revert Differ("a card beyond the deck or twice", bytes32(n), bytes32(i));
            seen[c] = true;
            if (Assignment.token(k, n, c) != i) revert Differ("inverse", bytes32(n), bytes32(i));
        }
    }

    /// forge-config: default.fuzz.runs = 8
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_bijection(bytes32 k, uint16 n) public pure {
        checkBijection(k, 1 + n % 1030);
    }

    function test_bijection_ofEverySmallSize() public pure {
        for (uint256 n = 1; n <= 100; ++n) {
            checkBijection(keccak256(abi.encode(n)), n);
        }
    }

    function test_bijection_ofSizesAroundSquares() public pure {
        uint16[7] memory sizes = [255, 256, 257, 997, 1024, 1025, 1030];
        for (uint256 i = 0; i < 7; ++i) {
            checkBijection(keccak256(abi.encode(i)), sizes[i]);
        }
    }

    /// @dev Of every size to 1,030 six numbers, the first and the last among them, there and back and back and there.
    function test_inverse_ofEverySize() public pure {
        for (uint256 n = 1; n <= 1030; ++n) {
            bytes32 k = keccak256(abi.encode("every", n));
            for (uint256 j = 0; j <= 5; ++j) {
                checkInverse(k, n, j * (n - 1) / 5);
            }
        }
    }

    function checkInverse(bytes32 k, uint256 n, uint256 i) private pure {
        uint256 c = Assignment.card(k, n, i);
        yes(c < n, "within the deck");
        same(Assignment.token(k, n, c), i, "inverse");
        same(Assignment.card(k, n, Assignment.token(k, n, i)), i, "inverse");
    }

    function test_fuzz_inverse(bytes32 k, uint32 n, uint256 i) public pure {
        checkInverse(k, uint256(n) + 1, i % (uint256(n) + 1));
    }

    /// @dev A step costs some 4,000 gas with its call. 997 is a size that has many ways out.
    function test_walks_areShort() public view {
        uint256 worst;
        for (uint256 i = 0; i < 2000; ++i) {
            uint256 before = gasleft();
            this.card(keccak256(abi.encode("walk", i)), 997, i % 997);
            uint256 used = before - gasleft();
            if (used > worst) worst = used;
        }
        yes(worst < 20_000, "a long walk");
    }

    function test_fuzz_gas_isBounded(bytes32 k, uint32 n, uint256 i) public view {
        uint256 cards = uint256(n) + 1;
        uint256 before = gasleft();
        this.card(k, cards, i % cards);
        yes(before - gasleft() < 40_000, "a long walk");
    }

    /// @dev A sale of 1,000 cards whose first 50 are the rares, in lots of 100. Of a fair draw a lot's number of rares has
    /// the mean 5 and the variance 100·(50/1000)·(950/1000)·(900/999) = 4.279. Every lot of 20 keys is counted: the mean is
    /// 5 exactly, and the sum of squares within four of its deviations.
    function test_statistics_lotsOfAStructuredDeck() public pure {
        uint256 squares;
        for (uint256 i = 0; i < 20; ++i) {
            bytes32 k = keccak256(abi.encode("lots", i));
            uint256 all;
            for (uint256 lot = 0; lot < 10; ++lot) {
                uint256 rares;
                for (uint256 j = 0; j < 100; ++j) {
                    if (Assignment.card(k, 1000, 100 * lot + j) < 50) ++rares;
                }
                all += rares;
                squares += rares > 5 ? (rares - 5) ** 2 : (5 - rares) ** 2;
            }
            same(all, 50, "all rares");
        }
        // 200 · 4.279 = 856; a sum of squares of 200 such numbers has a deviation of about 200^½ · 4.279 · 2^½ = 86.
        yes(squares > 856 - 4 * 86 && squares < 856 + 4 * 86, "variance");
    }

    /// @dev The same of rares that stand in every 20th place, and of lots that do.
    function test_statistics_lotsOfAPeriodicDeck() public pure {
        uint256 squares;
        for (uint256 i = 0; i < 10; ++i) {
            bytes32 k = keccak256(abi.encode("periods", i));
            for (uint256 lot = 0; lot < 10; ++lot) {
                uint256 rares;
                for (uint256 j = 0; j < 100; ++j) {
                    if (Assignment.card(k, 1000, 10 * j + lot) % 20 == 0) ++rares;
                }
                squares += rares > 5 ? (rares - 5) ** 2 : (5 - rares) ** 2;
            }
        }
        yes(squares > 428 - 4 * 61 && squares < 428 + 4 * 61, "variance");
    }

    /// @dev Neighbours among cards are neighbours among tokens as rarely as by chance: 2·999/1000 pairs a deck.
    function test_statistics_neighboursPart() public pure {
        uint256 kept;
        for (uint256 i = 0; i < 10; ++i) {
            bytes32 k = keccak256(abi.encode("neighbours", i));
            uint256 last = Assignment.card(k, 1000, 0);
            for (uint256 j = 1; j < 1000; ++j) {
                uint256 next = Assignment.card(k, 1000, j);
                if (next == last + 1 || last == next + 1) ++kept;
                last = next;
            }
        }
        // Poisson's mean and variance are 20.
        yes(kept > 20 - 18 && kept < 20 + 18, "neighbours");
    }

    function test_fuzz_key_dependsOnEverything(uint256 chain, uint256 model, bytes32 randomness, address where) public {
        vm.assume(uint160(where) > 0xffff && where.code.length == 0);
        vm.etch(where, type(Keyed).runtimeCode);
        bytes32 k = Keyed(where).key(chain, model, randomness);
        yes(k != Keyed(where).key(chain ^ 1, model, randomness), "chain");
        yes(k != Keyed(where).key(chain, model ^ 1, randomness), "model");
        yes(k != Keyed(where).key(chain, model, randomness ^ bytes32(uint256(1))), "randomness");
        yes(k != new Keyed().key(chain, model, randomness), "contract");
        vm.chainId(block.chainid + 1);
        same(k, Keyed(where).key(chain, model, randomness), "the chain's number now");
    }
}
