/** Why the native engine cannot be installed here, and what to do about it. Meant for people: no stack is shown. */
export class Problem extends Error {}
