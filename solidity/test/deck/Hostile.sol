// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

/// @dev Calls back, once, when it receives a token or ether, with all the ether that each call asks for.
contract CallsBack is IERC721Receiver {
    struct Call {
        uint256 value;
        bytes data;
    }

    address private immutable _target;
    Call[] private _calls;
    /// What its calls that succeeded paid.
    uint256 public paid;

    constructor(address target) {
        _target = target;
    }

    function arm(Call[] memory calls) external {
        delete _calls;
        for (uint256 i = 0; i < calls.length; ++i) {
            _calls.push(calls[i]);
        }
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        _callBack();
        return IERC721Receiver.onERC721Received.selector;
    }

    receive() external payable {
        _callBack();
    }

    function _callBack() private {
        Call[] memory calls = _calls;
        delete _calls;
        for (uint256 i = 0; i < calls.length; ++i) {
            if (calls[i].value > address(this).balance) continue;
            (bool ok,) = _target.call{value: calls[i].value, gas: 300_000}(calls[i].data);
            if (ok) paid += calls[i].value;
        }
    }
}

/// @dev Takes no token and no ether.
contract Refuses {}

/// @dev Burns all the gas that it gets.
contract BurnsGas {
    fallback() external payable {
        assembly ("memory-safe") {
            invalid()
        }
    }
}
