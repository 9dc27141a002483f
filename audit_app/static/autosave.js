// Keeps the work of forms marked data-autosave safe while people write, and says so. It never moves the focus.
//
// The form is posted with the header X-Requested-With: autosave to its action (or data-autosave-url).
// Answers: 200 {saved_at, version}; 401 the session has ended; 409 somebody changed the same thing; 422 {reason}.

const PAUSE = 2000; // after the last key
const LONGEST = 20000; // while somebody writes without a pause
const TIMEOUT = 15000;
const RETRIES = [5000, 10000, 20000, 40000, 60000];
const NOT_WORK = new Set(["csrf_token", "version"]);

const clock = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", hour12: true, timeZone: "Europe/London" });

function inWords(savedAt) {
  const moment = savedAt ? new Date(savedAt) : new Date();
  if (savedAt && (!/^\d{4}-\d\d-\d\dT/.test(savedAt) || Number.isNaN(moment.valueOf()))) return savedAt;
  return clock.format(moment).replace(/\s/g, "");
}

function work(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_WORK.has(name));
}

function keep(form) {
  const url = new URL(form.dataset.autosaveUrl || form.getAttribute("action") || "", document.baseURI);
  const draftKey = `draft:${url.pathname}${url.search}`;
  const person = document.body.dataset.person || "";
  const status = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
  const snapshot = () => JSON.stringify(work(form));

  let saved = snapshot();
  let kept = null; // what stands in the local draft
  let refused = null; // what the server would not take as it stood
  let stopped = false; // after a conflict nothing is sent by itself
  let ended = false; // the session has ended: changes go to the local draft
  let sending = null;
  let leaving = false;
  let timer = 0;
  let waitingSince = 0;
  let failures = 0;

  function say(words, tone = "", link = null) {
    if (!status) return;
    const text = link ? `${words} ${link.text}` : words;
    if (status.textContent === text) return; // the same minute: nothing new to announce
    status.className = `autosave-status${tone ? ` autosave-status--${tone}` : ""}`;
    status.replaceChildren(words);
    if (!link) return;
    const anchor = document.createElement("a");
    anchor.className = "govuk-link";
    anchor.href = link.href;
    anchor.textContent = link.text;
    if (link.newTab) {
      anchor.target = "_blank";
      anchor.rel = "noopener";
    }
    status.append(" ", anchor);
  }

  const version = () => form.elements.namedItem("version");
  const unsaved = () => snapshot() !== saved;

  function keepLocally() {
    const now = snapshot();
    try {
      sessionStorage.setItem(draftKey, JSON.stringify({ person, version: version()?.value ?? "", entries: work(form) }));
      kept = now;
      return true;
    } catch {
      return false;
    }
  }

  function sessionEnded() {
    ended = true;
    const again = { text: "Sign in again", href: window.location.href };
    if (keepLocally()) {
      say("Your session has ended. What you typed is kept in this tab, and is put back when you have signed in.", "trouble", again);
    } else {
      say("Your session has ended, and this browser cannot keep what you typed. Copy it before you leave this page.", "trouble", {
        ...again,
        text: "Sign in again in a new tab",
        newTab: true,
      });
    }
  }

  function conflict(answer) {
    stopped = true;
    say(`${answer.reason || "Somebody changed this after you opened it."} Nothing that you typed is lost: keep this page open.`, "trouble", {
      text: "Open the latest version in a new tab to compare",
      href: form.dataset.compareUrl || window.location.href,
      newTab: true,
    });
  }

  function later() {
    const wait = RETRIES[Math.min(failures, RETRIES.length - 1)];
    failures += 1;
    say(
      navigator.onLine
        ? "Not saved yet. We are trying again; keep this page open."
        : "You are not connected. Keep this page open: your work is saved when the connection is back.",
      "trouble",
    );
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  function done(answer, sent) {
    failures = 0;
    saved = sent;
    refused = null;
    const field = version();
    if (field && answer.version !== undefined) field.value = answer.version;
    sessionStorage.removeItem(draftKey);
    for (const draft of form.querySelectorAll(".draft")) draft.remove();
    say(`Saved at ${inWords(answer.saved_at)}`);
    if (unsaved()) schedule();
  }

  async function post(sent) {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    let response;
    let answer = {};
    try {
      response = await fetch(url, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "autosave", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if ((response.headers.get("Content-Type") || "").includes("json")) answer = await response.json();
    } catch {
      later();
      return;
    }
    if (response.ok) done(answer, sent);
    else if (response.type === "opaqueredirect" || response.status === 401 || response.status === 400) sessionEnded();
    else if (response.status === 409) conflict(answer);
    else if (response.status === 422) {
      refused = sent;
      say(answer.reason || "Not saved yet: an answer needs changing. Save to see which.", "trouble");
    } else if (response.status === 429 || response.status >= 500) later();
    else {
      stopped = true;
      say(answer.reason || "This can no longer be saved from here. Copy what you typed before you leave this page.", "trouble");
    }
  }

  async function send() {
    clearTimeout(timer);
    waitingSince = 0;
    const now = snapshot();
    if (sending || stopped || ended || leaving || now === saved || now === refused) return;
    sending = post(now);
    await sending;
    sending = null;
    if (!failures && unsaved()) schedule();
  }

  function schedule() {
    if (stopped || leaving) return;
    if (ended) {
      keepLocally();
      return;
    }
    if (failures) return; // a retry is on its way
    waitingSince ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(PAUSE, waitingSince + LONGEST - Date.now())));
  }

  function fill(entries) {
    const values = new Map();
    for (const [name, value] of entries) values.set(name, [...(values.get(name) || []), value]);
    for (const control of form.elements) {
      if (!control.name || NOT_WORK.has(control.name) || ["hidden", "file", "password", "submit", "button"].includes(control.type)) continue;
      const given = values.get(control.name) || [];
      if (control.type === "radio" || control.type === "checkbox") control.checked = given.includes(control.value);
      else if (given.length) control.value = given.shift();
    }
  }

  function showBeside(entries) {
    const here = new Map(work(form));
    for (const [name, value] of entries) {
      const control = form.elements.namedItem(name);
      if (!value || here.get(name) === value || !(control instanceof HTMLElement)) continue;
      const draft = document.createElement("div");
      draft.className = "draft";
      const head = document.createElement("strong");
      head.textContent = "You typed here before your session ended:";
      draft.append(head, "\n", value);
      control.after(draft);
    }
  }

  function restore() {
    const text = sessionStorage.getItem(draftKey);
    if (!text) return;
    const draft = JSON.parse(text);
    if (draft.person !== person) {
      if (person) sessionStorage.removeItem(draftKey); // somebody else's work is not shown
      return;
    }
    if (JSON.stringify(draft.entries) === saved) {
      sessionStorage.removeItem(draftKey);
    } else if (draft.version === (version()?.value ?? "")) {
      fill(draft.entries);
      say("We put back what you typed before your session ended. It is saved in a moment.", "kept");
      schedule();
    } else {
      showBeside(draft.entries);
      say("This was changed since you typed. What you typed before your session ended is shown beneath each answer.", "kept");
    }
  }

  form.addEventListener("input", schedule);
  form.addEventListener("change", schedule);
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!sending) {
      leaving = true;
      return;
    }
    // One at a time: a save under way would make this one look stale.
    event.preventDefault();
    const { submitter } = event;
    await sending;
    leaving = true;
    form.requestSubmit(submitter);
  });
  window.addEventListener("online", () => {
    if (!failures) return;
    failures = 0;
    send();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !unsaved() || snapshot() === kept) return;
    event.preventDefault();
  });
  restore();
}

for (const form of document.querySelectorAll("form[data-autosave]")) keep(form);
