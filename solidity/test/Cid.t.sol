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
}
