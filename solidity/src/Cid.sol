// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IPFS addresses from SHA-256 digests
library Cid {
    /// @dev RFC 4648's base32 in lower case, as multibase's prefix "b" says.
    bytes32 private constant ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    /// @dev CIDv1, codec, sha2-256, 32 bytes.
    uint256 private constant RAW = 0x01551220;
    uint256 private constant DAG_PB = 0x01701220;
    uint256 private constant DIGITS = 58; // of 5 bits, for 36 bytes and two bits of zeros

    /// @notice "ipfs://" and the CIDv1 of the raw block that has this SHA-256.
    function uri(bytes32 digest) internal pure returns (string memory) {
        return _uri(RAW, digest);
    }

    /// @notice "ipfs://" and the CIDv1 of the dag-pb block that has this SHA-256: a directory's.
    function directoryUri(bytes32 digest) internal pure returns (string memory) {
        return _uri(DAG_PB, digest);
    }

    function _uri(uint256 header, bytes32 digest) private pure returns (string memory) {
        bytes memory text = bytes("ipfs://b0000000000000000000000000000000000000000000000000000000000");
        uint256 last = text.length - 1;
        // From the right: the two bits that complete the last digit, the digest, the header.
        uint256 high = header << 2 | uint256(digest) >> 254;
        uint256 low = uint256(digest) << 2;
        for (uint256 i = 0; i < DIGITS; ++i) {
            text[last - i] = ALPHABET[low & 31];
            low = low >> 5 | high << 251;
            high >>= 5;
        }
        return string(text);
    }
}
