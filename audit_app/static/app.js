// Starts the GOV.UK and MoJ components and the few of our own. Every page works without it.
import { initAll } from "./vendor/govuk-frontend-6.3.0/govuk-frontend.min.js";

initAll();

if (document.querySelector('[data-module^="moj-"]')) {
  const moj = await import("./vendor/moj-frontend-11.1.0/moj-frontend.min.js");
  moj.initAll();
}

// A radio shows what belongs to it. The GOV.UK script would set aria-expanded, which a radio may not have.
function reveal() {
  for (const radio of document.querySelectorAll("input[type=radio][data-reveals]")) {
    document.getElementById(radio.dataset.reveals).classList.toggle("govuk-radios__conditional--hidden", !radio.checked);
  }
}
document.addEventListener("change", reveal);
window.addEventListener("pageshow", reveal);

// The account menu closes on Escape and on a click elsewhere.
for (const account of document.querySelectorAll("[data-account]")) {
  document.addEventListener("click", (event) => {
    if (!account.contains(event.target)) account.open = false;
  });
  account.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !account.open) return;
    account.open = false;
    account.querySelector("summary").focus();
  });
}

// Filters and sections fold away on a phone; without scripts they stand above what they lead to.
const phone = window.matchMedia("(max-width: 48.0525em)");
for (const [index, part] of document.querySelectorAll("[data-folds]").entries()) {
  part.id ||= `folds-${index + 1}`;
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "govuk-button govuk-button--secondary fold";
  toggle.setAttribute("aria-controls", part.id);
  const show = (shown) => {
    part.hidden = phone.matches && !shown;
    toggle.setAttribute("aria-expanded", String(!part.hidden));
    toggle.textContent = `${part.hidden ? "Show" : "Hide"} ${part.dataset.folds}`;
  };
  part.before(toggle);
  toggle.addEventListener("click", () => show(part.hidden));
  phone.addEventListener("change", () => show(false));
  show(false);
}

// Boxes for long words grow with them, where the browser does not do it by itself.
if (!CSS.supports("field-sizing", "content")) {
  const grow = (box) => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  };
  for (const box of document.querySelectorAll("textarea.grows")) {
    grow(box);
    box.addEventListener("input", () => grow(box));
  }
}

// Paper shows what a click would have opened.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

// Signing out leaves nothing of the person's behind in this tab.
for (const form of document.querySelectorAll("[data-sign-out]")) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft:")) sessionStorage.removeItem(key);
  });
}
