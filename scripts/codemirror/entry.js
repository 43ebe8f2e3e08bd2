// What the editor of texts uses of CodeMirror, as one script. The workbench's Content-Security-Policy lets no style into
// the page but its own files, so the styles of CodeMirror go into a constructable style sheet instead of an element.
import { history, historyKeymap, isolateHistory, standardKeymap } from "@codemirror/commands";
import { Annotation, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, WidgetType } from "@codemirror/view";
import { StyleModule } from "style-mod";

const sheet = new CSSStyleSheet();
const known = new Set();
StyleModule.mount = (root, modules) => {
  for (const each of [modules].flat()) known.add(each);
  sheet.replaceSync([...known].map((each) => each.getRules()).join("\n"));
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
};

window.codemirror = {
  Annotation, Decoration, EditorView, StateEffect, StateField, WidgetType,
  history, historyKeymap, isolateHistory, keymap, standardKeymap,
};
