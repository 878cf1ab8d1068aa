/** [low, high]. */
export type Interval = [number, number]
