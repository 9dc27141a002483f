"""The keyboard alone: what is wanted is found by Tab, and where one is can be seen at every stop."""

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 400
# Remembers how everything looks that the keyboard has not reached; then looks at where it is: whether that can be
# seen, and on which side of it the wanted thing lies (of radios any of the group: arrows lead from one to the next).
LOOK = """(wanted) => {
  const looks = (window.looksWithoutFocus ??= new WeakMap());
  const parts = (el) => [el, ...(el.labels || [])].flatMap((one) => [[one, null], [one, "::before"], [one, "::after"]]);
  const look = (el) => parts(el).map(([one, part]) => {
    const style = getComputedStyle(one, part);
    const outline = style.outlineStyle === "none" || /, 0\\)$/.test(style.outlineColor) ? "" : style.outline;
    const border = style.borderTopWidth === "0px" ? "" : style.borderTop;
    return [outline, style.boxShadow, style.backgroundColor, border].join("|");
  }).join("\\n");
  const at = document.activeElement;
  const stops = "a[href], button, input, select, textarea, summary, [tabindex]";
  for (const el of document.querySelectorAll(stops)) {
    if (el !== at && !looks.has(el) && el.checkVisibility()) looks.set(el, look(el));
  }
  const named = (el) => `<${el.tagName.toLowerCase()}> ${(el.innerText || el.name || el.id || "").trim().slice(0, 40)}`;
  const unseen = [];
  if (at && at !== document.body && at.matches(stops) && at.tabIndex >= 0) {
    if (looks.has(at) && looks.get(at) === look(at)) unseen.push(`focus does not show on ${named(at)}`);
    const box = at.getClientRects()[0]; // the first line, where words go on over several
    const x = Math.max(0, Math.min(innerWidth - 1, box.left + Math.min(box.width, 20) / 2));
    const y = Math.max(0, Math.min(innerHeight - 1, box.top + Math.min(box.height, 20) / 2));
    const hit = document.elementFromPoint(x, y);
    const own = [at, ...(at.labels || [])];
    if (box.bottom < 0 || box.top > innerHeight) unseen.push(`focus is out of the window on ${named(at)}`);
    else if (hit && !own.some((one) => one.contains(hit) || hit.contains(one))) {
      unseen.push(`${named(at)} has focus and is covered by ${named(hit)}`);
    }
  }
  const same = at === wanted ||
    (wanted.type === "radio" && at.type === "radio" && at.name === wanted.name && at.form === wanted.form);
  const behind = at && at !== document.body && wanted.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
  return { where: same ? "here" : behind ? "behind" : "ahead", unseen };
}"""


class Keyboard:
    """Hands on the keys of one tab."""

    def __init__(self, page: Page, wrong: list[str]) -> None:
        self.page, self.wrong = page, wrong

    def reach(self, target: Locator) -> None:
        """Go to something by Tab, or Shift+Tab where it lies behind."""
        expect(target).to_be_visible()
        wanted = target.element_handle()
        for _ in range(MOST_STOPS):
            seen = self.page.evaluate(LOOK, wanted)
            self.wrong += [f"{self.page.url}: {what}" for what in seen["unseen"]]
            if seen["where"] == "here":
                return
            self.page.keyboard.press("Tab" if seen["where"] == "ahead" else "Shift+Tab")
        raise AssertionError(f"{target} cannot be reached with the keyboard on {self.page.url}")

    def enter(self, target: Locator) -> None:
        """Follow a link or press a button."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, box: Locator, words: str) -> None:
        """Write in a box, in place of what stood there."""
        self.reach(box)
        self.page.keyboard.press("Control+A")
        if not words:
            self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(words)

    def tick(self, box: Locator) -> None:
        """Tick a box that is not ticked."""
        self.reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def choose(self, radio: Locator) -> None:
        """Choose one of a group, by arrows from where Tab leads."""
        self.reach(radio)
        for _ in range(40):
            if radio.evaluate("el => el === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not radio.is_checked():
            self.page.keyboard.press("Space")

    def pick(self, select: Locator, value: str) -> None:
        """Pick from a list that drops down, by arrows."""
        self.reach(select)
        steps = "(el, value) => [...el.options].findIndex((one) => one.value === value) - el.selectedIndex"
        away = int(select.evaluate(steps, value))
        for _ in range(abs(away)):
            self.page.keyboard.press("ArrowDown" if away > 0 else "ArrowUp")
