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
    ['/plugins/', 'href'],
  ],
  'l.instagram.com': [['/', 'u']],
  'l.messenger.com': [['/', 'u']],
  'lm.messenger.com': [['/', 'u']],
  'l.threads.net': [['/', 'u']],
  'l.threads.com': [['/', 'u']],
  'l.wl.co': [['/', 'u']],
  'google.*': [
    ['/url', 'url', 'q'],
    ['/imgres', 'imgrefurl'],
    ['/aclk', 'adurl'],
    ['/translate', 'u'],
  ],
  'translate.google.*': [['/', 'u']],
  'translate.googleusercontent.com': [['/', 'u', 'rurl']],
  'plus.url.google.com': [['/', 'q', 'url']],
  'googleadservices.com': [['/', 'adurl']],
  'youtube.com': [['/redirect', 'q']],
  't.me': [
    ['/iv', 'url'],
    ['/share', 'url'],
  ],
  'telegram.me': [
    ['/iv', 'url'],
    ['/share', 'url'],
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
  'bing.com': [
    ['/ck/a', 'u'],
    ['/news/apiclick.aspx', 'url'],
  ],
  'linkedin.com': [
    ['/safety/go', 'url'],
    ['/redir', 'url'],
    ['/shareArticle', 'url'],
    ['/sharing', 'url'],
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
  'link.zhihu.com': [['/', 'target']],
  'weibo.cn': [['/sinaurl', 'u', 'toasturl']],
  'douban.com': [['/link2', 'url']],
  'curseforge.com': [['/linkout', 'remoteUrl']],
  'addtoany.com': [['/', 'linkurl']],
  'sys.4chan.org': [['/derefer', 'url']],
  'sys.4channel.org': [['/derefer', 'url']],
  'gab.com': [['/compose', 'url']],
  'gettr.com': [['/share', 'url']],
  'yandex.*': [['/redir', 'url']],
  'go.skimresources.com': [['/', 'url']],
  'go.redirectingat.com': [['/', 'url']],
  'redirect.viglink.com': [['/', 'u']],
  'awin1.com': [['/', 'ued', 'p']],
  'click.linksynergy.com': [['/', 'murl']],
  'printfriendly.com': [['/print', 'url']],
};

/** Hosts (without `www.`) that lead on to the address that is their whole query. */
export const bareRedirectors: ReadonlySet<string> = new Set(
  `href.li hiderefer.com hidereferrer.com anonym.to anonym.es anon.to anonymz.com dereferer.org dereferer.me derefer.me
  nullrefer.com blankrefer.com refhide.com norefer.com hidemyreferer.com referer.us lolinez.com deviantart.com`.split(
    /\s+/,
  ),
);

/** Hosts (without `www.`) that show or lead to the page whose address stands in their path. */
export const pathRedirectors: ReadonlySet<string> = new Set(
  'outline.com 12ft.io 1ft.io unvis.it donotlink.it via.hypothes.is r.jina.ai outgoing.prod.mozaws.net'.split(' '),
);
