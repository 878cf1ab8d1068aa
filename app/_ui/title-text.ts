const LONGEST = 60
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** A question as part of the title of a browser's tab: short, and its direction turns nothing that stands beside it. */
export function titleText(question: string): string {
  const characters = [...question.replaceAll(/\p{Bidi_Control}/gu, '')]
  const short =
    characters.length > LONGEST
      ? `${characters
          .slice(0, LONGEST - 1)
          .join('')
          .trimEnd()}…`
      : characters.join('')
  return rightToLeft.test(short) ? `\u2068${short}\u2069` : short
}
