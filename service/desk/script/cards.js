// Looking at cards, and saying yes or no.

const perPage = 24;
let shownCards = { from: 0, total: 0, list: [] };
let pictures = []; // addresses of thumbnails that are shown

function dropPictures() {
  pictures.forEach((p) => URL.revokeObjectURL(p));
  pictures = [];
}

async function cards(from) {
  const c = await get(at(`/cards?from=${from}&count=${perPage}`));
  shownCards = { from, total: c.total, list: c.cards };
  dropPictures();
  tell(c);
  byID("card-list").replaceChildren(...c.cards.map(cardOf));
  byID("cards-before").hidden = from === 0;
  byID("cards-next").hidden = from + perPage >= c.total;
  byID("approve-page").hidden = me.scope !== "curator" || c.cards.length === 0;
  loadPictures(drop.id);
}

function tell(c) {
  const { from, total, list } = shownCards;
  byID("cards-line").textContent = `Cards ${from} to ${from + list.length - 1} of ${total}. ${c.approved} are approved by a person, ${c.rejected} rejected.`;
}

function cardOf(c) {
  const word = { approved: "approved", rejected: "rejected" }[c.verdict] ?? "nobody has said anything";
  const box = element("li", { class: "card", "data-card": c.card, "data-verdict": c.verdict });
  box.append(element("header", {}, element("h3", {}, `Card ${c.card}`), element("span", { class: "small said" }, word)));
  box.append(element("div", { class: "picture" }, c.picture ? "…" : "There is no image."), element("p", { class: "name" }, foreign(c.name, { limit: 120 })));
  const body = element("tbody", {}, ...c.attributes.map((a) => element("tr", {}, element("th", { scope: "row" }, foreign(a.label, { limit: 120 })), element("td", {}, foreign(a.value, { limit: 120 })))));
  if (c.attributes.length > 0) box.append(element("table", {}, element("caption", { class: "visually-hidden" }, `Attributes of card ${c.card}`), body));
  if (c.reason !== "") box.append(element("p", { class: "small reason" }, "Reason: ", foreign(c.reason, { lines: true })));
  if (me.scope === "curator") box.append(deciding(c));
  return box;
}

function deciding(c) {
  const reason = element("input", { type: "text", maxlength: "1000", autocomplete: "off" });
  const button = (verdict, text, quiet) => {
    const b = element("button", { type: "button", class: "button" + quiet, "aria-label": `${text} card ${c.card}` }, text);
    b.addEventListener("click", doing(b, () => decide(verdict, [c], reason.value.trim())));
    return b;
  };
  return element("div", {}, element("label", { class: "field" }, `Reason, for card ${c.card}`, reason), element("div", { class: "own" }, button("approved", "Approve", ""), button("rejected", "Reject", " quiet")));
}

// decide says something about cards as they were seen: the server refuses it of others.
async function decide(verdict, list, reason) {
  if (verdict === "rejected" && reason === "") throw new Refusal("A rejection needs a reason: write one.");
  await changing("POST", at("/approvals"), { verdict, reason, cards: list.map((c) => ({ card: c.card, document_sha256: c.document_sha256 })) });
  const now = await get(at(`/cards?from=${shownCards.from}&count=${perPage}`));
  shownCards.list = now.cards;
  tell(now);
  for (const { card } of list) {
    const old = document.querySelector(`[data-card="${card}"]`);
    const fresh = cardOf(now.cards.find((c) => c.card === card));
    fresh.querySelector(".picture").replaceWith(old.querySelector(".picture"));
    old.replaceWith(fresh);
  }
  byID("cards-line").focus?.();
}

// loadPictures fetches thumbnails, which the server has encoded anew, one after the other.
async function loadPictures(id) {
  for (const box of document.querySelectorAll("#card-list .card")) {
    const c = shownCards.list.find((x) => String(x.card) === box.dataset.card);
    if (!c?.picture) continue;
    try {
      const blob = await (await ask("GET", `/v1/drops/${id}/cards/${c.card}/thumbnail`)).blob();
      if (drop?.id !== id || !box.isConnected) return;
      const address = URL.createObjectURL(new Blob([blob], { type: "image/png" }));
      pictures.push(address);
      const frame = document.querySelector(`[data-card="${c.card}"] .picture`);
      frame?.classList.add("bytes");
      frame?.replaceChildren(element("img", { src: address, alt: `Image of card ${c.card}` }));
    } catch (e) {
      box.querySelector(".picture")?.replaceChildren(e instanceof Refusal ? foreign("Not shown: " + e.message, { ours: true }) : "The image did not arrive.");
    }
  }
}
