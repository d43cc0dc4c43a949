// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {DeckTerms} from "../deck/IDeck.sol";
import {DeckSale} from "./DeckSale.sol";

/// @title A deck under OpenZeppelin's ERC-721
contract DeckERC721 is ERC721, DeckSale {
    constructor(DeckTerms memory deck, string memory name, string memory symbol, uint256 price)
        ERC721(name, symbol)
        DeckSale(deck, price)
    {}

    /// @notice Mints the next token to the caller, who must be able to handle it.
    function mint() external payable {
        _safeMint(msg.sender, _sell());
    }

    /// @notice Burns a token of the caller's, or one the caller is approved for. Its id is used up.
    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, _msgSender());
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        return _uriOf(tokenId);
    }

    function supportsInterface(bytes4 id) public view override returns (bool) {
        return id == 0x49064906 || super.supportsInterface(id); // ERC-4906
    }

    /// @dev Every mint of OpenZeppelin's ERC-721 comes here, before the receiver is called.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        if (_ownerOf(tokenId) == address(0) && to != address(0)) _take(tokenId);
        return super._update(to, tokenId, auth);
    }
}
