// Before anything else: says on the page what is missing or did not arrive, instead of staying blank.
(function () {
  var root = document.documentElement;
  try {
    var theme = JSON.parse(localStorage.getItem("causeway.theme"));
    if (theme === "dark" || theme === "light") root.setAttribute("data-theme", theme);
  } catch (ignored) { /* no preference is kept: the machine's theme holds */ }
  // The server says that nobody is signed in: signing in comes first, and leads to what was asked for (src/routes.rs).
  if (root.hasAttribute("data-signed-out")) {
    var wanted = location.pathname + location.search;
    var next = wanted === "/" || wanted === "/chats" ? "" : "?next=" + encodeURIComponent(wanted).replace(/%2F/g, "/");
    history.replaceState(history.state, "", "/login" + next);
  }
  function fail(state) { if (!root.hasAttribute("data-start")) root.setAttribute("data-start", state); }
  // What nothing here works without. References are what the code needs of the newest, layers what the stylesheet does
  // (xtask/src/browsers): a table of type externref and nothing else, and the interface of an @layer.
  var references = [0, 97, 115, 109, 1, 0, 0, 0, 4, 4, 1, 111, 0, 0];
  var needed = [
    function () { return "noModule" in document.createElement("script"); },
    function () { return WebAssembly.validate(new Uint8Array(references)); },
    function () { return window.CSSLayerBlockRule; },
    function () { return HTMLDialogElement.prototype.showModal; },
    function () { return new Intl.PluralRules("en").select(1); },
    function () { return window.ResizeObserver && Array.prototype.at && String.prototype.replaceAll; }
  ];
  function has(feature) { try { return Boolean(feature()); } catch (missing) { return false; } }
  for (var i = 0; i < needed.length; i++) if (!has(needed[i])) fail("unsupported");
  // Without layers the stylesheet says nothing: the one text to be read is left, in the browser's own style.
  if (!window.CSSLayerBlockRule) document.addEventListener("DOMContentLoaded", function () {
    var parts = document.querySelectorAll("#shell > header, #shell > main > *");
    for (var at = 0; at < parts.length; at++) parts[at].style.display = /shell__unsupported/.test(parts[at].className) ? "block" : "none";
  });
  // Only our own scripts, styles and code: what a browser extension puts into the page says nothing about them.
  function isOwn(address) { return typeof address === "string" && address.indexOf(location.origin + "/") === 0 && /\.(css|js|wasm)$/.test(address.split(/[?#]/)[0]); }
  window.addEventListener("error", function (event) {
    var from = event.target && event.target !== window ? event.target.src || event.target.href : event.filename;
    if (isOwn(from) && document.getElementById("shell")) fail("failed");
  }, true);
  window.addEventListener("causeway-failed", function () { fail("failed"); });
})();
