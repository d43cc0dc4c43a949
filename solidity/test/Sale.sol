// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ProvenERC721} from "../src/ProvenERC721.sol";
import {Drop} from "../src/IProvenERC721.sol";

contract Sale is ProvenERC721 {
    error WrongPrice(uint256 paid);

    constructor(Drop memory drop) ProvenERC721(drop) {}

    function buy(uint256 tokenId, bytes32 digest, bytes calldata proof) external payable {
        if (msg.value != 0.05 ether) revert WrongPrice(msg.value);
        _mintProven(msg.sender, tokenId, digest, true, proof); // true: the proof names the buyer
    }
}
