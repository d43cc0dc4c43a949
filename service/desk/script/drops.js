// Logging in, and the list of drops.

let drop = null; // the one that is shown

const words = { new: "not proven yet", proving: "being proven", done: "proven", stopped: "stopped: whoever runs the server can tell why" };

// forScope shows what the token is for, and nothing else.
function forScope() {
  for (const e of document.querySelectorAll("[data-for]")) e.hidden = !e.dataset.for.split(" ").includes(me.scope);
  if (me.drops.length > 0) byID("new-drop").hidden = true; // the token reaches these alone
}

function leave(why) {
  token = "";
  me = { scope: "", tenant: "", label: "", drops: [] };
  close();
  for (const id of ["drops", "drop", "leave"]) byID(id).hidden = true;
  byID("drop-list").replaceChildren();
  byID("login").hidden = false;
  byID("who").textContent = "Drops are uploaded, looked at, proven and fetched here.";
  say(why ?? "");
  byID("token").focus();
}

async function login() {
  token = byID("token").value.trim();
  byID("token").value = "";
  me = await get("/v1/me");
  byID("who").replaceChildren(foreign(me.label || "You"), ", ", foreign(me.scope, { ours: true }), " of ", foreign(me.tenant));
  byID("login").hidden = true;
  byID("leave").hidden = false;
  forScope();
  await list();
}

async function list() {
  const { drops } = await get("/v1/drops");
  close();
  byID("drop").hidden = true;
  byID("drops").hidden = false;
  byID("no-drops").hidden = drops.length > 0;
  byID("drop-list").replaceChildren(...drops.map((d) => {
    const open = element("button", { type: "button", class: "more" }, foreign(d.name));
    open.addEventListener("click", doing(open, () => show(d.id)));
    return element("li", {}, open, element("span", { class: "small" }, words[d.status] ?? "", d.total > 0 ? `, ${d.done} of ${d.total} batches` : "", ", begun ", new Date(d.created).toISOString().slice(0, 10)));
  }));
  byID("drops-title").focus();
}

async function begin() {
  const made = await changing("POST", "/v1/drops", { name: byID("new-name").value, review: byID("new-review").checked ? "people" : "rule" });
  byID("new-name").value = "";
  await show((await made.json()).id);
}

// close ends what goes on with the drop that was shown.
function close() {
  drop = null;
  following?.abort();
  following = null;
  dropPictures();
  for (const id of ["check-result", "card-list", "cost-result", "log-result", "cards-line", "upload-line", "prove-line"]) byID(id).replaceChildren();
  for (const id of ["cards-before", "cards-next", "approve-page", "bar-label"]) byID(id).hidden = true;
}

async function show(id) {
  const d = await get("/v1/drops/" + id);
  close();
  drop = d;
  byID("drops").hidden = true;
  byID("drop").hidden = false;
  forScope();
  byID("approve-page").hidden = true;
  byID("drop-title").replaceChildren(foreign(d.name));
  byID("drop-facts").replaceChildren();
  const facts = [["id", mono(d.id)], ["who clears cards", d.review === "people" ? "people, every one of them" : "the rule, unless a person says something"]];
  for (const [name, value] of facts) byID("drop-facts").append(element("dt", {}, name), element("dd", {}, value));
  progressed(d);
  byID("drop-title").focus();
  if (d.status === "proving") follow();
}

const at = (rest) => "/v1/drops/" + drop.id + rest;
