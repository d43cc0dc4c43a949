// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Burnable} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Burnable.sol";

import {ProvenERC721} from "./ProvenERC721.sol";
import {Drop, Mint} from "./IProvenERC721.sol";

/// @title A drop, ready to deploy
/// @notice A proof that names its recipient is a ticket: anybody may hand it in, and the token goes to whom it names.
/// A proof that names nobody would go to whoever is first, so only the owner may hand it in; anybody may, once the
/// ownership has been renounced.
///
/// The owner can do this, set the template once the beacon is fixed, set `contractURI`, and announce other templates if
/// the drop allows for them. Nothing else. Without an owner before the template is set there is never a token.
contract GenproofDrop is ProvenERC721, ERC721Burnable, Ownable {
    /// @notice Thrown when the proof names no recipient, and the caller is not the one who may choose.
    error RecipientNotProven(address caller);

    /// @notice ERC-7572: emitted when `contractURI` changes.
    event ContractURIUpdated();

    string private _contractURI;

    constructor(Drop memory drop, address owner) ProvenERC721(drop) Ownable(owner) {}

    /// @notice Mints a token with the proof of its document.
    /// @param to Who gets it. A contract that the proof does not name must accept it; one that it names is not asked.
    /// @param digest SHA-256 of the document.
    /// @param bound Whether the proof's statement names `to` as its recipient, rather than nobody.
    /// @param proof The proof's bytes, as in a bundle.
    function mint(address to, uint256 tokenId, bytes32 digest, bool bound, bytes calldata proof) external {
        _requireMayMint(bound);
        _mintProven(to, tokenId, digest, bound, proof);
    }

    /// @notice Mints with one verification all tokens whose ids were not used, or none. Used ones are passed over.
    function mintBatch(Mint[] calldata mints, bytes calldata proofs) external {
        for (uint256 i = 0; i < mints.length; ++i) {
            _requireMayMint(mints[i].bound);
        }
        _mintProvenBatch(mints, proofs);
    }

    /// @notice Gives the caller's token its document under the other template.
    /// @param bound Whether the proof's statement names the token's holder as its recipient, rather than nobody.
    function updateMetadata(uint256 tokenId, bytes32 digest, bool bound, bytes calldata proof) external {
        _updateProven(tokenId, digest, bound, proof);
    }

    /// @notice Sets ERC-7572's address. The owner's.
    function setContractURI(string calldata uri) external onlyOwner {
        _contractURI = uri;
        emit ContractURIUpdated();
    }

    /// @notice ERC-7572's address of a description of the collection; nothing proven depends on it.
    function contractURI() external view returns (string memory) {
        return _contractURI;
    }

    /// @notice Sets the drop's template, once, after the beacon is fixed and before the first mint.
    /// @param template Its commitment: public input 2.
    function setTemplate(uint256 template) external onlyOwner {
        _setTemplate(template);
    }

    /// @notice Announces another template, in force after the drop's notice for tokens whose holders ask for it.
    function scheduleTemplate(uint256 template) external onlyOwner {
        _scheduleTemplate(template);
    }

    /// @inheritdoc ProvenERC721
    function tokenURI(uint256 tokenId) public view override(ERC721, ProvenERC721) returns (string memory) {
        return super.tokenURI(tokenId);
    }

    /// @inheritdoc ProvenERC721
    function supportsInterface(bytes4 id) public view override(ERC721, ProvenERC721) returns (bool) {
        return super.supportsInterface(id);
    }

    function _update(address to, uint256 tokenId, address auth)
        internal
        override(ERC721, ProvenERC721)
        returns (address)
    {
        return super._update(to, tokenId, auth);
    }

    function _requireMayMint(bool bound) private view {
        if (!bound && owner() != address(0) && msg.sender != owner()) revert RecipientNotProven(msg.sender);
    }
}
