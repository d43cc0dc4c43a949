// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Reads tables of texts.
abstract contract Table {
    function is_(string memory a, string memory b) internal pure returns (bool) {
        return keccak256(bytes(a)) == keccak256(bytes(b));
    }

    function contains(string memory text, bytes1 letter) internal pure returns (bool) {
        for (uint256 i = 0; i < bytes(text).length; ++i) {
            if (bytes(text)[i] == letter) return true;
        }
        return false;
    }

    /// @dev The parts of a text between blanks.
    function words(string memory text) internal pure returns (string[] memory list) {
        list = new string[](32);
        uint256 n;
        bytes memory word;
        bytes memory all = bytes.concat(bytes(text), " ");
        for (uint256 i = 0; i < all.length; ++i) {
            if (all[i] != " ") {
                word = bytes.concat(word, all[i]);
            } else if (word.length > 0) {
                list[n++] = string(word);
                word = "";
            }
        }
        assembly ("memory-safe") {
            mstore(list, n) // shorter than it was made
        }
    }
}
