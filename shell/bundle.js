(() => {
// One bundle for each area, so that nobody waits for what they do not open. After the build the names carry a hash.
const entry = { script: "/entry.js", code: "/entry_bg.wasm", texts: "entry" };
const portal = { script: "/portal.js", code: "/portal_bg.wasm", texts: "interface" };
const admin = { script: "/admin.js", code: "/admin_bg.wasm", texts: "interface" };
const client = { script: "/client.js", code: "/client_bg.wasm", texts: "client" };
const visit = { script: "/visit.js", code: "/visit_bg.wasm", texts: "visit" };
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
const links = { activate: visit, welcome: visit, miniapp: visit, invitation: visit, r: visit, reset: visit };
const bundle = new Map(Object.entries({ login: entry, c: client, admin, ...links })).get(first) ?? portal;
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
// It takes over once the page is there, with its first form and its language (shell/forms.js).
const page = new Promise((there) => addEventListener("DOMContentLoaded", there, { once: true }));
const texts = (bundle) => `/texts/${document.documentElement.lang}/${bundle.texts}.json`;
// What is too old gets the page that says so (shell/check.js), and nothing else.
if (document.documentElement.dataset.start !== "unsupported") start();
function start() {
  // Asked for before the stylesheet, which is small: nothing takes as long to arrive as the code.
  const code = fetch(bundle.code), script = import(bundle.script);
  page.then(() => {
    // The texts arrive beside the code, which asks for them in the same way as soon as it runs.
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: texts(bundle) }));
    return script;
  }).then((module) => module.default({ module_or_path: code })).catch((error) => {
    console.error("the application could not be started", error);
    dispatchEvent(new Event("causeway-failed"));
  });
  // Its failure is told above, as soon as the page can show it.
  for (const part of [code, script]) part.catch(() => {});
}
// Fills the cache while someone types; a failure here is met again, and said, when the portal opens.
addEventListener("causeway-portal-soon", () => {
  for (const part of [portal.script, portal.code, texts(portal)]) fetch(part, { priority: "low" }).then((it) => it.arrayBuffer()).catch(() => {});
}, { once: true });
})();
