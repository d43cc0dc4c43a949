// A verdict as the page shows it.

const perPage = 60; // cards that are shown at once
const order = { rejected: 0, "not checked": 1, amber: 2, proven: 2 };

// entriesOf gives cards and tokens one form.
function entriesOf({ verdict, documents }) {
  if (verdict.cards) {
    return verdict.cards.map((c) => ({ ...c, title: `Card ${c.card}`, digest: ["SHA-256", c.sha256], unread: c.nothing_proven_of_document ?? "" }));
  }
  return verdict.tokens.map((t, i) => ({
    ...documents[i], ...t, title: t.id === undefined ? "A file" : `Token ${t.id}`, digest: ["CID", t.cid], differs: [], unread: "",
  }));
}

// pictureMark says what a proof shows of a token's picture.
function pictureMark({ verdict, reason }) {
  if (verdict !== "proven" && verdict !== "amber") return element("p", { class: "small" }, "Picture: ", foreign(reason, { ours: true }), ".");
  return element("p", {}, badge(verdict, "picture "));
}

function card(entry, hidden, visible, pictures) {
  const holds = entry.verdict === "proven" || entry.verdict === "amber";
  const item = element("li", { class: "card", "data-level": entry.verdict }, element("header", {}, element("h3", {}, entry.title), badge(entry.verdict)));
  if (entry.reason) item.append(element("p", { class: "reason" }, foreign(entry.reason, { ours: true })));
  if (entry.name) item.append(element("p", { class: "name" }, foreign(entry.name, { limit: 120 })));
  for (const a of holds ? entry.addresses : []) {
    if (a.member !== "image") continue;
    const p = picture(a.address, a.fixed);
    pictures.push({ address: a.address, fill: p.fill });
    item.append(p.box);
  }
  if (entry.picture && holds) item.append(pictureMark(entry.picture));
  if (entry.unread) item.append(element("p", { class: "small" }, "Nothing is proven but its bytes: ", foreign(entry.unread, { ours: true })));
  const proven = entry.picture && holds ? [...entry.attributes, { label: "image", value: `ipfs://${entry.picture.cid}` }] : entry.attributes;
  item.append(attributes(entry.verdict, proven, entry.authors_words, holds ? hidden : [], visible));
  if (entry.differs.length > 0) item.append(element("p", { class: "small" }, "Spelled in another way than is proven: ", ...entry.differs.flatMap((d, i) => [i ? ", " : "", foreign(d)])));
  const more = [[entry.digest[0], mono(entry.digest[1] || "none")]];
  for (const a of entry.addresses) more.push([a.member, mono(a.address), element("span", { class: "small" }, a.fixed ? " (not loaded)" : " (can change; not loaded)")]);
  item.append(element("details", {}, element("summary", { class: "small" }, "Addresses"), facts(more)));
  return item;
}

// cards lists the entries, the rejected first, some at a time. onShown is told of new pictures.
function cards(entries, hidden, visible, onShown) {
  const sorted = entries.toSorted((a, b) => order[a.verdict] - order[b.verdict]);
  const list = element("ul", { class: "cards" });
  const button = element("button", { type: "button", class: "button quiet" });
  let shown = 0;
  const more = () => {
    const pictures = [];
    for (const e of sorted.slice(shown, shown + perPage)) list.append(card(e, hidden, visible, pictures));
    shown = Math.min(shown + perPage, sorted.length);
    button.hidden = shown === sorted.length;
    button.textContent = `Show more (${sorted.length - shown} left)`;
    onShown(pictures);
  };
  button.addEventListener("click", more);
  more();
  return [list, button];
}

function keyRows({ key }) {
  const said = key.claimed ? `said to be ${key.provenance}` : key.provenance;
  return [["Verifying key", mono(key.digest)], ["Where it is from", foreign(said), ` (${key.source})`]];
}

