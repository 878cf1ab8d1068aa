/** Moves to the first field that is marked invalid, or problem of several fields, opening what hides it. */
export function focusFirstProblem(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]')
  if (!field) return
  field.closest('details')?.setAttribute('open', '')
  field.focus()
  field.scrollIntoView({ block: 'center' })
}
