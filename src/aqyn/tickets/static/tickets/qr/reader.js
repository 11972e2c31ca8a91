// <qr-reader>: the camera's picture, and a `code` event with `detail.text` for each code that comes before it.
//
// `start()` asks for the camera and goes on until `stop()`, or until it leaves the page; it rejects with the
// browser's own error where there is none. The attribute `torch` lights the lamp where there is one; `has-torch`
// says so. The same code is told again once it was away for a moment.

const SIDE = 640;
// Away is both: a slow device looks seldom, and a hard code is read by one look in three.
const AWAY_MS = 450;
const AWAY_LOOKS = 3;
const REST_MS = 60;

class QrReader extends HTMLElement {
  static observedAttributes = ["torch"];

  async start() {
    this.stop();
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
      audio: false,
    });
    this.video = document.createElement("video");
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.srcObject = stream;
    this.replaceChildren(this.video);
    await this.video.play();
    this.track = stream.getVideoTracks()[0];
    this.toggleAttribute("has-torch", Boolean(this.track.getCapabilities?.().torch));
    this.light();
    this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.heard(data));
    this.canvas = new OffscreenCanvas(SIDE, SIDE);
    this.look();
  }

  stop() {
    clearTimeout(this.resting);
    this.worker?.terminate();
    this.track?.stop();
    this.worker = this.track = this.text = null;
    this.missed = 0;
    this.removeAttribute("has-torch");
    this.replaceChildren();
  }

  disconnectedCallback() {
    this.stop();
  }

  attributeChangedCallback() {
    this.light();
  }

  light() {
    if (this.hasAttribute("has-torch")) {
      this.track?.applyConstraints({ advanced: [{ torch: this.hasAttribute("torch") }] }).catch(() => {});
    }
  }

  /** Hand the middle of the picture to the worker, as large as it is good for. */
  look() {
    const { videoWidth, videoHeight } = this.video;
    const side = Math.min(videoWidth, videoHeight);
    if (!side) {
      this.rest();
      return;
    }
    const drawn = Math.min(SIDE, side);
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    const [left, top] = [(videoWidth - side) / 2, (videoHeight - side) / 2];
    context.drawImage(this.video, left, top, side, side, 0, 0, drawn, drawn);
    const { data } = context.getImageData(0, 0, drawn, drawn);
    this.worker.postMessage({ rgba: data.buffer, width: drawn, height: drawn }, [data.buffer]);
  }

  heard(text) {
    const now = performance.now();
    if (text) {
      const away = this.missed >= AWAY_LOOKS && now - this.seenAt > AWAY_MS;
      const fresh = text !== this.text || away;
      this.text = text;
      this.seenAt = now;
      this.missed = 0;
      if (fresh) this.dispatchEvent(new CustomEvent("code", { detail: { text }, bubbles: true }));
    } else {
      this.missed++;
    }
    this.rest();
  }

  rest() {
    this.resting = setTimeout(() => this.look(), REST_MS);
  }
}

customElements.define("qr-reader", QrReader);
