// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {vm} from "./Vm.sol";

/// @dev Arbitrum's precompile at 0x64: `arbBlockNumber` is the chain's own number, NUMBER its parent's.
contract ArbSys {
    uint256 public arbBlockNumber;

    function mine(uint256 number) external {
        arbBlockNumber = number;
    }
}

/// @dev The contract that keeps the hashes of past blocks, as chains have it in their genesis.
library History {
    address internal constant PLACE = 0x0000F90827F1C53a10cb7A02335B175320002935;
    address private constant SYSTEM = 0xffffFFFfFFffffffffffffffFfFFFfffFFFfFFfE;
    ArbSys private constant ARB = ArbSys(address(0x64));

    /// @dev The code of EIP-2935.
    bytes private constant CODE =
        hex"3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500";
    /// @dev That of Nitro since ArbOS 40, which asks the precompile where the other one asks NUMBER.
    bytes private constant NITRO =
        hex"3373fffffffffffffffffffffffffffffffffffffffe1460605760203603605c575f3563a3b1b31d5f5260205f6004601c60645afa15605c575f51600181038211605c57816205ffd0910311605c576205ffd09006545f5260205ff35b5f5ffd5b5f356205ffd0600163a3b1b31d5f5260205f6004601c60645afa15605c575f5103065500";

    function install() internal {
        vm.etch(PLACE, CODE);
    }

    function installNitro() internal {
        vm.etch(address(ARB), type(ArbSys).runtimeCode);
        vm.etch(PLACE, NITRO);
    }

    /// @dev Tells the hash of a block, as the next block does first. NUMBER is the next block's then.
    function write(uint256 number, bytes32 hash) internal {
        vm.roll(number + 1);
        store(hash);
    }

    /// @dev The same of a chain whose own numbers are others.
    function writeNitro(uint256 number, bytes32 hash) internal {
        ARB.mine(number + 1);
        store(hash);
    }

    /// @dev The chain's own number, where it is another than NUMBER.
    function mine(uint256 number) internal {
        ARB.mine(number);
    }

    function store(bytes32 hash) private {
        vm.prank(SYSTEM);
        (bool ok,) = PLACE.call(abi.encode(hash));
        require(ok);
    }

    function ask(uint256 number) internal view returns (bytes32 hash) {
        (bool ok, bytes memory result) = PLACE.staticcall(abi.encode(number));
        require(ok);
        return bytes32(result);
    }
}
