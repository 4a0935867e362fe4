/**
 * Which elements and attributes are taken how.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

/** @param {string} tags */
var setOf = (tags) => new Set(tags.split(" "));

var VOID = setOf("area base br col embed hr img input link meta param source track wbr");

/** Never written, with all they hold. */
var LEFT_OUT = setOf("style template base");

/** Written without what they hold: that was typed or chosen, or is shown only where the element fails. */
var WITHOUT_CONTENT = setOf("iframe frame canvas textarea noembed noframes selectedcontent");

/** Never rendered by nature, yet they say what the page is. */
var METADATA = setOf("head title meta link script source track param area");

/** Never copied from what the browser writes, besides hosts of shadow trees. */
var BY_HAND = setOf(
  "html head body frameset frame iframe script style template noscript noembed noframes xmp plaintext canvas " +
    "textarea base link meta input option selectedcontent pre listing slot details",
);

/** Steps on the way through a copy; all other elements need none by their name. */
var STEPS = new Set([...BY_HAND, ...VOID, "svg", "math"]);

/** In a selection these stand for themselves, without text in them. */
var SHOWS_ITSELF = setOf("img hr video audio canvas iframe embed object");
var LINKS_TO_KEEP = /\b(?:canonical|alternate|amphtml|author|license|icon|image_src|next|prev|shortlink)\b/i;

var PRAGMAS_TO_KEEP = /^content-language$/i;
var LEFT_OUT_NAMES = /^(?:on[a-z]+|data-personae-.*|srcdoc|nonce)$/i;

/** What the browser writes in a start tag that is not to be copied as it is; in text it means nothing. */
var SIGNS = / on[a-z]+="| data-personae-| srcdoc="| nonce="| hidden="| contenteditable="|javascript:|blob:|data:/gi;

/** What cannot be copied with a drawing or a formula that holds it. */
var NOT_DRAWING = /<(?:!|svg|script|style|foreignObject)/i;
var NOT_FORMULA = /<(?!\/|m(?!ath)|semantics|annotation[ >])/;

var ADDRESSES = /^(?:href|src|poster|cite|data-src)$/;
var JSON_LD = /^\s*application\/ld\+json\b/i;
