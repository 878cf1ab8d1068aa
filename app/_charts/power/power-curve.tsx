import type { ReactNode } from 'react'
import styles from './power.module.css'
import type { PowerPicture } from './prepare-power.ts'

const percent = (value: number): string => `${value}%`

/**
 * The smallest detectable difference by seeds, with the slider that chooses them on its axis. The figures stand in the
 * table beside it, so the picture itself is hidden from a screen reader; the slider says its own.
 */
export function PowerCurve(props: {
  picture: PowerPicture
  seeds: number
  range: readonly [min: number, max: number]
  label: string
  valueText: string
  onSeeds: (seeds: number) => void
}): ReactNode {
  const { picture, range } = props
  const { chosen } = picture
  return (
    <div className={styles.power}>
      <p className={styles.title} aria-hidden="true">
        {picture.title}
      </p>
      <div className={styles.plot} aria-hidden="true">
        {picture.yTicks.map((tick) => (
          <span key={tick.text} className={styles.yTick} style={{ top: percent(tick.y) }}>
            {tick.text}
          </span>
        ))}
        <div className={styles.fine} style={{ top: percent(picture.margin) }}>
          <span className={styles[chosen.words]}>
            <span className="max-wide:hidden">below the margin: </span>fine enough
          </span>
        </div>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
          {picture.band === null ? null : <path className={styles.band} d={picture.band} />}
          <path className={styles.line} d={picture.line} />
        </svg>
        <div className={styles.inner}>
          <span
            className={styles.stem}
            style={{ left: percent(chosen.x), top: percent(chosen.y), bottom: 0 }}
          />
          <span className={styles.point} style={{ left: percent(chosen.x), top: percent(chosen.y) }} />
          <span
            className={chosen.place === 'left-below' ? styles.valueBelow : styles.value}
            style={{
              top: percent(chosen.y),
              ...(chosen.place === 'right'
                ? { left: percent(chosen.x) }
                : { right: percent(100 - chosen.x) }),
            }}
          >
            {chosen.text}
          </span>
          {picture.xTicks.map((tick) => (
            <span key={tick.text} className={styles.xTick} style={{ left: percent(tick.x) }}>
              {tick.text}
            </span>
          ))}
        </div>
      </div>
      <input
        type="range"
        className={styles.slider}
        min={range[0]}
        max={range[1]}
        step={1}
        value={props.seeds}
        onChange={(event) => props.onSeeds(Number(event.target.value))}
        aria-label={props.label}
        aria-valuetext={props.valueText}
      />
    </div>
  )
}
