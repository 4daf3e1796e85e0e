"""The message about the results on the coordinator's screen: asked for, previewed, sent. Pure."""

from bot.chat.contact_screens import news_text
from bot.chat.outgoing import Button, Screen
from bot.chat.round_buttons import RoundAction, encode
from bot.chat.texts import Texts
from bot.fieldwork.result_news import NewsPage
from bot.survey.study import Office


def news(texts: Texts, office: Office, shown: NewsPage) -> Screen:
    language, title = shown.language, shown.training.title
    back = (_button(texts, shown, "tombol_status", "status"),)
    if shown.done:
        said = texts.say("kabar_dikirim", language, judul=title, n=shown.to, mulai=shown.first_at)
        return Screen(said, (back,))
    if shown.state != "to_approve" or shown.news is None:
        said = texts.say(f"kabar_{shown.state}", language, judul=title)
        drop = (_button(texts, shown, "tombol_batal", "newsdrop"),)
        return Screen(said, (drop if shown.state == "to_write" else back,))
    told = (shown.news.finding, shown.news.barrier, shown.news.plan)
    quoted = news_text(texts, office, "id", title, shown.answered, told)
    said = texts.say("kabar_pratinjau", language, judul=title, n=shown.to, mulai=shown.first_at)
    rows = []
    if shown.to:
        label = texts.plain("tombol_kabar_kirim", language, n=shown.to)
        rows.append((Button(label, encode("newsyes", shown.training.id, shown.round_id, 1)),))
    rows.append((_button(texts, shown, "tombol_kabar_ulang", "newsagain"),))
    rows.append((_button(texts, shown, "tombol_batal", "newsdrop"),))
    return Screen(f"{said}\n<blockquote>{quoted}</blockquote>", tuple(rows))


def _button(texts: Texts, shown: NewsPage, key: str, action: RoundAction) -> Button:
    data = encode(action, shown.training.id, shown.round_id)
    return Button(texts.plain(key, shown.language), data)
