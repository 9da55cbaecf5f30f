import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../src/server/api-types.ts';
import { request } from '../api/request.ts';

/** Files that a job offers for download. */
export const jobFiles = (job: Job) =>
  (job.result?.files as { name: string; bytes: number; href: string }[] | undefined) ?? [];

/** Reads a JSON file of a job once it is done. */
export function useJobFile<T>(job: Job | undefined, name: string) {
  const file = job?.state === 'done' ? jobFiles(job).find((one) => one.name === name) : undefined;
  return useQuery({
    queryKey: ['job-file', file?.href],
    queryFn: ({ signal }) => request<T>(file!.href, { signal }),
    enabled: file !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
