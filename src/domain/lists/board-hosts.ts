/**
 * Hosts (without `www.`) whose pages show threads of an image board, by the platform that the thread lives on: the board itself,
 * its other names, and the archives that mirror it.
 */
const hostsByPlatform: Readonly<Record<string, string>> = {
  '4chan': `boards.4chan.org boards.4channel.org 4chan.org 4channel.org a.4cdn.org archive.4plebs.org 4plebs.org desuarchive.org
    archived.moe warosu.org archive.nyafuu.org nyafuu.org thebarchive.com archiveofsins.com arch.b4k.co arch.b4k.dev arch.b4k.net
    archive.palanq.win boards.fireden.net rbt.asia archive.rebeccablacktech.com archive.moe archive.loveisover.me
    archive.b-stats.org 4archive.org yuki.la archive.wakarimasen.moe archive.alice.al tokyochronos.net 4tan.org
    archive.heinessen.com fgts.jp fgts.eu archive.installgentoo.net`,
  '8chan': '8ch.net 8chan.co 8ch.pl 8archive.moe',
  '8kun': '8kun.top 8kun.us 8kun.net',
  '8chan.moe': '8chan.moe 8chan.se 8chan.cc',
  endchan: 'endchan.net endchan.org endchan.xyz endchan.gg endchan.pl infinow.net',
  '2ch.hk': '2ch.hk 2ch.life 2ch.pm 2ch.su 2ch.org',
  kohlchan: 'kohlchan.net kohlchan.top kohlchanagb7ih5g.onion',
  krautchan: 'krautchan.net',
  lainchan: 'lainchan.org',
  '420chan': 'boards.420chan.org 420chan.org',
  '7chan': '7chan.org',
  '16chan': '16chan.xyz',
  wizchan: 'wizchan.org wizardchan.org',
  anoncafe: 'anon.cafe',
};

/** The platform by host. */
export const boardPlatforms: ReadonlyMap<string, string> = new Map(
  Object.entries(hostsByPlatform).flatMap(([platform, hosts]) =>
    hosts.split(/\s+/).map((host) => [host, platform] as const),
  ),
);
