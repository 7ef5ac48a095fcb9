"""The words by which transcripts say who speaks, in several languages; what they decide stands in the other modules."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUESTION_WORDS = _words(
    """question questions q response responses remark remarks
    j journalist journalists reporter reporters correspondent interviewer jrnlst
    media press audience questioner caller host presenter student participant member voice
    вопрос вопросы реплика журналист журналистка корреспондент репортер репортёр интервьюер слушатель зритель
    телезритель студент студентка участник
    frage zusatzfrage journalistin moderatorin pregunta periodista interlocutor interlocutora domanda giornalista
    pergunta journaliste запитання питання журналіст pytanie otázka въпрос"""
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
        "voz mujer",
    }
)
ANSWER_WORDS = _words("answer a ответ відповідь antwort réponse r respuesta risposta resposta odpowiedź")
MODERATOR_WORDS = _words("moderator ведущий ведущая модератор facilitator moderador moderateur chair mc")

OFFICE_WORDS = _words(
    """president vice-president minister premier chancellor secretary ambassador chairman chairwoman chairperson chair
    governor senator congressman director director-general spokesman spokeswoman spokesperson representative
    commissioner king queen prince general admiral colonel commander deputy chief head speaker mayor envoy judge justice
    attorney treasurer leader pm official engineer scientist economist adviser advisor officer forecaster negotiator
    attache attaché attache consul delegate
    президент вице-президент министр премьер премьер-министр председатель секретарь посол глава представитель губернатор
    канцлер директор депутат руководитель замминистра заместитель король спикер мэр генсек прокурор
    президента министра председателя секретаря посла главы представителя губернатора канцлера директора руководителя
    заместителя премьер-министра постпред постпреда"""
)
PRESS_WORDS = _words(
    """journalist presenter correspondent reporter anchor editor host columnist interviewer editor-in-chief newsreader
    журналист корреспондент обозреватель редактор телеведущий телеведущая интервьюер"""
)
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
    shri smt herr frau monsieur madame señor señora господин госпожа г-н г-жа"""
)
PARTICLES = _words(
    """of the and for to in on at with from de la le du des di da do dos van von der den bin bint ibn al el y e und et
    und für и по на в от при для к о"""
)
ENUMERATIONS = _words(
    """first second third fourth fifth sixth firstly secondly thirdly finally lastly next then note example examples
    namely moreover however second-point incidentally conclusion result besides also again further therefore hence
    point reminder summary yes no well now look right ok okay so but and or
    первое второе третье первый второй третий во-первых во-вторых в-третьих наконец итак например кстати далее поэтому
    также да нет хорошо но и или главное примечание справка вывод"""
)
EVENT_WORDS = _words(
    """interview interviewed transcript press conference news joint doorstop radio television tv channel talkback
    remarks statement statements briefing media questions answers answered answer excerpt excerpts partial
    program programme
    morning evening with by between live launch visit speech address
    интервью пресс-конференция стенограмма брифинг выступление заявление ответы вопросы беседа"""
)
"""Words of titles that are no part of anybody's name or office."""
METADATA_KEYS = _words(
    """date dates time place location venue title headline subject subjects topic topics source url link links author
    published publication published-in updated last-updated direct-link publication-date issued issued-on released
    language languages tags keywords transcript subtitle photo photo-caption photo-credit caption credit video audio
    contact contacts tel telephone phone fax email e-mail website format duration
    speaker speakers participants interviewee outlet media-outlet event
    дата время место тема темы источник ссылка автор опубликовано обновлено язык теги заголовок фото видео контакты
    телефон издание участники публикация"""
)
