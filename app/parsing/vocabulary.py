"""The words by which transcripts say who speaks, in several languages; what they decide stands in the other modules."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUESTION_WORDS = _words(
    """question questions q response responses remark remarks
    j journalist journalists reporter reporters correspondent interviewer jrnlst
    pressman pressmen media press audience questioner caller host presenter student participant member voice
    вопрос вопросы реплика журналист журналистка корреспондент репортер репортёр интервьюер слушатель зритель
    телезритель студент студентка участник
    frage fragen zusatzfrage nachfrage journalistin pregunta preguntas periodista interlocutor interlocutora voz
    domanda giornalista pergunta jornalista repórter journaliste
    запитання питання репліка журналіст кореспондент pytanie dziennikarz dziennikarka otázka novinář въпрос soru pitanje
    記者 質問 質問者 問 幹事社 记者 問題 提问 问 记者提问 追问 追問
    기자 질문 문 سؤال السؤال صحفي الصحفي صحفية מראיין שאלה"""
)
QUESTION_PHRASES = frozenset(
    {
        "unidentified speaker",
        "unidentified",
        "question from the floor",
        "from the floor",
        "from the audience",
        "голос из зала",
        "из зала",
        "реплика из зала",
        "male voice",
        "female voice",
        "voz de hombre",
        "voz de mujer",
        "voz hombre",
        "voz mujer",
        "voix d’homme",
        "off-camera",
        "member of the press",
        "member of the public",
        "audience member",
        "the press",
        "press corps",
        "unknown speaker",
        "speaker unidentified",
        "голоса из зала",
        "без микрофона",
        "weitere frage",
    }
)
REMARK_WORDS = frozenset({"comment", "interjection", "interjector"})
"""Labels of those who speak without asking; a comment is one in capitals only, since people comment too."""
ANSWER_WORDS = _words(
    """answer answers a ответ відповідь antwort réponse r respuesta risposta resposta odpowiedź odpověď отговор cevap
    odgovor 答 回答 答え 답 답변 جواب الجواب תשובה"""
)
MODERATOR_WORDS = _words(
    """moderator moderatorin ведущий ведущая модератор facilitator moderador moderadora moderateur modérateur
    modératrice moderatore mc operator staff aide 司会 司会者 主持人 사회자 المذيع"""
)
CHAIR_PHRASES = frozenset(
    {"chairman", "chairwoman", "chairperson", "chair", "the chairman", "mr chairman", "mr. chairman"}
)
"""Labels by which somebody chairs where another answers; with a name after them they are offices."""
CLIP_WORDS = frozenset(
    {
        "recording",
        "audio recording",
        "video recording",
        "recorded message",
        "clip",
        "audio clip",
        "video clip",
        "voiceover",
        "voice-over",
        "voice over",
        "запись",
        "закадровый голос",
    }
)
"""Labels of what is played to those who speak: words of nobody who is there, neither asked nor answered."""

OFFICE_WORDS = _words(
    """president vice-president minister premier chancellor secretary ambassador chairman chairwoman chairperson chair
    governor senator congressman director director-general spokesman spokeswoman spokesperson representative
    commissioner king queen prince general admiral colonel commander deputy chief head speaker mayor envoy judge justice
    attorney treasurer leader pm official engineer scientist economist adviser advisor officer forecaster negotiator
    attache attaché attache consul delegate
    президент вице-президент министр премьер премьер-министр председатель секретарь посол глава представитель губернатор
    канцлер директор депутат руководитель замминистра заместитель король спикер мэр генсек прокурор
    президента министра председателя секретаря посла главы представителя губернатора канцлера директора руководителя
    заместителя премьер-министра постпред постпреда
    président présidente ministre chancelier secrétaire ambassadeur ambassadrice directeur directrice maire porte-parole
    haut-représentant roi reine bundeskanzler bundeskanzlerin kanzler kanzlerin präsident präsidentin bundespräsident
    minister ministerin bundesminister bundesministerin bundesaußenminister außenminister außenministerin
    staatssekretär staatssekretärin sts regierungssprecher sprecher sprecherin presidenta presidente ministro ministra
    secretario secretaria embajador embajadora gobernador gobernadora canciller vocero portavoz director directora rey
    primo cancelliere segretario ambasciatore portavoce secretário secretária embaixador embaixadora chanceler
    prezydent premiera ministra ambasador rzecznik прем'єр-міністр прем’єр-міністр міністр президентка речник посол
    undersecretary under-secretary member treasurer solicitor-general attorney-general lieutenant captain brigadier
    marshal commodore administrator comptroller congresswoman archbishop sheikh emir sultan princess
    大臣 外務大臣 総理 首相 官房長官 総裁 発言人 发言人 外交部发言人 部长 总理 主席 局长 报道官 報道官 장관 대통령"""
)
OFFICES_IN_FULL = frozenset({"prime minister", "the president", "foreign minister", "the chairman", "the secretary"})
"""Offices of several words that stand as labels by themselves."""
INSTITUTION_WORDS = _words(
    """affairs trade defence defense industry industries health energy education finance council commission republic
    federation union states kingdom bank reserve committee services service development environment agriculture
    transport infrastructure immigration science resources technology justice interior labor labour employment
    economy treasury ministry department agency organisation organization nations parliament senate house congress
    force forces army navy police veterans women communications arts sport tourism investment innovation water
    territory territories australia america zealand britain russia korea china japan germany france india indonesia
    kong africa arabia emirates lanka guinea wales queensland victoria tasmania opposition state foreign world
    nato eu un asia europe europa pacific climate security border protection city province region hospital"""
)
"""Words that end the name of an office, and no person's."""
PRESS_WORDS = _words(
    """journalist presenter correspondent reporter anchor editor host columnist interviewer editor-in-chief newsreader
    журналист корреспондент обозреватель редактор телеведущий телеведущая интервьюер
    journaliste rédacteur redakteur redakteurin periodista reportero reportera conductor conductora giornalista
    jornalista reporters journalists"""
)
PRESS_ENDINGS = ("記者", "记者", "기자")
"""What a label of somebody from an outlet ends with in scripts that leave no space."""
NOMINATIVES = {
    "президента": "Президент",
    "министра": "Министр",
    "председателя": "Председатель",
    "секретаря": "Секретарь",
    "посла": "Посол",
    "главы": "Глава",
    "представителя": "Представитель",
    "официального": "Официальный",
    "губернатора": "Губернатор",
    "директора": "Директор",
    "руководителя": "Руководитель",
    "заместителя": "Заместитель",
    "премьер-министра": "Премьер-министр",
    "постпреда": "Постпред",
    "постоянного": "Постоянный",
    "генерального": "Генеральный",
    "специального": "Специальный",
    "канцлера": "Канцлер",
}
"""Genitive → nominative of the words that Russian titles begin an office with ("Интервью Министра …")."""

