// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The deployer of a {BoundVerifier}, which supplies its code
interface IBinder {
    /// @notice The code of the binder's verifier.
    function boundCode() external view returns (bytes memory);
}

/// @title Deploys a drop's own verifier: the drop's verifier with the folded point in place of K0
/// @notice A mint then reads one account instead of an account and two storage slots, and that account's address is
/// known beforehand: it depends on the binder alone, as the code is asked for rather than given.
contract BoundVerifier {
    constructor() {
        bytes memory code = IBinder(msg.sender).boundCode();
        assembly {
            return(add(code, 0x20), mload(code))
        }
    }
}
