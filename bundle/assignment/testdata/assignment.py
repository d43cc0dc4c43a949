"""The vectors of assignment.json, computed from the text of FORMAT.md with nothing but integers.

python3 assignment.py > assignment.json
"""
import json
from math import isqrt

MASK = (1 << 64) - 1


def rotate(x, n):
    n %= 64
    return ((x << n) | (x >> (64 - n))) & MASK if n else x


def permute(lanes):
    lfsr = 1
    for _ in range(24):
        c = [lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4] for x in range(5)]
        d = [c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1) for x in range(5)]
        lanes = [[lanes[x][y] ^ d[x] for y in range(5)] for x in range(5)]
        x, y, current = 1, 0, lanes[1][0]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, lanes[x][y] = lanes[x][y], rotate(current, (t + 1) * (t + 2) // 2)
        for y in range(5):
            row = [lanes[x][y] for x in range(5)]
            for x in range(5):
                lanes[x][y] = row[x] ^ (~row[(x + 1) % 5] & MASK & row[(x + 2) % 5])
        for j in range(7):
            lfsr, bit = ((lfsr << 1) ^ ((lfsr >> 7) * 0x71)) % 256, None
            if lfsr & 2:
                lanes[0][0] ^= 1 << ((1 << j) - 1)
    return lanes


def keccak256(data):
    rate = 136
    data = bytearray(data) + b"\x01"
    data += bytes(-len(data) % rate)
    data[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for start in range(0, len(data), rate):
        for i in range(rate // 8):
            lanes[i % 5][i // 5] ^= int.from_bytes(data[start + 8 * i:start + 8 * i + 8], "little")
        lanes = permute(lanes)
    return b"".join(lanes[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
assert keccak256(b"abc").hex() == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"


def word(n):
    return n.to_bytes(32, "big")


def key(chain, contract, model, randomness):
    text = b"genproof/2/assignment"
    return keccak256(word(160) + word(chain) + word(contract) + word(model) + randomness + word(len(text)) + text + bytes(32 - len(text)))


def card(k, n, i):
    a = isqrt(n - 1) + 1
    b = -(-n // a)
    while True:
        l, r = i % a, i // a
        for j in range(12):
            f = int.from_bytes(keccak256(k + word((j << 128) + (r if j % 2 == 0 else l))), "big") >> 32
            if j % 2 == 0:
                l = (l + f) % a
            else:
                r = (r + f) % b
        i = a * r + l
        if i < n:
            return i


cases = []
for n in [1, 2, 3, 5, 16, 17, 97, 997, 1000, 10000, 65536, 524288, 1 << 32]:
    for seed in range(3):
        chain, contract = [1, 42161, 11297108109][seed], int.from_bytes(keccak256(b"contract%d" % seed)[12:], "big")
        model = int.from_bytes(keccak256(b"model%d" % n), "big") >> 3
        randomness = keccak256(b"randomness%d" % (n + seed))
        k = key(chain, contract, model, randomness)
        tokens = sorted({0, n - 1, n // 2, n // 3, (7 * n) // 11})
        cases.append({
            "chain_id": chain, "contract": "0x%040x" % contract, "model": "0x%064x" % model, "randomness": "0x" + randomness.hex(), "key": "0x" + k.hex(),
            "cards": n, "tokens": tokens, "shown": [card(k, n, i) for i in tokens],
        })
print(json.dumps({"comment": "token number -> card, both from 0; made by assignment.py", "cases": cases}, indent=1))
