// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBeacon} from "./IBeacon.sol";

/// @dev The first round at a time or later, in a chain with these times: {IBeacon-roundAt}.
function roundOf(uint256 time, uint256 genesis, uint256 period) pure returns (uint64) {
    if (time > type(uint64).max) revert IBeacon.TimeTooFar(time);
    if (time <= genesis) return 1;
    return uint64((time - genesis + period - 1) / period + 1);
}
