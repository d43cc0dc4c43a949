// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {ERC721A} from "erc721a/contracts/ERC721A.sol";

import {DeckConstants} from "./DeckConstants.sol";
import {DeckProvenance} from "./DeckProvenance.sol";
import {DeckTerms} from "./IDeck.sol";
import {DropTerms, IDeckDrop, SaleTerms} from "./IDeckDrop.sol";

/// @title A drop of a deck, ready to deploy
/// @notice Buyers mint without a proof: every card was proven before the sale.
///
/// What the owner may do: lower prices, set the list before its phase, mint the reserve while the sale runs, take what
/// was paid once the sale is settled, set royalties up to a tenth and `contractURI`, hand the ownership on or renounce
/// it. The author alone opens the sale, once. Nobody can do anything else: there is no pause, no hook in transfers, no
/// other code, and nothing that changes what a token shows.
/// @dev ERC721A keeps 64 bits of ours for each account: the lower half counts the tokens that it was minted by the list,
/// the upper one those out of the reserve. Neither exceeds the deck's cards.
contract DeckDrop is DeckConstants, ERC721A, ERC2981, Ownable2Step, DeckProvenance, IDeckDrop {
    uint256 private constant MAX_LOT = 32;
    uint96 private constant MAX_ROYALTY = 1000;

    uint256 private immutable _walletLimit;

    // With the sale's end in one slot, which is all that a buyer's transaction reads. Prices in gwei.
    uint32 private _publicFrom;
    uint32 private _listFrom;
    uint64 private _price;
    uint64 private _listPrice;
    uint16 private _reserve;

    bytes32 private _list;
    string private _contractURI;

    constructor(DeckTerms memory deck, DropTerms memory drop)
        DeckProvenance(deck)
        ERC721A(drop.name, drop.symbol)
        Ownable(drop.owner)
    {
        if (drop.reserve > deck.cards) revert InvalidDropTerms();
        _walletLimit = drop.walletLimit == 0 ? type(uint256).max : drop.walletLimit;
        _reserve = drop.reserve;
        if (drop.royaltyReceiver != address(0)) _setRoyalty(drop.royaltyReceiver, drop.royaltyFraction);
        _contractURI = drop.contractURI;
    }

    /// @notice Opens the sale, once. The author's alone, when every card is proven.
    function openSale(SaleTerms calldata s) external {
        if (s.listFrom > s.publicFrom || s.publicFrom >= s.end) revert InvalidSaleTerms();
        _openSale(s.end);
        (_publicFrom, _listFrom) = (s.publicFrom, s.listFrom);
        (_listPrice, _price) = (_inGwei(s.listPrice), _inGwei(s.price));
        _list = s.list;
        _tellSale();
    }

    /// @notice Mints the next n tokens, 1 to 32, to the caller, for exactly n times the price. A contract that calls this
    /// is not asked whether it can handle tokens.
    function mint(uint256 n) external payable {
        if (block.timestamp < _publicFrom) revert PhaseNotOpen(_publicFrom);
        // What was minted by the list or out of the reserve does not count.
        uint64 others = _getAux(msg.sender);
        uint256 had = _numberMinted(msg.sender) - uint32(others) - (others >> 32);
        if (had + n > _walletLimit) revert AboveLimit(had + n, _walletLimit);
        _sell(n, _price);
    }

    /// @notice Mints the next n tokens to the caller, who is on the list.
    /// @param allowance How many tokens the list grants the caller in all.
    /// @param proof The path from the leaf keccak256(keccak256(abi.encode(caller, allowance))) to the list's root.
    function mintListed(uint256 n, uint256 allowance, bytes32[] calldata proof) external payable {
        if (block.timestamp < _listFrom) revert PhaseNotOpen(_listFrom);
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(msg.sender, allowance))));
        if (!MerkleProof.verifyCalldata(proof, _list, leaf)) revert NotOnTheList(msg.sender, allowance);
        uint64 others = _getAux(msg.sender);
        uint256 had = uint32(others);
        if (had + n > allowance) revert AboveLimit(had + n, allowance);
        _sell(n, _listPrice);
        _setAux(msg.sender, others + uint64(n)); // a lot is small, and nothing above calls anybody
    }

    /// @notice Mints n tokens of the reserve. The owner's, while the sale runs. They count for no limit of who gets them.
    function mintReserve(address to, uint256 n) external onlyOwner {
        if (n > _reserve) revert SoldOut(_reserve);
        _reserve -= uint16(n);
        _mintLot(to, _nextTokenId(), n);
        _setAux(to, _getAux(to) + (uint64(n) << 32));
    }

    /// @notice Ends a sale that is sold out. Anybody may.
    function closeSale() external {
        uint256 left = _left();
        if (left != 0) revert NotSoldOut(left);
        _closeSale();
    }

    /// @notice Lowers the prices: neither may rise.
    function lowerPrices(uint256 listPrice, uint256 price) external onlyOwner {
        (uint64 listed, uint64 open) = (_inGwei(listPrice), _inGwei(price));
        if (listed > _listPrice || open > _price) revert PriceRaised();
        (_listPrice, _price) = (listed, open);
        _tellSale();
    }

    /// @notice Sets the list's root, before its phase begins.
    function setList(bytes32 list) external onlyOwner {
        if (saleEnd() == 0) revert NotSelling();
        if (block.timestamp >= _listFrom) revert ListInUse();
        _list = list;
        _tellSale();
    }

    /// @notice Sets royalties, at most a tenth; a receiver of 0 removes them.
    function setRoyalty(address receiver, uint96 fraction) external onlyOwner {
        if (receiver == address(0)) _deleteDefaultRoyalty();
        else _setRoyalty(receiver, fraction);
    }

    /// @notice Sets ERC-7572's address. Nothing proven depends on it.
    function setContractURI(string calldata uri) external onlyOwner {
        _contractURI = uri;
        emit ContractURIUpdated();
    }

    /// @notice Sends everything here to an account: the owner's to call or, once there is none, the author's. A permuted
    /// deck must have been revealed or have failed, a fixed one's sale must be over.
    function withdraw(address payable to) external {
        address payee = owner() == address(0) ? _author() : owner();
        if (msg.sender != payee) revert NotThePayee(msg.sender);
        if (!_isSettled()) revert NotSettled();
        uint256 amount = address(this).balance;
        (bool ok,) = to.call{value: amount}("");
        if (!ok) revert PaymentRefused(to);
        emit Withdrawn(to, amount);
    }

    /// @notice Burns a token. Its id is used up; its card goes with it.
    function burn(uint256 tokenId) external {
        _burn(tokenId, true);
    }

    /// @notice The sale's terms; zeros before it is opened.
    function sale() public view returns (SaleTerms memory) {
        (uint256 listed, uint256 open) = (_listPrice, _price); // wei do not fit their 64 bits
        return SaleTerms(saleEnd(), _listFrom, _publicFrom, listed * 1 gwei, open * 1 gwei, _list);
    }

    /// @notice Tokens of the reserve that are left.
    function reserve() external view returns (uint16) {
        return _reserve;
    }

    /// @notice ERC-7572.
    function contractURI() external view returns (string memory) {
        return _contractURI;
    }

    /// @notice Tokens an account can mint in the public phase; 2^256 − 1 for no limit.
    function walletLimit() external view returns (uint256) {
        return _walletLimit;
    }

    /// @notice Ids ever used, burned ones included: the next one is the first id and this.
    function totalMinted() external view returns (uint256) {
        return _totalMinted();
    }

    /// @notice Tokens an account has minted by the list.
    function mintedByList(address account) external view returns (uint256) {
        return uint32(_getAux(account));
    }

    /// @notice Tokens an account has been minted, by the list, publicly and from the reserve.
    function mintedBy(address account) external view returns (uint256) {
        return _numberMinted(account);
    }

    /// @notice The address of the token's document, from the digests that were proven; before the reveal of a permuted
    /// deck its placeholder.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        if (!_exists(tokenId)) _revert(URIQueryForNonexistentToken.selector);
        return _uriOf(tokenId);
    }

    function supportsInterface(bytes4 id) public view override(ERC721A, ERC2981) returns (bool) {
        return id == 0x49064906 // ERC-4906
            || ERC721A.supportsInterface(id) || ERC2981.supportsInterface(id);
    }

    /// @dev The ids of ERC721A begin with the deck's first.
    function _startTokenId() internal view override returns (uint256) {
        return _firstId();
    }

    function _sell(uint256 n, uint256 priceInGwei) private {
        uint256 next = _nextTokenId();
        uint256 left = _firstId() + _cards() - next - _reserve;
        if (n > left) revert SoldOut(left);
        uint256 cost = n * priceInGwei * 1 gwei;
        if (msg.value != cost) revert WrongPayment(msg.value, cost);
        _mintLot(msg.sender, next, n);
    }

    /// @dev The only way to mint: the next n ids.
    function _mintLot(address to, uint256 next, uint256 n) private {
        if (n == 0 || n > MAX_LOT) revert InvalidLot(n);
        _beforeDeckMint(next, n);
        _mint(to, n);
    }

    /// @dev Ids that were never used.
    function _left() private view returns (uint256) {
        return _firstId() + _cards() - _nextTokenId();
    }

    function _inGwei(uint256 price) private pure returns (uint64) {
        if (price % 1 gwei != 0 || price / 1 gwei > type(uint64).max) revert InvalidSaleTerms();
        return uint64(price / 1 gwei);
    }

    function _setRoyalty(address receiver, uint96 fraction) private {
        if (fraction > MAX_ROYALTY) revert RoyaltyTooHigh(fraction);
        _setDefaultRoyalty(receiver, fraction);
    }

    function _tellSale() private {
        emit SaleChanged(sale());
    }
}
