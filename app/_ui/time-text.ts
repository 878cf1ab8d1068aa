const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
}

/** "21 Nov 2026, 09:12", in the reader's zone, or in UTC and marked so. */
export function dateTime(at: number, zone: 'local' | 'utc'): string {
  const parts = partsOf(at, zone)
  return `${parts.day} ${months[parts.month]} ${parts.year}, ${clock(parts)}${zone === 'utc' ? ' UTC' : ''}`
}

/** Near times in words: "just now", "5 min ago", "today, 13:40", "yesterday", "19 Nov", "19 Nov 2025". */
export function nearTime(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const then = partsOf(at, 'local')
  const today = partsOf(now, 'local')
  const days = dayNumber(today) - dayNumber(then)
  if (days === 0) return `today, ${clock(then)}`
  if (days === 1) return 'yesterday'
  return `${then.day} ${months[then.month]}${then.year === today.year ? '' : ` ${then.year}`}`
}

function partsOf(at: number, zone: 'local' | 'utc'): Parts {
  const date = new Date(at)
  return zone === 'utc'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth(),
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth(),
        day: date.getDate(),
        hour: date.getHours(),
        minute: date.getMinutes(),
      }
}

function clock(parts: Parts): string {
  return `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`
}

/** Days since 1970 of a calendar date, free of clock changes. */
function dayNumber(parts: Parts): number {
  return Date.UTC(parts.year, parts.month, parts.day) / 86_400_000
}
