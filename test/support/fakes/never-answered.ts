/** The header in which a simulated world numbers its requests, so that a fake can say which of them it will never answer. */
export const requestNumber = 'x-simulated-request';

export const neverAnswered = new Set<string>();
