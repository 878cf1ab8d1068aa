/**
 * Points to which no other is preferable: those with a larger y than every point of smaller or equal x
 * (x: a cost, y: a benefit). Ascending in x. Of equal points the first counts.
 */
export function paretoFront<Point extends { x: number; y: number }>(points: readonly Point[]): Point[] {
  const front: Point[] = []
  for (const point of [...points].sort((a, b) => a.x - b.x || b.y - a.y)) {
    const last = front.at(-1)
    if (last === undefined || point.y > last.y) front.push(point)
  }
  return front
}
