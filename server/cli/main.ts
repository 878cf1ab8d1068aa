import { Command, InvalidArgumentError } from 'commander'
import { packageVersion } from '../platform/package-root.ts'
import { readWholeSetting } from '../platform/read-whole-setting.ts'
import { CommandError } from './command-error.ts'
import { demo } from './demo.ts'
import { start } from './start.ts'
import { verdict } from './verdict.ts'
import { verify } from './verify.ts'

const program = new Command('stillhouse').description('Does knowledge distillation work here?').addHelpText(
  'after',
  `
Settings (environment): STILLHOUSE_HOME (state folder, .stillhouse), STILLHOUSE_PORT (3000), STILLHOUSE_HOST
(127.0.0.1; another one needs STILLHOUSE_OPEN=1: everyone on that network may launch and cancel), STILLHOUSE_CORES (trainings side by side), STILLHOUSE_ENGINE (auto, native, wasm, cpu),
STILLHOUSE_NATIVE (folder of the native engine, in ~/.cache),
STILLHOUSE_MEMORY_LIMIT_MB (of one training, 4096).`,
)

// Every command takes this over: 2 where the fault is in what it was given. For verify, 1 says that something differs.
program.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
program.version(packageVersion(), '--version', 'print the version')

// Without a command the dashboard starts; a word that is none is not taken for an argument of it.
const [word] = process.argv.slice(2)
if (
  word !== undefined &&
  !word.startsWith('-') &&
  !['start', 'demo', 'verdict', 'verify', 'help'].includes(word)
) {
  console.error(`There is no command ${JSON.stringify(word)}. See stillhouse --help.`)
  process.exit(2)
}

program
  .command('start', { isDefault: true })
  .description('start server and workers and keep the dashboard up')
  .action(() => start())

program
  .command('demo')
  .description('train a teacher and its students on MNIST and print the verdict')
  .option('--again', 'launch a new one even where one was launched before')
  .option('--json', 'print one JSON document on standard output and nothing else there')
  .option('--exit', 'end after the verdict instead of keeping the dashboard up')
  .action((options: { again?: boolean; json?: boolean; exit?: boolean }) =>
    demo({ again: options.again === true, json: options.json === true, exit: options.exit === true }),
  )

program
  .command('verdict')
  .description('judge scores of runs that were trained anywhere: JSON in, JSON out (docs/command-line.md)')
  .argument(
    '[file]',
    'one problem or a list of them; - or nothing: standard input',
    given('the name of a file, or -'),
    '-',
  )
  .option('--table', 'print a table and sentences instead of JSON')
  .action((file: string, options: { table?: boolean }) => verdict(file, { table: options.table === true }))

program
  .command('verify')
  .description('train runs of a stored experiment once more and compare weights and test logits bit for bit')
  .argument(
    '<experiment>',
    'its id, the beginning of it, or the address of its page',
    given('the id of an experiment, the beginning of it, or the address of its page'),
  )
  .option(
    '--run <id>',
    'this run; without it and --all: a finished one, drawn at random',
    given('the id of a run'),
  )
  .option('--all', 'every finished run, the teacher included')
  .option('--seed <number>', 'draw the run that this number drew before', seedNumber)
  .option('--json', 'print one JSON document on standard output and nothing else there')
  .option('--home <folder>', 'state folder, instead of STILLHOUSE_HOME', given('a folder'))
  .addHelpText('after', '\nExit code: 0 identical, 1 something differs, 2 it could not be checked.')
  .action((experiment: string, options: VerifyFlags) => {
    if (options.all === true && options.run !== undefined)
      throw new CommandError('Give either --run or --all.', { exitCode: 2 })
    return verify({
      experiment,
      run: options.run ?? null,
      all: options.all === true,
      seed: options.seed ?? null,
      json: options.json === true,
      home: options.home ?? null,
    })
  })

interface VerifyFlags {
  run?: string
  all?: boolean
  seed?: number
  json?: boolean
  home?: string
}

function seedNumber(text: string): number {
  const read = readWholeSetting(text, { min: 0, max: 999_999_999_999_999 })
  if ('value' in read) return read.value
  throw new InvalidArgumentError(read.fault)
}

/** An empty text is what a shell makes of a variable that is not set. */
function given(what: string): (text: string) => string {
  return (text) => {
    if (text.trim() !== '') return text
    throw new InvalidArgumentError(`It is empty: give ${what}.`)
  }
}

program.parseAsync().catch((error: unknown) => {
  // One line that says why; where the error came from is for those who look for it.
  if (process.env.STILLHOUSE_LOG === 'debug') console.error(error)
  else console.error(error instanceof Error ? error.message : String(error))
  process.exit(error instanceof CommandError ? error.exitCode : 1)
})
