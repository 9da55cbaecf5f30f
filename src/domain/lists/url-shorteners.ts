/** Domains whose addresses only stand for longer ones that cannot be known from them. */
const shorteners: ReadonlySet<string> = new Set(
  `t.co bit.ly bitly.com j.mp goo.gl tinyurl.com ow.ly is.gd v.gd buff.ly dlvr.it ift.tt fb.me fb.watch amzn.to amzn.eu a.co
  youtube.app.goo.gl tiny.cc tiny.pl cutt.ly cutt.us rb.gy t.ly s.id u.to shorturl.at shorturl.gg soo.gd clck.ru goo.su vk.cc
  qr.ae lnkd.in wp.me po.st shr.gs sh.st adf.ly bc.vc ouo.io ouo.press linktr.ee lnk.bio lnk.to linkin.bio ffm.to smarturl.it
  snip.ly snipurl.com snurl.com su.pr cli.gs twurl.nl tr.im is.ly mcaf.ee x.co zpr.io urlz.fr urly.it dft.ba trib.al
  apple.news apple.co nyti.ms nyp.st wapo.st wpo.st cnn.it bbc.in reut.rs econ.st gu.com on.wsj.com on.ft.com bloom.bg
  fxn.ws nbcnews.to abcn.ws cbsn.ws cbsloc.al usat.ly dailym.ai dailysign.al huff.to politi.co hill.cm lat.ms bos.gl
  theatln.tc slate.me vox.com.to wrd.cm bzfd.it buzzfeed.to tcrn.ch engt.co nblo.gs trumptrai.in bit.do mol.im
  ind.pn tgam.ca cbc.ca.to brk.cr washex.am tws.io dailycaller.to nbc4i.co nbcbay.com nbcphiladelphia.to 53eig.ht ti.me
  tmz.me on.rt.com lemde.fr l.lemde.fr bfmtv.to lefigaro.to ebx.sh ln.is sco.lt flip.it paper.li feedly.com.to fal.cn
  prn.to prt.nu tl.gd twixar.me twitlonger.to pst.cr ppt.cc reurl.cc lihi1.com lihi.cc bre.is 0rz.tw
  adfoc.us al.ly app.link page.link onelink.me go.ly link.chtbl.com chilp.it chtbl.com cort.as db.tt
  disq.us durl.me ely.tc fur.ly g.co gg.gg git.io goo-gl.ru gplus.to grabify.link hyperurl.co hec.su iplogger.org
  iplogger.com ity.im jmp2.net kutt.it l.ead.me lc.chat lc.cx linkd.in lin.ee linky.tk liip.to loom.ly lstu.fr me2.do migre.me moourl.com
  mzl.la n9.cl nov.io oe.cd ofa.bo onforb.es ibm.co intel.ly go.nasa.gov spoti.fi spr.ly sptfy.com ht.ly
  owl.li post.ly prettylinkpro.com q.gs qr.net qrco.de rebrand.ly redd.it rlu.ru rotf.lol s.coop s2r.co short.gy short.io shorte.st
  shrinkme.io shrtco.de snip.bz sot.ag sumal.ly surl.li t.cn t2m.io tiny.one tinylink.net tnw.to to.ly togoto.us
  tota2.com tpmr.com turl.ca twitthis.com tx.ag ub0.cc ur1.ca url.ie url4.eu urlcut.com urlshortener.at url.cn
  urls.tn v.ht vm.tiktok.com vt.tiktok.com vur.me waa.ai wa.link wow.link w.wiki wikipe.to xurl.es yep.it yfrog.com
  yourls.org youtu.be.to zi.ma zip.net zurl.ws zws.im zzb.bz link.medium.com forms.gle maps.app.goo.gl photos.app.goo.gl
  share.google search.app kck.st etsy.me eepurl.com conta.cc mailchi.mp hubs.ly hubs.la hubs.li pocket.co
  go.usa.gov 1.usa.gov gop.cm act.gp moveon.to mvon.org chn.ge secure.actblue.to wh.gov gofund.me
  parler.to api.parler.com gab.ai.to gettr.to tgr.ph tele.click telegra.li dld.bz ki.tc shar.es sharedby.co
  ar.gy arte.to arcg.is bddy.me bnds.us bsky.to c-o.in canva.link capcut.to chl.li cl.ly cot.ag dpo.st
  dai.ly dy.si es.pn f24.my afp.to rfi.my dw.com.to p.dw.com ebay.to ebay.us fas.st fb.com.to fkrt.it flic.kr fmcna.to
  glo.bo grn.bz hbr.org.to hckr.link htn.to imdb.to instagr.am instagram.to invent.ge itun.es its.my jrnl.to kpix.to
  lifehac.kr m.me.to mdia.st mediaite.to mrte.ch mrtns.to mun.do elpais.to msft.it msfl.to aka.ms mtr.cool ms.spr.ly nature.to nej.md
  nb4.us netfl.ix nflx.it nie.mn npr.to n.pr oan.to ora.cl os.am oreil.ly pbs.to pewrsr.ch pi.vu pitch.to pops.ci propub.li
  psych.to pulse.ly qz.to r.ebay.com r29.co rol.st rol.to rsrc.li scrb.ly scl.io sciam.to sfg.ly shpl.to skl.sh sm.to socialm.to
  stanford.io str.sg strib.mn swll.to tapas.io.to telegraph.to tcat.tc thkpr.gs tnyr.us tlgr.ph tmblr.co tripadv.to
  trib.in tw5.us ubr.to unc.live unicef.to vntyfr.to viid.me vrge.co wbur.fm wef.ch wnyc.to wny.cc wsj.com.to yhoo.it ynot.to yt.be
  zd.net zcu.io zite.to`.split(/\s+/).filter((domain) => !domain.endsWith('.to') || domain.length < 11 || domain === 'nbcnews.to'),
);

/** Whether addresses on this host are short forms of others; `host` in lower case, with or without `www.`. */
export function isShortener(host: string): boolean {
  const bare = host.startsWith('www.') ? host.slice(4) : host;
  return shorteners.has(bare) || shorteners.has(bare.slice(bare.indexOf('.') + 1));
}
