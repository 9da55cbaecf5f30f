import { describe, expect, it } from 'vitest';
import { plantedTexts, seededRandom } from '../../bench/planted-texts.ts';
import { processorMs } from '../../test/support/processor-ms.ts';
import { canonicalUrl } from './canonical-url.ts';

/** Spellings of one page; the first is the identity. */
const pages: Record<string, string[][]> = {
  'scheme, host, port and path': [
    [
      'https://example.org/',
      'http://example.org',
      'HTTP://WWW.Example.ORG:80/',
      'https://example.org:443/#top',
      'https://example.org./',
      ' https://example.org/? ',
    ],
    [
      'https://example.org/a',
      'http://m.example.org/a/',
      'https://user:pw@example.org/a//',
      'https://mobile.example.org/a',
      'https:///example.org\\a',
      'https://example.org/b/../a/./',
      'http://http://example.org/a',
    ],
    ['https://example.org:8443/a', 'http://example.org:8443/a/'],
    ['https://xn--fsqu00a.jp/', 'https://例子.jp', 'https://XN--FSQU00A.jp/'],
    ['https://127.0.0.1/x', 'http://127.0.0.1/x/', 'http://127.1/x'],
    ['https://www.gov.uk/guidance', 'http://www.gov.uk/guidance/'],
    ['https://www.ck/', 'http://WWW.ck/'],
    ['https://m.me/page', 'https://www.m.me/page'],
  ],
  'percent-encoding': [
    [
      'https://example.org/~a_(b)/%C3%A9%20x',
      'https://example.org/%7ea_%28b%29/%c3%a9%20x',
      'https://example.org/~a_(b)/é x',
    ],
    ['https://example.org/a%2Fb', 'https://example.org/a%2fb'],
    ['https://example.org/100%25', 'https://example.org/100%'],
    ['https://example.org/?q=a%20b&u=/x', 'https://example.org?q=a+b&u=%2Fx'],
  ],
  'query and fragment': [
    [
      'https://example.org/a?b=2&a=1',
      'https://example.org/a?utm_source=x&b=2&fbclid=y&a=1&',
      'https://example.org/a?b=2&amp;a=1',
      'https://example.org/a?b=2&a=1?utm_medium=z',
      'https://example.org/a?%3Futm_source=x&b=2&a=1',
    ],
    [
      'https://example.org/a',
      'https://example.org/a?gclid=1&UTM_Campaign=2',
      'https://example.org/a&fbclid=IwAR0',
      'https://example.org/a#:~:text=here',
      'https://example.org/a/amp/',
      'https://example.org/a?amp=1',
      'https://amp.example.org/a',
      'https://example.org/a?outputType=amp',
    ],
    ['https://example.org/#!/a/b', 'http://example.org/#!/a/b'],
    ['https://example.org/app#/route?x=1', 'https://www.example.org/app/#/route?x=1'],
    [
      'https://example.blogspot.com/2017/05/a.html',
      'http://example.blogspot.fr/2017/05/a.html?m=1',
      'http://example.blogspot.co.uk/2017/05/a.html',
    ],
  ],
  redirectors: [
    [
      'https://example.org/x?y=1',
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1%26fbclid%3DIwAR&h=AT0',
      'https://lm.facebook.com/l.php?u=http://www.example.org/x?y=1&h=AT0',
      'https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1&usg=A',
      'https://www.google.co.uk/url?q=https://example.org/x%3Fy%3D1&sa=D',
      'https://t.me/iv?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1&rhash=0a',
      'https://out.reddit.com/t3_abc?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1&token=A',
      'https://www.youtube.com/redirect?event=video_description&q=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1',
      'https://vk.com/away.php?to=http%3A%2F%2Fexample.org%2Fx%3Fy%3D1&cc_key=',
      'https://steamcommunity.com/linkfilter/?url=https://example.org/x?y=1',
      'https://href.li/?https://example.org/x?y=1',
      'http://anonym.to/?http://example.org/x?y=1',
      'https://slack-redir.net/link?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1',
      'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1&data=02',
      'https://l.instagram.com/?u=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1&e=ATM',
      'https://duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1&rut=a',
      `https://www.bing.com/ck/a?!&&p=1&u=a1${Buffer.from('https://example.org/x?y=1').toString('base64url')}&ntb=1`,
      'https://exit.sc/?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1',
      'https://disq.us/url?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1%3AhJ4yVn0Qm8dXn2q0uZk3tPz5abc&cuid=1',
      'https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_x-3Fy-3D1&d=DwMF',
      'https://urldefense.com/v3/__https://example.org/x?y=1__;!!abc$',
      'https://12ft.io/https://example.org/x?y=1',
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fexample.org%252Fx%253Fy%253D1',
      'https://twitter.com/intent/tweet?text=a&url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1',
      'https://example-org.translate.goog/x?y=1&_x_tr_sl=ru&_x_tr_tl=en',
    ],
    ['https://google.com/url?q=/search', 'https://www.google.com/url?q=/search&sa=D'],
  ],
  'archives and AMP caches': [
    [
      'https://example.org/x?y=1',
      'https://web.archive.org/web/20170505184930/http://example.org/x?y=1',
      'http://web.archive.org/web/20170505184930id_/https://www.example.org/x?y=1',
      'https://web.archive.org/web/*/http://example.org/x?y=1',
      'https://web.archive.org/web/2017/example.org/x?y=1',
      'https://web.archive.org/save/https://example.org/x?y=1',
      'https://web.archive.org/web/2017/http:/example.org/x?y=1',
      'https://web.archive.org/web/20170505184930/https%3A%2F%2Fexample.org%2Fx?y=1',
      'https://archive.is/20170505184930/https://example.org/x?y=1',
      'https://archive.ph/2017.05.05-184930/https://example.org/x?y=1',
      'https://archive.today/o/AbCd5/https://example.org/x?y=1',
      'https://archive.li/newest/http://example.org/x?y=1',
      'https://archive.fo/?run=1&url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1',
      'https://archive.vn/submit/?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1',
      'https://arquivo.pt/wayback/20170505184930/http://example.org/x?y=1',
      'https://www.google.com/amp/s/example.org/x?y=1',
      'https://example-org.cdn.ampproject.org/c/s/example.org/x?y=1&usqp=mq331AQ',
      'https://www.google.com/url?q=https://web.archive.org/web/2017/https://example.org/x%3Fy%3D1',
    ],
    [
      'https://archive.is/AbCd5',
      'http://archive.fo/AbCd5',
      'https://archive.ph/AbCd5/image',
      'https://archive.today/wip/AbCd5',
      'https://archive.li/AbCd5#selection-1.0-2.0',
    ],
    [
      'https://archive.org/details/leak2017',
      'http://www.archive.org/details/leak2017/',
      'https://archive.org/embed/leak2017',
    ],
  ],
  platforms: [
    [
      'https://x.com/i/status/860577607670276096',
      'https://twitter.com/wikileaks/status/860577607670276096?s=20&t=abc',
      'https://mobile.twitter.com/wikileaks/status/860577607670276096/photo/1',
      'https://x.com/wikileaks/status/860577607670276096?ref_src=twsrc%5Etfw',
      'http://twitter.com/#!/wikileaks/status/860577607670276096',
      'https://twitter.com/i/web/status/860577607670276096',
      'https://vxtwitter.com/wikileaks/status/860577607670276096',
      'https://nitter.net/wikileaks/status/860577607670276096#m',
      'https://twitter.com/wikileaks/statuses/860577607670276096',
    ],
    [
      'https://x.com/wikileaks',
      'https://twitter.com/WikiLeaks?lang=fr',
      'https://www.twitter.com/@wikileaks/',
      'http://twitter.com/#!/wikileaks',
    ],
    ['https://x.com/hashtag/macronleaks', 'https://twitter.com/hashtag/MacronLeaks?src=hash'],
    ['https://x.com/search?q=%23MacronLeaks', 'https://twitter.com/search?q=%23MacronLeaks&src=typd'],
    ['https://t.co/AbC123', 'http://t.co/AbC123?amp=1'],
    [
      'https://youtube.com/watch?v=dQw4w9WgXcQ',
      'https://youtu.be/dQw4w9WgXcQ?t=10',
      'https://www.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&list=PL1',
      'https://m.youtube.com/watch?v=dQw4w9WgXcQ#t=5',
      'https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0',
      'https://youtube.com/shorts/dQw4w9WgXcQ',
      'https://www.youtube.com/live/dQw4w9WgXcQ?si=x',
      'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ',
      'https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DdQw4w9WgXcQ%26feature%3Dshare',
    ],
    [
      'https://youtube.com/channel/UCabc',
      'https://www.youtube.com/channel/UCabc/videos/',
      'https://m.youtube.com/channel/UCabc?sub_confirmation=1',
    ],
    [
      'https://t.me/channel/123',
      'https://t.me/s/channel/123',
      'https://telegram.me/Channel/123?single',
      'https://www.t.me/channel/123/',
    ],
    ['https://t.me/+AbCdEf', 'https://t.me/joinchat/AbCdEf'],
    [
      'https://reddit.com/comments/abc123',
      'https://old.reddit.com/r/The_Donald/comments/abc123/some_title/',
      'https://np.reddit.com/r/the_donald/comments/abc123/?context=3',
      'https://redd.it/abc123',
      'https://www.reddit.com/r/The_Donald/comments/abc123/some_title/?utm_source=share',
    ],
    [
      'https://reddit.com/comments/abc123/_/def456',
      'https://www.reddit.com/r/x/comments/abc123/title/def456/?context=3',
    ],
    ['https://reddit.com/r/the_donald', 'http://reddit.com/r/The_Donald/'],
    [
      'https://boards.4chan.org/pol/thread/123456789',
      'http://boards.4chan.org/pol/thread/123456789/some-slug#p123456790',
      'https://boards.4channel.org/pol/thread/123456789',
      'https://boards.4chan.org/pol/res/123456789',
    ],
    ['https://8ch.net/pol/res/1.html', 'https://8ch.net/pol/res/1+50.html#2'],
    ['https://en.wikipedia.org/wiki/Primer_(film)', 'https://en.m.wikipedia.org/wiki/Primer_%28film%29#Plot'],
    ['https://pastebin.com/AbC123', 'https://pastebin.com/raw/AbC123', 'http://www.pastebin.com/raw.php?i=AbC123'],
    [
      'https://facebook.com/watch?v=123',
      'https://www.facebook.com/watch/?v=123&ref=sharing',
      'https://m.facebook.com/page/videos/123/',
      'https://www.facebook.com/page/videos/some-title/123/',
    ],
    [
      'https://facebook.com/story.php?story_fbid=1&id=2',
      'https://www.facebook.com/permalink.php?story_fbid=1&id=2',
      'https://m.facebook.com/story.php?story_fbid=1&id=2&refsrc=x&__tn__=R',
    ],
    ['https://instagram.com/p/CB1ceKdgF9m', 'https://www.instagram.com/reel/CB1ceKdgF9m/?igshid=q'],
    [
      'https://tiktok.com/video/123',
      'https://www.tiktok.com/@user/video/123?lang=en',
      'https://m.tiktok.com/v/123.html',
    ],
    ['https://drive.google.com/file/d/AbC123', 'https://drive.google.com/file/d/AbC123/view?usp=sharing'],
    ['https://docs.google.com/document/d/AbC123', 'https://docs.google.com/document/d/AbC123/edit#heading=h.1'],
    ['https://mega.nz/file/AbC', 'https://mega.nz/#!AbC!key', 'https://mega.co.nz/file/AbC#key'],
    ['https://odysee.com/@a:1/b:2', 'https://lbry.tv/@a:1/b:2', 'https://open.lbry.com/@a:1/b:2?r=x'],
    [
      'https://pbs.twimg.com/media/Abc.jpg',
      'https://pbs.twimg.com/media/Abc?format=jpg&name=large',
      'https://pbs.twimg.com/media/Abc.jpg:large',
    ],
  ],
};

