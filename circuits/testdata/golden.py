"""The pinned values of the tests of attribute, claim, model and policy, from the text of SPEC.md with integers alone.

    python3 golden.py "$(go list -m -f '{{.Dir}}' github.com/consensys/gnark-crypto)"

Of gnark-crypto it reads the constants of Poseidon2, nothing else. golden_drop.py is of templates and whole drops.
"""
import hashlib
import re
import sys

R = 21888242871839275222246405745257275088548364400416034343698204186575808495617
COST = {4: 264, 8: 363, 12: 459, 16: 555}  # rows of a permutation, by width


def constants(module):
    """For each width the diagonal less one and the round keys."""
    text = open(module + "/ecc/bn254/fr/poseidon2/poseidon2_constants.go").read()
    out = {}
    for part in re.split(r"\n\t(?=\d+: \{)", text)[1:]:
        diagonal, keys = part.split("roundKeys:")
        rounds = re.split(r"\n\t\t\t\{", keys)[1:]
        numbers = [[int(x, 16) for x in re.findall(r'"0x([0-9a-f]+)"', r)] for r in [diagonal] + rounds]
        out[int(part.split(":")[0])] = numbers[0], numbers[1:]
    return out


CONSTANTS = constants(sys.argv[1])
M4 = [[5, 7, 1, 3], [4, 6, 1, 1], [1, 3, 5, 7], [1, 1, 4, 6]]


def external(state):
    blocks = [[sum(m * x for m, x in zip(row, state[i:i + 4])) for row in M4] for i in range(0, len(state), 4)]
    sums = [sum(b[k] for b in blocks) if len(blocks) > 1 else 0 for k in range(4)]
    return [(b[k] + sums[k]) % R for b in blocks for k in range(4)]


def permute(state):
    diagonal, keys = CONSTANTS[len(state)]
    state = external(state)
    for n, key in enumerate(keys):
        full = n < 4 or n >= len(keys) - 4
        state = [(x + k) % R for x, k in zip(state, key + [0] * len(state))]
        if full:
            state = external([pow(x, 5, R) for x in state])
        else:
            state[0] = pow(state[0], 5, R)
            total = sum(state)
            state = [(total + d * x) % R for d, x in zip(diagonal, state)]
    return state


