// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBeacon} from "../beacon/IBeacon.sol";
import {IProofVerifier} from "../IProofVerifier.sol";

/// @notice What a deck's contract is about; nobody can change any of it.
/// @param verifier The verifier of a deck circuit's key.
/// @param model Public input 0: the deck.
/// @param policy Public input 1.
/// @param author Who may open the sale. With the chain's id the deck's home, so that the proofs of a deck serve for its
/// author's contracts and no other.
/// @param beacon Where a permuted deck's randomness comes from; 0 for a fixed one.
/// @param firstId The first token's id; the last one's is firstId + cards − 1.
/// @param cards N, 1 to 2^22.
/// @param batch Cards that one proof covers: 4 in the small size, else 16.
/// @param gap Seconds between the sale's end and the time of the beacon's round, 1 hour to 30 days: more than the chain's
/// clock can be behind. 0 for a fixed deck.
/// @param blockHashes Whether a block's hash may stand in for a beacon that is silent for 30 days.
/// @param permuted Whether token firstId + i shows a card that is drawn after the sale, rather than card i.
/// @param placeholder What a permuted deck's tokens show before the reveal: an address, or nothing.
struct DeckTerms {
    IProofVerifier verifier;
    uint256 model;
    uint256 policy;
    address author;
    IBeacon beacon;
    uint64 firstId;
    uint32 cards;
    uint8 batch;
    uint32 gap;
    bool blockHashes;
    bool permuted;
    string placeholder;
}

/// @notice The life of a deck's contract, which goes forward only.
/// - Admitting: proofs of some groups are missing.
/// - Complete: every card is proven; the author may open the sale.
/// - Selling: until the sale's end.
/// - Ended: nothing can be minted any more. A fixed deck stays here.
/// - Revealed: the assignment is drawn.
/// - Failed: no beacon came for 60 days; tokens keep the placeholder.
enum DeckState {
    Admitting,
    Complete,
    Selling,
    Ended,
    Revealed,
    Failed
}

/// @title A deck's contract: all cards are proven before anything is sold
interface IDeck {
    /// @notice Thrown when the terms are none of a deck.
    error InvalidTerms();
    /// @notice Thrown when the deck has no such group.
    error InvalidGroup(uint256 group);
    /// @notice Thrown when a group's arrays have other lengths than its batches and cards ask for.
    error InvalidLengths();
    /// @notice Thrown when somebody else than the deck's author would open the sale.
    error NotTheAuthor(address caller);
    /// @notice Thrown when the sale is opened before every card is proven.
    error Incomplete();
    /// @notice Thrown when the sale has been opened before.
    error AlreadyOpened();
    /// @notice Thrown when the sale's end is not ahead, or more than 366 days.
    error InvalidEnd(uint256 end);
    /// @notice Thrown when nothing is on sale: not opened yet, or over for good.
    error NotSelling();
    /// @notice Thrown when the deck has not all of these ids.
    error InvalidTokenId(uint256 first, uint256 count);
    /// @notice Thrown when there is nothing to reveal: the deck is fixed, has been revealed, or has failed.
    error NothingToReveal();
    /// @notice Thrown when it is too early, with the time (unix seconds) or the block from which on it is not.
    error TooEarly(uint256 from);
    /// @notice Thrown when block hashes may not stand in for this deck's beacon.
    error NoFallback();
    /// @notice Thrown when a token's card is not known yet.
    error NotRevealed();

    /// @notice Emitted once for each group whose proofs were accepted.
    /// @param directory SHA-256 of the dag-pb block that lists the group's documents: the CID of their folder.
    event Admitted(uint256 indexed group, bytes32 directory);
    /// @notice Emitted when the sale is opened, and again when it is closed early.
    /// @param end From then on (unix seconds) nothing can be minted.
    /// @param round The one round of the beacon that draws the assignment; 0 for a fixed deck.
    event SaleEnds(uint32 end, uint64 round);
    /// @notice Emitted when a block is chosen whose hash may stand in for the beacon.
    event FallbackArmed(uint256 blockNumber);
    /// @notice Emitted when the assignment is drawn.
    /// @param round The beacon's round, or 0.
    /// @param blockNumber The block that stood in for it, or 0.
    event Revealed(uint64 round, uint256 blockNumber, bytes32 randomness);
    /// @notice Emitted when the deck is given up: no beacon came.
    event Failed();

    /// @notice Accepts the proofs of a group: 32 consecutive batches, or what the deck's end leaves of them. Anybody may
    /// bring groups, in any order; a group that is there already changes nothing, whatever is brought.
    /// @param lists c of each batch: public input 2.
    /// @param digests SHA-256 of the document of each of the group's cards.
    /// @param sizes Three bytes, big-endian, for each: its bytes' number.
    /// @param proofs The batches' proofs, one after the other.
    function admit(
        uint256 group,
        uint256[] calldata lists,
        bytes32[] calldata digests,
        bytes calldata sizes,
        bytes calldata proofs
    ) external;

    /// @notice Draws a permuted deck's assignment from the signature of exactly `round()`. Anybody may call it, from
    /// `revealFrom` on.
    function reveal(bytes calldata signature) external;

    /// @notice Draws it from a block's hash, where the beacon was silent for 30 days and the terms allow it. The first call
    /// chooses the block 64 ahead, a call after that block reveals, and one that comes when the block's hash is
    /// forgotten chooses again. Weaker than the beacon: the block's proposer, and whoever chose when to call, can lean on it.
    function revealByBlockHash() external;

    /// @notice Gives a permuted deck up whose beacon was silent for 60 days, so that what was paid can be withdrawn.
    function fail() external;

    /// @notice Where the deck's life stands.
    function state() external view returns (DeckState);
    /// @notice Reports whether every card is proven.
    function isComplete() external view returns (bool);
    /// @notice How many groups the deck has.
    function groups() external view returns (uint256);
    /// @notice SHA-256 of the group's directory block, 0 until it is admitted.
    function directoryOf(uint256 group) external view returns (bytes32);
    /// @notice The number of the card, from 0, that a token shows. Reverts for ids that the deck has not, and before a
    /// permuted deck's reveal.
    function cardOf(uint256 tokenId) external view returns (uint256);
    /// @notice The id of the token that shows a card; reverts as `cardOf` does.
    function tokenOf(uint256 card) external view returns (uint256);
    /// @notice From when on (unix seconds) nothing can be minted; 0 before the sale is opened.
    function saleEnd() external view returns (uint32);
    /// @notice The time whose round draws the assignment: the sale's end and the gap, which a fixed deck has none of; 0
    /// before the sale is opened.
    function revealFrom() external view returns (uint256);
    /// @notice The beacon's round that draws the assignment; 0 before the sale is opened and for fixed decks.
    function round() external view returns (uint64);
    /// @notice What the assignment was drawn from; 0 before the reveal.
    function randomness() external view returns (bytes32);
    /// @notice Low 160 bits of keccak256(abi.encode(chain id, author)).
    function home() external view returns (uint160);
    /// @notice What the contract was deployed with.
    function terms() external view returns (DeckTerms memory);
}
