/**
 * Who may import whom. One row a room, as in docs/architecture.md: what is not named is forbidden.
 * A pattern is the beginning of a path.
 */
const rooms = [
  { room: 'core/', may: ['core/'] },
  { room: 'core/mathematics/', may: ['core/mathematics/'] },
  { room: 'core/statistics/', may: ['core/statistics/', 'core/mathematics/', 'core/random/'] },
  // Registries are leaves: contracts build their schemas from them.
  { room: 'core/methods/', may: ['core/methods/', 'core/mathematics/', 'core/numbers/'] },
  { room: 'core/engines/', may: ['core/engines/'] },
  { room: 'core/networks/', may: ['core/networks/', 'core/mathematics/', 'core/numbers/'] },
  { room: 'core/metrics/', may: ['core/metrics/', 'core/statistics/', 'core/mathematics/'] },
  {
    room: 'core/judging/',
    may: [
      'core/judging/',
      'core/statistics/',
      'core/mathematics/',
      'core/metrics/',
      'core/contracts/',
      'core/text/',
    ],
  },
  { room: 'db/', may: ['db/', 'core/contracts/'] },
  { room: 'server/platform/', may: ['server/platform/', 'core/'] },
  { room: 'server/domain/', may: ['server/domain/', 'core/', 'db/', 'server/platform/'] },
  {
    room: 'server/api/',
    may: ['server/api/', 'core/', 'server/domain/', 'server/platform/', 'workers/protocol/'],
  },
  { room: 'server/(main\\.ts|[^/]+\\.ts|cli/)', may: ['server/', 'db/', 'core/', 'workers/protocol/'] },
  { room: 'workers/protocol/', may: ['workers/protocol/', 'core/contracts/'] },
  { room: 'workers/supervisor/', may: ['workers/supervisor/', 'core/', 'workers/protocol/'] },
  {
    room: 'workers/trainer/',
    may: ['workers/trainer/', 'core/', 'workers/protocol/', 'workers/kernels/'],
  },
  { room: 'workers/kernels/', may: ['workers/kernels/'] },
  // server/api comes in as types only: see the rule below.
  { room: 'app/', may: ['app/', 'core/', 'server/api/'] },
]

const ours = '^(core|db|server|workers|app|tests|scripts|bin)/'

const roomRules = rooms.map(({ room, may }) => ({
  name: `room-${room.replaceAll(/[^a-z]+/g, '-').replace(/-$/, '')}`,
  comment: `Files of ${room} import only from ${may.join(', ')}.`,
  severity: 'error',
  from: { path: `^${room}` },
  to: { path: ours, pathNot: `^(${may.join('|')})` },
}))

const packageOf = (names) => `node_modules/(${names.join('|')})(/|$)`

export default {
  forbidden: [
    ...roomRules,
    {
      name: 'app-knows-the-api-as-types',
      comment:
        'Next bundles its own copy of what app/ imports; the services come through app/_server/services.ts.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-tests-or-scripts',
      severity: 'error',
      from: { pathNot: '^(tests|scripts)/' },
      to: { path: '^(tests|scripts)/' },
    },
    {
      name: 'tensorflow-only-where-tensors-are',
      severity: 'error',
      from: { pathNot: '^(workers/trainer|workers/kernels|tests)/' },
      to: { path: packageOf(['@tensorflow']) },
    },
    {
      name: 'database-only-in-db-and-server',
      severity: 'error',
      from: { path: '^(core|workers|app)/' },
      to: { path: packageOf(['better-sqlite3', 'drizzle-orm', 'pg']) },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'trainer-has-no-network',
      severity: 'error',
      from: { path: '^workers/(trainer|kernels)/' },
      to: { path: '^(node:)?(http|https|http2|net|dgram|tls)$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: ours },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { path: ours },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.next|workers/kernels/assembly)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
    },
  },
}
