/* Makes what was pasted into an editor as the house keeps it: every line end is the same, and what nobody sees is gone
   (core/texts.py). What stands behind the caret is so already, and the caret stays before it. */
const ENDS = /[\v\f\x1c-\x1e\x85\u2028\u2029]/g;
const UNSEEN = /[\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g;

export function tidy(editor) {
  const { value, selectionEnd } = editor;
  const text = value.replace(ENDS, '\n').replace(UNSEEN, '');
  if (text === value) return;
  editor.value = text;
  const caret = text.length - (value.length - selectionEnd);
  editor.setSelectionRange(caret, caret);
}
