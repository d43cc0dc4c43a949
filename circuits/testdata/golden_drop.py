"""The pinned values of templates and of a whole drop, from the text of SPEC.md and FORMAT.md.

    python3 golden_drop.py "$(go list -m -f '{{.Dir}}' github.com/consensys/gnark-crypto)"
"""
import base64
import hashlib
import json

from golden import BASE, H, compressed, layer, packed, squeeze, text, times, wide

# SHA-256, FIPS 180-4: the state after whole blocks, which hashlib does not tell.
PRIMES = [p for p in range(2, 312) if all(p % d for d in range(2, p))]
WORD = (1 << 32) - 1


def root(k, n):
    """⌊n^(1/k)·2^32⌋ modulo 2^32."""
    low, high = 0, 1 << 40
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle ** k <= n << 32 * k else (low, middle)
    return low & WORD


K = [root(3, p) for p in PRIMES]
IV = [root(2, p) for p in PRIMES[:8]]


def midstate(data, state=IV):
    def turn(x, *by):
        out = 0
        for n in by:
            out ^= (x >> n | x << 32 - n) & WORD
        return out

    for at in range(0, len(data), 64):
        w = [int.from_bytes(data[at + 4 * i:at + 4 * i + 4], "big") for i in range(16)]
        for i in range(16, 64):
            s0, s1 = turn(w[i - 15], 7, 18) ^ w[i - 15] >> 3, turn(w[i - 2], 17, 19) ^ w[i - 2] >> 10
            w.append(w[i - 16] + s0 + w[i - 7] + s1 & WORD)
        a, b, c, d, e, f, g, h = state
        for k, word in zip(K, w):
            first = h + turn(e, 6, 11, 25) + (e & f ^ ~e & g) + k + word
            second = turn(a, 2, 13, 22) + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, h = first + second & WORD, a, b, c, d + first & WORD, e, f, g
        state = [x + y & WORD for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return state


def halves(b):
    return int.from_bytes(b[:16], "big"), int.from_bytes(b[16:], "big")


padded = b"abc".ljust(55, b"\0").replace(b"c\0", b"c\x80", 1) + b"\0" + (24).to_bytes(8, "big")
assert b"".join(x.to_bytes(4, "big") for x in midstate(padded)) == hashlib.sha256(b"abc").digest()


def keccak256(data):
    """Of at most 135 bytes, with the first padding of Keccak."""
    block = bytearray(data + b"\x01").ljust(136, b"\0")
    block[135] |= 0x80
    lanes = [int.from_bytes(block[8 * i:8 * i + 8], "little") for i in range(17)] + [0] * 8

    def turn(x, n):
        return (x << n % 64 | x >> 64 - n % 64) & (1 << 64) - 1

    lfsr = 1
    for _ in range(24):
        c = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        lanes = [v ^ c[(i + 4) % 5] ^ turn(c[(i + 1) % 5], 1) for i, v in enumerate(lanes)]
        x, y, moved = 1, 0, lanes[1]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            moved, lanes[x + 5 * y] = lanes[x + 5 * y], turn(moved, (t + 1) * (t + 2) // 2)
        lanes = [v ^ ~lanes[i // 5 * 5 + (i + 1) % 5] & lanes[i // 5 * 5 + (i + 2) % 5] for i, v in enumerate(lanes)]
        for j in range(7):
            lanes[0] ^= (lfsr & 1) << (1 << j) - 1
            lfsr = lfsr << 1 ^ (0x171 if lfsr & 0x80 else 0)
    return b"".join(v.to_bytes(8, "little") for v in lanes[:4])


assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"

# Templates: laid out as FORMAT 2 says, hashed as SPEC 3.6 says.
SIZES = {"small": (3, 3, 2, 8, 5, 2), "standard": (8, 8, 4, 32, 12, 6), "large": (20, 10, 8, 64, 24, 8)}
INDEX = {"small": 4, "standard": 5, "large": 6}  # bits
ROOMS = {"uint": 16, "int": 16, "time": 16, "bool": 5, "digest(raw)": 52, "digest(dag-pb)": 52}
LIST = '"attributes":['


def quoted(s):
    return json.dumps(s, ensure_ascii=False)


class Template:
    def __init__(self, size, width, constants, texts, fields):
        """texts: image, animation_url, external_url, name; fields: dictionaries in the document's order."""
        self.size, self.width, self.fields = size, width, fields
        self.blocks, self.about = [], []  # bytes, and what flags say
        mark = "{id:0%d}" % width if width else "{id}"
        start, ids = "{" + "".join(f"{quoted(k)}:{quoted(v)}," for k, v in constants), []
        for key, value in zip(("image", "animation_url", "external_url", "name"), texts):
            whole = f"{quoted(key)}:{quoted(value)}"
            if mark in whole:
                ids.append(whole.split(mark))
            elif value:
                start += whole + ","
        members = [f for f in fields if f.get("member")]
        start, rest = start.encode(), b""
        if not members and ids:
            head = ids[0][0].encode()
            self.prefix = start.ljust(-(-max(len(start) + len(head) - 33, 0) // 64) * 64 + 33 - len(head)) + head
            self.prefix, rest = self.prefix[:len(self.prefix) // 64 * 64], self.prefix[len(self.prefix) // 64 * 64:]
            assert len(rest) == 33
        else:
            start += b"" if members or ids else LIST.encode()
            self.prefix = start.ljust(-(-len(start) // 64) * 64)
        for f in members:
            self.field(f)
        for i, (before, after) in enumerate(ids):
            last = i == len(ids) - 1
            head = rest if i == 0 and rest else ("," * (i > 0) + before).encode()
            fits = len(after.encode()) + len(LIST) + 1 <= 21
            self.put(b"", head, 33, {"id": 1})
            after += "," + LIST if last and fits else ""
            self.blocks[-1] = self.blocks[-1][:33] + bytes(10) + after.encode().ljust(21)
            if last and not fits:
                self.put(("," + LIST).encode(), b"", 64, {})
        if members and not ids:
            self.put(LIST.encode(), b"", 64, {})
        for f in fields:
            if not f.get("member"):
                self.field(f)
        while len(self.blocks) < SIZES[size][4]:
            self.put(b"", b"", 64, {})
        assert len(self.blocks) == SIZES[size][4]

    def put(self, start, end, room, about):
        """As few blocks as hold start and, before byte room of the last, end."""
        n = 0
        while 64 * n + room < len(start) + len(end):
            n += 1
        body = start.ljust(64 * n + room - len(end)) + end
        body = body.ljust(64 * (n + 1))
        self.blocks += [body[64 * i:64 * i + 64] for i in range(n + 1)]
        self.about += [dict(about) for _ in range(n + 1)]
        for key in ("id", "kind", "field"):  # of the last one alone
            for a in self.about[len(self.about) - n - 1:-1]:
                a.pop(key, None)

    def field(self, f):
        kind, member = f["type"], f.get("member")
        head = f"{quoted(member)}:" if member else " {"
        if not member:
            head += f'"display_type":{quoted(f["display"])},' if f.get("display") else ""
            head += f'"trait_type":{quoted(f["label"])},'
            head += f'"max_value":{f["max"]},' if f.get("max") else ""
            head += '"value":'
        room = ROOMS.get(kind, 17)  # decimals
        if kind == "text":
            room = 60 if f.get("wide") else 2
        if f.get("quoted"):
            room = 22
        digest = '"ipfs://bafkrei' if kind == "digest(raw)" else '"ipfs://bafybei' if kind == "digest(dag-pb)" else ""
        head, digest = head.encode(), digest.encode()
        if digest:
            blocks, digests = SIZES[self.size][4:]
            places = [blocks - 1 - 2 * i for i in range(digests)]
            takes = 0
            while 64 * takes + 10 < len(head) + len(digest):
                takes += 1
            while len(self.blocks) + takes not in places:
                self.put(b"", b"", 64, {})
        first = len(self.blocks)
        self.put(head, digest, 62 - room, {"slot": f["slot"], "kind": kind, "field": f})
        if not member:
            self.about[first]["opens"] = 1
        end = bytearray(self.blocks[-1])
        end[62:64] = (b'"' if kind == "text" or digest or f.get("quoted") else b" ") + (b"," if member else b"}")
        if kind == "bool":
            end[57:62] = b"false"
        self.blocks[-1] = bytes(end)

    def flags(self, about):
        kind, f = about.get("kind"), about.get("field", {})
        number = kind in ("uint", "int", "time") or (kind or "").startswith("decimal")
        point = int(kind[8:-1]) if (kind or "").startswith("decimal") else 0
        bits = [about.get("opens", 0), about.get("id", 0), kind == "text", number, kind == "bool", (kind or "").startswith("digest"),
                bool(f.get("quoted")), kind == "int"] + [point == i for i in range(1, 15)]
        index = about["slot"] + 1 if "slot" in about else 0
        return index | packed(1, map(int, bits)) << INDEX[self.size]

    def commitment(self):
        state = b"".join(x.to_bytes(4, "big") for x in midstate(self.prefix))
        length = 8 * (len(self.prefix) + 64 * len(self.blocks) + 55) + sum(1 << 31 + i for i in range(1, 10) if i < self.width)
        words = [self.flags(a) for a in self.about]
        flags = [packed(INDEX[self.size] + 22, words[i:i + 9]) for i in range(0, len(words), 9)]
        chunks = [int.from_bytes(c, "big") for b in self.blocks for c in (b[:2], b[2:33], b[33:])]
        return H("template", H("body", *halves(state), length, *flags, *chunks))

    def document(self, number, values, root_value):
        """values: the JSON texts of slots, without quotes; one that is not there is absent."""
        out, before = self.prefix, False
        for block, about in zip(self.blocks, self.about):
            if "slot" in about and about["slot"] not in values:
                block = b" " * 64
            elif about.get("opens"):
                block, before = (b"," if before else b" ") + block[1:], True
            if about.get("id"):
                digits = str(number).rjust(self.width, "0").encode()
                block = (block[:33] + digits + block[43:]).ljust(64)
            if "kind" in about and about["slot"] in values:
                value = values[about["slot"]].encode()
                if about["kind"] == "text" or about["field"].get("quoted"):
                    value = b'"' + value
                block = block[:62 - len(value)] + value + block[62:]
            out += block
        return out + b'],"root":"' + base64.urlsafe_b64encode(root_value.to_bytes(32, "big"))[:43] + b'"}'


LABELS = [
    dict(slot=0, type="text", label="Background"), dict(slot=1, type="text", label="Eyes", wide=True),
    dict(slot=3, type="uint", label="Level", display="number", max="100"), dict(slot=4, type="int", label="Karma"),
    dict(slot=5, type="decimal(2)", label="Luck"), dict(slot=6, type="bool", label="Alpha"),
    dict(slot=7, type="uint", member="seed", quoted=True), dict(slot=11, type="digest(raw)", label="Prompt"),
]
ABOUT = [("description", 'Foxes drawn by a committed model: "proven" <b>&</b> ünïcode.')]
IMAGE = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/"
members = Template("large", 0, ABOUT, (IMAGE + "{id}.png", "", "https://foxes.example", "Nebula Foxes #{id}"), LABELS)
first = Template("small", 5, ABOUT, (IMAGE + "{id:05}.png", "", "", "Nebula Foxes #{id:05}"), LABELS[:1])
alone = Template("standard", 0, [], ("", "", "", "Foxes"), LABELS[1:6] + [dict(slot=17, type="digest(dag-pb)", label="Image")])
print("document: members, ids and attributes", f"{members.commitment():x}")
print("document: ids first, padded", f"{first.commitment():x}")
print("document: attributes alone", f"{alone.commitment():x}")

# A whole drop and its token 42.
ARTIFACT = hashlib.sha256(b"stand-in").digest()
TABLES = [
    [[("Midnight", 60, 0), ("Aurora", 40, 0)]],
    [[("Round", 80, 0), ("Laser", 15, 0), ("", 5, 0)]],
    [[("Arctic", 1, 0), ("Ghost", 1, 0)]],
]
seed, blind, salt = (int.from_bytes(bytes([n] * 31), "big") for n in (1, 2, 3))
public = times(wide(b"genproof/2/key/scalar", bytes([4] * 32)), BASE)


def counted(s):
    return f"{len(s.encode())} {s}"


def line(section, visibility, place, kind, form, name, label):
    return f"{section} {visibility} {place} {kind} {form} {counted(name)} {counted(label)} {counted('')} {counted('')} 0\n"


schema_text = ("drawn small 4\n" + line("trait", "shown", "attribute", "text", "plain", "Background", "Background")
               + line("trait", "shown", "attribute", "text", "plain", "Eyes", "Which Eyes")
               + line("trait", "hidden", "attribute", "text", "plain", "Lineage", "Lineage")
               + line("claim", "shown", "member", "uint", "quoted", "seed", "seed")
               + line("claim", "hidden", "attribute", "int", "plain", "level", "level")
               + line("claim", "hidden", "attribute", "decimal(2)", "plain", "safety", "safety")
               + line("fact", "hidden", "attribute", "text", "plain", "licence", "licence")
               + line("fact", "hidden", "attribute", "uint", "plain", "images", "images")).encode()
chunks = [int.from_bytes(schema_text[i:i + 31], "big") for i in range(0, len(schema_text), 31)]
schema = H("schema", len(schema_text), *chunks)

# claim.safety >= 0.80 && (trait.Eyes in ["Round", "Laser"] || claim.level > -5) && has(claim.seed)
PROGRAM = [(5, 1, 80, 1, 1), (1, 0, text("Round"), 0, 0), (1, 0, text("Laser"), 0, 0), (4, 1, (1 << 63) - 4, 1, 1), (3, 2, 0, 0, 1)]
code = packed(10, [slot | op << 6 | negated << 8 | end << 9 for slot, op, _, negated, end in PROGRAM])
mask = packed(1, [0, 0, 0, 1, 1, 1, 0, 1])
policy = H("drawn", schema, 7, 500, mask, code, *[p[2] for p in PROGRAM], 0, 0, 0)

facts = [text("CC0-1.0"), 1 << 40]
model = H("model", salt, *map(layer, TABLES), packed(2, range(3)), *facts, 0b11, H("artifact", *halves(ARTIFACT)))
template = Template("small", 4, [("description", "Foxes.")], ("ipfs://x/{id:04}.png", "", "", "Fox #{id:04}"), [
    dict(slot=0, type="text", label="Background"), dict(slot=1, type="text", label="Which Eyes"), dict(slot=3, type="uint", member="seed", quoted=True)])
seeds = H("seeds", seed, blind)
beacon = int.from_bytes(keccak256((1).to_bytes(32, "big") + bytes.fromhex("ab" * 20).rjust(32, b"\0") + bytes([5] * 32)), "big") >> 8

for name, value in [("schema", schema), ("model", model), ("policy", policy), ("template", template.commitment()), ("authority", H("authority", *public)),
                    ("seeds", seeds), ("beacon", beacon)]:
    print("drop:", name, f"{value:064x}")


def draw(token):
    element, traits = squeeze("draws", 1, seed, beacon, token)[0], []
    for i, states in enumerate(TABLES):
        u = (element >> 47 * i & (1 << 47) - 1) * sum(w for _, w, _ in states[0]) >> 47
        for name, weight, _ in states[0]:
            if u < weight:
                break
            u -= weight
        traits.append(name)
    return traits


def show_token(token):
    traits, claims = draw(token), [(1 << 64) - 1, (1 << 63) - 4, 97]
    message = H("receipt", policy, model, seeds, beacon, token, 0b111, *claims)
    slots = [(text(t), 1) if t else (0, 0) for t in traits] + [(c, 1) for c in claims + facts]
    salts = squeeze("salts", len(slots), blind, token, message)
    root_value = H("root", *[H("slot", *slot, s) for slot, s in zip(slots, salts)])
    document = template.document(token, {i: t for i, t in enumerate(traits[:2]) if t} | {3: str(claims[0])}, root_value)
    assert len(json.loads(document)["attributes"]) == sum(1 for t in traits[:2] if t)
    for name, value in [("traits", traits), ("message", f"{message:064x}"), ("root", f"{root_value:064x}"), ("SHA-256", hashlib.sha256(document).hexdigest())]:
        print(f"token {token}: {name} {value}")


show_token(42)
show_token(next(t for t in range(7, 507) if not draw(t)[1]))
