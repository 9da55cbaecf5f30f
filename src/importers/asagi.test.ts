import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { asagi } from './asagi.ts';

const header =
  'num,subnum,thread_num,op,timestamp,timestamp_expired,preview_orig,preview_w,preview_h,media_filename,media_w,media_h,media_size,media_hash,media_orig,spoiler,deleted,capcode,email,name,trip,title,comment,sticky,locked,poster_hash,poster_country,exif';

interface Row {
  num: number;
  timestamp: number;
  image?: string;
  comment?: string;
  thread?: number;
}

const row = ({ num, timestamp, image, comment = 'text', thread = 1 }: Row) =>
  `"${num}","0","${thread}","${num === thread ? 1 : 0}","${timestamp}","0",\\N,"0","0",\\N,"0","0","0",${image ? `"AAAAAAAAAAAAAAAAAAAABw=="` : '\\N'},${image ? `"${image}"` : '\\N'},"0","0","N",\\N,"Anonymous",\\N,\\N,"${comment}","0","0","Ab","GB",\\N`;

const found = async (rows: Row[], options = {}, top = '') =>
  (
    await postsOf<{ post_id: string; time: string; time_precision_ms: number; warnings: string[] | null }>(
      asagi,
      sampleFile('tide.csv', `${top}${rows.map(row).join('\n')}\n`),
      'post_id, time::varchar as time, time_precision_ms, warnings',
      options,
    )
  ).posts;

const summer = Date.UTC(2017, 6, 1, 16, 0, 0) / 1000;
const winter = Date.UTC(2017, 11, 1, 17, 0, 0) / 1000;
const fallBack = (hour: number, minute: number) => Date.UTC(2017, 10, 5, hour, minute, 0) / 1000;

describe('asagi', () => {
  it('converts a New York clock that the images show, and says so', async () => {
    expect(
      await found([
        { num: 1, timestamp: summer - 4 * 3600, image: `${summer - 2}123.jpg` },
        { num: 2, timestamp: winter - 5 * 3600, image: `${winter - 3}123456.png` },
        { num: 3, timestamp: winter - 5 * 3600 + 60 },
      ]),
    ).toEqual([
      { post_id: 'tide/1', time: '2017-07-01 16:00:00', time_precision_ms: 1000, warnings: ['clock-new-york'] },
      { post_id: 'tide/2', time: '2017-12-01 17:00:00', time_precision_ms: 1000, warnings: ['clock-new-york'] },
      { post_id: 'tide/3', time: '2017-12-01 17:01:00', time_precision_ms: 1000, warnings: ['clock-new-york'] },
    ]);
  });

  it('takes N for nothing where another tool dropped the backslash of the null', async () => {
    const rewritten = row({ num: 1, timestamp: summer }).replaceAll('\\N', 'N');
    const { posts } = await postsOf(
      asagi,
      sampleFile('tide.csv', `${header}\n${rewritten}\n`),
      `text, (select count(*) from share join artifact using (artifact_key) where artifact.kind = 'media') as media`,
    );
    expect(posts).toEqual([{ text: 'text', media: 0 }]);
  });

  it('leaves times alone where the images show UTC, also below a header line', async () => {
    const rows = [
      { num: 1, timestamp: summer, image: `${summer - 2}123.jpg` },
      { num: 2, timestamp: winter },
    ];
    const expected = [
      { post_id: 'tide/1', time: '2017-07-01 16:00:00', time_precision_ms: 1000, warnings: null },
      { post_id: 'tide/2', time: '2017-12-01 17:00:00', time_precision_ms: 1000, warnings: null },
    ];
    expect(await found(rows)).toEqual(expected);
    expect(await found(rows, {}, `${header}\n`)).toEqual(expected);
  });

  it('says where an image contradicts the converted time', async () => {
    const rows = [1, 2, 3].map((num) => ({ num, timestamp: summer - 4 * 3600 + num, image: `${summer}000.jpg` }));
    expect(
      (await found([...rows, { num: 4, timestamp: summer, image: `${summer}000.jpg` }])).map((post) => post.warnings),
    ).toEqual([...rows.map(() => ['clock-new-york']), ['clock-new-york', 'time-conflict']]);
  });

  it('takes New York unchecked where there is no image, and the zone of the user before all', async () => {
    const rows = [{ num: 1, timestamp: summer }];
    expect(await found(rows)).toMatchObject([{ time: '2017-07-01 20:00:00', warnings: ['clock-not-checked'] }]);
    expect(await found(rows, { zone: 'Europe/Paris' })).toMatchObject([
      { time: '2017-07-01 14:00:00', warnings: null },
    ]);
  });

  it('gives no time where the clock is neither', async () => {
    expect(await found([{ num: 1, timestamp: summer + 3 * 3600, image: `${summer}123.jpg` }])).toMatchObject([
      { time: null, warnings: ['zone-unknown'] },
    ]);
  });

  it('settles the repeated hour by the image, then by the numbers around, and else widens it', async () => {
    const daylight = (hour: number, minute: number) => fallBack(hour + 4, minute);
    const checked = { num: 1, timestamp: summer - 4 * 3600, image: `${summer}000.jpg` };
    expect(
      await found([
        checked,
        { num: 10, timestamp: fallBack(1, 30), image: `${daylight(1, 30)}000.jpg` },
        { num: 11, timestamp: fallBack(1, 40) },
        { num: 12, timestamp: fallBack(1, 10), image: `${daylight(2, 10)}000.jpg` },
        { num: 13, timestamp: fallBack(1, 20) },
      ]),
    ).toMatchObject([
      {},
      { time: '2017-11-05 05:30:00', time_precision_ms: 1000, warnings: ['clock-new-york'] },
      { time: '2017-11-05 05:40:00', time_precision_ms: 1000, warnings: ['clock-new-york', 'time-ambiguous'] },
      { time: '2017-11-05 06:10:00', time_precision_ms: 1000, warnings: ['clock-new-york'] },
      { time: '2017-11-05 06:20:00', time_precision_ms: 1000, warnings: ['clock-new-york', 'time-ambiguous'] },
    ]);
    expect(await found([checked, { num: 20, timestamp: fallBack(1, 15) }])).toMatchObject([
      {},
      { time: '2017-11-05 05:15:00', time_precision_ms: 3_600_000, warnings: ['clock-new-york', 'time-ambiguous'] },
    ]);
  });
});
