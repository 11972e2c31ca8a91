/* The elements of the captions page. The page first: the others look for it above them when they begin. */
import '../hall/live.js';
import '../hall/signal.js';
import '../hall/views.js';
import '../hall/notice.js';
import './lines.js';
import './looks.js';
import '../hall/choice.js';
import '../hall/sizes.js';
import '../hall/awake.js';
import '../hall/dark.js';
