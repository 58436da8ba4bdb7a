// What pages gain from a script: evidence opens in a drawer beside the fact, and the search box answers while
// one types. Each is an ordinary link or form, so a page without this file loses comfort and nothing else.
import htmx from "htmx.org/dist/htmx.esm.js";

const drawer = document.getElementById("drawer");
const body = document.getElementById("drawer-body");
let opener = null;

function plainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

async function openDrawer(link) {
  const address = new URL(link.href || link.href?.baseVal, location.href);
  address.searchParams.set("part", "drawer");
  opener = link;
  await htmx.ajax("GET", address.pathname + address.search, { target: "#drawer-body", swap: "innerHTML" });
  if (!drawer.open) drawer.showModal();
  body.scrollTop = 0;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.ev");
  if (!link || !drawer || !plainClick(event)) return;
  event.preventDefault();
  const address = typeof link.href === "string" ? link.href : link.href.baseVal;
  openDrawer({ href: new URL(address, location.href).href, focus: () => link.focus() });
});

drawer?.addEventListener("close", () => opener?.focus());
drawer?.addEventListener("click", (event) => {
  if (event.target === drawer) drawer.close();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy)?.textContent ?? "";
  await navigator.clipboard.writeText(text.trim());
  button.textContent = "Copied";
});
// A button that only a script can serve stays hidden until there is one.
function reveal(root) {
  for (const button of root.querySelectorAll("button[data-copy][hidden]")) button.hidden = false;
}
reveal(document);
document.addEventListener("htmx:after:swap", () => reveal(document));

// n and p walk through the highlighted mentions or hits of a page.
let place = -1;
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, .cm-editor, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q")?.focus();
    return;
  }
  if (event.key !== "n" && event.key !== "p") return;
  const marks = [...document.querySelectorAll("main mark a, main .hit a")];
  if (!marks.length) return;
  place = (place + (event.key === "n" ? 1 : -1) + marks.length) % marks.length;
  marks[place].focus();
  marks[place].scrollIntoView({ block: "center" });
});
