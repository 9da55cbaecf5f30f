const openToAll = `bit.ly bitly.com j.mp goo.gl tinyurl.com ow.ly owl.li ht.ly is.gd v.gd tiny.cc tiny.pl tiny.one cutt.ly cutt.us rb.gy
  t.ly s.id u.to shorturl.at soo.gd clck.ru goo.su vk.cc qr.ae po.st shr.gs sh.st adf.ly bc.vc ouo.io ouo.press smarturl.it
  snip.ly snipurl.com snurl.com su.pr cli.gs twurl.nl tr.im is.ly mcaf.ee x.co urlz.fr urly.it dft.ba bit.do reurl.cc lihi1.com
  lihi.cc 0rz.tw adfoc.us chilp.it durl.me fur.ly gg.gg grabify.link hec.su iplogger.org iplogger.com ity.im kutt.it loom.ly
  lstu.fr me2.do migre.me moourl.com n9.cl q.gs qr.net qrco.de rebrand.ly rlu.ru rotf.lol short.gy short.io shorte.st shrinkme.io
  snip.bz surl.li t2m.io tinylink.net to.ly turl.ca ub0.cc ur1.ca url.ie url4.eu urlcut.com url.cn v.ht vur.me waa.ai xurl.es
  zi.ma zpr.io zurl.ws zws.im zzb.bz cl.ly tl.gd tny.im clicky.me x.gd bityli.com lnk.to ffm.to hyperurl.co geni.us`;

const ofPostingTools = `buff.ly dlvr.it ift.tt trib.al ebx.sh spr.ly ms.spr.ly ln.is linkis.com shar.es bddy.me mtr.cool hubs.ly hubs.la
  hubs.li eepurl.com conta.cc mailchi.mp prn.to sco.lt flip.it post.ly wow.link app.link page.link onelink.me chtbl.com smonty.co`;

const ofPlatforms = `t.co fb.me fb.watch lnkd.in linkd.in wp.me vm.tiktok.com vt.tiktok.com t.cn b23.tv tmblr.co instagr.am flic.kr spoti.fi
  sptfy.com link.medium.com youtube.app.goo.gl yt.be g.co forms.gle git.io aka.ms msft.it apple.co itun.es amzn.to amzn.eu a.co
  etsy.me ebay.us disq.us db.tt tgr.ph tele.click api.parler.com w.wiki gofund.me chn.ge kck.st mzl.la netfl.ix yhoo.it lin.ee`;

const ofNewsrooms = `nyti.ms nyp.st wapo.st cnn.it bbc.in reut.rs econ.st gu.com on.wsj.com on.ft.com bloom.bg fxn.ws nbcnews.to abcn.ws cbsn.ws
  cbsloc.al usat.ly dailym.ai huff.to huffp.st politi.co hill.cm lat.ms theatln.tc slate.me wrd.cm bzfd.it tcrn.ch engt.co ind.pn
  tgam.ca washex.am tws.io brk.cr tmz.me on.rt.com lemde.fr f24.my p.dw.com apple.news aje.io n.pr propub.li glo.bo mun.do vntyfr.com
  vrge.co es.pn cnb.cx ti.me trib.in onforb.es wef.ch go.nasa.gov go.usa.gov 1.usa.gov wh.gov thkpr.gs strib.mn wny.cc mdia.st`;

/** Hosts whose addresses stand for longer ones that cannot be known from them. */
const shorteners: ReadonlySet<string> = new Set(
  [openToAll, ofPostingTools, ofPlatforms, ofNewsrooms].flatMap((hosts) => hosts.split(/\s+/)),
);

/** Whether addresses on this host are short forms of others; `host` in lower case, with or without `www.`. */
export function isShortener(host: string): boolean {
  const bare = host.startsWith('www.') ? host.slice(4) : host;
  return shorteners.has(bare) || shorteners.has(bare.slice(bare.indexOf('.') + 1));
}

const newsroomShorteners: ReadonlySet<string> = new Set(ofNewsrooms.split(/\s+/));

/** Whether a newsroom shortens its own addresses on this host. */
export const isNewsroomShortener = (host: string): boolean => newsroomShorteners.has(host);
