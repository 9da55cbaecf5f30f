export type Tier = 'fringe' | 'social' | 'mainstream';

/** Where platforms stand by default, from general knowledge; a case's context overrides each entry. */
export const platformTiers: Readonly<Record<string, Tier>> = {
  '4chan': 'fringe',
  '8chan': 'fringe',
  '8kun': 'fringe',
  endchan: 'fringe',
  gab: 'fringe',
  parler: 'fringe',
  gettr: 'fringe',
  truthsocial: 'fringe',
  bitchute: 'fringe',
  rumble: 'fringe',
  minds: 'fringe',
  poal: 'fringe',
  kiwifarms: 'fringe',
  telegram: 'fringe',
  vk: 'social',
  x: 'social',
  bluesky: 'social',
  mastodon: 'social',
  threads: 'social',
  reddit: 'social',
  facebook: 'social',
  instagram: 'social',
  youtube: 'social',
  tiktok: 'social',
  tumblr: 'social',
  discord: 'social',
  whatsapp: 'social',
  news: 'mainstream',
  tv: 'mainstream',
  radio: 'mainstream',
};

const mainstream = `
  abc.net.au abcnews.go.com afp.com aljazeera.com ansa.it apnews.com asahi.com axios.com bbc.co.uk bbc.com bfmtv.com bloomberg.com
  businessinsider.com buzzfeednews.com cbc.ca cbsnews.com channel4.com cnbc.com cnn.com corriere.it derstandard.at dw.com economist.com
  elmundo.es elpais.com euronews.com faz.net forbes.com foreignpolicy.com france24.com francetvinfo.fr franceinfo.fr ft.com
  globalnews.ca haaretz.com huffpost.com independent.co.uk irishtimes.com itv.com lacroix.com lastampa.it latimes.com lefigaro.fr
  lemonde.fr leparisien.fr lesoir.be lexpress.fr liberation.fr lopinion.fr mediapart.fr msnbc.com nationalgeographic.com nbcnews.com
  newsweek.com newyorker.com nhk.or.jp npr.org nrc.nl nytimes.com nzz.ch orf.at ouest-france.fr pbs.org politico.com politico.eu
  propublica.org radio-canada.ca repubblica.it reuters.com rfi.fr rte.ie rtl.fr scmp.com sky.com slate.com smh.com.au spiegel.de
  srf.ch standaard.be sueddeutsche.de svt.se tagesschau.de telegraph.co.uk theatlantic.com theglobeandmail.com theguardian.com
  thehill.com thetimes.co.uk time.com timesofindia.indiatimes.com usatoday.com vice.com vox.com volkskrant.nl vrt.be washingtonpost.com
  welt.de wired.com wsj.com yle.fi zdf.de zeit.de 20minutes.fr`;

const fringe = `
  4chan.org 8ch.net 8kun.top endchan.net archive.4plebs.org disobedientmedia.com infowars.com naturalnews.com beforeitsnews.com
  thegatewaypundit.com zerohedge.com globalresearch.ca veteranstoday.com dailystormer.name stormfront.org bitchute.com gab.com
  thedonald.win patriots.win greatawakening.win t.me telegram.me rumble.com gettr.com parler.com minds.com odysee.com qmap.pub qalerts.app pastebin.com ghostbin.com justpaste.it doxbin.org`;

/** Where anybody can publish: an article with such an address is known by its author, not by its host. */
const social = `
  blogger.com blogspot.com discord.com facebook.com ghost.io github.io instagram.com linkedin.com livejournal.com mastodon.social
  medium.com ok.ru pinterest.com quora.com reddit.com scribd.com substack.com threads.net tiktok.com tumblr.com twitch.tv twitter.com
  vimeo.com vk.com weebly.com weibo.com wikipedia.org wixsite.com wordpress.com x.com youtu.be youtube.com bsky.app dailymotion.com
  change.org archive.org archive.is google.com`;

const words = (list: string) => list.trim().split(/\s+/);

/** Where registrable domains (or hosts) stand by default. */
export const domainTiers: ReadonlyMap<string, Tier> = new Map([
  ...words(mainstream).map((domain): [string, Tier] => [domain, 'mainstream']),
  ...words(social).map((domain): [string, Tier] => [domain, 'social']),
  ...words(fringe).map((domain): [string, Tier] => [domain, 'fringe']),
]);
