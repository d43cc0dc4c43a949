// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

/// @dev A receiver that calls back: the calls it was armed with, once, when it next receives a token.
contract Reentrant is IERC721Receiver {
    address private immutable _target;
    bytes[] private _calls;
    bool[] public results;

    constructor(address target) {
        _target = target;
    }

    function arm(bytes[] calldata calls) external {
        delete results;
        delete _calls;
        for (uint256 i = 0; i < calls.length; ++i) {
            _calls.push(calls[i]);
        }
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        bytes[] memory calls = _calls;
        delete _calls;
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok,) = _target.call{gas: 1_500_000}(calls[i]);
            results.push(ok);
        }
        return IERC721Receiver.onERC721Received.selector;
    }
}
