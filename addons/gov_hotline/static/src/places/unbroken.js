const ABBREVIATION = /(^|[\s,(])(\p{Ll}{1,5}\.) (?=\S)/gu;

/**
 * An address whose abbreviations stay with what follows: «кв. 3» never ends a line with «кв.».
 *
 * @param {string} [text] an address, or words with one
 */
export function unbroken(text) {
    return text ? text.replace(ABBREVIATION, "$1$2\u00a0") : text;
}
