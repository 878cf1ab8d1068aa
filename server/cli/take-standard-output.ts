/**
 * Keeps standard output for what the command itself prints: everything else that this process writes there (Next says
 * what it is doing) goes to standard error from now on. Returns the writer for the command's own text.
 */
export function takeStandardOutput(): (text: string) => Promise<void> {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write
  return (text) =>
    new Promise((resolve, reject) => {
      write(text, (error) => (error == null ? resolve() : reject(error)))
    })
}
