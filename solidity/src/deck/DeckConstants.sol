// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IBeacon} from "../beacon/IBeacon.sol";
import {R} from "../Groth16Verifier.sol";
import {IProofVerifier} from "../IProofVerifier.sol";
import {DeckTerms, IDeck} from "./IDeck.sol";

/// @title What a deck's contract is about: its constants
/// @dev Apart from {DeckProvenance}, so that a token contract whose ids begin with the deck's first can be constructed
/// between the two, and an heir's state can follow {DeckProvenance}'s in one slot.
abstract contract DeckConstants is IDeck {
    /// Batches of a group: what one transaction brings, and one directory holds.
    uint256 internal constant GROUP = 32;
    uint256 private constant MAX_CARDS = 2 ** 22;
    uint256 private constant MAX_FIRST_ID = 2 ** 53 - 1;
    uint256 private constant MIN_GAP = 1 hours;
    uint256 private constant MAX_GAP = 30 days;

    IProofVerifier internal immutable _verifier;
    uint256 internal immutable _model;
    uint256 internal immutable _policy;
    /// What model and policy fold into.
    uint256 internal immutable _foldedX;
    uint256 internal immutable _foldedY;
    address internal immutable _author;
    IBeacon internal immutable _beacon;
    uint256 internal immutable _firstId;
    uint256 internal immutable _cards;
    uint256 internal immutable _batch;
    uint256 internal immutable _gap;
    bool internal immutable _blockHashes;
    bool internal immutable _permuted;
    /// Digits of a document's name.
    uint256 internal immutable _width;
    /// @inheritdoc IDeck
    uint160 public immutable home;

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
        _verifier = t.verifier;
        (_model, _policy) = (t.model, t.policy);
        uint256[] memory inputs = new uint256[](2);
        (inputs[0], inputs[1]) = (t.model, t.policy);
        uint256[2] memory folded = t.verifier.fold(inputs); // reverts for the key of another circuit
        (_foldedX, _foldedY) = (folded[0], folded[1]);
        _author = t.author;
        _beacon = t.beacon;
        _firstId = t.firstId;
        _cards = t.cards;
        _batch = t.batch;
        _gap = t.gap;
        _blockHashes = t.blockHashes;
        _permuted = t.permuted;
        _width = bytes(Strings.toString(t.cards - 1)).length;
        home = uint160(uint256(keccak256(abi.encode(block.chainid, t.author))));
    }

    /// @inheritdoc IDeck
    function groups() public view returns (uint256) {
        return (_cards + GROUP * _batch - 1) / (GROUP * _batch);
    }

    function _requireIds(uint256 first, uint256 n) internal view {
        if (first < _firstId || n > _cards || first - _firstId > _cards - n) revert InvalidTokenId(first, n);
    }
}
