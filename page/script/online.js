// What the online page has more: trees and CARs that are fetched, and what nodes say.

// fetched has the verifier's worker fetch a CAR, and takes it as if it had been dropped.
async function fetched(kind, input) {
  let car;
  await attempt("Fetching…", async (onProgress) => {
    ({ car } = await call(kind, input, onProgress));
  });
  if (car) await take(Promise.resolve([{ path: "fetched.car", file: new File([car], "fetched.car") }]));
}

const typed = (id) => at(id).value.trim();

// differences names what two nodes say differently.
function differences(a, b) {
  const keys = Object.keys(a.report).filter((key) => JSON.stringify(a.report[key]) !== JSON.stringify(b.report[key]));
  if (a.chain !== b.chain) keys.unshift("chain");
  if (a.block.hash !== b.block.hash) keys.push(a.block.number === b.block.number ? "block of the same number" : "latest block");
  return keys;
}

function tokensTable({ tokens }) {
  const body = element("tbody");
  for (const t of tokens) body.append(element("tr", {}, element("th", { scope: "row" }, `Token ${t.token}`), element("td", {}, t.fault ? foreign(t.fault, { ours: true }) : t.missing || `card ${t.card}`, " ", t.uri ? mono(t.uri) : "")));
  return element("table", {}, element("caption", { class: "visually-hidden" }, "Tokens"), body);
}

// chainView is what one node says. It has no verdict's colour but that of a contradiction.
function chainView({ host, chain, block, report }) {
  const faults = [...report.faults, ...report.tokens.filter((t) => t.fault).map((t) => `token ${t.token}: ${t.fault}`)];
  const level = faults.length > 0 ? "rejected" : "not checked";
  const said = faults.length > 0 ? "It contradicts what is published" : "It contradicts nothing of what was compared";
  const title = element("h2", { tabindex: "-1" }, "According to ", foreign(host), ` at block ${block.number}`);
  const rows = [
    ["Block", mono(block.hash), ` of ${new Date(block.time * 1000).toISOString()}`], ["Chain", chain], ["Contract", mono(report.contract)], ["State", report.state],
    ["Author", mono(report.author)], ["Verifier", mono(report.verifier)], ["Its key", mono(report.key_digest || "not known")],
    ["Groups", `${report.groups_admitted} of ${report.groups} admitted`], ["Minted", String(report.minted)],
  ];
  const list = (name, items) => (items.length > 0 ? [element("h3", {}, name), bullets(items.map((x) => [foreign(x, { limit: 1000, ours: true })]))] : []);
  return element(
    "section", { class: "panel chain", "data-level": level, "aria-label": `What ${host} says of the contract` },
    title, element("p", {}, element("span", { class: "badge", "data-level": level }, icon(level), said)),
    element("p", { class: "small" }, "This is the node’s word, and no part of the verdict above."),
    ...list("What contradicts", faults), facts(rows), report.tokens.length > 0 ? tokensTable(report) : "",
    ...list("What was compared and agrees", report.compared), ...list("What to know", report.warnings), ...list("Not compared", report.not_checked),
  );
}

function silentNode(host, why) {
  return element("section", { class: "panel chain", "aria-label": `What ${host} says of the contract` }, element("h2", { tabindex: "-1" }, "Not checked: ", foreign(host)), element("p", {}, foreign(why, { ours: true, limit: 1000 })));
}

// compareContract asks each node, and puts the answers beneath the verdict.
async function compareContract() {
  const box = at("chain-result");
  const nodes = ["node", "node-2"].map(typed).filter((x) => x !== "");
  const run = state.run;
  box.replaceChildren();
  if (nodes.length === 0 || !typed("contract")) return box.replaceChildren(silentNode("nothing was asked", "Name a node and the contract’s address."));
  if (!state.input || state.input.bundle) return box.replaceChildren(silentNode("nothing was asked", "Give the deck’s published folder or CAR first: a contract is compared with it."));
  box.classList.add("used");
  const heard = [], views = [];
  for (const node of nodes) {
    busy(`Asking ${node}…`);
    try {
      const { input } = state;
      const own = await believed();
      const answer = await call("chain", { ...(input.car ? carInput(input.car) : input), ...own, node, contract: typed("contract"), tokens: typed("tokens") }, (n) => run === state.run && busy(`Asking ${node}… ${n} answers`));
      heard.push(answer);
      views.push(chainView(answer));
    } catch (e) {
      views.push(silentNode(node, e.message));
    }
    if (run !== state.run) return;
  }
  busy("");
  if (heard.length === 2) {
    const keys = differences(...heard);
    const said = keys.length > 0 ? `The two nodes differ in: ${keys.join(", ")}. Where only their blocks differ, later answers can.` : "The two nodes say the same.";
    views.unshift(element("p", { id: "differences", class: "notice" }, said));
  }
  box.replaceChildren(...views);
  box.querySelector("h2")?.focus();
}

function listenOnline() {
  if (!at("network")) return;
  at("fetch-tree").addEventListener("click", () => fetched("tree", { gateway: typed("gateway"), cid: typed("cid") }));
  at("fetch-car").addEventListener("click", () => fetched("car", { address: typed("car-address") }));
  at("compare").addEventListener("click", compareContract);
}
