import { finished, mayClose } from './finished-output.ts';
import { main } from './main.ts';

for (const output of [process.stdout, process.stderr]) mayClose(output);
const code = await main(process.argv.slice(2));
await finished(process.stdout);
await finished(process.stderr);
process.exit(code);
