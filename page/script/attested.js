// What others have signed: attestations, promised approvals, and packs of evidence.

const signed = ({ standing }) => (standing === "refused" || standing === "not checked" ? "Said to be signed by" : "Signed by");

function whoseKey(a) {
  const named = a.named_by_the_author ? "; named by the author for this role" : "";
  if (a.known_to_you) return [foreign(a.known_to_you, { limit: 120 }), `, as your trust file says${named}`];
  return [`unknown to you for this role${named}`];
}

// attestation lists one, which said is what the verifier says of beside its texts.
function attestation(a, said) {
  if (a.id === "") return facts([["File", foreign(a.file)], ["It stands", a.standing, ": ", foreign(a.reason, { ours: true, limit: 1000 })]]);
  const until = a.expires ? ["; it expires at ", foreign(a.expires)] : [];
  const anchored = a.not_later_than ? ["; not later than ", foreign(a.not_later_than)] : [];
  return facts([
    ["It stands", a.standing, ...(a.reason ? [": ", foreign(a.reason, { ours: true, limit: 1000 })] : [])],
    [signed(a), mono(a.signer)], ["Whose key", ...whoseKey(a)],
    ["Role", foreign(a.role), " ", foreign(a.decision)], ["It is", foreign(a.predicate), " of ", foreign(a.subject)], ["It says", foreign(a.statement, { limit: 1000, lines: true })],
    ["Signed at", foreign(a.issued_at), ", by its own word", ...until, ...anchored], ["The commitment", `${said.basis}, by its signer’s word`], ["Id", mono(a.id)], ["File", foreign(a.file)],
  ]);
}

// some shows the first of a list's nodes, and more when they are asked for.
function some(box, list, make) {
  let shown = 0;
  const button = element("button", { type: "button", class: "button quiet" });
  const more = () => {
    box.append(...list.slice(shown, shown + perPage).map((x, i) => make(x, shown + i)));
    shown = Math.min(shown + perPage, list.length);
    button.hidden = shown === list.length;
    button.textContent = `Show more (${list.length - shown} left)`;
  };
  button.addEventListener("click", more);
  more();
  return [box, button];
}

const lines = (list) => some(element("ul"), list, (x) => element("li", {}, foreign(x, { limit: 1000, ours: true })));

// attestedPanels is empty where nobody attested and nothing is promised.
function attestedPanels(attestations, attested, approved) {
  if (attestations.length + approved.length === 0) return [];
  const part = panel("Who attested", ...(approved.length > 0 ? [element("h3", {}, "What the author promised"), ...lines(approved)] : []));
  if (attestations.length > 0) {
    part.append(element("h3", {}, "Attestations"), element("p", {}, "Each is its signer’s word about what was committed. None makes a verdict better, and withdrawals that are not here were not looked at."));
    part.append(...some(element("div", { class: "attestations" }), attestations, (a, i) => attestation(a, attested[i])));
  }
  part.id = "attested";
  return [part];
}

function timeline(list) {
  const body = element("tbody");
  const [, button] = some(body, list, (e) => element("tr", {}, element("th", { scope: "row" }, foreign(e.at)), element("td", {}, foreign(e.what, { ours: true, limit: 600 })), element("td", {}, foreign(e.how, { ours: true, limit: 600 }))));
  const head = element("thead", {}, element("tr", {}, ...["When", "What", "How it is known"].map((x) => element("th", { scope: "col" }, x))));
  return [element("table", { id: "timeline" }, element("caption", { class: "visually-hidden" }, "Timeline"), head, body), button];
}

// packView returns all nodes of an answer about a pack of evidence.
function packView({ report, level, attested, approved }) {
  const rejected = report.faults.length > 0;
  const rows = [
    ["The pack", report.verdict], ["Made", foreign(report.made_at), " by ", foreign(report.made_by), ", by its maker’s word"], ["Files", String(report.files)],
    ["Manifest’s SHA-256", mono(report.manifest_sha256)], ["Signed by", report.signer ? mono(report.signer) : "nobody"],
  ];
  if (report.publication) rows.push(["The publication, as of then", foreign(report.publication, { ours: true, limit: 1000 })], ["The report in the pack", report.same_report ? "is the one that its files give, to the byte" : "is another than the one that its files give here"]);
  const list = (title, items) => (items.length > 0 ? [panel(title, ...lines(items))] : []);
  return [
    banner(rejected ? "rejected" : level, rejected ? report.faults[0] : `the pack holds; its publication: ${report.publication}`),
    ...list("What contradicts", report.faults), panel("The pack of evidence", facts(rows)), ...attestedPanels(report.attestations, attested, approved),
    ...list("Before the sale", report.before_the_sale), ...(report.timeline.length > 0 ? [panel("Timeline", ...timeline(report.timeline))] : []),
    ...list("Left out, by its maker’s word", report.left_out), ...list("Not checked", report.not_checked),
  ];
}
