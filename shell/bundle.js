// Three bundles, so that signing in does not wait for the rest. After the build the names carry a hash.
const entry = { script: "/entry.js", code: "/entry_bg.wasm" };
const portal = { script: "/portal.js", code: "/portal_bg.wasm" };
const visit = { script: "/visit.js", code: "/visit_bg.wasm" };
// Reads QR codes where the browser cannot (src/state/camera.rs).
const scanner = { script: "/scanner.js", code: "/scanner_bg.wasm" };
window.causewayScanner = () => import(scanner.script).then(async (module) => {
  await module.default({ module_or_path: scanner.code });
  return module.decode;
});
// A mail gateway may have written the # of a link as %23, twice even: the router looks for the screen before it (src/routes.rs).
const asked = location.pathname + location.search;
const own = asked.match(/^\/(?:activate|c|invitation|reset|welcome)(?=\/?%(?:25)*23|[/?])/);
if (own && /%(?:25)*23/.test(asked)) history.replaceState(history.state, "", asked.replace(/\/?%(?:25)*23/, "#") + location.hash);
const first = location.pathname.split("/")[1];
const bundle = first === "login" ? entry : ["activate", "welcome", "miniapp", "invitation", "r", "reset"].includes(first) ? visit : portal;
// Signing in is over in a minute and should load little; what comes after it can be installed.
if (bundle !== entry) document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "/manifest.webmanifest" }), Object.assign(document.createElement("link"), { rel: "apple-touch-icon", href: "/icons/apple-touch-180.png" }));
// The installed app opens without a network; a new version waits until the person says yes (src/pages/portal/update.rs).
if (bundle !== entry && navigator.serviceWorker && portal.script.includes("-")) navigator.serviceWorker.register("/sw.js").then((it) => {
  const ready = () => { if (it.waiting && navigator.serviceWorker.controller) dispatchEvent(new Event("causeway-update")); };
  it.addEventListener("updatefound", () => it.installing?.addEventListener("statechange", ready));
  addEventListener("causeway-portal-open", ready);
  addEventListener("causeway-update-now", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    it.waiting?.postMessage("update");
  });
  ready();
}, (error) => console.warn("the app is not kept for use without a network", error));
const code = fetch(bundle.code);
import(bundle.script).then((module) => module.default({ module_or_path: code })).catch((error) => {
  console.error("the application could not be started", error);
  dispatchEvent(new Event("causeway-failed"));
});
// Fills the cache while someone types; a failure here is met again, and said, when the portal opens.
addEventListener("causeway-portal-soon", () => {
  const texts = `/texts/${document.documentElement.lang}/interface.json`;
  for (const part of [...Object.values(portal), texts]) fetch(part, { priority: "low" }).then((it) => it.arrayBuffer()).catch(() => {});
}, { once: true });
