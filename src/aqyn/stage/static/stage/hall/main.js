/* The elements of the hall on a phone. The page first: the others look for it above them when they begin. */
import './live.js';
import './signal.js';
import './views.js';
import './notice.js';
import './lines.js';
import './choice.js';
import './sizes.js';
import './awake.js';
import './dark.js';
