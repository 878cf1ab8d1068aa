import { formatNumber, formatPlain } from '../text/format-number.ts'
import type { LatencyRatio } from '../judging/judge-latency.ts'
import { noSpeedWordText } from './no-word-text.ts'
import { counted } from '../text/grammar.ts'
import { levelText } from './phrases.ts'

/** The student's latency against its teacher's in one sentence, "1.81 times as fast". */
export const speedSentence = ({
  quantile,
  margin,
  alpha,
  ratio,
  interval,
  word,
  noWord,
  blocks,
}: LatencyRatio & { quantile: 'p50' | 'p90'; margin: number; alpha: number }): string => {
  const times = `${formatNumber(ratio, 2)} times as fast as its teacher`
  const range =
    interval === null
      ? `(${counted(blocks, 'block')})`
      : `(${levelText(alpha)} interval ${interval.map((end) => formatNumber(end, 2)).join(' to ')}, ${counted(blocks, 'block')})`
  const about = `At ${quantile} the student is ${times} ${range}`
  const within = `${formatPlain(margin * 100)} %`
  switch (word) {
    case 'faster':
      return `${about}.`
    case 'slower':
      return `${about}: it is slower.`
    case 'no practical difference':
      return `${about}: within ${within}, no practical difference.`
    case 'inconclusive':
      return `${about}: a difference of ${within} is neither shown nor excluded.`
    case null:
      return `${about}: no word, ${noWord === null ? 'chance cannot be judged' : noSpeedWordText(noWord, blocks)}.`
  }
}
