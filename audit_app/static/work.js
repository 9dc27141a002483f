// Keeps the page of a piece of long work up to date. Without it the page asks again every few seconds by itself.
//
// The position is asked for as JSON; when the situation has changed, the page is loaded again, which leads on when done.

const EVERY = 1000;
const AFTER_TROUBLE = 5000;
const SPOKEN_EVERY = 20000; // what is read aloud: often enough to know that it goes on, seldom enough to bear

const work = document.querySelector("[data-work]");
const part = (name) => work.querySelector(`[data-work-${name}]`);
const service = document.title.split(" – ").at(-1);
let spokenAt = Date.now();

function show(now) {
  document.title = `${now.headline}: ${work.dataset.title} – ${service}`;
  part("headline").textContent = now.headline;
  const [bar, words] = [part("bar"), part("words")];
  if (words && now.words) words.textContent = now.words;
  if (bar && now.total) {
    bar.max = now.total;
    bar.value = Math.min(now.done, now.total);
  }
  if (now.words && Date.now() - spokenAt > SPOKEN_EVERY) {
    spokenAt = Date.now();
    part("status").textContent = `${now.headline}. ${now.words}`;
  }
}

async function look() {
  let pause = EVERY;
  try {
    const answer = await fetch(work.dataset.work, { headers: { Accept: "application/json" }, redirect: "manual" });
    const json = answer.ok && (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 404) return location.reload();
    if (!json) throw new Error("no position");
    const now = await answer.json();
    if (now.situation !== work.dataset.situation) return location.reload();
    show(now);
  } catch {
    pause = AFTER_TROUBLE; // the service may be starting again: the page waits for it
  }
  return setTimeout(look, pause);
}

if (work) setTimeout(look, EVERY);
