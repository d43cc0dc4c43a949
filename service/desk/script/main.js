// What the page's controls do.

byID("login-form").addEventListener("submit", doing(byID("login-form").querySelector("button"), login));
byID("new-drop").addEventListener("submit", doing(byID("new-drop").querySelector("button"), begin));
byID("folder").addEventListener("change", doing(byID("folder"), async (event) => {
  const list = [...event.target.files];
  event.target.value = ""; // the same folder may be chosen again
  await upload(list);
}));
onClick("leave", () => leave());
onClick("back", list);
onClick("import", importDeck);
onClick("set-policy", setPolicy);
onClick("look", look);
onClick("cards-show", () => cards(0));
onClick("cards-before", () => cards(Math.max(0, shownCards.from - perPage)));
onClick("cards-next", () => cards(shownCards.from + perPage));
onClick("approve-page", () => decide("approved", shownCards.list.filter((c) => c.verdict === "none"), ""));
onClick("start", start);
onClick("car", () => save(at("/car"), "drop.car"));
onClick("evidence", () => save(at("/evidence"), "evidence.car"));
onClick("cost-show", cost);
onClick("log-show", log);
byID("token").focus();
