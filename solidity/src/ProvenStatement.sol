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
/// @dev All variables are private, immutable ones too: an heir's constructor could set those that it can name.
abstract contract ProvenStatement is IProvenERC721, IBinder {
    struct Template {
        uint256 commitment;
        uint256 from;
        uint256[2] folded;
    }

    /// Ids have at most ten digits.
    uint256 private constant END_OF_IDS = 10 ** 10;

    IProofVerifier private immutable _verifier;
    uint256 private immutable _firstId;
    uint256 private immutable _supply;
    IBeacon private immutable _beaconSource;
    uint64 private immutable _beaconRound;
    uint256 private immutable _model;
    uint256 private immutable _policy;
    uint256 private immutable _authority;
    uint256 private immutable _seeds;
    uint256 private immutable _beaconDelay;
    uint256 private immutable _templateNotice;
    /// Where `_setTemplate` deploys the drop's own verifier.
    IProofVerifier private immutable _boundVerifier;
    /// Where template and beacon stand in its code, a word each.
    uint256 private immutable _place;

    bytes32 private _entropy;
    uint256 private _beacon;
    uint256 private _beaconBlock;
    Template private _next;
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
        _verifier = drop.verifier;
        _firstId = drop.firstId;
        _supply = drop.supply;
        _model = drop.commitments[0];
        _policy = drop.commitments[1];
        _authority = drop.commitments[2];
        _seeds = drop.commitments[3];
        _beaconDelay = drop.beaconDelay;
        _templateNotice = drop.templateNotice;
        _boundVerifier = IProofVerifier(Create2.computeAddress(0, keccak256(type(BoundVerifier).creationCode)));
        _place = address(drop.verifier).code.length - TAIL_BYTES;
        _beaconSource = drop.beaconSource;
        _beaconRound = _firstRound(drop);
        if (_beaconRound == 0) _arm();
        else emit BeaconArmed(_beaconRound);
    }

    /// @inheritdoc IProvenERC721
    function open() external returns (uint256 value) {
        if (_beaconRound != 0) revert OtherBeacon();
        if (_entropy != 0) revert AlreadyOpen();
        uint256 from = _beaconBlock;
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
        if (_beaconRound == 0) revert OtherBeacon();
        if (_entropy != 0) revert AlreadyOpen();
        bytes32 randomness = _beaconSource.verify(_beaconRound, signature);
        emit BeaconSigned(_beaconRound, signature);
        return _open(_beaconRound, randomness);
    }

    /// @inheritdoc IBinder
    /// @dev The verifier's code, template and beacon, the verifying key with the folded point as K0. The verifier finds
    /// the key at its code's end and knows nothing of the two words before it, which stand there because they are cheap
    /// to read. It is there for `_setTemplate` alone.
    function boundCode() external view returns (bytes memory) {
        uint256 template = _chosen;
        if (template == 0) revert TemplateNotSet();
        bytes memory code = address(_verifier).code;
        uint256 k0 = _place + K0_PLACE;
        return bytes.concat(
            Bytes.slice(code, 0, _place),
            abi.encode(template, _beacon),
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
    function verifier() public view returns (IProofVerifier) {
        return _verifier;
    }

    /// @inheritdoc IProvenERC721
    function firstId() public view returns (uint256) {
        return _firstId;
    }

    /// @inheritdoc IProvenERC721
    function supply() public view returns (uint256) {
        return _supply;
    }

    /// @inheritdoc IProvenERC721
    function beaconSource() public view returns (IBeacon) {
        return _beaconSource;
    }

    /// @inheritdoc IProvenERC721
    function beaconRound() public view returns (uint64) {
        return _beaconRound;
    }

    /// @inheritdoc IProvenERC721
    function beaconBlock() public view returns (uint256) {
        return _beaconBlock;
    }

    /// @inheritdoc IProvenERC721
    function entropy() public view returns (bytes32) {
        return _entropy;
    }

    /// @inheritdoc IProvenERC721
    function beacon() public view returns (uint256) {
        return _beacon;
    }

    /// @inheritdoc IProvenERC721
    function statement(address recipient, uint256 tokenId, bytes32 digest)
        public
        view
        returns (uint256[9] memory inputs)
    {
        (uint256 template,) = _fixed();
        return abi.decode(_prompt(template, _beacon, _tokenInputs(recipient, tokenId, digest)), (uint256[9]));
    }

    /// @dev Fixes the drop's template, once, after the beacon: nothing is minted before. It deploys the drop's own
    /// verifier, whose code holds template and beacon from then on.
    function _setTemplate(uint256 template) internal {
        if (_entropy == 0) revert NotOpen();
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

    /// @dev Reports whether this is the other template, and it is in force.
    function _isInForce(uint256 template) internal view returns (bool) {
        return template == _next.commitment && _next.from != 0 && block.timestamp >= _next.from;
    }

    /// @dev The drop's own verifier, which has no code before its template is set.
    function _bound() internal view returns (IProofVerifier) {
        return _boundVerifier;
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
        return tokenId >= _firstId && tokenId - _firstId < _supply;
    }

    function _requireFixed() internal view returns (uint256 template, uint256 value) {
        (template, value) = _fixed();
        if (template == 0) revert TemplateNotSet();
    }

    /// @dev The first template and the beacon, from the code of the bound verifier; zeros while there is none. No
    /// template is 0. Memory: scratch.
    function _fixed() internal view returns (uint256 template, uint256 value) {
        address bound = address(_boundVerifier);
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
        (_entropy, _beacon) = (drawn, value);
        emit Opened(number, drawn, value);
    }

    function _arm() private {
        _beaconBlock = block.number + _beaconDelay;
        emit BeaconArmed(_beaconBlock);
    }

    function _fold(uint256 template) private view returns (uint256[2] memory) {
        uint256[] memory inputs = new uint256[](6);
        (inputs[0], inputs[1], inputs[2]) = (_model, _policy, template);
        (inputs[3], inputs[4], inputs[5]) = (_authority, _seeds, _beacon);
        return _verifier.fold(inputs);
    }

    function _requireTemplate(uint256 template) private pure {
        if (template == 0) revert InvalidCommitment(0);
        _requireElement(template);
    }

    function _requireElement(uint256 commitment) private pure {
        if (commitment >= R) revert InvalidCommitment(commitment);
    }
}
