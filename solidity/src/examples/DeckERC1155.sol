// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";

import {DeckTerms} from "../deck/IDeck.sol";
import {DeckSale} from "./DeckSale.sol";

/// @title A deck under OpenZeppelin's ERC-1155: one unit an id
contract DeckERC1155 is ERC1155, DeckSale {
    /// @notice Thrown when more or less than one unit of an id is minted.
    error NotOneUnit(uint256 tokenId, uint256 units);

    constructor(DeckTerms memory deck, uint256 price) ERC1155("") DeckSale(deck, price) {}

    /// @notice Mints the next token to the caller, who must be able to handle it.
    function mint() external payable {
        _mint(msg.sender, _sell(), 1, "");
    }

    /// @notice Burns the unit of an id, of an account that is the caller or approved the caller. The id is used up.
    function burn(address from, uint256 tokenId) external {
        if (from != _msgSender() && !isApprovedForAll(from, _msgSender())) {
            revert ERC1155MissingApprovalForAll(_msgSender(), from);
        }
        _burn(from, tokenId, 1);
    }

    /// @notice The document's address of an id that was minted; before the reveal of a permuted deck its placeholder.
    function uri(uint256 tokenId) public view override returns (string memory) {
        if (tokenId < _firstId() || tokenId - _firstId() >= totalMinted()) revert InvalidTokenId(tokenId, 1);
        return _uriOf(tokenId);
    }

    /// @dev Every mint of OpenZeppelin's ERC-1155 comes here, before the receiver is called.
    function _update(address from, address to, uint256[] memory ids, uint256[] memory values) internal override {
        if (from == address(0)) {
            for (uint256 i = 0; i < ids.length; ++i) {
                _take(ids[i]);
                if (values[i] != 1) revert NotOneUnit(ids[i], values[i]);
            }
        }
        super._update(from, to, ids, values);
    }
}
