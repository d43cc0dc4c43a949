// Proving, and what comes of it.

let following = null; // what ends the stream of progress

function progressed(d) {
  const line = words[d.status] ?? "";
  byID("prove-line").textContent = d.status === "proving" && d.total > 0 ? `${line}: ${d.done} of ${d.total} batches` : line;
  byID("bar-label").hidden = d.total === 0;
  byID("bar").max = Math.max(1, d.total);
  byID("bar").value = d.done;
  byID("start").hidden = me.scope !== "author" || d.status === "proving" || d.status === "done";
  byID("car").hidden = byID("evidence").hidden = d.status !== "done";
}

async function start() {
  const answer = await changing("POST", at("/proofs"), {});
  progressed(await answer.json());
  follow();
}

// follow reads the stream of progress: a line of JSON a change. A fetch can send the token in a header.
async function follow() {
  const id = drop.id, mine = new AbortController();
  following?.abort();
  following = mine;
  try {
    const answer = await fetch(at("/progress"), { headers: { Authorization: "Bearer " + token }, signal: mine.signal, cache: "no-store", credentials: "omit", redirect: "error" });
    if (!answer.ok) throw new Error("no stream");
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
      const lines = text.split("\n");
      text = lines.pop();
      for (const line of lines) {
        if (drop?.id !== id) return;
        progressed(JSON.parse(line));
      }
    }
  } catch {
    if (!mine.signal.aborted) setTimeout(() => drop?.id === id && following === mine && follow(), 2000); // it broke
  }
}

async function cost() {
  const c = await get(at("/cost"));
  const gwei = Number(byID("gwei").value);
  const rows = c.steps.map((s) => [s.what, s.times, s.gas.toLocaleString("en"), s.payer]);
  const whole = Number.isFinite(gwei) && gwei >= 0 ? `, ${(c.gas * gwei / 1e9).toPrecision(4)} ether at ${gwei} gwei` : "";
  byID("cost-result").replaceChildren(
    table("What it takes on a chain", [["step", "times", "gas of one", "who pays"], ...rows]),
    element("p", { class: "word", id: "cost-line" }, `About ${c.gas.toLocaleString("en")} gas for the author${whole}.`),
    element("p", { class: "small" }, "Measured on the contracts, not asked of a chain. Exact figures: ", element("code", {}, c.exact)),
  );
}

async function log() {
  const l = await get(at("/log"));
  const rows = l.entries.map((e) => [e.at, e.kind, foreign(e.text, { ours: true }), element("span", { class: "mono", title: e.digest }, e.digest.slice(0, 12) + "…")]);
  byID("log-result").replaceChildren(
    table("What was done about the drop", [["when", "what", "in words", "digest"], ...rows]),
    element("p", { class: "small" }, "Last head, to keep: ", mono(l.head)),
  );
}
