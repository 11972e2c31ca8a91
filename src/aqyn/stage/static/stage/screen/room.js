/* <aqyn-screen-room>: whatever stands on the screen besides the words, a long text of the crew's too, is set so small that
   all of it is seen. The words see to themselves (hall/lines.js). */
import { fit } from '../hall/fit.js';

class AqynScreenRoom extends HTMLElement {
  connectedCallback() {
    const views = [...this.closest('aqyn-live').querySelectorAll('.still')];
    const again = () => { for (const view of views) fit(view, view); };
    new MutationObserver(again).observe(views[0].parentElement, { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: ['hidden'] });
    new ResizeObserver(again).observe(views[0].parentElement);
  }
}
customElements.define('aqyn-screen-room', AqynScreenRoom);
