// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IBeacon} from "../beacon/IBeacon.sol";
import {R} from "../Groth16Verifier.sol";
import {IProofVerifier} from "../IProofVerifier.sol";
import {DeckTerms, IDeck} from "./IDeck.sol";

/// @title What a deck's contract is about: its constants
/// @dev Apart from {DeckProvenance}, so that a token contract whose ids begin with the deck's first can be constructed
/// between the two, and an heir's state can follow {DeckProvenance}'s in one slot. All of them are private: an heir's
/// constructor could set immutable variables that it can name.
abstract contract DeckConstants is IDeck {
    /// Batches of a group: what one transaction brings, and one directory holds.
    uint256 internal constant GROUP = 32;
    uint256 private constant MAX_CARDS = 2 ** 22;
    uint256 private constant MAX_FIRST_ID = 2 ** 53 - 1;
    uint256 private constant MIN_GAP = 1 hours;
    uint256 private constant MAX_GAP = 30 days;

    IProofVerifier private immutable VERIFIER;
    uint256 private immutable MODEL;
    uint256 private immutable POLICY;
    uint256 private immutable FOLDED_X;
    uint256 private immutable FOLDED_Y;
    address private immutable AUTHOR;
    IBeacon private immutable BEACON;
    uint256 private immutable FIRST_ID;
    uint256 private immutable CARDS;
    uint256 private immutable BATCH;
    uint256 private immutable GAP;
    bool private immutable BLOCK_HASHES;
    bool private immutable PERMUTED;
    uint256 private immutable WIDTH;
    uint256 private immutable CHAIN;
    uint160 private immutable HOME;

    constructor(DeckTerms memory t) {
        if (
            t.cards == 0 || t.cards > MAX_CARDS || t.firstId > MAX_FIRST_ID || t.author == address(0)
                || (t.batch != 4 && t.batch != 16) || t.model >= R || t.policy >= R
        ) revert InvalidTerms();
        if (t.permuted) {
            if (t.gap < MIN_GAP || t.gap > MAX_GAP || t.beacon.roundAt(block.timestamp) == 0) revert InvalidTerms();
        } else if (t.gap != 0 || address(t.beacon) != address(0) || t.blockHashes || bytes(t.placeholder).length != 0) {
            revert InvalidTerms();
        }
        VERIFIER = t.verifier;
        (MODEL, POLICY) = (t.model, t.policy);
        uint256[] memory inputs = new uint256[](2);
        (inputs[0], inputs[1]) = (t.model, t.policy);
        uint256[2] memory folded = t.verifier.fold(inputs); // reverts for the key of another circuit
        (FOLDED_X, FOLDED_Y) = (folded[0], folded[1]);
        AUTHOR = t.author;
        BEACON = t.beacon;
        FIRST_ID = t.firstId;
        CARDS = t.cards;
        BATCH = t.batch;
        GAP = t.gap;
        BLOCK_HASHES = t.blockHashes;
        PERMUTED = t.permuted;
        WIDTH = bytes(Strings.toString(t.cards - 1)).length;
        CHAIN = block.chainid;
        HOME = uint160(uint256(keccak256(abi.encode(block.chainid, t.author))));
    }

    /// @inheritdoc IDeck
    function home() public view returns (uint160) {
        return HOME;
    }

    /// @inheritdoc IDeck
    function groups() public view returns (uint256) {
        return (CARDS + GROUP * BATCH - 1) / (GROUP * BATCH);
    }

    function _requireIds(uint256 first, uint256 n) internal view {
        if (first < FIRST_ID || n > CARDS || first - FIRST_ID > CARDS - n) revert InvalidTokenId(first, n);
    }

    function _verifier() internal view returns (IProofVerifier) {
        return VERIFIER;
    }

    function _model() internal view returns (uint256) {
        return MODEL;
    }

    function _policy() internal view returns (uint256) {
        return POLICY;
    }

    /// @dev What model and policy fold into.
    function _folded() internal view returns (uint256[2] memory) {
        return [FOLDED_X, FOLDED_Y];
    }

    function _author() internal view returns (address) {
        return AUTHOR;
    }

    function _beacon() internal view returns (IBeacon) {
        return BEACON;
    }

    function _firstId() internal view returns (uint256) {
        return FIRST_ID;
    }

    function _cards() internal view returns (uint256) {
        return CARDS;
    }

    function _batch() internal view returns (uint256) {
        return BATCH;
    }

    function _gap() internal view returns (uint256) {
        return GAP;
    }

    function _blockHashes() internal view returns (bool) {
        return BLOCK_HASHES;
    }

    function _permuted() internal view returns (bool) {
        return PERMUTED;
    }

    /// @dev Digits of a document's name.
    function _width() internal view returns (uint256) {
        return WIDTH;
    }

    /// @dev The chain's id at the deployment, which it keeps whatever becomes of the chain.
    function _chain() internal view returns (uint256) {
        return CHAIN;
    }
}
