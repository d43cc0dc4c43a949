// Claims and disclosures: what somebody shows of a card, as the page shows it.

const noNumber = "0x" + "0".repeat(64);

// audiencePanel tells whom a claim is for, and who has to look at that.
function audiencePanel({ verdict, for: whom, expires, checks }) {
  const a = verdict.audience;
  const rows = [
    ["For", foreign(whom)],
    ["Name", a.name === "" ? "none" : foreign(a.name)],
    ["Challenge", a.challenge === noNumber ? "none" : mono(a.challenge)],
    ["Expires", foreign(expires)],
  ];
  if (String(a.chain_id) === "0") rows.push(["Token", "none"]);
  else rows.push(["Chain", String(a.chain_id)], ["Contract", mono(a.contract)], ["Token", String(a.token)]);
  const part = panel("Whom the claim is for", facts(rows), element("h3", {}, "Who has to check that"), bullets(checks.map((c) => [foreign(c, { limit: 1000, ours: true })])));
  part.id = "audience";
  return part;
}

// openedPanel lists what a disclosure opens.
function openedPanel({ verdict }) {
  const body = element("tbody");
  for (const o of verdict.opened) {
    const value = o.present ? foreign(o.value, { limit: 120 }) : element("span", { class: "small" }, "absent");
    body.append(element("tr", {}, element("th", { scope: "row" }, foreign(o.name, { limit: 120 })), element("td", {}, value)));
  }
  return panel("What it opens", element("table", { id: "opened" }, element("caption", { class: "visually-hidden" }, "What the disclosure opens"), body));
}

function aboutShown({ verdict }) {
  const rows = [["Deck", foreign(verdict.drop.name), `, of ${verdict.drop.supply} cards`]];
  if (verdict.card !== undefined) rows.push(["Card", String(verdict.card)]);
  if (verdict.sha256) rows.push(["SHA-256 of its document", mono(verdict.sha256)]);
  rows.push(["Circuit", verdict.drop.circuit], ["Model", mono(verdict.model)]);
  return panel("The deck", facts(verdict.key ? [...rows, ...keyRows(verdict)] : rows));
}

// shownView returns all nodes of an answer about a claim or a disclosure. More comes last.
function shownView(answer, more) {
  const { verdict, line } = answer;
  const isClaim = verdict.kind === "claim";
  const holds = verdict.verdict === "proven" || verdict.verdict === "amber";
  const out = [banner(verdict.verdict, line)];
  if (holds) out.push(meaningPanel(answer));
  if (isClaim) out.push(audiencePanel(answer));
  if (holds) out.push(isClaim ? rulePanel(answer) : openedPanel(answer), ...leftPanels(answer));
  out.push(aboutShown(answer), more);
  return out;
}