def squeeze(name, count, *inputs):
    def price(t):
        absorbed, squeezed = max(1, -(-len(inputs) // (t - 1))), -(-count // (t - 1))
        return (absorbed + squeezed - 1) * COST[t], t

    t = min(COST, key=price)
    tag = f"genproof/2/{name}/{len(inputs)}/{count}".encode()
    state = [int.from_bytes(tag, "big")] + [0] * (t - 1)
    for i in range(0, max(1, len(inputs)), t - 1):
        for j, x in enumerate(inputs[i:i + t - 1]):
            state[1 + j] = (state[1 + j] + x) % R
        state = permute(state)
    out = state[1:]
    while len(out) < count:
        state = permute(state)
        out += state[1:]
    return out[:count]


def show(*values):
    if __name__ == "__main__":
        print(*values)


def H(name, *inputs):
    return squeeze(name, 1, *inputs)[0]


def text(s):
    b = s.encode()
    number = int.from_bytes(b, "big")
    return H("text", len(b), *[number >> 248 * i & (1 << 248) - 1 for i in range(max(2, -(-len(b) // 31)))])


# Attributes, SPEC 3.2.
salts = squeeze("salts", 2, 7, 5, 6)
root = H("root", H("slot", text("a text of more than thirty-one bytes"), 1, salts[0]), H("slot", 0, 0, salts[1]))
show("attribute: hash of Laser", f"{text('Laser'):x}")
show("attribute: hash of the empty text", f"{text(''):x}")
show("attribute: hash of a longer text", f"{text('a text of more than thirty-one bytes'):x}")
show("attribute: second salt", f"{salts[1]:x}")
show("attribute: root", f"{root:x}")

# Receipts, SPEC 3.4: -x² + y² = 1 + D·x²·y², a base of prime order L.
D = 12181644023421730124874158521699555681764249180949974110617291017600649128846
L = 2736030358979909402780800718157159386076813972158567259200215660948447373041
BASE = (9671717474070082183213120605117400219616337014328744928644933853176787189663,
        16950150798460657717958625567821834550301663161624707787222815936182638968203)


def add(p, q):
    product = D * p[0] * q[0] * p[1] * q[1]
    return ((p[0] * q[1] + p[1] * q[0]) * pow(1 + product, -1, R) % R, (p[1] * q[1] + p[0] * q[0]) * pow(1 - product, -1, R) % R)


def times(k, p):
    sum_ = (0, 1)
    for bit in f"{k:b}":
        sum_ = add(sum_, sum_)
        if bit == "1":
            sum_ = add(sum_, p)
    return sum_


def compressed(p):
    b = bytearray(p[1].to_bytes(32, "little"))
    b[31] |= 0x80 if p[0] > (R - 1) // 2 else 0
    return bytes(b)


def wide(label, *parts):
    return int.from_bytes(hashlib.sha512(label + b"".join(parts)).digest(), "big") % L


assert times(L, BASE) == (0, 1)
seed = bytes(range(32))
secret, prefix = wide(b"genproof/2/key/scalar", seed), hashlib.sha512(b"genproof/2/key/prefix" + seed).digest()[:32]
public = times(secret, BASE)
message = H("receipt", 1, 2, 3, 4, 42, 0b0101, 85, 0, 1, 0)
nonce = wide(b"genproof/2/nonce", prefix, message.to_bytes(32, "big"), b"\0")
point = times(nonce, BASE)
challenge = H("eddsa", *point, *public, message)
scalar = (nonce + challenge * secret) % L
assert times(scalar, BASE) == add(point, times(challenge, public))
show("claim: public_key", compressed(public).hex())
show("claim: authority", f"{H('authority', *public):064x}")
show("claim: message", f"{message:064x}")
show("claim: signature", (compressed(point) + scalar.to_bytes(32, "big")).hex())

# Models, SPEC 3.3: layers of tables of rows (text, weight, next state). A row without text is an absent trait.
FOXES = [
    [[("Midnight", 60, 0), ("Aurora", 30, 0), ("Void", 10, 1)]],
    [[("Round", 80, 0), ("Laser", 15, 0), ("Closed", 5, 1)], [("Round", 16, 0), ("Closed", 1, 1)]],
    [[("Arctic", 50, 0), ("Red", 49, 1)], [("Ghost", 1, 2), ("Arctic", 1, 0)]],
    [[("Gold", 1, 0), ("", 99, 0)], [("Gold", 1, 0), ("Stripes", 98, 0), ("", 1, 0)], [("Glow", 1, 0)]],
]


ORDER = [2, 0, 1, 3]  # the layer that each trait shows


def packed(width, words):
    return sum(w << width * i for i, w in enumerate(words))


def weight(rows):
    return sum(r[1] for r in rows)


def parts(rows, n):
    return [rows[i:i + n] for i in range(0, len(rows), n)]


def quarter(rows):
    groups = parts(rows, 8)
    hashes = [H("rows", *[r[0] for r in g], packed(31, [r[1] + (r[2] << 27) for r in g])) for g in groups]
    return H("quarter", *hashes, packed(30, map(weight, groups)))


def table(rows):
    rows = [(text(s) if s else 0, w, state) for s, w, state in rows]
    rows += [(0, 0, 0)] * (256 - len(rows))
    quarters = parts(rows, 64)
    return H("table", *map(quarter, quarters), packed(33, map(weight, quarters)))


EMPTY = table([])


def layer(states):
    tables = [table(t) for t in states] + [EMPTY] * (16 - len(states))
    return H("layer", H("half", *tables[:8]), H("half", *tables[8:]))


def model(layers, facts):
    tables = FOXES + [[[("", 1, 0)]]] * (layers - len(FOXES))
    order = packed((layers - 1).bit_length(), ORDER + list(range(4, layers)))
    high, low = 0xab << 120 | 0xff, 0x80 << 120 | 1
    values = [35, 0, 0] + [0] * (facts - 3)
    return H("model", 123456789, *map(layer, tables), order, *values, 0b101, H("artifact", high, low))


def drawn(layers, seed, beacon, token):
    elements = squeeze("draws", -(-layers // 4), seed, beacon, token)
    state, texts = 0, []
    for i, states in enumerate(FOXES):
        draw = elements[i // 4] >> 47 * (i % 4) & (1 << 47) - 1
        rows = states[state]
        u = draw * sum(r[1] for r in rows) >> 47
        for s, weight, state in rows:
            if u < weight:
                break
            u -= weight
        texts.append(s)
    return " ".join(texts[i] or "-" for i in ORDER)


# A table of 256 rows that lead to all 16 states, and 16 tables behind it.
FULL = [
    [[(f"row {i}", 1 + 526344 * i, i % 16) for i in range(256)]],
    [[(f"{s} {i}", (1 << 27) - 1 - i, 0) for i in range(s + 1)] for s in range(16)],
]
full = H("model", 5, *map(layer, FULL + [[[("", 1, 0)]]] * 6), packed(3, range(8)), 0, 0, 0, 0, 0, H("artifact", 0, 0))

show("model: full tables", f"{full:x}")
show("model: standard", f"{model(8, 4):x}")
show("model: large", f"{model(20, 8):x}")
for token in range(6):
    show("model: token", token, "draws", drawn(8, 77, 99, token))

# Policies, SPEC 3.5: (slot, operator, operand, negated, end of clause), a number in slots 0 to 3.
PROGRAM = [(0, 1, 18, 0, 0), (4, 0, 5, 1, 1), (7, 2, 0, 0, 1)]
code = sum((slot | op << 6 | negated << 8 | end << 9) << 10 * i for i, (slot, op, _, negated, end) in enumerate(PROGRAM))
rest = [0b1111, code, *[p[2] for p in PROGRAM], *[0] * 5]
show("policy: example", f"{H('policy', 7, *rest):x}")
show("policy: example of a drawn drop", f"{H('drawn', 7, 5, 10000, *rest):x}")
