// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeckProvenance} from "../deck/DeckProvenance.sol";
import {DeckTerms} from "../deck/IDeck.sol";

/// @title What the examples have in common: a deck's tokens one by one, in the order of their ids, at one price
/// @notice The author opens the sale and takes what was paid. Nobody owns the contract.
abstract contract DeckSale is DeckProvenance {
    /// @notice Thrown when another amount of ether was sent than a token costs.
    error WrongPayment(uint256 sent, uint256 wanted);
    /// @notice Thrown when the sale is to be closed and is not sold out.
    error NotSoldOut(uint256 left);
    /// @notice Thrown when money is to leave before the sale is settled.
    error NotSettled();
    /// @notice Thrown when the receiver does not take it.
    error PaymentRefused(address to);
    /// @notice Thrown when an id is minted that is not the next one: burned ids are not minted again.
    error NotTheNext(uint256 tokenId);

    uint256 private immutable _price;
    uint256 private _totalMinted;

    constructor(DeckTerms memory deck, uint256 price_) DeckProvenance(deck) {
        _price = price_;
    }

    /// @notice What a token costs, in wei.
    function price() external view returns (uint256) {
        return _price;
    }

    /// @notice Ids ever used, burned ones included.
    function totalMinted() public view returns (uint256) {
        return _totalMinted;
    }

    /// @notice Opens the sale until `end` (unix seconds): once, by the author, when every card is proven.
    function openSale(uint256 end) external {
        _openSale(end);
    }

    /// @notice Ends a sale that is sold out. Anybody may.
    function closeSale() external {
        if (_totalMinted != _cards()) revert NotSoldOut(_cards() - _totalMinted);
        _closeSale();
    }

    /// @notice Sends everything here to an account, when the sale is settled. The author's to call.
    function withdraw(address payable to) external {
        if (msg.sender != _author()) revert NotTheAuthor(msg.sender);
        if (!_isSettled()) revert NotSettled();
        (bool ok,) = to.call{value: address(this).balance}("");
        if (!ok) revert PaymentRefused(to);
    }

    /// @dev The next id, paid for. To be minted by the caller of this.
    function _sell() internal view returns (uint256) {
        if (msg.value != _price) revert WrongPayment(msg.value, _price);
        return _firstId() + _totalMinted;
    }

    /// @dev To be called by the token's only way to mint, once for each id.
    function _take(uint256 tokenId) internal {
        _beforeDeckMint(tokenId, 1);
        if (tokenId != _firstId() + _totalMinted) revert NotTheNext(tokenId);
        ++_totalMinted;
    }
}
