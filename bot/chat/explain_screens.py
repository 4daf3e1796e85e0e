"""/jelaskan on the screen: why this person did, or did not, get a reminder. Pure: an Explanation becomes text and buttons."""

from datetime import date

from babel.dates import format_date

from bot.chat.outgoing import Button, Screen
from bot.chat.round_buttons import encode
from bot.chat.shortening import shortened as cut
from bot.chat.staff_screens import shortened
from bot.chat.texts import Texts
from bot.fieldwork.explaining import Event, Explanation, RoundStory

MOST_UNITS = 3900  # of a message; Telegram takes 4,096


def explained(texts: Texts, shown: Explanation) -> Screen:
    language = shown.language
    if not shown.asked.strip():
        return Screen(texts.say("jelaskan_cara", language))
    if not shown.found:
        return Screen(texts.say("jelaskan_tidak_ada", language, nama=shown.asked))
    if len(shown.found) > 1:
        return _choice(texts, shown)
    parts = [texts.say("jelaskan_judul", language, nama=shown.found[0][1])]
    parts += [_story(texts, language, one) for one in shown.stories]
    if not shown.stories:
        parts.append(texts.say("jelaskan_belum_dibuka", language))
    if not shown.connected:
        parts.append(texts.say("jelaskan_hubungkan", language))
    parts.append(
        texts.say(
            "jelaskan_aturan", language, paling_banyak=shown.most_in_30_days, jam=shown.hours_apart
        )
    )
    return Screen(cut("\n\n".join(parts), MOST_UNITS))


def _choice(texts: Texts, shown: Explanation) -> Screen:
    rows = tuple(
        (Button(shortened(name), encode("explain", 0, person)),) for person, name in shown.found
    )
    key = "jelaskan_terlalu_banyak" if shown.too_many else "jelaskan_pilih"
    return Screen(texts.say(key, shown.language, nama=shown.asked), rows)


def _story(texts: Texts, language: str, story: RoundStory) -> str:
    kind = texts.plain(f"putaran_{story.kind}", language)
    lines = [texts.say("jelaskan_putaran", language, putaran=kind, judul=story.training)]
    lines += [_event(texts, language, one) for one in story.events]
    lines.append(texts.say(f"akhir_{story.end}", language, waktu=story.at or ""))
    return "\n".join(lines)


def _event(texts: Texts, language: str, event: Event) -> str:
    name = texts.plain(f"pesan_{event.kind}", language, ke=event.step)
    said = texts.say(f"nasib_{event.fate}", language, pesan=name, waktu=event.at)
    more = []
    if event.working_days:
        more.append(texts.say("hari_kerja", language, n=event.working_days))
    if event.days_off:
        days = ", ".join(_short(day, language) for day in event.days_off)
        more.append(texts.say("hari_libur", language, hari=days))
    if event.why:
        more.append(texts.say(f"sebab_{event.why}", language))
    return said + (f" ({'; '.join(more)})" if more else "")


def _short(day: date, language: str) -> str:
    return format_date(day, "EEE d MMM", locale=language)
