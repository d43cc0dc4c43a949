// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a drop of a deck is deployed with, beside the deck's terms.
/// @param owner Who may do what `DeckDrop` lists.
/// @param walletLimit Tokens that an account can mint in the public phase; 0 for no limit.
/// @param reserve Tokens kept for the owner, who mints them without paying while the sale runs.
/// @param royaltyReceiver ERC-2981; 0 for no royalty.
/// @param royaltyFraction In 1/10,000 of the price, at most 1,000.
/// @param contractURI ERC-7572's address of a description of the collection; nothing here relies on it.
struct DropTerms {
    string name;
    string symbol;
    address owner;
    uint32 walletLimit;
    uint16 reserve;
    address royaltyReceiver;
    uint96 royaltyFraction;
    string contractURI;
}

/// @notice What a sale asks for. Times are unix seconds, prices wei, multiples of 1 gwei below 2^64 gwei.
/// @param end From then on nothing can be minted: at most 366 days ahead.
/// @param listFrom When accounts on the list may mint.
/// @param publicFrom When everybody may.
/// @param listPrice What a token costs by the list.
/// @param price What a token costs in the public phase.
/// @param list Root of the list, a Merkle tree as OpenZeppelin's merkle-tree library makes it of (address, uint256): an
/// account and how many tokens it may mint by the list; 0 for no list.
struct SaleTerms {
    uint32 end;
    uint32 listFrom;
    uint32 publicFrom;
    uint256 listPrice;
    uint256 price;
    bytes32 list;
}

/// @title A sale of a deck's tokens
interface IDeckDrop {
    /// @notice Thrown when the drop's terms are impossible.
    error InvalidDropTerms();
    /// @notice Thrown when a lot is none of 1 to 32 tokens.
    error InvalidLot(uint256 count);
    /// @notice Thrown when another amount of ether was sent than the tokens cost.
    error WrongPayment(uint256 sent, uint256 wanted);
    /// @notice Thrown when the phase has not begun.
    error PhaseNotOpen(uint256 from);
    /// @notice Thrown when an account would have more tokens than its limit, or than the list grants it.
    error AboveLimit(uint256 wanted, uint256 limit);
    /// @notice Thrown when the list does not hold the account with this allowance.
    error NotOnTheList(address account, uint256 allowance);
    /// @notice Thrown when fewer tokens are left, those of the reserve not counted.
    error SoldOut(uint256 left);
    /// @notice Thrown when the sale is to be closed and is not sold out.
    error NotSoldOut(uint256 left);
    /// @notice Thrown when the sale's times are out of order, or a price is no multiple of 1 gwei.
    error InvalidSaleTerms();
    /// @notice Thrown when a price would rise.
    error PriceRaised();
    /// @notice Thrown when the list is to change in its phase.
    error ListInUse();
    /// @notice Thrown when a royalty is above a tenth.
    error RoyaltyTooHigh(uint256 fraction);
    /// @notice Thrown when money is to leave before the sale is settled.
    error NotSettled();
    /// @notice Thrown when somebody else than the owner would take it; once there is none, than the author.
    error NotThePayee(address caller);
    /// @notice Thrown when the receiver does not take it.
    error PaymentRefused(address to);

    /// @notice Emitted when the sale is opened, a price lowered or the list set.
    event SaleChanged(SaleTerms sale);
    /// @notice ERC-7572: emitted when `contractURI` changes.
    event ContractURIUpdated();
    /// @notice Emitted when money leaves.
    event Withdrawn(address to, uint256 amount);
}
