export { judgePrimary } from './judge.ts'
export type { JudgedArm, JudgeInput, SeedResult } from './judge-input.ts'