function aboutDrop({ verdict }) {
  const what = verdict.cards ? "cards" : "tokens";
  const rows = [["Name", foreign(verdict.drop.name)], ["Size", `${verdict.drop.supply} ${what}, circuit ${verdict.drop.circuit}`]];
  if (verdict.counts) {
    const c = verdict.counts;
    rows.push(["Checked", `${c.holding} hold, ${c.rejected} rejected, ${c.not_checked} not checked${c.sealed ? `, ${c.sealed} of them sealed` : ""}`]);
    rows.push(["Different", `${c.distinct_documents} documents, ${c.distinct_images} addresses of images, ${c.distinct_attribute_sets} sets of shown attributes`]);
  }
  for (const [name, value] of [["Model", verdict.model ?? verdict.commitments?.model], ["Policy", verdict.policy ?? verdict.commitments?.policy]]) if (value) rows.push([name, mono(value)]);
  if (verdict.pictures) {
    const c = verdict.pictures;
    rows.push(["Pictures", `${c.holding} hold, ${c.rejected} rejected, ${c.not_here} not here${c.not_here ? ", their digests are proven" : ""}`]);
  }
  if (verdict.authority) rows.push(["Authority’s key", mono(verdict.authority.key), verdict.authority.self_asserted ? " (the drop’s own)" : " (not the drop’s own, says its description)"]);
  if (verdict.beacon) rows.push(["Beacon", mono(verdict.beacon.value), " ", foreign(verdict.beacon.source)]);
  if (verdict.car_root) rows.push(["CAR", mono(verdict.car_root)]);
  return facts([...rows, ...keyRows(verdict)]);
}

function meaningPanel({ meaning }) {
  const [shows, not] = meaning.split("\n");
  return panel("What it shows, and what not", element("p", {}, shows), element("p", {}, not));
}

function rulePanel({ verdict }) {
  return panel("The rule that was proven", element("pre", { id: "rule" }, foreign(verdict.rule, { lines: true, limit: 4000 })), element("p", { class: "small" }, "Printed back from the program that the proof is about."));
}

// leftPanels are what a verdict leaves open.
function leftPanels({ verdict }) {
  const not = verdict.not_checked ?? [];
  return [
    panel("Reservations", bullets(verdict.reservations.map((r) => [element("strong", {}, r.name), ": ", foreign(r.text, { limit: 1000, ours: true })]))),
    ...(not.length > 0 ? [panel("Not checked with the proofs", bullets(not.map((x) => [foreign(x, { limit: 1000, ours: true })])))] : []),
  ];
}

// besides is what a reader has to know beside a verdict.
function besides(answer, holds) {
  const { verdict, hidden } = answer;
  const visible = verdict.pictures?.hidden_may_be_visible ?? [];
  const out = [];
  if (holds) out.push(meaningPanel(answer), rulePanel(answer));
  if (verdict.verdict !== "rejected") out.push(...leftPanels(answer));
  out.push(...attestedPanels(verdict.attestations ?? [], answer.attested ?? [], answer.approved ?? []));
  if (holds && hidden.length > 0) out.push(panel("Hidden", element("p", {}, `Rules were checked on these, and ${visible.length > 0 ? "no document shows them" : "nobody is shown them"}: `, ...hidden.flatMap((h, i) => [i ? ", " : "", foreign(h)]), "."),
    visible.length > 0 ? element("p", {}, "Hidden in the document, may be visible in the picture: ", ...visible.flatMap((h, i) => [i ? ", " : "", foreign(h)]), ".") : ""));
  return out;
}

// verdictView returns all nodes of an answer.
function verdictView(answer, onShown) {
  const { verdict, line } = answer;
  const holds = verdict.verdict === "proven" || verdict.verdict === "amber";
  const entries = entriesOf(answer);
  const out = [banner(verdict.verdict, line)];
  if (entries.length === 0) return out;
  out.push(...besides(answer, holds));
  out.push(panel("The drop", aboutDrop(answer)));
  out.push(element("h2", {}, verdict.cards ? "Cards" : "Tokens"), ...cards(entries, answer.hidden, verdict.pictures?.hidden_may_be_visible ?? [], onShown));
  return out;
}
