// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {IBeacon} from "./beacon/IBeacon.sol";
import {Beacon} from "./Beacon.sol";
import {BoundVerifier, IBinder} from "./BoundVerifier.sol";
import {K0_PLACE, R, TAIL_BYTES} from "./Groth16Verifier.sol";
import {IProofVerifier} from "./IProofVerifier.sol";
import {Drop, IProvenERC721} from "./IProvenERC721.sol";

/// @title What a drop's proofs have to say: the six public inputs that its tokens share, and their verifier
/// @notice Three steps, in this order and each of them once: the constructor fixes model, policy, authority and seeds,
/// `open` or `openSigned` the beacon, `_setTemplate` the template.
abstract contract ProvenStatement is IProvenERC721, IBinder {
    struct Template {
        uint256 commitment;
        uint256 from;
        uint256[2] folded;
    }

    /// Ids have at most ten digits.
    uint256 private constant END_OF_IDS = 10 ** 10;

    /// @inheritdoc IProvenERC721
    IProofVerifier public immutable verifier;
    /// @inheritdoc IProvenERC721
    uint256 public immutable firstId;
    /// @inheritdoc IProvenERC721
    uint256 public immutable supply;
    /// @inheritdoc IProvenERC721
    IBeacon public immutable beaconSource;
    /// @inheritdoc IProvenERC721
    uint64 public immutable beaconRound;

    uint256 private immutable _model;
    uint256 private immutable _policy;
    uint256 private immutable _authority;
    uint256 private immutable _seeds;
    uint256 private immutable _beaconDelay;
    uint256 private immutable _templateNotice;
    /// Where `_setTemplate` deploys the drop's own verifier.
    IProofVerifier internal immutable _bound;
    /// Where template and beacon stand in its code, a word each.
    uint256 private immutable _place;

    /// @inheritdoc IProvenERC721
    bytes32 public entropy;
    /// @inheritdoc IProvenERC721
    uint256 public beacon;
    /// @inheritdoc IProvenERC721
    uint256 public beaconBlock;

    Template internal _next;
    /// The template while the drop's own verifier asks for its code; else 0.
    uint256 private transient _chosen;

    constructor(Drop memory drop) {
        if (drop.supply == 0 || uint256(drop.firstId) + drop.supply > END_OF_IDS || drop.beaconDelay == 0) {
            revert InvalidDrop(drop.firstId, drop.supply, drop.beaconDelay);
        }
        if (address(drop.verifier).code.length <= TAIL_BYTES) revert InvalidVerifier(address(drop.verifier));
        for (uint256 i = 0; i < 4; ++i) {
            _requireElement(drop.commitments[i]);
        }
        verifier = drop.verifier;
        firstId = drop.firstId;
        supply = drop.supply;
        _model = drop.commitments[0];
        _policy = drop.commitments[1];
        _authority = drop.commitments[2];
        _seeds = drop.commitments[3];
        _beaconDelay = drop.beaconDelay;
        _templateNotice = drop.templateNotice;
        _bound = IProofVerifier(Create2.computeAddress(0, keccak256(type(BoundVerifier).creationCode)));
        _place = address(drop.verifier).code.length - TAIL_BYTES;
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

    /// @inheritdoc IBinder
    /// @dev The verifier's code, template and beacon, the verifying key with the folded point as K0. The verifier finds
    /// the key at its code's end and knows nothing of the two words before it, which stand there because they are cheap
    /// to read. It is there for `_setTemplate` alone.
    function boundCode() external view returns (bytes memory) {
        uint256 template = _chosen;
        if (template == 0) revert TemplateNotSet();
        bytes memory code = address(verifier).code;
        uint256 k0 = _place + K0_PLACE;
        return bytes.concat(
            Bytes.slice(code, 0, _place),
            abi.encode(template, beacon),
            Bytes.slice(code, _place, k0),
            abi.encode(_fold(template)),
            Bytes.slice(code, k0 + 64)
        );
    }

    /// @inheritdoc IProvenERC721
    function commitments() external view returns (uint256[5] memory) {
        (uint256 template,) = _fixed();
        return [_model, _policy, template, _authority, _seeds];
    }

    /// @inheritdoc IProvenERC721
    function nextTemplate() external view returns (uint256 template, uint256 from) {
        return (_next.commitment, _next.from);
    }

    /// @inheritdoc IProvenERC721
    function statement(address recipient, uint256 tokenId, bytes32 digest)
        public
        view
        returns (uint256[9] memory inputs)
    {
        (uint256 template,) = _fixed();
        return abi.decode(_prompt(template, beacon, _tokenInputs(recipient, tokenId, digest)), (uint256[9]));
    }

    /// @dev Fixes the drop's template, once, after the beacon: nothing is minted before. It deploys the drop's own
    /// verifier, whose code holds template and beacon from then on.
    function _setTemplate(uint256 template) internal {
        if (entropy == 0) revert NotOpen();
        (uint256 first,) = _fixed();
        if (first != 0) revert TemplateAlreadySet(first);
        _requireTemplate(template);
        _chosen = template;
        new BoundVerifier{salt: 0}();
        _chosen = 0;
        emit TemplateSet(template);
    }

    /// @dev Announces another template, in place of the one before it, whether that was in force or not. A template
    /// says how documents look and which traits they show; it cannot change a trait, a claim or the policy. Minting
    /// stays under the first template, so that no proof handed out becomes worthless.
    function _scheduleTemplate(uint256 template) internal {
        if (_templateNotice == 0) revert TemplateFixed();
        _requireFixed();
        _requireTemplate(template);
        uint256 from = block.timestamp + _templateNotice;
        _next = Template(template, from, _fold(template));
        emit TemplateScheduled(template, from);
    }

    function _templateInForce() internal view returns (uint256 template, uint256[2] memory folded) {
        if (_next.from == 0 || block.timestamp < _next.from) revert TemplateNotInForce(_next.from);
        return (_next.commitment, _next.folded);
    }

    /// @dev Public inputs 6 to 8.
    function _tokenInputs(address recipient, uint256 tokenId, bytes32 digest)
        internal
        pure
        returns (uint256[3] memory)
    {
        return [uint256(uint160(recipient)) << 64 | tokenId, uint256(digest) >> 128, uint128(uint256(digest))];
    }

    /// @dev All nine public inputs, a word each.
    function _prompt(uint256 template, uint256 value, uint256[3] memory inputs) internal view returns (bytes memory) {
        return abi.encode(_model, _policy, template, _authority, _seeds, value, inputs[0], inputs[1], inputs[2]);
    }

    function _isId(uint256 tokenId) internal view returns (bool) {
        return tokenId >= firstId && tokenId - firstId < supply;
    }

    function _requireFixed() internal view returns (uint256 template, uint256 value) {
        (template, value) = _fixed();
        if (template == 0) revert TemplateNotSet();
    }

    /// @dev The first template and the beacon, from the code of the bound verifier; zeros while there is none. No
    /// template is 0. Memory: scratch.
    function _fixed() internal view returns (uint256 template, uint256 value) {
        address bound = address(_bound);
        uint256 place = _place;
        assembly ("memory-safe") {
            extcodecopy(bound, 0x00, place, 0x40)
            template := mload(0x00)
            value := mload(0x20)
        }
    }

    /// @dev The round of a drop with a `beaconSource`, else 0.
    function _firstRound(Drop memory drop) private view returns (uint64 round) {
        address source = address(drop.beaconSource);
        if (source == address(0)) return 0;
        if (source.code.length == 0) revert InvalidBeacon(source);
        round = drop.beaconSource.roundAt(block.timestamp + drop.beaconDelay);
        if (round == 0) revert InvalidBeacon(source);
    }

    /// @dev Fixes the beacon.
    function _open(uint256 number, bytes32 drawn) private returns (uint256 value) {
        value = Beacon.value(block.chainid, address(this), drawn);
        (entropy, beacon) = (drawn, value);
        emit Opened(number, drawn, value);
    }

    function _arm() private {
        beaconBlock = block.number + _beaconDelay;
        emit BeaconArmed(beaconBlock);
    }

    function _fold(uint256 template) private view returns (uint256[2] memory) {
        uint256[] memory inputs = new uint256[](6);
        (inputs[0], inputs[1], inputs[2]) = (_model, _policy, template);
        (inputs[3], inputs[4], inputs[5]) = (_authority, _seeds, beacon);
        return verifier.fold(inputs);
    }

    function _requireTemplate(uint256 template) private pure {
        if (template == 0) revert InvalidCommitment(0);
        _requireElement(template);
    }

    function _requireElement(uint256 commitment) private pure {
        if (commitment >= R) revert InvalidCommitment(commitment);
    }
}
