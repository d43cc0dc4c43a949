// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

import {Cid} from "./Cid.sol";
import {IERC7007} from "./IERC7007.sol";
import {IProofVerifier} from "./IProofVerifier.sol";
import {Drop, IProvenERC721, Mint} from "./IProvenERC721.sol";
import {ProvenStatement} from "./ProvenStatement.sol";

/// @title ERC-721 to inherit from: mints proven tokens only
/// @notice Offers `_setTemplate`, `_mintProven`, `_mintProvenBatch`, `_updateProven` and `_scheduleTemplate` to the
/// inheriting contract, which decides who may call them, when, and at what price. `_mint` and `_safeMint` without a
/// proof revert, of burned ids too. What an heir can do all the same solidity/README says, for whoever reads it.
///
/// For ERC-7007 a token's prompt is its public statement, nine words, and its content the SHA-256 of its document.
abstract contract ProvenERC721 is ERC721, ERC2981, IERC4906, IERC7007, ProvenStatement {
    /// What `verify` gives the verifier: ten times what a proof takes at Prague's prices.
    uint256 private constant VERIFY_GAS = 2_000_000;

    uint256 private _totalSupply;
    mapping(uint256 tokenId => bytes32) private _digests;
    /// One more than the id of the one token that may be minted now, as its proof was verified; 0 for none.
    uint256 private transient _permit;

    constructor(Drop memory drop) ERC721(drop.name, drop.symbol) ProvenStatement(drop) {
        if (drop.royaltyReceiver != address(0)) _setDefaultRoyalty(drop.royaltyReceiver, drop.royaltyFraction);
    }

    /// @inheritdoc IERC7007
    /// @dev To an existing token, under the drop's other template: `_updateProven` with the recipient that the prompt
    /// names. (A token's first content comes with its mint.)
    function addAigcData(uint256 tokenId, bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        external
    {
        (bool good, uint256[9] memory inputs) = _parse(prompt, aigcData, proof);
        (uint256 template,) = _templateInForce();
        address recipient = address(uint160(inputs[6] >> 64));
        if (!good || uint64(inputs[6]) != tokenId || inputs[2] != template) revert InvalidAigcData();
        if (recipient != address(0) && recipient != _ownerOf(tokenId)) revert InvalidAigcData();
        _updateProven(tokenId, bytes32(aigcData), recipient != address(0), proof);
    }

    /// @inheritdoc IERC7007
    /// @dev True for statements under either template, minted or not. Gas is bounded from both sides: a malformed point
    /// burns all that the verifier is given, and a caller short of gas must not take a good proof for a false one.
    function verify(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        external
        view
        returns (bool success)
    {
        (bool good, uint256[9] memory inputs) = _parse(prompt, aigcData, proof);
        if (!good) return false;
        (uint256 first,) = _fixed();
        uint256[3] memory own = [inputs[6], inputs[7], inputs[8]];
        (address target, bytes memory call) = (address(_bound()), "");
        if (inputs[2] == first) {
            call = abi.encodeCall(IProofVerifier.verifyBound, (own, proof));
        } else {
            (, uint256[2] memory folded) = _templateInForce();
            (target, call) = (address(verifier()), abi.encodeCall(IProofVerifier.verify, (folded, own, proof)));
        }
        if (gasleft() < VERIFY_GAS + VERIFY_GAS / 63 + 10_000) revert TooLittleGas(gasleft());
        (success,) = target.staticcall{gas: VERIFY_GAS}(call);
    }

    /// @inheritdoc IProvenERC721
    function totalSupply() external view returns (uint256) {
        return _totalSupply;
    }

    /// @inheritdoc IProvenERC721
    function digestOf(uint256 tokenId) external view returns (bytes32) {
        return _digests[tokenId];
    }

    /// @notice "ipfs://" and the CIDv1 of the token's document, computed from the digest that was proven.
    function tokenURI(uint256 tokenId) public view virtual override returns (string memory) {
        _requireOwned(tokenId);
        return Cid.uri(_digests[tokenId]);
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 id) public view virtual override(ERC721, ERC2981, IERC165) returns (bool) {
        return id == 0x702c55a6 // ERC-7007
            || id == 0x49064906 // ERC-4906
            || super.supportsInterface(id);
    }

    /// @dev Mints a token whose statement is proven under the drop's template. `bound`: the statement names `to`.
    function _mintProven(address to, uint256 tokenId, bytes32 digest, bool bound, bytes calldata proof) internal {
        uint256[3] memory inputs = _use(to, tokenId, digest, bound);
        (uint256 template, uint256 value) = _requireFixed();
        _bound().verifyBound(inputs, proof);
        emit AigcData(tokenId, _prompt(template, value, inputs), abi.encode(digest), proof);
        _deliver(to, tokenId, bound);
    }

    /// @dev Mints with one verification all tokens whose ids were not used, or none. Used ones are passed over with their
    /// proofs, whatever became of the token: who hands a ticket in first, or updates or burns, stops nobody's batch.
    function _mintProvenBatch(Mint[] calldata mints, bytes calldata proofs) internal {
        (uint256[] memory fresh, uint256[3][] memory inputs) = _useFresh(mints);
        (uint256 template, uint256 value) = _requireFixed();
        if (fresh.length == mints.length) _bound().verifyBatchBound(inputs, proofs);
        else _bound().verifyBatchBound(inputs, _proofsOf(fresh, mints.length, proofs));
        uint256 size = mints.length == 0 ? 0 : proofs.length / mints.length;
        for (uint256 i = 0; i < fresh.length; ++i) {
            Mint calldata m = mints[fresh[i]];
            bytes calldata proof = proofs[size * fresh[i]:size * (fresh[i] + 1)];
            emit AigcData(m.tokenId, _prompt(template, value, inputs[i]), abi.encode(m.digest), proof);
            _deliver(m.to, m.tokenId, m.bound);
        }
    }

    /// @dev Gives a token the document that is proven for it under the other template. Only the token's holder, or
    /// whom the holder approved, can call for it: what a holder was promised stays until they ask for something else. An
    /// heir must not approve or move tokens in the holder's place, nor say who calls.
    /// `bound`: the statement names the holder.
    function _updateProven(uint256 tokenId, bytes32 digest, bool bound, bytes calldata proof) internal {
        address holder = _requireOwned(tokenId);
        _checkAuthorized(holder, _msgSender(), tokenId);
        if (digest == 0) revert Unproven(tokenId);
        if (_digests[tokenId] == digest) revert Unchanged(tokenId, digest);
        (uint256 template, uint256[2] memory folded) = _templateInForce();
        uint256[3] memory inputs = _tokenInputs(bound ? holder : address(0), tokenId, digest);
        _digests[tokenId] = digest;
        verifier().verify(folded, inputs, proof);
        emit AigcData(tokenId, _prompt(template, beacon(), inputs), abi.encode(digest), proof);
        emit MetadataUpdate(tokenId);
    }

    /// @dev A token begins with a proof: each mint uses up the permit of its own. An heir that calls `ERC721._update` by
    /// its contract's name passes by this.
    function _update(address to, uint256 tokenId, address auth) internal virtual override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (from == address(0) && to != address(0)) {
            uint256 permit = _permit;
            if (permit == 0 || permit - 1 != tokenId) revert Unproven(tokenId);
            _permit = 0;
            ++_totalSupply;
        } else if (from != address(0) && to == address(0)) {
            --_totalSupply;
        }
    }

    /// @dev Mints a token that was proven. Whom a proof names is not asked: they chose to be named, and could otherwise
    /// stop the batch that they are in.
    function _deliver(address to, uint256 tokenId, bool bound) private {
        _permit = tokenId + 1;
        if (bound) _mint(to, tokenId);
        else _safeMint(to, tokenId);
    }

    /// @dev Takes an id that was never used and returns the inputs that must be proven for it.
    function _use(address to, uint256 tokenId, bytes32 digest, bool bound) private returns (uint256[3] memory) {
        if (!_isId(tokenId)) revert InvalidTokenId(tokenId);
        if (_digests[tokenId] != 0) revert AlreadyProven(tokenId);
        if (digest == 0) revert Unproven(tokenId);
        _digests[tokenId] = digest;
        return _tokenInputs(bound ? to : address(0), tokenId, digest);
    }

    /// @dev Takes the ids of a batch that were never used. Returns their places in the batch and their inputs.
    function _useFresh(Mint[] calldata mints) private returns (uint256[] memory fresh, uint256[3][] memory inputs) {
        fresh = new uint256[](mints.length);
        inputs = new uint256[3][](mints.length);
        uint256 n = 0;
        for (uint256 i = 0; i < mints.length; ++i) {
            Mint calldata m = mints[i];
            if (_digests[m.tokenId] != 0) continue;
            fresh[n] = i;
            inputs[n++] = _use(m.to, m.tokenId, m.digest, m.bound);
        }
        // Memory: both arrays get shorter where they are.
        assembly ("memory-safe") {
            mstore(fresh, n)
            mstore(inputs, n)
        }
    }

    /// @dev Of the proofs of n tokens, which are equally long, those at some places.
    function _proofsOf(uint256[] memory places, uint256 n, bytes calldata proofs) private pure returns (bytes memory) {
        uint256 size = proofs.length / n;
        bytes[] memory parts = new bytes[](places.length);
        for (uint256 i = 0; i < places.length; ++i) {
            parts[i] = proofs[size * places[i]:size * (places[i] + 1)];
        }
        return Bytes.concat(parts);
    }

    /// @dev Reads a prompt, and reports whether the three have their shapes, the prompt is a statement of this drop
    /// about one of its ids, under a template in force, and the content is what it speaks of.
    function _parse(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        private
        view
        returns (bool good, uint256[9] memory inputs)
    {
        (uint256 first, uint256 value) = _fixed();
        if (prompt.length != 288 || aigcData.length != 32 || proof.length != 256 || first == 0) {
            return (false, inputs);
        }
        inputs = abi.decode(prompt, (uint256[9]));
        uint256 template = inputs[2];
        if (template != first && !_isInForce(template)) return (false, inputs);
        uint256 token = inputs[6];
        if (!_isId(uint64(token))) return (false, inputs);
        uint256[3] memory own = _tokenInputs(address(uint160(token >> 64)), uint64(token), bytes32(aigcData));
        good = keccak256(prompt) == keccak256(_prompt(template, value, own));
    }
}
