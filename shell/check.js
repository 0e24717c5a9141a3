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
  var modern = typeof WebAssembly === "object" && typeof Promise === "function" && "noModule" in document.createElement("script")
    && window.CSS && CSS.supports && CSS.supports("color", "light-dark(red, blue)");
  if (!modern) fail("unsupported");
  // Only our own scripts, styles and code: what a browser extension puts into the page says nothing about them.
  function isOwn(address) { return typeof address === "string" && address.indexOf(location.origin + "/") === 0 && /\.(css|js|wasm)$/.test(address.split(/[?#]/)[0]); }
  window.addEventListener("error", function (event) {
    var from = event.target && event.target !== window ? event.target.src || event.target.href : event.filename;
    if (isOwn(from) && document.getElementById("shell")) fail("failed");
  }, true);
  window.addEventListener("causeway-failed", function () { fail("failed"); });
})();
