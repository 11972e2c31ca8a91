/* Texts by BCP 47 tag, and the one to show: as core/texts.py chooses, but for the scripts, which the server wrote. And the
   layers of the words. */
const RTL = /^(ar|fa|ur|ug|he)\b|-Arab\b/;

/** The text in the first of the wanted tags that there is, else in the same language, else any: `{text, tag}`. */
export function choose(texts, wanted) {
  const tags = Object.keys(texts ?? {}).filter(tag => texts[tag].trim());
  for (const want of wanted) {
    const tag = tags.find(one => full(one) === full(want)) ?? tags.find(one => one.split('-')[0] === want.split('-')[0]);
    if (tag) return { text: texts[tag], tag };
  }
  return tags.length ? { text: texts[tags[0]], tag: tags[0] } : { text: '', tag: '' };
}

/** The layers to sing from: each language and script once. A translation into a language that is sung anyhow, as of the
    Russian lines of a Kazakh song, is for beneath. */
export function toSing(layers) {
  const sung = new Set(layers.filter(layer => layer.kind !== 'translation').map(language));
  return layers.filter(layer => layer.kind !== 'translation' || !sung.has(language(layer)));
}

function language({ tag }) { return tag.split('-')[0]; }

export function direction(tag) { return RTL.test(tag) ? 'rtl' : 'ltr'; }

function full(tag) { return tag === 'kk' ? 'kk-Cyrl' : tag; }
