/* Scrolls to the sung line: in the words' own window where they have one, else the page. Whoever scrolls away by hand
   is left alone until they ask to be brought back, or scroll back themselves. */
const ANCHOR = 0.36;   // the sung line stands this far down the window
const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Follow {
  #box; #back; #line = null; #away = false; #look = 0;

  constructor(box, back) {
    this.#box = box;
    this.#back = back;
    const left = () => {
      if (!this.#line) return;
      this.#away = true;
      this.#settle();
    };
    for (const name of ['wheel', 'touchmove']) addEventListener(name, left, { passive: true });
    addEventListener('keydown', event => { if (/^(Page|Home|End|Arrow(Up|Down))/.test(event.code)) left(); });
    addEventListener('scroll', () => { if (this.#away) this.#settle(); }, { passive: true, capture: true });
    back.addEventListener('click', () => this.return());
    this.scrolls = () => box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== 'visible';
  }

  /** Follow to `item`, `lift` px below its place, `height` px tall. */
  to(item, lift, height) {
    this.#line = { item, lift, height };
    this.#ask();
    if (!this.#away) this.#scroll();
  }

  /* Ask once the scrolling has come to rest: a finger lets go long before that. */
  #settle() {
    clearTimeout(this.#look);
    this.#look = setTimeout(() => this.#ask(), 300);
  }

  /* Away, or back by themselves: then there is nothing to ask. */
  #ask() {
    if (this.#away && this.#line && this.#near()) this.#away = false;
    this.#back.hidden = !this.#away || !this.#line;
  }

  return() {
    this.#away = false;
    this.#back.hidden = true;
    this.#scroll();
  }

  stop() {
    this.#line = null;
    this.#back.hidden = true;
  }

  #scroll() {
    if (!this.#line) return;
    const inside = this.scrolls(), { item, lift, height } = this.#line;
    const view = inside ? this.#box.clientHeight : innerHeight;
    // A tall line is shown whole rather than at its usual place.
    const top = place(item, inside ? this.#box : null) + lift - Math.min(view * ANCHOR, Math.max(0, view - height) / 2);
    (inside ? this.#box : window).scrollTo({ top, behavior: still.matches ? 'instant' : 'smooth' });
  }

  #near() {
    const view = this.scrolls() ? this.#box.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    const line = this.#line.item.getBoundingClientRect();
    return line.top > view.top && line.bottom < view.bottom;
  }
}

/* Where an element stands in the page or in `box`, transforms left out of account. */
function place(element, box) {
  let top = 0;
  for (let e = element; e && e !== box; e = e.offsetParent) top += e.offsetTop;
  return top;
}
