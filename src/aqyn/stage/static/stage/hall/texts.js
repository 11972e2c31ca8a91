/* Texts by BCP 47 tag, and the one to show: as core/texts.py chooses, but for the scripts, which the server wrote. */
const RTL = /^(ar|fa|ur|ug|he)\b|-Arab\b/;

/** Puts the text nearest to what the reader wants into `element`, with its own `lang` and `dir`. */
export function say(element, texts, wanted) {
  const { text, tag } = choose(texts, wanted);
  element.textContent = text;
  if (tag) { element.lang = tag; element.dir = direction(tag); }
}

/** The text in the first of the wanted tags that there is, else in the same language, else any: `{text, tag}`. */
export function choose(texts, wanted) {
  if (typeof texts === 'string') return { text: texts, tag: '' };
  const tags = Object.keys(texts ?? {}).filter(tag => texts[tag].trim());
  for (const want of wanted) {
    const tag = tags.find(one => full(one) === full(want)) ?? tags.find(one => one.split('-')[0] === want.split('-')[0]);
    if (tag) return { text: texts[tag], tag };
  }
  return tags.length ? { text: texts[tags[0]], tag: tags[0] } : { text: '', tag: '' };
}

export function direction(tag) { return RTL.test(tag) ? 'rtl' : 'ltr'; }

function full(tag) { return tag === 'kk' ? 'kk-Cyrl' : tag; }
