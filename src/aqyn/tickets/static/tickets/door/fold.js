/* One small alphabet for every spelling of a name: the same as `core.script.folding`, whose tables stand here again because
 * a query is folded without a network. A test holds both against each other. */
const pairs = (from, to) => [...from].map((letter, k) => [letter, to[k]]);
const LETTERS = new Map([
  ...pairs('абвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэ', 'abvggdejziikklmnnooprstuuufhhssssiie'),
  ['ә', 'a'], ['ё', 'io'], ['ю', 'iu'], ['я', 'ia'], ['ъ', ''], ['ь', ''],
  ...pairs('ўӯəɵҗїґј', 'uuaojigi'),
  ...pairs('äáəğǵıïíīñŋńöóşšșçčūüúwýyqxžɨłøßæ', 'aaaggiiiinnnoosssssuuuuuikhjilosa'),
  ...pairs('اآأإٱبپتطثجچحخھهہةەېدذرزژضظس', 'aaaaabpttsjshhheeeeedzrzjzzs'),
  ...pairs('صشعغفقكکگلمنڭوۇۋۆۈۅىيیؤ', 'ssggfkkkglmnnouuvuoiiio'),
  ...[...'ئءٴـ\u200c\u200d\'’ʼ‘`´ʹʺ·'].map(letter => [letter, '']),
]);
const DIGRAPHS = { dsch: 'j', dzh: 'j', zh: 'j', dj: 'j', shch: 's', tsch: 's', sch: 's', tch: 's', sh: 's', ch: 's', ts: 's', kh: 'h', gh: 'g', ng: 'n', ck: 'k' };
const DIGRAPH = new RegExp(Object.keys(DIGRAPHS).sort((one, other) => other.length - one.length).join('|'), 'g');
const lettered = text => [...text].map(letter => LETTERS.get(letter) ?? letter).join('');

/* Every script's digits begin at a multiple of ten from a zero: those of Arabic letters, Persian and Urdu, and wide ones. */
function digit(letter) {
  const at = letter.codePointAt(0), zero = [0x30, 0x660, 0x6f0, 0xff10].find(start => at >= start && at < start + 10);
  return zero === undefined ? letter : String(at - zero);
}

function once(text) {
  const small = text.normalize('NFKC').replace(/[Iİ]/g, letter => letter === 'I' ? 'ı' : 'i').toLowerCase().normalize('NFC');
  const bare = lettered(small).normalize('NFKD').replace(/\p{M}/gu, '');
  return lettered(bare).replace(/\p{Nd}/gu, digit).replace(DIGRAPH, found => DIGRAPHS[found])
    .replace(/(\p{L})\1+/gu, '$1').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** "Қызылорда", "Qyzylorda", "Kyzylorda" and "قىزىلوردا" are all "kizilorda". */
export function fold(text) {
  for (let before = text; ;) {
    const after = once(before);
    if (after === before) return after;
    before = after;
  }
}
