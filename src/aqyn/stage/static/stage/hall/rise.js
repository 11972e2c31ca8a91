/* A line that turns: each word of the next line is carried from its small place to its large one, the line before it
   leaves upwards. Everything is laid out at once, in its last place; only transforms and opacity move there. */
const TIMING = { duration: 420, easing: 'cubic-bezier(.25, .6, .2, 1)' };
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Where these words are seen now, under whatever still moves them. */
export function places(words) { return words.map(word => word.getBoundingClientRect()); }

/** Carry `words` from where they were seen to where they now stand. */
export function carry(words, from) {
  if (still.matches) return;
  words.forEach((word, i) => {
    const to = word.getBoundingClientRect(), was = from[i];
    if (!was?.width || !to.width) return;
    const scale = was.height / to.height, rtl = getComputedStyle(word).direction === 'rtl';
    const x = (rtl ? was.right - to.right : was.left - to.left), y = was.top - to.top;
    word.animate([
      { transformOrigin: rtl ? 'right top' : 'left top', transform: `translate(${x}px, ${y}px) scale(${scale})` },
      { transformOrigin: rtl ? 'right top' : 'left top', transform: 'none' },
    ], TIMING);
  });
}

export function fadeIn(element) {
  if (!still.matches) element.animate([{ opacity: 0 }, { opacity: 0, offset: 0.45 }, { opacity: 1 }], TIMING);
}

/** A picture of `element` as it stands, for the eye alone; `leave()` lets it rise out of sight. */
export function shadow(element) {
  if (still.matches || !element.firstChild) return { leave() {} };
  const copy = element.cloneNode(true), box = element.offsetParent;
  copy.className = 'gone';
  copy.setAttribute('aria-hidden', 'true');
  copy.removeAttribute('aria-live');
  copy.inert = true;
  const style = getComputedStyle(element.querySelector('.main') ?? element);
  copy.style.setProperty('--stood', style.fontSize);
  Object.assign(copy.style, { top: `${element.offsetTop}px`, left: `${element.offsetLeft}px`, width: `${element.offsetWidth}px` });
  return {
    leave() {
      box.append(copy);
      copy.animate([{ opacity: 1, transform: 'none' }, { opacity: 0, transform: 'translateY(-1.2rem)' }], { ...TIMING, duration: 180, fill: 'forwards' })
        .finished.then(() => copy.remove(), () => copy.remove());
    },
  };
}
