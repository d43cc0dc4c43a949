// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {IBeacon} from "./beacon/IBeacon.sol";
import {Beacon} from "./Beacon.sol";
import {BoundVerifier, IBinder} from "./BoundVerifier.sol";
import {Cid} from "./Cid.sol";
import {K0_PLACE, R, TAIL_BYTES} from "./Groth16Verifier.sol";
import {IERC7007} from "./IERC7007.sol";
import {IProofVerifier} from "./IProofVerifier.sol";
import {Drop, IProvenERC721, Mint} from "./IProvenERC721.sol";

/// @title ERC-721 to inherit from: mints proven tokens only
/// @notice Offers `_mintProven`, `_mintProvenBatch`, `_updateProven` and `_scheduleTemplate` to the inheriting contract,
/// which decides who may call them, when, and at what price. Any other way to mint reverts, of burned ids too.
///
/// For ERC-7007 a token's prompt is its public statement, nine words, and its content the SHA-256 of its document.
abstract contract ProvenERC721 is ERC721, ERC2981, IERC4906, IERC7007, IProvenERC721, IBinder {
    struct Template {
        uint256 commitment;
        uint256 from;
        uint256[2] folded;
    }

    uint256 private constant MAX_SUPPLY = 10 ** 10 - 1;
    /// What `verify` gives the verifier: ten times what a proof takes at Prague's prices.
    uint256 private constant VERIFY_GAS = 2_000_000;

    /// @inheritdoc IProvenERC721
    IProofVerifier public immutable verifier;
    /// @inheritdoc IProvenERC721
    uint256 public immutable supply;
    /// @inheritdoc IProvenERC721
    IBeacon public immutable beaconSource;
    /// @inheritdoc IProvenERC721
    uint64 public immutable beaconRound;

    uint256 private immutable _model;
    uint256 private immutable _policy;
    uint256 private immutable _template;
    uint256 private immutable _authority;
    uint256 private immutable _seeds;
    uint256 private immutable _beaconDelay;
    uint256 private immutable _templateNotice;
    /// Where `open` deploys the drop's own verifier.
    IProofVerifier private immutable _bound;
    /// Where the beacon stands in its code.
    uint256 private immutable _beaconPlace;

    /// @inheritdoc IProvenERC721
    bytes32 public entropy;
    /// @inheritdoc IProvenERC721
    uint256 public beaconBlock;

    /// @inheritdoc IProvenERC721
    uint256 public totalSupply;

    Template private _next;
    mapping(uint256 tokenId => bytes32) private _digests;
    /// The one token that may be minted now, as its proof was verified; 0 for none.
    uint256 private transient _proven;

    constructor(Drop memory drop) ERC721(drop.name, drop.symbol) {
        if (drop.supply == 0 || drop.supply > MAX_SUPPLY || drop.beaconDelay == 0) {
            revert InvalidDrop(drop.supply, drop.beaconDelay);
        }
        if (address(drop.verifier).code.length <= TAIL_BYTES) revert InvalidVerifier(address(drop.verifier));
        for (uint256 i = 0; i < 5; ++i) {
            _requireElement(drop.commitments[i]);
        }
        verifier = drop.verifier;
        supply = drop.supply;
        _model = drop.commitments[0];
        _policy = drop.commitments[1];
        _template = drop.commitments[2];
        _authority = drop.commitments[3];
        _seeds = drop.commitments[4];
        _beaconDelay = drop.beaconDelay;
        _templateNotice = drop.templateNotice;
        _bound = IProofVerifier(Create2.computeAddress(0, keccak256(type(BoundVerifier).creationCode)));
        _beaconPlace = address(drop.verifier).code.length - TAIL_BYTES;
        if (drop.royaltyReceiver != address(0)) _setDefaultRoyalty(drop.royaltyReceiver, drop.royaltyFraction);
        beaconSource = drop.beaconSource;
        beaconRound = _firstRound(drop);
        if (beaconRound == 0) _arm();
        else emit BeaconArmed(beaconRound);
    }

    /// @inheritdoc IProvenERC721
    function open() external returns (uint256 value) {
        if (beaconRound != 0) revert OtherBeacon();
        if (entropy != 0) revert AlreadyOpen();
        uint256 from = beaconBlock;
        if (block.number <= from) revert TooEarly(from);
        bytes32 hash = Beacon.hashOf(from);
        if (hash == 0) {
            _arm();
            return 0;
        }
        return _open(from, hash);
    }

    /// @inheritdoc IProvenERC721
    function openSigned(bytes calldata signature) external returns (uint256 value) {
        if (beaconRound == 0) revert OtherBeacon();
        if (entropy != 0) revert AlreadyOpen();
        bytes32 randomness = beaconSource.verify(beaconRound, signature);
        emit BeaconSigned(beaconRound, signature);
        return _open(beaconRound, randomness);
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
        uint256[3] memory own = [inputs[6], inputs[7], inputs[8]];
        bytes memory call = inputs[2] == _template
            ? abi.encodeCall(IProofVerifier.verifyBound, (own, proof))
            : abi.encodeCall(IProofVerifier.verify, (_next.folded, own, proof));
        if (gasleft() < VERIFY_GAS + VERIFY_GAS / 63 + 10_000) revert TooLittleGas(gasleft());
        (success,) = address(inputs[2] == _template ? _bound : verifier).staticcall{gas: VERIFY_GAS}(call);
    }

    /// @inheritdoc IBinder
    /// @dev The verifier's code, the beacon, the verifying key with the folded point as K0. The verifier finds the key at
    /// its code's end and knows nothing of the beacon, which stands there because it is cheap to read.
    function boundCode() external view returns (bytes memory) {
        if (entropy == 0) revert NotOpen();
        bytes memory code = address(verifier).code;
        uint256 value = _deriveBeacon();
        uint256 k0 = _beaconPlace + K0_PLACE;
        return bytes.concat(
            Bytes.slice(code, 0, _beaconPlace),
            bytes32(value),
            Bytes.slice(code, _beaconPlace, k0),
            abi.encode(_fold(_template, value)),
            Bytes.slice(code, k0 + 64)
        );
    }

    /// @inheritdoc IProvenERC721
    function commitments() external view returns (uint256[5] memory) {
        return [_model, _policy, _template, _authority, _seeds];
    }

    /// @inheritdoc IProvenERC721
    function digestOf(uint256 tokenId) external view returns (bytes32) {
        return _digests[tokenId];
    }

    /// @inheritdoc IProvenERC721
    function nextTemplate() external view returns (uint256 template, uint256 from) {
        return (_next.commitment, _next.from);
    }

    /// @inheritdoc IProvenERC721
    function beacon() public view returns (uint256) {
        return _boundBeacon();
    }

    /// @inheritdoc IProvenERC721
    function statement(address recipient, uint256 tokenId, bytes32 digest)
        public
        view
        returns (uint256[9] memory inputs)
    {
        return abi.decode(_prompt(_template, beacon(), _tokenInputs(recipient, tokenId, digest)), (uint256[9]));
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
        uint256 value = _openBeacon();
        _bound.verifyBound(inputs, proof);
        emit AigcData(tokenId, _prompt(_template, value, inputs), abi.encode(digest), proof);
        _deliver(to, tokenId, bound);
    }

    /// @dev Mints with one verification all tokens whose ids were not used, or none. Used ones are passed over with their
    /// proofs, whatever became of the token: who hands a ticket in first, or updates or burns, stops nobody's batch.
    function _mintProvenBatch(Mint[] calldata mints, bytes calldata proofs) internal {
        (uint256[] memory fresh, uint256[3][] memory inputs) = _useFresh(mints);
        uint256 value = _openBeacon();
        if (fresh.length == mints.length) _bound.verifyBatchBound(inputs, proofs);
        else _bound.verifyBatchBound(inputs, _proofsOf(fresh, mints.length, proofs));
        uint256 size = mints.length == 0 ? 0 : proofs.length / mints.length;
        for (uint256 i = 0; i < fresh.length; ++i) {
            Mint calldata m = mints[fresh[i]];
            bytes calldata proof = proofs[size * fresh[i]:size * (fresh[i] + 1)];
            emit AigcData(m.tokenId, _prompt(_template, value, inputs[i]), abi.encode(m.digest), proof);
            _deliver(m.to, m.tokenId, m.bound);
        }
    }

    /// @dev Gives a token the document that is proven for it under the other template. Only the token's holder, or
    /// whom the holder approved, can call for it: what a holder was promised stays until they ask for something else.
    /// `bound`: the statement names the holder.
    function _updateProven(uint256 tokenId, bytes32 digest, bool bound, bytes calldata proof) internal {
        address holder = _requireOwned(tokenId);
        _checkAuthorized(holder, _msgSender(), tokenId);
        if (digest == 0) revert Unproven(tokenId);
        if (_digests[tokenId] == digest) revert Unchanged(tokenId, digest);
        (uint256 template, uint256[2] memory folded) = _templateInForce();
        uint256[3] memory inputs = _tokenInputs(bound ? holder : address(0), tokenId, digest);
        _digests[tokenId] = digest;
        verifier.verify(folded, inputs, proof);
        emit AigcData(tokenId, _prompt(template, beacon(), inputs), abi.encode(digest), proof);
        emit MetadataUpdate(tokenId);
    }

    /// @dev Announces another template, in place of the one before it, whether that was in force or not. A template
    /// says how documents look and which traits they show; it cannot change a trait, a claim or the policy. Minting
    /// stays under the first template, so that no proof handed out becomes worthless.
    function _scheduleTemplate(uint256 template) internal {
        if (_templateNotice == 0) revert TemplateFixed();
        if (entropy == 0) revert NotOpen();
        _requireElement(template);
        uint256 from = block.timestamp + _templateNotice;
        _next = Template(template, from, _fold(template, beacon()));
        emit TemplateScheduled(template, from);
    }

    /// @dev Whatever the inheriting contract does, a token begins with a proof: each mint uses up the permit of its own.
    function _update(address to, uint256 tokenId, address auth) internal virtual override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (from == address(0) && to != address(0)) {
            if (tokenId == 0 || _proven != tokenId) revert Unproven(tokenId);
            _proven = 0;
            ++totalSupply;
        } else if (from != address(0) && to == address(0)) {
            --totalSupply;
        }
    }

    /// @dev Mints a token that was proven. Whom a proof names is not asked: they chose to be named, and could otherwise
    /// stop the batch that they are in.
    function _deliver(address to, uint256 tokenId, bool bound) private {
        _proven = tokenId;
        if (bound) _mint(to, tokenId);
        else _safeMint(to, tokenId);
    }

    /// @dev Takes an id that was never used and returns the inputs that must be proven for it.
    function _use(address to, uint256 tokenId, bytes32 digest, bool bound) private returns (uint256[3] memory) {
        if (tokenId == 0 || tokenId > supply) revert InvalidTokenId(tokenId);
        if (_digests[tokenId] != 0) revert AlreadyProven(tokenId);
        if (digest == 0) revert Unproven(tokenId);
        _digests[tokenId] = digest;
        return _tokenInputs(bound ? to : address(0), tokenId, digest);
    }

    /// @dev The round of a drop with a `beaconSource`, else 0.
    function _firstRound(Drop memory drop) private view returns (uint64 round) {
        address source = address(drop.beaconSource);
        if (source == address(0)) return 0;
        if (source.code.length == 0) revert InvalidBeacon(source);
        round = drop.beaconSource.roundAt(block.timestamp + drop.beaconDelay);
        if (round == 0) revert InvalidBeacon(source);
    }

    /// @dev Fixes the beacon and deploys the drop's own verifier.
    function _open(uint256 number, bytes32 drawn) private returns (uint256 value) {
        entropy = drawn;
        value = _deriveBeacon();
        new BoundVerifier{salt: 0}();
        emit Opened(number, drawn, value);
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

    function _arm() private {
        beaconBlock = block.number + _beaconDelay;
        emit BeaconArmed(beaconBlock);
    }

    function _deriveBeacon() private view returns (uint256) {
        return Beacon.value(block.chainid, address(this), entropy);
    }

    function _fold(uint256 template, uint256 value) private view returns (uint256[2] memory) {
        uint256[] memory inputs = new uint256[](6);
        (inputs[0], inputs[1], inputs[2]) = (_model, _policy, template);
        (inputs[3], inputs[4], inputs[5]) = (_authority, _seeds, value);
        return verifier.fold(inputs);
    }

    function _templateInForce() private view returns (uint256 template, uint256[2] memory folded) {
        if (_next.from == 0 || block.timestamp < _next.from) revert TemplateNotInForce(_next.from);
        return (_next.commitment, _next.folded);
    }

    /// @dev Public inputs 6 to 8.
    function _tokenInputs(address recipient, uint256 tokenId, bytes32 digest) private pure returns (uint256[3] memory) {
        return [uint256(uint160(recipient)) << 64 | tokenId, uint256(digest) >> 128, uint128(uint256(digest))];
    }

    /// @dev All nine public inputs, a word each.
    function _prompt(uint256 template, uint256 value, uint256[3] memory inputs) private view returns (bytes memory) {
        return abi.encode(_model, _policy, template, _authority, _seeds, value, inputs[0], inputs[1], inputs[2]);
    }

    function _openBeacon() private view returns (uint256 value) {
        value = _boundBeacon();
        if (value == 0) revert NotOpen();
    }

    /// @dev The beacon, from the code of the bound verifier; 0 while there is none. Memory: scratch.
    function _boundBeacon() private view returns (uint256 value) {
        address bound = address(_bound);
        uint256 place = _beaconPlace;
        assembly ("memory-safe") {
            extcodecopy(bound, 0x00, place, 0x20)
            value := mload(0x00)
        }
    }

    /// @dev Reads a prompt, and reports whether the three have their shapes, the prompt is a statement of this drop
    /// about one of its ids, under a template in force, and the content is what it speaks of.
    function _parse(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        private
        view
        returns (bool good, uint256[9] memory inputs)
    {
        if (prompt.length != 288 || aigcData.length != 32 || proof.length != 256 || entropy == 0) {
            return (false, inputs);
        }
        inputs = abi.decode(prompt, (uint256[9]));
        uint256 template = inputs[2];
        if (template != _template) {
            if (template != _next.commitment || _next.from == 0 || block.timestamp < _next.from) {
                return (false, inputs);
            }
        }
        uint256 token = inputs[6];
        if (uint64(token) == 0 || uint64(token) > supply) return (false, inputs);
        uint256[3] memory own = _tokenInputs(address(uint160(token >> 64)), uint64(token), bytes32(aigcData));
        good = keccak256(prompt) == keccak256(_prompt(template, beacon(), own));
    }

    function _requireElement(uint256 commitment) private pure {
        if (commitment >= R) revert InvalidCommitment(commitment);
    }
}
