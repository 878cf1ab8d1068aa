'use client'
export function ProtocolView({ id }: { id: string }): string {
  return id
}
