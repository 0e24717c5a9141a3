// Shows the first form of an address at once, in the language of the visitor: it can be typed into while the application
// is on its way, which then takes over what was typed (src/shell.rs).
(function () {
  // By language; the build writes them (xtask/src/shell_texts.rs).
  const texts = JSON.parse(document.getElementById("shell-texts").textContent);
  const root = document.documentElement, shell = document.getElementById("shell");
  const [, place, name] = location.pathname.split("/");
  const form = shell.querySelector(`[data-form="${CSS.escape(place)}"]`);
  const select = document.getElementById("shell-language"), theme = document.getElementById("shell-theme");
  let company = null, own = {};

  function kept(key) {
    try { return JSON.parse(localStorage.getItem(`causeway.${key}`)); } catch { return null; /* nothing is kept */ }
  }

  function keep(key, value) {
    try { localStorage.setItem(`causeway.${key}`, JSON.stringify(value)); } catch { /* the choice holds for this page */ }
  }

  // As src/i18n chooses.
  function best(tags) {
    for (const tag of tags) {
      const [first] = tag.toLowerCase().split("-");
      if (first === "en" || first === "ja") return first;
      if (first === "zh") return /hant|-(tw|hk|mo)$/i.test(tag) ? "zh-Hant" : "zh-Hans";
    }
    return "en";
  }

  function say(id) {
    const text = texts[root.lang]?.[id] ?? "";
    if (id === "join-text" && company) return own[root.lang] ?? own.en ?? Object.values(own)[0] ?? text.replaceAll("{company}", company);
    return text.includes("{company}") ? company && text.replaceAll("{company}", company) : text;
  }

  function speak(language) {
    root.lang = select.value = language;
    for (const part of shell.querySelectorAll("[data-text]")) part.textContent = say(part.dataset.text) || part.textContent;
    for (const part of shell.querySelectorAll("[data-label]")) part.setAttribute("aria-label", say(part.dataset.label));
  }

  // Someone in the middle of the steps sees the step, which the application knows.
  function isFirstStep() {
    const step = typeof history.state === "string" ? history.state.split(":")[1] : undefined;
    if (step && !["company", "form", "first"].includes(step)) return false;
    if (place === "login") return !kept("login.code-waits") && !matchMedia("(display-mode: standalone)").matches;
    return place === "r" ? kept("registration")?.[0] !== name : kept("onboarding") !== name;
  }

  function show() {
    form.hidden = false;
    shell.querySelector(".shell__wait-card").hidden = true;
    const field = [...form.querySelectorAll("input")].find((it) => it.offsetParent);
    if (place === "login" && !field.value) field.value = kept("company") ?? "";
    if (document.activeElement === document.body) field.focus();
  }

  // Who asks, and how: what the application asks for as well (src/client).
  async function describe() {
    const address = place === "r" ? `/api/registration/${name}` : `/api/onboarding/${name}`;
    const response = await fetch(address);
    if (!response.ok) return;
    const found = await response.json();
    if (found.is_open === false) return void (form.hidden = true);
    company = found.company;
    own = found.form_text ?? {};
    for (const part of form.querySelectorAll("[data-by]")) if ((part.dataset.by === "email") !== found.by_email) part.remove();
    speak(root.lang);
    if (place === "miniapp") show();
  }

  speak(best([kept("language"), ...navigator.languages].filter(Boolean)));
  select.addEventListener("change", () => { keep("language", select.value); speak(select.value); });
  theme.addEventListener("click", () => {
    const dark = (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    root.dataset.theme = dark ? "light" : "dark";
    keep("theme", root.dataset.theme);
  });
  shell.querySelector("a[href='#shell-company-help']").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("shell-company-help").hidden = false;
  });
  shell.addEventListener("compositionstart", () => { shell.dataset.composing = ""; });
  shell.addEventListener("compositionend", () => { delete shell.dataset.composing; });
  // Enter waits visibly for the application, which then goes on; whoever types on has not finished.
  shell.addEventListener("submit", (event) => {
    event.preventDefault();
    event.target.dataset.submitted = "";
    event.target.querySelector("button").setAttribute("aria-busy", "true");
  });
  shell.addEventListener("input", (event) => {
    delete event.target.form?.dataset.submitted;
    event.target.form?.querySelector("button").removeAttribute("aria-busy");
  });
  if (form && isFirstStep()) {
    if (place !== "login") describe().catch(() => { /* the application says what is wrong */ });
    if (place !== "miniapp") show();
  }
})();
