import type { LayerNode, NetworkGraph } from '../../../core/networks/graph.ts'

/** Nodes that are computed in one go; what is made between the first and the last is not seen. */
export type Group = readonly [LayerNode, ...LayerNode[]]

/** What may follow: dense, then relu, then dropout. */
const follows = { dense: 'relu', relu: 'dropout', dropout: null } as const

const lastOf = (group: Group): LayerNode => group.at(-1) ?? group[0]

/**
 * A graph's nodes in groups, in their order: a dense layer with the relu and the dropout after it is one, unless somebody
 * else reads what stands between them.
 * @param seen nodes whose output is read from outside
 */
export function fuse({ nodes }: NetworkGraph, seen: ReadonlySet<string>): Group[] {
  const readers = new Map<string, number>()
  for (const name of nodes.flatMap(({ from }) => from)) readers.set(name, (readers.get(name) ?? 0) + 1)
  const groups: Group[] = []
  for (const node of nodes) {
    const at = groups.findIndex((group) => canJoin(group, node))
    const group = groups[at]
    if (group) groups[at] = [...group, node]
    else groups.push([node])
  }
  return groups

  function canJoin(group: Group, node: LayerNode): boolean {
    const last = lastOf(group)
    return (
      group[0].kind === 'dense' &&
      follows[last.kind] === node.kind &&
      node.from.length === 1 &&
      node.from[0] === last.name &&
      readers.get(last.name) === 1 &&
      !seen.has(last.name)
    )
  }
}
