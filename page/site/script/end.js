function start() {
  if (window.top !== window) {
    const link = element("a", { href: location.href, target: "_blank", rel: "noopener" }, "Open it in a window of its own");
    document.body.replaceChildren(element("p", { class: "notice" }, "A page in a frame cannot be told from what is around it. ", link, "."));
    return;
  }
  if (at("tools")) tools();
  else pictures(document);
  chooser();
}

document.addEventListener("DOMContentLoaded", start);
})();
