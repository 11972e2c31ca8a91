/* The desk first: what brings it the waveform looks for it above. */
import './desk.js';
import './levels.js';
