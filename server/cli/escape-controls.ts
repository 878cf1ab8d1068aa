/** Text of others on one line of a terminal: characters that move, colour or reorder are shown as "\u001b". */
export const escapeControls = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
