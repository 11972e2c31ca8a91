/* The waveform and its ruler on a canvas: only what is in view, in the colours of the page. */
const PITCH = 3, THICK = 1.8;                                   // pixels from bar to bar, and of a bar
const STEPS = [.05, .1, .2, .5, 1, 2, 5, 10, 15, 30, 60, 300, 900];   // s between two ticks
const TICK = 84;                                                // pixels: no two ticks are nearer
const COLOURS = ['sung', 'unlit', 'light', 'quiet', 'line', 'sure', 'listen', 'doubt'];

export class Wave {
  levels = new Uint8Array();
  #canvas; #context; #probe; #colours = null;

  constructor(canvas, probe) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    this.#probe = probe;
    new MutationObserver(() => this.restyle()).observe(document.documentElement, { attributes: true });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.restyle());
  }

  /** Have the page's colours read anew before the next drawing. */
  restyle() {
    this.#colours = null;
    this.onrestyle?.();
  }

  get ruler() { return (this.#colours ??= this.#read()).ruler; }

  resize(width, height) {
    const dense = Math.min(3, devicePixelRatio || 1);
    this.#canvas.width = Math.round(width * dense);
    this.#canvas.height = Math.round(height * dense);
    this.#context.setTransform(dense, 0, 0, dense, 0, 0);
    this.width = width;
    this.height = height;
    this.#colours = null;
  }

  /** Draw `view` with the sound at `ms`. `edges`: `[ms, kind, bright]`; `lit`: stretches `{start, end}` of light,
   *  of which the last lights its bars. */
  draw(view, ms, edges, lit) {
    const context = this.#context, colours = this.#colours ??= this.#read(), top = colours.ruler, mid = (top + this.height) / 2;
    context.clearRect(0, 0, this.width, this.height);
    context.fillStyle = colours.light;
    for (const { start, end } of lit) {
      context.globalAlpha = .1;
      context.fillRect(view.x(start), top, (end - start) * view.pps / 1000, this.height - top);
    }
    this.#ruler(view, colours);
    for (const [at, kind, bright] of edges) {
      const x = Math.round(view.x(at)) + .5;
      context.globalAlpha = bright ? .9 : .3;
      context.strokeStyle = colours[kind] ?? colours.quiet;
      this.#path(path => { path.moveTo(x, top); path.lineTo(x, this.height); }, 1);
    }
    this.#bars(view, ms, lit.at(-1), mid, this.height - top, colours);
  }

  #bars(view, ms, lit, mid, room, colours) {
    const context = this.#context, each = PITCH * 1000 / view.pps, first = Math.max(0, Math.floor(view.left / each));
    const last = Math.min(Math.ceil(view.right / each), Math.ceil(this.levels.length * 10 / each));
    const paths = { heard: new Path2D(), ahead: new Path2D(), lit: new Path2D() };
    for (let n = first; n < last; n++) {
      const start = n * each, x = view.x(start) + PITCH / 2;
      const high = Math.max(1.2, this.#loud(start, start + each) / 255 * room * .44);
      const path = lit && start >= lit.start && start < lit.end ? paths.lit : start < ms ? paths.heard : paths.ahead;
      path.moveTo(x, mid - high);
      path.lineTo(x, mid + high);
    }
    context.lineWidth = THICK;
    context.lineCap = 'round';
    for (const [name, colour, alpha] of [['heard', 'sung', .8], ['ahead', 'unlit', .75], ['lit', 'light', 1]]) {
      context.globalAlpha = alpha;
      context.strokeStyle = colours[colour];
      context.stroke(paths[name]);
    }
    context.globalAlpha = 1;
  }

  /* The loudest hundredth between two times; a time between two hundredths is between them. */
  #loud(start, end) {
    const from = start / 10, upto = end / 10, { levels } = this;
    if (upto - from < 1) {
      const n = Math.floor(from), share = from - n;
      return (levels[n] ?? 0) * (1 - share) + (levels[n + 1] ?? 0) * share;
    }
    let most = 0;
    for (let n = Math.floor(from); n < upto && n < levels.length; n++) most = Math.max(most, levels[n]);
    return most;
  }

  #ruler(view, colours) {
    const context = this.#context, step = STEPS.find(one => one * view.pps >= TICK) ?? STEPS.at(-1);
    context.globalAlpha = 1;
    context.fillStyle = colours.quiet;
    context.strokeStyle = colours.line;
    context.font = colours.font;
    context.textBaseline = 'middle';
    for (let n = Math.max(0, Math.floor(view.left / 1000 / step)); n * step * 1000 <= Math.min(view.right, view.duration); n++) {
      const x = Math.round(view.x(n * step * 1000)) + .5;
      this.#path(path => { path.moveTo(x, colours.ruler * .25); path.lineTo(x, colours.ruler * .7); }, 1);
      context.fillText(clockface(n * step, step < 1 ? (step < .1 ? 2 : 1) : 0), x + 6, colours.ruler * .48);
    }
  }

  #path(draw, width) {
    const path = new Path2D();
    draw(path);
    this.#context.lineWidth = width;
    this.#context.lineCap = 'butt';
    this.#context.stroke(path);
  }

  #read() {
    const style = getComputedStyle(this.#probe), colours = {};
    for (const name of COLOURS) {
      this.#probe.style.color = `var(--${name})`;
      colours[name] = style.color;
    }
    return { ...colours, font: `12px ${style.fontFamily}`, ruler: parseFloat(style.getPropertyValue('--ruler')) };
  }
}

/** Seconds as 1:47, or 1:47.3 with `digits` after the point. */
export function clockface(seconds, digits = 0) {
  const unit = 10 ** digits, all = Math.max(0, Math.floor(seconds * unit + 1e-6)), rest = all % (60 * unit);
  const whole = String(Math.floor(rest / unit)).padStart(2, '0');
  return `${Math.floor(all / unit / 60)}:${whole}${digits ? `.${String(rest % unit).padStart(digits, '0')}` : ''}`;
}
