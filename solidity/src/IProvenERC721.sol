// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBeacon} from "./beacon/IBeacon.sol";
import {IProofVerifier} from "./IProofVerifier.sol";

/// @notice What a drop promises when it is deployed. Nothing of it can be changed.
struct Drop {
    /// ERC-721's name and symbol.
    string name;
    string symbol;
    /// Token ids run from `firstId` to `firstId + supply - 1`, which is at most 10^10 - 1.
    uint64 firstId;
    uint64 supply;
    /// A {Groth16Verifier} or {PlonkAdapter} for the key of a `cid` circuit: there the metadata hash is the document's
    /// SHA-256.
    IProofVerifier verifier;
    /// Commitments to model, policy, authority, seeds: public inputs 0, 1, 3 and 4. Input 2, the template, comes after the beacon.
    uint256[4] commitments;
    /// Whose round's randomness becomes the entropy: an {Evmnet} or a {Quicknet}. 0: the hash of a block does.
    IBeacon beaconSource;
    /// How far from this deployment the entropy comes; at least 1. With a `beaconSource` in seconds of the chain's
    /// clock: the round is that at this time, or the next one. Take more than the clock may be behind: an hour on
    /// Ethereum, and 25 hours where whoever orders the blocks may date them back by a day. Without, in blocks, to the
    /// one whose hash it is: on a public chain take enough for the deployment to be final, for else a reorganisation
    /// draws again, 64 on Ethereum.
    uint32 beaconDelay;
    /// Seconds between announcing another template and its coming into force; 0: there is never another one.
    uint32 templateNotice;
    /// ERC-2981: who is paid, and ten-thousandths of the price.
    address royaltyReceiver;
    uint96 royaltyFraction;
}

/// @notice One token of a batch.
struct Mint {
    address to;
    uint256 tokenId;
    /// SHA-256 of the document.
    bytes32 digest;
    /// Whether the proof's statement names `to` as its recipient, rather than nobody.
    bool bound;
}

/// @title ERC-721 that mints proven tokens only
/// @notice A token exists only with a proof that its document, byte for byte, comes from the drop's committed model
/// under the drop's policy. `tokenURI` is the IPFS address of that document, computed from the proven digest.
///
/// The template is set after the beacon, by whom the heir lets: its author knew then what was drawn, and could also have
/// left it unset. It says how documents look, and can change no trait, claim or rule.
///
/// The statement of a proof names this contract, its chain, the token and, if it is bound, the recipient. So it serves
/// for no other. An id is minted once, also after the token was burned.
///
/// The contract cannot tell a `root` key from a `cid` key, and proofs under a `root` key bind the root, not the
/// document: compare `keyDigest()`. Nor is it promised that the entropy is fair where `beaconSource` is none of genproof's
/// beacons; where it is the hash of a block, and whoever proposes the block is the author, who can then choose among
/// hashes; or where this contract was named only after its entropy was known, by an author who deployed many and chose
/// among them.
interface IProvenERC721 {
    /// @notice Thrown when a drop has no tokens, ids of more than ten digits, or no delay between commitments and beacon.
    error InvalidDrop(uint256 firstId, uint256 supply, uint256 beaconDelay);
    /// @notice Thrown when there is no verifier's contract at the verifier's address.
    error InvalidVerifier(address verifier);
    /// @notice Thrown when there is no contract at the beacon's address.
    error InvalidBeacon(address beacon);
    /// @notice Thrown when a drop whose entropy is a round's is opened by a block's hash, or the other way round.
    error OtherBeacon();
    /// @notice Thrown when a commitment is not below the order of the scalar field, or a template is 0.
    error InvalidCommitment(uint256 commitment);
    /// @notice Thrown when the beacon is not fixed yet, and so the template cannot be.
    error NotOpen();
    /// @notice Thrown when the template is not set yet: nothing can be proven.
    error TemplateNotSet();
    /// @notice Thrown when the template is set already.
    error TemplateAlreadySet(uint256 template);
    /// @notice Thrown when the beacon is fixed already.
    error AlreadyOpen();
    /// @notice Thrown when the beacon's block is not in the past.
    error TooEarly(uint256 beaconBlock);
    /// @notice Thrown when the id is not one of this drop's.
    error InvalidTokenId(uint256 tokenId);
    /// @notice Thrown when the id was used; its token may have been burned since.
    error AlreadyProven(uint256 tokenId);
    /// @notice Thrown when a token would be minted without a proof, or with or updated to a digest of 0.
    error Unproven(uint256 tokenId);
    /// @notice Thrown when the token has this digest already.
    error Unchanged(uint256 tokenId, bytes32 digest);
    /// @notice Thrown when the drop promised that its template is for ever.
    error TemplateFixed();
    /// @notice Thrown when there is no other template, or it is not in force yet.
    /// @param from When it comes into force (unix seconds); 0 if there is none.
    error TemplateNotInForce(uint256 from);
    /// @notice Thrown when prompt, content and proof do not fit each other, this drop or this token.
    error InvalidAigcData();
    /// @notice Thrown when too little gas is left: `verify` answers only if at least 2,050,000 gas is left; most of it
    /// is returned.
    error TooLittleGas(uint256 gasLeft);

