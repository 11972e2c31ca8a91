/* The song page's elements. The song first: the others look for it above them when they begin. */
import './song.js';
import './choice.js';
import './lyrics.js';
import './player.js';
import './wave.js';
import './tools.js';
import './keys.js';
import './hall.js';
import './device.js';
import './pool.js';
