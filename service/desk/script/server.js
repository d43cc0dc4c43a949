// Talking to the server. The token is in this variable alone.

let token = "";
let me = { scope: "", tenant: "", label: "", drops: [] };

const byID = (id) => document.getElementById(id);

// A Refusal is what the server says no with, in its words.
class Refusal extends Error {}

async function ask(method, path, { body, raw, headers = {} } = {}) {
  const all = { Authorization: "Bearer " + token, ...headers };
  if (body !== undefined) all["Content-Type"] = "application/json";
  if (raw !== undefined) all["Content-Type"] = "application/octet-stream";
  const answer = await fetch(path, {
    method, headers: all, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
  });
  if (answer.ok) return answer;
  let why = answer.status === 429 ? "too many requests: wait a minute" : "the server says no: " + answer.status;
  try {
    const said = await answer.json();
    why = [said.detail, ...(said.errors ?? []).map((e) => e.message)].filter((s) => typeof s === "string").join("; ") || why;
  } catch {
    // it is no JSON: the status says enough
  }
  const refusal = new Refusal(why);
  refusal.status = answer.status;
  throw refusal;
}

const get = async (path) => (await ask("GET", path)).json();

// changing makes a request that changes something. Should the connection break, it is made again under the
// same key, and done once.
async function changing(method, path, body) {
  const key = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  for (let tries = 0; ; tries++) {
    try {
      return await ask(method, path, { body, headers: { "Idempotency-Key": key } });
    } catch (e) {
      if (e instanceof Refusal || tries === 2) throw e;
      await new Promise((go) => setTimeout(go, 500 * (tries + 1)));
    }
  }
}

function say(text) {
  const line = byID("said");
  line.hidden = text === "";
  line.replaceChildren(foreign(text, { ours: true, lines: true, limit: 2000 }));
}

// doing runs what a button is for, once at a time, and says what goes wrong.
function doing(button, work) {
  return async (event) => {
    event?.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say("");
    try {
      await work(event);
    } catch (e) {
      if (e.status === 401) leave("The token is not good, or no longer.");
      else say(e instanceof Refusal ? e.message : "The server was not reached. Try again.");
    } finally {
      button.disabled = false;
    }
  };
}

const onClick = (id, work) => byID(id).addEventListener("click", doing(byID(id), work));

// save hands what the server sends to the browser's downloads.
async function save(path, name) {
  const address = URL.createObjectURL(await (await ask("GET", path)).blob());
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function table(caption, rows) {
  const [head, ...rest] = rows;
  const row = (cells, name, more = {}) => element("tr", {}, ...cells.map((c) => element(name, more, c instanceof Node ? c : String(c))));
  return element("table", {}, element("caption", { class: "visually-hidden" }, caption), element("thead", {}, row(head, "th", { scope: "col" })), element("tbody", {}, ...rest.map((cells) => row(cells, "td"))));
}
