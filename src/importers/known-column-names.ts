const names = {
  post_id: `
    postid tweetid messageid msgid statusid commentid itemid contentid idstr id uri uuid guid beitragsid beitragid
    nachrichtid nachrichtenid beitragsnummer idpublication identifiant idmessage idpublicacion idmensaje
    idmensagem idpost идпоста ид идентификатор nr num no`,
  account_id: `
    accountid userid useridstr authorid fromid senderid channelid profileid ownerid fromuserid uid did nutzerid
    benutzerid kontoid kontonummer autorid absenderid idutilisateur utilisateurid idauteur idcompte idusuario
    usuarioid idautor idutente utenteid idпользователя`,
  handle: `
    username screenname userscreenname handle authorusername fromusername acct login nickname author user account
    sender from channel poster benutzername nutzername nutzer benutzer konto absender verfasser kanal pseudo
    nomutilisateur utilisateur auteur compte nombreusuario usuario autor cuenta nomeutente utente autore
    nomedeusuario пользователь автор аккаунт`,
  name: `
    displayname fullname authorname authorfullname userdisplayname profilename channelname channeltitle name
    anzeigename autorname nomaffiche nom nombre nome имя`,
  time: `
    createdat publishedat createdutc timestamp datetime posttime tweettime postedat published publishdate pubdate
    postdate dateunixtime created time date zeitstempel zeitpunkt veroffentlichtam veroffentlicht erstelltam
    erstellt datumzeit datumuhrzeit datum zeit uhrzeit datepublication datedepublication publiele horodatage heure
    fechapublicacion fechahora fecha hora datahora dataora datapubblicazione data датавремя дата время`,
  text: `
    fulltext text tweettext posttext message messagetext body content selftext comment caption description title
    tweet post inhalt nachricht beitrag beitragstext mitteilung texte contenu texto contenido mensaje conteudo
    mensagem testo contenuto messaggio текст сообщение содержание`,
  parent_id: `
    parentid inreplytostatusidstr inreplytostatusid inreplytotweetid inreplytoid inreplyto replytomessageid
    replytoid replyto repliedto parent antwortauf antwortan antwortaufid enreponsea reponsea respuestaa
    enrespuestaa respostaa emrespostaa rispostaa inrispostaa ответна`,
  root_id: `
    conversationid rootid threadid threadnum topicid submissionid linkid thread conversation diskussion discussion
    hilo тема`,
  permalink: 'permalink posturl tweeturl statusurl messageurl webpath postlink lienpermanent enlacepermanente',
  urls: `
    expandedurls expandedurl urls links sharedurl sharedlink outlinks externallinks unwoundurl url link verweise
    verlinkungen verlinkung adresse adressen liens lien enlaces enlace collegamenti collegamento ссылки ссылка`,
  hashtags: 'hashtags hashtag tags schlagworte schlagworter motscles etiquetas хэштеги хештеги',
  mentions:
    'usermentions mentions mentionedusers mentionednames erwahnungen erwahnte menciones mencoes menzioni упоминания',
  objects: 'objectid object sharedobject objekt',
  lang: 'lang language sprache langue idioma lingua язык',
  platform: 'platform network sourceplatform plattform netzwerk plateforme reseau plataforma piattaforma платформа',
  kind: 'kind posttype tweettype messagetype type art typ beitragsart tipo тип',
  likes: `
    likecount likescount likes favoritecount favouritescount favouritecount favorites score reactions gefalltmir
    gefalltmirangaben jaime mentionsjaime megusta curtidas mipiace лайки`,
  reshares: `
    retweetcount repostcount sharecount sharescount reblogscount retweets reposts shares forwards geteilt
    teilungen partages compartidos compartilhamentos condivisioni репосты`,
  replies: `
    replycount repliescount commentcount commentscount numcomments replies comments antworten kommentare reponses
    commentaires respuestas comentarios risposte commenti ответы комментарии`,
  views: `
    viewcount viewscount impressioncount views impressions aufrufe ansichten vues vistas visualizaciones
    visualizacoes visualizzazioni просмотры`,
  reach: `
    followerscount followercount userfollowerscount followers subscribers subscribercount abonnenten abonnes
    seguidores подписчики`,
};

/** Fields that `suggestMap` looks for. */
export type SuggestedField = keyof typeof names;

/**
 * Names under which exports carry each field, best first: English, German, French, Spanish, Portuguese, Italian, Russian;
 * in the spelling of `plainName`.
 */
export const knownColumnNames = new Map(
  Object.entries(names).map(([field, text]) => [field as SuggestedField, text.trim().split(/\s+/).map(plainName)]),
);

/** A column name for comparison: lower case, without accents and anything but letters and digits. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
