// The query page's editor: an ordinary textarea becomes CodeMirror, and stays the field that the form sends.
// Tab moves on, as everywhere else on the web; Ctrl+Space suggests; Ctrl+Enter runs.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const area = document.getElementById("query-text");
const form = area?.form;

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.atom, tags.link, tags.special(tags.string)], color: "var(--summarised)" },
  { tag: tags.string, color: "var(--agreed)" },
  { tag: tags.variableName, color: "var(--launched)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
]);

/** Terms with their labels, from the page's own list; nothing is asked of any server while typing. */
function terms() {
  const source = document.getElementById("terms");
  return source ? JSON.parse(source.textContent) : [];
}

function suggest(options) {
  return (context) => {
    const word = context.matchBefore(/[\w-]+:?[\w-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    return { from: word.from, options, validFor: /^[\w-]*:?[\w-]*$/ };
  };
}

function start() {
  const run = () => {
    form.requestSubmit();
    return true;
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: area.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        highlightActiveLine(),
        lintGutter(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        autocompletion({ override: [suggest(terms())] }),
        keymap.of([...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.lineWrapping,
        EditorView.cspNonce.of(area.dataset.nonce ?? ""),
        EditorView.contentAttributes.of({
          "aria-labelledby": "query-label",
          "aria-describedby": "query-help",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  area.hidden = true;
  area.after(view.dom);
  const line = Number(area.dataset.line);
  if (line >= 1 && line <= view.state.doc.lines) {
    const at = view.state.doc.line(line);
    const from = Math.min(at.from + Math.max(0, Number(area.dataset.column) - 1), at.to);
    const message = area.dataset.message ?? "error";
    view.dispatch(setDiagnostics(view.state, [{ from, to: at.to, severity: "error", message }]));
  }
}

if (area && form) start();
