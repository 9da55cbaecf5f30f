/** Hosts whose addresses stand for longer ones that cannot be known from them. */
const shorteners: ReadonlySet<string> = new Set(
  `t.co bit.ly bitly.com j.mp goo.gl tinyurl.com ow.ly owl.li ht.ly is.gd v.gd buff.ly dlvr.it ift.tt fb.me fb.watch amzn.to
  amzn.eu a.co tiny.cc tiny.pl tiny.one cutt.ly cutt.us rb.gy t.ly s.id u.to shorturl.at soo.gd clck.ru goo.su vk.cc qr.ae
  lnkd.in wp.me po.st shr.gs sh.st adf.ly bc.vc ouo.io ouo.press linktr.ee lnk.to lnk.bio ffm.to smarturl.it snip.ly
  snipurl.com snurl.com su.pr cli.gs twurl.nl tr.im is.ly mcaf.ee x.co urlz.fr urly.it dft.ba trib.al apple.news apple.co
  nyti.ms nyp.st wapo.st cnn.it bbc.in reut.rs econ.st gu.com on.wsj.com on.ft.com bloom.bg fxn.ws nbcnews.to abcn.ws cbsn.ws
  cbsloc.al usat.ly dailym.ai dailysign.al huff.to politi.co hill.cm lat.ms theatln.tc slate.me wrd.cm bzfd.it tcrn.ch
  engt.co bit.do ind.pn tgam.ca washex.am tws.io brk.cr tmz.me on.rt.com lemde.fr ebx.sh ln.is flip.it prn.to prt.nu tl.gd
  reurl.cc lihi1.com lihi.cc 0rz.tw adfoc.us app.link page.link onelink.me chilp.it chtbl.com cort.as db.tt durl.me
  disq.us fur.ly g.co gg.gg git.io grabify.link hec.su iplogger.org iplogger.com ity.im kutt.it linkd.in lin.ee loom.ly
  lstu.fr me2.do migre.me moourl.com mzl.la n9.cl onforb.es ibm.co intel.ly go.nasa.gov spoti.fi spr.ly sptfy.com post.ly
  q.gs qr.net qrco.de rebrand.ly rlu.ru rotf.lol short.gy short.io shorte.st shrinkme.io snip.bz surl.li t.cn t2m.io
  tinylink.net to.ly turl.ca ub0.cc ur1.ca url.ie url4.eu urlcut.com url.cn v.ht vm.tiktok.com vt.tiktok.com vur.me waa.ai
  wow.link w.wiki xurl.es zi.ma zpr.io zurl.ws zws.im zzb.bz link.medium.com forms.gle youtube.app.goo.gl kck.st etsy.me
  eepurl.com conta.cc mailchi.mp hubs.ly hubs.la hubs.li go.usa.gov 1.usa.gov chn.ge wh.gov gofund.me api.parler.com tgr.ph
  tele.click arcg.is bddy.me canva.link cl.ly es.pn f24.my p.dw.com ebay.us fas.st fkrt.it flic.kr glo.bo itun.es mdia.st
  mun.do msft.it aka.ms ms.spr.ly netfl.ix nflx.it n.pr propub.li pulse.ly scrb.ly str.sg strib.mn thkpr.gs ti.me tnyr.us
  tmblr.co vntyfr.com vrge.co wbur.fm wef.ch wnyc.to wny.cc yhoo.it zd.net zcu.io shar.es instagr.am mtr.cool linkis.com
  lnk.at lnk.ie lnk.sk lnk.gt ln.run tny.im tny.cz snip.link sniply.io clicky.me clk.im clk.my clkme.in cmpc.ly cnb.cx cnet.co
  del.ly dld.bz digg.com.lnk feedly.link filoops.info firsturl.de firsturl.net fif.ac foxs.pt ampr.gs amz.run ana.ms
  ab.co abc11.tv abc7.la abc7ne.ws ai6.net aje.io alturl.com amba.to aol.it apne.ws arep.co atres.red axios.link azc.cc
  b23.tv bbva.info bcove.me bcsite.io bhpho.to bitly.ws bityl.co bityli.com blap.net blbrd.cm blck.by bloq.link bnc.lt
  boa.la bpl.kr brief.link bwnews.pr capi.tl cathaybk.tw chl.li chng.it chron.it ckbe.at cna.asia cnn.it cnvrge.co conta.cc
  crwd.cr cstu.io cvent.me d-sh.io dbricks.co dct.run dis.gd dis.tl discord.gg djex.io dk.rog.gg dkng.co do.co dss.bz
  dssurl.com dvrv.ai e.vg ebay.to economi.st edin.ac eslite.me fce.gg flq.us fon.gs fox.tv fxn.ws fumacrom.com ga.co
  geni.us get.fyi ghkp.us go.aws go.cnb.cx go.ly go.osu.edu gph.is grm.my hbom.ax his.to hmt.ai hnsl.mn homes.jp hop.tw hpe.to
  hrld.us huffp.st hulu.tv hyperurl.co hyundai.us i.mtr.cool iit.ms inx.lv iplogger.ru itm.im itsh.bo j.gs jkf.lv jpeg.ly k-p.li
  kas.pr ko.gl koji.to l8r.it lat.ms lbtw.tw lego.build lillink.to litlink.com livestream.com.lnk lnky.jp lurl.cc m.tb.cn mney.co
  msi.gm murl.com mvmtwatch.co n.opn.tl nbcbay.com nbcchi.com nbcct.co nbcnews.to ne11.co nmrk.re nnna.ru noodl.es npo.re
  nswroads.work nwppr.co nyer.cm o-l.ink oe.cd ohue.de oran.ge orlo.uk p1r.es peoplem.ag pepsi.co pew.org pt.rog.gg
  puext.in pxgo.net qrd.by rch.lt red.ht rediff.in relink.asia repec.org.lnk reuters.tv rfr.bz rvwd.co sbird.co scuf.co se.rog.gg
  seagate.media sfca.re sforce.co shope.ee shrtm.nu sie.ag smart.link smonty.co snd.sc spgrp.sg spigen.co srnk.us
  ssur.cc starturl.com stspg.io swag.run swiy.co t-bi.link t.iotex.me t.libren.ms tcat.tc tdrive.li tek.io tgr.me
  thght.works thn.li thr.cm tk.deals tmsnrt.rs tny.so tpc.io trackurl.link trbna.co trx.li tsta.rs tvote.org tx.co u.bb u.nu
  uafly.co ubm.io uni.cf upl.inc usanet.tv use.lc utm.to v.redd.it.lnk verizon.cm vi.sa virg.in vivo.tl voca.ly vurl.com
  w5n.co wb.md we.co weall.vote weare.rs wee.so wapo.st wn.nr x.gd x.vu xvirt.it yex.tt you.tube zcu.io zng.link zpr.io`.split(
    /\s+/,
  ),
);

/** Whether addresses on this host are short forms of others; `host` in lower case, with or without `www.`. */
export function isShortener(host: string): boolean {
  const bare = host.startsWith('www.') ? host.slice(4) : host;
  return shorteners.has(bare) || shorteners.has(bare.slice(bare.indexOf('.') + 1));
}
