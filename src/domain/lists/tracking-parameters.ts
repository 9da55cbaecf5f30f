/** Query parameters that say how a reader came to a page, in lower case, on every host. */
export const trackingNames: ReadonlySet<string> = new Set(
  `fbclid gclid gclsrc gbraid wbraid dclid msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id epik scid sccid qclid
  rdt_cid wickedid srsltid gad_source gad_campaignid _ga _gl _gac gs_l gs_lcp _openstat openstat mkt_tok mc_cid mc_eid mc_tc
  _hsenc _hsmi __hsfp __hssc __hstc hsctatracking hsa_cam vero_id vero_conv oly_anon_id oly_enc_id ml_subscriber
  ml_subscriber_hash _branch_match_id _branch_referrer __twitter_impression twitter_impression fb_ref fb_source
  fb_action_ids fb_action_types fb_xd_fragment action_object_map action_type_map action_ref_map ref_src ref_url cmpid
  icmpid ncid ocid s_cid s_kwcid cid_source xtor xtref echobox wt_mc wt_zmc wtmc wtrid otc at_medium at_campaign at_custom1
  at_custom2 at_custom3 at_custom4 at_platform at_creation at_link_id at_link_type at_link_origin at_ptr_name at_bbc_team
  at_format ns_mchannel ns_source ns_campaign ns_linkname ns_fee ns_ig smid smtyp sr_share sharesource share_source
  share_medium shared_from shareid share_id sharetype share_type spm spm_id_from scm rb_clickid tracking_source
  trackingcode tracking_id ceneo_spo os_ehash __s ck_subscriber_id dm_i elqtrack elqtrackid elqaid elqat sc_campaign
  sc_channel sc_content sc_medium sc_outcome sc_geo sc_country nr_email_referer guccounter guce_referrer
  guce_referrer_sig soc_src soc_trk soc_source hootpostid hootsuite hootid mbid mibextid sfnsn ito ftcamp ftag
  intcmp intcid cmp linkid_source partner_source pk_source _kx mkwid pcrid ef_id awc aff_source irclickid
  irgwc sourceid_ref sref referringsource referrersource amp_js_v amp_gsa amp_tf usqp aoh _amp
  phpsessid jsessionid mc amc emc umc wtm_source unlocked_article_code syclid cx_click cx_parttrk cx_campaign
  cx_testid cx_testvariant cx_artpos taid tblci dicbo obclid outbrainclickid erid
  ff_source ff_campaign ff_medium spref tg_rhash tgwebapp outputtype amp autoref`.split(/\s+/),
);

/** Beginnings of such names. */
export const trackingPrefixes: readonly string[] = [
  'utm',
  'mtm_',
  'pk_',
  'piwik_',
  'matomo_',
  'hsa_',
  'hmb_',
  'ga_',
  'itm_',
  'otm_',
  'wt_',
  'cvosrc',
  'vn_',
  'trk_',
  'stm_',
  'asc_',
  'oly_',
  'vero_',
  'mkt_',
  'fb_action',
  'at_send',
  'sb_referer',
];

/**
 * Parameters that are tracking on one site only, by registrable domain (or by the name before the suffix, written `name.*`);
 * `*.name` for the sites below a hosting service; `*` at the end of a parameter stands for any ending.
 */
