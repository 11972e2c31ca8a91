/* The elements of the big screen: those of the phone's page that show, and its own. The page first: the others look for it. */
import '../hall/live.js';
import '../hall/views.js';
import '../hall/notice.js';
import '../hall/lines.js';
import '../hall/dark.js';
import './layers.js';
import './room.js';
import './teeth.js';
import './signal.js';
import './cause.js';
