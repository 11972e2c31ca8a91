/* The songbook's elements. */
import './order.js';
import './book.js';
