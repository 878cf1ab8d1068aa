export interface StepConfig {
  hidden: number[]
  batchSize: number
  dropout: number
  distilled: boolean
}
