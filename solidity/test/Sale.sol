// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ProvenERC721} from "../src/ProvenERC721.sol";
import {Drop} from "../src/IProvenERC721.sol";

contract Sale is ProvenERC721 {
    error WrongPrice(uint256 paid);
    error NotTheSeller(address caller);
    error PaymentRefused(address to);

    address private immutable _seller;

    constructor(Drop memory drop, address seller) ProvenERC721(drop) {
        _seller = seller;
    }

    function setTemplate(uint256 template) external {
        if (msg.sender != _seller) revert NotTheSeller(msg.sender);
        _setTemplate(template);
    }

    function buy(uint256 tokenId, bytes32 digest, bytes calldata proof) external payable {
        if (msg.value != 0.05 ether) revert WrongPrice(msg.value);
        _mintProven(msg.sender, tokenId, digest, true, proof); // true: the proof names the buyer
    }

    function withdraw(address payable to) external {
        if (msg.sender != _seller) revert NotTheSeller(msg.sender);
        (bool ok,) = to.call{value: address(this).balance}("");
        if (!ok) revert PaymentRefused(to);
    }
}