    /// @notice Emitted when a round, or a block, is chosen that the entropy will come from.
    /// @param number The round's, once and for all, or the block's.
    event BeaconArmed(uint256 number);
    /// @notice Emitted when the beacon is fixed: the template can be set.
    /// @param number The round or block that the entropy comes from.
    /// @param entropy The round's randomness, or the block's hash.
    /// @param beacon Public input 5.
    event Opened(uint256 number, bytes32 entropy, uint256 beacon);
    /// @notice Emitted when the beacon is fixed by a round: whoever knows the beacon's key can check it without a chain.
    /// @param signature The round's, as drand publishes it.
    event BeaconSigned(uint64 round, bytes signature);
    /// @notice Emitted when the drop's template is set: minting can begin.
    /// @param template Its commitment: public input 2.
    event TemplateSet(uint256 template);
    /// @notice Emitted when another template is announced.
    /// @param template Its commitment: public input 2.
    /// @param from When it comes into force (unix seconds).
    event TemplateScheduled(uint256 template, uint256 from);

    /// @notice Fixes the beacon from the hash of `beaconBlock`, where there is no `beaconSource`. Anybody may call it, and should, soon after that block:
    /// once its hash is forgotten (256 blocks; 8191 where EIP-2935 is in force and counts the same blocks as
    /// `block.number`) this call arms a later block instead.
    /// More than one BeaconArmed event therefore means more than one draw, from which an author who let a hash be
    /// forgotten may have chosen.
    /// @return value Public input 5, or 0 if another block was armed.
    function open() external returns (uint256 value);

    /// @notice Fixes the beacon from the randomness of `beaconRound`. Anybody may call it, at any time after the round,
    /// as only one signature is right. Should the round never be signed, this contract never opens.
    /// @param signature The round's, as drand publishes it.
    /// @return value Public input 5.
    function openSigned(bytes calldata signature) external returns (uint256 value);

    /// @notice The verifier of the drop's proofs, of either proof system; `keyDigest()` names its key.
    function verifier() external view returns (IProofVerifier);

    /// @notice Token ids run from here to `firstId + supply - 1`.
    function firstId() external view returns (uint256);

    /// @notice How many ids there are.
    function supply() external view returns (uint256);

    /// @notice How many tokens there are: minted and not burned.
    function totalSupply() external view returns (uint256);

    /// @notice Public inputs 0 to 4; input 2, the template, is 0 until it is set.
    function commitments() external view returns (uint256[5] memory);

    /// @notice keccak256(abi.encode(chain id, this contract, entropy)) >> 8: public input 5; 0 until open.
    function beacon() external view returns (uint256);

    /// @notice The randomness of `beaconRound`, or the hash of `beaconBlock`; 0 until open.
    function entropy() external view returns (bytes32);

    /// @notice Whose round the entropy comes from; 0 if it is the hash of a block.
    function beaconSource() external view returns (IBeacon);

    /// @notice The round whose randomness is, or will be, the entropy; 0 if it is the hash of a block.
    function beaconRound() external view returns (uint64);

    /// @notice The block whose hash is, or will be, the entropy; 0 if it is a round's randomness.
    function beaconBlock() external view returns (uint256);

    /// @notice The last digest proven for the id; 0 if there is none. A burned token keeps its own.
    function digestOf(uint256 tokenId) external view returns (bytes32);

    /// @notice The other template and when it comes or came into force (unix seconds); zeros if there is none.
    function nextTemplate() external view returns (uint256 template, uint256 from);

    /// @notice The nine public inputs of a mint; beacon and template are 0 until they are fixed.
    /// @param recipient Whom the proof names; 0 for nobody.
    function statement(address recipient, uint256 tokenId, bytes32 digest)
        external
        view
        returns (uint256[9] memory inputs);
}
