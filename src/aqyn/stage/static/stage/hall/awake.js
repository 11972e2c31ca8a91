/* <aqyn-awake>: the screen stays lit while the hall is open. Its own text says where a browser forbids that. */
import { Awake } from '../../songs/awake.js';

const OPEN = new Set(['wait', 'run', 'hold', 'hand', 'over']);

class AqynAwake extends HTMLElement {
  connectedCallback() {
    const live = this.closest('aqyn-live'), open = () => OPEN.has(live.state);
    const awake = new Awake(open);
    for (const name of ['position', 'link']) live.hear(name, () => {
      awake.check();
      this.hidden = !(open() && Awake.withheld);
    });
  }
}
customElements.define('aqyn-awake', AqynAwake);