HONORIFICS = _words(
    """mr mrs ms miss dr sir lord lady madam prof professor hon honourable honorable he h.e mp mhr ch ac qc the rt right
    shri smt herr frau monsieur madame mme señor señora sr sra signor signora senhor senhora pan pani
    господин госпожа г-н г-жа пан пані excellency his her"""
)
PARTICLES = _words(
    """of the and for to in on at with from de la le du des di da do dos van von der den bin bint ibn al el y e und et
    und für и по на в от при для к о del della dello degli das 't ’t ter ten zur los las das dell' dell’"""
)
NAME_PARTICLES = _words("de la du des von van der den bin ibn da do dos di del della 't ’t ten ter zu af")
"""The small words that stand within people's names."""
BROADCASTS = _words("channel canal kanal radio tv france rai bbc sky")
"""What the name of a broadcaster begins with where a number ends it."""
ENUMERATIONS = _words(
    """first second third fourth fifth sixth firstly secondly thirdly finally lastly next then note example examples
    namely moreover however second-point incidentally conclusion result besides also again further therefore hence
    point reminder summary nb nota comment comments update correction background subject subjects
    caption introduction conclusions attachment annex appendix total headlines media
    yes no well now look right ok okay so but and or please
    первое второе третье первый второй третий во-первых во-вторых в-третьих наконец итак например кстати далее поэтому
    также да нет хорошо но и или главное примечание справка вывод"""
)
EVENT_NAMES = _words(
    """interview conference briefing remarks transcript gaggle doorstop doorstep entretien entrevista intervista
    pressekonferenz wywiad rozmowa інтерв'ю röportaj интервью пресс-конференция стенограмма"""
)
"""What may be held, and told in a line with its day."""
EVENT_WORDS = _words(
    """interview interviewed transcript press conference news joint doorstop radio television tv channel talkback
    remarks statement statements briefing media questions answers answered answer excerpt excerpts partial
    program programme doorstep gaggle conversation discussion reply replies exclusive full
    entrevista entrevistas intervista entretien conférence rueda conferencia conferenza pressekonferenz wywiad rozmowa
    інтерв'ю інтерв’ю röportaj
    morning evening with by between live launch visit speech address
    интервью пресс-конференция стенограмма брифинг выступление заявление ответы вопросы беседа"""
)
"""Words of titles that are no part of anybody's name or office."""
METADATA_KEYS = _words(
    """date dates time place location venue title headline subject subjects topic topics source url link links author
    published publication published-in updated last-updated direct-link publication-date issued issued-on released
    language languages tags keywords transcript subtitle tel fax fax-from
    photo photo-caption photo-credit caption credit video audio
    contact contacts tel telephone phone fax email e-mail website format duration
    speaker speakers participants interviewee interview outlet media-outlet event
    дата время место тема темы источник ссылка автор опубликовано обновлено язык теги заголовок фото видео контакты
    телефон издание участники публикация"""
)

STATES_AND_BODIES = frozenset(
    """UN EU NATO OSCE UK US USA UAE PRC DPRK G7 G8 G20 BRICS ASEAN APEC IMF WTO WHO ONU UE OTAN OMC FMI EUA
    ООН ЕС НАТО ОБСЕ РФ США МИД СНГ ОДКБ ШОС БРИКС ЕАЭС СЕ""".split()  # noqa: SIM905
)
"""Letters that stand for a state or a body of states, and for no outlet."""