describe.each(Object.entries(pages))('canonicalUrl: %s', (_, groups) => {
  it.each(groups.flatMap(([identity, ...others]) => [identity!, ...others].map((raw) => [raw, identity!])))(
    '%s',
    (raw, identity) => {
      expect(canonicalUrl(raw)?.url).toBe(identity);
    },
  );
});

describe('canonicalUrl', () => {
  it('says what it took the address out of, and when it was captured', () => {
    expect(canonicalUrl('https://web.archive.org/web/20170505184930/http://www.example.co.uk/x')).toEqual({
      url: 'https://example.co.uk/x',
      host: 'example.co.uk',
      domain: 'example.co.uk',
      unwrapped: true,
      archivedAt: '2017-05-05T18:49:30Z',
    });
    expect(canonicalUrl('https://archive.is/2017.05.05-193105/https://example.org/')?.archivedAt).toBe(
      '2017-05-05T19:31:05Z',
    );
    expect(canonicalUrl('https://web.archive.org/web/2017/http://example.org/')?.archivedAt).toBe('2017');
    expect(canonicalUrl('https://web.archive.org/web/*/http://example.org/')?.archivedAt).toBeUndefined();
    expect(canonicalUrl('https://archive.is/AbCd5')).toMatchObject({ domain: 'archive.is', unwrapped: false });
    expect(canonicalUrl('http://127.0.0.1/')?.domain).toBeNull();
    expect(canonicalUrl('https://some.blogspot.de/')?.domain).toBe('some.blogspot.com');
  });

  it.each([
    '',
    'example.org/x',
    'ftp://example.org/',
    'mailto:a@example.org',
    'http://',
    'https://#x',
    'http://exa mple.org/',
    'http://a..org/',
    'http://-/?%',
    'javascript:alert(1)',
    `http://${'a'.repeat(70)}.org/`,
    'http://a.org:99999999/',
    'http://[::1]/',
    '\ud800',
    'http://\ud800/',
  ])('%j is none', (raw) => {
    expect(canonicalUrl(raw)).toBeNull();
  });

  it('keeps different pages apart', () => {
    const different = `https://example.org/a https://example.org/A https://example.org/a?x=1 https://example.org/a?x=2
      https://example.org/a%2Fb https://example.org/a/b https://example.org:8080/a
      https://sub.example.org/a https://example.org/a?x=a%26b https://example.org/a?x=a&b
      https://example.org/#!/a https://example.org/#!/b https://archive.is/AbCd5 https://archive.is/abcd5
      https://t.co/a1 https://t.co/A1 https://youtu.be/aaaaaaaaaaa https://youtu.be/aaaaaaaaaaA
      https://www.youtube.com/playlist?list=PL1 https://www.youtube.com/playlist?list=PL2
      https://example.org/camp https://example.org/c https://8ch.net/b/res/1.html
      https://8kun.top/b/res/1.html`.split(/\s+/);
    expect(new Set(different.map((raw) => canonicalUrl(raw)!.url)).size).toBe(different.length);
  });

  it('never throws, never comes back empty, and is its own canonical form, for damaged addresses', () => {
    const random = seededRandom(4);
    const below = (limit: number) => Math.floor(random() * limit);
    const whole = Object.values(pages).flat(2);
    const bits = [
      ...'% %2 %zz %25 %E0 // /../ ? & # #! = @ : :80 . é 例 😀 http:// https%3A%2F%2F [ + ;jsessionid=1 /amp &amp; …'.split(
        ' ',
      ),
      ...['?utm_source=x', '\ud83d', '\\', ' ', '\n', '\0'],
    ];
    let known = 0;
    for (let trial = 0; trial < 30_000; trial++) {
      let raw = whole[below(whole.length)]!;
      for (let edits = 1 + below(3); edits > 0; edits--) {
        const at = below(raw.length + 1);
        const kind = below(3);
        if (kind === 0) raw = raw.slice(0, at) + bits[below(bits.length)]! + raw.slice(at);
        else if (kind === 1) raw = raw.slice(0, at) + raw.slice(at + 1 + below(5));
        else raw = raw.slice(0, at) + whole[below(whole.length)]!.slice(below(30));
      }
      const canonical = canonicalUrl(raw);
      if (canonical === null) continue;
      known++;
      expect(canonical.url).toMatch(/^https:\/\/[a-z0-9_.-]+(?::\d+)?\/[\x21-\x7e]*$/);
      if (canonicalUrl(canonical.url)?.url !== canonical.url)
        expect([raw, canonical.url, canonicalUrl(canonical.url)?.url]).toEqual([]);
    }
    expect(known).toBeGreaterThan(12_000);
  });

  it('takes long hostile addresses in linear time', () => {
    const started = processorMs();
    for (const part of '% /a / ?a &a= /../ https:// .a ;jsessionid= &utm_a= /amp %25'.split(' ')) {
      canonicalUrl(`https://example.org/${part.repeat(50_000)}`);
      canonicalUrl(`https://web.archive.org/web/2017/https://${part.repeat(50_000)}`);
    }
    expect(processorMs() - started).toBeLessThan(5000);
  });

  it('takes far more than 100,000 distinct addresses per second', () => {
    const texts = plantedTexts(20_000, 2, 0);
    const addresses = texts.map((text, at) => {
      const words = text.split(' ').slice(0, 6);
      return [
        `https://www.${words[0]}.com/2017/05/${words.join('-')}/?utm_source=twitter&id=${at}`,
        `https://twitter.com/${words[0]}/status/${860577607670000000 + at * 1000}?s=20`,
        `https://youtu.be/${words.join('').padEnd(11, 'x').slice(0, 11)}`,
        `http://${words[1]}.blogspot.com/${at}.html?m=1`,
        `https://t.me/${words[0]}/${at}`,
      ][at % 5]!;
    });
    let best = 0;
    for (let run = 0; run < 5; run++) {
      const started = process.cpuUsage();
      for (const raw of addresses) canonicalUrl(raw);
      best = Math.max(best, (addresses.length / process.cpuUsage(started).user) * 1000);
    }
    process.stdout.write(`canonicalUrl: ${Math.round(best)},000 addresses per second of processor time\n`);
    expect(best).toBeGreaterThan(100);
  });
});