export const trackingByDomain: Readonly<Record<string, string>> = {
  'amazon.*':
    'ref ref_ tag psc pd_rd_* pf_rd_* _encoding qid sr sprefix crid keywords dib dib_tag linkcode linkid camp creative creativeasin ascsubtag smid th spla ie s dchild content-id social_share colid coliid refrid qualifier ms3_c cv_ct_* __mk_* adid',
  'google.*':
    'ved ei sa usg source sourceid sxsrf sei gs_* uact cd cad esrc oq aqs rlz iflsig sclient bih biw dpr pcampaignid vet gws_* gfe_* hl gl ceid ie oe client channel cshid fbs ictx usp sca_esv sca_upv site btn* dcr je atyp _u',
  'bing.com': 'cvid form qs qp sc sk sp pq ghsh ghacc ghpl ocid setlang',
  'duckduckgo.com': 't ia atb ko kp rut kl',
  'yandex.*': 'clid lr msid from from_type stid suggest_reqid redircnt noreask oprnd rnd',
  'yahoo.com': 'fr fr2 guccounter src tsrc ncid soc_src soc_trk .tsrc',
  'youtube.com':
    'feature si pp ab_channel kw app gclid t start time_continue index attr_tag lc cbrd ucbcb has_verified bpctr rco persist_app sub_confirmation view_as',
  'linkedin.com':
    'trk trkinfo trackingid refid lipi lici midtoken midsig eid originalsubdomain rcm trkemail lgcta li_theme otptoken',
  'medium.com': 'source sk gi ref referrer responsesopen sortby _branch_match_id',
  'substack.com':
    'r s ref showwelcome isfreemail post_id publication_id triedredirect triedsigningin manualredirect token',
  'spotify.com': 'si sp_cid context nd dl_branch dlsi go pi',
  'soundcloud.com': 'si in p c ref',
  'vk.com': 'from ref reply_from ysclid',
  'ok.ru': 'from',
  'telegra.ph': 'r return_link',
  '*.blogspot.com': 'm spref',
  'msn.com': 'li pc ocid cvid form pfr',
  'bles.com': 't',
  'pinterest.*': 'amp_client_id mweb_unauth_id simplified lp nic_v3 nic_v2',
  'tumblr.com': 'source',
  'imdb.com': 'ref_ pf_rd_*',
  'ebay.*':
    '_trkparms _trksid _from hash campid mkcid mkevt mkrid siteid toolid customid amdata ssspo sssrc ssuid var _skw nma rt si widget_ver media',
  'aliexpress.*':
    'spm algo_* scm* btsid ws_ab_test pvid aff_* terminal_id sk tt cv afsmartredirect dp gps-id curpagelogid',
  'twitch.tv': 'tt_content tt_medium ref sr filter t',
  'steampowered.com': 'snr curator_clanid',
  'github.com': 'email_source email_token source ref_cta ref_loc ref_page',
  'change.org':
    'recruiter recruited_by_id share_intent source_location original_footer_petition_id algorithm grid_position pt lang j jb mid l sfmc_sub psf_variant share_bandit_exp',
  'nytimes.com':
    'partner _r ref hp hpw rref module region action pgtype pgtypesection contentcollection configuration clicksource mtrref gwh gwt assettype ref target version wt campaign_id instance_id segment_id user_id te nl regi_id type algo block fellback imp_id index pool req_id surface variant nytapp src login auth searchresultposition ugrp sgrp referer shareemail mwrsm via cta',
  'washingtonpost.com': 'wpisrc wpmm tid itid hpid pwapi_token noredirect carta-url nid arc404 wp_login_redirect wpmp',
  'theguardian.com': 'cmp sharewheader cmp_tu dcr __twitter_impression',
  'bbc.*':
    'ocid intlink_from_url link_location post_type pinned_post_locator pinned_post_asset_id pinned_post_type sthisfb facebook_page xtor at_*',
  'cnn.com': 'iid sr hpt iref xid adobe_mc ref dicbo_id cnn-mobile-app',
  'foxnews.com': 'intcmp cmpid test',
  'nbcnews.com': 'cid ncid amp featureflag',
  'cbsnews.com': 'ftag intcid linkid',
  'reuters.com': 'feedtype feedname taid rpc il videochannel channelname virtualbrandchannel edition-redirect',
  'bloomberg.com': 'sref srnd leadsource embedded-checkout cmpid',
  'ft.com': 'ftcamp segmentid sharetype shareid desktop segid ft_site syn-25a6b1a6',
  'wsj.com': 'mod mg reflink st wsj_native_webview reflink_* tesla page ns',
  'economist.com': 'fsrc ud linkid gclsrc',
  'forbes.com': 'sh ss ctpv utm_* swb_* cdlcid _sh',
  'newyorker.com':
    'mbid source bxid cndid esrc hashed_user hasha hashb hashc client_service_name client_service_id service_user_id supported_service_name currentpage verso',
  'wired.com': 'mbid source bxid cndid esrc',
  'vanityfair.com': 'mbid source bxid cndid esrc verso',
  'dailymail.co.uk': 'ito ns_mchannel offset reply',
  'metro.co.uk': 'ito ico',
  'express.co.uk': 'utm_* int_source',
  'independent.co.uk': 'amp cmpid r',
  'thetimes.co.uk': 'shareToken region gclsrc sharetoken',
  'nypost.com': 'ref share_code',
  'huffpost.com': 'ncid guccounter ref_* d_id 1',
  'huffingtonpost.*': 'ncid ref ir utm_hp_ref',
  'businessinsider.*': 'r ir op international',
  'politico.com': 'nname nid nrid nlid lo cid',
  'axios.com': 'stream',
  'thehill.com': 'amp rnd rl ref amp_analytics',
  'lemonde.fr': 'lmd_* xtmc xtcr search-type ise_click_rank contributions random',
  'lefigaro.fr': 'redirect_premium link_location een seen m_i',
  'liberation.fr': 'redirected outputtype',
  'leparisien.fr': 'ref',
  'elpais.com': 'ssm event_log event id_externo_* prod rel autoplay prm sma outputtype',
  'elmundo.es': 's_kw cid hootid',
  'spiegel.de': 'sara_ecid sara_ref sara_icid d b referrrer context dicbo',
  'zeit.de': 'wt_params page_ref freebie',
  'welt.de': 'cid wtmc sc_src sc_cid',
  'bild.de': 'wtmc t_ref',
  'repubblica.it': 'ref rss p1-* c1-* h2-* s-*',
  'corriere.it': 'refresh_ce intcmp fbc',
  'onet.pl': 'srcc utm_v',
  'cnbc.com': '__source par sharebar tpcc',
  'marketwatch.com': 'mod siteid reflink link dist',
  'apple.com': 'at ct itsct itscg app mt ls uo',
  'theepochtimes.com': 'ea_src ea_cnt ea_med src_src src_cmp est cta_* welcomeuser slsuccess mktids',
  'rumble.com': 'mref mrefc mc e9s c pub ep',
  'odysee.com': 'r src',
  'bitchute.com': 'ref',
  'dailymotion.com': 'playlist start ui-start-screen-info autoplay mute',
  'vimeo.com': 'share ref autoplay title byline portrait fl fe pg turnstile',
  'dropbox.com': 'dl raw st rlkey e',
  'weibo.com': 'from wvr mod type refer_flag ref display',
  'bilibili.com':
    'spm_id_from vd_source share_source share_medium share_plat share_tag share_session_id unique_k timestamp from_source from_spmid seid buvid from msource refer_from share_from up_id callback is_story_h5 mid plat_id bbid ts',
};

/** Sites on which only these parameters say what is shown, by registrable domain: all others are dropped. */
export const contentByDomain: Readonly<Record<string, string>> = {
  'facebook.com': 'story_fbid id fbid v multi_permalinks comment_id q href list album_id view_permalink',
  'instagram.com': '',
  'tiktok.com': 'q',
  'threads.net': '',
  'threads.com': '',
  'x.com': 'q url text',
  't.me': 'comment thread server port secret url',
  'reddit.com': 'q url',
  't.co': '',
  'archive.is': '',
  'bsky.app': 'q',
  'gettr.com': '',
  'truthsocial.com': '',
  '4chan.org': '',
};
