import { alertText } from './alert-text.ts';
import { DeliveryError, type Output } from './output.ts';

/** Alerts as text; `write` gives them to the terminal, a file or a pipe. */
export function terminalOutput(name: string, write: (text: string) => void): Output {
  return {
    name,
    type: 'terminal',
    shows: 0,
    deliver: async (message) => {
      try {
        write(`${alertText(message)}\n\n`);
      } catch (error) {
        throw new DeliveryError(name, (error as Error).message, true, null, error);
      }
      return null;
    },
  };
}
