import type { FileFault } from '../../../core/contracts/views.ts'
import type { DomainError } from '../../platform/domain-error.ts'

/** The fault of a stored file as the pages show it. */
export const fileFault = (
  { name, path }: Pick<FileFault, 'name' | 'path'>,
  fault: DomainError | null,
): FileFault | null => (fault === null ? null : { name, path, state: faultState(fault), text: fault.message })

export function faultState({ code }: DomainError): FileFault['state'] {
  switch (code) {
    case 'not-found':
      return 'gone'
    case 'unavailable':
      return 'unreadable'
    case 'damaged':
    case 'bad-input':
    case 'conflict':
      return 'damaged'
  }
}
