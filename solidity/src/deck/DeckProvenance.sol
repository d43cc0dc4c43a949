// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Beacon} from "../Beacon.sol";
import {Cid} from "../Cid.sol";
import {Assignment} from "./Assignment.sol";
import {DeckConstants} from "./DeckConstants.sol";
import {DeckList} from "./DeckList.sol";
import {DeckState, DeckTerms, IDeck} from "./IDeck.sol";

/// @title A deck's proofs, sale period and assignment, to inherit from
/// @notice There is no token in it. An heir must call `_beforeDeckMint` in its only way to mint, and must mint each id
/// once, burned ones included; nothing here can enforce that for it. It opens the sale by `_openSale` and shows a
/// token's document by `_uriOf`. It can name no variable of this contract.
abstract contract DeckProvenance is DeckConstants {
    uint256 private constant MAX_SALE = 366 days;
    uint256 private constant FALLBACK_AFTER = 30 days;
    uint256 private constant FAILED_AFTER = 60 days;
    uint256 private constant FALLBACK_BLOCKS = 64;

    string private _placeholder;
    mapping(uint256 group => bytes32) private _directories;
    uint64 private _fallbackBlock;
    bool private _failed;
    bytes32 private _randomness;
    /// @dev The last variable: an heir can put what its mints read into the same slot, behind 4 bytes.
    uint32 private _saleEnd;

    constructor(DeckTerms memory t) DeckConstants(t) {
        _placeholder = t.placeholder;
    }

    /// @inheritdoc IDeck
    /// @dev One slot for a group. The list and the directory come from the same digests and sizes.
    function admit(
        uint256 group,
        uint256[] calldata lists,
        bytes32[] calldata digests,
        bytes calldata sizes,
        bytes calldata proofs
    ) external {
        if (group >= groups()) revert InvalidGroup(group);
        if (_directories[group] != 0) return;
        uint256 first = group * GROUP * _batch();
        if (
            digests.length != _min(GROUP * _batch(), _cards() - first) || sizes.length != 3 * digests.length
                || lists.length != (digests.length + _batch() - 1) / _batch()
        ) revert InvalidLengths();
        bytes32 directory = DeckList.directory(first, _width(), digests, sizes);
        _verifier().verifyBatch(_folded(), _inputs(first, lists, digests, sizes), proofs);
        _directories[group] = directory;
        emit Admitted(group, directory);
    }

    /// @inheritdoc IDeck
    function reveal(bytes calldata signature) external {
        _requireRevealable(0);
        uint64 r = round();
        _settle(r, 0, _beacon().verify(r, signature));
    }

    /// @inheritdoc IDeck
    function revealByBlockHash() external {
        if (!_blockHashes()) revert NoFallback();
        _requireRevealable(FALLBACK_AFTER);
        uint256 armed = _fallbackBlock;
        if (armed != 0) {
            if (block.number <= armed) revert TooEarly(armed + 1);
            bytes32 hash = Beacon.hashOf(armed);
            if (hash != 0) return _settle(0, armed, hash);
        }
        _fallbackBlock = uint64(block.number + FALLBACK_BLOCKS);
        emit FallbackArmed(_fallbackBlock);
    }

    /// @inheritdoc IDeck
    function fail() external {
        _requireRevealable(FAILED_AFTER);
        _failed = true;
        emit Failed();
    }

    /// @inheritdoc IDeck
    function directoryOf(uint256 group) external view returns (bytes32) {
        return _directories[group];
    }

    /// @inheritdoc IDeck
    function tokenOf(uint256 card) external view returns (uint256) {
        if (card >= _cards()) revert InvalidTokenId(card, 1);
        return _firstId() + (_permuted() ? Assignment.token(_key(), _cards(), card) : card);
    }

    /// @inheritdoc IDeck
    function terms() external view returns (DeckTerms memory t) {
        t.verifier = _verifier();
        (t.model, t.policy) = (_model(), _policy());
        t.author = _author();
        t.beacon = _beacon();
        (t.firstId, t.cards, t.batch, t.gap) = (uint64(_firstId()), uint32(_cards()), uint8(_batch()), uint32(_gap()));
        (t.blockHashes, t.permuted) = (_blockHashes(), _permuted());
        t.placeholder = _placeholder;
    }

    /// @inheritdoc IDeck
    function randomness() public view returns (bytes32) {
        return _randomness;
    }

    /// @inheritdoc IDeck
    function saleEnd() public view returns (uint32) {
        return _saleEnd;
    }

    /// @inheritdoc IDeck
    function state() public view returns (DeckState) {
        if (_saleEnd == 0) return isComplete() ? DeckState.Complete : DeckState.Admitting;
        if (block.timestamp < _saleEnd) return DeckState.Selling;
        if (_randomness != 0) return DeckState.Revealed;
        return _failed ? DeckState.Failed : DeckState.Ended;
    }

    /// @inheritdoc IDeck
    function isComplete() public view returns (bool) {
        for (uint256 i = groups(); i > 0; --i) {
            if (_directories[i - 1] == 0) return false;
        }
        return true;
    }

    /// @inheritdoc IDeck
    function cardOf(uint256 tokenId) public view returns (uint256) {
        _requireIds(tokenId, 1);
        uint256 i = tokenId - _firstId();
        return _permuted() ? Assignment.card(_key(), _cards(), i) : i;
    }

    /// @inheritdoc IDeck
    function revealFrom() public view returns (uint256) {
        return _saleEnd == 0 ? 0 : _saleEnd + _gap();
    }

    /// @inheritdoc IDeck
    function round() public view returns (uint64) {
        return _saleEnd == 0 || !_permuted() ? 0 : _beacon().roundAt(revealFrom());
    }

    /// @dev Opens the sale until `end` (unix seconds): once, by the author, when every card is proven.
    function _openSale(uint256 end) internal {
        if (msg.sender != _author()) revert NotTheAuthor(msg.sender);
        if (_saleEnd != 0) revert AlreadyOpened();
        if (!isComplete()) revert Incomplete();
        if (end <= block.timestamp || end > block.timestamp + MAX_SALE || end > type(uint32).max) {
            revert InvalidEnd(end);
        }
        _endSale(uint32(end));
    }

    /// @dev Ends a running sale now. The heir checks that everything is sold.
    function _closeSale() internal {
        _requireSelling();
        _endSale(uint32(block.timestamp));
    }

    /// @dev To be called before n tokens from an id on are minted. Each id may be minted once.
    function _beforeDeckMint(uint256 firstTokenId, uint256 n) internal view {
        _requireSelling();
        _requireIds(firstTokenId, n);
    }

    /// @dev What a token shows: the address of its card's document, or the placeholder.
    function _uriOf(uint256 tokenId) internal view returns (string memory) {
        if (_permuted() && _randomness == 0) return _placeholder;
        uint256 card = cardOf(tokenId);
        bytes memory digits = bytes(Strings.toString(card));
        bytes memory zeros = new bytes(_width() - digits.length);
        for (uint256 i = 0; i < zeros.length; ++i) {
            zeros[i] = "0";
        }
        return string.concat(
            Cid.directoryUri(_directories[card / (GROUP * _batch())]), "/", string(zeros), string(digits), ".json"
        );
    }

    /// @dev Reports whether money may leave: the sale is over, and a permuted deck revealed or given up.
    function _isSettled() internal view returns (bool) {
        if (_permuted()) return _randomness != 0 || _failed;
        return _saleEnd != 0 && block.timestamp >= _saleEnd;
    }

    function _endSale(uint32 end) private {
        _saleEnd = end;
        emit SaleEnds(end, round());
    }

    /// @dev There is no hook for heirs: one that reverts could refuse a draw and wait for another.
    function _settle(uint64 r, uint256 blockNumber, bytes32 value) private {
        _randomness = value;
        emit Revealed(r, blockNumber, value);
        emit IERC4906.BatchMetadataUpdate(_firstId(), _firstId() + _cards() - 1);
    }

    /// @dev Public inputs 2 to 4 of every batch from a card on.
    function _inputs(uint256 first, uint256[] calldata lists, bytes32[] calldata digests, bytes calldata sizes)
        private
        view
        returns (uint256[3][] memory inputs)
    {
        inputs = new uint256[3][](lists.length);
        DeckList.Batch memory batch = DeckList.Batch(0, first, _cards(), home());
        uint256 k = _batch();
        for (uint256 i = 0; i < lists.length; ++i) {
            batch.list = lists[i];
            inputs[i] = DeckList.inputs(batch, digests, sizes, k);
            batch.first += k;
            // The rest of the group. Behind the last batch its length is not used.
            assembly ("memory-safe") {
                digests.offset := add(digests.offset, shl(5, k))
                digests.length := sub(digests.length, k)
                sizes.offset := add(sizes.offset, mul(3, k))
            }
        }
    }

    /// @dev Reverts unless the assignment is still to be drawn, `late` seconds after its time.
    function _requireRevealable(uint256 late) private view {
        if (!_permuted() || _randomness != 0 || _failed) revert NothingToReveal();
        if (_saleEnd == 0) revert NotSelling();
        uint256 from = revealFrom() + late;
        if (block.timestamp < from) revert TooEarly(from);
    }

    function _requireSelling() private view {
        if (block.timestamp >= _saleEnd) revert NotSelling();
    }

    function _key() private view returns (bytes32) {
        bytes32 value = _randomness;
        if (value == 0) revert NotRevealed();
        return Assignment.key(_chain(), _model(), value);
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
