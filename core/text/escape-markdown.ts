/** Characters that begin something inside a line of Markdown, in its tables, or in HTML inside it. */
const special = /[\\`*_[\]<>|#~&$]/g

/**
 * `text` inside a line of Markdown, shown as it is: nothing in it becomes a mark, a link, a cell or HTML, ends the line,
 * or turns the text around it.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .replaceAll(/[\p{Control}\s]+/gu, ' ')
    .trim()
    .replaceAll(special, '\\$&')
