// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {Cid} from "../src/Cid.sol";

contract CidTest is Base {
    /// @dev Made with Python's base64 module.
    function test_uri_vectors() public pure {
        same(bytes(Cid.uri(sha256(""))), "ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", "empty");
        same(
            bytes(Cid.uri(sha256("hello world"))),
            "ipfs://bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e",
            "hello world"
        );
        same(bytes(Cid.uri(0)), "ipfs://bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "zeros");
        same(
            bytes(Cid.uri(bytes32(type(uint256).max))),
            "ipfs://bafkreih777777777777777777777777777777777777777777777777774",
            "ones"
        );
        bytes32 counted = hex"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        same(bytes(Cid.uri(counted)), "ipfs://bafkreiaaaebagbafaydqqcikbmga2dqpcaireeyuculbogazdinryhi6d4", "counted");
    }

    /// @dev Read back digit by digit: 58 of 5 bits are the four bytes of the header, the digest, two zeros.
    function test_fuzz_uri_isTheHeaderAndTheDigest(bytes32 digest) public pure {
        bytes memory text = bytes(Cid.uri(digest));
        same(text.length, 66, "length");
        (uint256 high, uint256 low) = (0, 0);
        for (uint256 i = 8; i < 66; ++i) {
            uint256 c = uint8(text[i]);
            uint256 value = c >= 97 && c <= 122 ? c - 97 : c >= 50 && c <= 55 ? c - 24 : 32;
            yes(value < 32, "a digit of base32");
            (high, low) = (high << 5 | low >> 251, low << 5 | value);
        }
        same(low & 3, 0, "padding");
        same(low >> 2 | high << 254, uint256(digest), "digest");
        same(high >> 2, 0x01551220, "CIDv1, raw, sha2-256, 32 bytes");
    }
}
