/** Milliseconds of processor time that this process has used: what a limit of work is measured in, however busy the machine is. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
