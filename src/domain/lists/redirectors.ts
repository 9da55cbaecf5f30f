/** A path prefix and the query parameters that hold the target, in order of preference. */
type QueryRule = readonly [pathPrefix: string, ...parameters: string[]];

/**
 * Addresses that only lead on to the one in their query, by host without `www.`; `name.*` stands for the name under any
 * suffix, `*.host` for any host below.
 */
export const queryRedirectors: Readonly<Record<string, readonly QueryRule[]>> = {
  'l.facebook.com': [['/', 'u']],
  'lm.facebook.com': [['/', 'u']],
  'facebook.com': [
    ['/l.php', 'u'],
    ['/flx/warn', 'u'],
    ['/sharer', 'u'],
    ['/share.php', 'u'],
    ['/dialog/share', 'href'],
    ['/dialog/feed', 'link'],
    ['/plugins/post.php', 'href'],
    ['/plugins/video.php', 'href'],
  ],
  'l.instagram.com': [['/', 'u']],
  'l.messenger.com': [['/l.php', 'u']],
  'lm.messenger.com': [['/l.php', 'u']],
  'l.threads.net': [['/', 'u']],
  'l.threads.com': [['/', 'u']],
  'l.workplace.com': [['/l.php', 'u']],
  'l.wl.co': [['/l', 'u']],
  'google.*': [
    ['/url', 'url', 'q'],
    ['/imgres', 'imgrefurl'],
    ['/aclk', 'adurl'],
    ['/translate', 'u'],
    ['/travel/clk', 'pcurl'],
  ],
  'translate.google.*': [['/', 'u']],
  'plus.url.google.com': [
    ['/url', 'q'],
    ['/mobileapp', 'url'],
  ],
  'googleadservices.com': [['/', 'adurl']],
  'googleads.g.doubleclick.net': [['/', 'adurl']],
  'adclick.g.doubleclick.net': [['/', 'adurl']],
  'youtube.com': [['/redirect', 'q']],
  't.me': [
    ['/iv', 'url'],
    ['/share/url', 'url'],
    ['/share', 'url'],
  ],
  'telegram.me': [
    ['/iv', 'url'],
    ['/share/url', 'url'],
  ],
  'x.com': [
    ['/intent', 'url'],
    ['/share', 'url'],
    ['/i/redirect', 'url'],
  ],
  'twitter.com': [
    ['/intent', 'url'],
    ['/share', 'url'],
    ['/i/redirect', 'url'],
  ],
  'out.reddit.com': [['/', 'url']],
  'click.redditmail.com': [['/', 'url']],
  'reddit.com': [['/submit', 'url']],
  'vk.com': [
    ['/away', 'to'],
    ['/share.php', 'url'],
  ],
  'away.vk.com': [['/', 'to']],
  'ok.ru': [['/dk', 'st.link', 'st.shareUrl']],
  'connect.ok.ru': [['/', 'st.shareUrl']],
  'steamcommunity.com': [['/linkfilter', 'url', 'u']],
  'exit.sc': [['/', 'url']],
  'gate.sc': [['/', 'url']],
  'disq.us': [['/', 'url']],
  'slack-redir.net': [['/link', 'url']],
  '*.safelinks.protection.outlook.com': [['/', 'url']],
  'duckduckgo.com': [['/l', 'uddg']],
  'r.duckduckgo.com': [['/l', 'uddg']],
  'bing.com': [
    ['/ck/a', 'u'],
    ['/news/apiclick.aspx', 'url'],
  ],
  'linkedin.com': [
    ['/safety/go', 'url'],
    ['/redir', 'url'],
    ['/shareArticle', 'url'],
    ['/sharing/share-offsite', 'url'],
  ],
  't.umblr.com': [['/redirect', 'z']],
  'tumblr.com': [['/share', 'url', 'u']],
  'pinterest.*': [
    ['/offsite', 'url'],
    ['/pin/create', 'url'],
  ],
  'medium.com': [['/r/', 'url']],
  'quora.com': [['/_/redirect', 'url']],
  'getpocket.com': [
    ['/redirect', 'url'],
    ['/edit', 'url'],
    ['/save', 'url'],
  ],
  'instapaper.com': [['/text', 'u']],
  'link.zhihu.com': [['/', 'target']],
  'weibo.cn': [['/sinaurl', 'u', 'toasturl']],
  't.cn': [['/sinaurl', 'u']],
  'douban.com': [['/link2', 'url']],
  'link.csdn.net': [['/', 'target']],
  'c.pc.qq.com': [['/', 'pfurl', 'url']],
  'curseforge.com': [['/linkout', 'remoteUrl']],
  'hyperlink.patreon.com': [['/', 'url']],
  'dev.to': [['/r', 'url']],
  'api.addthis.com': [['/', 'url']],
  'addtoany.com': [['/', 'linkurl']],
  'api.whatsapp.com': [['/redirect', 'url']],
  'sys.4chan.org': [['/derefer', 'url']],
  'sys.4channel.org': [['/derefer', 'url']],
  'gab.com': [['/compose', 'url']],
  'yandex.*': [['/redir', 'url']],
  'clck.yandex.*': [['/redir', 'url']],
  'go.skimresources.com': [['/', 'url']],
  'go.redirectingat.com': [['/', 'url']],
  'redirect.viglink.com': [['/', 'u']],
  'awin1.com': [['/', 'ued', 'p']],
  'click.linksynergy.com': [['/', 'murl']],
  'printfriendly.com': [['/print', 'url']],
  'urldefense.proofpoint.com': [['/v1/url', 'u']],
  'smmry.com': [['/', 'SM_URL']],
  'validator.w3.org': [['/check', 'uri']],
  'feedproxy.google.com': [['/', 'url']],
  'parler.com': [['/external', 'url']],
  'gettr.com': [['/share', 'url']],
};

/** Hosts (without `www.`) that lead on to the address that is their whole query. */
export const bareRedirectors: ReadonlySet<string> = new Set(
  `href.li hiderefer.com hidereferrer.com anonym.to anonym.es anon.to anonymz.com dereferer.org dereferer.me dereferer.com
  derefer.me nullrefer.com nullreferer.com blankrefer.com blankreferer.com refhide.com norefer.com noreferer.com
  hidemyreferer.com nolinkinfo.com referer.us lolinez.com deviantart.com donotlink.it`.split(/\s+/),
);

/** Hosts (without `www.`) that show the page whose address stands in their path. */
export const pathRedirectors: ReadonlySet<string> = new Set(
  `outline.com 12ft.io unvis.it via.hypothes.is removepaywall.com 1ft.io r.jina.ai txtify.it outgoing.prod.mozaws.net
  donotlink.it href.li freedium.cfd longreads.tni.ovh l.wl.co timetravel.mementoweb.org linkis.com prismic.news`.split(/\s+/),
);
